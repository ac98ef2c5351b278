#include <initializer_list>
#include <string_view>

#include "generator/random_policy.h"
#include "geo/geodesic.h"
#include "xml/namespaces.h"

namespace presproof::generator {
namespace {

std::vector<uri::Uri> uris(std::initializer_list<std::string_view> texts) {
  std::vector<uri::Uri> result;
  for (const std::string_view text : texts) result.push_back(uri::parse(text));
  return result;
}

std::vector<Instant> instants(std::initializer_list<std::string_view> texts) {
  std::vector<Instant> result;
  for (const std::string_view text : texts) result.push_back(parse_rfc3339(text).value());
  return result;
}

}  // namespace

const Vocabulary& small_vocabulary() {
  static const Vocabulary vocabulary = {
      .named = uris({"sip:ann@one.example", "sip:ben@ONE.example", "sip:cy@two.example;user=phone;x=1",
                     "sip:cy@two.example;user=phone;x=2", "tel:+1-212-555-1234", "pres:dan@two.example", "sips:ann@one.example"}),
      .spellings = uris({"sip:%61nn@One.Example", "sip:ben@one.example", "sip:cy@two.example;user=phone",
                         "sip:cy@two.example;user=phone;x=3", "sip:cy@two.example", "tel:+12125551234",
                         "pres:dan@TWO.example", "sip:Ann@one.example", "sip:ann@one.example;x=1"}),
      .strangers = uris({"sip:eve@one.example", "sip:eve@two.example", "pres:eve@one.example", "sip:eve@three.example",
                         "sip:eve@sub.one.example", "tel:+9999", "urn:uuid:1"}),
      .domains = {"one.example", "TWO.example", "four.example"},
      .spheres = {"work", "home", "Gym"},
      .sphere_variants = {"WORK", "gym", "elsewhere"},
      .instants = instants({"2026-03-01T00:00:00Z", "2026-03-02T09:00:00+01:00", "2026-03-02T17:30:00+01:00",
                            "2026-06-01T00:00:00Z", "2026-06-01T00:00:00.000000001Z", "2027-01-01T00:00:00-05:00"}),
      .circles = {{{48.1, 11.5}, 500},
                  {{48.1, 11.5}, 5000},
                  {{48.13, 11.55}, 4000},
                  {{52.52, 13.405}, 2000},
                  {{-17.0, 179.99}, 5000},
                  {{89.9, 0.0}, 20'000}},
      .places = {},
      .addresses = {{{"country", "DE"}, {"A1", "Bavaria"}, {"A3", "Munich"}, {"RD", "Marienplatz"}},
                    {{"country", "DE"}, {"A1", "Berlin"}, {"A3", "Berlin"}},
                    {{"country", "AT"}, {"A1", "Bavaria"}}},
      .radii_m = {1, 500, 1000, 5000, 20'000},
      .attributes = {{"urn:x", "foo"}, {"urn:x", "bar"}, {std::string(xml::ns::kGeopriv), "geopriv"}},
      .rule_ids = {"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"},
  };
  return vocabulary;
}

const Vocabulary& touching_vocabulary() {
  static const Vocabulary vocabulary = [] {
    Vocabulary result = small_vocabulary();
    const geo::Circle home{{48.1, 11.5}, 5000};
    const geo::Circle beside{geo::destination(home.center, 100, 9995), 5000};
    const geo::Circle sticking_out{geo::destination(home.center, 37, 1003), 4000};
    result.circles = {home, beside, sticking_out, {{0, 0}, 10'100'000}, {{0, 180}, 10'100'000}, {{0, 90}, 5'000'000}};
    result.places = {geo::destination(home.center, 100, 4997.5), geo::destination(home.center, 37, 5001.5)};
    return result;
  }();
  return vocabulary;
}

}  // namespace presproof::generator
