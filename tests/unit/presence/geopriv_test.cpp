#include <catch2/catch.hpp>

#include "presence/geopriv.h"
#include "reading.h"
#include "xml/namespaces.h"

using namespace presproof;
using namespace presproof::presence;
using namespace presproof::presence::test;
namespace ns = presproof::xml::ns;

namespace {

const std::string kPoint = "<gml:Point srsName='urn:ogc:def:crs:EPSG::4979'><gml:pos>1.50 2 3</gml:pos></gml:Point>";
const std::string kCivic =
    "<ca:civicAddress xml:lang='de'><ca:country> DE </ca:country><ca:A3>Berlin</ca:A3></ca:civicAddress>";

Element geopriv(const std::string& content) {
  const Element device = element_of("<dm:device id='d'><gp:geopriv>" + content + "</gp:geopriv></dm:device>");
  return *device.child(ns::kGeopriv, "geopriv");
}

std::vector<std::string> names_of(const Element& element) {
  std::vector<std::string> names;
  for (const Node& node : element.children) names.push_back(std::get<Element>(node.value).local);
  return names;
}

const std::string kWhole = "<gp:location-info>" + kPoint + kCivic +
                           "<x:more/></gp:location-info>"
                           "<gp:usage-rules><x:r/></gp:usage-rules><gp:method>GPS</gp:method><gp:provided-by><x:who/></"
                           "gp:provided-by><x:ext/>";

}  // namespace

TEST_CASE("a geopriv element is taken apart") {
  const Geopriv value = read_geopriv(geopriv(kWhole));
  REQUIRE(value.locations.size() == 3);
  CHECK(std::get<geo::Shape>(value.locations[0].what) == geo::Shape(geo::Position{1.5, 2}));
  CHECK(std::get<geo::CivicAddress>(value.locations[1].what) == geo::CivicAddress{{"A3", "Berlin"}, {"country", "DE"}});
  CHECK(std::get<Element>(value.locations[2].what).local == "more");
  CHECK(value.usage_rules.value().child("urn:x", "r") != nullptr);
  REQUIRE(value.others.size() == 3);
  CHECK(value.others[0].local == "method");
}

TEST_CASE("what is unchanged is written as it was published") {
  CHECK(write_geopriv(read_geopriv(geopriv(kWhole))) == geopriv(kWhole));
  const std::string other_order =
      "<gp:method>GPS</gp:method><gp:usage-rules/><x:ext/><gp:location-info>" + kPoint + "</gp:location-info>";
  CHECK(write_geopriv(read_geopriv(geopriv(other_order))) == geopriv(other_order));
  const std::string bad_shape =
      "<gp:location-info><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gp:location-info><gp:usage-rules/>";
  CHECK(write_geopriv(read_geopriv(geopriv(bad_shape))) == geopriv(bad_shape));
}

TEST_CASE("a changed shape is written canonically and the rest stays") {
  Geopriv value = read_geopriv(geopriv(kWhole));
  value.locations[0].what = geo::Shape(geo::Circle{{1, 2}, 500});
  const Element written = write_geopriv(value);
  CHECK(names_of(written) == std::vector<std::string>{"location-info", "usage-rules", "method", "provided-by", "ext"});
  const Element* info = written.child(ns::kGeopriv, "location-info");
  CHECK(names_of(*info) == std::vector<std::string>{"Circle", "civicAddress", "more"});
  CHECK(info->children[1] == geopriv(kWhole).child(ns::kGeopriv, "location-info")->children[1]);
}

TEST_CASE("a reduced civic address keeps its language and nothing else of what was published") {
  Geopriv value = read_geopriv(geopriv(kWhole));
  value.locations[1].what = geo::CivicAddress{{"country", "DE"}};
  const Element written = write_geopriv(value);
  const auto& address = std::get<Element>(written.child(ns::kGeopriv, "location-info")->children[1].value);
  CHECK(names_of(address) == std::vector<std::string>{"country"});
  REQUIRE(address.attributes.size() == 1);
  CHECK(address.attributes[0] == ElementAttribute{std::string(ns::kXml), "lang", "de"});
}

TEST_CASE("what is taken out of the value is not written") {
  Geopriv value = read_geopriv(geopriv(kWhole));
  value.locations.erase(value.locations.begin(), value.locations.begin() + 2);
  value.usage_rules.reset();
  value.others.erase(value.others.begin() + 1);
  const Element written = write_geopriv(value);
  CHECK(names_of(written) == std::vector<std::string>{"location-info", "method", "ext"});
  CHECK(names_of(*written.child(ns::kGeopriv, "location-info")) == std::vector<std::string>{"more"});
}

TEST_CASE("what is put into the value is written where the schema has it") {
  Geopriv value =
      read_geopriv(geopriv("<gp:location-info>" + kPoint + "</gp:location-info><gp:method>GPS</gp:method>"));
  value.usage_rules = Element{std::string(ns::kGeopriv), "usage-rules", {}, {}, {}};
  value.others.push_back(Element{"urn:x", "new", {}, {}, {}});
  CHECK(names_of(write_geopriv(value)) == std::vector<std::string>{"location-info", "usage-rules", "method", "new"});
  CHECK(names_of(write_geopriv(Geopriv{})) == std::vector<std::string>{"location-info"});
}

TEST_CASE("replaced usage rules stand where the published ones stood") {
  Geopriv value =
      read_geopriv(geopriv("<gp:method>GPS</gp:method><gp:usage-rules><x:old/></gp:usage-rules><gp:location-info/>"));
  value.usage_rules->children.clear();
  const Element written = write_geopriv(value);
  CHECK(names_of(written) == std::vector<std::string>{"method", "usage-rules", "location-info"});
  CHECK(written.child(ns::kGeopriv, "usage-rules")->children.empty());
}

TEST_CASE("every location-info is read as location, and text among the elements is left out") {
  const Geopriv value =
      read_geopriv(geopriv("<gp:location-info>" + kPoint + "at home</gp:location-info><gp:location-info>" + kCivic +
                           "</gp:location-info>52.5 13.4"));
  CHECK(value.locations.size() == 2);
  CHECK(value.others.empty());
  const Element written = write_geopriv(value);
  CHECK(names_of(written) == std::vector<std::string>{"location-info"});
  CHECK(names_of(*written.child(ns::kGeopriv, "location-info")) == std::vector<std::string>{"Point", "civicAddress"});
}

TEST_CASE("civic addresses of both namespaces are read by local name, extensions with their namespace") {
  const auto civic = [](const std::string& text) { return read_civic(element_of(text)); };
  CHECK(civic("<ca:civicAddress><ca:country>DE</ca:country><x:bridge> Oberbaum\n</x:bridge></ca:civicAddress>") ==
        geo::CivicAddress{{"country", "DE"}, {"{urn:x}bridge", "Oberbaum"}});
  CHECK(civic("<civicAddress "
              "xmlns='urn:ietf:params:xml:ns:pidf:geopriv10:civicLoc'><country>US</country><HNO>123</HNO></"
              "civicAddress>") == geo::CivicAddress{{"HNO", "123"}, {"country", "US"}});
  CHECK(civic("<ca:civicAddress/>") == geo::CivicAddress{});
  CHECK_FALSE(civic("<x:civicAddress/>"));
  CHECK_FALSE(civic("<ca:address/>"));
}

TEST_CASE("of a repeated civic field the first counts and an empty one does not count") {
  const auto civic =
      read_civic(element_of("<ca:civicAddress><ca:A3/><ca:A3 xml:lang='de'>M\xC3\xBCnchen</ca:A3><ca:A3 "
                            "xml:lang='en'>Munich</ca:A3><ca:RD> </ca:RD></ca:civicAddress>"));
  CHECK(civic == geo::CivicAddress{{"A3", "M\xC3\xBCnchen"}});
}

TEST_CASE("a civic address is written in the order of its schema and reads back equal") {
  const geo::CivicAddress address = {{"A3", "Berlin"}, {"PC", "10243"},  {"RD", "Weg"},          {"country", "DE"},
                                     {"HNO", "1"},     {"ODD", "field"}, {"{urn:x}bridge", "b"}, {"ADDCODE", "7"}};
  const Element written = write_civic(address);
  CHECK(names_of(written) == std::vector<std::string>{"country", "A3", "RD", "HNO", "PC", "ADDCODE", "ODD", "bridge"});
  CHECK(std::get<Element>(written.children.back().value).ns == "urn:x");
  CHECK(read_civic(written) == address);
}
