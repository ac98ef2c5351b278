#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// The schemas of a folder as texts, and which of them a name means. No libxml2 here but to read what they declare.
namespace presproof::schema {

struct SchemaFile {
  std::string path;
  std::string text;
  std::string target;              ///< its targetNamespace; empty: it takes that of whoever includes it
  std::set<std::string> imported;  ///< namespaces
};

class Folder {
 public:
  /// Throws diag::InputError, as Schemas::read does.
  explicit Folder(const std::string& path);

  /// `wanted`, as far as the folder has schemas of them, and all namespaces that these import.
  [[nodiscard]] std::set<std::string> closure(const std::set<std::string>& wanted) const;

  /// The text behind a name: of the driver, which imports every namespace of `namespaces`; of a namespace's own schema,
  /// which includes its files; of a file; or of the file that an `include` of some location means. Empty: none.
  [[nodiscard]] std::string text_of(std::string_view name, const std::set<std::string>& namespaces) const;

  static constexpr std::string_view kDriver = "presproof:driver";

 private:
  [[nodiscard]] std::string driver(const std::set<std::string>& namespaces) const;
  [[nodiscard]] std::string all_of(std::string_view target) const;
  [[nodiscard]] const SchemaFile* included(std::string_view location) const;

  std::vector<SchemaFile> files_;                              ///< by path
  std::map<std::string, std::vector<std::size_t>> by_target_;  ///< indices of `files_`
};

}  // namespace presproof::schema
