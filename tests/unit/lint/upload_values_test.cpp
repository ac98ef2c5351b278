#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

std::string mood(std::string_view value) { return rule("a", kBob, kAllow, kPersons + "<pr:provide-mood>" + std::string(value) + "</pr:provide-mood>"); }
std::string until(std::string_view time) { return rule("a", validity("2026-01-01T00:00:00Z", time), kAllow, kServices); }
std::string in_circle(std::string_view attributes, std::string_view radius) {
  return rule("a", "<gp:location-condition><gp:location profile=\"geodetic-condition\"><gs:Circle" + std::string(attributes) +
                       "><gml:pos>1 2</gml:pos>" + std::string(radius) + "</gs:Circle></gp:location></gp:location-condition>");
}
const std::string kSrs = " srsName=\"urn:ogc:def:crs:EPSG::4326\"";
std::string radius(std::string_view uom, std::string_view text = "5") { return "<gs:radius" + std::string(uom) + ">" + std::string(text) + "</gs:radius>"; }
const std::string kMetre = " uom=\"urn:ogc:def:uom:EPSG::9001\"";

}  // namespace

TEST_CASE("a time that is no date and time is reported, and written as it is meant when that is clear", "[lint]") {
  CHECK(Linted(until("2027-1-1 9:00+1")).message(Code::invalid_date_time) ==
        "`<until>` is `2027-1-1 9:00+1`, which is no date and time: the period never holds");
  CHECK(Linted(until("2027-1-1 9:00+1")).fixed(Code::invalid_date_time) == until("2027-01-01T09:00:00+01:00"));
  CHECK(Linted(until("2027-01-01t09:00:00.5z")).fixed(Code::invalid_date_time) == until("2027-01-01T09:00:00.5Z"));
  CHECK_FALSE(Linted(until("2027-02-30T09:00:00Z")).fixed(Code::invalid_date_time).has_value());
  CHECK_FALSE(Linted(until("2027-1-1 9:00")).fixed(Code::invalid_date_time).has_value());  // no offset: another finding
  CHECK_FALSE(Linted(until("tomorrow")).fixed(Code::invalid_date_time).has_value());
  CHECK(Linted(until("2027-01-01T09:00:00+01:00")).count(Code::invalid_date_time) == 0);
}

TEST_CASE("a word that is no xs:boolean is reported, and replaced when it is clear", "[lint]") {
  CHECK(Linted(mood("Yes")).message(Code::invalid_boolean) == "`<pr:provide-mood>` is `Yes`, but may be `true`, `false`, `1`, `0`");
  CHECK(Linted(mood("Yes")).fixed(Code::invalid_boolean) == mood("true"));
  CHECK(Linted(mood(" OFF ")).fixed(Code::invalid_boolean) == mood(" false "));
  CHECK_FALSE(Linted(mood("perhaps")).fixed(Code::invalid_boolean).has_value());
  CHECK_FALSE(Linted(mood("Ye<!-- -->s")).fixed(Code::invalid_boolean).has_value());
  for (const auto* value : {"true", "false", "1", "0", " true\n"}) CHECK(Linted(mood(value)).count(Code::invalid_boolean) == 0);
}

TEST_CASE("a circle without a reference system is reported, and put into WGS 84", "[lint]") {
  Linted linted(in_circle("", radius(kMetre)));
  CHECK(linted.message(Code::missing_srs_name) == "`<gs:Circle>` has no `srsName`, so its place is not known: it matches no place");
  CHECK(linted.fixed(Code::missing_srs_name) == in_circle(kSrs, radius(kMetre)));
  CHECK(linted.count(Code::unsupported_crs) == 0);
  CHECK(Linted(in_circle(kSrs, radius(kMetre))).count(Code::missing_srs_name) == 0);
  CHECK(Linted(in_circle(" srsName='urn:x'", radius(kMetre))).count(Code::missing_srs_name) == 0);
}

TEST_CASE("a radius that is not in metres is reported, and only the metre by another name is mended", "[lint]") {
  CHECK(Linted(in_circle(kSrs, radius(""))).message(Code::invalid_uom) == "`<gs:radius>` has no `uom`: the circle matches no place");
  CHECK(Linted(in_circle(kSrs, radius(""))).fixed(Code::invalid_uom) == in_circle(kSrs, radius(kMetre)));
  CHECK(Linted(in_circle(kSrs, radius(" uom=\"m\""))).message(Code::invalid_uom) ==
        "the `uom` `m` of `<gs:radius>` is not the metre: the circle matches no place");
  CHECK(Linted(in_circle(kSrs, radius(" uom=\"m\""))).fixed(Code::invalid_uom) == in_circle(kSrs, radius(kMetre)));
  CHECK_FALSE(Linted(in_circle(kSrs, radius(" uom=\"urn:ogc:def:uom:EPSG::9002\""))).fixed(Code::invalid_uom).has_value());
  CHECK(Linted(in_circle(kSrs, radius(kMetre))).count(Code::invalid_uom) == 0);
}

TEST_CASE("a radius that is no number above 0 is reported, and a unit in it is converted", "[lint]") {
  const auto blur = [](std::string_view text) { return rule("a", kBob, "", blurred(text)); };
  CHECK(Linted(blur("5 km")).message(Code::invalid_radius) ==
        "the `radius` `5 km` of `<lp:provide-geo>` has to be a whole number of metres above 0: it grants nothing");
  CHECK(Linted(blur("5 km")).fixed(Code::invalid_radius) == blur("5000"));
  CHECK(Linted(blur("500.0")).fixed(Code::invalid_radius) == blur("500"));
  CHECK_FALSE(Linted(blur("500.5")).fixed(Code::invalid_radius).has_value());
  CHECK_FALSE(Linted(blur("0")).fixed(Code::invalid_radius).has_value());
  CHECK_FALSE(Linted(blur("5 miles")).fixed(Code::invalid_radius).has_value());
  CHECK(Linted(blur("1")).count(Code::invalid_radius) == 0);
  CHECK(Linted(in_circle(kSrs, radius(kMetre, "1.5 km"))).message(Code::invalid_radius) ==
        "`<gs:radius>` is `1.5 km`, but has to be a number of metres above 0: the circle matches no place");
  CHECK(Linted(in_circle(kSrs, radius(kMetre, "1.5 km"))).fixed(Code::invalid_radius) == in_circle(kSrs, radius(kMetre, "1500")));
  CHECK(Linted(in_circle(kSrs, radius(kMetre, "0.5"))).count(Code::invalid_radius) == 0);
}

TEST_CASE("an identity with a scheme that is no URI is reported; without a scheme it is another finding", "[lint]") {
  Linted linted(rule("a", one("sip: bob@example.com")));
  CHECK(linted.message(Code::invalid_uri) == "the `id` `sip: bob@example.com` of `<one>` is no URI: nobody matches it");
  CHECK(linted.fixed(Code::invalid_uri) == rule("a", one("sip:bob@example.com")));
  CHECK_FALSE(Linted(rule("a", one("sip:bob smith@example.com"))).fixed(Code::invalid_uri).has_value());
  CHECK(Linted(rule("a", one("bob@example.com"))).count(Code::invalid_uri) == 0);
  CHECK(Linted(rule("a", kBob)).count(Code::invalid_uri) == 0);
}

}  // namespace presproof::lint
