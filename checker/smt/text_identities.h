#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/profile.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "smt/partition.h"

/// Watchers have structure where an engine looks at the letters of their URIs (semantics/text_identity.h): by engine::IdentityTest::ser_text a domain fits by its length or
/// because the rule's begins with it, an exception by an id that is one letter longer, and everything but user and host of From is dropped. By the others a domain and an
/// exception are the very same.
///
/// Still no rule can tell apart two watchers whose text is no text of a rule, and whose hosts fit the same rules. So there are finitely many
/// kinds: the named ones in each spelling that the engine takes for them (sip, sips, those that groups name), and of hosts those that are named,
/// of each length that is asked for one, and beginnings of them. For these the conditions are written anew as RFC 4745 section 7.1 reads
/// them, and the partition (partition.h) goes on as ever. Whom a group names may spell the URI so that no rule names it: those are kinds of their own.
namespace presproof::smt {

struct TextIdentities {
  policy::Policy policy;  ///< the same rules in the same places, with other identity conditions
  bool complete = true;   ///< false: not every watcher is of one of the kinds; nothing is proved then
  std::vector<OtherSpelling> others = {};
  std::map<std::string, Refusal> refused = {};  ///< by the text of the URI
};
[[nodiscard]] TextIdentities with_text_identities(const policy::Policy& policy, const property::Properties& properties, engine::IdentityTest test);

/// Whom the engines take the unauthenticated for.
inline constexpr std::string_view kAnonymousText = "sip:anonymous@anonymous.invalid";

}  // namespace presproof::smt
