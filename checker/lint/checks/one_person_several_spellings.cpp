#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/lexical.h"
#include "lint/aliases.h"
#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

std::string_view userinfo_of(const uri::Uri& uri) {
  std::string_view core = uri.core;
  core.remove_prefix(uri.scheme.size() + 1);
  const std::size_t at = core.find('@');
  return at == std::string_view::npos ? std::string_view() : core.substr(0, at);
}

/// Behind the host: `:5060;user=phone`.
std::string_view tail_of(const uri::Uri& uri) {
  return std::string_view(uri.core).substr(uri.scheme.size() + userinfo_of(uri).size() + 2 + uri.domain->size());
}

/// What a person takes for the watcher: user and host. Empty when the URI has no user.
std::string person_of(const uri::Uri& uri) {
  const bool looked_at = uri.scheme == "sip" || uri.scheme == "sips" || uri.scheme == "pres";
  if (!looked_at || !uri.domain || userinfo_of(uri).empty()) return {};
  return to_lower_ascii(userinfo_of(uri)) + "@" + *uri.domain;
}

std::string difference(const uri::Uri& a, const uri::Uri& b) {
  if (a.scheme != b.scheme) return fmt::format("`{}` and `{}` are different schemes", a.scheme, b.scheme);
  if (userinfo_of(a) != userinfo_of(b)) return "upper and lower case differ in the user part";
  const auto port = [](std::string_view tail) { return tail.substr(0, tail.find_first_of(";?")); };
  if (port(tail_of(a)) != port(tail_of(b))) return "the port counts";
  return "a parameter that only one of them has counts";
}

/// How many spellings of one watcher are looked at.
constexpr std::size_t kMostAliases = 8;

}  // namespace

/// uri::equivalent says that they differ; what they have in common is only how the comparison's rules look to a person.
/// Silent when both get the same from the rules that name them.
void check_one_person_several_spellings(const Context& context, diag::Sink& sink) {
  std::unordered_map<std::string, std::size_t> index;
  std::vector<std::vector<Alias>> persons;
  each_mention(context.policy, [&](const Mention& mention) {
    if (mention.id() == nullptr || foreign_parts(*mention.id())) return;
    const auto person = person_of(*mention.id());
    if (person.empty()) return;
    const auto [entry, is_new] = index.try_emplace(person, persons.size());
    if (is_new) persons.emplace_back();
    auto& aliases = persons[entry->second];
    const auto known = std::ranges::find(aliases, mention.id()->core, [](const Alias& each) { return each.id().core; });
    if (known != aliases.end())
      known->mentions.push_back(mention);
    else if (aliases.size() < kMostAliases)
      aliases.push_back({{mention}});
  });
  for (const auto& aliases : persons) {
    for (std::size_t i = 1; i < aliases.size(); ++i) {
      if (const auto told = told_apart(context, aliases.front(), aliases[i]))
        sink.report(alias_finding(diag::Code::one_person_several_spellings, aliases.front(), aliases[i], *told,
                                  difference(aliases.front().id(), aliases[i].id())));
    }
  }
}

}  // namespace presproof::lint
