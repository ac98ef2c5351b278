#include "property/quantity.h"

#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/lexical.h"

namespace presproof::property {
namespace {

struct Quantity {
  Token number;
  std::string digits;
  std::size_t unit = 0;  ///< index
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool starts_number(const Token& token) {
  if (token.kind != TokenKind::word) return false;
  const std::string_view text = token.text;
  return std::string_view("+-.0123456789").find(text.front()) != std::string_view::npos;
}

/// A number and one of the units, with or without a blank between them.
template <std::size_t N>
Quantity parse_quantity(Cursor& cursor, std::string_view what, const std::array<std::string_view, N>& units) {
  if (!starts_number(cursor.peek())) cursor.fail(what);
  Quantity quantity{cursor.take(), {}, 0};
  const std::string& text = quantity.number.text;
  std::size_t split = text.size();
  while (split > 0 && is_letter(text[split - 1])) --split;
  quantity.digits = text.substr(0, split);
  const std::string_view unit = std::string_view(text).substr(split);
  if (unit.empty()) {
    quantity.unit = cursor.expect_one_of(units);
    return quantity;
  }
  const std::vector<std::string_view> known(units.begin(), units.end());
  const Token unit_token{TokenKind::word, quantity.number.offset + split, unit.size(), std::string(unit)};
  for (std::size_t i = 0; i < N; ++i) {
    if (units[i] == unit) {
      quantity.unit = i;
      return quantity;
    }
  }
  cursor.fail_at(unit_token, alternatives(known), known, {});
}

constexpr std::array<std::string_view, 2> kLengthUnits = {"m", "km"};
constexpr std::array<std::string_view, 4> kDurationUnits = {"s", "min", "h", "d"};
constexpr std::array<std::int64_t, 4> kDurationFactors = {1, 60, 3600, 86400};

}  // namespace

double parse_length(Cursor& cursor) {
  const Quantity quantity = parse_quantity(cursor, "a length such as `5 km` or `200 m`", kLengthUnits);
  // Kilometres by the exponent, so that `4.35 km` is the double nearest to 4350.
  const bool shift = quantity.unit == 1 && quantity.digits.find_first_of("eE") == std::string::npos;
  auto metres = parse_xs_double(shift ? quantity.digits + "e3" : quantity.digits);
  if (metres && quantity.unit == 1 && !shift) *metres *= 1000;
  if (!metres || *metres > std::numeric_limits<double>::max()) {
    cursor.problem(quantity.number, fmt::format("{} is not a number", describe(quantity.number)));
    return 1;
  }
  if (*metres <= 0)
    cursor.problem(quantity.number, "a length is above 0", "for an exact location write `exact location`");
  return *metres;
}

std::int64_t parse_duration(Cursor& cursor) {
  const Quantity quantity =
      parse_quantity(cursor, "a duration such as `90 s`, `15 min`, `24 h` or `30 d`", kDurationUnits);
  const auto number = parse_xs_integer(quantity.digits);
  if (!number || *number < 0) {
    cursor.problem(quantity.number, fmt::format("{} is not a whole number of 0 or more", describe(quantity.number)));
    return 0;
  }
  std::int64_t seconds = 0;
  // parse_xs_integer saturates: the largest number stands for all that are larger.
  if (*number == std::numeric_limits<std::int64_t>::max() ||
      __builtin_mul_overflow(*number, kDurationFactors[quantity.unit], &seconds)) {
    cursor.problem(quantity.number, "the duration is too long");
  }
  return seconds;
}

double parse_degrees(Cursor& cursor, std::string_view what, double limit) {
  if (!starts_number(cursor.peek())) cursor.fail(fmt::format("{} in degrees such as `52.52`", what));
  const Token token = cursor.take();
  const auto degrees = parse_xs_double(token.text);
  if (!degrees) {
    cursor.problem(token, fmt::format("{} is not a number", describe(token)),
                   "a coordinate is written in decimal degrees, such as `52.52`");
    return 0;
  }
  if (*degrees < -limit || *degrees > limit) {
    cursor.problem(token, fmt::format("{} is from -{} to {} degrees, found {}", what, limit, limit, describe(token)),
                   limit == 90 ? "the latitude comes first, then the longitude" : "");
  }
  return *degrees;
}

Instant parse_time(Cursor& cursor) {
  if (!starts_number(cursor.peek())) cursor.fail("a time such as `2026-03-02T09:00:00+01:00`");
  const Token token = cursor.take();
  if (const auto instant = parse_rfc3339(token.text)) return *instant;
  if (const auto local = parse_xs_datetime(token.text); local && !local->has_offset) {
    cursor.problem(token, fmt::format("the time {} has no offset", describe(token)),
                   fmt::format("write `{}Z` for UTC, or an offset such as `+01:00`", shortened(token.text)));
    return local->instant;
  }
  cursor.problem(token, fmt::format("{} is not a time of RFC 3339", describe(token)),
                 "write a time as `2026-03-02T09:00:00+01:00`");
  return {};
}

}  // namespace presproof::property
