#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explain/explain.h"
#include "policy/request.h"
#include "semantics/decision.h"

/// Why one watcher gets what it gets in one state, and what would have to be otherwise for it to get or to lose a permission.
namespace presproof::explain {

/// A condition that does not hold, of a rule.
struct Failing {
  policy::RuleRef rule;
  std::size_t condition = 0;  ///< its number in the rule
  friend auto operator<=>(const Failing&, const Failing&) = default;
};

/// A rule that does not match, although its identity conditions hold.
struct Unmatched {
  policy::RuleRef rule;
  std::vector<Failing> failing;
};

/// If these held, and all else stayed as it is, the watcher would get the permission. None of them can be left out.
struct Way {
  std::vector<Failing> failing;  ///< ascending
  /// A request in which they hold, and in which the reference evaluator gives the permission.
  policy::Request request;
};

/// A single change by which the watcher would lose the permission, decided by the reference evaluator.
struct Loss {
  enum class Change : std::uint8_t { time, sphere, location };
  Change change = Change::time;
  policy::Request request;
};
inline constexpr std::array<std::string_view, 3> kLossNames = {"time", "sphere", "location"};

struct Reasons {
  policy::Request request;
  semantics::Decision decision;
  std::vector<Unmatched> unmatched;      ///< in policy order
  std::vector<policy::RuleRef> overruled; ///< whose conditions hold, and which do not count: under an engine that asks fewer than all
  std::vector<NearMiss> near_misses;
  std::string permission;                ///< that was asked for; empty: none was
  bool given = false;                    ///< whether the watcher gets it
  std::vector<Way> ways;                 ///< to get it; the fewest conditions first
  std::vector<Loss> losses;              ///< of what is given
  std::vector<policy::RuleRef> needed;   ///< without any one of these rules it would be lost
  bool granted_somewhere = false;        ///< some rule of the policy grants it at all
};

/// Under what reasons were found.
struct Explained {
  const policy::Policy& policy;
  policy::Usage usage;
  engine::Readings readings;
  const engine::Profile* profile;
};

/// `permission`: a key of the contract's `permissions`; of `sub-handling`, that it is `allow`. Empty: none is asked for.
[[nodiscard]] Reasons reasons(const policy::Policy& policy, const Options& options, const policy::Request& request, std::string_view permission);

}  // namespace presproof::explain
