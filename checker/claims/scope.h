#pragma once

#include "policy/request.h"
#include "property/property.h"

/// Whom and when a property speaks of, for one concrete request: plain functions, which share nothing with the encoding in smt/.
namespace presproof::claims {

/// An unauthenticated watcher is in `everyone` alone.
[[nodiscard]] bool in_group(const property::Group& group, const policy::Watcher& watcher);

/// One atom of a `when`.
[[nodiscard]] bool guard_atom_holds(const property::GuardAtom& atom, const policy::Request& request);

/// `when` and `during`, all of them.
[[nodiscard]] bool guard_holds(const property::Property& property, const policy::Request& request);

}  // namespace presproof::claims
