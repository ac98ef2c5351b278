#pragma once

#include <optional>
#include <vector>

#include "policy/elements.h"
#include "policy/reading.h"
#include "policy/rule_set.h"
#include "xml/document.h"

/// `<actions>` and `<transformations>` of a rule: RFC 5025 sections 3.2 and 3.3, RFC 6772 section 6. A permission that
/// nobody here knows, that has no valid value or that stands in the wrong place grants nothing.
namespace presproof::policy {

/// Appends what `element` holds. `place`: actions or transformations.
void read_permissions(Reading& reading, const xml::Element& element, Place place, std::vector<Permission>& permissions);

// RFC 6772's, which the older dialect has under other names. Nothing, after a finding, when there is no valid value.
[[nodiscard]] std::optional<SetRetransmissionAllowed> read_retransmission(Reading& reading,
                                                                          const xml::Element& element);
[[nodiscard]] std::optional<SetRetentionExpiry> read_retention(Reading& reading, const xml::Element& element);
[[nodiscard]] std::optional<SetNoteWell> read_note_well(Reading& reading, const xml::Element& element);
[[nodiscard]] std::optional<KeepRuleReference> read_keep_rule_reference(Reading& reading, const xml::Element& element);

}  // namespace presproof::policy
