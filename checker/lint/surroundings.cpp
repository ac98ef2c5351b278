#include "lint/surroundings.h"

#include <algorithm>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "base/lexical.h"

namespace presproof::lint {
namespace {

/// The prefixes that a text declares anywhere, the default namespace (empty) first.
std::vector<std::string_view> declared_prefixes(std::string_view text) {
  constexpr std::string_view kDeclaration = "xmlns:";
  std::vector<std::string_view> prefixes{""};
  for (std::size_t at = text.find(kDeclaration); at != std::string_view::npos; at = text.find(kDeclaration, at)) {
    at += kDeclaration.size();
    const std::string_view prefix = text.substr(at, text.find_first_of("= \t\r\n", at) - at);
    if (std::ranges::find(prefixes, prefix) == prefixes.end()) prefixes.push_back(prefix);
  }
  return prefixes;
}

}  // namespace

std::optional<text::ElementText> parent_at(std::string_view text, std::size_t offset) {
  text::ElementText around = text::root_of(text);
  if (offset <= around.begin) return std::nullopt;
  for (;;) {
    const auto children = text::children_of(text, around);
    const auto inner = std::ranges::find_if(
        children, [&](const text::ElementText& child) { return child.begin < offset && offset < child.end; });
    if (inner == children.end()) return around;
    around = *inner;
  }
}

bool holds_remarks(std::string_view text, const text::ElementText& element) {
  const std::string_view inner = text.substr(element.open_end, element.close_begin - element.open_end);
  return inner.find("<!--") != std::string_view::npos || inner.find("<?") != std::string_view::npos;
}

bool declares_namespace(std::string_view text, const text::ElementText& element) {
  return text.substr(element.begin, element.open_end - element.begin).find("xmlns") != std::string_view::npos;
}

std::optional<Located> located(const Fixing& fixing) {
  const SourceSpan& span = fixing.finding.span;
  for (const xml::Document& document : fixing.context.subject.documents) {
    if (document.file() != span.file) continue;
    std::vector<xml::Element> open{document.root()};
    while (!open.empty()) {
      const xml::Element parent = open.back();
      open.pop_back();
      for (const xml::Element& child : parent.children()) {
        open.push_back(child);
        if (child.span().line != span.line || child.span().column != span.column) continue;
        const auto place = policy::place_in(policy::tag_of(parent.name()));
        return place ? std::optional(Located{child, *place}) : std::nullopt;
      }
    }
  }
  return std::nullopt;
}

std::optional<std::string> qualified(const Fixing& fixing, const xml::Element& element, const xml::Name& name) {
  if (element.name().ns == name.ns) {
    return element.prefix().empty() ? std::string(name.local) : fmt::format("{}:{}", element.prefix(), name.local);
  }
  for (const std::string_view prefix : declared_prefixes(fixing.text())) {
    if (element.namespace_of(prefix) != name.ns) continue;
    return prefix.empty() ? std::string(name.local) : fmt::format("{}:{}", prefix, name.local);
  }
  return std::nullopt;
}

void rename(text::TextChanges& changes, const text::ElementText& element, const std::string& name) {
  changes.replace(element.begin + 1, element.begin + 1 + element.name.size(), name);
  if (element.self_closing()) return;
  changes.replace(element.close_begin + 2, element.close_begin + 2 + element.name.size(), name);
}

bool rename_to_meant(const Fixing& fixing, text::TextChanges& changes) {
  const auto found = located(fixing);
  const auto meant = found ? policy::meant_name(found->element.name(), found->place) : std::nullopt;
  const auto name = meant ? qualified(fixing, found->element, *meant) : std::nullopt;
  if (name) rename(changes, fixing.element(), *name);
  return name.has_value();
}

bool replace_content(const Fixing& fixing, text::TextChanges& changes, const std::string& content) {
  const text::ElementText element = fixing.element();
  const std::string_view whole = fixing.text();
  if (whole.substr(element.open_end, element.close_begin - element.open_end).find('<') != std::string_view::npos)
    return false;
  changes.set_inner(element, content);
  return true;
}

void add_attribute(text::TextChanges& changes, std::string_view text, const text::ElementText& element,
                   const std::string& attribute) {
  std::size_t end = element.open_end - 1;
  if (text[end - 1] == '/') --end;
  while (trim_xml_space(text.substr(end - 1, 1)).empty()) --end;
  changes.replace(end, end, " " + attribute);
}

std::string fresh_rule_id(const Fixing& fixing, const std::string& base) {
  std::set<std::string_view> taken;
  for (std::size_t i = 0; i < fixing.context.subject.documents.size(); ++i) {
    if (fixing.context.subject.documents[i].file() != fixing.finding.span.file) continue;
    for (const policy::Rule& rule : fixing.context.policy.documents[i].rules) taken.insert(trim_xml_space(rule.id));
  }
  std::string id = base;
  for (std::size_t number = 2; taken.contains(id); ++number) id = fmt::format("{}-{}", base, number);
  return id;
}

}  // namespace presproof::lint
