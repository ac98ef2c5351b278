#pragma once

#include <cstdint>

namespace presproof {

/// Where a thing was read: a place in one of the run's source texts (diag::Sources).
///
/// `line` and `column` count from 1; the column counts Unicode code points, as editors do. `length` is in code
/// points too and may be 0. `line == 0` means "nowhere": made by the program, not read from a file.
///
/// Two spans always compare equal, so that values which carry one compare by what they mean.
struct SourceSpan {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 0;

  [[nodiscard]] constexpr bool known() const { return line != 0; }
  friend constexpr bool operator==(const SourceSpan&, const SourceSpan&) { return true; }
};

}  // namespace presproof
