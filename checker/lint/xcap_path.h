#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Where a document lies when its path is one of an XCAP server (RFC 4825 section 6): `.../<auid>/users/<xui>/<document>` or
/// `.../<auid>/global/<document>`.
namespace presproof::lint {

struct XcapPath {
  std::string_view auid;
  std::string_view user;      ///< empty: global
  std::string_view document;  ///< its last name
};

/// Views into `path`; nothing when it has no known application at that place: folders called `users` are common.
[[nodiscard]] std::optional<XcapPath> xcap_path(std::string_view path);

}  // namespace presproof::lint
