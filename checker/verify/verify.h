#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/profile.h"
#include "engine/readings.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "verify/result.h"

namespace presproof::verify {

/// Z3 decides; `both`: the enumeration is asked, too, `cvc5`: that solver is (second_opinion.h).
enum class SolverChoice : std::uint8_t { z3, cvc5, both };
inline constexpr std::array<std::string_view, 3> kSolverNames = {"z3", "cvc5", "both"};

struct Options {
  policy::Usage usage = policy::Usage::presence;
  const engine::Profile* profile = &engine::rfc();
  engine::FixedReadings fixed;
  /// Wall-clock limit per property, seconds; 0: none.
  double timeout_s = 30;
  /// Z3's deterministic resource limit per query; 0: none. Tests use this and never the clock.
  std::uint32_t rlimit = 0;
  /// Threads; what is found does not depend on their number.
  std::size_t jobs = 1;
  /// Directory for each query as SMT-LIB 2; empty: none.
  std::string smt2_directory;
  SolverChoice solver = SolverChoice::z3;
};

/// Called as properties begin and end, with how many have ended; from any thread, but never from two at once.
using Progress = std::function<void(std::size_t done, std::size_t all)>;

/// A verdict for each property, in order. Every counterexample has been re-run on semantics/ before it is returned; one that does not
/// replay throws diag::InternalError.
[[nodiscard]] std::vector<Result> verify(const policy::Policy& policy, const property::Properties& properties,
                                         const Options& options, const Progress& progress = {});

/// For lint: rules that no request can match, and rules whose removal changes nothing that any watcher gets, under any
/// reading (with the rules that cover them). Rules that the solver could not decide are in neither.
struct RuleFacts {
  struct Redundant {
    policy::RuleRef rule;
    std::vector<policy::RuleRef> covered_by;
  };
  std::vector<policy::RuleRef> never_match;
  std::vector<Redundant> redundant;  ///< none that never match; of two equal rules the later one
  /// Rules whose `confirm` or `polite-block` never decides, since others give more whenever one matches.
  std::vector<Redundant> overruled = {};
};
[[nodiscard]] RuleFacts rule_facts(const policy::Policy& policy, const Options& options);

}  // namespace presproof::verify
