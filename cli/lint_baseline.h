#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "diag/sources.h"

/// Findings that were there when `lint` was introduced, and are not reported until somebody mends them. They are known by
/// code, file, rule and message, not by line, so that edits elsewhere in a file leave them known.
namespace presproof::cli {

/// What tells a finding from others; several findings may have the same.
struct BaselineKey {
  std::string file;  ///< as seen from the baseline's folder
  std::string code;  ///< `PP301`
  std::string rule;  ///< empty: none
  std::string message;  ///< its digest; numbers of lines in it do not count
  friend auto operator<=>(const BaselineKey&, const BaselineKey&) = default;
};
using BaselineEntries = std::map<BaselineKey, std::size_t>;

class Baseline {
 public:
  /// An empty one, to be written to `path`.
  explicit Baseline(std::string path);
  /// Reads a text of `sources`, whose name is the baseline's path. Throws diag::InputError with line and column.
  static Baseline read(const diag::Sources& sources, std::uint32_t file);

  [[nodiscard]] const std::string& path() const { return path_; }
  /// `file`: the finding's, as the run names it.
  [[nodiscard]] BaselineKey key_of(const diag::Diagnostic& finding, const std::string& file) const;
  /// As the baseline names a file.
  [[nodiscard]] std::string relative(const std::string& file) const;

  /// Notes that a finding was met; true when it is in the baseline (and as often).
  bool meet(const BaselineKey& key);
  /// Notes that a file was checked, and what was not looked for in it.
  void looked_at(const std::string& file, const std::set<diag::Code>& disabled);
  /// Entries that would have been met, and were not, or not as often; with how often they were missed.
  [[nodiscard]] BaselineEntries gone() const;
  /// The text with what was met: entries of files that were not looked at stay as long as the file is there.
  [[nodiscard]] std::string updated() const;

 private:
  [[nodiscard]] bool checked(const BaselineKey& key) const;

  std::string path_;
  BaselineEntries entries_;
  BaselineEntries met_;
  std::map<std::string, std::set<std::string>> looked_at_;  ///< by file, ids of the codes that were not wanted
};

}  // namespace presproof::cli
