#pragma once

#include "lint/fixing.h"

namespace presproof::lint {

/// Whether two spans are of one place (their `==` says nothing).
[[nodiscard]] inline bool same_place(const SourceSpan& a, const SourceSpan& b) {
  return a.file == b.file && a.line == b.line && a.column == b.column;
}

/// Takes the finding's element away, with its line when it is alone on it. False, and nothing done, when a comment in
/// it would be lost.
bool remove_element(const Fixing& fixing, text::TextChanges& changes);

}  // namespace presproof::lint
