#include <catch2/catch.hpp>

#include "unit/property/parsing.h"

namespace presproof::property {
namespace {

using testing::Parsing;
using testing::problem_of;
using testing::property_of;

Formula<GuardAtom> guard_of(const std::string& condition) {
  const Property property = property_of("for everyone when " + condition + " never mood");
  REQUIRE(property.guards.size() == 1);
  return property.guards.front();
}

/// Of `for everyone when CONDITION never mood`, whose condition begins in column 19.
std::string condition_problem(const std::string& condition) {
  const auto problems = Parsing().problems({}, {"for everyone when " + condition + " never mood"});
  return problems.empty() ? std::string() : problems.front();
}

/// Of `for everyone during INTERVAL never mood`, whose interval begins in column 21.
std::string interval_problem(const std::string& interval) {
  const auto problems = Parsing().problems({}, {"for everyone during " + interval + " never mood"});
  return problems.empty() ? std::string() : problems.front();
}

/// Of `region home = REGION`, which begins in column 15.
std::string region_problem(const std::string& region) { return problem_of("region home = " + region); }

TEST_CASE("a sphere is a value or undefined") {
  CHECK(guard_of("sphere is \"work\"").atom == GuardAtom(SphereIs{"work"}));
  CHECK(guard_of("sphere is undefined").atom == GuardAtom(SphereIs{}));
  const auto negated = guard_of("sphere is not \"work\"");
  REQUIRE(negated.op == Operator::not_);
  CHECK(negated.operands.at(0).atom == GuardAtom(SphereIs{"work"}));
  CHECK(guard_of("sphere is not undefined").operands.at(0).atom == GuardAtom(SphereIs{}));
  CHECK(condition_problem("sphere is work") ==
        "1:29+4: expected a sphere in quotes or `undefined`, found `work` [write it in quotes: `\"work\"`]");
  CHECK(condition_problem("sphere is \"\"") ==
        "1:29+2: the sphere is empty [write `sphere is undefined` for a presentity without a sphere]");
  CHECK(condition_problem("sphere = \"work\"") == "1:26+1: expected `is`, found `=`");
}

TEST_CASE("conditions combine like claims") {
  const auto guard = guard_of("not authenticated and sphere is \"a\" or (sphere is \"b\" or authenticated)");
  REQUIRE(guard.op == Operator::or_);
  REQUIRE(guard.operands.size() == 2);
  CHECK(guard.operands[0].op == Operator::and_);
  CHECK(guard.operands[0].operands.at(0).operands.at(0).atom == GuardAtom(Authenticated{}));
  CHECK(guard.operands[1].op == Operator::or_);
  CHECK(condition_problem("autenticated") ==
        "1:19+12: expected a condition: `sphere is`, `inside` or `authenticated`, found `autenticated` [did you mean "
        "`authenticated`?]");
}

TEST_CASE("guards come in any order and are all kept") {
  const auto property = property_of(
      "for everyone during 2026-01-01T00:00:00Z .. 2026-02-01T00:00:00Z when authenticated during "
      "2026-01-05T00:00:00Z..2026-03-01T00:00:00Z "
      "when sphere is \"x\" never mood");
  CHECK(property.guards.size() == 2);
  REQUIRE(property.during.size() == 2);
  CHECK(property.during[0].from == parse_rfc3339("2026-01-01T00:00:00Z"));
  CHECK(property.during[0].until == parse_rfc3339("2026-02-01T00:00:00Z"));
  CHECK(property.during[1].until == parse_rfc3339("2026-03-01T00:00:00Z"));
}

TEST_CASE("an interval has two times with offsets and is not empty") {
  CHECK(interval_problem("2026-03-02T09:00:00+01:00 .. 2026-03-06T18:00:00+01:00").empty());
  CHECK(interval_problem("2026-03-02T09:00:00 .. 2026-03-06T18:00:00Z") ==
        "1:21+19: the time `2026-03-02T09:00:00` has no offset [write `2026-03-02T09:00:00Z` for UTC, or an offset "
        "such as `+01:00`]");
  CHECK(interval_problem("2026-03-02 .. 2026-03-06T18:00:00Z") ==
        "1:21+10: `2026-03-02` is not a time of RFC 3339 [write a time as `2026-03-02T09:00:00+01:00`]");
  CHECK(interval_problem("2026-03-02T09:00:00Z 2026-03-06T18:00:00Z") ==
        "1:42+20: expected `..`, found `2026-03-06T18:00:00Z`");
  CHECK(interval_problem("now .. 2026-03-06T18:00:00Z") ==
        "1:21+3: expected a time such as `2026-03-02T09:00:00+01:00`, found `now`");
  const std::string empty =
      ": the interval is empty: its end is not after its beginning [`during FROM .. UNTIL` is FROM <= time < UNTIL]";
  CHECK(interval_problem("2026-03-02T09:00:00Z .. 2026-03-02T09:00:00Z") == "1:21+20" + empty);
  CHECK(interval_problem("2026-03-02T09:00:00Z .. 2026-03-02T10:00:00+01:00") == "1:21+20" + empty);
  CHECK(interval_problem("2026-03-02T09:00:00Z .. 2026-03-02T10:00:01+01:00").empty());
}

TEST_CASE("a region is a circle or a civic address, named or in place") {
  Parsing parsing;
  const auto properties = parsing.file(
      "region home = circle 52.5200 -13.4050 radius 0.2 km\n"
      "region campus = civic { country \"DE\", A1 \" Bavaria \" }\n"
      "property \"a\": for everyone when inside home or inside campus never mood\n"
      "property \"b\": for everyone when inside circle -90 180 radius 5 m never mood\n");
  REQUIRE(properties.properties.size() == 2);
  const auto& guard = properties.properties[0].guards.at(0);
  REQUIRE(guard.operands.size() == 2);
  CHECK(guard.operands[0].atom == GuardAtom(Inside{"home", geo::Circle{{52.52, -13.405}, 200}}));
  CHECK(guard.operands[1].atom == GuardAtom(Inside{"campus", CivicRegion{{{"country", "DE"}, {"A1", "Bavaria"}}}}));
  CHECK(properties.properties[1].guards.at(0).atom ==
        GuardAtom(Inside{"circle -90 180 radius 5 m", geo::Circle{{-90, 180}, 5}}));
}

TEST_CASE("a circle has coordinates within their ranges and a length") {
  CHECK(region_problem("circle 90 -180 radius 1 m").empty());
  CHECK(region_problem("circle 90.1 0 radius 1 m") ==
        "1:22+4: a latitude is from -90 to 90 degrees, found `90.1` [the latitude comes first, then the longitude]");
  CHECK(region_problem("circle 0 -180.5 radius 1 m") ==
        "1:24+6: a longitude is from -180 to 180 degrees, found `-180.5`");
  CHECK(region_problem("circle 52,52 13 radius 1 m") ==
        "1:24+1: expected a longitude in degrees such as `52.52`, found `,`");
  CHECK(region_problem("circle 52N 13E radius 1 m") ==
        "1:22+3: `52N` is not a number [a coordinate is written in decimal degrees, such as `52.52`]");
  CHECK(region_problem("circle 52 13 radios 1 m") ==
        "1:28+6: expected `radius`, found `radios` [did you mean `radius`?]");
  CHECK(region_problem("circle 52 13 radius 0 m") ==
        "1:35+1: a length is above 0 [for an exact location write `exact location`]");
  CHECK(region_problem("square 1 2") == "1:15+6: expected `circle` or `civic`, found `square`");
}

TEST_CASE("the fields of a civic region are those of RFC 5139") {
  CHECK(region_problem("civic { Country \"DE\" }") ==
        "1:23+7: civic addresses have no field `Country` [did you mean `country`?]");
  CHECK(region_problem("civic { a1 \"x\" }") == "1:23+2: civic addresses have no field `a1` [did you mean `A1`?]");
  CHECK(region_problem("civic { street \"x\" }") ==
        "1:23+6: civic addresses have no field `street` [the fields are those of RFC 5139, such as `country`, `A1`, "
        "`A3`, `RD`, `HNO`]");
  CHECK(region_problem("civic { A1 \"x\", A1 \"y\" }") == "1:31+2: the field `A1` is given twice");
  CHECK(region_problem("civic { A1 \" \" }") ==
        "1:26+3: the text of a field is empty [leave the field out to allow any text]");
  CHECK(region_problem("civic { A1 x }") ==
        "1:26+1: expected the text of the field in quotes, found `x` [write it in quotes: `\"x\"`]");
  CHECK(region_problem("civic { }") ==
        "1:23+1: expected a field of a civic address such as `country` or `A1`, found `}`");
  CHECK(region_problem("civic { A1 \"x\"") == "1:29+0: expected `,` or `}`, found the end of the text");
}

TEST_CASE("a region is defined once and before it is used") {
  CHECK(condition_problem("inside home") ==
        "1:26+4: no region is called `home` [a region is defined before it is used]");
  CHECK(problem_of("region home = circle 1 2 radius 3 m\nregion home = circle 1 2 radius 3 m") ==
        "2:8+4: `home` is defined already, in line 1 [a name means one thing; choose another name]");
  CHECK(problem_of("region home = circle 1 2 radius 3 m\nproperty \"a\": for everyone when inside hme never mood") ==
        "2:40+3: no region is called `hme` [did you mean `home`?]");
  CHECK(condition_problem("inside \"home\"") == "1:26+6: expected the name of a region, found `\"home\"`");
}

TEST_CASE("a broken region is reported once, not where it is used") {
  Parsing parsing;
  CHECK(parsing.problems("region home = circle x\nproperty \"a\": for everyone when inside home never mood") ==
        std::vector<std::string>{"1:22+1: expected a latitude in degrees such as `52.52`, found `x`"});
}

TEST_CASE("a civic resolution is in force for the properties after it") {
  Parsing parsing;
  const auto properties = parsing
                              .file(
                                  "property \"a\": for everyone never location finer than 5 km\n"
                                  "civic resolution { city 3 km, building 3000 m }\n"
                                  "property \"b\": for everyone never location finer than 5 km\n"
                                  "civic resolution { full 1 m }\n"
                                  "property \"c\": for everyone never location finer than 5 m\n"
                                  "property \"d\": for everyone never location finer than 5 km\n")
                              .properties;
  REQUIRE(properties.size() == 4);
  const auto level = [&](std::size_t i) { return std::get<LocationShown>(properties[i].claim.atom).civic_at_least; };
  CHECK(level(0) == geo::CivicLevel::building);
  CHECK(level(1) == geo::CivicLevel::city);
  CHECK(level(2) == geo::CivicLevel::full);
  CHECK(level(3) == geo::CivicLevel::building);
}

TEST_CASE("a civic resolution never gets coarser towards full") {
  CHECK(problem_of("civic resolution { country 1000 km, region 200 km, city 10 km, building 50 m, full 5 m }").empty());
  CHECK(problem_of("civic resolution { country 5 m, region 5 m, city 5 m, building 5 m, full 5 m }").empty());
  const std::string hint =
      " [each level shows more than the one before, so its resolution is the same or finer; levels left out keep their "
      "default]";
  CHECK(problem_of("civic resolution { region 2000 km }") ==
        "1:20+6: `region` (2000000 m) is coarser than `country` (1000000 m)" + hint);
  CHECK(problem_of("civic resolution { country 100 km }") ==
        "1:20+7: `region` (200000 m) is coarser than `country` (100000 m)" + hint);
  CHECK(problem_of("civic resolution { city 1 km, city 2 km }") == "1:31+4: the level `city` is given twice");
  CHECK(problem_of("civic resolution { town 1 km }") ==
        "1:20+4: expected `country`, `region`, `city`, `building` or `full`, found `town`");
  CHECK(problem_of("civic resolution { city 1 }") == "1:27+1: expected `m` or `km`, found `}`");
  CHECK(problem_of("civic resolutoin { city 1 km }") ==
        "1:7+10: expected `resolution`, found `resolutoin` [did you mean `resolution`?]");
}

}  // namespace
}  // namespace presproof::property
