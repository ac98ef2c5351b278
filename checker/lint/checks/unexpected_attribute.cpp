#include "lint/checks/checks.h"

#include "lint/fixing.h"
#include "policy/reading.h"

namespace presproof::lint {

/// One that a known attribute was meant by stays: its value says what its writer wanted.
bool fix_unexpected_attribute(const Fixing& fixing, text::TextChanges& changes) {
  if (fixing.finding.fix != std::optional(std::string(policy::kRemoveAttribute))) return false;
  const auto attribute = fixing.attribute(fixing.finding.span);
  changes.replace(attribute.begin, attribute.end, {});
  return true;
}

}  // namespace presproof::lint
