#include "engine/ser_time.h"

#include <chrono>
#include <optional>

namespace presproof::engine {
namespace {

/// What strptime(3) takes: leading blanks before a number, and fewer digits than the most.
class Numbers {
 public:
  explicit Numbers(std::string_view text) : text_(text) {}

  std::optional<int> number(std::size_t most_digits, int least, int most) {
    while (!text_.empty() && is_blank(text_.front())) text_.remove_prefix(1);
    int value = 0;
    std::size_t digits = 0;
    while (digits < most_digits && !text_.empty() && is_digit(text_.front()) && value * 10 <= most) {
      value = value * 10 + (text_.front() - '0');
      text_.remove_prefix(1);
      ++digits;
    }
    if (digits == 0 || value < least || value > most) return std::nullopt;
    return value;
  }
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  void skip(std::size_t count) { text_.remove_prefix(std::min(count, text_.size())); }
  void skip_digits() {
    while (!text_.empty() && is_digit(text_.front())) text_.remove_prefix(1);
  }
  [[nodiscard]] std::string_view rest() const { return text_; }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
  std::string_view text_;
};

}  // namespace

std::int64_t parse_ser_time(std::string_view text, std::int32_t time_zone_s) {
  Numbers numbers(text);
  const auto year = numbers.number(4, 0, 9999);
  if (!year || !numbers.take('-')) return 0;
  const auto month = numbers.number(2, 1, 12);
  if (!month || !numbers.take('-')) return 0;
  const auto day = numbers.number(2, 1, 31);
  if (!day) return 0;
  numbers.skip(1);
  const auto hour = numbers.number(2, 0, 23);
  if (!hour || !numbers.take(':')) return 0;
  const auto minute = numbers.number(2, 0, 59);
  if (!minute || !numbers.take(':')) return 0;
  const auto second = numbers.number(2, 0, 61);
  if (!second) return 0;
  // A day that the month does not have goes on into the next one, as mktime(3) has it.
  const std::chrono::sys_days first = std::chrono::year{*year} / std::chrono::month{static_cast<unsigned>(*month)} / 1;
  const std::int64_t days = first.time_since_epoch().count() + *day - 1;
  const std::int64_t there = days * 86400 + *hour * 3600 + *minute * 60 + *second - time_zone_s;
  if (numbers.take('.')) numbers.skip_digits();
  if (numbers.rest().empty() || numbers.rest().front() == 'Z') return there;
  // Whatever else follows is taken as an offset by its places.
  const int sign = numbers.rest().front() == '+' ? -1 : 1;
  numbers.skip(1);
  const std::string_view offset = numbers.rest();
  if (offset.empty()) return 0;
  if (offset.size() < 5) return there;
  const auto digits = [&](std::size_t i) { return (offset[i] - '0') * 10 + (offset[i + 1] - '0'); };
  return there + sign * (digits(3) + digits(0) * 60) * 60;
}

}  // namespace presproof::engine
