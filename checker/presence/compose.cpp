#include <map>
#include <set>
#include <utility>

#include "base/lexical.h"
#include "presence/document.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

bool is_component(PartKind kind) {
  return kind == PartKind::service || kind == PartKind::person || kind == PartKind::device;
}

/// Whether `given`, which came after `held`, takes its place: the one with the later timestamp, else the later given.
bool replaces(const Part& given, const Part& held) {
  return !given.timestamp || !held.timestamp || *given.timestamp >= *held.timestamp;
}

void append_field(std::string& key, std::string_view field) {
  key += std::to_string(field.size());
  key += ':';
  key += field;
}

/// Equal elements have equal keys and others do not: every field is written with its length. Recursion: see writer.cpp.
void append_key(std::string& key, const Element& element) {
  append_field(key, element.ns);
  append_field(key, element.local);
  std::set<std::string> attributes;  // a set, as equality has it
  for (const ElementAttribute& attribute : element.attributes) {
    std::string one;
    append_field(one, attribute.ns);
    append_field(one, attribute.local);
    append_field(one, attribute.value);
    attributes.insert(std::move(one));
  }
  key += '@' + std::to_string(attributes.size()) + '(';
  for (const std::string& attribute : attributes) key += attribute;
  key += ')';
  for (const Node& node : element.children) {
    if (const auto* child = std::get_if<Element>(&node.value)) {
      key += '<';
      append_key(key, *child);
      key += '>';
    } else {
      append_field(key, std::get<std::string>(node.value));
    }
  }
}

std::string key_of(const Part& part) {
  std::string key;
  append_key(key, part.element);
  return key;
}

/// The value of one <sphere>, or nothing when it has none or two: the names of its child elements, else its text.
std::optional<std::string> sphere_value(const Element& sphere) {
  std::optional<std::string> value;
  for (const Node& node : sphere.children) {
    const auto* child = std::get_if<Element>(&node.value);
    if (child == nullptr) continue;
    if (value && !equal_ignoring_case(*value, child->local)) return std::nullopt;
    if (!value) value = child->local;
  }
  if (value) return value;
  std::string text = sphere.text();
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

Document compose(std::span<const Document> documents) {
  Document composed;
  if (!documents.empty()) composed.entity = documents.front().entity;
  std::map<std::pair<PartKind, std::string>, std::size_t> components;  // to its place in composed.parts
  std::set<std::string> others;                                        // keys of the parts without an id
  for (const Document& document : documents) {
    for (const Part& part : document.parts) {
      if (is_component(part.kind) && !part.id.empty()) {
        const auto [place, added] = components.try_emplace({part.kind, part.id}, composed.parts.size());
        if (added) {
          composed.parts.push_back(part);
        } else if (Part& held = composed.parts[place->second]; replaces(part, held)) {
          held = part;
        }
      } else if (documents.size() == 1 || others.insert(key_of(part)).second) {
        composed.parts.push_back(part);
      }
    }
  }
  return composed;
}

std::optional<std::string> sphere_of(std::span<const Document> documents) {
  std::optional<std::string> agreed;
  for (const Document& document : documents) {
    for (const Part& part : document.parts) {
      if (part.kind != PartKind::person) continue;
      for (const Node& node : part.element.children) {
        const auto* sphere = std::get_if<Element>(&node.value);
        if (sphere == nullptr || !sphere->is(xml::ns::kRpid, "sphere")) continue;
        const auto value = sphere_value(*sphere);
        // A <sphere> without a value agrees with none that has one, and by itself says nothing: undefined.
        if (!value || (agreed && !equal_ignoring_case(*agreed, *value))) return std::nullopt;
        if (!agreed) agreed = value;
      }
    }
  }
  return agreed;
}

}  // namespace presproof::presence
