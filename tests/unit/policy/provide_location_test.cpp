#include "support.h"

using namespace presproof;
using namespace presproof::policy;
using namespace presproof::policy::test;

namespace {

Read read_civic(std::string_view body) {
  return read_in_transformations(
      fmt::format("<gp:provide-location profile=\"civic-transformation\">\n{}</gp:provide-location>", body));
}
Read read_geodetic(std::string_view body) {
  return read_in_transformations(
      fmt::format("<gp:provide-location profile=\"geodetic-transformation\">\n{}</gp:provide-location>", body));
}

ProvideLocation civic(geo::CivicLevel level) { return {std::nullopt, level}; }
ProvideLocation geodetic(std::optional<double> radius_m) {
  return {GeodeticGrant{radius_m, std::nullopt}, geo::CivicLevel::none};
}
const ProvideLocation kExact{GeodeticGrant{0.0, std::nullopt}, geo::CivicLevel::full};

}  // namespace

TEST_CASE("provide-location without children is exact and full") {
  const Read result =
      read_in_transformations("<gp:provide-location/><gp:provide-location> <!-- all --> </gp:provide-location>");
  CHECK(result.list() == Lines{});
  CHECK(result.permission<ProvideLocation>(0) == kExact);
  CHECK(result.permission<ProvideLocation>(1) == kExact);
}

TEST_CASE("a profile without children is reported, and everything is disclosed") {
  const Read result = read_in_transformations("<gp:provide-location profile=\"civic-transformation\"/>");
  CHECK(result.list() == Lines{"profile-mismatch 2:22"});
  CHECK(result.permission<ProvideLocation>() == kExact);
  const Read text = read_in_transformations("<gp:provide-location>city</gp:provide-location>");
  CHECK(text.list() == Lines{"unexpected-text 2:1"});
  CHECK(text.permission<ProvideLocation>() == kExact);
}

TEST_CASE("each civic level is read, white space around it is reported, and empty is none") {
  for (std::size_t i = 0; i < geo::kCivicLevelNames.size(); ++i) {
    const Read result =
        read_civic(fmt::format("<lp:provide-civic>\n {} </lp:provide-civic>", geo::kCivicLevelNames[i]));
    CHECK(result.list() == Lines{"invalid-value 3:1"});
    CHECK(result.permission<ProvideLocation>() == civic(static_cast<geo::CivicLevel>(i)));
  }
  CHECK(read_civic("<lp:provide-civic/>").permission<ProvideLocation>() == civic(geo::CivicLevel::none));
}

TEST_CASE("another civic level grants nothing") {
  const Read result =
      read_civic(" <lp:provide-civic>town</lp:provide-civic>\n<lp:provide-civic>City</lp:provide-civic>");
  CHECK(result.list() == Lines{"invalid-value 3:2", "invalid-value 4:1"});
  CHECK(result.findings.at(0).message ==
        "`<lp:provide-civic>` is `town`, but may be `none`, `country`, `region`, `city`, `building`, `full`");
  CHECK(result.findings.at(1).fix == "write `city`");
  CHECK(result.rule().permissions.empty());
  CHECK(read_civic("<lp:provide-civic>city<x:y/></lp:provide-civic>").rule().permissions.empty());
}

TEST_CASE("a radius is a whole number of metres above 0, or absent") {
  CHECK(read_geodetic("<lp:provide-geo radius=\"500\"/>").list() == Lines{});
  CHECK(read_geodetic("<lp:provide-geo radius=\"500\"/>").permission<ProvideLocation>() == geodetic(500));
  CHECK(read_geodetic("<lp:provide-geo radius=\" 1 \"/>").permission<ProvideLocation>() == geodetic(1));
  CHECK(read_geodetic("<lp:provide-geo/>").list() == Lines{});
  CHECK(read_geodetic("<lp:provide-geo/>").permission<ProvideLocation>() == geodetic(std::nullopt));
  for (const std::string_view radius : {"0", "-5", "", "500.5", "1e3", "500 m"}) {
    CAPTURE(radius);
    const Read result = read_geodetic(fmt::format("<lp:provide-geo radius=\"{}\"/>", radius));
    CHECK(result.list() == Lines{"invalid-radius 3:17"});
    CHECK(result.rule().permissions.empty());
  }
  CHECK(read_geodetic("<lp:provide-geo radius=\"5\" unit=\"km\">x</lp:provide-geo>").list() ==
        Lines{"unexpected-text 3:1", "unexpected-attribute 3:28"});
}

TEST_CASE("children that do not suit the profile grant nothing") {
  const Read result = read_in_transformations(
      "<gp:provide-location "
      "profile=\"civic-transformation\"><lp:provide-civic>city</lp:provide-civic>\n<lp:provide-geo "
      "radius=\"5\"/></gp:provide-location>");
  CHECK(result.list() == Lines{"profile-mismatch 3:1"});
  CHECK(result.findings.at(0).fix == "put it into a `<provide-location>` with `profile=\"geodetic-transformation\"`");
  CHECK(result.rule().permissions.size() == 1);
  CHECK(result.permission<ProvideLocation>() == civic(geo::CivicLevel::city));

  const Read only = read_geodetic("<lp:provide-civic>full</lp:provide-civic>");
  CHECK(only.list() == Lines{"profile-mismatch 3:1"});
  CHECK(only.rule().permissions.empty());
}

TEST_CASE("an unknown profile grants nothing") {
  const Read result = read_in_transformations(
      "<gp:provide-location "
      "profile=\"civic-condition\"><lp:provide-civic>city</lp:provide-civic></gp:provide-location>");
  CHECK(result.list() == Lines{"profile-mismatch 2:22"});
  CHECK(result.rule().permissions.empty());
}

TEST_CASE("a missing profile beside children is reported, and the children count") {
  const Read result = read_in_transformations(
      " <gp:provide-location><lp:provide-civic>city</lp:provide-civic><lp:provide-geo "
      "radius=\"5\"/></gp:provide-location>");
  CHECK(result.list() == Lines{"profile-mismatch 2:2"});
  REQUIRE(result.rule().permissions.size() == 2);
  CHECK(result.permission<ProvideLocation>(0) == civic(geo::CivicLevel::city));
  CHECK(result.permission<ProvideLocation>(1) == geodetic(5));
}

TEST_CASE("children given twice grant like two rules") {
  const Read result = read_geodetic("<lp:provide-geo radius=\"5\"/><lp:provide-geo radius=\"7\"/>");
  CHECK(result.list() == Lines{});
  CHECK(result.permission<ProvideLocation>(0) == geodetic(5));
  CHECK(result.permission<ProvideLocation>(1) == geodetic(7));
}

TEST_CASE("children that nobody knows grant nothing, and are children all the same") {
  const Read result = read_in_transformations(
      "<gp:provide-location profile=\"geodetic-transformation\">\n<gp:provide-geo "
      "radius=\"5\"/>\n<x:blur/>\n<lp:provide-gio/>\n<pr:all-devices/></gp:provide-location>");
  CHECK(result.list() ==
        Lines{"wrong-namespace 3:1", "unknown-permission 4:1", "misspelt-element 5:1", "misplaced-element 6:1"});
  CHECK(result.findings.at(0).fix ==
        "put `<provide-geo>` into the namespace `urn:ietf:params:xml:ns:basic-location-profiles`");
  CHECK(result.findings.at(2).fix ==
        "did you mean `<provide-geo>` of the namespace `urn:ietf:params:xml:ns:basic-location-profiles`?");
  CHECK(result.rule().permissions.empty());
}
