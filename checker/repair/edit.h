#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule_set.h"

/// Edits of a policy as values. Each has a twin in rewrite.h that makes the same change in the XML text; the two are compared after
/// the text has been read again.
namespace presproof::repair {

/// Whom a rule is no longer to match. Never everybody.
struct Exclusion {
  std::vector<uri::Uri> ids;
  std::optional<policy::Domain> domain;
  [[nodiscard]] bool empty() const { return ids.empty() && !domain; }
};

/// What becomes of one rule.
struct RuleChange {
  /// This permission makes room for `replacement` (which may be nothing), or for its replacement alone with `only_permission`.
  std::optional<std::size_t> permission;
  std::vector<policy::Permission> replacement;
  bool only_permission = false;
  Exclusion exclude;
  /// Stands in the place of what the only <identity> lists, when not empty.
  std::vector<policy::IdentityMatcher> only_for;
  std::vector<policy::Condition> added;
  std::optional<std::string> new_id;
};

enum class Kind : std::uint8_t {
  coarsen_location,
  lower_value,
  drop_permission,
  limit_permission,
  split_rule,
  narrow_conditions,
  narrow_identity,
  lower_handling,
  raise_handling,
  remove_rule,
  add_rule,
};
[[nodiscard]] std::string_view to_string(Kind kind);

/// One edit, at one rule: it is changed (or removed), and a changed copy of what it was may follow it.
struct Edit {
  Kind kind = Kind::coarsen_location;
  policy::RuleRef rule;
  RuleChange change;
  std::optional<RuleChange> copy;
  bool remove = false;
  /// A rule that is put after all others of the document; `rule` names the document alone.
  std::optional<policy::Rule> new_rule;
  std::string summary;  ///< for people: `raise the radius of rule friends to 5000 m`
};

/// The rule after the change, without spans for what is new.
[[nodiscard]] policy::Rule changed(const policy::Rule& rule, const RuleChange& change);
void apply(const Edit& edit, policy::Policy& policy);

/// Whether the matcher, if it is a <one>, means one of these.
[[nodiscard]] bool is_excluded(const policy::IdentityMatcher& matcher, const Exclusion& exclude);
/// What has to stand in a <many> so that it excludes these: only those that it could match, none that is there already.
[[nodiscard]] std::vector<policy::Except> needed_excepts(const policy::Many& many, const Exclusion& exclude);

}  // namespace presproof::repair
