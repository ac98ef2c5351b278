#pragma once

#include "engine/profile.h"
#include "policy/rule_set.h"
#include "xml/document.h"

/// A rule set as an engine reads it: the rules that it evaluates, to be combined as its profile says. The RFCs' reader (policy/reader.h) looks at namespaces and
/// leaves out comments; some engines do neither. Each engine's reader is in engine/readers.h.
namespace presproof::engine {

/// `read` is what policy::read_rule_set made of the document; it comes back unchanged when the profile reads as the RFCs say. Throws diag::InputError where nothing can
/// be said of what the engine does: it would ask a resource list who is in it, or throws an exception.
[[nodiscard]] policy::RuleSet as_read_by(const Profile& profile, const xml::Document& document, policy::RuleSet read);

/// As which the rules are read that a subscription's life meets (semantics/life.h): a sphere that is not found now may be found later, so that conditions on it
/// are kept.
[[nodiscard]] Profile over_time(const Profile& profile);

/// When no rule set was uploaded.
[[nodiscard]] policy::RuleSet without_rule_set(const Profile& profile);

}  // namespace presproof::engine
