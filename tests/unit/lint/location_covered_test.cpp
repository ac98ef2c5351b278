#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

std::string round(std::string_view position, std::string_view radius, std::string_view label = "") {
  return "<gp:location profile=\"geodetic-condition\" label=\"" + std::string(label) +
         R"("><gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>)" + std::string(position) +
         R"(</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">)" + std::string(radius) +
         "</gs:radius></gs:Circle></gp:location>";
}
std::string address(std::string_view fields) {
  return R"(<gp:location profile="civic-condition" xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">)" +
         std::string(fields) + "</gp:location>";
}
std::string places(std::string_view locations) {
  return rule("a", "<gp:location-condition>" + std::string(locations) + "</gp:location-condition>");
}
std::size_t covered(std::string_view locations) { return Linted(places(locations)).count(Code::location_covered); }

}  // namespace

TEST_CASE("location-covered fires for a circle within another one", "[lint]") {
  Linted linted(places(round("0 0", "1000") + round("0 0", "500")));
  CHECK(
      linted.message(Code::location_covered) ==
      "this location lies within the one in line 3, and adds nothing: one of them is enough for the condition to hold");
  CHECK(linted.fixed(Code::location_covered) == places(round("0 0", "1000")));
  CHECK(Linted(places(round("0 0", "500") + round("0 0", "1000"))).fixed(Code::location_covered) ==
        places(round("0 0", "1000")));
}

TEST_CASE("location-covered counts the distance of the centres", "[lint]") {
  // A hundredth of a degree of longitude on the equator is 1113.195 m, of latitude 1105.743 m.
  CHECK(covered(round("0 0", "2000") + round("0 0.01", "886")) == 1);
  CHECK(covered(round("0 0", "2000") + round("0 0.01", "887")) == 0);
  CHECK(covered(round("0 0", "2000") + round("0.01 0", "894")) == 1);
  CHECK(covered(round("0 0", "2000") + round("0.01 0", "895")) == 0);
}

TEST_CASE("location-covered fires for a civic address that has more fields than another one", "[lint]") {
  const std::string germany = "<country>DE</country>";
  CHECK(covered(address(germany + "<A3>Munich</A3>") + address(germany)) == 1);
  CHECK(covered(address(germany + "<A3>Munich</A3>") + address(germany + "<A3>Berlin</A3>")) == 0);
  CHECK(covered(address("<A3>Munich</A3>") + address(germany)) == 0);
  CHECK(covered(address(germany) + round("0 0", "500")) == 0);
}

TEST_CASE("location-covered fires for the later of two equal locations, but not for a second label", "[lint]") {
  Linted linted(places(round("0 0", "500") + round("0.0 0", "500")));
  CHECK(linted.message(Code::location_covered) == "this location is the same as the one in line 3");
  CHECK(linted.fixed(Code::location_covered) == places(round("0 0", "500")));
  CHECK(covered(round("0 0", "500", "office") + round("0 0", "500", "Amt")) == 0);
}

TEST_CASE("location-covered is silent across conditions, and mends nothing where a comment stands", "[lint]") {
  CHECK(Linted(rule("a", circle("0 0", "500") + circle("0 0", "1000"))).count(Code::location_covered) == 0);
  auto commented = round("0 0", "500");
  commented.insert(commented.find("<gs:Circle"), "<!-- the office -->");
  CHECK_FALSE(Linted(places(round("0 0", "1000") + commented)).fixed(Code::location_covered));
}

}  // namespace presproof::lint
