#include "verify/witness_elements.h"

#include <algorithm>

#include "base/lexical.h"
#include "presence/geopriv.h"
#include "xml/namespaces.h"

namespace presproof::verify {
namespace {

namespace ns = xml::ns;
using presence::Element;
using presence::Node;
using presence::PartKind;

constexpr std::string_view kLocationTypes = "urn:ietf:params:xml:ns:location-type";  // RFC 4589
constexpr std::string_view kSpheres = "urn:example:sphere";

Element with(Element element, std::vector<Element> children) {
  for (Element& child : children) element.children.push_back(Node{std::move(child)});
  return element;
}

void add(Element& element, Element child) { element.children.push_back(Node{std::move(child)}); }

Element rpid(std::string_view local, std::string text = {}) { return make_element(ns::kRpid, local, std::move(text)); }
Element rpid_holding(std::string_view local, std::string_view inner) { return with(rpid(local), {rpid(inner)}); }

/// XML Schema has no year 0000: RFC 3339's first year is written as the next.
Instant in_schema(Instant time) {
  constexpr Instant year_one{-62135596800, 0};
  return std::max(time, year_one);
}
Instant earlier_by(Instant time, std::int64_t seconds) { return in_schema({time.seconds - seconds, time.nanoseconds}); }
Instant later_by(Instant time, std::int64_t seconds) {
  return {std::min(time.seconds + seconds, kEndOfInstants.seconds - 1), 0};
}

/// RFC 4480 section 3.10: an element, `home`, `work` and `unknown` of its own; what is no name stands as text.
Element sphere(const policy::State& state, std::size_t person_number) {
  if (!sphere_can_be_said(state.sphere)) return rpid_holding("sphere", person_number % 2 == 0 ? "home" : "work");
  const std::string& value = *state.sphere;
  if (value == "home" || value == "work" || value == "unknown") return rpid_holding("sphere", value);
  if (is_ncname(value)) return with(rpid("sphere"), {make_element(kSpheres, value)});
  return rpid("sphere", value);
}

Element user_input(Instant time) {
  Element element = rpid("user-input", "idle");
  element.attributes.push_back({"", "idle-threshold", "600"});
  element.attributes.push_back({"", "last-input", to_rfc3339(earlier_by(time, 3600))});
  return element;
}

/// RFC 4119 section 2.2: the most restrictive usage rules but for the reference, so that what a rule sets shows.
Element usage_rules(Instant time) {
  const auto field = [](std::string_view local, std::string text) {
    return make_element(ns::kBasicPolicy, local, std::move(text));
  };
  return with(
      make_element(ns::kGeopriv, "usage-rules"),
      {field("retransmission-allowed", "false"), field("retention-expiry", to_rfc3339(later_by(in_schema(time), 1))),
       field("external-ruleset", "https://example.com/rules/alice"), field("note-well", "as published")});
}

std::optional<Element> geopriv(const policy::State& state) {
  Element info = make_element(ns::kGeopriv, "location-info");
  if (state.location.geodetic) add(info, presence::write_shape(*state.location.geodetic));
  if (state.location.civic && !state.location.civic->empty()) add(info, presence::write_civic(*state.location.civic));
  if (info.children.empty()) return std::nullopt;
  return with(make_element(ns::kGeopriv, "geopriv"),
              {std::move(info), usage_rules(state.time), make_element(ns::kGeopriv, "method", "GPS")});
}

/// What RFC 4480 has for a person.
void add_person_attributes(Element& element, const WitnessComponent& what, const policy::State& state) {
  add(element, rpid_holding("activities", "on-the-phone"));
  add(element, rpid("class", what.class_value));
  add(element, rpid_holding("mood", "happy"));
  add(element, with(rpid("place-is"), {rpid_holding("audio", "noisy")}));
  add(element, with(rpid("place-type"), {make_element(kLocationTypes, "office")}));
  add(element, with(rpid("privacy"), {rpid("audio"), rpid("video")}));
  add(element, sphere(state, what.person_number));
  add(element, rpid("status-icon", "https://example.com/alice.png"));
  add(element, rpid("time-offset", "60"));
  add(element, user_input(state.time));
}

void add_service_attributes(Element& element, const WitnessComponent& what, const policy::State& state) {
  add(element, rpid("class", what.class_value));
  add(element, with(rpid("privacy"), {rpid("text")}));
  add(element, rpid_holding("relationship", "self"));
  add(element, rpid_holding("service-class", "electronic"));
  add(element, rpid("status-icon", "https://example.com/service.png"));
  add(element, user_input(state.time));
  add(element, make_element(ns::kDataModel, "deviceID", what.device_id));
}

void add_device_attributes(Element& element, const WitnessComponent& what, const policy::State& state) {
  add(element, rpid("class", what.class_value));
  add(element, user_input(state.time));
}

Element status() { return with(make_element(ns::kPidf, "status"), {make_element(ns::kPidf, "basic", "open")}); }

}  // namespace

Element make_element(std::string_view in_ns, std::string_view local, std::string text) {
  Element element;
  element.ns = std::string(in_ns);
  element.local = std::string(local);
  if (!text.empty()) element.children.push_back(Node{std::move(text)});
  return element;
}

bool sphere_can_be_said(const std::optional<std::string>& sphere) {
  return sphere && !sphere->empty() && trim_xml_space(*sphere) == *sphere;
}

presence::Part make_witness_component(const WitnessComponent& what, const policy::State& state) {
  const bool service = what.kind == PartKind::service;
  const std::string_view own_ns = service ? ns::kPidf : ns::kDataModel;
  presence::Part part;
  part.kind = what.kind;
  part.id = what.id;
  part.timestamp = in_schema(state.time);
  Element& element = part.element;
  switch (what.kind) {
    case PartKind::person:
      element = make_element(own_ns, "person");
      add_person_attributes(element, what, state);
      break;
    case PartKind::device:
      element = make_element(own_ns, "device");
      add_device_attributes(element, what, state);
      break;
    default:
      element = make_element(own_ns, "tuple");
      add(element, status());
      add_service_attributes(element, what, state);
  }
  element.attributes.push_back({"", "id", what.id});
  for (const auto& [in_ns, name] : what.unknown) add(element, make_element(in_ns, name, "unknown"));
  if (auto location = geopriv(state)) add(element, std::move(*location));
  if (service) add(element, make_element(ns::kPidf, "contact", what.contact));
  if (what.kind == PartKind::device) add(element, make_element(ns::kDataModel, "deviceID", what.device_id));
  add(element, make_element(own_ns, "note", "a note"));
  add(element, make_element(own_ns, "timestamp", to_rfc3339(*part.timestamp)));
  return part;
}

}  // namespace presproof::verify
