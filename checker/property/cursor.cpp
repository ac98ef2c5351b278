#include "property/cursor.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/lexical.h"

namespace presproof::property {
namespace {

constexpr std::size_t kMaxShown = 60;

std::string quoted(std::string_view text) { return fmt::format("`{}`", text); }

}  // namespace

std::string shortened(std::string_view text) {
  std::size_t shown = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool continues = (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
    if (!continues && shown++ == kMaxShown) return std::string(text.substr(0, i)) + "...";
  }
  return std::string(text);
}

std::string describe(const Token& token) {
  if (token.kind == TokenKind::end) return "the end of the text";
  if (token.kind == TokenKind::string) return fmt::format("`\"{}\"`", shortened(token.text));
  return quoted(shortened(token.text));
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const auto same =
      std::find_if(known.begin(), known.end(), [&](std::string_view k) { return equal_ignoring_case(k, word); });
  const auto nearest = same != known.end() ? std::optional(*same) : nearest_word(word, known);
  return nearest ? fmt::format("did you mean `{}`?", *nearest) : std::string();
}

std::string alternatives(const std::vector<std::string_view>& words, std::string_view last) {
  std::string text;
  const std::size_t count = words.size() + (last.empty() ? 0 : 1);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += i + 1 == count ? " or " : ", ";
    text += i < words.size() ? quoted(words[i]) : std::string(last);
  }
  return text;
}

Cursor::Cursor(const diag::Sources& sources, std::uint32_t file, std::vector<diag::Problem>& problems)
    : sources_(sources), file_(file), problems_(problems), lexer_(sources.text(file)) {
  if (lexer_.text().starts_with("\xEF\xBB\xBF")) offset_ = 3;
}

template <class Lex>
Token Cursor::lex(Lex next) {
  try {
    return next();
  } catch (const LexicalError& error) {
    problem(Token{TokenKind::word, error.offset, error.length, {}}, error.message, error.hint);
    throw StatementAbandoned{error.offset};
  }
}

const Token& Cursor::peek() {
  if (!peeked_) {
    next_ = lex([this] { return lexer_.token_at(offset_); });
    peeked_ = true;
  }
  return next_;
}

Token Cursor::take() {
  Token token = peek();
  offset_ = token.end();
  peeked_ = false;
  tried_.clear();
  taken_.push_back({token.offset, token.length});
  return token;
}

Token Cursor::take_uri() {
  Token token = lex([this] { return lexer_.uri_at(offset_); });
  offset_ = token.end();
  peeked_ = false;
  tried_.clear();
  taken_.push_back({token.offset, token.length});
  return token;
}

bool Cursor::are_next(std::string_view first, std::string_view second) {
  const Token& token = peek();
  return token.is_word(first) && lex([&] { return lexer_.token_at(token.end()); }).is_word(second);
}

bool Cursor::accept(std::string_view word) {
  if (peek().is_word(word)) {
    take();
    return true;
  }
  tried(word);
  return false;
}

bool Cursor::accept_symbol(std::string_view symbol) {
  if (peek().is_symbol(symbol)) {
    take();
    return true;
  }
  tried(symbol);
  return false;
}

void Cursor::tried(std::string_view word) {
  if (std::find(tried_.begin(), tried_.end(), word) == tried_.end()) tried_.push_back(word);
}

void Cursor::expect(std::string_view word) {
  if (!accept(word)) fail();
}

void Cursor::expect_symbol(std::string_view symbol) {
  if (!accept_symbol(symbol)) fail();
}

Token Cursor::expect_string(std::string_view what) {
  if (peek().kind != TokenKind::string) {
    fail(what, peek().kind == TokenKind::word ? fmt::format("write it in quotes: `\"{}\"`", shortened(peek().text))
                                              : std::string());
  }
  return take();
}

void Cursor::fail(std::string_view what, std::string_view hint) {
  const Token token = peek();
  fail_at(token, what, tried_, hint);
}

void Cursor::fail_at(const Token& token, std::string_view what, const std::vector<std::string_view>& words,
                     std::string_view hint) {
  const std::string expected = what.empty() ? alternatives(words) : std::string(what);
  std::string help = token.kind == TokenKind::word ? suggestion(token.text, words) : std::string();
  if (help.empty()) help = hint;
  problem(token, fmt::format("expected {}, found {}", expected, describe(token)), std::move(help));
  throw StatementAbandoned{token.offset};
}

void Cursor::problem(const Token& token, std::string message, std::string hint) {
  if (problems_.size() < kMaxProblems) problems_.push_back({span(token), std::move(message), std::move(hint)});
}

SourceSpan Cursor::span(const Token& token) const { return sources_.span_at(file_, token.offset, token.length); }

void Cursor::recover(const StatementAbandoned& abandoned, std::size_t statement_offset) {
  const std::string_view text = lexer_.text();
  const std::size_t break_before =
      abandoned.offset == 0 ? std::string_view::npos : text.find_last_of("\r\n", abandoned.offset - 1);
  std::size_t line = break_before == std::string_view::npos ? 0 : break_before + 1;
  for (;;) {
    const std::size_t first = std::min(text.find_first_not_of(" \t", line), text.size());
    if (first >= abandoned.offset && first > statement_offset && lexer_.statement_at(first)) {
      offset_ = first;
      break;
    }
    const std::size_t line_break = text.find_first_of("\r\n", line);
    if (line_break == std::string_view::npos) {
      offset_ = text.size();
      break;
    }
    line = line_break + 1;
  }
  peeked_ = false;
  tried_.clear();
}

bool Cursor::at_statement() { return peek().kind == TokenKind::end || lexer_.statement_at(peek().offset); }

void Cursor::expect_end_of_statement(bool more_statements) {
  const Token token = peek();
  const auto starts = [&](std::string_view word) { return token.is_word(word); };
  if (token.kind == TokenKind::end ||
      (more_statements && std::any_of(kStatementWords.begin(), kStatementWords.end(), starts)))
    return;
  std::vector<std::string_view> words = tried_;
  if (more_statements) words.insert(words.end(), kStatementWords.begin(), kStatementWords.end());
  fail_at(token, alternatives(tried_, more_statements ? "the next statement" : "the end of the text"), words, {});
}

std::string Cursor::text_since(std::size_t taken) const {
  std::string text;
  for (std::size_t i = taken; i < taken_.size(); ++i) {
    if (i > taken && taken_[i].offset > taken_[i - 1].offset + taken_[i - 1].length) text += ' ';
    text += lexer_.text().substr(taken_[i].offset, taken_[i].length);
  }
  return text;
}

Cursor::Nested::Nested(Cursor& cursor) : cursor_(cursor) {
  if (cursor_.depth_ == kMaxNesting) {
    const Token token = cursor_.peek();
    cursor_.problem(token, fmt::format("nested deeper than {} levels", kMaxNesting),
                    "split it, or give its parts names with `group`");
    throw StatementAbandoned{token.offset};
  }
  ++cursor_.depth_;
}

}  // namespace presproof::property
