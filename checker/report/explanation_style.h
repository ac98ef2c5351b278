#pragma once

#include <string_view>

/// How the HTML of an explanation looks, and the little that its script does.
namespace presproof::report {

/// Without `<`, so that the page is well-formed XML, too.
extern const std::string_view kExplanationStyle;
/// Filters the rows of the table of watchers and sorts tables by a column. Without it the page has everything, too. Without `<` and `&`.
extern const std::string_view kExplanationScript;

}  // namespace presproof::report
