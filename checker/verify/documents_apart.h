#pragma once

#include "engine/profile.h"
#include "semantics/decision.h"
#include "claims/claim.h"

namespace presproof::verify {

/// Whether some presence document with something for every permission (witness_document.h) is filtered to two different documents under the two
/// decisions. The other half of the replay of claims about content: what view.h tells apart must show in a document. The location and usage
/// rules of the documents are varied, so that a granted radius, a rounding or a usage rule does not by chance leave what is there already.
[[nodiscard]] bool documents_apart(const semantics::Decision& first, const semantics::Decision& second, const claims::ClaimContext& context,
                                   const engine::Profile& profile);

}  // namespace presproof::verify
