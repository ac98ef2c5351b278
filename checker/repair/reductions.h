#pragma once

#include <string>
#include <vector>

#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "repair/edit.h"

namespace presproof::repair {

/// What could stand in a permission's place so that it gives less of what a claim speaks of, or, with sub-handling, more.
struct Substitute {
  Kind kind = Kind::drop_permission;
  std::vector<policy::Permission> permissions;  ///< none: the permission goes
  std::string words;                            ///< `the radius becomes 5000 m`
};

/// The least taken away first. Empty when the permission has nothing to do with the claim.
[[nodiscard]] std::vector<Substitute> reductions(const policy::Permission& permission, const property::ClaimAtom& claim, policy::Usage usage);
[[nodiscard]] std::vector<Substitute> raises(const policy::Permission& permission, const property::ClaimAtom& claim);

/// What a rule that allows has to give for the claim to hold, the component that carries it, too; empty when that cannot be said. Not for
/// claims about sub-handling.
[[nodiscard]] std::vector<policy::Permission> grants_of(const property::ClaimAtom& claim, policy::Usage usage);

}  // namespace presproof::repair
