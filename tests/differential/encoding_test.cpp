// The two translations of a policy against each other, on random rule sets over vocabularies so small that they meet:
// comparison.h says how.

#include <catch2/catch.hpp>

#include "differential/comparison.h"

namespace presproof::differential {
namespace {

#ifdef PRESPROOF_SANITIZED
constexpr std::size_t kShare = 10;  // the sanitizers run a tenth of the cases
#else
constexpr std::size_t kShare = 1;
#endif

}  // namespace

TEST_CASE("the encoder and the evaluator agree on random rule sets, watchers and states") {
  TermTally tally;
  for (std::uint64_t seed = 1; seed <= 6000 / kShare; ++seed) REQUIRE(compare_terms(seed, {generator::small_vocabulary()}, tally) == "");
  CHECK(tally.cases >= 90000 / kShare);
  // Random claims that never or always hold would compare nothing.
  CHECK(tally.claims_held > tally.cases / 20);
  CHECK(tally.claims_held < tally.cases - tally.cases / 20);
  CHECK(tally.guards_held > tally.cases / 20);
}

TEST_CASE("the encoder and the evaluator agree on rule sets with many rules") {
  TermTally tally;
  const World world{generator::small_vocabulary(), {.rules = 300, .fewest_conditions = 3}};
  for (std::uint64_t seed = 1; seed <= 500 / kShare; ++seed) REQUIRE(compare_terms(seed, world, tally) == "");
  CHECK(tally.cases >= 15000 / kShare);
  CHECK(tally.claims_held > tally.cases / 20);
  CHECK(tally.claims_held < tally.cases - tally.cases / 20);
}

TEST_CASE("every watcher has a class that no rule and no group can tell from it") {
  WatcherTally tally;
  for (std::uint64_t seed = 1; seed <= 4000 / kShare; ++seed) REQUIRE(compare_watchers(seed, {generator::small_vocabulary()}, tally) == "");
  CHECK(tally.watchers == 4000 / kShare * 20);
  CHECK(tally.classes > 4000 / kShare * 3);
}

TEST_CASE("verdicts agree with asking the evaluator for many requests") {
  VerdictTally tally;
  for (std::uint64_t seed = 1; seed <= 5000 / kShare; ++seed) REQUIRE(compare_verdicts(seed, {generator::small_vocabulary()}, tally) == "");
  CHECK(tally.proved > 500 / kShare);
  CHECK(tally.refuted > 500 / kShare);
  CHECK(tally.undecided <= 50 / kShare + 1);
}

TEST_CASE("patterns of circles that are said not to exist are those of no place") {
  PlacementTally tally;
  for (std::uint64_t seed = 1; seed <= 150 / kShare; ++seed) {
    REQUIRE(compare_placements(seed, generator::small_vocabulary(), tally) == "");
    REQUIRE(compare_placements(seed, generator::touching_vocabulary(), tally) == "");
  }
  CHECK(tally.placed > 30 / kShare);
  CHECK(tally.impossible > 30 / kShare);
}

}  // namespace presproof::differential
