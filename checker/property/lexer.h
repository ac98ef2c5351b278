#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Tokens of the property language. The lexer is asked for the token at a place, in one of two ways, because a set
/// of URIs is written with bare URIs, whose characters mean something else everywhere outside of braces.
namespace presproof::property {

enum class TokenKind : std::uint8_t { word, string, symbol, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t offset = 0;
  std::size_t length = 0;  ///< in bytes, quotes and escapes included
  std::string text;        ///< a string's without quotes and escapes; the others' as written

  [[nodiscard]] std::size_t end() const { return offset + length; }
  [[nodiscard]] bool is_word(std::string_view word) const { return kind == TokenKind::word && text == word; }
  [[nodiscard]] bool is_symbol(std::string_view symbol) const { return kind == TokenKind::symbol && text == symbol; }
};

/// What is no token: a string without its end, say.
struct LexicalError {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string message;
  std::string hint;
};

class Lexer {
 public:
  /// Views `text`, which must be valid UTF-8 and outlive the lexer.
  explicit Lexer(std::string_view text) : text_(text) {}

  /// The token at or after `offset`, behind blanks and comments. Throws LexicalError.
  [[nodiscard]] Token token_at(std::size_t offset) const;
  /// The same inside the braces of a set: `,`, `}`, a quoted string, or a word that runs until a blank, `,` or `}`.
  [[nodiscard]] Token uri_at(std::size_t offset) const;
  /// Whether a statement starts at `offset`: `group NAME =`, `property "`, `civic resolution` and so on.
  [[nodiscard]] bool statement_at(std::size_t offset) const;

  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  [[nodiscard]] std::size_t skip_blanks(std::size_t offset) const;
  [[nodiscard]] Token string_at(std::size_t offset) const;
  [[nodiscard]] std::size_t word_end(std::size_t offset) const;

  std::string_view text_;
};

}  // namespace presproof::property
