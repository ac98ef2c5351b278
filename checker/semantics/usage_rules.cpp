#include "semantics/usage_rules.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>

#include "xml/namespaces.h"

namespace presproof::semantics {
namespace {

namespace ns = xml::ns;
using presence::Element;
using presence::Node;

/// RFC 4119's schema has the fields in its basicPolicy namespace and its examples have them in geopriv10: both are
/// met, so both count.
bool is_field(const Element& element, std::string_view name) {
  return element.is(ns::kBasicPolicy, name) || element.is(ns::kGeopriv, name);
}

bool is_field(const Node& node, std::string_view name) {
  const Element* element = std::get_if<Element>(&node.value);
  return element != nullptr && is_field(*element, name);
}

void remove_fields(Element& usage_rules, std::string_view name) {
  std::erase_if(usage_rules.children, [&](const Node& node) { return is_field(node, name); });
}

/// Where a field goes when it is not there yet: RFC 4119's schema is a sequence.
constexpr std::array<std::string_view, 4> kOrder = {"retransmission-allowed", "retention-expiry", "external-ruleset",
                                                    "note-well"};

std::size_t place_for(const Element& usage_rules, std::string_view name) {
  const auto self = std::find(kOrder.begin(), kOrder.end(), name);
  std::size_t place = 0;
  for (std::size_t i = 0; i < usage_rules.children.size(); ++i) {
    const bool earlier = std::any_of(kOrder.begin(), self, [&](std::string_view other) {
      return is_field(usage_rules.children[i], other);
    });
    if (earlier) place = i + 1;
  }
  return place;
}

/// Gives the field this text, as its only occurrence and, when it was there, in its place and namespace.
void set_field(Element& usage_rules, std::string_view name, const std::string& text,
               const std::optional<std::string>& lang = std::nullopt) {
  Element field{.ns = std::string(ns::kBasicPolicy), .local = std::string(name), .attributes = {}, .children = {}, .span = {}};
  std::size_t place = place_for(usage_rules, name);
  for (std::size_t i = 0; i < usage_rules.children.size(); ++i) {
    if (!is_field(usage_rules.children[i], name)) continue;
    field.ns = std::get<Element>(usage_rules.children[i].value).ns;
    place = i;
    break;
  }
  remove_fields(usage_rules, name);
  if (lang) field.attributes.push_back({std::string(ns::kXml), "lang", *lang});
  if (!text.empty()) field.children.push_back(Node{text});
  place = std::min(place, usage_rules.children.size());
  usage_rules.children.insert(usage_rules.children.begin() + static_cast<std::ptrdiff_t>(place),
                              Node{std::move(field)});
}

/// The last instant that can be written when the sum lies beyond.
Instant later_by(Instant time, std::int64_t seconds) {
  if (seconds >= kEndOfInstants.seconds - time.seconds) return Instant{kEndOfInstants.seconds - 1, 0};
  return Instant{time.seconds + seconds, time.nanoseconds};
}

/// No rule combines two texts (RFC 6772 section 6.3): all are kept, a line each. The language is named when it is one.
void set_note_well(Element& usage_rules, const std::set<policy::SetNoteWell>& notes) {
  std::string text;
  std::optional<std::string> lang = notes.begin()->lang;
  for (const policy::SetNoteWell& note : notes) {
    if (&note != &*notes.begin()) text += '\n';
    text += note.text;
    if (note.lang != lang) lang.reset();
  }
  set_field(usage_rules, "note-well", text, lang);
}

bool changes_anything(const Permissions& permissions) {
  return permissions.set_retransmission_allowed || permissions.set_retention_expiry_s ||
         !permissions.set_note_well.empty() || permissions.keep_rule_reference == false;
}

/// The <usage-rules> of a <geopriv>, made behind <location-info> when there is none and `make` says so.
Element* find_usage_rules(Element& geopriv, bool make) {
  std::size_t place = 0;
  for (std::size_t i = 0; i < geopriv.children.size(); ++i) {
    Element* child = std::get_if<Element>(&geopriv.children[i].value);
    if (child == nullptr) continue;
    if (child->is(ns::kGeopriv, "usage-rules")) return child;
    if (child->is(ns::kGeopriv, "location-info")) place = i + 1;
  }
  if (!make) return nullptr;
  Element usage_rules{.ns = std::string(ns::kGeopriv), .local = "usage-rules", .attributes = {}, .children = {}, .span = {}};
  const auto made = geopriv.children.insert(geopriv.children.begin() + static_cast<std::ptrdiff_t>(place),
                                            Node{std::move(usage_rules)});
  return &std::get<Element>(made->value);
}

}  // namespace

void apply_usage_rules(Element& geopriv, const Permissions& permissions, Instant now) {
  if (!changes_anything(permissions)) return;
  const bool sets = permissions.set_retransmission_allowed || permissions.set_retention_expiry_s ||
                    !permissions.set_note_well.empty();
  Element* usage_rules = find_usage_rules(geopriv, sets);
  if (usage_rules == nullptr) return;
  if (permissions.set_retransmission_allowed) {
    set_field(*usage_rules, "retransmission-allowed", *permissions.set_retransmission_allowed ? "true" : "false");
  }
  if (permissions.set_retention_expiry_s) {
    set_field(*usage_rules, "retention-expiry", to_rfc3339(later_by(now, *permissions.set_retention_expiry_s)));
  }
  // RFC 6772 section 6.4: false removes the reference, true and nothing keep it.
  if (permissions.keep_rule_reference == false) {
    remove_fields(*usage_rules, "external-ruleset");
    remove_fields(*usage_rules, "ruleset-reference");
  }
  if (!permissions.set_note_well.empty()) set_note_well(*usage_rules, permissions.set_note_well);
}

}  // namespace presproof::semantics
