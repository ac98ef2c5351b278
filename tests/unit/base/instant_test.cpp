#include "base/instant.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace presproof;

namespace {

std::int64_t xs_seconds(const std::string& text) {
  const auto read = parse_xs_datetime(text);
  INFO(text);
  REQUIRE(read);
  return read->instant.seconds;
}

}  // namespace

TEST_CASE("an xs:dateTime with an offset names an instant") {
  const auto read = parse_xs_datetime(" \n2026-03-02T09:00:00+01:00\t");
  REQUIRE(read);
  CHECK(read->has_offset);
  CHECK(read->instant == Instant{1772438400, 0});
  CHECK(parse_xs_datetime("2026-03-02T08:00:00Z")->instant == read->instant);
  CHECK(parse_xs_datetime("1970-01-01T00:00:00Z")->instant == Instant{0, 0});
  CHECK(parse_xs_datetime("1969-12-31T23:59:59.5Z")->instant == Instant{-1, 500000000});
}

TEST_CASE("an xs:dateTime without an offset says so") {
  const auto read = parse_xs_datetime("2026-03-02T08:00:00");
  REQUIRE(read);
  CHECK_FALSE(read->has_offset);
  CHECK(read->instant == Instant{1772438400, 0});
}

TEST_CASE("the offset of an xs:dateTime goes to fourteen hours") {
  CHECK(xs_seconds("1970-01-02T00:00:00+14:00") == 10 * 3600);
  CHECK(xs_seconds("1970-01-01T00:00:00-14:00") == 14 * 3600);
  CHECK(xs_seconds("1970-01-01T00:00:00-00:00") == 0);
  CHECK(xs_seconds("1970-01-01T00:00:00+13:59") == -(13 * 3600 + 59 * 60));
  CHECK_FALSE(parse_xs_datetime("1970-01-01T00:00:00+14:01"));
  CHECK_FALSE(parse_xs_datetime("1970-01-01T00:00:00-14:01"));
  CHECK_FALSE(parse_xs_datetime("1970-01-01T00:00:00+15:00"));
  CHECK_FALSE(parse_xs_datetime("1970-01-01T00:00:00+10:60"));
}

TEST_CASE("hour 24 is the next day's first instant and second 60 the next minute's") {
  CHECK(xs_seconds("2024-02-28T24:00:00Z") == xs_seconds("2024-02-29T00:00:00Z"));
  CHECK(xs_seconds("2023-12-31T24:00:00.000Z") == xs_seconds("2024-01-01T00:00:00Z"));
  CHECK(xs_seconds("2016-12-31T23:59:60Z") == xs_seconds("2017-01-01T00:00:00Z"));
  for (const char* text : {"2024-02-28T24:00:01Z", "2024-02-28T24:01:00Z", "2024-02-28T24:00:00.1Z",
                           "2024-02-28T24:00:00.0000000001Z", "2024-02-28T25:00:00Z", "2024-02-28T00:00:61Z"}) {
    INFO(text);
    CHECK_FALSE(parse_xs_datetime(text));
  }
}

TEST_CASE("the day must be in the month") {
  CHECK(parse_xs_datetime("2024-02-29T00:00:00Z"));
  CHECK(parse_xs_datetime("2000-02-29T00:00:00Z"));
  for (const char* text : {"2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-04-31T00:00:00Z",
                           "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z", "2024-01-00T00:00:00Z"}) {
    INFO(text);
    CHECK_FALSE(parse_xs_datetime(text));
    CHECK_FALSE(parse_rfc3339(text));
  }
}

TEST_CASE("the years of an xs:dateTime may be long or negative") {
  CHECK(xs_seconds("10000-01-01T00:00:00Z") == kEndOfInstants.seconds);
  CHECK(xs_seconds("-0001-01-01T00:00:00Z") == kFirstInstant.seconds);
  CHECK(xs_seconds("-0001-02-29T00:00:00Z") == kFirstInstant.seconds + 59 * 86400);
  CHECK(xs_seconds("99999999999999999999-01-01T00:00:00Z") > kEndOfInstants.seconds);
  CHECK(xs_seconds("-99999999999999999999-01-01T00:00:00Z") < kFirstInstant.seconds);
  for (const char* text : {"0000-01-01T00:00:00Z", "-0000-01-01T00:00:00Z", "02026-01-01T00:00:00Z",
                           "+2026-01-01T00:00:00Z", "226-01-01T00:00:00Z"}) {
    INFO(text);
    CHECK_FALSE(parse_xs_datetime(text));
  }
}

TEST_CASE("what is not an xs:dateTime is refused") {
  for (const char* text :
       {"", "2026", "2026-01-01", "2026-01-01T", "2026-01-01T00:00", "2026-01-01t00:00:00Z", "2026-01-01T00:00:00z",
        "2026-01-01 00:00:00Z", "2026-1-01T00:00:00Z", "2026-01-01T0:00:00Z", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00ZZ", "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00+1:00", "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00 Z"}) {
    INFO(text);
    CHECK_FALSE(parse_xs_datetime(text));
  }
}

TEST_CASE("fractions count to nanoseconds and no further") {
  CHECK(parse_xs_datetime("1970-01-01T00:00:00.5Z")->instant.nanoseconds == 500000000);
  CHECK(parse_xs_datetime("1970-01-01T00:00:00.123456789987Z")->instant.nanoseconds == 123456789);
  CHECK(parse_rfc3339("1970-01-01T00:00:00.000000001Z")->nanoseconds == 1);
}

TEST_CASE("an RFC 3339 date-time has four digits of year and an offset") {
  CHECK(parse_rfc3339("2026-06-01T12:00:00Z") == Instant{1780315200, 0});
  CHECK(parse_rfc3339("2026-06-01t14:00:00+02:00") == Instant{1780315200, 0});
  CHECK(parse_rfc3339("2026-06-01T12:00:00z") == Instant{1780315200, 0});
  CHECK(parse_rfc3339("1970-01-02T00:00:00+23:59") == Instant{60, 0});
  CHECK(parse_rfc3339("0000-01-01T00:00:00Z") == kFirstInstant);
  CHECK(parse_rfc3339("1990-12-31T23:59:60Z") == parse_rfc3339("1991-01-01T00:00:00Z"));
  for (const char* text :
       {"2026-06-01T12:00:00", "12026-06-01T12:00:00Z", "2026-06-01T24:00:00Z", "2026-06-01 12:00:00Z",
        " 2026-06-01T12:00:00Z", "2026-06-01T12:00:00+24:00", "-2026-06-01T12:00:00Z", "2026-06-01T12:00Z", ""}) {
    INFO(text);
    CHECK_FALSE(parse_rfc3339(text));
  }
}

TEST_CASE("instants are written as RFC 3339 in UTC and read again") {
  CHECK(to_rfc3339({0, 0}) == "1970-01-01T00:00:00Z");
  CHECK(to_rfc3339({1780315200, 0}) == "2026-06-01T12:00:00Z");
  CHECK(to_rfc3339({-1, 500000000}) == "1969-12-31T23:59:59.5Z");
  CHECK(to_rfc3339({0, 1}) == "1970-01-01T00:00:00.000000001Z");
  CHECK(to_rfc3339(kFirstInstant) == "0000-01-01T00:00:00Z");
  CHECK(to_rfc3339({kEndOfInstants.seconds - 1, 0}) == "9999-12-31T23:59:59Z");
  // Every day from 1600 to 2400 and beyond, one each five.
  for (std::int64_t day = -135140; day < 160000; day += 5) {
    const Instant instant{day * 86400 + 3723, 0};
    REQUIRE(parse_rfc3339(to_rfc3339(instant)) == instant);
  }
}
