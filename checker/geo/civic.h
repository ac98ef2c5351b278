#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// Civic addresses (RFC 4119, RFC 5139) and their reduction to a level (RFC 6772 section 6.5.1).
namespace presproof::geo {

/// Field name (`country`, `A1`, `HNO`, ...) to its text, trimmed of XML white space. Extensions of other
/// namespaces have the key `{namespace}name`.
using CivicAddress = std::map<std::string, std::string>;

/// Ordered: each level shows what the lower ones do.
enum class CivicLevel : std::uint8_t { none, country, region, city, building, full };
inline constexpr std::array<std::string_view, 6> kCivicLevelNames = {"none", "country",  "region",
                                                                     "city", "building", "full"};

[[nodiscard]] std::string_view to_string(CivicLevel level);
[[nodiscard]] std::optional<CivicLevel> parse_civic_level(std::string_view text);

/// Whether a field is shown at a level. Fields that RFC 6772's figure does not list are shown at `full` alone.
[[nodiscard]] bool shown_at(std::string_view field, CivicLevel level);

[[nodiscard]] CivicAddress reduce(const CivicAddress& address, CivicLevel level);

}  // namespace presproof::geo
