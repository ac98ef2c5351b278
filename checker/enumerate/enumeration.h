#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>

#include "engine/profile.h"
#include "engine/readings.h"
#include "enumerate/arrangement.h"
#include "enumerate/budget.h"
#include "enumerate/watchers.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"

/// A second decision procedure, which knows nothing of the encoder: it asks the reference evaluator about one watcher of each
/// kind, at one time, in one sphere and at one place of each kind. Slow, but a proof to which the two agree rests on neither alone.
///
/// First the rules: of each watcher only those count whose identity conditions hold, and watchers with the same ones are looked at
/// once. Then the cells of time, sphere and location that the conditions of those rules and the guard tell apart (cells.h).
namespace presproof::enumerate {

enum class Goal : std::uint8_t {
  claim,     ///< the guard and the claim hold
  no_claim,  ///< the guard holds and the claim does not
  guard,     ///< the guard holds
};

struct Found {
  policy::Request request;
};
/// No watcher and state reach the goal.
struct Nothing {
  bool empty_group = false;
};
struct GaveUp {
  std::string reason;
};
using Answer = std::variant<Found, Nothing, GaveUp>;

class Enumeration {
 public:
  /// All of these must outlive it. `budget` is for each decision.
  Enumeration(const policy::Policy& policy, const property::Properties& properties, policy::Usage usage, const engine::Profile& profile,
              std::uint64_t budget = Budget::kDefault);
  ~Enumeration();
  Enumeration(const Enumeration&) = delete;
  Enumeration& operator=(const Enumeration&) = delete;

  /// For a property over one run. Throws diag::InternalError when the evaluator matches other rules than their conditions,
  /// asked one by one, let expect.
  [[nodiscard]] Answer decide(const property::Property& property, Goal goal, const engine::Readings& readings);

 private:
  struct Asked;     ///< the evaluator under some readings
  struct Kind;      ///< watchers that are alike
  struct Question;  ///< one call of decide()
  [[nodiscard]] Asked& under(const engine::Readings& readings);

  const policy::Policy& policy_;
  policy::Usage usage_;
  const engine::Profile& profile_;
  std::uint64_t budget_;
  Watchers watchers_;
  Arrangements arrangements_;
  std::map<engine::Readings, std::unique_ptr<Asked>> asked_;
};

}  // namespace presproof::enumerate
