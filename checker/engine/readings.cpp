#include "engine/readings.h"

#include <fmt/format.h>

#include "base/lexical.h"

namespace presproof::engine {
namespace {

constexpr std::array<ReadingInfo, kReadings> kTable = {{
    {Reading::geo_radius, "geo-radius", {"finest", "coarsest"},
     "which radius counts when matching rules give several: the finest, since every rule grants something and a "
     "removed rule never grants more (RFC 4745 section 4), or the coarsest, since integers combine by their maximum "
     "(RFC 4745 section 10.2)"},
    {Reading::all_attributes_location, "all-attributes-location", {"includes", "excludes"},
     "whether provide-all-attributes also discloses the location in a document when no rule says provide-location"},
    {Reading::unknown_attribute_location, "unknown-attribute-location", {"honoured", "ignored"},
     "whether provide-unknown-attribute that names geopriv discloses location, as at a server without RFC 6772, or "
     "has no effect, as at a server that knows it"},
    {Reading::pending_code, "pending-code", {"202", "200"},
     "the response to a subscription that waits for confirmation: RFC 5025 says 202, which RFC 6665 no longer lets "
     "anybody send"},
    {Reading::set_boolean_absent, "set-boolean-absent", {"unchanged", "false"},
     "what set-retransmission-allowed and keep-rule-reference become when some matching rules say false and others "
     "say nothing: silence keeps the value of the document (RFC 6772 sections 6.1 and 6.4) or counts as false "
     "(RFC 4745 section 10.2)"},
    {Reading::geo_radius_absent, "geo-radius-absent", {"exact", "nothing"},
     "what provide-geo without a radius grants: the exact position or nothing geodetic"},
    {Reading::empty_identity, "empty-identity", {"nobody", "unauthenticated"},
     "whom an identity element without children matches: nobody, as an OR over nothing (RFC 4745 section 7.1), or "
     "the unauthenticated watcher (RFC 5025 section 3.1.1.2)"},
}};

constexpr bool rows_follow_the_enumeration() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].reading) != i) return false;
  }
  return true;
}
static_assert(rows_follow_the_enumeration());

std::string unknown_key(std::string_view key) {
  std::vector<std::string_view> keys;
  std::string listed;
  for (const ReadingInfo& row : kTable) {
    keys.push_back(row.key);
    listed += fmt::format("{}`{}`", listed.empty() ? "" : ", ", row.key);
  }
  if (const auto nearest = nearest_word(key, keys)) {
    return fmt::format("unknown reading `{}`; did you mean `{}`?", key, *nearest);
  }
  return fmt::format("unknown reading `{}`; the readings are {}", key, listed);
}

}  // namespace

const ReadingInfo& info(Reading reading) { return kTable[static_cast<std::size_t>(reading)]; }

const std::array<ReadingInfo, kReadings>& all_readings() { return kTable; }

std::optional<std::string> fix_reading(std::string_view text, FixedReadings& fixed) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return fmt::format("a reading is written `KEY=VALUE`, as in `{}={}`, not `{}`", kTable[0].key, kTable[0].values[0],
                       text);
  }
  const std::string_view key = text.substr(0, equals);
  const std::string_view value = text.substr(equals + 1);
  for (const ReadingInfo& row : kTable) {
    if (row.key != key) continue;
    const bool alternative = value == row.values[1];
    if (!alternative && value != row.values[0]) {
      return fmt::format("`{}` is no value of the reading `{}`; the values are `{}` (default) and `{}`", value, key,
                         row.values[0], row.values[1]);
    }
    std::optional<bool>& slot = fixed[static_cast<std::size_t>(row.reading)];
    if (slot && *slot != alternative) {
      return fmt::format("the reading `{}` is fixed twice, to `{}` and to `{}`; keep one", key,
                         row.values[*slot ? 1 : 0], value);
    }
    slot = alternative;
    return std::nullopt;
  }
  return unknown_key(key);
}

Readings with_defaults(const FixedReadings& fixed) {
  Readings readings;
  for (const ReadingInfo& row : kTable) {
    readings.set(row.reading, fixed[static_cast<std::size_t>(row.reading)].value_or(false));
  }
  return readings;
}

}  // namespace presproof::engine
