#include "policy/permission_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "policy/location_reader.h"
#include "policy/meant.h"
#include "policy/older_dialect.h"
#include "xml/namespaces.h"

namespace presproof::policy {
namespace {

using diag::Code;

using PermissionReader = void (*)(Reading&, const xml::Element&, std::vector<Permission>&);

/// A reader that appends what `read` finds, if anything.
template <auto read>
void append(Reading& reading, const xml::Element& element, std::vector<Permission>& permissions) {
  if (auto value = read(reading, element)) permissions.push_back({std::move(*value), element.span()});
}

std::optional<SubHandling> read_sub_handling(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  const auto text = simple_text(reading, element);
  if (!text) return std::nullopt;
  // xs:token: white space collapses.
  const auto index = read_enumeration(reading, element, trim_xml_space(*text), kSubHandlingNames);
  return index ? std::optional(static_cast<SubHandling>(*index)) : std::nullopt;
}

std::optional<UserInput> read_user_input(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  const auto text = simple_text(reading, element);
  if (!text) return std::nullopt;
  // RFC 5025 section 7 has an xs:string here: blanks around the value are part of it, and make it another one.
  const auto index = read_enumeration(reading, element, *text, kUserInputNames);
  return index ? std::optional(static_cast<UserInput>(*index)) : std::nullopt;
}

template <AttributePermission attribute>
std::optional<ProvideAttribute> read_attribute(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  const auto value = read_boolean(reading, element);
  return value ? std::optional(ProvideAttribute{attribute, *value}) : std::nullopt;
}

/// RFC 5025 section 3.3.1: which selectors suit which component. Class and occurrence-id suit all.
struct ComponentInfo {
  Tag all;
  Tag first_own;
  Tag last_own;

  [[nodiscard]] constexpr bool selected_by(Tag tag) const {
    return tag == Tag::class_ || tag == Tag::occurrence_id || (tag >= first_own && tag <= last_own);
  }
};
constexpr std::array<ComponentInfo, kComponentKinds> kComponents = {
    ComponentInfo{Tag::all_devices, Tag::device_id, Tag::device_id},
    ComponentInfo{Tag::all_persons, Tag::class_, Tag::occurrence_id},
    ComponentInfo{Tag::all_services, Tag::service_uri, Tag::service_uri_scheme},
};

constexpr SelectorKind selector_of(Tag tag) {
  return static_cast<SelectorKind>(static_cast<std::size_t>(tag) - static_cast<std::size_t>(Tag::class_));
}
static_assert(selector_of(Tag::occurrence_id) == SelectorKind::occurrence_id &&
              selector_of(Tag::device_id) == SelectorKind::device_id &&
              selector_of(Tag::service_uri) == SelectorKind::service_uri &&
              selector_of(Tag::service_uri_scheme) == SelectorKind::service_uri_scheme);

bool is_scheme(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && letter(text.front()) && std::ranges::all_of(text, [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

/// A selector's value, or nothing when it could select nothing.
std::optional<std::string> read_selector(Reading& reading, const xml::Element& element, SelectorKind kind) {
  expect_attributes(reading, element, {});
  const auto text = simple_text(reading, element);
  if (!text) return std::nullopt;
  std::string value(trim_xml_space(*text));
  if (kind == SelectorKind::service_uri_scheme && !is_scheme(value)) {
    const std::string_view before_colon = std::string_view(value).substr(0, value.find(':'));
    reading.report(
        Code::invalid_value, element.span(),
        fmt::format("{} is {}, which is no URI scheme: it selects nothing", quoted_tag(element), quoted(value)),
        is_scheme(before_colon) ? fmt::format("write `{}`", before_colon) : "write a scheme such as `sip`");
    return std::nullopt;
  }
  if ((kind == SelectorKind::service_uri || kind == SelectorKind::device_id) && !uri::well_formed(value)) {
    const bool scheme = !uri::parse(value).scheme.empty();
    const auto meant = scheme ? meant_uri(value) : std::nullopt;
    reading.report(scheme ? Code::invalid_uri : Code::invalid_value, element.span(),
                   fmt::format("{} is {}, which is no URI", quoted_tag(element), quoted(value)),
                   meant ? fmt::format("write {}", quoted(*meant)) : "write the whole URI");
    if (value.empty()) return std::nullopt;  // any other text is kept: it still equals itself
  }
  return value;
}

template <ComponentKind kind>
std::optional<ProvideComponents> read_components(Reading& reading, const xml::Element& element) {
  const ComponentInfo& component = kComponents[static_cast<std::size_t>(kind)];
  expect_attributes(reading, element, {});
  ProvideComponents provide;
  provide.kind = kind;
  std::optional<xml::Element> selector_seen;
  for_each_child(reading, element, [&](const xml::Element& child) {
    const Tag tag = tag_of(child.name());
    if (tag == component.all) {
      expect_attributes(reading, child, {});
      expect_empty(reading, child);
      if (std::exchange(provide.all, true)) {
        reading.report(Code::unexpected_content, child.span(),
                       fmt::format("{} has a second {}", quoted_tag(element), quoted_tag(child)), "keep one");
      }
    } else if (component.selected_by(tag)) {
      selector_seen = child;
      const SelectorKind selector = selector_of(tag);
      if (auto value = read_selector(reading, child, selector)) {
        provide.values[static_cast<std::size_t>(selector)].push_back(std::move(*value));
      }
    } else if (tag >= Tag::all_devices && tag <= Tag::service_uri_scheme) {
      reading.report(
          Code::misplaced_element, child.span(),
          fmt::format("{} does not belong in {}: it selects nothing", quoted_tag(child), quoted_tag(element)),
          "move it to the component that it selects, or remove it");
    } else {
      selector_seen = child;
      report_unknown(reading, child, Place::components);
    }
  });
  if (provide.all && selector_seen) {
    reading.report(
        Code::all_beside_selectors, selector_seen->span(),
        fmt::format("{} selects beside an element that provides all: everything is shown", quoted_tag(*selector_seen)),
        "keep one or the other");
  }
  return provide;
}

std::optional<ProvideUnknownAttribute> read_unknown_attribute(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {"ns", "name"});
  const xml::Attribute* ns = required_attribute(reading, element, "ns", "it is ignored");
  const xml::Attribute* name = required_attribute(reading, element, "name", "it is ignored");
  const auto value = read_boolean(reading, element);
  if (name != nullptr && !is_ncname(name->value)) {
    // RFC 5025 section 3.3.2.14: an unqualified name; with a prefix or a blank it is no element's.
    const std::string_view local = name->value.substr(name->value.rfind(':') + 1);
    const bool prefixed = is_ncname(local) && is_ncname(name->value.substr(0, name->value.find(':')));
    reading.report(prefixed ? Code::unknown_attribute_prefixed : Code::invalid_value, name->span,
                   fmt::format("the `name` {} of {} is no unqualified element name: it is ignored", quoted(name->value),
                               quoted_tag(element)),
                   is_ncname(local) ? std::optional(fmt::format("write {}", quoted(local))) : std::nullopt);
    return std::nullopt;
  }
  if (ns == nullptr || name == nullptr || !value) return std::nullopt;
  return ProvideUnknownAttribute{std::string(ns->value), std::string(name->value), *value};
}

std::optional<ProvideAllAttributes> read_all_attributes(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  expect_empty(reading, element);
  return ProvideAllAttributes{};
}

constexpr auto kActions = by_tag<PermissionReader>({{Tag::sub_handling, append<read_sub_handling>}});

constexpr auto kTransformations = by_tag<PermissionReader>({
    {Tag::provide_devices, append<read_components<ComponentKind::device>>},
    {Tag::provide_persons, append<read_components<ComponentKind::person>>},
    {Tag::provide_services, append<read_components<ComponentKind::service>>},
    {Tag::provide_activities, append<read_attribute<AttributePermission::activities>>},
    {Tag::provide_class, append<read_attribute<AttributePermission::class_>>},
    {Tag::provide_device_id, append<read_attribute<AttributePermission::device_id>>},
    {Tag::provide_mood, append<read_attribute<AttributePermission::mood>>},
    {Tag::provide_place_is, append<read_attribute<AttributePermission::place_is>>},
    {Tag::provide_place_type, append<read_attribute<AttributePermission::place_type>>},
    {Tag::provide_privacy, append<read_attribute<AttributePermission::privacy>>},
    {Tag::provide_relationship, append<read_attribute<AttributePermission::relationship>>},
    {Tag::provide_sphere, append<read_attribute<AttributePermission::sphere>>},
    {Tag::provide_status_icon, append<read_attribute<AttributePermission::status_icon>>},
    {Tag::provide_time_offset, append<read_attribute<AttributePermission::time_offset>>},
    {Tag::provide_note, append<read_attribute<AttributePermission::note>>},
    {Tag::provide_user_input, append<read_user_input>},
    {Tag::provide_unknown_attribute, append<read_unknown_attribute>},
    {Tag::provide_all_attributes, append<read_all_attributes>},
    {Tag::set_retransmission_allowed, append<read_retransmission>},
    {Tag::set_retention_expiry, append<read_retention>},
    {Tag::set_note_well, append<read_note_well>},
    {Tag::keep_rule_reference, append<read_keep_rule_reference>},
    {Tag::provide_location, read_provide_location},
    {Tag::civic_loc_transformation, append<read_civic_loc_transformation>},
    {Tag::geospatial_loc_transformation, append<read_geospatial_loc_transformation>},
    {Tag::distribution_transformation, append<older<read_retransmission>>},
    {Tag::retention_transformation, append<older<read_retention>>},
    {Tag::note_well_transformation, append<older<read_note_well>>},
    {Tag::keep_rules_transformation, append<older<read_keep_rule_reference>>},
});

}  // namespace

std::optional<SetRetransmissionAllowed> read_retransmission(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  const auto value = read_boolean(reading, element, false);  // RFC 6772 section 8: default="false"
  return value ? std::optional(SetRetransmissionAllowed{*value}) : std::nullopt;
}

std::optional<KeepRuleReference> read_keep_rule_reference(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  const auto value = read_boolean(reading, element, false);  // RFC 6772 section 8: default="false"
  return value ? std::optional(KeepRuleReference{*value}) : std::nullopt;
}

std::optional<SetRetentionExpiry> read_retention(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  const auto text = simple_text(reading, element);
  if (!text) return std::nullopt;
  if (text->empty()) return SetRetentionExpiry{0};  // RFC 6772 section 8: default="0"
  const auto seconds = parse_xs_integer(*text);
  if (seconds && *seconds >= 0) return SetRetentionExpiry{*seconds};
  // RFC 6772 section 6.2: "a non-negative integer".
  reading.report(
      Code::invalid_value, element.span(),
      fmt::format("{} is {}, but has to be a whole number of seconds, at least 0", quoted_tag(element), quoted(*text)),
      "write a number of seconds such as `86400`");
  return std::nullopt;
}

std::optional<SetNoteWell> read_note_well(Reading& reading, const xml::Element& element) {
  expect_attributes_and_lang(reading, element, {});
  const auto text = simple_text(reading, element);
  if (!text) return std::nullopt;
  SetNoteWell note{std::nullopt, std::string(trim_xml_space(*text))};
  if (const xml::Attribute* lang = element.attribute(xml::Name{xml::ns::kXml, "lang"}))
    note.lang = std::string(lang->value);
  return note;
}

void read_permissions(Reading& reading, const xml::Element& element, Place place,
                      std::vector<Permission>& permissions) {
  expect_attributes(reading, element, {});
  const ByTag<PermissionReader>& readers = place == Place::actions ? kActions : kTransformations;
  for_each_child(reading, element, [&](const xml::Element& child) {
    if (const PermissionReader read = reader_of(readers, tag_of(child.name()))) {
      read(reading, child, permissions);
    } else {
      report_unknown(reading, child, place);
      permissions.push_back(
          {UnknownPermission{std::string(child.name().ns), std::string(child.name().local)}, child.span()});
    }
  });
}

}  // namespace presproof::policy
