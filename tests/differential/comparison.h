#pragma once

#include <cstdint>
#include <string>

#include "generator/random_policy.h"

/// The two translations of a policy against each other, case by case: the encoder (smt/) and the reference evaluator
/// (semantics/) with the plain reading of claims and groups (verify/claim.h, verify/scope.h).
///
/// Each comparison looks at the cases of one seed and says what the two disagree about; nothing (an empty text) when they agree.
namespace presproof::differential {

/// Where the cases come from.
struct World {
  const generator::Vocabulary& vocabulary;
  generator::PolicySize policy = {};
};

/// What was compared: claims that never or always hold would compare nothing.
struct TermTally {
  std::size_t cases = 0;
  std::size_t claims_held = 0;
  std::size_t guards_held = 0;
};
/// Claims, guards and groups of random properties: the encoder's terms under a concrete state, and the evaluator for a watcher of
/// the class in that state, on both of its paths.
[[nodiscard]] std::string compare_terms(std::uint64_t seed, const World& world, TermTally& tally);

struct WatcherTally {
  std::size_t watchers = 0;
  std::size_t classes = 0;
};
/// Random watchers, and the classes that are to stand for all of them (smt/partition.h): for each watcher there must be a class
/// whose watcher meets the same identity conditions and is in the same groups.
[[nodiscard]] std::string compare_watchers(std::uint64_t seed, const World& world, WatcherTally& tally);

struct VerdictTally {
  std::size_t proved = 0;
  std::size_t refuted = 0;
  std::size_t undecided = 0;
};
/// The verdict on a random property, and asking the evaluator for many requests.
[[nodiscard]] std::string compare_verdicts(std::uint64_t seed, const World& world, VerdictTally& tally);

struct PlacementTally {
  std::size_t placed = 0;
  std::size_t impossible = 0;
  std::size_t undecided = 0;
};
/// Whether somebody can be inside of these circles and outside of those (smt/geometry.h), and real geodesics for many places.
[[nodiscard]] std::string compare_placements(std::uint64_t seed, const generator::Vocabulary& vocabulary, PlacementTally& tally);

}  // namespace presproof::differential
