#include "lint_properties.h"

#include <filesystem>

#include "inputs.h"
#include "property/parser.h"

namespace presproof::cli {

property::Properties read_properties(diag::Sources& sources, const std::vector<std::string>& paths, const xml::Limits& limits) {
  std::vector<std::uint32_t> files;
  for (const auto& path : paths) files.push_back(sources.add(path, read_file(path, limits.bytes)));
  const auto load = [&](std::string_view path, std::string_view beside) {
    const auto full = (std::filesystem::path(beside).parent_path() / std::filesystem::path(path)).string();
    return sources.add(full, read_file(full, limits.bytes));
  };
  return property::parse(sources, files, {}, load, limits);
}

}  // namespace presproof::cli
