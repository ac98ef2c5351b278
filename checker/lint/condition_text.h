#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "lint/fixing.h"
#include "policy/rule_set.h"
#include "text/element_text.h"

/// Rules and their conditions as they are written: what fixes look for around a finding.
namespace presproof::lint {

/// Whether two spans begin at one place. (Spans themselves always compare equal.)
[[nodiscard]] bool same_place(const SourceSpan& a, const SourceSpan& b);

/// The rule whose start tag or content has the span; null when no rule begins before it in its document.
[[nodiscard]] const policy::Rule* rule_around(const policy::Policy& policy, const SourceSpan& span);

/// Whether a comment stands in the element: what is moved or taken away with it may lose its sense.
[[nodiscard]] bool has_comment(std::string_view text, const text::ElementText& element);

/// Takes the whole rule away; false when it holds a comment.
[[nodiscard]] bool remove_rule(const Fixing& fixing, const policy::Rule& rule, text::TextChanges& changes);

/// RFC 4745 section 7.4: the pairs of a <validity> can be ordered and each contains a moment.
[[nodiscard]] bool all_hold(std::span<const policy::ValidityPair> pairs);

/// A <from> with the <until> after it.
struct PairText {
  text::ElementText from;
  text::ElementText until;
};
/// A <validity> of complete pairs and nothing else.
struct ValidityText {
  const policy::ValidityCondition* condition;
  std::vector<PairText> pairs;  ///< those of the condition

  /// The pair that begins at the span; nothing when there is none.
  [[nodiscard]] std::optional<std::size_t> pair_at(const SourceSpan& span) const;
};
/// The validity that has a pair at the finding's span. Nothing when something else stands in it, such as a comment:
/// then it is better mended by hand.
[[nodiscard]] std::optional<ValidityText> validity_around(const Fixing& fixing);

}  // namespace presproof::lint
