#pragma once

#include <string>
#include <vector>

#include "policy/rule_set.h"

/// What a rule says without how it says it: two rules of the same normal form match the same requests and give the same, whatever the watcher
/// asserts, the state, the reading and the usage. URIs and domains are as they are compared, sets are sorted, what never holds is left out of
/// an OR, what gives nothing out of the permissions (RFC 4745 section 10.2: absent counts as the lowest value).
///
/// Different forms may still mean the same. Ids, labels and places are no part of it.
namespace presproof::lint {

/// The forms of the rules that can match, sorted, each once: neither the order of rules nor a repetition matters (RFC 4745 section 10).
[[nodiscard]] std::vector<std::string> normal_form(const policy::Policy& policy);

}  // namespace presproof::lint
