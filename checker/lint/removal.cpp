#include "lint/removal.h"

namespace presproof::lint {

bool remove_element(const Fixing& fixing, text::TextChanges& changes) {
  const auto element = fixing.element();
  if (fixing.text().substr(element.begin, element.end - element.begin).find("<!--") != std::string_view::npos)
    return false;
  changes.remove(element);
  return true;
}

}  // namespace presproof::lint
