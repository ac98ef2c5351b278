#include <algorithm>

#include "diag/code.h"
#include "diag/error.h"
#include "lint/lint.h"
#include "lint/pages.h"  // made by cmake/embed_pages.cmake

namespace presproof::lint {

std::string_view page(diag::Code code) {
  const auto found = std::ranges::find(kPageTable, diag::info(code).name, &Page::name);
  if (found == kPageTable.end()) throw diag::InternalError("a finding's code has no page");
  return found->text;
}

}  // namespace presproof::lint
