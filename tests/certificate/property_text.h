#pragma once

#include <string>

#include "property/property.h"

namespace presproof::test {

/// Properties as a text of the property language that means the same.
[[nodiscard]] std::string text_of(const property::Properties& properties);

}  // namespace presproof::test
