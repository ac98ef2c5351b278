#include "semantics/decision.h"

#include <algorithm>

namespace presproof::semantics {

bool ProvidedComponents::any() const {
  return all || std::any_of(values.begin(), values.end(), [](const auto& selected) { return !selected.empty(); });
}

}  // namespace presproof::semantics
