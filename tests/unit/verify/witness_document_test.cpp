#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "proving.h"
#include "semantics/filter.h"
#include "verify/witness_document.h"

using namespace presproof;
using namespace presproof::test;

namespace {

policy::State state_at(const std::string& time, std::optional<std::string> sphere = std::nullopt) {
  policy::State state;
  state.time = *parse_rfc3339(time);
  state.sphere = std::move(sphere);
  return state;
}

policy::State located() {
  policy::State state = state_at("2026-06-01T12:00:00.25Z", "work");
  state.location.geodetic = geo::Position{52.520123456789, -13.1};
  state.location.civic = geo::CivicAddress{{"A3", "Munich"}, {"country", "DE"}, {"{urn:x}wing", "East"}};
  return state;
}

presence::Document read_again(const presence::Document& document, bool valid = true) {
  diag::Sources sources;
  diag::Sink sink;
  const auto file = sources.add("presence.xml", presence::write_document(document));
  const auto read = presence::read_document(sources, file, {}, sink);
  REQUIRE(read);
  CHECK(sink.diagnostics().empty() == valid);
  return *read;
}

const std::string kDevices = "<pr:provide-devices><pr:all-devices/></pr:provide-devices>";
const std::string kAllComponents = kPersons + kServices + kDevices;

/// What a watcher gets of the witness document of one rule that gives `permissions` beside `allow`.
presence::Document shown(const std::string& permissions, const policy::State& state = located(),
                         const engine::Readings& readings = {}) {
  const auto policy = policy_of(rule("r", {}, kAllow, permissions));
  const semantics::Options options{policy::Usage::presence, &engine::rfc(), readings};
  const auto document = verify::witness_document(policy, state, options.usage);
  const auto decision = semantics::Evaluator(policy, options).decide({{}, state});
  const auto left = semantics::filter(decision, document, state, options, {});
  REQUIRE(left);
  return *left;
}

std::string shown_text(const std::string& permissions) { return presence::write_document(shown(permissions)); }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Shows {
  std::string permission;
  std::string part;
};

std::string given(const std::string& name) { return "<pr:" + name + ">true</pr:" + name + ">"; }
std::string user_input(const std::string& level) {
  return "<pr:provide-user-input>" + level + "</pr:provide-user-input>";
}

std::size_t count_of(const presence::Document& document, presence::PartKind kind) {
  return static_cast<std::size_t>(
      std::count_if(document.parts.begin(), document.parts.end(), [&](const auto& part) { return part.kind == kind; }));
}

}  // namespace

TEST_CASE("a witness document reads back as it was written") {
  const auto policy = policy_of(rule(
      "r", {}, kAllow,
      "<pr:provide-services><pr:class>biz &lt;&amp;&quot;</pr:class><pr:service-uri-scheme>tel</pr:service-uri-scheme>"
      "<pr:service-uri>im:alice@example.com</pr:service-uri><pr:occurrence-id>service-1</pr:occurrence-id></"
      "pr:provide-services>"
      "<pr:provide-devices><pr:deviceID>urn:x:1</pr:deviceID></pr:provide-devices>"
      "<pr:provide-unknown-attribute ns=\"urn:y\" name=\"foo\">true</pr:provide-unknown-attribute>"
      "<pr:provide-unknown-attribute ns=\"urn:ietf:params:xml:ns:pidf:rpid\" "
      "name=\"mood\">true</pr:provide-unknown-attribute>"));
  for (const auto usage : {policy::Usage::presence, policy::Usage::geolocation}) {
    for (const auto& state : {located(), state_at("2026-01-01T00:00:00Z"), state_at("0000-01-01T00:00:00Z", "a b"),
                              state_at("9999-12-31T23:59:59Z", "party")}) {
      const auto document = verify::witness_document(policy, state, usage);
      CHECK(read_again(document) == document);
      CHECK(presence::write_document(document) ==
            presence::write_document(verify::witness_document(policy, state, usage)));
    }
  }
}

TEST_CASE("the document says the state's sphere") {
  for (const std::string sphere : {"work", "home", "unknown", "Work", "party", "two words", "1st", "a:b"}) {
    INFO(sphere);
    const auto document =
        read_again(verify::witness_document({}, state_at("2026-01-01T00:00:00Z", sphere), policy::Usage::presence));
    CHECK(presence::sphere_of({&document, 1}) == sphere);
  }
}

TEST_CASE("an undefined sphere is one on which persons differ, so that there is something to provide") {
  const auto document = verify::witness_document({}, state_at("2026-01-01T00:00:00Z"), policy::Usage::presence);
  CHECK(presence::sphere_of({&document, 1}) == std::nullopt);
  CHECK(has(presence::write_document(document), "<rpid:home/>"));
  CHECK(has(presence::write_document(document), "<rpid:work/>"));
}

TEST_CASE("the document says the state's location, the shape to the last digit") {
  policy::State state = located();
  const auto location_of = [&] {
    return presence::location_of(read_again(verify::witness_document({}, state, policy::Usage::presence)));
  };
  CHECK(location_of() == state.location);
  state.location.civic.reset();
  CHECK(location_of() == state.location);
  state.location = {std::nullopt, geo::CivicAddress{{"country", "DE"}}};
  CHECK(location_of() == state.location);
  state.location.civic.reset();
  CHECK(location_of() == state.location);
  state.location.geodetic = geo::Circle{{-89.99999, 180}, 0.125};
  CHECK(location_of() == state.location);
}

TEST_CASE("all timestamps are the state's time") {
  for (const auto& part : verify::witness_document({}, located(), policy::Usage::presence).parts) {
    if (part.kind != presence::PartKind::note) CHECK(part.timestamp == located().time);
  }
}

TEST_CASE("each permission alone shows its element, and without it the element is withheld") {
  const std::string unknown =
      R"(<pr:provide-unknown-attribute ns="urn:y" name="foo">true</pr:provide-unknown-attribute>)";
  const std::vector<Shows> rows = {{given("provide-activities"), "<rpid:activities>"},
                                   {given("provide-class"), "<rpid:class>"},
                                   {given("provide-mood"), "<rpid:mood>"},
                                   {given("provide-place-is"), "<rpid:place-is>"},
                                   {given("provide-place-type"), "<rpid:place-type>"},
                                   {given("provide-privacy"), "<rpid:privacy>"},
                                   {given("provide-relationship"), "<rpid:relationship>"},
                                   {given("provide-sphere"), "<rpid:sphere>"},
                                   {given("provide-status-icon"), "<rpid:status-icon>"},
                                   {given("provide-time-offset"), "<rpid:time-offset>"},
                                   {given("provide-note"), "<note>"},
                                   {user_input("bare"), "<rpid:user-input>"},
                                   {user_input("thresholds"), "<rpid:user-input idle-threshold=\"600\">"},
                                   {user_input("full"), "last-input=\"2026-06-01T11:00:00.25Z\""},
                                   {unknown, ":foo>"},
                                   {"<pr:provide-all-attributes/>", ":attribute-1>"},
                                   {within("5000"), "Circle"},
                                   {"<gp:provide-location/>", "52.520123456789 -13.1"},
                                   {civic("city"), ":A3>Munich<"}};
  const std::string nothing = shown_text(kAllComponents);
  for (const auto& row : rows) {
    INFO(row.permission);
    CHECK(has(shown_text(kAllComponents + row.permission), row.part));
    CHECK_FALSE(has(nothing, row.part));
  }
  // Which a device always shows.
  CHECK(has(shown_text(kServices + given("provide-deviceID")), ":deviceID>"));
  CHECK_FALSE(has(shown_text(kServices), ":deviceID>"));
}

TEST_CASE("what a rule sets in the usage rules shows") {
  const std::string located_too = kAllComponents + "<gp:provide-location/>";
  const std::string published = shown_text(located_too);
  const auto changes = [&](const std::string& permission) { return shown_text(located_too + permission) != published; };
  CHECK(changes("<gp:set-retransmission-allowed>true</gp:set-retransmission-allowed>"));
  CHECK(changes("<gp:set-retention-expiry>86400</gp:set-retention-expiry>"));
  CHECK(changes("<gp:set-note-well>secret</gp:set-note-well>"));
  CHECK(changes("<gp:keep-rule-reference>false</gp:keep-rule-reference>"));
}

TEST_CASE("each selector value selects one component of its own") {
  using presence::PartKind;
  struct Row {
    std::string provide;
    std::string selector;
    PartKind kind;
  };
  const std::vector<Row> rows = {
      {"services", "<pr:class>biz</pr:class>", PartKind::service},
      {"services", "<pr:occurrence-id>t1</pr:occurrence-id>", PartKind::service},
      {"services", "<pr:occurrence-id>service-1</pr:occurrence-id>", PartKind::service},
      {"services", "<pr:occurrence-id>1 t</pr:occurrence-id>", PartKind::service},
      {"services", "<pr:service-uri>sip:alice-1@example.com</pr:service-uri>", PartKind::service},
      {"services", "<pr:service-uri-scheme>sip</pr:service-uri-scheme>", PartKind::service},
      {"services", "<pr:service-uri-scheme>X-Odd</pr:service-uri-scheme>", PartKind::service},
      {"persons", "<pr:class>biz</pr:class>", PartKind::person},
      {"persons", "<pr:occurrence-id>p1</pr:occurrence-id>", PartKind::person},
      {"devices", "<pr:class>class-1</pr:class>", PartKind::device},
      {"devices", "<pr:occurrence-id>d1</pr:occurrence-id>", PartKind::device},
      {"devices", "<pr:deviceID>urn:uuid:00000000-0000-4000-8000-000000000001</pr:deviceID>", PartKind::device}};
  for (const auto& row : rows) {
    INFO(row.provide << " " << row.selector);
    const auto left = shown("<pr:provide-" + row.provide + ">" + row.selector + "</pr:provide-" + row.provide + ">");
    CHECK(left.parts.size() == 1);
    CHECK(count_of(left, row.kind) == 1);
    // Others are there to be withheld.
    CHECK(count_of(
              shown("<pr:provide-" + row.provide + "><pr:all-" + row.provide + "/></pr:provide-" + row.provide + ">"),
              row.kind) == 1);
  }
}

TEST_CASE("an occurrence id of two kinds of component selects in both") {
  const std::string both =
      "<pr:provide-services><pr:occurrence-id>x</pr:occurrence-id></pr:provide-services>"
      "<pr:provide-persons><pr:occurrence-id>x</pr:occurrence-id></pr:provide-persons>";
  const auto left = shown(both);
  CHECK(count_of(left, presence::PartKind::service) == 1);
  CHECK(count_of(left, presence::PartKind::person) == 1);
  CHECK(read_again(left, false) == left);
}

TEST_CASE("geopriv as an unknown attribute shows the one location there is") {
  engine::Readings readings;
  readings.set(engine::Reading::unknown_attribute_location, false);
  const std::string granted =
      kPersons +
      R"(<pr:provide-unknown-attribute ns="urn:ietf:params:xml:ns:pidf:geopriv10" name="geopriv">true</pr:provide-unknown-attribute>)";
  CHECK(has(presence::write_document(shown(granted, located(), readings)), "52.520123456789 -13.1"));
}

TEST_CASE("a location server's document has no more than its location needs") {
  const auto policy =
      policy_of(rule("r", {}, kAllow, "<pr:provide-services><pr:class>biz</pr:class></pr:provide-services>"));
  CHECK(verify::witness_document(policy, located(), policy::Usage::presence).parts.size() == 5);
  CHECK(verify::witness_document(policy, located(), policy::Usage::geolocation).parts.size() == 4);
}

TEST_CASE("ever more named values do not make the document ever larger") {
  std::string selectors;
  std::string attributes;
  for (int i = 0; i < 1500; ++i) {
    selectors += fmt::format("<pr:class>c{}</pr:class>", i);
    attributes +=
        fmt::format(R"(<pr:provide-unknown-attribute ns="urn:x" name="a{}">true</pr:provide-unknown-attribute>)", i);
  }
  const auto policy =
      policy_of(rule("r", {}, kAllow, "<pr:provide-persons>" + selectors + "</pr:provide-persons>" + attributes));
  const auto document =
      verify::witness_document(policy, state_at("2026-01-01T00:00:00Z", "work"), policy::Usage::presence);
  CHECK(document.parts.size() == 4 + verify::kMostSelectorValues);
  const auto unknown = [&](const std::string& name) {
    return document.parts.front().element.child("urn:x", name) != nullptr;
  };
  CHECK(unknown("a0"));
  CHECK(unknown("a99"));
  CHECK_FALSE(unknown("a100"));
}
