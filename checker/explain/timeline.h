#pragma once

#include "explain/explanation.h"

namespace presproof::explain {

/// When the validity conditions of rules hold (RFC 4745 section 7.4), and the moments at which the entries of rows begin or end; those of entries
/// that are examples are not among them.
[[nodiscard]] Timeline timeline_of(const policy::Policy& policy, const std::vector<Row>& rows);

}  // namespace presproof::explain
