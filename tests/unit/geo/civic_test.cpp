#include "geo/civic.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace presproof::geo;

namespace {

std::vector<std::string> fields_at(CivicLevel level) {
  CivicAddress address;
  for (const char* field :
       {"country", "A1",      "A2",   "A3", "A4",    "A5",   "A6",      "PRD",  "POD",  "STS",      "HNO",
        "HNS",     "LMK",     "LOC",  "PC", "NAM",   "FLR",  "BLD",     "UNIT", "ROOM", "PLC",      "PCN",
        "POBOX",   "ADDCODE", "SEAT", "RD", "RDSEC", "RDBR", "RDSUBBR", "PRM",  "POM",  "{urn:x}PN"}) {
    address[field] = "text";
  }
  std::vector<std::string> names;
  for (const auto& [field, text] : reduce(address, level)) names.push_back(field);
  return names;
}

}  // namespace

TEST_CASE("a civic address shows at each level what RFC 6772 section 6.5.1 lists", "[geo]") {
  CHECK(fields_at(CivicLevel::none).empty());
  CHECK(fields_at(CivicLevel::country) == std::vector<std::string>{"country"});
  CHECK(fields_at(CivicLevel::region) == std::vector<std::string>{"A1", "country"});
  CHECK(fields_at(CivicLevel::city) == std::vector<std::string>{"A1", "A2", "A3", "country"});
  CHECK(fields_at(CivicLevel::building) ==
        std::vector<std::string>{"A1",  "A2",  "A3",  "A4",  "A5", "A6",   "HNO",   "HNS",     "LMK", "PC",
                                 "POD", "POM", "PRD", "PRM", "RD", "RDBR", "RDSEC", "RDSUBBR", "STS", "country"});
  CHECK(fields_at(CivicLevel::full).size() == 32);
}

TEST_CASE("a field that no figure lists is shown at full alone", "[geo]") {
  CHECK_FALSE(shown_at("{urn:x}country", CivicLevel::building));
  CHECK(shown_at("{urn:x}country", CivicLevel::full));
  CHECK_FALSE(shown_at("a1", CivicLevel::building));
  CHECK_FALSE(shown_at("", CivicLevel::building));
}

TEST_CASE("civic levels read as they print", "[geo]") {
  for (const auto name : kCivicLevelNames) CHECK(to_string(parse_civic_level(name).value()) == name);
  CHECK_FALSE(parse_civic_level("City"));
  CHECK_FALSE(parse_civic_level(""));
  CHECK(CivicLevel::city < CivicLevel::building);
}
