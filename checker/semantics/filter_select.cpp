#include "semantics/filter_select.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "uri/uri.h"
#include "xml/namespaces.h"

namespace presproof::semantics {
namespace {

namespace ns = xml::ns;
using policy::SelectorKind;
using presence::Element;

std::vector<std::string> child_texts(const Element& element, std::string_view in_ns, std::string_view name) {
  std::vector<std::string> texts;
  for (const presence::Node& node : element.children) {
    const Element* child = std::get_if<Element>(&node.value);
    if (child != nullptr && child->is(in_ns, name)) texts.push_back(child->text());
  }
  return texts;
}

/// As written: RFC 5025 section 3.3.1.3 compares it case-sensitively.
std::string scheme_of(const std::string& uri) { return uri.substr(0, std::min(uri.find(':'), uri.size())); }

bool one_is_selected(const std::vector<std::string>& published, const std::set<std::string>& selected) {
  return std::any_of(published.begin(), published.end(),
                     [&](const std::string& value) { return !value.empty() && selected.contains(value); });
}

bool one_is_equivalent(const std::vector<std::string>& published, const std::set<std::string>& selected) {
  return std::any_of(published.begin(), published.end(), [&](const std::string& value) {
    if (value.empty()) return false;
    const uri::Uri parsed = uri::parse(value);
    return std::any_of(selected.begin(), selected.end(),
                       [&](const std::string& other) { return uri::equivalent(parsed, uri::parse(other)); });
  });
}

std::optional<policy::ComponentKind> component_kind(presence::PartKind kind) {
  switch (kind) {
    case presence::PartKind::service: return policy::ComponentKind::service;
    case presence::PartKind::person: return policy::ComponentKind::person;
    case presence::PartKind::device: return policy::ComponentKind::device;
    case presence::PartKind::note:
    case presence::PartKind::other: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

bool is_selected(const presence::Part& part, const Permissions& permissions) {
  const auto kind = component_kind(part.kind);
  if (!kind) return false;
  const ProvidedComponents& provided = permissions.components[static_cast<std::size_t>(*kind)];
  if (provided.all) return true;
  const auto selected = [&](SelectorKind selector) -> const std::set<std::string>& {
    return provided.values[static_cast<std::size_t>(selector)];
  };
  if (one_is_selected({part.id}, selected(SelectorKind::occurrence_id))) return true;
  if (one_is_selected(child_texts(part.element, ns::kRpid, "class"), selected(SelectorKind::class_))) return true;
  if (*kind == policy::ComponentKind::device) {
    return one_is_equivalent(child_texts(part.element, ns::kDataModel, "deviceID"), selected(SelectorKind::device_id));
  }
  if (*kind != policy::ComponentKind::service) return false;
  const std::vector<std::string> contacts = child_texts(part.element, ns::kPidf, "contact");
  if (one_is_equivalent(contacts, selected(SelectorKind::service_uri))) return true;
  std::vector<std::string> schemes;
  for (const std::string& contact : contacts) schemes.push_back(scheme_of(contact));
  return one_is_selected(schemes, selected(SelectorKind::service_uri_scheme));
}

}  // namespace presproof::semantics
