#include "report/markdown.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/printable.h"

namespace presproof::report {

std::string markdown_text(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*_{}[]<>()#+-.!|~&$^=";
  // What a host would make a link of is broken by an entity.
  std::string out;
  for (const char c : diag::printable(text)) {
    if (c == '@') {
      out += "&#64;";
    } else if (c == ':') {
      out += "&#58;";
    } else {
      if (kMarkup.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  std::string shown = diag::printable(text);
  std::size_t longest = 0;
  for (std::size_t at = 0, run = 0; at < shown.size(); ++at) {
    run = shown[at] == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const bool padded = shown.empty() || shown.front() == '`' || shown.back() == '`';
  const std::string_view padding = padded ? " " : "";
  return fmt::format("{0}{1}{2}{1}{0}", fence, padding, shown);
}

}  // namespace presproof::report
