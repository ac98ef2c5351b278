#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "geo/civic.h"
#include "geo/position.h"
#include "uri/uri.h"

/// What a decision is about: who asks, and the state of the presentity at that moment.
namespace presproof::policy {

/// RFC 5025 section 3.1.1: every URI that is asserted for the watcher; none: unauthenticated.
struct Watcher {
  std::vector<uri::Uri> identities;
  [[nodiscard]] bool authenticated() const { return !identities.empty(); }
  friend bool operator==(const Watcher&, const Watcher&) = default;
};

/// Where the presentity is, as far as known.
struct TargetLocation {
  std::optional<geo::Shape> geodetic;
  std::optional<geo::CivicAddress> civic;
  friend bool operator==(const TargetLocation&, const TargetLocation&) = default;
};

struct State {
  Instant time;
  std::optional<std::string> sphere;  ///< nothing: undefined
  TargetLocation location;
  friend bool operator==(const State&, const State&) = default;
};

struct Request {
  Watcher watcher;
  State state;
  friend bool operator==(const Request&, const Request&) = default;
};

/// RFC 5025's presence agent, or RFC 6772's location server, which knows no sub-handling.
enum class Usage : std::uint8_t { presence, geolocation };

}  // namespace presproof::policy
