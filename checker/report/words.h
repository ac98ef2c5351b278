#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/request.h"
#include "policy/rule_set.h"
#include "semantics/decision.h"

/// Decisions and requests in words for people; everything from documents is made printable.
namespace presproof::report {

/// `sip:bob@example.com`, `sip:bob@example.com with tel:+1...` (one watcher), or `unauthenticated`.
[[nodiscard]] std::string watcher_words(const policy::Watcher& watcher);

/// `52.52 13.405; civic country DE, A1 Bavaria`, or `unknown`.
[[nodiscard]] std::string location_words(const policy::TargetLocation& location);

/// One line for each permission above its default, in the contract's order: `location within 5 km, civic city (rule
/// friends)`.
[[nodiscard]] std::vector<std::string> granted_words(const policy::Policy& policy, const semantics::Decision& decision);

/// A length as people say it: `5 km`, `500 m`.
[[nodiscard]] std::string length_words(double metres);

[[nodiscard]] std::string_view usage_word(policy::Usage usage);

/// The text as one word of a POSIX shell, quoted only when it must be.
[[nodiscard]] std::string shell_word(std::string_view text);

}  // namespace presproof::report
