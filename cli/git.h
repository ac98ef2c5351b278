#pragma once

#include <optional>
#include <string>

/// What git keeps, by running the program `git` without a shell. Nothing from a name is taken for an option, an expression of paths or a pattern.
namespace presproof::cli {

/// The text of a file as a revision has it; nothing when the revision lacks it. The repository is that around the file, which need not exist
/// any more. Throws diag::InputError: no `git`, no repository, no such revision, no regular file there, or more than `limit_bytes`.
[[nodiscard]] std::optional<std::string> file_at(const std::string& revision, const std::string& path, std::size_t limit_bytes);

/// `REV` or `REV1..REV2`.
struct Revisions {
  std::string before;
  std::optional<std::string> after;  ///< nothing: the working tree
};
/// Throws diag::InputError for what can be no revision.
[[nodiscard]] Revisions parse_revisions(const std::string& text);

}  // namespace presproof::cli
