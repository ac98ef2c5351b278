#include "support.h"

#include <algorithm>
#include <array>

using namespace presproof;
using namespace presproof::policy::test;

namespace {

/// An element of the schemas of RFC 4745, RFC 5025, RFC 6772 and RFC 5491, and where these allow it.
struct Element {
  std::string_view name;
  std::vector<std::string_view> places;
};

const std::vector<std::string_view> kComponents = {"devices", "persons", "services"};

const std::vector<Element> kElements = {
    {"rule", {"ruleset"}},
    {"conditions", {"rule"}},
    {"actions", {"rule"}},
    {"transformations", {"rule"}},
    {"identity", {"conditions"}},
    {"sphere", {"conditions"}},
    {"validity", {"conditions"}},
    {"one", {"identity"}},
    {"many", {"identity"}},
    {"except", {"many"}},
    {"from", {"validity"}},
    {"until", {"validity"}},
    {"pr:sub-handling", {"actions"}},
    {"pr:provide-devices", {"transformations"}},
    {"pr:provide-persons", {"transformations"}},
    {"pr:provide-services", {"transformations"}},
    {"pr:all-devices", {"devices"}},
    {"pr:all-persons", {"persons"}},
    {"pr:all-services", {"services"}},
    {"pr:class", kComponents},
    {"pr:occurrence-id", kComponents},
    {"pr:deviceID", {"devices"}},
    {"pr:service-uri", {"services"}},
    {"pr:service-uri-scheme", {"services"}},
    {"pr:provide-mood", {"transformations"}},
    {"pr:provide-note", {"transformations"}},
    {"pr:provide-user-input", {"transformations"}},
    {"pr:provide-unknown-attribute", {"transformations"}},
    {"pr:provide-all-attributes", {"transformations"}},
    {"gp:location-condition", {"conditions"}},
    {"gp:location", {"location-condition"}},
    {"gs:Circle", {"location"}},
    {"gml:pos", {"circle"}},
    {"gs:radius", {"circle"}},
    {"gp:set-retransmission-allowed", {"transformations"}},
    {"gp:set-retention-expiry", {"transformations"}},
    {"gp:set-note-well", {"transformations"}},
    {"gp:keep-rule-reference", {"transformations"}},
    {"gp:provide-location", {"transformations"}},
    {"lp:provide-civic", {"provide-location"}},
    {"lp:provide-geo", {"provide-location"}},
};

struct Place {
  std::string_view name;
  std::string_view before;
  std::string_view after;
};

constexpr std::array kPlaces = {
    Place{"ruleset", "", ""},
    Place{"rule", "<rule id=\"a\">", "</rule>"},
    Place{"conditions", "<rule id=\"a\"><conditions>", "</conditions></rule>"},
    Place{"identity", "<rule id=\"a\"><conditions><identity><one id=\"sip:a@b.example\"/>", "</identity></conditions></rule>"},
    Place{"one", "<rule id=\"a\"><conditions><identity><one id=\"sip:a@b.example\">", "</one></identity></conditions></rule>"},
    Place{"many", "<rule id=\"a\"><conditions><identity><many>", "</many></identity></conditions></rule>"},
    Place{"validity",
          "<rule id=\"a\"><conditions><validity><from>2026-01-01T00:00:00Z</from><until>2027-01-01T00:00:00Z</until>",
          "</validity></conditions></rule>"},
    Place{"location-condition",
          "<rule id=\"a\"><conditions><gp:location-condition><gp:location profile=\"civic-condition\"><ca:A1>x</ca:A1></gp:location>",
          "</gp:location-condition></conditions></rule>"},
    Place{"location",
          "<rule id=\"a\"><conditions><gp:location-condition><gp:location profile=\"civic-condition\"><ca:A1>x</ca:A1>",
          "</gp:location></gp:location-condition></conditions></rule>"},
    Place{"circle",
          "<rule id=\"a\"><conditions><gp:location-condition><gp:location profile=\"geodetic-condition\">"
          "<gs:Circle srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:pos>1 2</gml:pos>"
          "<gs:radius uom=\"urn:ogc:def:uom:EPSG::9001\">5</gs:radius>",
          "</gs:Circle></gp:location></gp:location-condition></conditions></rule>"},
    Place{"actions", "<rule id=\"a\"><actions>", "</actions></rule>"},
    Place{"transformations", "<rule id=\"a\"><transformations>", "</transformations></rule>"},
    Place{"devices", "<rule id=\"a\"><transformations><pr:provide-devices>", "</pr:provide-devices></transformations></rule>"},
    Place{"persons", "<rule id=\"a\"><transformations><pr:provide-persons>", "</pr:provide-persons></transformations></rule>"},
    Place{"services", "<rule id=\"a\"><transformations><pr:provide-services>", "</pr:provide-services></transformations></rule>"},
    Place{"provide-location", "<rule id=\"a\"><transformations><gp:provide-location profile=\"civic-transformation\">",
          "</gp:provide-location></transformations></rule>"},
    Place{"sphere", "<rule id=\"a\"><conditions><sphere value=\"work\">", "</sphere></conditions></rule>"},
    Place{"sub-handling", "<rule id=\"a\"><actions><pr:sub-handling>allow", "</pr:sub-handling></actions></rule>"},
};

}  // namespace

TEST_CASE("each element of the schemas is an error in each place where they do not allow it") {
  std::size_t wrong = 0;
  for (const Place& place : kPlaces) {
    INFO(place.name);
    CHECK_FALSE(read_in_ruleset(fmt::format("{}{}", place.before, place.after)).rules->rules.size() > 1);
    for (const Element& element : kElements) {
      if (std::ranges::find(element.places, place.name) != element.places.end()) continue;
      INFO(element.name);
      ++wrong;
      const Read result = read_in_ruleset(fmt::format("{}<{}/>{}", place.before, element.name, place.after));
      CHECK(result.has_error());
    }
  }
  CHECK(wrong > 600);
}
