#include "engine/elements.h"

#include <algorithm>

#include "base/lexical.h"

namespace presproof::engine {

using policy::Rule;
using policy::SubHandling;

namespace {

policy::WrittenElement written(const xml::Element& element) {
  policy::WrittenElement result{std::string(element.name().local), content_of(element), {}};
  for (const xml::Element& child : element.children()) result.children.push_back(written(child));
  return result;
}

}  // namespace

std::optional<xml::Element> first_child(const xml::Element& parent, std::string_view name) {
  for (const xml::Element& child : parent.children())
    if (equal_ignoring_case(child.name().local, name)) return child;
  return std::nullopt;
}

const xml::Attribute* first_attribute(const xml::Element& element, std::string_view name) {
  const auto attributes = element.attributes();
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const xml::Attribute& each) { return equal_ignoring_case(each.name.local, name); });
  return found == attributes.end() ? nullptr : &*found;
}

std::string content_of(const xml::Element& element) {
  std::string text;
  for (const xml::Node& node : element.nodes()) {
    if (node.element) text += content_of(*node.element);
    else if (node.kind == xml::NodeKind::text) text += node.text;
  }
  return text;
}

std::optional<xml::Element> find(const xml::Element& element, std::string_view name) {
  if (equal_ignoring_case(element.name().local, name)) return element;
  for (const xml::Element& child : element.children())
    if (auto found = find(child, name)) return found;
  return std::nullopt;
}

void give(Rule& rule, SubHandling handling) { rule.permissions.push_back({handling, rule.span}); }

void give_everything(Rule& rule) {
  give(rule, SubHandling::allow);
  const auto add = [&](auto what) { rule.permissions.push_back({std::move(what), rule.span}); };
  for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind) add(policy::ProvideComponents{static_cast<policy::ComponentKind>(kind), true, {}});
  for (std::size_t attribute = 0; attribute < policy::kAttributePermissions; ++attribute) add(policy::ProvideAttribute{static_cast<policy::AttributePermission>(attribute), true});
  add(policy::UserInput::full);
  add(policy::ProvideAllAttributes{});
  add(policy::ProvideLocation{policy::GeodeticGrant{0.0, std::nullopt}, geo::CivicLevel::full});
}

std::optional<std::string> handling_text(const xml::Element& rule) {
  const auto actions = first_child(rule, "actions");
  const auto handling = actions ? first_child(*actions, "sub-handling") : std::nullopt;
  return handling ? std::optional(content_of(*handling)) : std::nullopt;
}

std::optional<SubHandling> handling_of(std::string_view word) {
  if (word.starts_with("block")) return SubHandling::block;
  if (word.starts_with("confirm")) return SubHandling::confirm;
  if (word.starts_with("polite-block")) return SubHandling::polite_block;
  if (word.starts_with("allow")) return SubHandling::allow;
  return std::nullopt;
}

void give_as(Rule& rule, SubHandling handling) {
  if (handling == SubHandling::allow) give_everything(rule);
  else give(rule, handling);
}

std::vector<policy::WrittenElement> written_transformations(const xml::Element& rule) {
  std::vector<policy::WrittenElement> all;
  if (const auto transformations = first_child(rule, "transformations"))
    for (const xml::Element& child : transformations->children()) all.push_back(written(child));
  return all;
}

uri::Uri text_uri(std::string_view text) {
  uri::Uri uri = uri::parse(text);
  uri.text = std::string(text);
  return uri;
}
policy::Domain text_domain(const xml::Attribute& attribute) { return {std::string(attribute.value), uri::to_ascii_domain(attribute.value), attribute.span}; }

Rule nobody_matches(SubHandling handling) {
  Rule rule;
  rule.outcome = policy::Outcome::no_rule;
  give_as(rule, handling);
  return rule;
}

Rule named_rule(const xml::Element& element) {
  Rule rule;
  rule.span = rule.id_span = element.span();
  if (const auto* id = first_attribute(element, "id")) {
    rule.id = std::string(id->value);
    rule.id_span = id->span;
  }
  return rule;
}

}  // namespace presproof::engine
