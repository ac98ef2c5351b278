#pragma once

#include <string_view>

#include "presence/document.h"

/// Elements of a presence document by their path: local names with slashes between, from a child of <presence> on (`person/activities/away`,
/// `tuple/status/basic`); `//` before the first one: anywhere below. `*` is any element. Namespaces do not count.
namespace presproof::suite {

[[nodiscard]] bool is_document_path(std::string_view path);
/// Whether some element of the document has the path.
[[nodiscard]] bool has_path(const presence::Document& document, std::string_view path);

}  // namespace presproof::suite
