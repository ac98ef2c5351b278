#include <catch2/catch.hpp>

#include "engine/profile.h"

using namespace presproof::engine;

TEST_CASE("rfc is the first profile and is found by its name") {
  REQUIRE(!all_profiles().empty());
  CHECK(all_profiles().front().name == "rfc");
  CHECK(find_profile("rfc") == &rfc());
  CHECK(rfc().combining == Combining::all_matching_rules);
  CHECK(rfc().filtering == Filtering::shows_what_is_granted);
  CHECK(rfc().identity == IdentityTest::uri_equivalence);
  CHECK(rfc().unknown_condition == UnknownConditionIs::not_met);
}

TEST_CASE("a profile of another name does not exist") {
  CHECK(find_profile("RFC") == nullptr);
  CHECK(find_profile("") == nullptr);
  CHECK(find_profile("rfc ") == nullptr);
}
