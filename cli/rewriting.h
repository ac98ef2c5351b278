#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "commands/command.h"

/// Files that are written over: each is the old one or the new one and nothing between, whenever the program ends.
namespace presproof::cli {

/// A file's new text, whole beside it under another name. Goes away with the object unless it was put in place.
class Replacement {
 public:
  /// With the mode of the file that it replaces. Throws diag::InputError when it cannot be written.
  Replacement(const std::string& path, const std::string& text);
  ~Replacement();
  Replacement(Replacement&& other) noexcept;
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  Replacement& operator=(Replacement&&) = delete;

  /// Throws diag::InputError; the old file is then as it was.
  void put_in_place();

 private:
  std::string path_;
  std::string temporary_;  ///< empty: in place
};

/// How a command that edits files is named in messages, and what it can do instead.
struct EditingFlag {
  std::string name;     ///< `--apply`
  std::string instead;  ///< `print the diff with ...`
};

/// Throws diag::InputError when the file of the run's sources cannot be written back as it was read: standard input, UTF-16, a read-only file.
void refuse_unwritable(const Run& run, std::uint32_t file, const EditingFlag& flag);

/// A file of the run's sources, and the text that is to stand in it.
struct RewrittenFile {
  std::uint32_t file = 0;
  std::string text;
};

/// Writes the texts over their files, through symbolic links. A byte order mark stays. Throws diag::InputError when one of them cannot be written, or
/// is not any more what was read: then none of them is, unless the message names those that are.
void rewrite_files(const Run& run, const std::vector<RewrittenFile>& files, const EditingFlag& flag);

}  // namespace presproof::cli
