#include "geo/civic.h"

#include <algorithm>

namespace presproof::geo {
namespace {

struct LowestLevel {
  std::string_view field;
  CivicLevel level;
};

/// The figure in RFC 6772 section 6.5.1: each field and the lowest level that shows it. LOC, NAM, FLR, BLD, UNIT, ROOM,
/// PLC, PCN, POBOX, ADDCODE, SEAT and whatever it does not list: `full`.
constexpr std::array<LowestLevel, 20> kLowestLevels = {{
    {"country", CivicLevel::country}, {"A1", CivicLevel::region},     {"A2", CivicLevel::city},
    {"A3", CivicLevel::city},         {"A4", CivicLevel::building},   {"A5", CivicLevel::building},
    {"A6", CivicLevel::building},     {"PRD", CivicLevel::building},  {"POD", CivicLevel::building},
    {"STS", CivicLevel::building},    {"HNO", CivicLevel::building},  {"HNS", CivicLevel::building},
    {"LMK", CivicLevel::building},    {"PC", CivicLevel::building},   {"RD", CivicLevel::building},
    {"RDSEC", CivicLevel::building},  {"RDBR", CivicLevel::building}, {"RDSUBBR", CivicLevel::building},
    {"PRM", CivicLevel::building},    {"POM", CivicLevel::building},
}};

}  // namespace

std::string_view to_string(CivicLevel level) { return kCivicLevelNames.at(static_cast<std::size_t>(level)); }

std::optional<CivicLevel> parse_civic_level(std::string_view text) {
  const auto found = std::find(kCivicLevelNames.begin(), kCivicLevelNames.end(), text);
  if (found == kCivicLevelNames.end()) return std::nullopt;
  return static_cast<CivicLevel>(found - kCivicLevelNames.begin());
}

bool shown_at(std::string_view field, CivicLevel level) {
  const auto found =
      std::find_if(kLowestLevels.begin(), kLowestLevels.end(), [&](const auto& row) { return row.field == field; });
  return level >= (found == kLowestLevels.end() ? CivicLevel::full : found->level);
}

CivicAddress reduce(const CivicAddress& address, CivicLevel level) {
  CivicAddress reduced;
  for (const auto& [field, text] : address) {
    if (shown_at(field, level)) reduced.emplace(field, text);
  }
  return reduced;
}

}  // namespace presproof::geo
