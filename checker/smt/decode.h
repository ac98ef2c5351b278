#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "policy/request.h"
#include "smt/partition.h"
#include "smt/symbolic_state.h"

/// From values of variables to a state that people can read: a whole day or hour, few decimals, nothing that does not matter.
namespace presproof::smt {

/// A readable instant of the cell: noon of 2026-06-01 when the cell has it, else its first whole day, hour, minute or second, else its start.
[[nodiscard]] Instant readable_instant(const TimeCells& cells, std::uint32_t cell);

/// Whether a state still does what it was found for.
using Accepts = std::function<bool(const policy::State&)>;

/// Makes an accepted state simpler as long as it is accepted: unknown location, undefined sphere, no civic address or fewer
/// fields, the usual time, few decimals.
[[nodiscard]] policy::State simplified(policy::State state, const TimeCells& cells, const Accepts& accepts);

/// Two states that are compared.
struct StatePair {
  policy::State first;
  policy::State second;
};
using AcceptsPair = std::function<bool(const policy::State& first, const policy::State& second)>;
/// What two states can differ in.
enum class StatePart : std::uint8_t { time, sphere, geodetic, civic };

/// An accepted pair that differs in `parts` at most: brought together as far as it is accepted, then each made simpler.
[[nodiscard]] StatePair simplified(StatePair pair, std::vector<StatePart> parts, const TimeCells& cells, const AcceptsPair& accepts);

}  // namespace presproof::smt
