#include "xml/tree.h"

#include <fmt/format.h>

#include <cstring>
#include <pugixml.hpp>
#include <utility>

#include "diag/error.h"

namespace presproof::xml {
namespace {

// White space around the children of an element without text of its own is not kept (document.h says so); in mixed
// content all of it is text. pugixml can tell the two apart only for leaves.
constexpr unsigned kParseFlags = pugi::parse_default | pugi::parse_comments | pugi::parse_pi;

[[noreturn]] void disagree(std::string_view about) {
  throw diag::InternalError(fmt::format("the audit of a document and its parser disagree about {}", about));
}

/// Walks the tree of pugixml and the notes of the audit side by side, in document order.
class Builder {
 public:
  Builder(Document::Impl& document, const diag::Sources& sources, const Audit& audit)
      : document_(document), audit_(audit), cursor_(sources, document.file), base_(document.buffer.data()) {}

  void build(pugi::xml_node root);

 private:
  void enter(pugi::xml_node node);
  void add_element(pugi::xml_node node);
  void add_attribute(pugi::xml_attribute attribute, const AuditedAttribute& noted);
  void add_character_data(pugi::xml_node node);
  void add_text(NodeKind kind, const char* text, std::size_t length);
  void add_instruction(pugi::xml_node node);

  void end_node(std::uint32_t number) {
    document_.nodes[number].end = static_cast<std::uint32_t>(document_.nodes.size());
  }
  [[nodiscard]] std::uint32_t offset_of(const char* text) const { return static_cast<std::uint32_t>(text - base_); }

  Document::Impl& document_;
  const Audit& audit_;
  diag::SpanCursor cursor_;
  char* base_;
  std::vector<std::uint32_t> open_;  ///< numbers of the nodes around the current one, which are elements
};

void Builder::build(pugi::xml_node root) {
  document_.elements.reserve(audit_.elements.size());
  document_.attributes.reserve(audit_.attributes.size());
  document_.nodes.reserve(audit_.elements.size() * 2);

  pugi::xml_node node = root;
  while (true) {
    const auto number = static_cast<std::uint32_t>(document_.nodes.size());
    enter(node);
    if (const pugi::xml_node child = node.first_child()) {
      open_.push_back(number);
      node = child;
      continue;
    }
    if (number < document_.nodes.size()) end_node(number);
    while (node != root && !node.next_sibling()) {
      node = node.parent();
      end_node(open_.back());
      open_.pop_back();
    }
    if (node == root) break;
    node = node.next_sibling();
  }
  if (document_.elements.size() != audit_.elements.size()) disagree("the number of elements");
}

void Builder::enter(pugi::xml_node node) {
  switch (node.type()) {
    case pugi::node_element:
      return add_element(node);
    case pugi::node_pcdata:
    case pugi::node_cdata:
      return add_character_data(node);
    case pugi::node_comment:
      return add_text(NodeKind::comment, node.value(), std::strlen(node.value()));
    case pugi::node_pi:
      return add_instruction(node);
    default:
      disagree("the kind of a node");
  }
}

void Builder::add_element(pugi::xml_node node) {
  const std::size_t number = document_.elements.size();
  if (number == audit_.elements.size()) disagree("the number of elements");
  const AuditedElement& noted = audit_.elements[number];
  const std::uint32_t length = noted.name_length();
  const char* const name = node.name();
  if (name != base_ + noted.offset + 1 || name[length] != '\0') disagree("the name of an element");
  const SourceSpan place = cursor_.at(noted.offset, 0);
  TreeElement element{static_cast<std::uint32_t>(document_.nodes.size()),
                      static_cast<std::uint32_t>(document_.attributes.size()), 0, place.line, place.column};

  std::uint32_t next = noted.first_attribute;
  for (pugi::xml_attribute attribute = node.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    if (next == noted.first_attribute + noted.attribute_count) disagree("the number of attributes");
    add_attribute(attribute, audit_.attributes[next++]);
  }
  if (next != noted.first_attribute + noted.attribute_count) disagree("the number of attributes");
  element.attribute_count = static_cast<std::uint32_t>(document_.attributes.size()) - element.first_attribute;
  document_.nodes.push_back({0, static_cast<std::uint32_t>(number), 0, NodeKind::element});
  document_.elements.push_back(element);
}

void Builder::add_attribute(pugi::xml_attribute attribute, const AuditedAttribute& noted) {
  const std::uint32_t length = noted.name_length();
  const char* const name = attribute.name();
  if (name != base_ + noted.offset || name[length] != '\0') disagree("the name of an attribute");
  if (noted.ns == kXmlnsNamespace) return;
  document_.attributes.push_back(
      {{document_.scopes.name(noted.ns), {name + length - noted.local_length, noted.local_length}},
       {name, noted.prefix_length},
       attribute.value(),
       cursor_.at(noted.offset, length)});
}

void Builder::add_character_data(pugi::xml_node node) {
  const bool in_text = audit_.elements[document_.nodes[open_.back()].value].has_text;
  if (!in_text && (node.previous_sibling() || node.next_sibling())) return;
  add_text(NodeKind::text, node.value(), std::strlen(node.value()));
}

void Builder::add_text(NodeKind kind, const char* text, std::size_t length) {
  // pugixml has one empty string of its own for all that is empty.
  const std::uint32_t offset = length == 0 ? 0 : offset_of(text);
  document_.nodes.push_back({0, offset, static_cast<std::uint32_t>(length), kind});
}

/// pugixml has cut the instruction after its target. What is between the target and the data is white space, so the
/// target moves up to make one text of both; nobody looks at the tree of pugixml afterwards.
void Builder::add_instruction(pugi::xml_node node) {
  const std::size_t target = std::strlen(node.name());
  const std::size_t data = std::strlen(node.value());
  char* start = base_ + offset_of(node.name());
  if (data != 0) {
    char* const joined = base_ + offset_of(node.value()) - 1 - target;
    std::memmove(joined, start, target);
    joined[target] = ' ';
    start = joined;
  }
  add_text(NodeKind::processing_instruction, start, data == 0 ? target : target + 1 + data);
}

}  // namespace

void build_tree(Document::Impl& document, const diag::Sources& sources, Audit audit) {
  document.buffer = sources.text(document.file);
  pugi::xml_document parser;
  const unsigned space = audit.has_mixed_content ? pugi::parse_ws_pcdata : pugi::parse_ws_pcdata_single;
  const pugi::xml_parse_result result = parser.load_buffer_inplace(document.buffer.data(), document.buffer.size(),
                                                                   kParseFlags | space, pugi::encoding_utf8);
  if (!result) disagree(fmt::format("whether it is well-formed ({})", result.description()));
  document.scopes = std::move(audit.scopes);
  Builder(document, sources, audit).build(parser.document_element());
  document.names = std::move(audit.elements);
}

}  // namespace presproof::xml
