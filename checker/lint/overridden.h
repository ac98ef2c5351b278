#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/lint.h"
#include "lint/overlap.h"
#include "policy/rule_set.h"
#include "uri/uri.h"

/// Rules that speak of somebody by name, and other rules that undo what they say: of all matching rules the most
/// generous value wins (RFC 4745 section 10.2).
namespace presproof::lint {

/// Whom a rule names: an identity, or the rest of a domain. What a rule says for everybody is a default from which
/// others make exceptions, so nobody is named there.
struct NamedWatcher {
  uri::Uri probe;
  std::string words;  ///< `sip:bob@example.com` in backticks, or watchers of `example.com`
};
/// Those whom the rule can match.
[[nodiscard]] std::vector<NamedWatcher> named_watchers(const policy::Rule& rule, const Reach& reach);

/// Another rule that matches some of them at one moment.
struct Override {
  policy::RuleRef rule;
  policy::SubHandling handling;
  std::size_t whom;   ///< index of the first of them
  std::size_t count;  ///< how many
};

/// A rule's block, polite block or request to confirm that does not hold for those whom the rule names.
struct Overridden {
  std::string whom;  ///< in words, of the strongest
  bool several = false;
  Override strongest;
  std::vector<Override> by;  ///< in policy order, four at most
};

class OverriddenHandling {
 public:
  explicit OverriddenHandling(const Context& context);
  [[nodiscard]] policy::SubHandling value(policy::RuleRef rule) const { return given(rule).value; }
  /// For `block` and `polite-block` by what gives more; for `confirm` by `polite-block`, with which nobody is asked.
  [[nodiscard]] std::optional<Overridden> of(policy::RuleRef rule) const;
  /// The finding about a rule: its message, and the places of the others.
  [[nodiscard]] diag::Diagnostic report(diag::Code code, policy::RuleRef rule, const Overridden& overridden,
                                        std::string_view does_not) const;

 private:
  /// The most generous element of a rule; null when there is none.
  struct Given {
    const policy::Permission* element = nullptr;
    policy::SubHandling value = policy::SubHandling::block;
  };
  static Given given_by(const policy::Rule& rule);
  [[nodiscard]] const Given& given(policy::RuleRef rule) const { return given_[rule.document][rule.rule]; }

  const Context& context_;
  const Overlap& overlaps_;
  std::vector<std::vector<Given>> given_;  ///< by document and rule
};

}  // namespace presproof::lint
