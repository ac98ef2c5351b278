#include "policy/meant.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "base/instant.h"
#include "base/lexical.h"
#include "uri/uri.h"

namespace presproof::policy {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <std::size_t size>
bool any_of(std::string_view text, const std::array<std::string_view, size>& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return equal_ignoring_case(text, word); });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// One or two digits, as two.
std::optional<std::string> two_digits(std::string_view text) {
  if (text.empty() || text.size() > 2 || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  return text.size() == 1 ? "0" + std::string(text) : std::string(text);
}

std::optional<std::string> meant_date(std::string_view text) {
  const auto parts = split(text, '-');
  if (parts.size() != 3 || parts[0].size() != 4) return std::nullopt;
  const auto month = two_digits(parts[1]);
  const auto day = two_digits(parts[2]);
  return month && day ? std::optional(fmt::format("{}-{}-{}", parts[0], *month, *day)) : std::nullopt;
}

std::optional<std::string> meant_time(std::string_view text) {
  auto parts = split(text, ':');
  if (parts.size() == 2) parts.emplace_back("00");
  if (parts.size() != 3) return std::nullopt;
  const std::size_t point = parts[2].find('.');
  const std::string_view fraction = point == std::string_view::npos ? std::string_view() : parts[2].substr(point);
  const auto hours = two_digits(parts[0]);
  const auto minutes = two_digits(parts[1]);
  const auto seconds = two_digits(parts[2].substr(0, point));
  if (!hours || !minutes || !seconds) return std::nullopt;
  return fmt::format("{}:{}:{}{}", *hours, *minutes, *seconds, fraction);
}

/// `Z`, or a sign with hours and perhaps minutes.
std::optional<std::string> meant_offset(std::string_view text) {
  if (text == "Z" || text == "z") return "Z";
  std::string digits;
  for (const char c : text.substr(1))
    if (c != ':') digits += c;
  if (digits.size() == 1 || digits.size() == 3) digits.insert(0, "0");
  if (digits.size() == 2) digits += "00";
  if (digits.size() != 4 || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  return fmt::format("{}{}:{}", text.front(), digits.substr(0, 2), digits.substr(2));
}

}  // namespace

std::optional<bool> meant_boolean(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kTrue = {"true", "yes", "on", "y", "t"};
  static constexpr std::array<std::string_view, 5> kFalse = {"false", "no", "off", "n", "f"};
  const std::string_view word = trim_xml_space(text);
  if (any_of(word, kTrue)) return true;
  if (any_of(word, kFalse)) return false;
  return std::nullopt;
}

std::optional<std::string> meant_date_time(std::string_view text) {
  const std::string_view trimmed = trim_xml_space(text);
  const std::size_t between = trimmed.find_first_of("Tt ");
  if (between == std::string_view::npos) return std::nullopt;
  const std::string_view rest = trim_xml_space(trimmed.substr(between + 1));
  const std::size_t zone = rest.find_first_of("Zz+-");
  if (zone == std::string_view::npos) return std::nullopt;
  const auto date = meant_date(trimmed.substr(0, between));
  const auto time = meant_time(trim_xml_space(rest.substr(0, zone)));
  const auto offset = meant_offset(rest.substr(zone));
  if (!date || !time || !offset) return std::nullopt;
  auto whole = fmt::format("{}T{}{}", *date, *time, *offset);
  const auto read = parse_xs_datetime(whole);
  return read && read->has_offset ? std::optional(std::move(whole)) : std::nullopt;
}

std::optional<std::string> meant_rule_id(std::string_view text) {
  std::string name(trim_xml_space(text));
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < 0x80 && !is_ncname(std::string{'a', c})) c = '_';
  }
  if (!is_ncname(name)) name.insert(0, "_");
  return is_ncname(name) ? std::optional(std::move(name)) : std::nullopt;
}

std::optional<std::string> meant_uri(std::string_view text) {
  std::string_view rest = trim_xml_space(text);
  if (rest.starts_with('<') && rest.ends_with('>')) rest = rest.substr(1, rest.size() - 2);
  std::string uri;
  for (const std::string_view part : split_xml_space(rest)) uri += part;
  // Blanks are dropped only next to punctuation: within a word nobody knows what they stood for.
  for (std::size_t at = 1; at + 1 < rest.size(); ++at) {
    const auto word = [&](std::size_t where) {
      const auto c = static_cast<unsigned char>(rest[where]);
      return c >= 0x80 || is_digit(rest[where]) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    };
    if (trim_xml_space(rest.substr(at, 1)).empty() && word(at - 1) && word(at + 1)) return std::nullopt;
  }
  return uri != text && uri::well_formed(uri) ? std::optional(std::move(uri)) : std::nullopt;
}

std::optional<std::string> meant_metres(std::string_view text, bool whole) {
  const std::string_view trimmed = trim_xml_space(text);
  const std::size_t unit_at = trimmed.find_first_not_of("0123456789.");
  const std::string_view unit =
      unit_at == std::string_view::npos ? std::string_view("m") : trim_xml_space(trimmed.substr(unit_at));
  const auto number = parse_xs_double(trimmed.substr(0, unit_at));
  if (!number) return std::nullopt;
  static constexpr std::array<std::string_view, 5> kMetres = {"m", "metre", "metres", "meter", "meters"};
  static constexpr std::array<std::string_view, 5> kKilometres = {"km", "kilometre", "kilometres", "kilometer", "kilometers"};
  double metres = *number;
  if (any_of(unit, kKilometres)) metres *= 1000;
  else if (!any_of(unit, kMetres)) return std::nullopt;
  if (!(metres > 0) || metres > 1e8 || (whole && std::floor(metres) != metres)) return std::nullopt;
  return fmt::format("{}", metres);
}

bool means_metre(std::string_view uom) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "m", "metre", "metres", "meter", "meters", "urn:ogc:def:uom:EPSG:9001", "urn:ogc:def:uom:EPSG::9001",
      "EPSG:9001", "EPSG::9001"};
  return any_of(trim_xml_space(uom), kNames);
}

}  // namespace presproof::policy
