#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

const std::string kDomain = identity(R"(<many domain="example.com"/>)");
const std::string kAll = "<pr:provide-all-attributes/>";
const std::string kGeopriv =
    R"(<pr:provide-unknown-attribute name="geopriv" ns="urn:ietf:params:xml:ns:pidf:geopriv10">true</pr:provide-unknown-attribute>)";

std::string civic(const std::string& level) {
  return R"(<gp:provide-location profile="civic-transformation"><lp:provide-civic>)" + level +
         "</lp:provide-civic></gp:provide-location>";
}
std::string attribute(const std::string& name) { return "<pr:provide-" + name + ">true</pr:provide-" + name + ">"; }
std::string by_class(const std::string& kind) {
  return "<pr:provide-" + kind + "><pr:class>work</pr:class></pr:provide-" + kind + ">";
}

}  // namespace

TEST_CASE("attributes-disclose-location fires for all attributes given to a crowd", "[lint]") {
  CHECK(Linted(rule("a", kDomain, kAllow, kPersons + kAll)).message(Code::attributes_disclose_location) ==
        "rule `a` shows location as it is published to every watcher of `example.com`: under the reading "
        "`all-attributes-location=includes`, `provide-all-attributes` includes it, although no `provide-location` gives it");
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + kAll)).count(Code::attributes_disclose_location) == 0);
}

TEST_CASE("attributes-disclose-location fires for named watchers where the policy speaks of location", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + kAll + blurred("5000"))).message(Code::attributes_disclose_location) ==
        "rule `a` shows location as it is published to `sip:bob@example.com`: under the reading "
        "`all-attributes-location=includes`, `provide-all-attributes` includes it, and the `provide-location` of the same "
        "rule reduces nothing");
  const auto all = rule("a", kBob, kAllow, kPersons + kAll);
  CHECK(Linted(all + rule("b", kDomain, "", blurred("5000"))).run(Code::attributes_disclose_location).front().related.size() ==
        1);
  CHECK(Linted(all + rule("b", one("sip:dan@example.org"), kAllow, kPersons + blurred("5000")))
            .count(Code::attributes_disclose_location) == 1);
}

TEST_CASE("attributes-disclose-location fires for geopriv by name, under another reading", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + kGeopriv)).message(Code::attributes_disclose_location) ==
        "rule `a` shows location as it is published to `sip:bob@example.com`: under the reading "
        "`unknown-attribute-location=honoured`, `provide-unknown-attribute` includes it, although no `provide-location` "
        "gives it");
  CHECK(Linted(rule("a", kBob, kAllow,
                    kPersons + R"(<pr:provide-unknown-attribute name="geopriv" ns="urn:x">true</pr:provide-unknown-attribute>)"))
            .count(Code::attributes_disclose_location) == 0);
}

TEST_CASE("attributes-disclose-location is silent when the exact location is given anyway, or nothing is shown", "[lint]") {
  const std::string exact = "<gp:provide-location/>";
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + kAll + exact)).count(Code::attributes_disclose_location) == 0);
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + kAll) + rule("b", kDomain, "", exact))
            .count(Code::attributes_disclose_location) == 0);
  CHECK(Linted(rule("a", kDomain, kAllow, kPersons + kAll) + rule("b", kBob, "", exact))
            .count(Code::attributes_disclose_location) == 1);
  CHECK(Linted(rule("a", kDomain, kAllow, kAll)).count(Code::attributes_disclose_location) == 0);
  CHECK(Linted(rule("a", kDomain, handling("confirm"), kPersons + kAll)).count(Code::attributes_disclose_location) == 0);
}

TEST_CASE("time-offset-tells-place fires beside a location that is coarser than a time zone", "[lint]") {
  const auto with = [](const std::string& location) {
    return Linted(rule("a", kDomain, kAllow, kPersons + attribute("time-offset") + location));
  };
  CHECK(with(civic("country")).message(Code::time_offset_tells_place) ==
        "rule `a` shows any other watcher of `example.com` the time zone where the presentity is, but they get only civic "
        "location at level `country` from it");
  CHECK(with(blurred("500000")).count(Code::time_offset_tells_place) == 1);
  CHECK(with(blurred("499999")).count(Code::time_offset_tells_place) == 0);
  CHECK(with(civic("region")).count(Code::time_offset_tells_place) == 0);
  CHECK(with("").count(Code::time_offset_tells_place) == 0);
}

TEST_CASE("time-offset-tells-place looks at all rules for the watcher", "[lint]") {
  const auto offset = rule("a", kBob, kAllow, kPersons + attribute("time-offset"));
  CHECK(Linted(offset + rule("b", kDomain, "", civic("country"))).message(Code::time_offset_tells_place) ==
        "rule `a` shows `sip:bob@example.com` the time zone where the presentity is, but they get only civic location at "
        "level `country` from rule `b`");
  CHECK(Linted(offset + rule("b", kDomain, "", civic("country")) +
               rule("c", kBob + "<sphere value='work'/>", "", blurred("5000")))
            .count(Code::time_offset_tells_place) == 0);
  CHECK(Linted(rule("a", kBob, kAllow, kServices + attribute("time-offset") + civic("country")))
            .count(Code::time_offset_tells_place) == 0);
}

TEST_CASE("place-type-tells-place fires beside a blurred location", "[lint]") {
  const auto with = [](const std::string& location) {
    return Linted(rule("a", kBob, kAllow, kPersons + attribute("place-type") + location));
  };
  CHECK(with(blurred("5000")).message(Code::place_type_tells_place) ==
        "rule `a` shows `sip:bob@example.com` the type of place, beside location within 5 km: an airport or a hospital there "
        "is easily found");
  CHECK(with(blurred("1000")).count(Code::place_type_tells_place) == 1);
  CHECK(with(blurred("999")).count(Code::place_type_tells_place) == 0);
  CHECK(with(civic("city")).count(Code::place_type_tells_place) == 1);
  CHECK(with(blurred("5000") + civic("building")).count(Code::place_type_tells_place) == 0);
  CHECK(with("").count(Code::place_type_tells_place) == 0);
  CHECK(with(kAll + blurred("5000")).count(Code::place_type_tells_place) == 0);
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + attribute("place-is") + blurred("5000")))
            .count(Code::place_type_tells_place) == 0);
}

TEST_CASE("place-type-tells-place names the rule that blurs", "[lint]") {
  const auto type = rule("a", kBob, "", attribute("place-type"));
  CHECK(Linted(type + rule("b", kDomain, kAllow, kPersons + blurred("5000"))).message(Code::place_type_tells_place) ==
        "rule `a` shows `sip:bob@example.com` the type of place, beside location within 5 km from rule `b`: an airport or a "
        "hospital there is easily found");
  CHECK(Linted(type + rule("b", kDomain, kAllow, kServices + blurred("5000"))).count(Code::place_type_tells_place) == 0);
}

TEST_CASE("filter-not-idempotent fires for a class that is not shown", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, by_class("services"))).message(Code::filter_not_idempotent) ==
        "rule `a` selects services for `sip:bob@example.com` by `class` but does not show the class: whoever filters the "
        "document once more drops them");
  CHECK(Linted(rule("a", kBob, kAllow, by_class("devices") + by_class("persons"))).count(Code::filter_not_idempotent) == 1);
}

TEST_CASE("filter-not-idempotent is silent when the component stays", "[lint]") {
  for (const auto& also : {attribute("class"), kAll, kServices})
    CHECK(Linted(rule("a", kBob, kAllow, by_class("services") + also)).count(Code::filter_not_idempotent) == 0);
  CHECK(Linted(rule("a", kBob, kAllow, by_class("services") + kPersons)).count(Code::filter_not_idempotent) == 1);
  const auto selects = rule("a", kBob, kAllow, by_class("services"));
  CHECK(Linted(selects + rule("b", kDomain, "", attribute("class"))).count(Code::filter_not_idempotent) == 0);
  CHECK(Linted(selects + rule("b", one("sip:dan@example.org"), kAllow, kPersons + attribute("class")))
            .count(Code::filter_not_idempotent) == 1);
  for (const auto* selector : {"<pr:occurrence-id>x</pr:occurrence-id>", "<pr:deviceID>urn:x:1</pr:deviceID>"})
    CHECK(Linted(rule("a", kBob, kAllow, "<pr:provide-devices>" + std::string(selector) + "</pr:provide-devices>"))
              .count(Code::filter_not_idempotent) == 0);
  CHECK(Linted(rule("a", kBob, handling("confirm"), by_class("services"))).count(Code::filter_not_idempotent) == 0);
}

TEST_CASE("filter-not-idempotent is mended by provide-class", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, by_class("services"))).fixed(Code::filter_not_idempotent) ==
        rule("a", kBob, kAllow, by_class("services") + attribute("class")));
}

TEST_CASE("device-id-widely fires for everybody and for anybody, not for a domain", "[lint]") {
  CHECK(Linted(rule("a", identity("<many/>"), kAllow, kServices + attribute("deviceID"))).message(Code::device_id_widely) ==
        "rule `a` shows to every authenticated watcher which of the services run on one device, by an id that never changes");
  CHECK(Linted(rule("a", "", kAllow, kServices + attribute("deviceID"))).count(Code::device_id_widely) == 1);
  CHECK(Linted(rule("a", kDomain, kAllow, kServices + attribute("deviceID"))).count(Code::device_id_widely) == 0);
  CHECK(Linted(rule("a", identity("<many/>"), kAllow, kDevices + attribute("deviceID"))).count(Code::device_id_widely) == 0);
  CHECK(Linted(rule("a", identity("<many/>"), kAllow, kServices)).count(Code::device_id_widely) == 0);
}

TEST_CASE("the checks of attributes are silent for a location server's rules", "[lint]") {
  for (const auto code : {Code::attributes_disclose_location, Code::time_offset_tells_place, Code::place_type_tells_place,
                          Code::filter_not_idempotent, Code::device_id_widely, Code::blocked_can_tell}) {
    Linted linted(rule("a", "", kAllow, kServices + kPersons + kAll + attribute("time-offset") + attribute("place-type") +
                                            by_class("devices") + attribute("deviceID") + civic("country")));
    linted.options().usage = policy::Usage::geolocation;
    CHECK(linted.count(code) == 0);
  }
}

}  // namespace presproof::lint
