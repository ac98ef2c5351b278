#include "semantics/filter_mobicents.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "xml/namespaces.h"

namespace presproof::semantics {
namespace {

namespace ns = xml::ns;
using policy::AttributePermission;
using policy::ComponentKind;
using policy::SelectorKind;
using presence::Element;

/// Which components show an element, and by which permission; nothing: always.
struct Shown {
  std::string_view space;
  std::string_view local;
  std::array<bool, policy::kComponentKinds> in;  ///< by ComponentKind: device, person, service
  std::optional<AttributePermission> by;
};
constexpr std::array kShown = {
    Shown{ns::kPidf, "status", {false, false, true}, std::nullopt},
    Shown{ns::kPidf, "timestamp", {false, false, true}, std::nullopt},
    Shown{ns::kDataModel, "timestamp", {true, true, false}, std::nullopt},
    Shown{ns::kDataModel, "note", {true, true, true}, AttributePermission::note},
    Shown{ns::kDataModel, "deviceID", {false, false, true}, AttributePermission::device_id},
    Shown{ns::kRpid, "activities", {false, true, false}, AttributePermission::activities},
    Shown{ns::kRpid, "mood", {false, true, false}, AttributePermission::mood},
    Shown{ns::kRpid, "place-is", {false, true, false}, AttributePermission::place_is},
    Shown{ns::kRpid, "place-type", {false, true, false}, AttributePermission::place_type},
    Shown{ns::kRpid, "privacy", {false, true, true}, AttributePermission::privacy},
    Shown{ns::kRpid, "relationship", {false, false, true}, AttributePermission::relationship},
    Shown{ns::kRpid, "service-class", {false, false, true}, std::nullopt},
    Shown{ns::kRpid, "sphere", {false, true, false}, AttributePermission::sphere},
    Shown{ns::kRpid, "status-icon", {false, true, true}, AttributePermission::status_icon},
    Shown{ns::kRpid, "time-offset", {false, true, false}, AttributePermission::time_offset},
    Shown{ns::kOmaPres, "service-description", {false, false, true}, std::nullopt},
};

class Showing {
 public:
  explicit Showing(const Permissions& permissions) : permissions_(permissions) {}

  [[nodiscard]] std::optional<Element> component(const Element& element, ComponentKind kind) const {
    if (!is_selected(element, kind)) return std::nullopt;
    Element kept = element;
    if (permissions_.all_attributes) return kept;
    kept.children.clear();
    for (const presence::Node& node : element.children) {
      const auto* child = std::get_if<Element>(&node.value);
      if (child == nullptr || selects(child->local, kind)) kept.children.push_back(node);
      else if (auto shown = attribute(*child, kind)) kept.children.push_back({std::move(*shown)});
    }
    return kept;
  }
  [[nodiscard]] bool is_unknown_and_shown(const Element& element) const { return permissions_.unknown_attributes.contains({element.ns, element.local}); }

 private:
  [[nodiscard]] const ProvidedComponents& of(ComponentKind kind) const { return permissions_.components[static_cast<std::size_t>(kind)]; }

  /// Elements of these names are looked at to select a component, and never taken out of it.
  static bool selects(std::string_view local, ComponentKind kind) {
    return local == "class" || local == "id" || (local == "contact" && kind == ComponentKind::service) || (local == "deviceID" && kind == ComponentKind::device);
  }

  [[nodiscard]] bool is_selected(const Element& element, ComponentKind kind) const {
    if (of(kind).all) return true;
    return std::any_of(element.children.begin(), element.children.end(), [&](const presence::Node& node) {
      const auto* child = std::get_if<Element>(&node.value);
      if (child == nullptr) return false;
      const std::string text = child->text();
      const auto named = [&](SelectorKind selector, const std::string& value) { return of(kind).values[static_cast<std::size_t>(selector)].contains(value); };
      if (child->local == "class") return named(SelectorKind::class_, text);
      if (child->local == "deviceID" && kind == ComponentKind::device) return named(SelectorKind::device_id, text);
      if (child->local != "contact" || kind != ComponentKind::service) return false;
      return named(SelectorKind::service_uri, text) || (text.find(':') != std::string::npos && named(SelectorKind::service_uri_scheme, text.substr(0, text.find(':'))));
    });
  }

  [[nodiscard]] std::optional<Element> attribute(const Element& element, ComponentKind kind) const {
    if (element.is(ns::kRpid, "user-input")) return user_input(element);
    for (const Shown& row : kShown) {
      if (!element.is(row.space, row.local) || !row.in[static_cast<std::size_t>(kind)]) continue;
      const bool shown = !row.by || permissions_.attributes[static_cast<std::size_t>(*row.by)];
      return shown ? std::optional(element) : std::nullopt;
    }
    return is_unknown_and_shown(element) ? std::optional(element) : std::nullopt;
  }

  [[nodiscard]] std::optional<Element> user_input(const Element& element) const {
    if (permissions_.user_input == policy::UserInput::none) return std::nullopt;
    Element kept = element;
    std::erase_if(kept.attributes, [&](const presence::ElementAttribute& attribute) {
      if (!attribute.ns.empty() || permissions_.user_input == policy::UserInput::full) return false;
      return attribute.local == "last-input" || (attribute.local == "idle-threshold" && permissions_.user_input == policy::UserInput::bare);
    });
    return kept;
  }

  const Permissions& permissions_;
};

std::optional<ComponentKind> kind_of(const Element& element) {
  if (element.local == "tuple") return ComponentKind::service;
  if (element.local == "person") return ComponentKind::person;
  if (element.local == "device") return ComponentKind::device;
  return std::nullopt;
}

}  // namespace

presence::Document shown_by_mobicents(const presence::Document& document, const Permissions& permissions) {
  const Showing showing(permissions);
  presence::Document left{.entity = document.entity, .parts = {}};
  for (const presence::Part& part : document.parts) {
    const auto kind = kind_of(part.element);
    std::optional<Element> kept;
    if (kind) kept = showing.component(part.element, *kind);
    else if (permissions.all_attributes || showing.is_unknown_and_shown(part.element)) kept = part.element;
    if (kept) left.parts.push_back({part.kind, part.id, part.timestamp, std::move(*kept)});
  }
  return left;
}

}  // namespace presproof::semantics
