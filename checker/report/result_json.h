#pragma once

#include "policy/rule_set.h"
#include "property/property.h"
#include "report/decision_json.h"
#include "verify/result.h"

namespace presproof::report {

/// What became of one property: the contract's object of `prove`, without a repair. `solver.seconds` differs from run to run.
[[nodiscard]] Json result_json(const policy::Policy& policy, const property::Property& property, const verify::Result& result);

}  // namespace presproof::report
