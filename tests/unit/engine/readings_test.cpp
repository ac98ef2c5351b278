#include <catch2/catch.hpp>
#include <set>

#include "engine/readings.h"

using namespace presproof::engine;

TEST_CASE("the readings and their values are those of the contract, defaults first") {
  const std::vector<std::array<std::string_view, 3>> contract = {
      {"geo-radius", "finest", "coarsest"},
      {"all-attributes-location", "includes", "excludes"},
      {"unknown-attribute-location", "honoured", "ignored"},
      {"pending-code", "202", "200"},
      {"set-boolean-absent", "unchanged", "false"},
      {"geo-radius-absent", "exact", "nothing"},
      {"empty-identity", "nobody", "unauthenticated"},
  };
  REQUIRE(all_readings().size() == contract.size());
  for (std::size_t i = 0; i < contract.size(); ++i) {
    CHECK(all_readings()[i].key == contract[i][0]);
    CHECK(all_readings()[i].values[0] == contract[i][1]);
    CHECK(all_readings()[i].values[1] == contract[i][2]);
    CHECK(!all_readings()[i].question.empty());
    CHECK(&info(all_readings()[i].reading) == &all_readings()[i]);
  }
}

TEST_CASE("unfixed readings are the defaults") {
  const Readings readings = with_defaults({});
  CHECK(readings == Readings{});
  CHECK_FALSE(readings.coarsest_radius());
  CHECK(readings.all_attributes_include_location());
  CHECK(readings.unknown_attribute_location_honoured());
  CHECK(readings.pending_code() == 202);
  CHECK_FALSE(readings.set_boolean_absent_is_false());
  CHECK_FALSE(readings.absent_radius_is_nothing());
  CHECK_FALSE(readings.empty_identity_is_unauthenticated());
}

TEST_CASE("every value of every reading can be fixed") {
  for (const ReadingInfo& row : all_readings()) {
    for (const bool alternative : {false, true}) {
      FixedReadings fixed{};
      const std::string text = std::string(row.key) + "=" + std::string(row.values[alternative ? 1 : 0]);
      CHECK(!fix_reading(text, fixed));
      for (const ReadingInfo& other : all_readings()) {
        const auto index = static_cast<std::size_t>(other.reading);
        CHECK(fixed[index].has_value() == (other.reading == row.reading));
      }
      CHECK(with_defaults(fixed).alternative(row.reading) == alternative);
      CHECK(with_defaults(fixed).value(row.reading) == row.values[alternative ? 1 : 0]);
    }
  }
}

TEST_CASE("a misspelt key names the nearest one, a strange one gets the list") {
  FixedReadings fixed{};
  CHECK(fix_reading("geo-radios=finest", fixed) == "unknown reading `geo-radios`; did you mean `geo-radius`?");
  const auto strange = fix_reading("weather=fine", fixed);
  REQUIRE(strange);
  for (const ReadingInfo& row : all_readings()) CHECK(strange->find(row.key) != std::string::npos);
  CHECK(fixed == FixedReadings{});
}

TEST_CASE("another value names the allowed ones") {
  FixedReadings fixed{};
  CHECK(fix_reading("pending-code=404", fixed) ==
        "`404` is no value of the reading `pending-code`; the values are `202` (default) and `200`");
  CHECK(fix_reading("pending-code=", fixed));
  CHECK(fix_reading("pending-code=202 ", fixed));
  CHECK(fixed == FixedReadings{});
}

TEST_CASE("a reading needs a key and a value") {
  FixedReadings fixed{};
  CHECK(fix_reading("geo-radius", fixed) == "a reading is written `KEY=VALUE`, as in `geo-radius=finest`, not `geo-radius`");
  CHECK(fix_reading("", fixed));
  CHECK(fix_reading("=finest", fixed));
}

TEST_CASE("a reading fixed twice must be fixed to the same value") {
  FixedReadings fixed{};
  CHECK(!fix_reading("geo-radius=coarsest", fixed));
  CHECK(!fix_reading("geo-radius=coarsest", fixed));
  CHECK(fix_reading("geo-radius=finest", fixed) ==
        "the reading `geo-radius` is fixed twice, to `coarsest` and to `finest`; keep one");
  CHECK(with_defaults(fixed).coarsest_radius());
}
