#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

/// The permissions of RFC 5025 and RFC 6772 as enumerations and tables of their names.
namespace presproof::policy {

/// RFC 5025 section 3.2.1; ordered by what they disclose.
enum class SubHandling : std::uint8_t { block, confirm, polite_block, allow };
inline constexpr std::array<std::string_view, 4> kSubHandlingNames = {"block", "confirm", "polite-block", "allow"};

/// RFC 5025 section 3.3.2.12; ordered by what they disclose.
enum class UserInput : std::uint8_t { none, bare, thresholds, full };
inline constexpr std::array<std::string_view, 4> kUserInputNames = {"false", "bare", "thresholds", "full"};

/// The boolean permissions of RFC 5025 section 3.3.2 on presence attributes, in the order of the contract's JSON.
enum class AttributePermission : std::uint8_t {
  activities, class_, device_id, mood, place_is, place_type, privacy, relationship, sphere, status_icon, time_offset, note,
};
inline constexpr std::size_t kAttributePermissions = 12;
/// `provide-activities`, ..., indexed by AttributePermission.
inline constexpr std::array<std::string_view, kAttributePermissions> kAttributePermissionNames = {
    "provide-activities", "provide-class",   "provide-deviceID",     "provide-mood",   "provide-place-is",    "provide-place-type",
    "provide-privacy",    "provide-relationship", "provide-sphere", "provide-status-icon", "provide-time-offset", "provide-note"};

/// RFC 5025 section 3.3.1: the three kinds of data component, and what selects one.
enum class ComponentKind : std::uint8_t { device, person, service };
inline constexpr std::size_t kComponentKinds = 3;
inline constexpr std::array<std::string_view, kComponentKinds> kProvideComponentNames = {"provide-devices", "provide-persons", "provide-services"};

enum class SelectorKind : std::uint8_t { class_, occurrence_id, device_id, service_uri, service_uri_scheme };
inline constexpr std::size_t kSelectorKinds = 5;
inline constexpr std::array<std::string_view, kSelectorKinds> kSelectorNames = {"class", "occurrence-id", "deviceID", "service-uri", "service-uri-scheme"};

[[nodiscard]] constexpr std::string_view to_string(SubHandling value) { return kSubHandlingNames[static_cast<std::size_t>(value)]; }
[[nodiscard]] constexpr std::string_view to_string(UserInput value) { return kUserInputNames[static_cast<std::size_t>(value)]; }

}  // namespace presproof::policy
