#include "presence/filter_tree.h"

#include <algorithm>

#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

bool matches(const NameTest& name, const Element& element) { return name.any || element.is(name.ns, name.local); }

/// XPath 1.0 section 5.2: all text inside, in order. Recursion: as deep as the document.
void append_string_value(std::string& text, const Element& element) {
  for (const Node& node : element.children) {
    if (const auto* child = std::get_if<Element>(&node.value)) {
      append_string_value(text, *child);
    } else {
      text += std::get<std::string>(node.value);
    }
  }
}

/// Whether the element's text is `expected`: looks no further than the first difference. `rest` is what is still
/// expected.
bool consume_string_value(std::string_view& rest, const Element& element) {
  for (const Node& node : element.children) {
    if (const auto* child = std::get_if<Element>(&node.value)) {
      if (!consume_string_value(rest, *child)) return false;
    } else {
      const std::string& piece = std::get<std::string>(node.value);
      if (!rest.starts_with(piece)) return false;
      rest.remove_prefix(piece.size());
    }
  }
  return true;
}

/// XPath 1.0 section 3.4: a number literal compares numbers, a string literal is compared as it is by `=` and as a
/// number by `<` and `>`; what is not a number is in no relation.
std::optional<double> number_literal(const FilterTest& test) {
  if (const auto* number = std::get_if<double>(&test.literal)) return *number;
  return xpath_number(std::get<std::string>(test.literal));
}

bool compares_text(const FilterTest& test) {
  return test.comparison == Comparison::equal && std::holds_alternative<std::string>(test.literal);
}

bool number_compares(const FilterTest& test, std::string_view text) {
  const auto value = xpath_number(text);
  const auto literal = number_literal(test);
  if (!value || !literal) return false;
  switch (test.comparison) {
    case Comparison::equal:
      return *value == *literal;
    case Comparison::less:
      return *value < *literal;
    case Comparison::greater:
      return *value > *literal;
  }
  return false;
}

bool compares(const FilterTest& test, const Element& element) {
  if (compares_text(test)) {
    std::string_view rest = std::get<std::string>(test.literal);
    return consume_string_value(rest, element) && rest.empty();
  }
  std::string text;
  append_string_value(text, element);
  return number_compares(test, text);
}

bool attribute_compares(const FilterTest& test, const NameTest& name, const Element& element) {
  const auto index = find_attribute(element, name);
  if (!index) return false;
  const std::string& value = element.attributes[*index].value;
  return compares_text(test) ? value == std::get<std::string>(test.literal) : number_compares(test, value);
}

}  // namespace

std::optional<std::size_t> find_attribute(const Element& element, const NameTest& name) {
  const auto found = std::find_if(
      element.attributes.begin(), element.attributes.end(),
      [&](const ElementAttribute& attribute) { return attribute.local == name.local && attribute.ns == name.ns; });
  if (found == element.attributes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - element.attributes.begin());
}

FilterTree::FilterTree(const Document& document) {
  root_.ns = std::string(xml::ns::kPidf);
  root_.local = "presence";
  if (!document.entity.empty()) root_.attributes.push_back({"", "entity", document.entity});
  for (const Part& part : document.parts) root_.children.push_back({part.element});
  add(root_, kNone);
  parts_ = children(0);
}

void FilterTree::add(const Element& element, std::uint32_t parent) {
  const std::uint32_t index = size();
  entries_.push_back({&element, parent, 0});
  for (const Node& node : element.children) {
    if (const auto* child = std::get_if<Element>(&node.value)) add(*child, index);
  }
  entries_[index].end = size();
}

std::vector<std::uint32_t> FilterTree::children(std::uint32_t index) const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t child = index + 1; child < entries_[index].end; child = entries_[child].end)
    found.push_back(child);
  return found;
}

FilterTree::ElementSet FilterTree::select(const Selection& selection) const {
  ElementSet selected(size(), false);
  bool from_document = true;  // the root of the XPath tree, which is above <presence>
  for (const FilterStep& one : selection.steps) {
    selected = step(one, selected, from_document);
    from_document = false;
  }
  if (selection.attribute) {
    for (std::uint32_t index = 0; index < size(); ++index) {
      selected[index] = selected[index] && find_attribute(element(index), *selection.attribute);
    }
  }
  return selected;
}

FilterTree::ElementSet FilterTree::select_namespace(std::string_view ns) const {
  ElementSet selected(size(), false);
  for (std::uint32_t index = 0; index < size(); ++index) selected[index] = element(index).ns == ns;
  return selected;
}

FilterTree::ElementSet FilterTree::step(const FilterStep& step, const ElementSet& from, bool from_document) const {
  ElementSet below(size(), false);  // inside of an element of `from`
  ElementSet selected(size(), false);
  for (std::uint32_t index = 0; index < size(); ++index) {
    const std::uint32_t parent = entries_[index].parent;
    const bool child = parent == kNone ? from_document : from[parent];
    below[index] = child || (parent != kNone && below[parent]);
    const bool reached = step.axis == FilterAxis::child        ? child
                         : step.axis == FilterAxis::descendant ? below[index]
                                                               : below[index] || from[index];
    selected[index] = reached && matches(step.name, element(index)) &&
                      std::all_of(step.conditions.begin(), step.conditions.end(),
                                  [&](const FilterCondition& condition) { return holds(condition, index); });
  }
  return selected;
}

bool FilterTree::holds(const FilterCondition& condition, std::uint32_t index) const {
  const auto all_hold = [&](const std::vector<FilterTest>& tests) {
    return std::all_of(tests.begin(), tests.end(), [&](const FilterTest& test) { return holds(test, index); });
  };
  return std::any_of(condition.alternatives.begin(), condition.alternatives.end(), all_hold);
}

bool FilterTree::holds(const FilterTest& test, std::uint32_t index) const {
  const Element* start = &element(index);
  if (test.start == FilterTest::Start::parent) {
    // Above <presence> is the root of the XPath tree, which has the same text.
    if (entries_[index].parent != kNone) start = &element(entries_[index].parent);
  }
  std::vector<const Element*> reached = {start};
  for (const NameTest& name : test.path) {
    std::vector<const Element*> next;
    for (const Element* from : reached) {
      for (const Node& node : from->children) {
        const auto* child = std::get_if<Element>(&node.value);
        if (child != nullptr && matches(name, *child)) next.push_back(child);
      }
    }
    reached = std::move(next);
  }
  return std::any_of(reached.begin(), reached.end(), [&](const Element* element) {
    return test.attribute ? attribute_compares(test, *test.attribute, *element) : compares(test, *element);
  });
}

}  // namespace presproof::presence
