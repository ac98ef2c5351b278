#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Readings: the places where the RFCs leave a choice and both answers exist in practice.
namespace presproof::engine {

enum class Reading : std::uint8_t {
  geo_radius, all_attributes_location, unknown_attribute_location, pending_code, set_boolean_absent, geo_radius_absent, empty_identity,
};
inline constexpr std::size_t kReadings = 7;

struct ReadingInfo {
  Reading reading;
  std::string_view key;
  std::array<std::string_view, 2> values;  ///< the default first
  std::string_view question;
};
[[nodiscard]] const ReadingInfo& info(Reading reading);
[[nodiscard]] const std::array<ReadingInfo, kReadings>& all_readings();

/// One answer to every question: false is the default value, true the other.
class Readings {
 public:
  [[nodiscard]] bool alternative(Reading reading) const { return alternative_[static_cast<std::size_t>(reading)]; }
  void set(Reading reading, bool alternative) { alternative_[static_cast<std::size_t>(reading)] = alternative; }
  [[nodiscard]] std::string_view value(Reading reading) const { return info(reading).values[alternative(reading) ? 1 : 0]; }

  [[nodiscard]] bool coarsest_radius() const { return alternative(Reading::geo_radius); }
  [[nodiscard]] bool all_attributes_include_location() const { return !alternative(Reading::all_attributes_location); }
  [[nodiscard]] bool unknown_attribute_location_honoured() const { return !alternative(Reading::unknown_attribute_location); }
  [[nodiscard]] int pending_code() const { return alternative(Reading::pending_code) ? 200 : 202; }
  [[nodiscard]] bool set_boolean_absent_is_false() const { return alternative(Reading::set_boolean_absent); }
  [[nodiscard]] bool absent_radius_is_nothing() const { return alternative(Reading::geo_radius_absent); }
  [[nodiscard]] bool empty_identity_is_unauthenticated() const { return alternative(Reading::empty_identity); }

  friend auto operator<=>(const Readings&, const Readings&) = default;

 private:
  std::array<bool, kReadings> alternative_{};
};

/// What `--reading KEY=VALUE` fixed; the others are open.
using FixedReadings = std::array<std::optional<bool>, kReadings>;

/// Reads `KEY=VALUE` into `fixed`. On failure gives the message, which names the nearest known key or the values.
[[nodiscard]] std::optional<std::string> fix_reading(std::string_view text, FixedReadings& fixed);
/// The fixed ones, and the default for the others.
[[nodiscard]] Readings with_defaults(const FixedReadings& fixed);

}  // namespace presproof::engine
