#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Patterns for paths, as shells have them: `*` and `?` within a name, `[a-z]` and `[!a-z]` for one character, `**` as a
/// name of its own for any number of folders. A name that begins with a dot is matched by a pattern that begins with one.
namespace presproof::cli {

/// Whether the path has a character that makes it a pattern.
[[nodiscard]] bool is_glob(std::string_view path);
/// Whether one name, without `/`, is matched by one part of a pattern. Takes time in their product at most.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view name);
/// The files that are matched, sorted. Folders that cannot be read match nothing; links to folders are followed where
/// the pattern names them, but not by `**`, so that every search ends.
[[nodiscard]] std::vector<std::string> glob_files(const std::string& pattern);

}  // namespace presproof::cli
