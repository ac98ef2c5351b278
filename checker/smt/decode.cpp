#include "smt/decode.h"

#include <array>
#include <cmath>

#include "base/fault.h"
#include "base/instant.h"

namespace presproof::smt {
namespace {

/// Degrees rounded to so many decimals.
double rounded(double degrees, int decimals) {
  const double scale = std::pow(10.0, decimals);
  return std::round(degrees * scale) / scale;
}

bool in_cell(const TimeCells& cells, std::uint32_t cell, Instant time) { return cells.start(cell) <= time && time < cells.end(cell); }

void round_place(policy::State& state, const Accepts& accepts) {
  const auto* place = state.location.geodetic ? std::get_if<geo::Position>(&*state.location.geodetic) : nullptr;
  if (place == nullptr) return;
  const geo::Position exact = *place;
  constexpr int most_decimals = 9;
  for (int decimals = 0; decimals <= most_decimals; ++decimals) {
    policy::State rounder = state;
    rounder.location.geodetic = geo::Position{rounded(exact.latitude, decimals), rounded(exact.longitude, decimals)};
    if (!accepts(rounder) && !seeded(Fault::decode_rounded_unchecked)) continue;
    state = std::move(rounder);
    return;
  }
}

void drop_civic_fields(policy::State& state, const Accepts& accepts) {
  if (!state.location.civic) return;
  const geo::CivicAddress fields = *state.location.civic;
  for (const auto& [field, text] : fields) {
    policy::State simpler = state;
    simpler.location.civic->erase(field);
    if (simpler.location.civic->empty()) simpler.location.civic.reset();
    if (accepts(simpler)) state = std::move(simpler);
    if (!state.location.civic) return;
  }
}

void copy_part(const policy::State& from, StatePart part, policy::State& to) {
  switch (part) {
    case StatePart::time: to.time = from.time; return;
    case StatePart::sphere: to.sphere = from.sphere; return;
    case StatePart::geodetic: to.location.geodetic = from.location.geodetic; return;
    case StatePart::civic: to.location.civic = from.location.civic; return;
  }
}

}  // namespace

Instant readable_instant(const TimeCells& cells, std::uint32_t cell) {
  if (in_cell(cells, cell, kUsualInstant)) return kUsualInstant;
  const Instant start = cells.start(cell);
  for (const std::int64_t unit : std::array<std::int64_t, 4>{86400, 3600, 60, 1}) {
    std::int64_t units = start.seconds / unit;
    if (units * unit > start.seconds) --units;  // division rounds towards zero
    Instant time{units * unit, 0};
    if (time < start) time.seconds += unit;
    if (in_cell(cells, cell, time)) return time;
  }
  return start;
}

policy::State simplified(policy::State state, const TimeCells& cells, const Accepts& accepts) {
  const auto attempt = [&](auto&& change) {
    policy::State simpler = state;
    change(simpler);
    if (simpler == state || !accepts(simpler)) return;
    state = std::move(simpler);
  };
  attempt([](policy::State& simpler) { simpler.location = {}; });
  attempt([](policy::State& simpler) { simpler.location.geodetic.reset(); });
  attempt([](policy::State& simpler) { simpler.location.civic.reset(); });
  drop_civic_fields(state, accepts);
  attempt([](policy::State& simpler) { simpler.sphere.reset(); });
  attempt([](policy::State& simpler) { simpler.time = kUsualInstant; });
  attempt([&](policy::State& simpler) { simpler.time = readable_instant(cells, cells.cell_of(state.time)); });
  round_place(state, accepts);
  return state;
}

StatePair simplified(StatePair pair, std::vector<StatePart> parts, const TimeCells& cells, const AcceptsPair& accepts) {
  std::erase_if(parts, [&](StatePart part) {
    policy::State closer = pair.second;
    copy_part(pair.first, part, closer);
    if (!accepts(pair.first, closer)) return false;
    pair.second = std::move(closer);
    return true;
  });
  // `state` with what is `of`'s own.
  const auto with_parts = [&](policy::State state, const policy::State& of) {
    for (const StatePart part : parts) copy_part(of, part, state);
    return state;
  };
  pair.first = simplified(pair.first, cells, [&](const policy::State& first) { return accepts(first, with_parts(first, pair.second)); });
  pair.second = with_parts(pair.first, pair.second);
  pair.second = simplified(pair.second, cells, [&](const policy::State& second) {
    return with_parts(pair.first, second) == second && accepts(pair.first, second);
  });
  return pair;
}

}  // namespace presproof::smt
