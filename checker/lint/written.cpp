#include "lint/written.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/lexical.h"
#include "lint/fixing.h"
#include "xml/namespaces.h"

namespace presproof::lint {
namespace {

/// The declarations of one document. Its elements are walked no further than to the last of them.
class DeclarationWalk {
 public:
  DeclarationWalk(const Context& context, std::size_t document, const std::function<void(const Declaration&)>& visit)
      : context_(context),
        document_(context.subject.documents[document]),
        rules_(context.policy.documents[document].rules),
        text_(context.sources.text(document_.file())),
        next_(text_.find("xmlns")),
        visit_(visit) {}

  void run() {
    std::vector<Open> open{{document_.root(), std::nullopt, nullptr, 0}};
    std::size_t next_rule = 0;
    while (!open.empty() && next_ != std::string_view::npos) {
      Open now = open.back();
      open.pop_back();
      if (now.depth == 1 && now.element.is(xml::ns::kCommonPolicy, "rule")) now.rule = &rules_.at(next_rule++);
      look_at(now);
      const auto begin = static_cast<std::ptrdiff_t>(open.size());
      for (const xml::Element& child : now.element.children()) open.push_back({child, now.element, now.rule, now.depth + 1});
      std::reverse(open.begin() + begin, open.end());
    }
  }

 private:
  struct Open {
    xml::Element element;
    std::optional<xml::Element> parent;
    const policy::Rule* rule;
    std::size_t depth = 0;
  };

  void look_at(const Open& open) {
    const std::size_t begin = context_.sources.offset_of(open.element.span());
    while (next_ < begin) next_ = text_.find("xmlns", next_ + 1);
    // No attribute value holds a `<`, so the tag ends before the next one.
    if (next_ == std::string_view::npos || next_ > text_.find('<', begin + 1)) return;
    for (const text::AttributeText& attribute : text::attributes_at(text_, begin)) {
      std::string_view prefix;
      if (attribute.name.starts_with("xmlns:"))
        prefix = attribute.name.substr(6);
      else if (attribute.name != "xmlns")
        continue;
      visit_({document_, open.element, open.parent, open.rule, prefix, open.element.namespace_of(prefix).value_or(""),
              context_.sources.span_at(document_.file(), attribute.begin, attribute.name.size())});
    }
  }

  const Context& context_;
  const xml::Document& document_;
  const std::vector<policy::Rule>& rules_;
  std::string_view text_;
  std::size_t next_;  ///< where `xmlns` stands next
  const std::function<void(const Declaration&)>& visit_;
};

}  // namespace

void each_declaration(const Context& context, const std::function<void(const Declaration&)>& visit) {
  for (std::size_t i = 0; i < context.subject.documents.size(); ++i) DeclarationWalk(context, i, visit).run();
}

bool declares_again(const Declaration& declaration) {
  return declaration.parent && declaration.parent->namespace_of(declaration.prefix).value_or("") == declaration.ns;
}

std::optional<xml::Element> element_at_place(const Context& context, const SourceSpan& span) {
  const auto place = [](const SourceSpan& of) { return std::pair(of.line, of.column); };
  for (const xml::Document& document : context.subject.documents) {
    if (document.file() != span.file) continue;
    std::optional<xml::Element> found = document.root();
    while (found && place(found->span()) != place(span)) {
      std::optional<xml::Element> last;
      for (const xml::Element& child : found->children()) {
        if (place(child.span()) > place(span)) break;
        last = child;
      }
      found = last;
    }
    return found;
  }
  return std::nullopt;
}

std::optional<std::string_view> plain_inner(std::string_view text, const text::ElementText& element) {
  if (element.self_closing()) return std::nullopt;
  const std::string_view inner = text.substr(element.open_end, element.close_begin - element.open_end);
  if (inner.find_first_of("<&") != std::string_view::npos) return std::nullopt;
  return inner;
}

std::optional<WrittenValue> written_value(const Fixing& fixing) {
  const std::string_view whole = fixing.text();
  const std::size_t at = fixing.context.sources.offset_of(fixing.finding.span);
  text::ValueText value;
  if (whole[at] == '<') {
    const auto element = fixing.element();
    if (!plain_inner(whole, element)) return std::nullopt;
    value = {element.open_end, element.close_begin};
  } else {
    value = fixing.attribute(fixing.finding.span).value;
    if (whole.substr(value.begin, value.end - value.begin).find('&') != std::string_view::npos) return std::nullopt;
  }
  const std::string_view inner = whole.substr(value.begin, value.end - value.begin);
  const std::string_view trimmed = trim_xml_space(inner);
  if (trimmed.empty()) return std::nullopt;
  const auto begin = value.begin + static_cast<std::size_t>(trimmed.data() - inner.data());
  return WrittenValue{value, {begin, begin + trimmed.size()}};
}

diag::Diagnostic finding_in(diag::Code code, const policy::Rule* rule, const SourceSpan& span, std::string message, std::string fix) {
  return {.code = code,
          .span = span,
          .rule = rule != nullptr && !rule->id.empty() ? std::optional(rule->id) : std::nullopt,
          .message = std::move(message),
          .fix = std::move(fix),
          .related = {}};
}

}  // namespace presproof::lint
