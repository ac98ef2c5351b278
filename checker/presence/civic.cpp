#include <algorithm>
#include <array>

#include "presence/geopriv.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

namespace ns = xml::ns;

/// The schema of RFC 5139 section 4, an xs:sequence.
constexpr std::array<std::string_view, 31> kFieldOrder = {
    "country", "A1",  "A2",    "A3",   "A4",      "A5",  "A6",  "PRM",   "PRD",    "RD",  "STS",
    "POD",     "POM", "RDSEC", "RDBR", "RDSUBBR", "HNO", "HNS", "LMK",   "LOC",    "FLR", "NAM",
    "PC",      "BLD", "UNIT",  "ROOM", "SEAT",    "PLC", "PCN", "POBOX", "ADDCODE"};

bool is_civic_namespace(std::string_view name) { return name == ns::kCivicAddr || name == ns::kCivicLoc; }

Element field_element(std::string_view key, const std::string& text) {
  Element field;
  const std::size_t end = key.starts_with('{') ? key.find('}') : std::string_view::npos;
  if (end == std::string_view::npos) {
    field.ns = std::string(ns::kCivicAddr);
    field.local = std::string(key);
  } else {
    field.ns = std::string(key.substr(1, end - 1));
    field.local = std::string(key.substr(end + 1));
  }
  if (!text.empty()) field.children.push_back({text});
  return field;
}

}  // namespace

std::optional<geo::CivicAddress> read_civic(const Element& element) {
  if (element.local != "civicAddress" || !is_civic_namespace(element.ns)) return std::nullopt;
  geo::CivicAddress address;
  for (const Node& node : element.children) {
    const auto* field = std::get_if<Element>(&node.value);
    if (field == nullptr) continue;
    std::string text = field->text();
    if (text.empty()) continue;
    // RFC 6848: extensions are elements of other namespaces.
    std::string key = is_civic_namespace(field->ns) ? field->local : "{" + field->ns + "}" + field->local;
    address.emplace(std::move(key), std::move(text));
  }
  return address;
}

Element write_civic(const geo::CivicAddress& address) {
  Element element;
  element.ns = std::string(ns::kCivicAddr);
  element.local = "civicAddress";
  for (const std::string_view name : kFieldOrder) {
    const auto field = address.find(std::string(name));
    if (field != address.end()) element.children.push_back({field_element(name, field->second)});
  }
  // The map's order puts fields that no schema has before the extensions, whose keys begin with a brace.
  for (const auto& [key, text] : address) {
    if (std::find(kFieldOrder.begin(), kFieldOrder.end(), key) == kFieldOrder.end()) {
      element.children.push_back({field_element(key, text)});
    }
  }
  return element;
}

}  // namespace presproof::presence
