#pragma once

#include "base/instant.h"
#include "presence/document.h"
#include "semantics/decision.h"

namespace presproof::semantics {

/// Applies set-retransmission-allowed, set-retention-expiry, set-note-well and keep-rule-reference (RFC 6772 sections
/// 6.1 to 6.4) to the <usage-rules> of a <geopriv>, which is made when it is needed and not there. `now` is when the
/// location is provided. What the permissions leave open stays as published.
void apply_usage_rules(presence::Element& geopriv, const Permissions& permissions, Instant now);

}  // namespace presproof::semantics
