#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "simulation_fixture.h"

using namespace presproof;
using presproof::test::plain_rule;
using presproof::test::SimulationFixture;
using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : object.items()) names.push_back(name);
  return names;
}

Json json_of(const SimulationFixture& fixture) { return Json::parse(report::simulation_json(fixture.simulation, false)); }

policy::ProvideComponents selected(policy::ComponentKind kind, policy::SelectorKind selector, std::vector<std::string> values) {
  policy::ProvideComponents components{.kind = kind, .all = false, .values = {}};
  components.values[static_cast<std::size_t>(selector)] = std::move(values);
  return components;
}

}  // namespace

TEST_CASE("a simulation has the contract's keys in the contract's order, whatever is decided") {
  for (const bool allowed : {false, true}) {
    SimulationFixture fixture({plain_rule("r", 2, {{allowed ? policy::SubHandling::allow : policy::SubHandling::block, {}}})});
    const Json json = json_of(fixture);
    CHECK(keys(json) == std::vector<std::string>{"format", "engine", "usage", "watcher", "state", "matched_rules", "permissions",
                                                 "granted_by", "response", "subscription_state", "document"});
    CHECK(keys(json["watcher"]) == std::vector<std::string>{"authenticated", "identities"});
    CHECK(keys(json["state"]) == std::vector<std::string>{"time", "sphere"});
    CHECK(keys(json["matched_rules"][0]) == std::vector<std::string>{"file", "id", "line"});
    CHECK(keys(json["response"]) == std::vector<std::string>{"code", "reason"});
    const Json& permissions = json["permissions"];
    CHECK(keys(permissions) ==
          std::vector<std::string>{"sub-handling", "provide-devices", "provide-persons", "provide-services", "provide-activities",
                                   "provide-class", "provide-deviceID", "provide-mood", "provide-place-is", "provide-place-type",
                                   "provide-privacy", "provide-relationship", "provide-sphere", "provide-status-icon",
                                   "provide-time-offset", "provide-user-input", "provide-note", "provide-unknown-attribute",
                                   "provide-all-attributes", "provide-location", "set-retransmission-allowed",
                                   "set-retention-expiry", "set-note-well", "keep-rule-reference"});
    CHECK(keys(permissions["provide-devices"]) == std::vector<std::string>{"all", "class", "occurrence-id", "deviceID"});
    CHECK(keys(permissions["provide-persons"]) == std::vector<std::string>{"all", "class", "occurrence-id"});
    CHECK(keys(permissions["provide-services"]) ==
          std::vector<std::string>{"all", "class", "occurrence-id", "service-uri", "service-uri-scheme"});
    CHECK(keys(permissions["provide-location"]) == std::vector<std::string>{"geodetic", "civic"});
  }
}

TEST_CASE("without any permission the values are the defaults") {
  SimulationFixture fixture({});
  const Json json = json_of(fixture);
  CHECK(json["format"] == "presproof-simulation/1");
  CHECK(json["engine"] == "rfc");
  CHECK(json["usage"] == "presence");
  CHECK(json["watcher"] == Json::parse(R"({"authenticated": true, "identities": ["sip:bob@example.com", "tel:+12125551234"]})"));
  CHECK(json["state"] == Json::parse(R"({"time": "2026-06-01T12:00:00Z", "sphere": null})"));
  CHECK(json["matched_rules"] == Json::array());
  CHECK(json["permissions"] == Json::parse(R"({"sub-handling": "block",
      "provide-devices": {"all": false, "class": [], "occurrence-id": [], "deviceID": []},
      "provide-persons": {"all": false, "class": [], "occurrence-id": []},
      "provide-services": {"all": false, "class": [], "occurrence-id": [], "service-uri": [], "service-uri-scheme": []},
      "provide-activities": false, "provide-class": false, "provide-deviceID": false, "provide-mood": false,
      "provide-place-is": false, "provide-place-type": false, "provide-privacy": false, "provide-relationship": false,
      "provide-sphere": false, "provide-status-icon": false, "provide-time-offset": false, "provide-user-input": "false",
      "provide-note": false, "provide-unknown-attribute": [], "provide-all-attributes": false,
      "provide-location": {"geodetic": null, "civic": "none"}, "set-retransmission-allowed": null,
      "set-retention-expiry": null, "set-note-well": [], "keep-rule-reference": null})"));
  CHECK(json["granted_by"] == Json::object());
  CHECK(json["response"] == Json::parse(R"({"code": 403, "reason": "Forbidden"})"));
  CHECK(json["subscription_state"] == "terminated;reason=rejected");
  CHECK(json["document"].is_null());
}

TEST_CASE("every permission that is given is shown, sets sorted, with its rules") {
  using policy::ComponentKind;
  using policy::SelectorKind;
  SimulationFixture fixture({
      plain_rule("z", 10,
                 {{policy::SubHandling::allow, {}},
                  {selected(ComponentKind::device, SelectorKind::class_, {"home", "biz"}), {}},
                  {selected(ComponentKind::service, SelectorKind::service_uri_scheme, {"sip"}), {}},
                  {policy::ProvideComponents{.kind = ComponentKind::person, .all = true, .values = {}}, {}},
                  {policy::ProvideAttribute{policy::AttributePermission::note, true}, {}},
                  {policy::UserInput::thresholds, {}},
                  {policy::ProvideUnknownAttribute{"urn:x", "foo", true}, {}},
                  {policy::ProvideUnknownAttribute{"urn:a", "zoo", true}, {}},
                  {policy::ProvideLocation{policy::GeodeticGrant{.radius_m = 500, .rounding = std::nullopt}, geo::CivicLevel::city}, {}},
                  {policy::SetRetransmissionAllowed{true}, {}},
                  {policy::SetRetentionExpiry{86400}, {}},
                  {policy::SetNoteWell{"en", "keep"}, {}},
                  {policy::SetNoteWell{std::nullopt, "quiet"}, {}}}),
      plain_rule("a", 40, {{policy::SubHandling::allow, {}}, {policy::KeepRuleReference{false}, {}}}),
  });
  fixture.simulation.request.state.sphere = "work";
  const Json json = json_of(fixture);
  CHECK(json["state"]["sphere"] == "work");
  CHECK(json["matched_rules"] == Json::parse(R"([{"file": "alice.xml", "id": "z", "line": 10}, {"file": "alice.xml", "id": "a", "line": 40}])"));
  const Json& permissions = json["permissions"];
  CHECK(permissions["sub-handling"] == "allow");
  CHECK(permissions["provide-devices"]["class"] == Json::parse(R"(["biz", "home"])"));
  CHECK(permissions["provide-persons"]["all"] == true);
  CHECK(permissions["provide-services"]["service-uri-scheme"] == Json::parse(R"(["sip"])"));
  CHECK(permissions["provide-user-input"] == "thresholds");
  CHECK(permissions["provide-note"] == true);
  CHECK(permissions["provide-unknown-attribute"] == Json::parse(R"([{"ns": "urn:a", "name": "zoo"}, {"ns": "urn:x", "name": "foo"}])"));
  CHECK(permissions["provide-location"].dump() == R"({"geodetic":{"radius_m":500},"civic":"city"})");
  CHECK(permissions["set-retransmission-allowed"] == true);
  CHECK(permissions["set-retention-expiry"] == 86400);
  CHECK(permissions["set-note-well"] == Json::parse(R"([{"lang": null, "text": "quiet"}, {"lang": "en", "text": "keep"}])"));
  CHECK(permissions["keep-rule-reference"].is_null());
  CHECK(keys(json["granted_by"]) == std::vector<std::string>{"sub-handling", "provide-devices", "provide-persons", "provide-services",
                                                             "provide-user-input", "provide-note", "provide-unknown-attribute",
                                                             "provide-location", "set-retransmission-allowed",
                                                             "set-retention-expiry", "set-note-well"});
  CHECK(json["granted_by"]["sub-handling"] == Json::parse(R"(["a", "z"])"));
  CHECK(json["granted_by"]["provide-location"] == Json::parse(R"(["z"])"));
}

TEST_CASE("a radius is an integer when it is one") {
  const auto radius_text = [](double radius_m) {
    SimulationFixture fixture({plain_rule("r", 1, {{policy::ProvideLocation{policy::GeodeticGrant{.radius_m = radius_m, .rounding = std::nullopt}}, {}}})});
    return json_of(fixture)["permissions"]["provide-location"]["geodetic"].dump();
  };
  CHECK(radius_text(0) == R"({"radius_m":0})");
  CHECK(radius_text(5000) == R"({"radius_m":5000})");
  CHECK(radius_text(0.5) == R"({"radius_m":0.5})");
}

TEST_CASE("a grant of the older dialect shows its rounding") {
  policy::GeodeticGrant grant{.radius_m = 5530, .rounding = policy::GeodeticGrant::Rounding{0.1, std::nullopt}};
  SimulationFixture fixture({plain_rule("r", 1, {{policy::ProvideLocation{grant}, {}}})});
  CHECK(json_of(fixture)["permissions"]["provide-location"]["geodetic"] ==
        Json::parse(R"({"radius_m": 5530, "rounding_deg": {"latitude": 0.1, "longitude": null}})"));
}

TEST_CASE("a location server has neither response nor subscription state") {
  semantics::Options options;
  options.usage = policy::Usage::geolocation;
  SimulationFixture fixture({plain_rule("r", 1, {})}, options);
  const Json json = json_of(fixture);
  CHECK(json["usage"] == "geolocation");
  CHECK(json["permissions"]["sub-handling"] == "allow");
  CHECK(json["response"].is_null());
  CHECK(json["subscription_state"].is_null());
}

TEST_CASE("the document is shown as it is, or null when it is not asked for") {
  SimulationFixture fixture({plain_rule("r", 1, {{policy::SubHandling::allow, {}}})});
  fixture.simulation.document = "<presence>\n</presence>\n";
  CHECK(json_of(fixture)["document"] == "<presence>\n</presence>\n");
  fixture.simulation.show_document = false;
  CHECK(json_of(fixture)["document"].is_null());
}

TEST_CASE("one line is one line, and bad bytes do not break it") {
  SimulationFixture fixture({plain_rule("r\n\xFF", 1, {})});
  const std::string line = report::simulation_json(fixture.simulation, true);
  CHECK(std::count(line.begin(), line.end(), '\n') == 1);
  CHECK(line.back() == '\n');
  CHECK(Json::parse(line)["matched_rules"][0]["id"] == "r\n\xEF\xBF\xBD");
}
