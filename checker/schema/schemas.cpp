#include "schema/schemas.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "diag/error.h"
#include "diag/printable.h"
#include "schema/folder.h"
#include "schema/libxml.h"

namespace presproof::schema {
namespace {

/// All elements in document order.
std::vector<xml::Element> elements_of(const xml::Document& document) {
  std::vector<xml::Element> elements;
  std::vector<xml::Element> open{document.root()};
  while (!open.empty()) {
    elements.push_back(open.back());
    open.pop_back();
    const auto first = static_cast<std::ptrdiff_t>(open.size());
    for (const xml::Element& child : elements.back().children()) open.push_back(child);
    std::reverse(open.begin() + first, open.end());
  }
  return elements;
}

/// The number of each element of libxml2's tree, in document order: the same elements as elements_of() has.
std::unordered_map<const xmlNode*, std::size_t> numbered(xmlDoc& document) {
  std::unordered_map<const xmlNode*, std::size_t> numbers;
  const xmlNode* node = xmlDocGetRootElement(&document);
  while (node != nullptr) {
    if (node->type == XML_ELEMENT_NODE) numbers.emplace(node, numbers.size());
    if (node->children != nullptr && node->type == XML_ELEMENT_NODE) {
      node = node->children;
      continue;
    }
    while (node->next == nullptr && node->parent != nullptr && node->parent->type == XML_ELEMENT_NODE) node = node->parent;
    node = node->next;
  }
  return numbers;
}

struct Parts {
  std::string where;  ///< `Element 'x', attribute 'y'`: equal for messages about one fault
  std::string what;   ///< lower case, no full stop
};

/// libxml2's `Element '{ns}local', attribute 'a': The value ... is wrong.`
Parts taken_apart(std::string_view message) {
  // The name of a namespace may hold a colon and a blank as well, but within quotes and braces.
  bool quoted = false;
  std::size_t colon = 0;
  while (colon < message.size() && (quoted || message.substr(colon, 2) != ": ")) {
    if (message[colon] == '\'') quoted = !quoted;
    ++colon;
  }
  Parts parts{std::string(message.substr(0, colon)), std::string(message.substr(std::min(message.size(), colon + 2)))};
  if (parts.what.empty()) std::swap(parts.where, parts.what);
  if (parts.what.ends_with('.')) parts.what.pop_back();
  if (!parts.what.empty() && parts.what.front() >= 'A' && parts.what.front() <= 'Z' &&
      !(parts.what.size() > 1 && parts.what[1] >= 'A' && parts.what[1] <= 'Z'))
    parts.what.front() = static_cast<char>(parts.what.front() - 'A' + 'a');
  return parts;
}

/// Which places of the document earlier findings explain.
class Told {
 public:
  Told(const diag::Sink& sink, std::uint32_t file, const std::set<diag::Code>& disabled) {
    for (const auto& each : sink.diagnostics()) {
      if (each.span.file == file && !disabled.contains(each.code) &&
          diag::info(each.code).severity == diag::Severity::error)
        places_.emplace(each.span.line, each.span.column);
    }
  }
  /// The element, an attribute of it or a child.
  [[nodiscard]] bool about(const xml::Element& element) const {
    if (at(element.span())) return true;
    if (std::ranges::any_of(element.attributes(), [&](const xml::Attribute& each) { return at(each.span); })) return true;
    for (const xml::Element& child : element.children())
      if (at(child.span())) return true;
    return false;
  }

 private:
  [[nodiscard]] bool at(const SourceSpan& span) const { return places_.contains({span.line, span.column}); }
  std::set<std::pair<std::uint32_t, std::uint32_t>> places_;
};

std::string tag_of(const xml::Element& element) {
  return fmt::format("`<{}{}{}>`", element.prefix(), element.prefix().empty() ? "" : ":", element.name().local);
}

}  // namespace

struct Schemas::Impl {
  explicit Impl(const std::string& path) : folder(path) {}

  /// A schema, or why there is none.
  struct Compiled {
    SchemaPtr schema;
    std::string reason;
  };

  Folder folder;
  std::map<std::set<std::string>, Compiled> compiled;  ///< by the namespaces
  std::map<std::string, std::string> left_out;
  std::mutex mutex;  ///< held for whole documents: libxml2 may add to a schema while it validates

  const Compiled& fitting(const std::set<std::string>& namespaces) {
    const auto [known, is_new] = compiled.try_emplace(namespaces);
    if (!is_new) return known->second;
    std::vector<LibxmlError> errors;
    auto& result = known->second;
    result.schema = compile(Folder::kDriver, [&](std::string_view name) { return folder.text_of(name, namespaces); }, errors);
    if (!errors.empty()) result.schema.reset();
    if (!result.schema) result.reason = errors.empty() ? "libxml2 does not say why" : diag::printable(errors.front().message);
    return result;
  }

  /// What fits together of the namespaces that a document uses: always those of its root. Earlier documents do not
  /// matter, so that the outcome is the same for any order.
  xmlSchema& schema_for(const std::string& root, std::set<std::string> used) {
    used.insert(root);
    if (const auto& all = fitting(folder.closure(used)); all.schema) return *all.schema;
    std::set<std::string> fit = folder.closure({root});
    const Compiled* best = &fitting(fit);
    if (!best->schema) {
      throw diag::InputError(
          diag::Problem{.span = {},
                        .message = fmt::format("the schemas do not fit together: {}", best->reason),
                        .hint = "each namespace needs all its schema files in the folder, and those that they import, once each"});
    }
    for (const std::string& ns : used) {
      auto more = folder.closure({ns});
      more.insert(fit.begin(), fit.end());
      const auto& larger = fitting(more);
      if (larger.schema) {
        best = &larger;
        fit = std::move(more);
      } else {
        auto& reason = left_out.try_emplace(ns, larger.reason).first->second;
        reason = std::min(reason, larger.reason);
      }
    }
    return *best->schema;
  }
};

Schemas::Schemas(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Schemas::Schemas(Schemas&&) noexcept = default;
Schemas& Schemas::operator=(Schemas&&) noexcept = default;
Schemas::~Schemas() = default;

Schemas Schemas::read(const std::string& folder) { return Schemas(std::make_unique<Impl>(folder)); }

const std::map<std::string, std::string>& Schemas::left_out() const { return impl_->left_out; }

void Schemas::validate(const xml::Document& document, const diag::Sources& sources, const std::set<diag::Code>& disabled,
                       diag::Sink& sink) {
  const auto elements = elements_of(document);
  std::set<std::string> used;
  for (const xml::Element& element : elements) {
    used.emplace(element.name().ns);
    for (const xml::Attribute& attribute : element.attributes()) used.emplace(attribute.name.ns);
  }
  const std::lock_guard lock(impl_->mutex);
  xmlSchema& schema = impl_->schema_for(std::string(document.root().name().ns), std::move(used));
  std::vector<LibxmlError> errors;
  const DocumentPtr tree = parse(sources.text(document.file()), errors);
  if (tree) errors = refused(schema, *tree);
  if (errors.empty()) return;

  const auto numbers = tree ? numbered(*tree) : std::unordered_map<const xmlNode*, std::size_t>{};
  const Told told(sink, document.file(), disabled);
  std::set<std::pair<std::size_t, std::string>> faults;
  for (const LibxmlError& error : errors) {
    if (faults.size() == kMostFindings) break;
    const auto number = numbers.find(error.node);
    const std::size_t index = number == numbers.end() ? 0 : number->second;
    const xml::Element& element = elements.at(index);
    auto [where, what] = taken_apart(error.message);
    if (told.about(element) || !faults.emplace(index, std::move(where)).second) continue;
    sink.report({.code = diag::Code::schema_invalid,
                 .span = element.span(),
                 .rule = std::nullopt,
                 .message = fmt::format("the schemas refuse {}: {}", diag::printable(tag_of(element)), diag::printable(what)),
                 .fix = std::nullopt,
                 .related = {}});
  }
}

}  // namespace presproof::schema
