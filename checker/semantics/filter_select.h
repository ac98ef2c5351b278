#pragma once

#include "presence/document.h"
#include "semantics/decision.h"

namespace presproof::semantics {

/// Whether provide-devices, -persons or -services of RFC 5025 section 3.3.1 selects a component. Everything is
/// decided by what was published, before any attribute is taken away. False for parts that are no components.
[[nodiscard]] bool is_selected(const presence::Part& part, const Permissions& permissions);

}  // namespace presproof::semantics
