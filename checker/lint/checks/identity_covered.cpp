#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "lint/removal.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

/// The <many> children of one condition, by domain.
class Manies {
 public:
  explicit Manies(const policy::IdentityCondition& identity) {
    for (const auto& matcher : identity.matchers) {
      const auto* many = std::get_if<policy::Many>(&matcher);
      if (many == nullptr || many->never || (many->domain && !many->domain->ascii)) continue;
      auto& known = many->domain ? by_domain_[*many->domain->ascii] : of_any_domain_;
      if (known.size() >= kMostOfADomain) continue;
      conditions_.push_back({{matcher}, identity.span});
      tests_.emplace_back(conditions_.back());
      known.push_back({many, &tests_.back()});
    }
  }
  Manies(const Manies&) = delete;
  Manies& operator=(const Manies&) = delete;

  [[nodiscard]] const policy::Many* matching(const policy::One& one) const {
    if (const auto* many = first_of(of_any_domain_, one)) return many;
    if (!one.id.domain) return nullptr;
    const auto entry = by_domain_.find(*one.id.domain);
    return entry == by_domain_.end() ? nullptr : first_of(entry->second, one);
  }

 private:
  static constexpr std::size_t kMostOfADomain = 4;
  using Known = std::vector<std::pair<const policy::Many*, const IdentityTest*>>;

  static const policy::Many* first_of(const Known& known, const policy::One& one) {
    const auto found = std::ranges::find_if(known, [&](const auto& each) {
      // An excepted URI may be equivalent to one that is equivalent to this, and not to this.
      const bool clear = each.first->excepts.empty() || one.id.others.empty();
      return clear && each.second->matches(one.id);
    });
    return found == known.end() ? nullptr : found->first;
  }

  std::deque<policy::IdentityCondition> conditions_;
  std::deque<IdentityTest> tests_;
  Known of_any_domain_;
  std::unordered_map<std::string_view, Known> by_domain_;
};

using Place = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
Place place_of(const SourceSpan& span) { return {span.file, span.line, span.column}; }

}  // namespace

/// RFC 4745 section 7.1.1: the children of <identity> are ORed.
void check_identity_covered(const Context& context, diag::Sink& sink) {
  std::set<Place> repeated;
  for (const auto& found : sink.diagnostics())
    if (found.code == diag::Code::repeated_identity) repeated.insert(place_of(found.span));
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
      const Manies manies(identity);
      for (const auto& matcher : identity.matchers) {
        const auto* one = std::get_if<policy::One>(&matcher);
        const auto* many = one != nullptr ? manies.matching(*one) : nullptr;
        if (many == nullptr || repeated.contains(place_of(one->span))) continue;
        auto report = finding(diag::Code::identity_covered, rule, one->span,
                              fmt::format("{} matches {} anyway, by a `many` beside this `one`", name_of(rule),
                                          policy::quoted(one->id.text)),
                              "remove the `one`, or narrow the `many` when it was meant to match fewer");
        report.related.push_back({many->span, "this `many` matches the watcher"});
        sink.report(std::move(report));
      }
    });
  });
}

/// An exception shuts out a watcher who also asserts the identity that it names (RFC 5025 section 3.1.1.2), and the
/// <one> lets that watcher in: then it stays.
bool fix_identity_covered(const Fixing& fixing, text::TextChanges& changes) {
  if (fixing.finding.related.empty()) return false;
  const auto mention = mention_at(fixing.context, fixing.finding.related.front().span);
  if (!mention || mention->many == nullptr || !mention->many->excepts.empty()) return false;
  return remove_element(fixing, changes);
}

}  // namespace presproof::lint
