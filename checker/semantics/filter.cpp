#include "semantics/filter.h"

#include <algorithm>
#include <string>

#include "semantics/filter_component.h"
#include "semantics/filter_location.h"
#include "semantics/filter_mobicents.h"
#include "semantics/filter_removals.h"
#include "semantics/filter_select.h"
#include "xml/namespaces.h"

namespace presproof::semantics {
namespace {

namespace ns = xml::ns;
using presence::Document;
using presence::Element;
using presence::Node;
using presence::Part;
using presence::PartKind;

Element pidf_element(std::string_view name, std::vector<Node> children) {
  return {.ns = std::string(ns::kPidf), .local = std::string(name), .attributes = {}, .children = std::move(children), .span = {}};
}

Document closed_tuple(const std::string& entity, std::string id) {
  Element basic = pidf_element("basic", {Node{std::string("closed")}});
  Element status = pidf_element("status", {Node{std::move(basic)}});
  Part tuple;
  tuple.kind = PartKind::service;
  tuple.id = std::move(id);
  tuple.element = pidf_element("tuple", {Node{std::move(status)}});
  tuple.element.attributes.push_back({"", "id", tuple.id});
  return {.entity = entity, .parts = {std::move(tuple)}};
}

// RFC 5025 section 3.2.1: no device, no person, "a single service whose basic status is set to closed". Its id is a
// constant that nobody publishes; should somebody do so all the same, the next free one.
Document politely_closed(const Document& document) {
  const std::string constant = "presproof-not-available";
  const auto is_published = [&](const std::string& id) {
    return std::any_of(document.parts.begin(), document.parts.end(), [&](const Part& part) { return part.id == id; });
  };
  Document closed = closed_tuple(document.entity, constant);
  for (int next = 2; is_published(closed.parts.front().id) && closed != document; ++next) {
    closed = closed_tuple(document.entity, constant + "-" + std::to_string(next));
  }
  return closed;
}

Part with_element(const Part& part, Element element) {
  return {.kind = part.kind, .id = part.id, .timestamp = part.timestamp, .element = std::move(element)};
}

Document allowed(const Document& document, const Permissions& permissions, const LocationFilter& location) {
  const ComponentFilter components(permissions, location);
  // RFC 5025 names no permission for a note of the whole document: it follows that of the others. Without a permission for
  // any component nothing about the presentity is shown, and no such note either.
  const bool note = (permissions.all_attributes ||
                     permissions.attributes[static_cast<std::size_t>(policy::AttributePermission::note)]) &&
                    std::any_of(permissions.components.begin(), permissions.components.end(),
                                [](const ProvidedComponents& provided) { return provided.any(); });
  Document left{.entity = document.entity, .parts = {}};
  for (const Part& part : document.parts) {
    if (part.kind == PartKind::note) {
      if (!note) continue;
      if (auto kept = components.keep(part.element)) left.parts.push_back(with_element(part, std::move(*kept)));
    } else if (is_selected(part, permissions)) {
      left.parts.push_back(with_element(part, components.filter(part)));
    }
  }
  return left;
}

Document located(const Document& document, const LocationFilter& location) {
  Document left{.entity = document.entity, .parts = {}};
  for (const Part& part : document.parts) {
    if (auto element = location_only(part, location)) left.parts.push_back(with_element(part, std::move(*element)));
  }
  return left;
}

}  // namespace

std::optional<Document> filter(const Decision& decision, const Document& document, const policy::State& state,
                               const Options& options, const FilterOptions& filter_options) {
  const Permissions& permissions = decision.permissions;
  const bool is_allowed = permissions.sub_handling == policy::SubHandling::allow;
  switch (options.profile->filtering) {
    case engine::Filtering::shows_what_is_granted: break;
    // A politely blocked watcher is sent no document at all.
    case engine::Filtering::shows_what_is_not_removed: return is_allowed ? std::optional(without_removed(document, decision.transformations)) : std::nullopt;
    case engine::Filtering::shows_status_whole: return is_allowed ? std::optional(shown_by_mobicents(document, permissions)) : std::nullopt;
    case engine::Filtering::shows_all_or_nothing:
      if (permissions.sub_handling == policy::SubHandling::block) return std::nullopt;
      return is_allowed ? document : Document{.entity = document.entity, .parts = {}};
  }
  const LocationFilter location(permissions, state, options, filter_options, document.entity);
  switch (permissions.sub_handling) {
    case policy::SubHandling::block:
    case policy::SubHandling::confirm: return std::nullopt;
    case policy::SubHandling::polite_block: return politely_closed(document);
    case policy::SubHandling::allow: break;
  }
  if (options.usage == policy::Usage::geolocation) return located(document, location);
  return allowed(document, permissions, location);
}

}  // namespace presproof::semantics
