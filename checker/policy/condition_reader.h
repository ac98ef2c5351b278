#pragma once

#include <vector>

#include "policy/reading.h"
#include "policy/rule_set.h"
#include "xml/document.h"

/// `<conditions>` of a rule (RFC 4745 section 7), ANDed. A condition that nobody here knows is FALSE.
namespace presproof::policy {

/// Appends what `element` holds.
void read_conditions(Reading& reading, const xml::Element& element, std::vector<Condition>& conditions);

}  // namespace presproof::policy
