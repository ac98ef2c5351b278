#include "base/instant.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/lexical.h"

namespace presproof {
namespace {

constexpr std::int64_t kDay = 86400;
// Years beyond this one are read as this one, so that seconds stay within 64 bits.
constexpr std::int64_t kFarthestYear = 200'000'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the parts of a date and time from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return text_.empty(); }

  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool take_any(char a, char b) { return take(a) || take(b); }

  /// Exactly two digits, at most `largest`.
  std::optional<int> two_digits(int largest) {
    if (text_.size() < 2 || !is_digit(text_[0]) || !is_digit(text_[1])) return std::nullopt;
    const int value = (text_[0] - '0') * 10 + (text_[1] - '0');
    text_.remove_prefix(2);
    if (value > largest) return std::nullopt;
    return value;
  }

  /// The maximal run of digits.
  std::string_view digits() {
    const auto end = std::find_if_not(text_.begin(), text_.end(), is_digit);
    const std::string_view run = text_.substr(0, static_cast<std::size_t>(end - text_.begin()));
    text_.remove_prefix(run.size());
    return run;
  }

 private:
  std::string_view text_;
};

/// Days from 1970-01-01 in the proleptic Gregorian calendar; year 0 is 1 BCE. Any year within kFarthestYear.
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  // The year begins in March, so that the leap day is its last; 400 years are 146097 days.
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

struct Date {
  std::int64_t year;
  int month;
  int day;
};

Date civil_from_days(std::int64_t days) {
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const int day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  const int month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

int days_in_month(std::int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

/// `-MM-DD` after the year.
std::optional<std::int64_t> scan_days(Scanner& in, std::int64_t year) {
  if (!in.take('-')) return std::nullopt;
  const auto month = in.two_digits(12);
  if (!month || *month == 0 || !in.take('-')) return std::nullopt;
  const auto day = in.two_digits(31);
  if (!day || *day == 0 || *day > days_in_month(year, *month)) return std::nullopt;
  return days_from_civil(year, *month, *day);
}

/// `hh:mm:ss` with an optional fraction, from midnight.
std::optional<Instant> scan_time(Scanner& in, int largest_hour) {
  const auto hour = in.two_digits(largest_hour);
  if (!hour || !in.take(':')) return std::nullopt;
  const auto minute = in.two_digits(59);
  if (!minute || !in.take(':')) return std::nullopt;
  const auto second = in.two_digits(60);
  if (!second) return std::nullopt;

  Instant time{*hour * 3600 + *minute * 60 + *second, 0};
  if (in.take('.')) {
    const std::string_view fraction = in.digits();
    if (fraction.empty()) return std::nullopt;
    // 24:00:00 has no other second, be it past the ninth digit.
    if (*hour == 24 && fraction.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
    for (std::size_t i = 0; i < 9; ++i) {
      time.nanoseconds = time.nanoseconds * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    }
  }
  if (*hour == 24 && time.seconds != kDay) return std::nullopt;
  return time;
}

/// `+hh:mm` or `-hh:mm` in seconds.
std::optional<std::int64_t> scan_offset(Scanner& in, int largest_hour) {
  const bool west = in.take('-');
  if (!west && !in.take('+')) return std::nullopt;
  const auto hour = in.two_digits(largest_hour);
  if (!hour || !in.take(':')) return std::nullopt;
  const auto minute = in.two_digits(59);
  if (!minute) return std::nullopt;
  const std::int64_t offset = *hour * 3600 + *minute * 60;
  return west ? -offset : offset;
}

/// XSD part 2, 3.2.7.1: four or more digits, no leading zero beyond four, no year 0000; -0001 is 1 BCE.
std::optional<std::int64_t> scan_xs_year(Scanner& in) {
  const bool before = in.take('-');
  const std::string_view digits = in.digits();
  if (digits.size() < 4 || (digits.size() > 4 && digits.front() == '0')) return std::nullopt;
  std::int64_t year = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), year);
  if (year == 0 && result.ec == std::errc()) return std::nullopt;
  if (result.ec != std::errc() || year > kFarthestYear) year = kFarthestYear;
  return before ? 1 - year : year;
}

}  // namespace

std::optional<DateTime> parse_xs_datetime(std::string_view text) {
  Scanner in(trim_xml_space(text));
  const auto year = scan_xs_year(in);
  if (!year) return std::nullopt;
  const auto days = scan_days(in, *year);
  if (!days || !in.take('T')) return std::nullopt;
  const auto time = scan_time(in, 24);
  if (!time) return std::nullopt;

  DateTime result{{*days * kDay + time->seconds, time->nanoseconds}, false};
  if (in.at_end()) return result;
  result.has_offset = true;
  if (!in.take('Z')) {
    // XSD part 2, 3.2.7.3: from -14:00 to +14:00.
    const auto offset = scan_offset(in, 14);
    if (!offset || *offset > 14 * 3600 || *offset < -14 * 3600) return std::nullopt;
    result.instant.seconds -= *offset;
  }
  if (!in.at_end()) return std::nullopt;
  return result;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  Scanner in(text);
  const std::string_view digits = in.digits();
  if (digits.size() != 4) return std::nullopt;
  std::int64_t year = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), year);
  const auto days = scan_days(in, year);
  // RFC 3339 section 5.6: `T` and `Z` may be in lower case.
  if (!days || !in.take_any('T', 't')) return std::nullopt;
  const auto time = scan_time(in, 23);
  if (!time) return std::nullopt;

  Instant instant{*days * kDay + time->seconds, time->nanoseconds};
  if (!in.take_any('Z', 'z')) {
    const auto offset = scan_offset(in, 23);
    if (!offset) return std::nullopt;
    instant.seconds -= *offset;
  }
  if (!in.at_end()) return std::nullopt;
  return instant;
}

std::string to_rfc3339(Instant instant) {
  std::int64_t days = instant.seconds / kDay;
  std::int64_t second = instant.seconds % kDay;
  if (second < 0) {
    second += kDay;
    --days;
  }
  const Date date = civil_from_days(days);
  std::string text = fmt::format("{}{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", date.year < 0 ? "-" : "",
                                 date.year < 0 ? -date.year : date.year, date.month, date.day, second / 3600,
                                 second / 60 % 60, second % 60);
  if (instant.nanoseconds != 0) {
    std::string fraction = fmt::format("{:09}", instant.nanoseconds);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += '.' + fraction;
  }
  return text + 'Z';
}

}  // namespace presproof
