#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What the writer of a value that is not of its type meant; nothing when that would be a guess.
namespace presproof::policy {

/// `True`, `YES`, `off`: words that mean one of the two in most languages of configuration.
[[nodiscard]] std::optional<bool> meant_boolean(std::string_view text);

/// An xs:dateTime with an offset from one with a blank for the `T`, small letters, missing zeros or seconds.
[[nodiscard]] std::optional<std::string> meant_date_time(std::string_view text);

/// An xs:ID: what is not allowed replaced by `_`.
[[nodiscard]] std::optional<std::string> meant_rule_id(std::string_view text);

/// A URI from one with white space in it or angle brackets around it.
[[nodiscard]] std::optional<std::string> meant_uri(std::string_view text);

/// A number of metres above 0 from one with a unit (`500 m`, `5 km`); `whole`: without a fraction.
[[nodiscard]] std::optional<std::string> meant_metres(std::string_view text, bool whole);

/// Whether a `uom` names the metre in another way than RFC 5491 asks for.
[[nodiscard]] bool means_metre(std::string_view uom);

}  // namespace presproof::policy
