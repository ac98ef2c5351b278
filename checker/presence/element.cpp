#include <algorithm>

#include "base/lexical.h"
#include "presence/document.h"

namespace presproof::presence {

const Element* Element::child(std::string_view in_ns, std::string_view name) const {
  for (const Node& node : children) {
    const auto* element = std::get_if<Element>(&node.value);
    if (element != nullptr && element->is(in_ns, name)) return element;
  }
  return nullptr;
}

std::optional<std::string_view> Element::attribute(std::string_view name) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const ElementAttribute& attribute) {
    return attribute.ns.empty() && attribute.local == name;
  });
  if (found == attributes.end()) return std::nullopt;
  return found->value;
}

std::string Element::text() const {
  std::string joined;
  for (const Node& node : children) {
    if (const auto* piece = std::get_if<std::string>(&node.value)) joined += *piece;
  }
  return std::string(trim_xml_space(joined));
}

/// Attributes are a set in XML: their order means nothing.
bool operator==(const Element& a, const Element& b) {
  const auto same_attributes = [&] {
    return std::is_permutation(a.attributes.begin(), a.attributes.end(), b.attributes.begin(), b.attributes.end());
  };
  return a.local == b.local && a.ns == b.ns && same_attributes() && a.children == b.children;
}

}  // namespace presproof::presence
