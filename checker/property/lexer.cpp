#include "property/lexer.h"

namespace presproof::property {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool ends_word(char c) { return is_blank(c) || std::string_view("{}(),=#\"").find(c) != std::string_view::npos; }

}  // namespace

std::size_t Lexer::skip_blanks(std::size_t offset) const {
  while (offset < text_.size()) {
    if (text_[offset] == '#') {
      offset = text_.find_first_of("\r\n", offset);
      if (offset == std::string_view::npos) return text_.size();
    } else if (!is_blank(text_[offset])) {
      return offset;
    }
    ++offset;
  }
  return text_.size();
}

Token Lexer::string_at(std::size_t offset) const {
  Token token{TokenKind::string, offset, 0, {}};
  for (std::size_t i = offset + 1; i < text_.size() && text_[i] != '\n' && text_[i] != '\r'; ++i) {
    if (text_[i] == '"') {
      token.length = i + 1 - offset;
      return token;
    }
    if (text_[i] == '\\') {
      const char escaped = i + 1 < text_.size() ? text_[i + 1] : '\n';
      if (escaped != '"' && escaped != '\\') {
        throw LexicalError{i, 1, "unknown escape in a string", "write `\\\"` for a quote and `\\\\` for a backslash"};
      }
      ++i;
    }
    token.text += text_[i];
  }
  throw LexicalError{offset, 1, "a string has no end", "a string ends with `\"` on the line where it begins"};
}

/// Dots separate the times of an interval; a colon belongs to a word (a time) unless nothing follows it.
std::size_t Lexer::word_end(std::size_t offset) const {
  std::size_t i = offset;
  for (; i < text_.size() && !ends_word(text_[i]); ++i) {
    if (text_.substr(i, 2) == "..") break;
    if (text_[i] == ':' && (i + 1 == text_.size() || ends_word(text_[i + 1]))) break;
  }
  return i;
}

Token Lexer::token_at(std::size_t offset) const {
  offset = skip_blanks(offset);
  if (offset == text_.size()) return {TokenKind::end, offset, 0, {}};
  if (text_[offset] == '"') return string_at(offset);
  if (text_.substr(offset, 2) == "..") return {TokenKind::symbol, offset, 2, ".."};
  if (text_[offset] == ':' || ends_word(text_[offset]))
    return {TokenKind::symbol, offset, 1, std::string(1, text_[offset])};
  const std::size_t end = word_end(offset);
  return {TokenKind::word, offset, end - offset, std::string(text_.substr(offset, end - offset))};
}

Token Lexer::uri_at(std::size_t offset) const {
  offset = skip_blanks(offset);
  if (offset == text_.size()) return {TokenKind::end, offset, 0, {}};
  const char first = text_[offset];
  if (first == '"') return string_at(offset);
  if (first == ',' || first == '}') return {TokenKind::symbol, offset, 1, std::string(1, first)};
  std::size_t end = offset;
  while (end < text_.size() && !is_blank(text_[end]) && text_[end] != ',' && text_[end] != '}') ++end;
  return {TokenKind::word, offset, end - offset, std::string(text_.substr(offset, end - offset))};
}

bool Lexer::statement_at(std::size_t offset) const {
  try {
    const Token first = token_at(offset);
    const bool names = first.is_word("group") || first.is_word("person") || first.is_word("region");
    if (!names && !first.is_word("property") && !first.is_word("civic")) return false;
    const Token second = token_at(first.end());
    if (first.is_word("property")) return second.kind == TokenKind::string;
    if (first.is_word("civic")) return second.is_word("resolution");
    return second.kind == TokenKind::word && token_at(second.end()).is_symbol("=");
  } catch (const LexicalError&) {
    return false;
  }
}

}  // namespace presproof::property
