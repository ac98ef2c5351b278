#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

/// Mentions of one number, one for each of the first two spellings.
using Spellings = std::vector<Mention>;

/// A mention of the same number in another spelling and another condition; within one, it would be a repetition.
const Mention* spelt_otherwise(const Spellings& spellings, const Mention& mention) {
  const auto found = std::ranges::find_if(spellings, [&](const Mention& other) {
    return other.id()->text != mention.id()->text && other.identity != mention.identity;
  });
  return found == spellings.end() ? nullptr : &*found;
}

bool is_number(const Mention& mention) {
  return mention.id() != nullptr && mention.id()->scheme == "tel" && uri::well_formed(mention.id()->text);
}

}  // namespace

/// RFC 3966 section 4 compares without separators, and RFC 4745 section 7.1.2 writes them: they are reported only where
/// the policy has the same number in another spelling.
void check_tel_visual_separators(const Context& context, diag::Sink& sink) {
  std::unordered_map<std::string_view, Spellings> numbers;
  each_mention(context.policy, [&](const Mention& mention) {
    if (!is_number(mention)) return;
    auto& spellings = numbers[mention.id()->core];
    if (spellings.size() < 2 && (spellings.empty() || spellings.front().id()->text != mention.id()->text))
      spellings.push_back(mention);
  });
  each_mention(context.policy, [&](const Mention& mention) {
    if (!is_number(mention)) return;
    const auto plain = without_separators(*mention.id());
    const auto* other = spelt_otherwise(numbers.at(mention.id()->core), mention);
    if (other == nullptr || plain == mention.id()->text) return;
    auto report = finding(diag::Code::tel_visual_separators, *mention.rule, mention.span(),
                          fmt::format("{} is the same number as {}, which a server that compares texts does not see",
                                      policy::quoted(mention.id()->text), policy::quoted(other->id()->text)),
                          fmt::format("write {}", policy::quoted(plain)));
    report.related.push_back({other->span(), fmt::format("{} writes it so", name_of(*other->rule))});
    sink.report(std::move(report));
  });
}

bool fix_tel_visual_separators(const Fixing& fixing, text::TextChanges& changes) {
  const auto mention = mention_around(fixing);
  return mention && mention->id() != nullptr &&
         set_attribute(fixing, changes, "id", without_separators(*mention->id()));
}

}  // namespace presproof::lint
