#include "presence/filter_expression.h"

#include <fmt/format.h>

#include <charconv>

#include "base/lexical.h"
#include "base/utf8.h"
#include "diag/error.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class Parser {
 public:
  Parser(std::string_view text, const NamespaceBindings& bindings, const std::function<SourceSpan(std::size_t)>& place)
      : text_(text), bindings_(&bindings), place_(&place) {}

  Selection parse() {
    Selection selection;
    skip_space();
    if (!at('/'))
      fail("an expression begins with `/` or `//`", "write the path from the root, like `//pidf:tuple/pidf:status`");
    while (take('/')) {
      const bool deep = take('/');
      if (take_token('@')) {
        if (deep) selection.steps.push_back({FilterAxis::descendant_or_self, NameTest{true, {}, {}}, {}});
        if (selection.steps.empty()) fail("an attribute belongs to an element", "name the element before `/@`");
        selection.attribute = qualified_name();
        break;
      }
      FilterStep step;
      step.axis = deep ? FilterAxis::descendant : FilterAxis::child;
      step.name = name_test();
      while (take_token('[')) step.conditions.push_back(condition());
      selection.steps.push_back(std::move(step));
      skip_space();
    }
    skip_space();
    if (offset_ < text_.size()) refuse_rest();
    return selection;
  }

 private:
  [[noreturn]] void fail(std::string message, std::string hint = {}) const {
    throw diag::InputError(diag::Problem{(*place_)(offset_), std::move(message), std::move(hint)});
  }

  [[noreturn]] void refuse_rest() const {
    if (at('[')) fail("a condition on an attribute", "put the condition on its element");
    if (at('(')) fail("functions and node tests are not part of RFC 4661 section 5");
    if (at(':')) fail("axes and `prefix:*` are not part of RFC 4661 section 5");
    if (at('|')) fail("`|` is not part of RFC 4661 section 5", "write two elements instead");
    fail(fmt::format("unexpected `{}` in the expression", text_.substr(offset_, decode_utf8(text_, offset_).length)));
  }

  [[nodiscard]] bool at(char c) const { return offset_ < text_.size() && text_[offset_] == c; }
  void skip_space() {
    while (offset_ < text_.size() && is_space(text_[offset_])) ++offset_;
  }
  bool take(char c) {
    if (!at(c)) return false;
    ++offset_;
    return true;
  }
  bool take_token(char c) {
    skip_space();
    return take(c);
  }

  /// NCName, or empty.
  std::string_view ncname() {
    const std::size_t begin = offset_;
    while (offset_ < text_.size()) {
      const CodePoint c = decode_utf8(text_, offset_);
      const bool fits =
          c.valid && c.value != U':' && (offset_ == begin ? is_name_start_char(c.value) : is_name_char(c.value));
      if (!fits) break;
      offset_ += c.length;
    }
    return text_.substr(begin, offset_ - begin);
  }

  NameTest qualified_name() {
    skip_space();
    const std::size_t begin = offset_;
    const std::string_view first = ncname();
    if (first.empty()) fail("a name is expected here");
    NameTest name;
    name.local = std::string(first);
    if (at(':') && offset_ + 1 < text_.size() && text_[offset_ + 1] != ':') {
      ++offset_;
      const std::string_view local = ncname();
      if (local.empty()) fail("a name must follow the prefix");
      name.local = std::string(local);
      name.ns = namespace_of(first, begin);
    }
    const std::size_t end = offset_;
    skip_space();
    if (at('(') || at(':')) refuse_rest();
    offset_ = end;
    return name;
  }

  std::string namespace_of(std::string_view prefix, std::size_t begin) {
    const auto bound = bindings_->find(prefix);
    if (bound != bindings_->end()) return bound->second;
    if (prefix == "xml") return std::string(xml::ns::kXml);
    offset_ = begin;
    fail(fmt::format("the prefix `{}` is not bound", prefix),
         fmt::format("add `<ns-binding prefix=\"{}\" urn=\"...\"/>` to `<ns-bindings>`", prefix));
  }

  NameTest name_test() {
    skip_space();
    if (take('*')) return {true, {}, {}};
    if (at('.')) fail("`.` and `..` are allowed in conditions alone");
    if (offset_ == text_.size()) fail("the expression ends where an element is expected");
    return qualified_name();
  }

  FilterCondition condition() {
    FilterCondition condition;
    condition.alternatives.emplace_back();
    for (;;) {
      condition.alternatives.back().push_back(test());
      skip_space();
      if (take(']')) return condition;
      const std::size_t begin = offset_;
      const std::string_view oper = ncname();
      if (oper == "or") {
        condition.alternatives.emplace_back();
      } else if (oper != "and") {
        offset_ = begin;
        fail("`and`, `or` or `]` is expected here");
      }
    }
  }

  FilterTest test() {
    FilterTest test;
    skip_space();
    if (take('.')) {
      if (take('.')) test.start = FilterTest::Start::parent;
      skip_space();
      if (at('/')) fail("no path may follow `.` or `..` in RFC 4661 section 5");
    } else if (take('@')) {
      test.attribute = qualified_name();
    } else {
      path(test);
    }
    test.comparison = comparison();
    test.literal = literal();
    return test;
  }

  void path(FilterTest& test) {
    if (at('/') || at('(') || at('"') || at('\''))
      fail("a condition begins with an attribute, `.`, `..` or the name of a child");
    if (offset_ < text_.size() && text_[offset_] >= '0' && text_[offset_] <= '9') {
      fail("positions are not part of RFC 4661 section 5", "compare an attribute or a child with a value");
    }
    test.path.push_back(name_test());
    while (take_token('/')) {
      if (at('/')) fail("`//` is not allowed in conditions");
      if (take_token('@')) {
        test.attribute = qualified_name();
        return;
      }
      test.path.push_back(name_test());
    }
  }

  Comparison comparison() {
    skip_space();
    if (at(']') || at('[')) fail("a condition compares with a value", "write it like `rpid:class=\"work\"`");
    const std::string_view rest = text_.substr(offset_);
    if (rest.starts_with("!=") || rest.starts_with("<=") || rest.starts_with(">=")) {
      fail(fmt::format("`{}` is not part of RFC 4661 section 5, which has `=`, `<` and `>`", rest.substr(0, 2)));
    }
    if (take('=')) return Comparison::equal;
    if (take('<')) return Comparison::less;
    if (take('>')) return Comparison::greater;
    fail("`=`, `<` or `>` is expected here");
  }

  std::variant<std::string, double> literal() {
    skip_space();
    if (at('"') || at('\'')) {
      const char quote = text_[offset_];
      const std::size_t end = text_.find(quote, offset_ + 1);
      if (end == std::string_view::npos) fail("a quoted value without its end");
      std::string value(text_.substr(offset_ + 1, end - offset_ - 1));
      offset_ = end + 1;
      return value;
    }
    std::size_t end = offset_;
    while (end < text_.size() && (text_[end] == '-' || text_[end] == '.' || (text_[end] >= '0' && text_[end] <= '9')))
      ++end;
    const auto number = xpath_number(text_.substr(offset_, end - offset_));
    if (!number) fail("a quoted value or a number is expected here", "write it in quotes");
    offset_ = end;
    return *number;
  }

  std::string_view text_;
  const NamespaceBindings* bindings_;
  const std::function<SourceSpan(std::size_t)>* place_;
  std::size_t offset_ = 0;
};

}  // namespace

Selection parse_selection(std::string_view text, const NamespaceBindings& bindings,
                          const std::function<SourceSpan(std::size_t)>& place) {
  return Parser(text, bindings, place).parse();
}

std::optional<double> xpath_number(std::string_view text) {
  const std::string_view number = trim_xml_space(text);
  const std::string_view digits = number.starts_with('-') ? number.substr(1) : number;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t points = 0;
  std::size_t figures = 0;
  for (const char c : digits) {
    if (c == '.')
      ++points;
    else if (is_digit(c))
      ++figures;
    else
      return std::nullopt;
  }
  if (figures == 0 || points > 1) return std::nullopt;
  double value = 0;
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || end != number.data() + number.size()) return std::nullopt;
  return value;
}

}  // namespace presproof::presence
