#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

const std::string kDomain = identity(R"(<many domain="example.com"/>)");

std::string civic(const std::string& level) {
  return R"(<gp:provide-location profile="civic-transformation"><lp:provide-civic>)" + level +
         "</lp:provide-civic></gp:provide-location>";
}
std::string sphere(const std::string& value) { return "<sphere value='" + value + "'/>"; }
std::string at(const std::string& id, const std::string& conditions, const std::string& radius) {
  return rule(id, conditions, kAllow, kPersons + blurred(radius));
}

}  // namespace

TEST_CASE("civic-finer-than-geodetic fires for a level ten times finer than the radius", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + blurred("5000") + civic("building")))
            .message(Code::civic_finer_than_geodetic) ==
        "rule `a` blurs to a radius of 5 km, but it also gives the civic address at level `building`, about 50 m");
  const auto count = [](const std::string& radius, const std::string& level) {
    return Linted(rule("a", kBob, kAllow, kPersons + blurred(radius) + civic(level)))
        .count(Code::civic_finer_than_geodetic);
  };
  CHECK(count("500", "building") == 0);
  CHECK(count("501", "building") == 1);
  CHECK(count("5000", "city") == 0);
  CHECK(count("50", "full") == 0);
  CHECK(count("51", "full") == 1);
}

TEST_CASE("civic-finer-than-geodetic needs a location that is shown", "[lint]") {
  CHECK(Linted(rule("a", kBob, "", kPersons + blurred("5000") + civic("full")))
            .count(Code::civic_finer_than_geodetic) == 0);
  CHECK(Linted(rule("a", kBob, "", blurred("5000") + civic("full"))).count(Code::civic_finer_than_geodetic) == 1);
  CHECK(Linted(rule("a", kBob, "", "<gp:provide-location/>")).count(Code::civic_finer_than_geodetic) == 0);
}

TEST_CASE("civic-finer-than-geodetic sees another rule that always matches, too", "[lint]") {
  const auto radius = at("a", kBob, "5000");
  const auto address = [](const std::string& conditions) { return rule("b", conditions, "", civic("building")); };
  CHECK(Linted(radius + address(kDomain)).message(Code::civic_finer_than_geodetic) ==
        "rule `a` blurs to a radius of 5 km, but rule `b` also gives the civic address at level `building`, about 50 m");
  CHECK(Linted(radius + address(kBob)).count(Code::civic_finer_than_geodetic) == 1);
  // What named watchers get beyond their group, or in one sphere, is meant.
  CHECK(Linted(at("a", kDomain, "5000") + address(kBob)).count(Code::civic_finer_than_geodetic) == 0);
  CHECK(Linted(radius + address(kDomain + sphere("work"))).count(Code::civic_finer_than_geodetic) == 0);
  CHECK(Linted(radius + address(one("sip:dan@example.org"))).count(Code::civic_finer_than_geodetic) == 0);
}

TEST_CASE("civic-finer-than-geodetic is silent when the radius is undone anyway", "[lint]") {
  CHECK(Linted(at("a", kBob, "5000") + rule("b", kDomain, "", civic("building")) +
               rule("c", kDomain, "", blurred("100")))
            .count(Code::civic_finer_than_geodetic) == 0);
}

TEST_CASE("a domain with exceptions does not cover the whole domain", "[lint]") {
  const auto address = rule(
      "b", identity(R"(<many domain="example.com"><except id="sip:carol@example.com"/></many>)"), "", civic("building"));
  CHECK(Linted(at("a", kDomain, "5000") + address).count(Code::civic_finer_than_geodetic) == 0);
  CHECK(Linted(at("a", kBob, "5000") + address).count(Code::civic_finer_than_geodetic) == 1);
  CHECK(Linted(at("a", one("sip:carol@example.com"), "5000") + address).count(Code::civic_finer_than_geodetic) == 0);
}

TEST_CASE("two-radii fires once for each later rule of another radius", "[lint]") {
  CHECK(Linted(at("a", kDomain, "5000") + at("b", kBob, "3000")).message(Code::two_radii) ==
        "rule `a` gives `sip:bob@example.com` a radius of 5 km and rule `b` a radius of 3 km: where both match, servers "
        "differ in whether the finer or the coarser one counts");
  CHECK(Linted(at("a", kDomain, "5000") + at("b", kBob + sphere("work"), "3000")).message(Code::two_radii) ==
        "rule `a` gives `sip:bob@example.com` a radius of 5 km and rule `b` a radius of 3 km: where both match, servers "
        "differ in whether the finer or the coarser one counts, and circles of both, seen at different times, intersect");
  const auto found = Linted(at("a", kBob, "5000") + at("b", kBob, "5000") + at("c", kBob, "7000")).run(Code::two_radii);
  REQUIRE(found.size() == 1);
  CHECK(found.front().rule == "c");
  CHECK(Linted(at("a", kBob, "7000") + at("b", kBob, "5000") + at("c", kBob, "5000")).count(Code::two_radii) == 2);
}

TEST_CASE("two-radii tells of rules that hold in different states", "[lint]") {
  CHECK(Linted(at("a", kBob + sphere("work"), "5000") + at("b", kBob + sphere("home"), "7000"))
            .message(Code::two_radii) ==
        "rule `a` gives `sip:bob@example.com` a radius of 5 km and rule `b` a radius of 7 km in another state: what is "
        "seen in both leaves a smaller area than either");
  CHECK(Linted(at("a", kBob + circle("48.15 11.58", "400"), "5000") + at("b", kBob + circle("52 13", "400"), "7000"))
            .count(Code::two_radii) == 1);
}

TEST_CASE("two-radii tells of an exact position beside a radius, where both match", "[lint]") {
  const auto exact = [](const std::string& conditions) {
    return rule("b", conditions, kAllow, kPersons + "<gp:provide-location/>");
  };
  CHECK(Linted(at("a", kDomain, "5000") + exact(kBob)).message(Code::two_radii) ==
        "rule `a` gives `sip:bob@example.com` a radius of 5 km and rule `b` the exact position: where both match, servers "
        "differ in whether the finer or the coarser one counts");
  CHECK(Linted(at("a", kBob + sphere("work"), "5000") + exact(kBob + sphere("home"))).count(Code::two_radii) == 0);
}

TEST_CASE("two-radii is silent for different watchers, equal radii and what is not shown", "[lint]") {
  CHECK(Linted(at("a", kBob, "5000") + at("b", one("sip:carol@example.com"), "3000")).count(Code::two_radii) == 0);
  CHECK(Linted(at("a", kDomain, "5000") + at("b", kBob, "5000")).count(Code::two_radii) == 0);
  CHECK(Linted(at("a", identity(R"(<many domain="example.com"><except id="sip:bob@example.com"/></many>)"), "5000") +
               at("b", kBob, "3000"))
            .count(Code::two_radii) == 0);
  CHECK(Linted(rule("a", kBob, handling("confirm"), kPersons + blurred("5000")) +
               rule("b", kBob, "", kPersons + blurred("3000")))
            .count(Code::two_radii) == 0);
  CHECK(Linted(rule("a", kBob, "", blurred("5000") + blurred("3000"))).count(Code::two_radii) == 0);
}

TEST_CASE("condition-region-smaller fires when the region is smaller than the location", "[lint]") {
  CHECK(Linted(rule("a", kBob + circle("52 13", "400"), "", blurred("5000"))).message(Code::condition_region_smaller) ==
        "rule `a` gives location within 5 km only within a circle of 400 m: that it is given at all tells "
        "`sip:bob@example.com` the smaller region");
  const auto count = [](const std::string& radius, const std::string& permission) {
    return Linted(rule("a", kBob + circle("52 13", radius), "", permission)).count(Code::condition_region_smaller);
  };
  CHECK(count("5000", blurred("5000")) == 0);
  CHECK(count("4999", blurred("5000")) == 1);
  CHECK(count("400", "<gp:provide-location/>") == 0);
  CHECK(count("400", civic("city")) == 1);
  CHECK(count("400", civic("building")) == 0);
}

TEST_CASE("condition-region-smaller knows the size of civic regions and of several places", "[lint]") {
  const auto place = [](const std::string& fields) {
    return "<gp:location-condition><gp:location profile='civic-condition' "
           "xmlns='urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr'>" +
           fields + "</gp:location></gp:location-condition>";
  };
  CHECK(Linted(rule("a", kBob + place("<country>DE</country><A1>Bavaria</A1><A3>Munich</A3>"), "", blurred("20000")))
            .message(Code::condition_region_smaller) ==
        "rule `a` gives location within 20 km only within a civic address at level `city`, about 10 km: that it is given at "
        "all tells `sip:bob@example.com` the smaller region");
  CHECK(Linted(rule("a", kBob + place("<country>DE</country>"), "", blurred("20000")))
            .count(Code::condition_region_smaller) == 0);
  const auto two = circle("52 13", "4000");
  const auto alternatives = two.substr(0, two.find("</gp:location-condition>")) + two.substr(two.find("<gp:location "));
  CHECK(Linted(rule("a", kBob + alternatives, "", blurred("5000"))).count(Code::condition_region_smaller) == 0);
  CHECK(Linted(rule("a", kBob + alternatives, "", blurred("6000"))).count(Code::condition_region_smaller) == 1);
}

TEST_CASE("condition-region-smaller is silent when the location is given elsewhere, too", "[lint]") {
  const auto here = rule("a", kBob + circle("52 13", "400"), "", blurred("5000"));
  CHECK(Linted(here + rule("b", kDomain, "", blurred("5000"))).count(Code::condition_region_smaller) == 0);
  CHECK(Linted(here + rule("b", kDomain, "", blurred("5001"))).count(Code::condition_region_smaller) == 1);
  CHECK(Linted(here + rule("b", kBob + sphere("work"), "", blurred("5000"))).count(Code::condition_region_smaller) == 1);
}

}  // namespace presproof::lint
