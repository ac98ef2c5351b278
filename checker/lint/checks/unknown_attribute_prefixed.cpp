#include "lint/checks/checks.h"
#include "lint/fixing.h"

namespace presproof::lint {

/// The name alone. The element may be published, so that more is shown afterwards.
bool fix_unknown_attribute_prefixed(const Fixing& fixing, text::TextChanges& changes) {
  const auto value = fixing.attribute(fixing.finding.span).value;
  const auto colon = fixing.text().substr(value.begin, value.end - value.begin).rfind(':');
  if (colon == std::string_view::npos) return false;
  changes.replace(value.begin, value.begin + colon + 1, {});
  return true;
}

}  // namespace presproof::lint
