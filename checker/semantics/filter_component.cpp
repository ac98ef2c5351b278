#include "semantics/filter_component.h"

#include <string>

#include "base/overloaded.h"
#include "presence/known_elements.h"
#include "xml/namespaces.h"

namespace presproof::semantics {
namespace {

namespace ns = xml::ns;
using presence::Element;
using presence::Node;
using presence::PartKind;

/// The element without content, and without attributes but the id: no permission gives the others.
Element shell_of(const Element& element) {
  Element shell{.ns = element.ns, .local = element.local, .attributes = {}, .children = {}, .span = element.span};
  for (const presence::ElementAttribute& attribute : element.attributes) {
    if (attribute.ns.empty() && attribute.local == "id") shell.attributes.push_back(attribute);
  }
  return shell;
}

/// `shell` with those children of `source` that `filter_child` leaves. Text between elements has no permission.
template <class FilterChild>
Element with_children(Element shell, const Element& source, FilterChild&& filter_child) {
  for (const Node& node : source.children) {
    const Element* child = std::get_if<Element>(&node.value);
    if (child == nullptr) continue;
    if (std::optional<Element> left = filter_child(*child)) shell.children.push_back(Node{std::move(*left)});
  }
  return shell;
}

bool is_geopriv(const Element& element) { return element.is(ns::kGeopriv, "geopriv"); }
bool is_status(const Element& element) { return element.is(ns::kPidf, "status"); }

}  // namespace

Element ComponentFilter::filter(const presence::Part& part) const {
  Element shell = shell_of(part.element);
  if (permissions_.all_attributes) shell.attributes = part.element.attributes;
  return with_children(std::move(shell), part.element, [&](const Element& child) -> std::optional<Element> {
    if (!is_status(child)) return filter_child(child, {part.kind, false});
    Element status = filter_status(child, part.kind);
    // RFC 3863's schema wants a status in every tuple; elsewhere it is nothing but a container.
    if (part.kind != PartKind::service && status.children.empty()) return std::nullopt;
    return status;
  });
}

Element ComponentFilter::filter_status(const Element& status, PartKind component) const {
  Element shell{.ns = status.ns, .local = status.local, .attributes = {}, .children = {}, .span = status.span};
  if (permissions_.all_attributes) shell.attributes = status.attributes;
  return with_children(std::move(shell), status,
                       [&](const Element& child) { return filter_child(child, {component, true}); });
}

std::optional<Element> ComponentFilter::filter_child(const Element& child, Place place) const {
  if (is_geopriv(child)) return location_.reduce(child);
  if (child.is(ns::kRpid, "user-input")) return filter_user_input(child);
  if (!is_granted(child, place)) return std::nullopt;
  return keep(child);
}

bool ComponentFilter::is_granted(const Element& child, Place place) const {
  if (permissions_.all_attributes) return true;  // RFC 5025 section 3.3.2.15
  const auto known = presence::find_known(child.ns, child.local);
  // RFC 5025 section 3.3.2.14; a known element is never granted by that.
  if (!known) return permissions_.unknown_attributes.contains({child.ns, child.local});
  // RFC 5025 section 3.3.2: <basic> in the status, the others directly in the component.
  const bool at_home = place.in_status == child.is(ns::kPidf, "basic");
  if (at_home && known->always_shown_in(place.component)) return true;
  return std::visit(Overloaded{
                        [](presence::NoPermission) { return false; },
                        [&](policy::AttributePermission attribute) {
                          return permissions_.attributes[static_cast<std::size_t>(attribute)];
                        },
                        [&](presence::UserInputPermission) {
                          return permissions_.user_input != policy::UserInput::none;
                        },
                        [](presence::LocationPermission) { return false; },
                    },
                    known->permission);
}

// RFC 5025 section 3.3.2.12, where `since` is what RPID calls last-input. The id says nothing about the user.
std::optional<Element> ComponentFilter::filter_user_input(const Element& user_input) const {
  const policy::UserInput level = permissions_.all_attributes ? policy::UserInput::full : permissions_.user_input;
  if (level == policy::UserInput::none) return std::nullopt;
  std::optional<Element> kept = keep(user_input);
  if (!kept || level == policy::UserInput::full) return kept;
  std::erase_if(kept->attributes, [&](const presence::ElementAttribute& attribute) {
    if (!attribute.ns.empty()) return true;
    const bool shown = attribute.local == "id" ||
                       (attribute.local == "idle-threshold" && level == policy::UserInput::thresholds);
    return !shown;
  });
  return kept;
}

// The depth of documents is limited by xml::Limits.
std::optional<Element> ComponentFilter::keep(const Element& element) const {
  if (is_geopriv(element)) return location_.reduce(element);
  Element kept{.ns = element.ns, .local = element.local, .attributes = element.attributes, .children = {}, .span = element.span};
  for (const Node& node : element.children) {
    const Element* child = std::get_if<Element>(&node.value);
    if (child == nullptr) {
      kept.children.push_back(node);
    } else if (std::optional<Element> left = keep(*child)) {
      kept.children.push_back(Node{std::move(*left)});
    }
  }
  return kept;
}

std::optional<Element> location_only(const presence::Part& part, const LocationFilter& location) {
  const PartKind kind = part.kind;
  if (kind != PartKind::service && kind != PartKind::person && kind != PartKind::device) return std::nullopt;
  bool any_location = false;
  const auto location_of = [&](const Element& child) -> std::optional<Element> {
    if (!is_geopriv(child)) return std::nullopt;
    std::optional<Element> left = location.reduce(child);
    any_location |= left.has_value();
    return left;
  };
  const auto filter_child = [&](const Element& child) -> std::optional<Element> {
    if (is_status(child)) {
      Element status{.ns = child.ns, .local = child.local, .attributes = {}, .children = {}, .span = child.span};
      status = with_children(std::move(status), child, location_of);
      if (kind != PartKind::service && status.children.empty()) return std::nullopt;
      return status;
    }
    const bool of_component = child.is(ns::kPidf, "timestamp") || child.is(ns::kDataModel, "timestamp") ||
                              (kind == PartKind::device && child.is(ns::kDataModel, "deviceID"));
    return of_component ? std::optional(child) : location_of(child);
  };
  Element left = with_children(shell_of(part.element), part.element, filter_child);
  if (!any_location) return std::nullopt;
  return left;
}

}  // namespace presproof::semantics
