#pragma once

#include "engine/profile.h"
#include "policy/rule_set.h"
#include "xml/document.h"

/// How each engine reads a rule set. What comes back is to be combined as the profile says, with the conditions that the engine evaluates and what its rules
/// give. `read` is what policy::read_rule_set made of the document: the file's name, and for engines that read as the RFCs do, the rules. diag::InputError where
/// nothing can be said of what the engine does.
namespace presproof::engine {

/// The SER family (Kamailio, OpenSIPS in IETF mode; presence_xml, functions get_rule_node and ietf_get_rules) walks the children of <ruleset>, compares local names
/// without case, and takes of each kind the first. Every child counts as a rule, a comment too; one without <conditions> ends the walk, one without
/// <identity> is passed over, and a valid period of an earlier rule makes every later one valid. So the rules that come back are in document order,
/// with policy::Outcome::no_rule where it stops. The last rule is for everybody, and stands for the engine's default when no rule matches.
///
/// What a rule that allows gives is everything, since everything can be shown; what its transformations take away of a document is a matter of that
/// document (semantics/filter_removals.h). What such an engine's encoding proves not to be shown is never shown. Null: no document was uploaded.
[[nodiscard]] policy::RuleSet read_as_ser(const Profile& profile, const xml::Document* document, policy::RuleSet read);

/// OpenSIPS in OMA mode (presence_xml, functions oma_get_rules and get_rule_node) takes of each rule the first of <identity>, <external-list>,
/// <anonymous-request> and <other-identity>, and looks at no other condition. Rules for anonymous requests go before those for identities, these before lists, and
/// these before all others; among those of one kind that match the greatest sub-handling decides, the first of equal ones. In that order the rules come back.
[[nodiscard]] policy::RuleSet read_as_opensips_oma(const xml::Document& document, policy::RuleSet read);

/// OMA's Presence XDM and XDM Core: as the RFCs, and <anonymous-request>, <other-identity> and OMA's permissions are known. A rule for anonymous requests has rank
/// 0, one for identities (or for nobody in particular) 1, one for others 2.
[[nodiscard]] policy::RuleSet read_as_oma(const xml::Document& document, policy::RuleSet read);

/// RestComm's (Mobicents') sip-presence-service, class RulesetProcessor: a rule without exactly one action, sub-handling, or without <transformations> is none; what
/// it does not know among conditions is not there; a sphere condition holds outside of the spheres that it names. The rules have rank 0; behind them stands what
/// happens when none matches.
[[nodiscard]] policy::RuleSet read_as_mobicents(const xml::Document& document, policy::RuleSet read);
[[nodiscard]] policy::RuleSet without_rules_in_mobicents();

/// Cipango's Kaleo, class XcapPolicy: rules for identities and periods go before those for anonymous requests, and these before those for all others; in
/// each group the greatest sub-handling decides. Where it throws an exception everybody, or whoever the rule is for, is blocked: of even ranks those rules are.
[[nodiscard]] policy::RuleSet read_as_kaleo(const xml::Document& document, policy::RuleSet read);

}  // namespace presproof::engine
