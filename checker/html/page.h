#pragma once

#include <string>
#include <string_view>

namespace presproof::html {

struct Page {
  std::string title;        ///< plain text
  std::string_view style;   ///< CSS
  std::string_view script;  ///< JavaScript; the page must be readable without
  std::string body;         ///< elements, well-formed
};

/// One file that needs no other: its Content-Security-Policy (W3C CSP3) allows this style and this script, by their hashes, and nothing else:
/// no request, no inline handler, no other script.
[[nodiscard]] std::string write_page(const Page& page);

/// The hash source of CSP for a text: `'sha256-...'`.
[[nodiscard]] std::string hash_source(std::string_view text);

}  // namespace presproof::html
