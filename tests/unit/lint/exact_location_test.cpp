#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

const std::string kExact = "<gp:provide-location/>";
const std::string kDomain = identity(R"(<many domain="example.com"/>)");

std::string civic(const std::string& level) {
  return R"(<gp:provide-location profile="civic-transformation"><lp:provide-civic>)" + level +
         "</lp:provide-civic></gp:provide-location>";
}
const std::string kRetransmit = "<gp:set-retransmission-allowed>true</gp:set-retransmission-allowed>";

}  // namespace

TEST_CASE("exact-location-widely fires for a domain, for every authenticated watcher and for anybody", "[lint]") {
  CHECK(Linted(rule("a", kDomain, kAllow, kPersons + kExact)).message(Code::exact_location_widely) ==
        "rule `a` gives exact location to every watcher of `example.com`");
  CHECK(Linted(rule("a", identity("<many/>"), kAllow, kPersons + kExact)).message(Code::exact_location_widely) ==
        "rule `a` gives exact location to every authenticated watcher");
  CHECK(Linted(rule("a", "", kAllow, kPersons + kExact)).message(Code::exact_location_widely) ==
        "rule `a` gives exact location to anybody, even a watcher who is not authenticated");
  CHECK(Linted(rule("a", kDomain, kAllow, kPersons + civic("full"))).message(Code::exact_location_widely) ==
        "rule `a` gives the full civic address to every watcher of `example.com`");
}

TEST_CASE("exact-location-widely is silent for named watchers and for a location that is less than exact", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + kExact)).count(Code::exact_location_widely) == 0);
  CHECK(Linted(rule("a", kDomain + kBob, kAllow, kPersons + kExact)).count(Code::exact_location_widely) == 0);
  CHECK(Linted(rule("a", kDomain, kAllow, kPersons + blurred("1"))).count(Code::exact_location_widely) == 0);
  CHECK(Linted(rule("a", kDomain, kAllow, kPersons + civic("building"))).count(Code::exact_location_widely) == 0);
}

TEST_CASE("exact-location-widely asks whether the location reaches the crowd", "[lint]") {
  CHECK(Linted(rule("a", kDomain, kAllow, kExact)).count(Code::exact_location_widely) == 0);
  CHECK(Linted(rule("a", kDomain, handling("confirm"), kPersons + kExact)).count(Code::exact_location_widely) == 0);
  const auto location = rule("a", "<sphere value='work'/>", "", kExact);
  CHECK(Linted(location + rule("b", kBob, kAllow, kPersons)).count(Code::exact_location_widely) == 0);
  CHECK(Linted(location + rule("b", kDomain, kAllow, kPersons)).message(Code::exact_location_widely) ==
        "rule `a` gives exact location to every watcher of `example.com`");
  CHECK(Linted(location + rule("b", kDomain + "<sphere value='home'/>", kAllow, kPersons))
            .count(Code::exact_location_widely) == 0);
}

TEST_CASE("exact-location-widely leaves an open location server to the finding about its openness", "[lint]") {
  CHECK(Linted(rule("a", "", "", kExact)).count(Code::exact_location_widely) == 0);
  CHECK(Linted(rule("a", identity("<many/>"), "", kExact)).count(Code::exact_location_widely) == 0);
  CHECK(Linted(rule("a", kDomain, "", kExact)).count(Code::exact_location_widely) == 1);
}

TEST_CASE("retransmission-of-fine-location fires for a location finer than the threshold", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + blurred("999") + kRetransmit))
            .message(Code::retransmission_of_fine_location) ==
        "rule `a` lets `sip:bob@example.com` pass on location within 999 m");
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + blurred("1000") + kRetransmit))
            .count(Code::retransmission_of_fine_location) == 0);
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + civic("building") + kRetransmit))
            .message(Code::retransmission_of_fine_location) ==
        "rule `a` lets `sip:bob@example.com` pass on civic location at level `building`");
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + civic("city") + kRetransmit))
            .count(Code::retransmission_of_fine_location) == 0);
  Linted strict(rule("a", kBob, kAllow, kPersons + blurred("1000") + kRetransmit));
  strict.options().thresholds.fine_radius_m = 2000;
  CHECK(strict.count(Code::retransmission_of_fine_location) == 1);
}

TEST_CASE("retransmission-of-fine-location sees the location that another rule gives", "[lint]") {
  const auto retransmit = rule("a", kDomain, "", kRetransmit);
  const auto location = [](const std::string& conditions) { return rule("b", conditions, kAllow, kPersons + kExact); };
  CHECK(Linted(retransmit + location(kBob)).message(Code::retransmission_of_fine_location) ==
        "rule `a` lets `sip:bob@example.com` pass on exact location, which rule `b` gives");
  CHECK(Linted(retransmit + location(one("sip:dan@example.org"))).count(Code::retransmission_of_fine_location) == 0);
  CHECK(Linted(rule("a", kDomain, "", "<gp:set-retransmission-allowed>false</gp:set-retransmission-allowed>") +
               location(kBob))
            .count(Code::retransmission_of_fine_location) == 0);
}

TEST_CASE("retransmission-of-fine-location is mended by taking the permission away", "[lint]") {
  CHECK(Linted(rule("a", kBob, "", kExact + kRetransmit)).fixed(Code::retransmission_of_fine_location) ==
        rule("a", kBob, "", kExact));
  CHECK(Linted(rule("a", kBob, "",
                    kExact + "<gp:set-retransmission-allowed><!-- why -->true</gp:set-retransmission-allowed>"))
            .fixed(Code::retransmission_of_fine_location) == std::nullopt);
}

TEST_CASE("radius-below-threshold is silent until somebody says what is wanted", "[lint]") {
  Linted linted(rule("a", kBob, kAllow, kPersons + blurred("5000")));
  CHECK(linted.count(Code::radius_below_threshold) == 0);
  linted.options().thresholds.effective_radius_m = 2000;
  CHECK(linted.message(Code::radius_below_threshold) ==
        "rule `a` gives a radius of 5 km, of which the algorithm may leave a circle of 1803 m: less than the 2 km that are "
        "wanted");
  CHECK(linted.run(Code::radius_below_threshold).front().fix == "give a radius of 5.548 km or more");
}

TEST_CASE("radius-below-threshold compares what the algorithm may leave, and takes exact as nothing", "[lint]") {
  const auto count = [](const std::string& location, double wanted_m) {
    Linted linted(rule("a", kBob, kAllow, kPersons + location));
    linted.options().thresholds.effective_radius_m = wanted_m;
    return linted.count(Code::radius_below_threshold);
  };
  CHECK(count(blurred("5547"), 2000) == 1);
  CHECK(count(blurred("5548"), 2000) == 0);
  CHECK(count(civic("full"), 2000) == 0);
  Linted exact(rule("a", kBob, "", kExact));
  exact.options().thresholds.effective_radius_m = 1;
  CHECK(exact.message(Code::radius_below_threshold) ==
        "rule `a` gives the exact position: less than the 1 m that are wanted");
}

}  // namespace presproof::lint
