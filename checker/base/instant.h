#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace presproof {

/// A point on the UTC time line: seconds since 1970-01-01T00:00:00Z (no leap seconds, as POSIX and XSD count), and
/// nanoseconds in 0..999999999. Digits beyond the ninth are cut off.
struct Instant {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;

  friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// The instants that RFC 3339 can write: 0000-01-01T00:00:00Z <= t < 10000-01-01T00:00:00Z.
inline constexpr Instant kFirstInstant{-62167219200, 0};
inline constexpr Instant kEndOfInstants{253402300800, 0};
/// 2026-06-01T12:00:00Z, in examples where the time does not matter.
inline constexpr Instant kUsualInstant{1780315200, 0};

/// An xs:dateTime (XML Schema part 2, 3.2.7). Without an offset it names no instant: `instant` is then what the
/// same text with `Z` would mean, good for messages alone.
struct DateTime {
  Instant instant;
  bool has_offset = false;
};

/// Reads an xs:dateTime; XML white space around it is ignored. 24:00:00 is the next day's first instant and second
/// 60 the next minute's, as XSD says. Nothing when the text is not in the lexical space.
[[nodiscard]] std::optional<DateTime> parse_xs_datetime(std::string_view text);

/// Reads an RFC 3339 date-time; the offset is required. Nothing when malformed.
[[nodiscard]] std::optional<Instant> parse_rfc3339(std::string_view text);

/// RFC 3339 in UTC, `Z`, the fraction only when it is not zero and without trailing zeros.
[[nodiscard]] std::string to_rfc3339(Instant instant);

}  // namespace presproof
