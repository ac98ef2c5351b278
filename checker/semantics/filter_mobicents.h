#pragma once

#include "presence/document.h"
#include "semantics/decision.h"

namespace presproof::semantics {

/// What RestComm's (Mobicents') sip-presence-service leaves of a document for somebody who is allowed (engine::Filtering::shows_status_whole; class
/// OMAPresRuleDOMTransformer). Of a component that is shown, class and contact, and the <status> of a service with all that is in it, are shown; names of elements are
/// compared without namespace where components are selected. A note of the document is shown with all attributes alone, and so is one of PIDF in a service.
/// A location that stands beside <status>, or in a person or a device, is shown where OMA's provide-geopriv is given (engine/mobicents_reader.cpp).
[[nodiscard]] presence::Document shown_by_mobicents(const presence::Document& document, const Permissions& permissions);

}  // namespace presproof::semantics
