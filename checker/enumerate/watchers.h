#pragma once

#include <vector>

#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"

/// Watchers enough: for every watcher of the property language's world (one identity, none, or a set of a declared person's) there
/// is one here that no rule and no group can tell from it. RFC 4745 section 7.1 compares identities with named URIs and their
/// domains with named domains, so what matters of a URI is which of the named ones it is equivalent to, and its domain.
namespace presproof::enumerate {

struct Watchers {
  std::vector<policy::Watcher> all;  ///< strangers first, the unauthenticated last
  /// False when URIs are named with so many parameters, or persons have so many sets of identities, that some are left out.
  bool complete = true;
};

/// - a stranger of no named domain, and one of each;
/// - every named URI, and every other spelling that is equivalent to another set of named URIs: equivalence is not transitive
///   (RFC 3261 section 19.1.4), so for URIs of one core (uri/uri.h) each parameter is absent, has each named value, or another;
/// - each set of two or more identities of a person, in each of their spellings;
/// - the unauthenticated.
[[nodiscard]] Watchers representative_watchers(const policy::Policy& policy, const property::Properties& properties);

}  // namespace presproof::enumerate
