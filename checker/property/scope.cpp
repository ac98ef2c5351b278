#include "property/scope.h"

#include <algorithm>

#include <fmt/format.h>

namespace presproof::property {
namespace {

constexpr std::array<std::string_view, 24> kReserved = {
    "for",   "minus",  "everyone",  "list",  "domain",   "except", "when",     "during",
    "never", "always", "sometimes", "and",   "or",       "not",    "response", "reveals",
    "group", "person", "region",    "civic", "property", "circle", "over",     "effective"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80U;
}
bool is_name_char(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), is_name_char);
}

}  // namespace

bool is_reserved(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

Token expect_new_name(Cursor& cursor, std::string_view what) {
  const Token& next = cursor.peek();
  if (next.kind == TokenKind::string)
    cursor.fail(fmt::format("the name of the {}", what), "a name is written without quotes");
  if (next.kind != TokenKind::word || !is_name(next.text)) {
    cursor.fail(fmt::format("the name of the {}", what),
                "a name begins with a letter and has letters, digits, `-`, `_` and `.`");
  }
  if (is_reserved(next.text))
    cursor.fail(fmt::format("the name of the {}", what), "words of the language cannot be names");
  return cursor.take();
}

void report_redefinition(Cursor& cursor, const Token& name, SourceSpan first) {
  const std::string where =
      first.file == cursor.file() ? std::string() : fmt::format(" of {}", cursor.sources().name(first.file));
  cursor.problem(name, fmt::format("{} is defined already, in line {}{}", describe(name), first.line, where),
                 "a name means one thing; choose another name");
}

void report_unknown(Cursor& cursor, const Token& name, std::string_view what,
                    const std::vector<std::string_view>& known) {
  std::string hint = suggestion(name.text, known);
  if (hint.empty() && name.text.find_first_of(":@") != std::string::npos) {
    hint = fmt::format("write a URI in braces: `{{ {} }}`", shortened(name.text));
  }
  if (hint.empty()) hint = fmt::format("a {} is defined before it is used", what);
  cursor.problem(name, fmt::format("no {} is called {}", what, describe(name)), std::move(hint));
}

}  // namespace presproof::property
