#include <catch2/catch.hpp>

#include "presence/geopriv.h"
#include "reading.h"

using namespace presproof;
using namespace presproof::presence;
using namespace presproof::presence::test;

namespace {

std::string point(const std::string& pos, const std::string& srs = "urn:ogc:def:crs:EPSG::4326") {
  return "<gml:Point srsName='" + srs + "'><gml:pos>" + pos + "</gml:pos></gml:Point>";
}
std::string civic(const std::string& country) {
  return "<ca:civicAddress><ca:country>" + country + "</ca:country></ca:civicAddress>";
}
std::string geopriv(const std::string& chunks) {
  return "<gp:geopriv><gp:location-info>" + chunks + "</gp:location-info><gp:usage-rules/></gp:geopriv>";
}
std::string device(const std::string& id, const std::string& content) {
  return "<dm:device id='" + id + "'>" + content + "<dm:deviceID>urn:x:1</dm:deviceID></dm:device>";
}
std::string tuple(const std::string& id, const std::string& in_status, const std::string& beside = "") {
  return "<tuple id='" + id + "'><status><basic>open</basic>" + in_status + "</status>" + beside + "</tuple>";
}
std::string person(const std::string& id, const std::string& content) {
  return "<dm:person id='" + id + "'>" + content + "</dm:person>";
}

policy::TargetLocation location(const std::string& parts) { return location_of(document_with_findings(parts)); }

std::optional<double> latitude(const std::string& parts) {
  const auto where = location(parts).geodetic;
  if (!where) return std::nullopt;
  return std::get<geo::Position>(*where).latitude;
}

}  // namespace

TEST_CASE("a document without location has none") {
  CHECK(location("") == policy::TargetLocation{});
  CHECK(location(device("d", geopriv("")) + tuple("t", "<gp:geopriv/>")) == policy::TargetLocation{});
}

TEST_CASE("the first device with a location comes before tuples and persons, wherever it stands") {
  const std::string others = person("p", geopriv(point("3 3"))) + tuple("t", geopriv(point("2 2")));
  CHECK(latitude(others + device("d", geopriv(point("1 1")))) == 1);
  CHECK(latitude(device("d", geopriv(point("1 1"))) + device("e", geopriv(point("4 4"))) + others) == 1);
  CHECK(latitude(device("d", "") + device("e", geopriv(point("4 4"))) + others) == 4);
  CHECK(latitude(device("d", geopriv("")) + device("e", geopriv(point("4 4"))) + others) == 4);
}

TEST_CASE("the first tuple with a location comes before persons") {
  const std::string last_resort = person("p", geopriv(point("3 3")));
  CHECK(latitude(last_resort + device("d", "") + tuple("s", "") + tuple("t", geopriv(point("2 2"))) +
                 tuple("u", geopriv(point("5 5")))) == 2);
  CHECK(latitude(last_resort + tuple("t", "", geopriv(point("2 2")))) == 2);
}

TEST_CASE("a person's location is the last resort") {
  CHECK(latitude(tuple("t", "") + device("d", "") + person("p", geopriv(point("3 3"))) +
                 person("q", geopriv(point("6 6")))) == 3);
}

TEST_CASE("a location outside of the components is nobody's") {
  CHECK(location(geopriv(point("1 1"))) == policy::TargetLocation{});
  CHECK(location("<dm:tuple id='t'><status>" + geopriv(point("1 1")) + "</status></dm:tuple>") ==
        policy::TargetLocation{});
  CHECK(location(device("d", "<x:wrap>" + geopriv(point("1 1")) + "</x:wrap>")) == policy::TargetLocation{});
}

TEST_CASE("the first geopriv with a location counts, in the status as well as beside it") {
  CHECK(latitude(tuple("t", geopriv(point("1 1")) + geopriv(point("2 2")), geopriv(point("3 3")))) == 1);
  CHECK(latitude(tuple("t", geopriv(""), geopriv(point("3 3")))) == 3);
}

TEST_CASE("a compound location is geodetic and civic from the same place") {
  const auto both = location(device("d", geopriv(point("1 1") + civic("DE"))) + tuple("t", geopriv(civic("FR"))));
  CHECK(both.geodetic == geo::Shape(geo::Position{1, 1}));
  CHECK(both.civic == geo::CivicAddress{{"country", "DE"}});

  const auto civic_first = location(device("d", geopriv(civic("DE") + point("1 1"))));
  CHECK(civic_first == both);
}

TEST_CASE("a civic location alone leaves the geodetic one unknown, even when another component has one") {
  const auto where = location(device("d", geopriv(civic("DE"))) + tuple("t", geopriv(point("2 2") + civic("FR"))));
  CHECK_FALSE(where.geodetic);
  CHECK(where.civic == geo::CivicAddress{{"country", "DE"}});
}

TEST_CASE("of two shapes and two addresses in one location-info the first count") {
  const auto where = location(device("d", geopriv(point("1 1") + civic("DE") + point("2 2") + civic("FR"))));
  CHECK(where.geodetic == geo::Shape(geo::Position{1, 1}));
  CHECK(where.civic == geo::CivicAddress{{"country", "DE"}});
}

TEST_CASE("an unreadable location has its priority all the same, so the place is unknown") {
  const std::string other_crs = point("1 1", "urn:ogc:def:crs:EPSG::31467");
  CHECK(location(device("d", geopriv(other_crs)) + tuple("t", geopriv(point("2 2")))) == policy::TargetLocation{});
  CHECK(location(device("d", geopriv("<x:somewhere/>")) + tuple("t", geopriv(point("2 2")))) ==
        policy::TargetLocation{});
  CHECK(location(device("d", geopriv(other_crs + point("2 2")))) == policy::TargetLocation{});
  CHECK(location(device("d", geopriv(other_crs + civic("DE")))).civic == geo::CivicAddress{{"country", "DE"}});
}

TEST_CASE("motion, confidence and an empty address are no location") {
  for (const std::string chunk :
       {"<Dynamic xmlns='urn:ietf:params:xml:ns:pidf:geopriv10:dynamic'/>",
        "<confidence xmlns='urn:ietf:params:xml:ns:geopriv:conf'>67</confidence>", "<ca:civicAddress/>"}) {
    CHECK(latitude(device("d", geopriv(chunk)) + tuple("t", geopriv(point("2 2")))) == 2);
  }
}

TEST_CASE("the locations of a component are those of its status and its own") {
  const Document document =
      document_of(tuple("t", geopriv(point("1 1")), geopriv(point("2 2")) + "<x:a>" + geopriv("") + "</x:a>"));
  CHECK(geoprivs_of(document.parts.at(0)).size() == 2);
}
