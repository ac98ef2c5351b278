#include "xml/document.h"

#include <fmt/format.h>

#include <utility>

#include "base/utf8.h"
#include "xml/audit.h"
#include "xml/encoding.h"
#include "xml/namespaces.h"
#include "xml/tree.h"

namespace presproof::xml {
namespace {

void report(const diag::Sources& sources, std::uint32_t file, Fault fault, diag::Sink& sink) {
  diag::Diagnostic diagnostic{fault.code,   sources.span_at(file, fault.offset, fault.length),
                              std::nullopt, std::move(fault.message),
                              std::nullopt, {}};
  if (!fault.fix.empty()) diagnostic.fix = std::move(fault.fix);
  if (fault.related) {
    diagnostic.related.push_back(
        {sources.span_at(file, fault.related->offset, fault.related->length), std::move(fault.related->message)});
  }
  sink.report(std::move(diagnostic));
}

}  // namespace

std::optional<Document> Document::read(diag::Sources& sources, std::uint32_t file, const Limits& limits,
                                       diag::Sink& sink) {
  if (sources.text(file).size() > limits.bytes) {
    Fault fault;
    fault.code = diag::Code::over_limit;
    fault.message =
        fmt::format("the document is larger than {} bytes, the limit that `--max-bytes` sets", limits.bytes);
    fault.fix = "`--max-bytes` raises the limit";
    report(sources, file, std::move(fault), sink);
    return std::nullopt;
  }
  if (!make_utf8(sources, file, sink)) return std::nullopt;
  auto result = audit(sources.text(file), sources.encoding(file), limits);
  if (auto* const fault = std::get_if<Fault>(&result)) {
    report(sources, file, std::move(*fault), sink);
    return std::nullopt;
  }
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  build_tree(*impl, sources, std::move(std::get<Audit>(result)));
  return Document(std::move(impl));
}

Document::Document(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Element Document::root() const { return Element(*this, 0); }

std::uint32_t Document::file() const { return impl_->file; }

std::size_t Document::element_count() const { return impl_->elements.size(); }

Name Element::name() const {
  const Document::Impl& impl = document_->impl();
  return {impl.scopes.name(impl.names[index_].ns), impl.local(index_)};
}

std::string_view Element::prefix() const { return document_->impl().prefix(index_); }

bool Element::is(std::string_view ns, std::string_view local) const {
  const Name own = name();
  return own.local == local && own.ns == ns;
}

SourceSpan Element::span() const {
  const Document::Impl& impl = document_->impl();
  const TreeElement& element = impl.elements[index_];
  const std::size_t start = impl.names[index_].offset;
  const std::size_t length =
      count_code_points(std::string_view(impl.buffer).substr(start + 1, impl.names[index_].name_length()));
  return {impl.file, element.line, element.column, static_cast<std::uint32_t>(length + 1)};
}

std::span<const Attribute> Element::attributes() const {
  const Document::Impl& impl = document_->impl();
  const TreeElement& element = impl.elements[index_];
  return std::span(impl.attributes).subspan(element.first_attribute, element.attribute_count);
}

const Attribute* Element::attribute(std::string_view local) const { return attribute(Name{{}, local}); }

const Attribute* Element::attribute(Name name) const {
  for (const Attribute& attribute : attributes()) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

ChildRange Element::children() const {
  const Document::Impl& impl = document_->impl();
  const std::uint32_t node = impl.elements[index_].node;
  const std::uint32_t end = impl.nodes[node].end;
  std::uint32_t first = node + 1;
  while (first != end && impl.nodes[first].kind != NodeKind::element) first = impl.nodes[first].end;
  return {ChildRange::Iterator(document_, first, end), ChildRange::Iterator(document_, end, end)};
}

NodeRange Element::nodes() const {
  const Document::Impl& impl = document_->impl();
  const std::uint32_t node = impl.elements[index_].node;
  return {NodeRange::Iterator(document_, node + 1), NodeRange::Iterator(document_, impl.nodes[node].end)};
}

std::string Element::text() const {
  std::string text;
  for (const Node& node : nodes()) {
    if (node.kind == NodeKind::text) text += node.text;
  }
  return text;
}

std::optional<std::string_view> Element::namespace_of(std::string_view prefix) const {
  const Scopes& scopes = document_->impl().scopes;
  const auto ns = scopes.find(prefix, index_);
  if (!ns) return std::nullopt;
  return scopes.name(*ns);
}

Element ChildRange::Iterator::operator*() const { return Element(*document_, document_->impl().nodes[node_].value); }

ChildRange::Iterator& ChildRange::Iterator::operator++() {
  const Document::Impl& impl = document_->impl();
  do {
    node_ = impl.nodes[node_].end;
  } while (node_ != end_ && impl.nodes[node_].kind != NodeKind::element);
  return *this;
}

Node NodeRange::Iterator::operator*() const {
  const Document::Impl& impl = document_->impl();
  const TreeNode& node = impl.nodes[node_];
  if (node.kind == NodeKind::element) return {node.kind, Element(*document_, node.value), {}};
  return {node.kind, std::nullopt, std::string_view(impl.buffer).substr(node.value, node.length)};
}

NodeRange::Iterator& NodeRange::Iterator::operator++() {
  node_ = document_->impl().nodes[node_].end;
  return *this;
}

}  // namespace presproof::xml
