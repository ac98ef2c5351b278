#pragma once

#include "engine/profile.h"
#include "policy/rule_set.h"
#include "xml/document.h"

/// A rule set as an engine reads it. The RFCs' reader (policy/reader.h) looks at namespaces and leaves out comments; some engines do neither.
///
/// The SER family (Kamailio, OpenSIPS in IETF mode; presence_xml, functions get_rule_node and ietf_get_rules) walks the children of <ruleset>, compares local names
/// without case, and takes of each kind the first. Every child counts as a rule, a comment too; one without <conditions> ends the walk, one without
/// <identity> is passed over, and a valid period of an earlier rule makes every later one valid. So the rules that come back are in document order,
/// with the conditions that the engine evaluates, and with policy::Outcome::no_rule where it stops; they are to be combined by
/// Combining::first_matching_rule. The last rule is for everybody, and stands for the engine's default when no rule matches.
///
/// OpenSIPS in OMA mode (presence_xml, functions oma_get_rules and get_rule_node) takes of each rule the first of <identity>, <external-list>,
/// <anonymous-request> and <other-identity>, and looks at no other condition. Rules for anonymous requests go before those for identities, these before lists, and
/// these before all others; among those of one kind that match the greatest sub-handling decides, the first of equal ones. In that order the rules come back.
///
/// What a rule that allows gives is everything, since everything can be shown; what its transformations take away of a document is a matter of that
/// document (semantics/filter_removals.h). What such an engine's encoding proves not to be shown is never shown.
namespace presproof::engine {

/// `read` is what policy::read_rule_set made of the document; it comes back unchanged when the profile reads as the RFCs say. Throws diag::InputError where the engine
/// would ask a resource list who is in it.
[[nodiscard]] policy::RuleSet as_read_by(const Profile& profile, const xml::Document& document, policy::RuleSet read);

/// As which the rules are read that a subscription's life meets (semantics/life.h): a sphere that is not found now may be found later, so that conditions on it
/// are kept.
[[nodiscard]] Profile over_time(const Profile& profile);

/// When no rule set was uploaded.
[[nodiscard]] policy::RuleSet without_rule_set(const Profile& profile);

}  // namespace presproof::engine
