#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "lint/lint.h"
#include "semantics/decision.h"
#include "text/element_text.h"

/// Rule sets of one document under a server of which the first rule that matches decides alone (engine::Combining::first_matching_rule), where
/// the RFCs combine all of them (RFC 4745 section 10.2).
namespace presproof::lint {

/// Without what a broader permission among them covers: selectors beside all of a kind, attributes beside all.
[[nodiscard]] semantics::Permissions simplified(semantics::Permissions permissions);

/// A rule that adds something to an earlier one for somebody whom both match at one moment; alone it would have no effect there.
struct NotLookedAt {
  std::uint32_t rule = 0;
  std::uint32_t decides = 0;  ///< the first that matches
  std::string whom;
};
/// For each such rule one case, in document order. Location conditions are taken to hold.
[[nodiscard]] std::vector<NotLookedAt> not_looked_at(const policy::RuleSet& rules);

/// Somebody whom an `except id` excludes, and whom no rule before it names: a server that does not read it lets him in.
struct NotExcluded {
  std::uint32_t rule = 0;
  const policy::Except* except = nullptr;
};
[[nodiscard]] std::vector<NotExcluded> not_excluded(const policy::RuleSet& rules);

/// The rules rewritten so that for every watcher the first that matches gives what all of them together gave: one rule for each set of persons
/// whom the rules tell apart, then for each domain, then for everybody else, each with the permissions of all that matched; whom an `except`
/// excludes is blocked by a rule before. Comments stay with the rule that they stood in or before.
/// Nothing where this cannot be written: rules without an <identity>, or with two, or with conditions that are neither periods nor spheres, or with
/// permissions that cannot be joined in one element, or that declare namespaces of their own, or where it would be very long.
[[nodiscard]] bool write_for_first_match(const Context& context, std::size_t document, text::TextChanges& changes);

}  // namespace presproof::lint
