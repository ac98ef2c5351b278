#include "property/resource_lists.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/lexical.h"
#include "property/cursor.h"
#include "property/node_selector.h"
#include "xml/namespaces.h"

namespace presproof::property {
namespace {

constexpr std::string_view kReferenceHint =
    "only references to entries of the same file are followed; write the members into the list";

class Reader {
 public:
  Reader(const xml::Document& document, std::vector<diag::Problem>& problems)
      : root_(document.root()), problems_(problems) {}

  std::vector<uri::Uri> read();

 private:
  void problem(SourceSpan span, std::string message, std::string_view hint = {}) {
    if (problems_.size() < kMaxProblems) problems_.push_back({span, std::move(message), std::string(hint)});
  }
  void read_child(xml::Element child, bool in_list, std::vector<xml::Element>& lists);
  void check_text(xml::Element element);
  void add_entry(xml::Element entry);
  void add_reference(xml::Element reference);
  [[nodiscard]] std::optional<xml::Element> select(const std::vector<SelectorStep>& steps);
  [[nodiscard]] std::optional<xml::Element> select_entry(xml::Element list, const SelectorStep& step);

  xml::Element root_;
  std::vector<diag::Problem>& problems_;
  std::vector<uri::Uri> members_;
  std::optional<std::string> referenced_document_;
  /// The entries by URI of lists that references went through, by the place of the list's tag; null when two have the
  /// same.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::map<std::string, std::optional<xml::Element>>> entries_of_;
};

/// The children that the step selects; XCAP goes on with exactly one (RFC 4825 section 6.3).
template <class Elements>
std::optional<xml::Element> single(const Elements& elements, const SelectorStep& step) {
  std::optional<xml::Element> found;
  std::size_t position = 0;
  for (const xml::Element element : elements) {
    const bool named = step.name == "*" || element.is(xml::ns::kResourceLists, step.name);
    if (!named || (step.position && ++position != *step.position)) continue;
    if (step.attribute) {
      const auto* const attribute = element.attribute(step.attribute->first);
      if (attribute == nullptr || attribute->value != step.attribute->second) continue;
    }
    if (found) return std::nullopt;
    found = element;
  }
  return found;
}

std::optional<xml::Element> Reader::select_entry(xml::Element list, const SelectorStep& step) {
  const bool by_uri = step.name == "entry" && !step.position && step.attribute && step.attribute->first == "uri";
  if (!by_uri) return single(list.children(), step);
  const SourceSpan span = list.span();
  auto [place, added] = entries_of_.try_emplace({span.line, span.column});
  auto& entries = place->second;
  if (added) {
    for (const xml::Element child : list.children()) {
      const auto* const attribute = child.is(xml::ns::kResourceLists, "entry") ? child.attribute("uri") : nullptr;
      if (attribute == nullptr) continue;
      const auto [entry, first] = entries.try_emplace(std::string(attribute->value), child);
      if (!first) entry->second.reset();
    }
  }
  const auto found = entries.find(step.attribute->second);
  return found == entries.end() ? std::nullopt : found->second;
}

std::optional<xml::Element> Reader::select(const std::vector<SelectorStep>& steps) {
  std::optional<xml::Element> at = single(std::vector{root_}, steps.front());
  for (std::size_t i = 1; i < steps.size() && at; ++i) {
    at = i + 1 == steps.size() ? select_entry(*at, steps[i]) : single(at->children(), steps[i]);
  }
  if (at && !at->is(xml::ns::kResourceLists, "entry")) return std::nullopt;
  return at;
}

void Reader::add_entry(xml::Element entry) {
  const auto* const attribute = entry.attribute("uri");
  if (attribute == nullptr || trim_xml_space(attribute->value).empty()) {
    problem(entry.span(), "an `entry` of a resource list has no `uri`",
            "write the member's URI: `<entry uri=\"sip:bob@example.com\"/>`");
    return;
  }
  members_.push_back(uri::parse(trim_xml_space(attribute->value)));
}

void Reader::add_reference(xml::Element reference) {
  const auto* const attribute = reference.attribute("ref");
  if (attribute == nullptr) {
    problem(reference.span(), "an `entry-ref` of a resource list has no `ref`");
    return;
  }
  const auto node = parse_node_reference(attribute->value);
  const auto entry = node ? select(node->steps) : std::nullopt;
  if (!entry) {
    problem(attribute->span,
            fmt::format("the reference `{}` leads to no single entry of this file", shortened(attribute->value)),
            kReferenceHint);
    return;
  }
  if (referenced_document_ && *referenced_document_ != node->document) {
    problem(attribute->span,
            fmt::format("the references name two documents, `{}` and `{}`", shortened(*referenced_document_),
                        shortened(node->document)),
            kReferenceHint);
    return;
  }
  referenced_document_ = node->document;
  add_entry(*entry);
}

/// Character data between the elements is nothing that RFC 4826 knows: a member may be lost in it.
void Reader::check_text(xml::Element element) {
  const std::string text = element.text();
  const auto trimmed = trim_xml_space(text);
  if (trimmed.empty()) return;
  problem(element.span(),
          fmt::format("the text `{}` stands between the elements of a resource list", shortened(trimmed)),
          "a member is written as `<entry uri=\"sip:bob@example.com\"/>`");
}

void Reader::read_child(xml::Element child, bool in_list, std::vector<xml::Element>& lists) {
  if (child.is(xml::ns::kResourceLists, "list")) {
    lists.push_back(child);
  } else if (child.name().ns != xml::ns::kResourceLists && !child.name().ns.empty()) {
    return;  // RFC 4826 section 6: extensions are ignored
  } else if (in_list && child.is(xml::ns::kResourceLists, "entry")) {
    add_entry(child);
  } else if (in_list && child.is(xml::ns::kResourceLists, "entry-ref")) {
    add_reference(child);
  } else if (child.is(xml::ns::kResourceLists, "external")) {
    const auto* const anchor = child.attribute("anchor");
    problem(child.span(),
            fmt::format("the list `{}` is kept elsewhere", anchor != nullptr ? shortened(anchor->value) : ""),
            kReferenceHint);
  } else if (!in_list || !child.is(xml::ns::kResourceLists, "display-name")) {
    problem(child.span(), fmt::format("unexpected element `{}` in a resource list", shortened(child.name().local)),
            "a list holds `entry`, `list` and `entry-ref` elements of the namespace " +
                std::string(xml::ns::kResourceLists));
  }
}

/// Walks with a stack of what is left to read, so that nesting costs memory and not the call stack.
std::vector<uri::Uri> Reader::read() {
  check_text(root_);
  std::vector<xml::Element> pending;
  for (const xml::Element child : root_.children()) read_child(child, false, pending);
  std::reverse(pending.begin(), pending.end());
  while (!pending.empty()) {
    const xml::Element list = pending.back();
    pending.pop_back();
    check_text(list);
    std::vector<xml::Element> nested;
    for (const xml::Element child : list.children()) read_child(child, true, nested);
    pending.insert(pending.end(), nested.rbegin(), nested.rend());
  }
  return std::move(members_);
}

}  // namespace

std::vector<uri::Uri> read_resource_lists(diag::Sources& sources, std::uint32_t file, const xml::Limits& limits,
                                          std::vector<diag::Problem>& problems) {
  diag::Sink sink;
  const auto document = xml::Document::read(sources, file, limits, sink);
  for (const auto& diagnostic : sink.diagnostics()) {
    if (!document) problems.push_back({diagnostic.span, diagnostic.message, diagnostic.fix.value_or("")});
  }
  if (!document) {
    if (sink.diagnostics().empty())
      problems.push_back({sources.span_at(file, 0, 0), "the resource list cannot be read", {}});
    return {};
  }
  const xml::Element root = document->root();
  if (!root.is(xml::ns::kResourceLists, "resource-lists")) {
    problems.push_back(
        {root.span(),
         fmt::format("the root element `{}` is not `resource-lists` of RFC 4826", shortened(root.name().local)),
         "its namespace is " + std::string(xml::ns::kResourceLists)});
    return {};
  }
  return Reader(*document, problems).read();
}

}  // namespace presproof::property
