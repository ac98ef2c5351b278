// Where the RFCs leave a choice: a property must hold under all readings, and the ones that break it are named.

#include "proving.h"

namespace presproof {
namespace {

using namespace test;
using engine::Reading;

const std::string kForBob = "for { sip:bob@example.com } ";

std::string bob_gets(const std::string& id, const std::string& transformations) {
  return rule(id, one("sip:bob@example.com"), kAllow, kPersons + transformations);
}

/// The one reading that the verdict depends on, and the values under which it is violated and proved.
void depends_on(const verify::Result& result, Reading reading, bool violated_alternative) {
  REQUIRE(result.verdict == verify::Verdict::depends);
  REQUIRE(result.by_reading.size() == 2);
  for (const auto& [readings, verdict] : result.by_reading) {
    REQUIRE(readings.size() == 1);
    CHECK(readings.front().first == reading);
    CHECK(verdict == (readings.front().second == violated_alternative ? verify::Verdict::violated : verify::Verdict::proved));
  }
  REQUIRE(result.counterexample);
  CHECK(result.counterexample->readings.alternative(reading) == violated_alternative);
}

}  // namespace

TEST_CASE("two radii for one watcher: finest or coarsest") {
  const auto rules = bob_gets("a", within("500")) + bob_gets("b", within("5000"));
  depends_on(prove(rules, kForBob + "never location finer than 1 km"), Reading::geo_radius, false);
  CHECK(verdict(rules, kForBob + "never location finer than 400 m") == "proved");
  CHECK(verdict(rules, kForBob + "never location finer than 6 km") == "violated");
}

TEST_CASE("under coarsest an exact grant counts as radius 0") {
  verify::Options coarsest = quick();
  coarsest.fixed[static_cast<std::size_t>(Reading::geo_radius)] = true;
  const auto rules = bob_gets("a", "<gp:provide-location/>") + bob_gets("b", within("500"));
  CHECK(verdict(rules, kForBob + "never geodetic finer than 500 m", {}, coarsest) == "proved");
  CHECK(verdict(rules, kForBob + "never geodetic finer than 501 m", {}, coarsest) == "violated");
}

TEST_CASE("provide-all-attributes includes location or excludes it") {
  depends_on(prove(bob_gets("a", "<pr:provide-all-attributes/>"), kForBob + "never location"), Reading::all_attributes_location, false);
}

TEST_CASE("provide-unknown-attribute that names geopriv is honoured or ignored") {
  const auto rules = bob_gets(
      "a", R"(<pr:provide-unknown-attribute name="geopriv" ns="urn:ietf:params:xml:ns:pidf:geopriv10">true</pr:provide-unknown-attribute>)");
  depends_on(prove(rules, kForBob + "never exact location"), Reading::unknown_attribute_location, false);
}

TEST_CASE("provide-geo without a radius is exact or nothing") {
  const auto rules = bob_gets("a", R"(<gp:provide-location profile="geodetic-transformation"><lp:provide-geo/></gp:provide-location>)");
  depends_on(prove(rules, kForBob + "never location"), Reading::geo_radius_absent, false);
}

TEST_CASE("an empty identity matches nobody or the unauthenticated") {
  const auto rules = rule("a", "<identity/>", kAllow, kPersons);
  depends_on(prove(rules, "for everyone never persons"), Reading::empty_identity, true);
  CHECK(verdict(rules, "for everyone when authenticated never persons") == "proved");
}

TEST_CASE("a fixed reading decides") {
  verify::Options options = quick();
  const auto rules = bob_gets("a", "<pr:provide-all-attributes/>");
  options.fixed[static_cast<std::size_t>(Reading::all_attributes_location)] = true;
  CHECK(verdict(rules, kForBob + "never location", {}, options) == "proved");
  options.fixed[static_cast<std::size_t>(Reading::all_attributes_location)] = false;
  CHECK(verdict(rules, kForBob + "never location", {}, options) == "violated");
}

}  // namespace presproof
