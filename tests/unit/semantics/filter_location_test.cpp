#include <catch2/catch.hpp>

#include "filter_fixture.h"
#include "geo/geodesic.h"
#include "geo/obfuscation.h"
#include "presence/geopriv.h"
#include "xml/namespaces.h"

using namespace presproof;
using namespace presproof::test;
using engine::Reading;
using geo::CivicLevel;
using policy::ComponentKind;

namespace {

constexpr geo::Position kPlace{48.1372, 11.5755};

std::string geopriv(std::string_view location_info, std::string_view usage_rules = "<gp:usage-rules/>") {
  return "<gp:geopriv><gp:location-info>" + std::string(location_info) + "</gp:location-info>" + std::string(usage_rules) +
         "<gp:method>GPS</gp:method><x:vendor>vendor location</x:vendor></gp:geopriv>";
}
const std::string kPoint = R"(<gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>48.1372 11.5755</gml:pos></gml:Point>)";
const std::string kCivic = "<cl:civicAddress><cl:country>DE</cl:country><cl:A1>Bavaria</cl:A1><cl:A3>Munich</cl:A3>"
                           "<cl:HNO>27</cl:HNO><cl:ROOM>401</cl:ROOM></cl:civicAddress>";
const std::string kOther = "<x:relative>relative location</x:relative>";

presence::Document person_at(const std::string& what) {
  return read_presence("<dm:person id='p'><rpid:mood/>" + what + "<dm:timestamp>2026-05-02T00:00:00Z</dm:timestamp></dm:person>");
}
presence::Document everywhere() { return person_at(geopriv(kPoint + kCivic + kOther)); }

template <class... What>
std::string for_person(const presence::Document& document, const Filtering& how, What... what) {
  const auto left = get(document, grants(all_of(ComponentKind::person), what...), how);
  REQUIRE(left);
  return presence::write_document(*left);
}

/// The only shape in the document.
std::optional<geo::Shape> shape_in(const presence::Document& document) {
  std::optional<geo::Shape> found;
  for (const presence::Part& part : document.parts) {
    for (const presence::Element* element : presence::geoprivs_of(part)) {
      for (const presence::LocationInfo& info : presence::read_geopriv(*element).locations) {
        if (const auto* shape = std::get_if<geo::Shape>(&info.what)) {
          CHECK(!found);
          found = *shape;
        }
      }
    }
  }
  return found;
}

}  // namespace

TEST_CASE("without provide-location the whole geopriv is removed") {
  const std::string text = for_person(everywhere(), {}, policy::UserInput::full);
  CHECK_FALSE(shows(text, "geopriv"));
  CHECK_FALSE(shows(text, "location"));
  CHECK_FALSE(shows(text, "48.1372"));
}

TEST_CASE("location needs its component, too") {
  const auto left = get(everywhere(), grants(all_of(ComponentKind::service), exact_and_full()));
  REQUIRE(left);
  CHECK(left->parts.empty());
}

TEST_CASE("provide-location without children shows the geopriv as published") {
  const std::string text = for_person(everywhere(), {}, exact_and_full());
  for (const std::string_view part : {"48.1372 11.5755", "401", "relative location", "GPS", "vendor location"}) CHECK(shows(text, part));
}

TEST_CASE("an exact radius without civic shows the shape as published and nothing beside it") {
  const std::string text = for_person(everywhere(), {}, radius(0));
  CHECK(shows(text, "48.1372 11.5755"));
  for (const std::string_view part : {"Munich", "relative location", "GPS", "vendor location"}) CHECK_FALSE(shows(text, part));
}

TEST_CASE("provenance stays with a location of which nothing is withheld") {
  const std::string text = for_person(person_at(geopriv(kPoint)), {}, radius(0));
  CHECK(shows(text, "GPS"));
  CHECK_FALSE(shows(text, "vendor location"));
}

TEST_CASE("a radius shows the circle of RFC 6772 alone") {
  for (const double radius_m : {500.0, 5000.0}) {
    const auto left = get(everywhere(), grants(all_of(ComponentKind::person), radius(radius_m)));
    REQUIRE(left);
    const auto shape = shape_in(*left);
    REQUIRE(shape);
    REQUIRE(std::holds_alternative<geo::Circle>(*shape));
    const geo::Circle circle = std::get<geo::Circle>(*shape);
    CHECK(circle.radius_m == radius_m);
    CHECK(geo::distance_m(circle.center, kPlace) <= radius_m);
    CHECK(geo::distance_m(circle.center, kPlace) > 1);
    const std::string text = presence::write_document(*left);
    for (const std::string_view part : {"48.1372", "Munich", "relative location", "GPS", "vendor location"}) CHECK_FALSE(shows(text, part));
  }
}

TEST_CASE("seed, presentity and the previous centre choose between two allowed centres") {
  const auto grid = geo::grid_for(kPlace.latitude, 5000);
  REQUIRE(grid);
  const auto allowed = geo::allowed_centers(kPlace, *grid);
  const auto centre_with = [&](const semantics::FilterOptions& filter_options) {
    Filtering how;
    how.filter_options = filter_options;
    const auto left = get(everywhere(), grants(all_of(ComponentKind::person), radius(5000)), how);
    REQUIRE(left);
    return std::get<geo::Circle>(*shape_in(*left)).center;
  };
  const auto near = [](geo::Position a, geo::Position b) { return geo::distance_m(a, b) < 1; };
  CHECK(near(centre_with({.seed = 7, .previous_center = allowed.first, .grid_origin_deg = {}}), allowed.first));
  if (allowed.second) {
    CHECK(near(centre_with({.seed = 7, .previous_center = allowed.second, .grid_origin_deg = {}}), *allowed.second));
  }
  CHECK(centre_with({.seed = 7, .previous_center = {}, .grid_origin_deg = {}}) == centre_with({.seed = 7, .previous_center = {}, .grid_origin_deg = {}}));
}

TEST_CASE("beyond 70 degrees a radius shows nothing geodetic") {
  const presence::Document north = person_at(geopriv(R"(<gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>78.2232 15.6267</gml:pos></gml:Point>)"));
  CHECK_FALSE(shows(for_person(north, {}, radius(5000)), "geopriv"));
  CHECK(shows(for_person(north, {}, radius(0)), "78.2232"));
}

TEST_CASE("a shape in another reference system is shown exactly or not at all") {
  const presence::Document other = person_at(geopriv(R"(<gml:Point srsName="urn:ogc:def:crs:EPSG::31468"><gml:pos>4468298 5333402</gml:pos></gml:Point>)"));
  CHECK(shows(for_person(other, {}, radius(0)), "4468298"));
  CHECK_FALSE(shows(for_person(other, {}, radius(500)), "4468298"));
  CHECK_FALSE(shows(for_person(other, {}, civic(CivicLevel::full)), "4468298"));
}

TEST_CASE("civic levels show what RFC 6772 lists") {
  const auto at_level = [](CivicLevel level) { return for_person(everywhere(), {}, civic(level)); };
  const std::string city = at_level(CivicLevel::city);
  for (const std::string_view part : {">DE<", ">Bavaria<", ">Munich<"}) CHECK(shows(city, part));
  for (const std::string_view part : {">27<", ">401<", "48.1372", "relative location", "GPS"}) CHECK_FALSE(shows(city, part));
  CHECK_FALSE(shows(at_level(CivicLevel::region), "Munich"));
  CHECK_FALSE(shows(at_level(CivicLevel::country), "Bavaria"));
  CHECK(shows(at_level(CivicLevel::building), ">27<"));
  CHECK_FALSE(shows(at_level(CivicLevel::building), ">401<"));
  CHECK(shows(at_level(CivicLevel::full), ">401<"));
  CHECK_FALSE(shows(at_level(CivicLevel::none), "geopriv"));
}

TEST_CASE("a civic address without any shown field is removed") {
  const presence::Document document = person_at(geopriv("<cl:civicAddress><cl:ROOM>401</cl:ROOM></cl:civicAddress>"));
  CHECK_FALSE(shows(for_person(document, {}, civic(CivicLevel::city)), "geopriv"));
}

TEST_CASE("the older dialect rounds coordinates") {
  policy::ProvideLocation granted{.geodetic = policy::GeodeticGrant{.radius_m = 5530, .rounding = policy::GeodeticGrant::Rounding{0.1, 0.5}},
                                  .civic = CivicLevel::none};
  const auto left = get(everywhere(), grants(all_of(ComponentKind::person), granted));
  REQUIRE(left);
  const auto shape = shape_in(*left);
  REQUIRE(shape);
  REQUIRE(std::holds_alternative<geo::Position>(*shape));
  CHECK(std::get<geo::Position>(*shape).latitude == Approx(48.1));
  CHECK(std::get<geo::Position>(*shape).longitude == Approx(11.5));
}

TEST_CASE("provide-all-attributes includes location as published, or does not, as the reading says") {
  Filtering excludes;
  excludes.options = presence_options({Reading::all_attributes_location});
  CHECK(shows(for_person(everywhere(), {}, policy::ProvideAllAttributes{}, radius(5000)), "48.1372 11.5755"));
  CHECK(shows(for_person(everywhere(), {}, policy::ProvideAllAttributes{}), "vendor location"));
  CHECK_FALSE(shows(for_person(everywhere(), excludes, policy::ProvideAllAttributes{}), "geopriv"));
  const std::string reduced = for_person(everywhere(), excludes, policy::ProvideAllAttributes{}, radius(5000));
  CHECK(shows(reduced, "geopriv"));
  CHECK_FALSE(shows(reduced, "48.1372"));
}

TEST_CASE("provide-unknown-attribute of geopriv is honoured or ignored, as the reading says") {
  const policy::ProvideUnknownAttribute by_name{std::string(xml::ns::kGeopriv), "geopriv", true};
  Filtering ignored;
  ignored.options = presence_options({Reading::unknown_attribute_location});
  CHECK(shows(for_person(everywhere(), {}, by_name), "48.1372 11.5755"));
  CHECK_FALSE(shows(for_person(everywhere(), ignored, by_name), "geopriv"));
  CHECK_FALSE(shows(for_person(everywhere(), {}, policy::ProvideUnknownAttribute{"urn:x", "geopriv", true}), "geopriv"));
}

TEST_CASE("location inside another element follows provide-location") {
  const presence::Document document = person_at("<rpid:activities><x:nested>" + geopriv(kPoint) + "kept</x:nested></rpid:activities>");
  const std::string text = for_person(document, {}, provide(policy::AttributePermission::activities));
  CHECK(shows(text, "kept"));
  CHECK_FALSE(shows(text, "48.1372"));
  CHECK(shows(for_person(document, {}, provide(policy::AttributePermission::activities), radius(0)), "48.1372"));
}

TEST_CASE("location in a status is found") {
  const presence::Document document = read_presence("<tuple id='t'><status><basic>open</basic>" + geopriv(kPoint) + "</status></tuple>");
  CHECK(shows(text_for(document, all_of(ComponentKind::service), radius(0)), "48.1372"));
  CHECK_FALSE(shows(text_for(document, all_of(ComponentKind::service)), "48.1372"));
}

TEST_CASE("a location server sends the components that carry location and nothing of presence") {
  Filtering server;
  server.options = geolocation_options();
  const presence::Document document = read_presence(
      "<tuple id='t'><status><basic>open</basic>" + geopriv(kPoint) + "<x:in-status/></status><rpid:class>biz</rpid:class>"
      "<contact>sip:alice@example.com</contact><note>tuple note</note><timestamp>2026-05-01T00:00:00Z</timestamp></tuple>"
      "<tuple id='t2'><status><basic>open</basic></status></tuple><note>document note</note>"
      "<dm:person id='p'><rpid:mood/></dm:person>"
      "<dm:device id='d'>" + geopriv(kCivic) + "<dm:deviceID>urn:uuid:1</dm:deviceID><dm:timestamp>2026-05-03T00:00:00Z</dm:timestamp></dm:device>");
  const auto both = get(document, grants(exact_and_full()), server);
  REQUIRE(both);
  const std::string text = presence::write_document(*both);
  for (const std::string_view part : {"id=\"t\"", "48.1372", "2026-05-01", "id=\"d\"", "Munich", "urn:uuid:1", "2026-05-03"}) CHECK(shows(text, part));
  for (const std::string_view part : {">open<", "in-status", "biz", "contact", "note", "t2", "person"}) CHECK_FALSE(shows(text, part));

  const auto city = get(document, grants(civic(CivicLevel::city), policy::ProvideAllAttributes{}), server);
  REQUIRE(city);
  REQUIRE(city->parts.size() == 1);
  CHECK(city->parts[0].id == "d");

  const auto nothing = get(document, grants(policy::SetRetentionExpiry{60}), server);
  REQUIRE(nothing);
  CHECK(nothing->parts.empty());
  CHECK(nothing->entity == "pres:alice@example.com");

  const auto refused = semantics::filter(semantics::Decision{}, document, by_nobody().state, server.options, {});
  CHECK(!refused);
}
