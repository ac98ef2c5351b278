#include <algorithm>

#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "lint/ignores.h"

namespace presproof::lint {

/// Takes the comment out when it names nothing else. A comment means nothing to a server.
bool fix_unused_ignore(const Fixing& fixing, text::TextChanges& changes) {
  const std::size_t begin = fixing.context.sources.offset_of(fixing.finding.span);
  const auto comments = find_ignores(fixing.text());
  const auto comment = std::ranges::find(comments, begin, &IgnoreComment::begin);
  if (comment == comments.end() || comment->codes.size() != 1) return false;
  changes.remove({.begin = comment->begin, .open_end = comment->end, .close_begin = comment->end, .end = comment->end, .name = {}});
  return true;
}

}  // namespace presproof::lint
