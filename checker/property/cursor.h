#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_span.h"
#include "diag/error.h"
#include "diag/sources.h"
#include "property/lexer.h"

/// The parser's place in one text, and what it says when something else stands there. Every word that was asked for at
/// a place in vain is remembered, so that a message lists all that could have stood there.
namespace presproof::property {

/// Thrown after a problem was reported from which the statement cannot go on; caught where statements are read.
struct StatementAbandoned {
  std::size_t offset = 0;  ///< of the token that did not fit
};

/// What statements start with.
inline constexpr std::array<std::string_view, 5> kStatementWords = {"group", "person", "region", "civic", "property"};

/// The most problems that are kept; more help nobody.
inline constexpr std::size_t kMaxProblems = 100;
/// How deep parentheses, `not` and groups of groups may nest.
inline constexpr std::size_t kMaxNesting = 64;

class Cursor {
 public:
  Cursor(const diag::Sources& sources, std::uint32_t file, std::vector<diag::Problem>& problems);

  [[nodiscard]] const Token& peek();
  Token take();
  /// The next token as inside the braces of a set; nothing may have been peeked since the brace.
  Token take_uri();

  /// Takes the word (or symbol) when it is next.
  bool accept(std::string_view word);
  bool accept_symbol(std::string_view symbol);
  /// Whether these two words are next; neither is taken.
  [[nodiscard]] bool are_next(std::string_view first, std::string_view second);
  void expect(std::string_view word);
  void expect_symbol(std::string_view symbol);
  Token expect_string(std::string_view what);
  /// The index in `words` of the word that is next; it is taken.
  template <class Words>
  std::size_t expect_one_of(const Words& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (accept(words[i])) return i;
    }
    fail();
  }

  /// Says that `what` (or, when empty, one of the words asked for here) was expected and abandons the statement. The
  /// hint is the nearest of the words asked for, else `hint`.
  [[noreturn]] void fail(std::string_view what = {}, std::string_view hint = {});
  [[noreturn]] void fail_at(const Token& token, std::string_view what, const std::vector<std::string_view>& words,
                            std::string_view hint);
  /// A problem that does not keep the parser from going on.
  void problem(const Token& token, std::string message, std::string hint = {});
  [[nodiscard]] SourceSpan span(const Token& token) const;

  /// The first line after that of `offset`, or `offset` itself when it begins its line, at which a statement starts.
  /// Goes on there.
  void recover(const StatementAbandoned& abandoned, std::size_t statement_offset);
  /// Whether the text ends here, or the next statement starts.
  [[nodiscard]] bool at_statement();
  /// Fails unless the text ends here or, when statements may follow, a word is next with which they start.
  void expect_end_of_statement(bool more_statements);
  [[nodiscard]] bool statement_at(const Token& token) const { return lexer_.statement_at(token.offset); }
  [[nodiscard]] std::size_t taken() const { return taken_.size(); }
  /// What was taken since, on one line: comments dropped, white space between tokens collapsed.
  [[nodiscard]] std::string text_since(std::size_t taken) const;

  /// Where the next token is looked for.
  [[nodiscard]] std::size_t offset() const { return offset_; }
  [[nodiscard]] std::uint32_t file() const { return file_; }
  [[nodiscard]] const diag::Sources& sources() const { return sources_; }
  [[nodiscard]] std::vector<diag::Problem>& problems() { return problems_; }

  /// Counts a level of nesting while it lives. Abandons the statement over the limit.
  class Nested {
   public:
    explicit Nested(Cursor& cursor);
    ~Nested() { --cursor_.depth_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Cursor& cursor_;
  };

 private:
  struct Piece {
    std::size_t offset;
    std::size_t length;
  };
  template <class Lex>
  Token lex(Lex next);
  void tried(std::string_view word);

  const diag::Sources& sources_;
  std::uint32_t file_;
  std::vector<diag::Problem>& problems_;
  Lexer lexer_;
  std::size_t offset_ = 0;
  std::size_t depth_ = 0;
  bool peeked_ = false;
  Token next_;
  std::vector<std::string_view> tried_;  ///< at next_; views of literals and tables
  std::vector<Piece> taken_;
};

/// The text in backticks, cut to 60 characters; a string in its quotes; `the end of the text`.
[[nodiscard]] std::string describe(const Token& token);
/// `did you mean ...?` for the nearest of the words, or nothing.
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string_view>& known);
/// "`a`, `b` or `c`"; `last` is a phrase that ends the list.
[[nodiscard]] std::string alternatives(const std::vector<std::string_view>& words, std::string_view last = {});
/// At most 60 code points, `...` behind what was cut.
[[nodiscard]] std::string shortened(std::string_view text);

}  // namespace presproof::property
