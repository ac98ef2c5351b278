// Claims over time about radii: grids that meet, states that show them, and what counts for one alone.

#include "over_time_proving.h"

namespace presproof {
namespace {

using namespace test;

std::string two_radii(const std::string& first, const std::string& second) {
  return radius_when("a", first, sphere("work")) + radius_when("b", second, sphere("home"));
}

}  // namespace

TEST_CASE("one radius in all states is proved at its own length and violated above, as without over time") {
  const auto rules = radius_when("a", "5000");
  for (const auto* claim : {"location finer than 5 km", "geodetic finer than 5 km", "location finer than 5001 m", "effective location finer than 1802 m",
                            "effective location finer than 1803 m", "location", "exact location", "civic finer than none"}) {
    INFO(claim);
    for (const auto* quantifier : {"never ", "sometimes "}) {
      CHECK(verdict(rules, kForBob + quantifier + claim + " over time") == verdict(rules, kForBob + quantifier + claim));
    }
  }
  CHECK(verdict(rules, kForBob + "never location finer than 5 km over time") == "proved");
  CHECK(verdict(rules, kForBob + "never location finer than 5001 m over time") == "violated");
  CHECK(verdict(rules, kForBob + "never effective location finer than 1802 m over time") == "proved");
  CHECK(verdict(rules, kForBob + "never effective location finer than 1803 m over time") == "violated");
}

TEST_CASE("one radius that is too small needs one run alone") {
  const auto result = prove(radius_when("a", "5000"), kForBob + "never location finer than 6 km over time");
  REQUIRE(result.counterexample);
  CHECK_FALSE(result.second);
  CHECK_FALSE(result.remaining_area_m2);
  CHECK(result.counterexample->request.state.location.geodetic);
}

TEST_CASE("two radii by sphere meet in less than either, and the pair is shown") {
  const auto rules = two_radii("5000", "7000");
  CHECK(verdict(rules, kForBob + "never location finer than 1 km") == "proved");
  const auto result = prove(rules, kForBob + "never location finer than 1 km over time");
  REQUIRE(result.verdict == verify::Verdict::violated);
  REQUIRE(result.second);
  const auto place = place_of(*result.counterexample);
  CHECK(place == place_of(*result.second));
  CHECK(result.counterexample->decision.permissions.location.radius_m == 5000.0);
  CHECK(result.second->decision.permissions.location.radius_m == 7000.0);
  CHECK(ids_of(rules, result.rules) == std::vector<std::string>{"a", "b"});
  CHECK(result.reason.find("radius 5000 m at") == 0);
  CHECK(result.reason.find("radius 7000 m at") != std::string::npos);
  REQUIRE(result.remaining_area_m2);
  CHECK(circle_radius(*result.remaining_area_m2) < 1000);
  const double counted = counted_area_m2(place, 200, 400, [&](geo::Position p) { return same_cell(p, place, 5000) && same_cell(p, place, 7000); });
  CHECK(counted == Approx(*result.remaining_area_m2).epsilon(0.05));
}

TEST_CASE("two radii by validity and by location count, too") {
  const auto window = valid("2026-03-02T09:00:00Z", "2026-03-06T18:00:00Z");
  const auto by_time = radius_when("a", "5000", window) + radius_when("b", "7000", valid("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z"));
  CHECK(verdict(by_time, kForBob + "never location finer than 1 km over time") == "violated");
  CHECK(verdict(by_time, kForBob + "during 2026-01-01T00:00:00Z .. 2026-12-31T00:00:00Z never location finer than 5 km over time") == "proved");
  // Where the finer radius is shown, the coarser is never: one cell and the circle that the radius discloses.
  const auto by_place = radius_when("a", "300", inside("48.1 11.6", "50000")) + radius_when("b", "7000");
  auto finest = quick();
  finest.fixed[static_cast<std::size_t>(engine::Reading::geo_radius)] = false;
  CHECK(verdict(by_place, kForBob + "never location finer than 300 m over time", {}, finest) == "violated");
  CHECK(verdict(by_place, kForBob + "when inside circle 48.1 11.6 radius 20 km never location finer than 300 m over time", {}, finest) == "proved");
}

TEST_CASE("spheres that the guard forbids do not count") {
  const auto rules = two_radii("5000", "7000");
  CHECK(verdict(rules, kForBob + "when sphere is \"work\" never location finer than 5 km over time") == "proved");
  CHECK(verdict(rules, kForBob + "when sphere is \"home\" never location finer than 7 km over time") == "proved");
  CHECK(verdict(rules, kForBob + "when not sphere is \"gym\" never location finer than 5 km over time") == "violated");
}

TEST_CASE("two radii leave at least what the smallest piece of their common pattern has") {
  // 5 km and 10 km repeat after two steps: their pieces are no slivers, and a length below them is proved.
  const auto rules = two_radii("5000", "10000");
  const auto violated = prove(rules, kForBob + "never location finer than 500 m over time");
  REQUIRE(violated.verdict == verify::Verdict::violated);
  CHECK(verdict(rules, kForBob + "never location finer than 1 m over time", "civic resolution { full 1 m }") == "proved");
  // Nothing is left of cells whose radii have no common measure: no number is claimed.
  const auto open = prove(two_radii("5000", "7071"), kForBob + "never location finer than 0.001 m over time", "civic resolution { full 0.001 m }");
  CHECK(open.verdict != verify::Verdict::proved);
}

TEST_CASE("in a guard's region the real grids count, as many as meet there") {
  const auto rules = two_radii("1000", "5000");
  const std::string when = "when inside circle 52.52 13.405 radius 200 m ";
  const auto result = prove(rules, kForBob + when + "never location finer than 1 km over time");
  REQUIRE(result.verdict == verify::Verdict::violated);
  const auto place = place_of(*result.counterexample);
  CHECK(geo::distance_m(place, {52.52, 13.405}) <= 200);
  const double counted = counted_area_m2(place, 1500, 600, [&](geo::Position p) { return same_cell(p, place, 1000) && same_cell(p, place, 5000); });
  CHECK(counted == Approx(*result.remaining_area_m2).epsilon(0.01));
  // Just below the least that is left there it is proved, just above it is not.
  const double least = circle_radius(*result.remaining_area_m2);
  const auto at = [&](double metres) { return verdict(rules, kForBob + when + "never location finer than " + std::to_string(metres) + " m over time"); };
  CHECK(at(least * 0.999) == "proved");
  CHECK(at(least * 1.001) == "violated");
}

TEST_CASE("three radii leave less than two, and are all told") {
  const auto rules = two_radii("1000", "1100") + radius_when("c", "1300", sphere("gym"));
  const std::string when = "when inside circle 48.1 11.6 radius 3 km ";
  const auto two = prove(two_radii("1000", "1100"), kForBob + when + "never location finer than 900 m over time");
  const auto three = prove(rules, kForBob + when + "never location finer than 900 m over time");
  REQUIRE(two.verdict == verify::Verdict::violated);
  REQUIRE(three.verdict == verify::Verdict::violated);
  // A length that no pair in the region is below.
  for (double metres = circle_radius(*two.remaining_area_m2); metres > 1; metres *= 0.8) {
    const auto result = prove(rules, kForBob + when + "never location finer than " + std::to_string(metres) + " m over time");
    if (result.verdict != verify::Verdict::violated || result.reason.find("1100") == std::string::npos || result.reason.find("1300") == std::string::npos) continue;
    if (result.reason.find("1000") == std::string::npos) continue;
    const auto place = place_of(*result.counterexample);
    const double reach = 40 * circle_radius(*result.remaining_area_m2);
    const double counted = counted_area_m2(place, std::min(reach, 1000.0), 900, [&](geo::Position p) {
      return same_cell(p, place, 1000) && same_cell(p, place, 1100) && same_cell(p, place, 1300);
    });
    CHECK(circle_radius(counted) == Approx(circle_radius(*result.remaining_area_m2)).epsilon(0.1));
    return;
  }
  FAIL("no length needs all three radii");
}

TEST_CASE("exact in any state leaves nothing") {
  const auto exact = rule("a", one(kBob) + sphere("work"), kAllow, kPersons + "<gp:provide-location/>");
  const auto result = prove(exact + radius_when("b", "5000", sphere("home")), kForBob + "never location finer than 1 m over time");
  CHECK(result.verdict == verify::Verdict::violated);
  CHECK(verdict(exact, kForBob + "never exact location over time") == "violated");
  CHECK(verdict(exact, kForBob + "when sphere is \"home\" never exact location over time") == "proved");
}

TEST_CASE("beyond 70 degrees a radius shows nothing") {
  const auto rules = two_radii("5000", "7000");
  CHECK(verdict(rules, kForBob + "when inside circle 75 20 radius 10 km never location finer than 8 km over time") == "proved");
  CHECK(verdict(rules, kForBob + "when inside circle 89.95 20 radius 10 km never location finer than 8 km over time") == "proved");
  CHECK(verdict(rules, kForBob + "when inside circle 69.5 20 radius 10 km never location finer than 8 km over time") == "violated");
  CHECK(verdict(radius_when("a", "1000"), kForBob + "when inside circle 75 20 radius 10 km never location finer than 8 km over time") == "proved");
  CHECK(verdict(radius_when("a", "1000"), kForBob + "always location finer than 8 km over time") == "violated");
  CHECK(verdict(radius_when("a", "1000"), kForBob + "when inside circle 48 11 radius 10 km always location finer than 8 km over time") == "proved");
}

TEST_CASE("always and sometimes ask for all places and for one") {
  const auto rules = two_radii("5000", "7000");
  const std::string when = "when inside circle 48.1 11.6 radius 30 km ";
  CHECK(verdict(rules, kForBob + when + "always location finer than 3 km over time") == "proved");
  CHECK(verdict(rules, kForBob + when + "always location finer than 300 m over time") == "violated");
  CHECK(verdict(rules, kForBob + when + "sometimes location finer than 300 m over time") == "proved");
  CHECK(verdict(radius_when("a", "5000"), kForBob + "sometimes location finer than 5 km over time") == "violated");
  CHECK(prove(rules, kForBob + when + "sometimes location finer than 300 m over time").second);
}

TEST_CASE("a civic level beside a radius: the finer of the two counts") {
  const auto rules = radius_when("a", "5000") + rule("b", one(kBob) + sphere("home"), kAllow, kPersons + civic("building"));
  CHECK(verdict(rules, kForBob + "never location finer than 50 m over time") == "proved");
  CHECK(verdict(rules, kForBob + "never location finer than 51 m over time") == "violated");
  CHECK(verdict(rules, kForBob + "never geodetic finer than 5 km over time") == "proved");
  CHECK(verdict(rules, kForBob + "never location finer than 1 km over time", "civic resolution { building 2 km }") == "proved");
  CHECK(verdict(rules, kForBob + "never civic finer than city over time") == "violated");
  CHECK(verdict(rules, kForBob + "never civic finer than building over time") == "proved");
}

TEST_CASE("any identities of a person may be asserted, and each such watcher is one") {
  const auto rules = radius_when("a", "5000", sphere("work")) + rule("b", one("tel:+12125551234") + sphere("home"), kAllow, kPersons + within("7000"));
  const std::string person = "person bob = { sip:bob@example.com, tel:+12125551234 }";
  CHECK(verdict(rules, kForBob + "never location finer than 5 km over time") == "proved");
  CHECK(verdict(rules, "for bob never location finer than 1 km over time", person) == "violated");
  CHECK(prove(rules, "for bob never location finer than 1 km over time", person).counterexample->request.watcher.identities.size() == 2);
}

TEST_CASE("finest and coarsest are told apart over time") {
  // In the sphere work both rules match: finest shows 1 km there, coarsest 5 km everywhere.
  const auto rules = radius_when("a", "1000", sphere("work")) + radius_when("b", "5000");
  const auto result = prove(rules, kForBob + "never location finer than 2 km over time");
  CHECK(result.verdict == verify::Verdict::depends);
  CHECK(result.counterexample->readings.coarsest_radius() == false);
}

TEST_CASE("nobody, or never, is vacuous over time") {
  CHECK(verdict(radius_when("a", "5000"), "for {} never location finer than 5 km over time") == "vacuous");
  CHECK(verdict(radius_when("a", "5000"), kForBob + "when sphere is \"a\" and sphere is \"b\" never location finer than 5 km over time") == "vacuous");
}

TEST_CASE("what is assumed is said") {
  const auto over_time = prove(radius_when("a", "5000"), kForBob + "never location finer than 5 km over time");
  REQUIRE(over_time.assumptions.size() == 3);
  CHECK(over_time.assumptions[0].find("stays where it is") != std::string::npos);
  CHECK(over_time.assumptions[1].find("13.2") != std::string::npos);
  const auto effective = prove(radius_when("a", "5000"), kForBob + "never effective location finer than 1 km");
  REQUIRE(effective.assumptions.size() == 1);
  CHECK(effective.assumptions[0].find("0.13") != std::string::npos);
  CHECK(prove(radius_when("a", "5000"), kForBob + "never location finer than 1 km").assumptions.empty());
}

TEST_CASE("more conditions than can be laid out are undecided, not proved") {
  std::string conditions;
  for (int i = 0; i < 12; ++i) conditions += radius_when("r" + std::to_string(i), "5000", inside("48." + std::to_string(10 + 5 * i) + " 11", "1000"));
  const auto result = prove(conditions, kForBob + "never location finer than 5 km over time");
  CHECK(result.verdict == verify::Verdict::undecided);
  CHECK(result.reason.find("more than") == 0);
  // What one run shows needs no laying out.
  CHECK(verdict(conditions, kForBob + "never location finer than 6 km over time") == "violated");
  CHECK(verdict(conditions, kForBob + "sometimes location finer than 6 km over time") == "proved");
}

}  // namespace presproof
