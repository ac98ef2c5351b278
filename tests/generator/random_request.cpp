#include <array>
#include <cmath>

#include "generator/random_policy.h"
#include "geo/geodesic.h"

namespace presproof::generator {
namespace {

policy::Watcher watcher(Random& random, const Vocabulary& vocabulary, std::size_t most_identities) {
  policy::Watcher result;
  if (random.chance(12)) return result;
  const std::size_t identities = random.chance(65) ? 1 : random.between(1, most_identities);
  for (std::size_t i = 0; i < identities; ++i) {
    const std::size_t kind = random.below(10);
    result.identities.push_back(random.pick(kind < 6   ? vocabulary.named
                                            : kind < 8 ? vocabulary.spellings
                                                       : vocabulary.strangers));
  }
  return result;
}

/// At an instant, a nanosecond or a second beside it, or years away.
Instant time(Random& random, const Vocabulary& vocabulary) {
  Instant instant = random.pick(vocabulary.instants);
  switch (random.below(8)) {
    case 0:
      ++instant.seconds;
      break;
    case 1:
      --instant.seconds;
      break;
    case 2:
      if (++instant.nanoseconds == 1'000'000'000) instant = {instant.seconds + 1, 0};
      break;
    case 3:
      if (instant.nanoseconds-- == 0) instant = {instant.seconds - 1, 999'999'999};
      break;
    case 4:
      instant.seconds += random.chance(50) ? 400'000'000 : -400'000'000;
      break;
    default:
      break;
  }
  return instant;
}

/// In degrees on a grid of a millionth, so that no arithmetic of the library decides on the value.
double degrees(Random& random, std::size_t limit) {
  const auto steps = static_cast<double>(random.below(2 * limit * 1'000'000 + 1));
  return steps / 1e6 - static_cast<double>(limit);
}

geo::Position place(Random& random, const Vocabulary& vocabulary) {
  constexpr std::array<double, 8> kFractions = {0, 0.5, 0.9, 0.999, 1.001, 1.1, 2, 30};
  constexpr std::array<geo::Position, 5> kCorners = {{{90, 0}, {-90, 0}, {0, 0}, {0, 180}, {-17, -180}}};
  if (!vocabulary.places.empty() && random.chance(40)) return random.pick(vocabulary.places);
  if (random.chance(5)) return random.pick(kCorners);
  if (random.chance(10)) {
    const double latitude = degrees(random, 90);
    return {latitude, degrees(random, 180)};
  }
  const geo::Circle& circle = random.pick(vocabulary.circles);
  const auto azimuth_deg = static_cast<double>(random.below(360));
  return geo::destination(circle.center, azimuth_deg, circle.radius_m * random.pick(kFractions));
}

policy::TargetLocation location(Random& random, const Vocabulary& vocabulary, const RequestSize& size) {
  policy::TargetLocation result;
  if (random.chance(80)) {
    const geo::Position center = place(random, vocabulary);
    result.geodetic = center;
    if (size.areas && random.chance(30))
      result.geodetic = geo::Circle{center, static_cast<double>(random.between(1, 2000))};
  }
  if (random.chance(60)) {
    geo::CivicAddress address = random.pick(vocabulary.addresses);
    for (auto field = address.begin(); field != address.end();)
      field = random.chance(15) ? address.erase(field) : std::next(field);
    if (random.chance(20)) address["HNO"] = "8";
    if (random.chance(10)) address["A3"] = "munich";
    result.civic = std::move(address);
  }
  return result;
}

}  // namespace

policy::Request random_request(Random& random, const Vocabulary& vocabulary, const RequestSize& size) {
  policy::Request request;
  request.watcher = watcher(random, vocabulary, size.identities);
  request.state.time = time(random, vocabulary);
  if (random.chance(75))
    request.state.sphere = random.pick(random.chance(70) ? vocabulary.spheres : vocabulary.sphere_variants);
  request.state.location = location(random, vocabulary, size);
  return request;
}

engine::Readings random_readings(Random& random) {
  engine::Readings readings;
  for (const auto& info : engine::all_readings()) readings.set(info.reading, random.chance(50));
  return readings;
}

}  // namespace presproof::generator
