#include "lint/checks/checks.h"

#include "base/lexical.h"
#include "lint/surroundings.h"

namespace presproof::lint {

/// Conditions of two elements are ANDed and permissions added, as those of one are.
bool fix_repeated_part(const Fixing& fixing, text::TextChanges& changes) {
  const std::string_view whole = fixing.text();
  const text::ElementText second = fixing.element();
  const auto first = fixing.element(fixing.finding.related.at(0).span);
  if (declares_namespace(whole, second) || declares_namespace(whole, first)) return false;
  const std::string_view inner = whole.substr(second.open_end, second.close_begin - second.open_end);
  changes.remove(second);
  const std::string_view content = trim_xml_space(inner);
  if (!content.empty()) changes.append_child(first, std::string(content));
  return true;
}

}  // namespace presproof::lint
