#pragma once

#include <vector>

#include "policy/rule_set.h"
#include "presence/document.h"

/// The document without what transformations take away (engine::Filtering::shows_what_is_not_removed): presence_xml, function
/// get_final_notify_body of Kamailio 5.6.
namespace presproof::semantics {

/// For each transformation, in order: its name without the first eight letters (`provide-`) is that of an element, `services` is `tuple` and
/// what begins with `person` is `person`. The first such element of the document is looked for, whatever its namespace. With the text `false`
/// it goes, and all those of the name directly in <presence>; with `true` nothing happens. With any other text it and those of its siblings that
/// follow without another element or a comment between them go, but where the transformation has a child `all-...`, or one that selects: `class`, `deviceID`,
/// `occurence-id` (so spelt), `service-uri`, `service-uri-scheme`, compared without case with the first such element of the component or after it.
[[nodiscard]] presence::Document without_removed(const presence::Document& document, const std::vector<policy::WrittenElement>& transformations);

}  // namespace presproof::semantics
