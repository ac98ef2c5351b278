#pragma once

#include "lint/lint.h"
#include "property/property.h"

/// The properties that an owner wants of the rules, proved along with the checks.
namespace presproof::lint {

/// Reports each property that is not proved: violated, with the counterexample in short; under some readings only;
/// holding for want of cases; undecided, which is no success. `timeout_s` as in verify::Options.
void prove_properties(const Context& context, const property::Properties& properties, double timeout_s, diag::Sink& sink);

}  // namespace presproof::lint
