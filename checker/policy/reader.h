#pragma once

#include <cstdint>
#include <optional>

#include "diag/diagnostic.h"
#include "diag/sources.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "xml/document.h"

namespace presproof::policy {

/// Reads the rule set in `file`. Everything odd becomes a diagnostic, and reading goes on; nothing comes back only when
/// the text is not well-formed, is over a limit or has another root element (each reported, too).
[[nodiscard]] std::optional<RuleSet> read_rule_set(diag::Sources& sources, std::uint32_t file,
                                                   const xml::Limits& limits, diag::Sink& sink);

/// The same of a document that is read already; nothing when it has another root element.
[[nodiscard]] std::optional<RuleSet> read_rule_set(const xml::Document& document, const diag::Sources& sources,
                                                   diag::Sink& sink);

/// `auto`: geolocation when no document has an element of the pres-rules namespace.
[[nodiscard]] Usage usage_of(const Policy& policy);

}  // namespace presproof::policy
