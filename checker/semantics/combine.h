#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "semantics/decision.h"
#include "semantics/effect.h"
#include "semantics/evaluator.h"

/// Matching rules together: RFC 4745 section 10.2, with the union of their sets.
namespace presproof::semantics {

/// Adds rules one by one; the order does not matter, and neither does a rule added twice.
class Combination {
 public:
  /// `options` and `permissions` must outlive this object; `permissions` holds the result after finish().
  Combination(const Options& options, Permissions& permissions);
  void add(const policy::Rule& rule) { add(rule, effect_of(rule, options_)); }
  /// With effect_of(rule) at hand.
  void add(const policy::Rule& rule, const Effect& effect) {
    effect_.include(effect, options_.readings);
    if (effect.has_sets) add_sets(rule);
  }
  void finish() { effect_.write_to(permissions_, options_.readings); }

 private:
  void add_sets(const policy::Rule& rule);

  const Options& options_;
  Permissions& permissions_;
  Effect effect_;
};

[[nodiscard]] Permissions combine(std::span<const policy::Rule* const> rules, const Options& options);

/// For each permission that `combined` has above its default: the rules that give it its value on their own; for sets, every rule that
/// put something in.
[[nodiscard]] std::map<std::string, std::vector<policy::RuleRef>, std::less<>> granted_by(
    const Permissions& combined, const policy::Policy& policy, std::span<const policy::RuleRef> matched,
    const Options& options);

/// The names of the permissions in the order of the contract.
[[nodiscard]] std::span<const std::string_view> permission_names();

}  // namespace presproof::semantics
