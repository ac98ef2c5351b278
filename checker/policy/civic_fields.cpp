#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "policy/elements.h"
#include "policy/location_reader.h"
#include "xml/namespaces.h"

namespace presproof::policy {
namespace {

using diag::Code;

/// The fields of RFC 5139 section 4.1, which include those of RFC 4119.
constexpr std::array<std::string_view, 31> kFields = {
    "country", "A1",  "A2",    "A3",   "A4",      "A5",  "A6",  "PRM",   "PRD",    "RD",  "STS",
    "POD",     "POM", "RDSEC", "RDBR", "RDSUBBR", "HNO", "HNS", "LMK",   "LOC",    "FLR", "NAM",
    "PC",      "BLD", "UNIT",  "ROOM", "SEAT",    "PLC", "PCN", "POBOX", "ADDCODE"};

class FieldReader {
 public:
  FieldReader(Reading& reading, std::span<const std::string_view> namespaces)
      : reading_(reading), namespaces_(namespaces) {}

  void read(const xml::Element& child) {
    const auto [ns, local] = child.name();
    if (local == "civicAddress" && known_namespace(ns)) {
      for_each_child(reading_, child, [&](const xml::Element& field) { read_field(field); });
    } else {
      read_field(child);
    }
  }

  [[nodiscard]] bool never() const { return never_; }
  [[nodiscard]] geo::CivicAddress& fields() { return fields_; }

 private:
  [[nodiscard]] bool known_namespace(std::string_view ns) const {
    return std::ranges::find(namespaces_, ns) != namespaces_.end();
  }

  void read_field(const xml::Element& element) {
    const auto [ns, local] = element.name();
    const bool field_name = std::ranges::find(kFields, local) != kFields.end();
    if (known_namespace(ns)) {
      if (!field_name) report_strange(element);
      add(element, std::string(local));
    } else if (field_name) {
      never_ = true;
      reading_.report(
          Code::wrong_namespace, element.span(),
          fmt::format("{} is in {}, where it is no civic address field: the location matches no place",
                      quoted_tag(element),
                      ns.empty() ? std::string("no namespace") : fmt::format("the namespace {}", quoted(ns))),
          fmt::format("put `<{}>` into the namespace `{}`", local, namespaces_.front()));
    } else if (ns.empty() || local == "civicAddress" || tag_of(element.name()) != Tag::none) {
      never_ = true;
      report_unknown(reading_, element, Place::location);
    } else {
      // RFC 5139 section 3: an address may have elements of other namespaces; they are compared like all others.
      add(element, fmt::format("{{{}}}{}", ns, local));
    }
  }

  /// Of a known namespace, but no field of it: compared as it is, and equal only to the same slip in a published
  /// address.
  void report_strange(const xml::Element& element) {
    const auto word = nearest_word(element.name().local, {kFields.begin(), kFields.end()});
    reading_.report(Code::unexpected_content, element.span(),
                    fmt::format("{} is no civic address field of RFC 5139", quoted_tag(element)),
                    word ? std::optional(fmt::format("write `<{}>`", *word)) : std::nullopt);
  }

  void add(const xml::Element& element, std::string key) {
    expect_attributes_and_lang(reading_, element, {});
    const auto text = simple_text(reading_, element);
    if (!text) {
      never_ = true;
      return;
    }
    const std::string_view value = trim_xml_space(*text);
    const auto [place, added] = fields_.emplace(std::move(key), value);
    if (added || place->second == value) return;
    never_ = true;  // RFC 6772 section 4.2: all are ANDed, and an address has one value for each
    reading_.report(Code::unexpected_content, element.span(),
                    fmt::format("{} is both {} and {}: the location matches no place", quoted_tag(element),
                                quoted(place->second), quoted(value)),
                    "write one `<location>` for each value");
  }

  Reading& reading_;
  std::span<const std::string_view> namespaces_;
  geo::CivicAddress fields_;
  bool never_ = false;
};

}  // namespace

std::optional<geo::CivicAddress> read_civic_fields(Reading& reading, const xml::Element& parent,
                                                   std::span<const std::string_view> namespaces) {
  FieldReader reader(reading, namespaces);
  for_each_child(reading, parent, [&](const xml::Element& child) { reader.read(child); });
  if (reader.never()) return std::nullopt;
  if (reader.fields().empty()) {
    // An AND of nothing would hold everywhere; nobody can have meant that.
    reading.report(Code::profile_mismatch, parent.span(),
                   fmt::format("{} has no civic address field: it matches no place", quoted_tag(parent)),
                   "add fields such as `<country>` and `<A1>`");
    return std::nullopt;
  }
  return std::move(reader.fields());
}

}  // namespace presproof::policy
