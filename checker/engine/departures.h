#pragma once

#include <span>
#include <string_view>

#include "engine/profile.h"

/// Where engines depart from the RFCs: what the RFC says, what the engine does, and how that is known.
namespace presproof::engine {

struct Departure {
  std::string_view key;   ///< `first-match`
  std::string_view rfc;   ///< the section
  std::string_view says;  ///< what it says
  std::string_view does;  ///< what the engine does
  Evidence evidence = Evidence::source;
  bool discloses = false;  ///< somebody can see more than by the RFC
};
/// Of a profile, in a fixed order; none for the RFCs.
[[nodiscard]] std::span<const Departure> departures_of(const Profile& profile);

}  // namespace presproof::engine
