#pragma once

#include <string>
#include <vector>

#include "verify/knowledge.h"
#include "verify/watcher_states.h"

/// What is said about claims over time, in words for people.
namespace presproof::verify {

/// `0.8 km2, a circle of 505 m`.
[[nodiscard]] std::string area_words(double m2);

[[nodiscard]] std::string words_for_pair(const GeodeticShown& first, const WatcherState& at_first, const GeodeticShown& second,
                                         const WatcherState& at_second, const Left& left);
/// Radii and regions together.
[[nodiscard]] std::string words_for_knowledge(const Knowledge& knowledge, const Left& left);
[[nodiscard]] std::string words_for_civic(geo::CivicLevel told);
/// For `always`: more is left than the claim allows.
[[nodiscard]] std::string words_for_too_much(bool measured, const Left& left);
[[nodiscard]] std::string words_for_unsure(const Knowledge& knowledge, bool limit_passed);

}  // namespace presproof::verify
