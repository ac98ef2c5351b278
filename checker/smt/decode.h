#pragma once

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

}  // namespace presproof::smt
