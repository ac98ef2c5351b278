#pragma once

#include <optional>
#include <string>

#include "lint/lint.h"
#include "policy/rule_set.h"

/// Whether a rewritten policy means what it meant: to every watcher, in every state, under every reading.
namespace presproof::lint {

/// Nothing when it is proved; else why not, in words that follow "could not be proved to keep the meaning: ".
///
/// Equal values, and rules of equal normal forms, mean the same. Else nobody may gain or lose anything (diff::compare) under any reading
/// that the policies can tell apart; a watcher of several identities neither, which is tried for all sets of those that the rules can tell
/// apart when these are few, and taken as not proved when they are many. Whose rules these are (`--usage auto`) has to stay, too. Not compared
/// are the ids of rules, which no watcher ever sees: a property with `rule "id"` may notice.
[[nodiscard]] std::optional<std::string> why_not_same(const policy::Policy& before, const policy::Policy& after, const Options& options);

}  // namespace presproof::lint
