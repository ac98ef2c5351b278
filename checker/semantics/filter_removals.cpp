#include "semantics/filter_removals.h"

#include <optional>
#include <span>

#include "base/lexical.h"

namespace presproof::semantics {
namespace {

using policy::WrittenElement;
using presence::Document;
using presence::Element;
using presence::Node;
using presence::Part;

constexpr std::size_t kPrefix = 8;         ///< of `provide-`
constexpr std::size_t kLongestName = 23;

/// All character data in an element and below.
std::string content_of(const Element& element) {
  std::string text;
  for (const Node& node : element.children) {
    const auto* child = std::get_if<Element>(&node.value);
    text += child != nullptr ? content_of(*child) : std::get<std::string>(node.value);
  }
  return text;
}

/// Where an element stands: those below the root are parts of the document.
struct Place {
  Element* parent = nullptr;  ///< null: the root
  std::size_t index = 0;
};

class Removing {
 public:
  explicit Removing(Document document) : document_(std::move(document)) {}

  void apply(const WrittenElement& transformation) {
    if (transformation.name.size() < kPrefix) return;
    const std::string wanted = transformation.name.substr(kPrefix);
    if (wanted.size() > kLongestName) return;
    std::string name = equal_ignoring_case(wanted, "services") ? "tuple" : wanted;
    if (name.starts_with("person")) name = "person";
    auto place = first(name);
    if (!place) return;
    if (equal_ignoring_case(transformation.text, "true")) return;
    if (equal_ignoring_case(transformation.text, "false")) {
      remove(*place);
      std::erase_if(document_.parts, [&](const Part& part) { return equal_ignoring_case(part.element.local, name); });
      return;
    }
    select(*place, name, "all-" + wanted, transformation);
  }
  [[nodiscard]] Document take() { return std::move(document_); }

 private:
  std::optional<Place> first(std::string_view name) {
    for (std::size_t i = 0; i < document_.parts.size(); ++i) {
      if (equal_ignoring_case(document_.parts[i].element.local, name)) return Place{nullptr, i};
      if (auto found = first_below(document_.parts[i].element, name)) return found;
    }
    return std::nullopt;
  }
  static std::optional<Place> first_below(Element& parent, std::string_view name) {
    for (std::size_t i = 0; i < parent.children.size(); ++i) {
      auto* child = std::get_if<Element>(&parent.children[i].value);
      if (child == nullptr) continue;
      if (equal_ignoring_case(child->local, name)) return Place{&parent, i};
      if (auto found = first_below(*child, name)) return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t siblings(const Place& place) const { return place.parent == nullptr ? document_.parts.size() : place.parent->children.size(); }
  /// Null for text.
  [[nodiscard]] const Element* at(const Place& place) const {
    return place.parent == nullptr ? &document_.parts[place.index].element : std::get_if<Element>(&place.parent->children[place.index].value);
  }
  void remove(const Place& place) {
    const auto offset = static_cast<std::ptrdiff_t>(place.index);
    if (place.parent == nullptr) document_.parts.erase(document_.parts.begin() + offset);
    else place.parent->children.erase(place.parent->children.begin() + offset);
  }

  void select(Place place, std::string_view name, std::string_view all_name, const WrittenElement& transformation) {
    bool all = false;
    for (const WrittenElement& child : transformation.children) all = all || equal_ignoring_case(child.name, all_name);
    for (bool is_first = true; place.index < siblings(place);) {
      const Element* element = at(place);
      if (element != nullptr && (!equal_ignoring_case(element->local, name) || (element->after_comment && !is_first))) break;
      is_first = is_first && element == nullptr;
      if (element == nullptr || all || is_selected(place, transformation)) ++place.index;
      else remove(place);
    }
  }

  /// A selector's text, and what it is compared with: nothing when there is no such thing.
  bool is_selected(const Place& place, const WrittenElement& transformation) const {
    const auto contact = content_at_or_after(place, "contact");
    std::optional<std::string> id;
    for (const auto& attribute : at(place)->attributes)
      if (!id && equal_ignoring_case(attribute.local, "id")) id = attribute.value;
    for (const WrittenElement& child : transformation.children) {
      const auto is = [&](std::string_view selector, const std::optional<std::string>& value) { return equal_ignoring_case(child.name, selector) && value && equal_ignoring_case(child.text, *value); };
      if (is("class", content_at_or_after(place, "class")) || is("deviceID", content_at_or_after(place, "deviceID")) || is("occurence-id", id) || is("service-uri", contact)) return true;
      if (contact && contact->find(':') != std::string::npos && is("service-uri-scheme", contact->substr(0, contact->find(':')))) return true;
    }
    return false;
  }

  /// The first element of the name in the component, or else in those after it.
  [[nodiscard]] std::optional<std::string> content_at_or_after(Place place, std::string_view name) const {
    for (; place.index < siblings(place); ++place.index) {
      const Element* element = at(place);
      if (element == nullptr) continue;
      if (const Element* found = find(*element, name)) return content_of(*found);
    }
    return std::nullopt;
  }
  static const Element* find(const Element& element, std::string_view name) {
    if (equal_ignoring_case(element.local, name)) return &element;
    for (const Node& node : element.children) {
      const auto* child = std::get_if<Element>(&node.value);
      if (child == nullptr) continue;
      if (const Element* found = find(*child, name)) return found;
    }
    return nullptr;
  }

  Document document_;
};

}  // namespace

Document without_removed(const Document& document, const std::vector<WrittenElement>& transformations) {
  Removing removing(document);
  for (const WrittenElement& transformation : transformations) removing.apply(transformation);
  return removing.take();
}

}  // namespace presproof::semantics
