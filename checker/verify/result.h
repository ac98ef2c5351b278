#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "semantics/decision.h"

namespace presproof::verify {

/// The contract's verdict words. `undecided` is never success.
enum class Verdict : std::uint8_t { proved, violated, depends, undecided, vacuous };
inline constexpr std::array<std::string_view, 5> kVerdictNames = {"proved", "violated", "depends", "undecided", "vacuous"};

/// A concrete request that breaks the property, as the evaluator decides it. It exists only after the replay.
struct Counterexample {
  policy::Request request;
  engine::Readings readings;
  semantics::Decision decision;
};

struct VerdictUnderReading {
  /// Only the readings that could matter to the property.
  std::vector<std::pair<engine::Reading, bool>> readings;
  Verdict verdict = Verdict::undecided;
};

struct SolverInfo {
  std::string name;
  std::string version;
  double seconds = 0;
};

struct Result {
  Verdict verdict = Verdict::undecided;
  std::vector<VerdictUnderReading> by_reading;  ///< only for `depends`
  /// For `violated` under the first violated readings (the defaults when they are among them); for `depends` likewise. For
  /// a `sometimes` that is proved: the witness.
  std::optional<Counterexample> counterexample;
  /// The other run, for a property over two runs or over time.
  std::optional<Counterexample> second;
  /// Over any subscription: what happens until the NOTIFY that breaks the claim (over_subscription.h).
  std::vector<std::string> events;
  /// Over time: what the watcher's knowledge leaves of the earth, when that is an area.
  std::optional<double> remaining_area_m2;
  /// What the verdict takes for granted beyond the readings, in words for people, a sentence each.
  std::vector<std::string> assumptions;
  /// The rules that the proof rests on, or that cause the violation; in policy order.
  std::vector<policy::RuleRef> rules;
  /// Why it is undecided or vacuous, in words for people; empty otherwise.
  std::string reason;
  SolverInfo solver;
};

}  // namespace presproof::verify
