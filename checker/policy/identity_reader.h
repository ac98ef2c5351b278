#pragma once

#include "policy/reading.h"
#include "policy/rule_set.h"
#include "xml/document.h"

/// Who may match (RFC 4745 section 7.1): `<identity>` with `<one>`, `<many>` and `<except>`.
namespace presproof::policy {

[[nodiscard]] Condition read_identity(Reading& reading, const xml::Element& element);

}  // namespace presproof::policy
