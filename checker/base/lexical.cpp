#include "base/lexical.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "base/utf8.h"

namespace presproof {
namespace {

constexpr std::string_view kXmlSpace = " \t\r\n";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// The text without an XSD sign; std::from_chars knows no plus.
std::string_view without_plus(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  return text;
}

/// XSD part 2, 3.2.5.1: a mantissa in decimal, then optionally `E` or `e` and an integer.
bool is_xs_decimal_with_exponent(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  const std::size_t whole = at;
  at = skip_digits(text, at);
  std::size_t digits = at - whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = at + 1;
    at = skip_digits(text, fraction);
    digits += at - fraction;
  }
  if (digits == 0) return false;
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  const std::size_t end = skip_digits(text, at);
  return end > at && end == text.size();
}

/// Whether a number that no double can hold is too small for one, and not too large. std::from_chars tells them
/// not apart.
bool is_underflow(std::string_view number) {
  const std::size_t e = std::min(number.find_first_of("eE"), number.size());
  const std::string_view mantissa = number.substr(0, e);
  const auto exponent = e < number.size() ? parse_xs_integer(number.substr(e + 1)) : std::optional<std::int64_t>(0);
  const std::size_t first = mantissa.find_first_of("123456789");
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const auto magnitude = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  return exponent && *exponent < -magnitude;
}

/// Optimal string alignment distance, or more than `limit` when it is beyond that.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

struct Range {
  char32_t first;
  char32_t last;
};

// XML 1.0 fifth edition, productions 4 and 4a, beyond ASCII.
constexpr Range kNameStart[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                                {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
constexpr Range kNameMore[] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

template <std::size_t Size>
bool in_ranges(const Range (&ranges)[Size], char32_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges), [&](Range r) { return r.first <= c && c <= r.last; });
}

}  // namespace

std::string_view trim_xml_space(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kXmlSpace);
  if (first == std::string_view::npos) return text.substr(0, 0);
  return text.substr(first, text.find_last_not_of(kXmlSpace) - first + 1);
}

std::vector<std::string_view> split_xml_space(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = text.find_first_not_of(kXmlSpace);
  while (at != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(kXmlSpace, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kXmlSpace, end);
  }
  return words;
}

std::string to_lower_ascii(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<bool> parse_xs_boolean(std::string_view text) {
  const std::string_view word = trim_xml_space(text);
  if (word == "true" || word == "1") return true;
  if (word == "false" || word == "0") return false;
  return std::nullopt;
}

std::optional<std::int64_t> parse_xs_integer(std::string_view text) {
  const std::string_view number = trim_xml_space(text);
  const bool negative = !number.empty() && number.front() == '-';
  const bool has_sign = negative || (!number.empty() && number.front() == '+');
  const std::string_view digits = number.substr(has_sign ? 1 : 0);
  if (digits.empty() || skip_digits(digits, 0) != digits.size()) return std::nullopt;

  const std::string_view readable = without_plus(number);
  std::int64_t value = 0;
  const auto result = std::from_chars(readable.data(), readable.data() + readable.size(), value);
  if (result.ec == std::errc::result_out_of_range) {
    return negative ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
  }
  return value;
}

std::optional<double> parse_xs_double(std::string_view text) {
  const std::string_view number = trim_xml_space(text);
  if (!is_xs_decimal_with_exponent(number)) return std::nullopt;
  const std::string_view readable = without_plus(number);
  double value = 0;
  const auto result = std::from_chars(readable.data(), readable.data() + readable.size(), value);
  if (result.ec == std::errc()) return value;
  if (is_underflow(readable)) return readable.front() == '-' ? -0.0 : 0.0;
  return std::nullopt;
}

bool is_name_start_char(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  return in_ranges(kNameStart, c);
}

bool is_name_char(char32_t c) {
  if (is_name_start_char(c)) return true;
  if (c < 0x80) return (c >= '0' && c <= '9') || c == '-' || c == '.';
  return in_ranges(kNameMore, c);
}

bool is_ncname(std::string_view text) {
  if (text.empty() || text.find(':') != std::string_view::npos) return false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (!c.valid || !(at == 0 ? is_name_start_char(c.value) : is_name_char(c.value))) return false;
    at += c.length;
  }
  return true;
}

std::optional<std::string_view> nearest_word(std::string_view word, const std::vector<std::string_view>& known) {
  std::size_t best_distance = word.size() / 3;
  std::optional<std::string_view> best;
  for (const std::string_view candidate : known) {
    const std::size_t distance = edit_distance(word, candidate, best_distance);
    // Of equally near words the first: the result does not depend on anything but the list.
    if (distance > best_distance || (best && distance == best_distance)) continue;
    best_distance = distance;
    best = candidate;
  }
  return best;
}

}  // namespace presproof
