#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/source_span.h"

namespace presproof::diag {

/// What ends a run because of its input (exit status 2): unreadable files, malformed XML outside `lint`, a property
/// that does not parse, a limit passed.
struct Problem {
  SourceSpan span;      ///< unknown when the problem has no place in a text
  std::string message;  ///< lower case, no full stop
  std::string hint;     ///< what to do; may be empty
};

class InputError : public std::runtime_error {
 public:
  explicit InputError(Problem problem) : InputError(std::vector<Problem>{std::move(problem)}) {}
  explicit InputError(std::vector<Problem> problems)
      : std::runtime_error(problems.empty() ? std::string("bad input") : problems.front().message),
        problems_(std::move(problems)) {}
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// Throws InputError with one problem; without a span it has no place in a text.
[[noreturn]] inline void fail(std::string message, std::string hint = {}, SourceSpan span = {}) {
  throw InputError(Problem{.span = span, .message = std::move(message), .hint = std::move(hint)});
}

/// A promise of presproof itself is broken (exit status 4), such as a counterexample that does not replay.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace presproof::diag
