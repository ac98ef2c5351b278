#include "lint/checks/checks.h"

#include "lint/surroundings.h"
#include "policy/meant.h"

namespace presproof::lint {

bool fix_invalid_uri(const Fixing& fixing, text::TextChanges& changes) {
  const std::string_view whole = fixing.text();
  if (whole[fixing.context.sources.offset_of(fixing.finding.span)] == '<') {
    const text::ElementText element = fixing.element();
    const std::string_view inner = whole.substr(element.open_end, element.close_begin - element.open_end);
    const auto meant = policy::meant_uri(inner);
    return meant && inner.find('&') == std::string_view::npos && replace_content(fixing, changes, *meant);
  }
  const auto value = fixing.attribute(fixing.finding.span).value;
  const std::string_view uri = whole.substr(value.begin, value.end - value.begin);
  const auto meant = policy::meant_uri(uri);
  if (!meant || uri.find('&') != std::string_view::npos) return false;
  changes.replace(value.begin, value.end, *meant);
  return true;
}

}  // namespace presproof::lint
