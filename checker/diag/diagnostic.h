#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/source_span.h"
#include "diag/code.h"

namespace presproof::diag {

struct Related {
  SourceSpan span;
  std::string message;
  friend bool operator==(const Related&, const Related&) = default;
};

/// One finding about a rule set, a presence document or another input. What the code means, how grave it is, why it
/// matters and where the specification says so stand in the registry (`info(code)`), never here.
///
/// `message` is lower case, without a full stop, with code in backticks; `fix` says what to write instead.
struct Diagnostic {
  Code code;
  SourceSpan span;
  std::optional<std::string> rule;  ///< id of the rule concerned
  std::string message;
  std::optional<std::string> fix;
  std::vector<Related> related;
};

/// Where readers and checks put what they find. They go on after each finding.
class Sink {
 public:
  void report(Diagnostic diagnostic) { diagnostics_.push_back(std::move(diagnostic)); }
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  [[nodiscard]] bool has_errors() const;
  /// Sorts by file, line, column, code and message, and drops exact repetitions.
  void sort();

 private:
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace presproof::diag
