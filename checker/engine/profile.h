#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// Engine profiles: a table of how named servers decide. The operators are data, so that the evaluator and the
/// encoder can both follow them; `rfc` is the only profile, and the enumerations hold what it does.
namespace presproof::engine {

enum class Combining : std::uint8_t { all_matching_rules };       ///< RFC 4745 section 10.2
enum class Filtering : std::uint8_t { shows_what_is_granted };    ///< RFC 5025 section 3.3
enum class IdentityTest : std::uint8_t { uri_equivalence };       ///< RFC 4745 section 7.1
enum class UnknownConditionIs : std::uint8_t { not_met };         ///< RFC 4745 section 10.1

struct Profile {
  std::string_view name;
  std::string_view title;
  Combining combining;
  Filtering filtering;
  IdentityTest identity;
  UnknownConditionIs unknown_condition;
};

[[nodiscard]] std::span<const Profile> all_profiles();
[[nodiscard]] const Profile& rfc();
/// Null when there is none of that name.
[[nodiscard]] const Profile* find_profile(std::string_view name);

}  // namespace presproof::engine
