#include "support.h"

using namespace presproof;
using namespace presproof::policy;
using namespace presproof::policy::test;

namespace {

constexpr std::string_view kSrs = "srsName=\"urn:ogc:def:crs:EPSG::4326\"";
constexpr std::string_view kUom = "uom=\"urn:ogc:def:uom:EPSG::9001\"";

Read read_locations(std::string_view body) {
  return read_in_conditions(fmt::format("<gp:location-condition>\n{}</gp:location-condition>", body));
}

/// `body` begins at line 4.
Read read_geodetic(std::string_view body) {
  return read_locations(fmt::format("<gp:location profile=\"geodetic-condition\">\n{}</gp:location>", body));
}
Read read_civic(std::string_view body) {
  return read_locations(fmt::format("<gp:location profile=\"civic-condition\">\n{}</gp:location>", body));
}

/// A circle whose `pos` is at line 5 and whose `radius` is at line 6.
Read read_circle(std::string_view pos, std::string_view radius) {
  return read_geodetic(fmt::format("<gs:Circle {}>\n<gml:pos>{}</gml:pos>\n<gs:radius {}>{}</gs:radius></gs:Circle>",
                                   kSrs, pos, kUom, radius));
}

const LocationAlternative& location(const Read& result, std::size_t index = 0) {
  return result.condition<LocationCondition>().locations.at(index);
}
bool is_false(const Read& result, std::size_t index = 0) {
  return std::holds_alternative<UnknownLocation>(location(result, index).where);
}

}  // namespace

TEST_CASE("a circle has a centre in degrees and a radius in metres") {
  const Read result = read_circle("\n -33.8570029378\n 151.2150070761 ", "1500\n ");
  CHECK(result.list() == Lines{});
  CHECK(std::get<geo::Circle>(location(result).where) == geo::Circle{{-33.8570029378, 151.2150070761}, 1500});
}

TEST_CASE("a circle's numbers have bounds") {
  CHECK(read_circle("90 180", "0.001").list() == Lines{});
  CHECK(read_circle("-90 -180", "1e7").list() == Lines{});
  for (const std::string_view pos :
       {"", "1", "1 2 3", "1,2", "north 2", "90.1 0", "0 180.1", "-91 0", "0 -181", "NaN 0"}) {
    CAPTURE(pos);
    const Read result = read_circle(pos, "1500");
    CHECK(result.list() == Lines{"invalid-value 5:1"});
    CHECK(is_false(result));
  }
  CHECK(read_circle("151.2 -33.8", "1500").findings.at(0).fix == "write the latitude first");
  for (const std::string_view radius : {"", "0", "-1", "1 km", "INF"}) {
    CAPTURE(radius);
    const Read result = read_circle("1 2", radius);
    CHECK(result.list() == Lines{"invalid-radius 6:1"});
    CHECK(is_false(result));
  }
}

TEST_CASE("a circle without WGS 84 is false") {
  const Read missing =
      read_geodetic(fmt::format("<gs:Circle><gml:pos>1 2</gml:pos><gs:radius {}>5</gs:radius></gs:Circle>", kUom));
  CHECK(missing.list() == Lines{"missing-srs-name 4:1"});
  CHECK(missing.findings.at(0).fix == "add `srsName=\"urn:ogc:def:crs:EPSG::4326\"`");
  CHECK(is_false(missing));

  const Read other = read_geodetic(fmt::format(
      "<gs:Circle srsName=\"urn:ogc:def:crs:EPSG::4979\"><gml:pos>1 2</gml:pos><gs:radius {}>5</gs:radius></gs:Circle>",
      kUom));
  CHECK(other.list() == Lines{"unsupported-crs 4:12"});
  CHECK(is_false(other));

  const Read child =
      read_geodetic(fmt::format("<gs:Circle {}>\n<gml:pos srsName=\"urn:ogc:def:crs:EPSG::27700\">1 "
                                "2</gml:pos><gs:radius {}>5</gs:radius></gs:Circle>",
                                kSrs, kUom));
  CHECK(child.list() == Lines{"unsupported-crs 5:10"});
  CHECK(is_false(child));

  const Read dimension =
      read_geodetic(fmt::format("<gs:Circle {} gml:id=\"c\" srsDimension=\"2\">\n<gml:pos {}>1 2</gml:pos><gs:radius "
                                "{}>5</gs:radius></gs:Circle>",
                                kSrs, kSrs, kUom));
  CHECK(dimension.list() == Lines{"unexpected-attribute 4:60"});
  CHECK_FALSE(is_false(dimension));
}

TEST_CASE("a radius is in metres and says so") {
  const Read missing =
      read_geodetic(fmt::format("<gs:Circle {}><gml:pos>1 2</gml:pos>\n<gs:radius>5</gs:radius></gs:Circle>", kSrs));
  CHECK(missing.list() == Lines{"invalid-uom 5:1"});
  CHECK(is_false(missing));
  const Read feet = read_geodetic(fmt::format(
      "<gs:Circle {}><gml:pos>1 2</gml:pos>\n<gs:radius uom=\"urn:ogc:def:uom:EPSG::9002\">5</gs:radius></gs:Circle>",
      kSrs));
  CHECK(feet.list() == Lines{"invalid-uom 5:12"});
  CHECK(is_false(feet));
}

TEST_CASE("a circle has one centre and one radius") {
  const Read empty = read_geodetic(fmt::format("<gs:Circle {}/>", kSrs));
  CHECK(empty.list() == Lines{"unexpected-content 4:1", "unexpected-content 4:1"});
  CHECK(is_false(empty));

  const Read twice =
      read_geodetic(fmt::format("<gs:Circle {0}>\n<gml:pos>1 2</gml:pos>\n<gml:pos>3 4</gml:pos>\n<gs:radius "
                                "{1}>5</gs:radius>\n<gs:radius {1}>6</gs:radius></gs:Circle>",
                                kSrs, kUom));
  CHECK(twice.list() == Lines{"unexpected-content 6:1", "unexpected-content 8:1"});
  CHECK(is_false(twice));

  const Read wrong = read_geodetic(fmt::format(
      "<gs:Circle {0}>\n<pos>1 2</pos>\n<gml:radius {1}>5</gml:radius>\n<gml:name/></gs:Circle>", kSrs, kUom));
  CHECK(wrong.list() == Lines{"wrong-namespace 5:1", "wrong-namespace 6:1", "unexpected-content 7:1"});
  CHECK(wrong.findings.at(0).fix == "put `<pos>` into the namespace `http://www.opengis.net/gml`");
  CHECK(is_false(wrong));
}

TEST_CASE("a geodetic condition holds one circle and no other shape") {
  CHECK(read_geodetic("").list() == Lines{"profile-mismatch 3:1"});
  const std::string circle =
      fmt::format("<gs:Circle {}><gml:pos>1 2</gml:pos><gs:radius {}>5</gs:radius></gs:Circle>", kSrs, kUom);
  const auto [body, finding] = GENERATE_COPY(table<std::string, std::string>({
      {"<gml:Point><gml:pos>1 2</gml:pos></gml:Point>", "profile-mismatch 4:1"},
      {"<gs:Ellipse/>", "profile-mismatch 4:1"},
      {"<ca:country>DE</ca:country>", "profile-mismatch 4:1"},
      {"<gml:Circle/>", "wrong-namespace 4:1"},
      {circle + "\n" + circle, "unexpected-content 5:1"},
      {circle + "\n<gml:Point/>", "profile-mismatch 5:1"},
  }));
  CAPTURE(body);
  const Read result = read_geodetic(body);
  CHECK(result.list() == Lines{finding});
  CHECK(is_false(result));
}

TEST_CASE("civic fields are children of the location, or of a civic address in it") {
  const geo::CivicAddress expected{{"country", "DE"}, {"A1", "Bavaria"}, {"HNO", ""}};
  const Read plain = read_civic("<ca:country> DE\n</ca:country><ca:A1 xml:lang=\"en\">Bavaria</ca:A1><ca:HNO/>");
  CHECK(plain.list() == Lines{});
  CHECK(std::get<CivicLocation>(location(plain).where).fields == expected);
  const Read wrapped = read_civic(
      "<ca:civicAddress xml:lang=\"de\"><ca:country>DE</ca:country><ca:A1>Bavaria</ca:A1><ca:HNO/></ca:civicAddress>");
  CHECK(wrapped.list() == Lines{});
  CHECK(std::get<CivicLocation>(location(wrapped).where).fields == expected);
}

TEST_CASE("civic fields of other namespaces are compared, too") {
  const Read result = read_civic("<ca:country>US</ca:country><x:MP>13</x:MP>");
  CHECK(result.list() == Lines{});
  CHECK(std::get<CivicLocation>(location(result).where).fields ==
        geo::CivicAddress{{"country", "US"}, {"{urn:example:x}MP", "13"}});
}

TEST_CASE("a civic field in a wrong namespace makes the location false") {
  for (const std::string_view field : {"<country>DE</country>", "<country xmlns=\"\">DE</country>", "<gp:A1>x</gp:A1>",
                                       "<cl:country>DE</cl:country>", "<cl:civicAddress/>", "<civicAddress/>"}) {
    CAPTURE(field);
    const Read result = read_civic(fmt::format("<ca:A3>Munich</ca:A3>\n {}", field));
    CHECK(result.list() == Lines{"wrong-namespace 5:2"});
    CHECK(is_false(result));
  }
  CHECK(read_civic("<country>DE</country>").findings.at(0).fix ==
        "put `<country>` into the namespace `urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr`");
}

TEST_CASE("civic fields without an own value are reported") {
  CHECK(read_civic("").list() == Lines{"profile-mismatch 3:1"});
  CHECK(is_false(read_civic("")));
  CHECK(read_civic("<ca:civicAddress/>").list() == Lines{"profile-mismatch 3:1"});

  const Read strange = read_civic("<ca:contry>DE</ca:contry>");
  CHECK(strange.list() == Lines{"unexpected-content 4:1"});
  CHECK(strange.findings.at(0).fix == "write `<country>`");
  CHECK(std::get<CivicLocation>(location(strange).where).fields == geo::CivicAddress{{"contry", "DE"}});

  CHECK(read_civic("<ca:A1>x</ca:A1>\n<ca:A1> x </ca:A1>").list() == Lines{});
  const Read twice = read_civic("<ca:A1>x</ca:A1>\n<ca:A1>y</ca:A1>");
  CHECK(twice.list() == Lines{"unexpected-content 5:1"});
  CHECK(is_false(twice));

  CHECK(is_false(read_civic("<ca:A1>x<x:y/></ca:A1>")));
  CHECK(is_false(read_civic("<foo xmlns=\"\">x</foo>")));
  CHECK(read_civic("text<ca:A1 x=\"\">x</ca:A1>").list() == Lines{"unexpected-text 3:1", "unexpected-attribute 4:12"});
}

TEST_CASE("a shape in a civic condition makes it false") {
  const Read result = read_civic("<ca:country>DE</ca:country>\n<gs:Circle/>");
  CHECK(result.list() == Lines{"profile-mismatch 5:1"});
  CHECK(is_false(result));
  CHECK(read_civic("<x:Circle/>").list() == Lines{"wrong-namespace 4:1"});
}

TEST_CASE("an unknown profile is false and keeps its name; the others still count") {
  const Read result = read_locations(
      "<gp:location profile=\"indoor\" label=\"Lab 3\" xml:lang=\"en\"><x:room/></gp:location>\n"
      "<gp:location profile=\"civic-condition\" label=\"here\"><ca:A1>x</ca:A1></gp:location>\n"
      "<gp:location profile=\"civic-conditions\"/>");
  CHECK(result.list() == Lines{"profile-mismatch 3:14", "profile-mismatch 5:14"});
  CHECK(result.findings.at(1).fix == "write `civic-condition`");
  CHECK(location(result) == LocationAlternative{UnknownLocation{"indoor"}, "Lab 3", {}});
  CHECK(location(result, 1).label == "here");
  CHECK(std::holds_alternative<CivicLocation>(location(result, 1).where));
}

TEST_CASE("a missing profile is reported and, where the content tells it, taken from there") {
  const Read civic = read_locations("<gp:location><ca:A1>x</ca:A1></gp:location>");
  CHECK(civic.list() == Lines{"profile-mismatch 3:1"});
  CHECK(civic.findings.at(0).fix == "add `profile=\"civic-condition\"`");
  CHECK(std::holds_alternative<CivicLocation>(location(civic).where));

  const Read geodetic = read_locations(fmt::format(
      "<gp:location><gs:Circle {}><gml:pos>1 2</gml:pos><gs:radius {}>5</gs:radius></gs:Circle></gp:location>", kSrs,
      kUom));
  CHECK(geodetic.list() == Lines{"profile-mismatch 3:1"});
  CHECK(std::holds_alternative<geo::Circle>(location(geodetic).where));

  const Read both = read_locations("<gp:location><gs:Circle/><ca:A1>x</ca:A1></gp:location>\n<gp:location/>");
  CHECK(both.list() == Lines{"profile-mismatch 3:1", "profile-mismatch 4:1"});
  CHECK(is_false(both, 0));
  CHECK(is_false(both, 1));
}

TEST_CASE("a location condition holds locations") {
  const Read empty = read_in_conditions("<gp:location-condition/>");
  CHECK(empty.list() == Lines{"unexpected-content 2:1"});
  CHECK(empty.condition<LocationCondition>().locations.empty());

  const Read strange =
      read_locations("<x:place/>\n<location profile=\"civic-condition\"/>\n<gp:loction/>\n<gs:Circle/>");
  CHECK(strange.list() == Lines{"unknown-condition 3:1", "wrong-namespace 4:1", "misspelt-element 5:1",
                                "misplaced-element 6:1"});
  REQUIRE(strange.condition<LocationCondition>().locations.size() == 4);
  CHECK(location(strange) == LocationAlternative{UnknownLocation{"{urn:example:x}place"}, "", {}});
  CHECK(read_locations("<gp:location profile=\"civic-condition\" lang=\"en\"><ca:A1>x</ca:A1></gp:location>").list() ==
        Lines{"unexpected-attribute 3:40"});
}
