#include "diff_inputs.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "folder.h"
#include "git.h"
#include "engine/view.h"

namespace presproof::cli {
namespace {

namespace fs = std::filesystem;
using diag::fail;

/// What git and other programs name where there is no file.
constexpr std::string_view kNoFile = "/dev/null";

/// A document before it is read as a rule set.
struct Document {
  std::string name;                 ///< what messages call it
  std::optional<std::string> text;  ///< nothing: there is none
  bool on_disk = true;
};
struct Pair {
  std::string name;
  Document before;
  Document after;
};

Document file_of(Run& run, const std::string& path, const std::string& label, std::size_t limit) {
  if (path == kNoFile) return {std::string(kNoFile), std::nullopt};
  if (path == "-") return {label.empty() ? "<stdin>" : label, read_standard_input(run, limit), false};
  return {label.empty() ? path : label, read_file(path, limit), label.empty()};
}

std::vector<Pair> pairs_of_files(Run& run, const DiffInputOptions& options) {
  const auto& paths = options.policy.files;
  if (paths[0] == "-" && paths[1] == "-") fail("standard input can be read only once", "name a file for the other `-`");
  if (paths[0] == kNoFile && paths[1] == kNoFile) fail("there is nothing to compare: both sides are /dev/null");
  const auto label = [&](std::size_t side) { return options.labels.empty() ? std::string() : options.labels[side]; };
  const std::size_t limit = options.policy.limits.bytes;
  return {{"", file_of(run, paths[0], label(0), limit), file_of(run, paths[1], label(1), limit)}};
}

std::vector<Pair> pairs_of_folders(const DiffInputOptions& options) {
  std::map<std::string, Pair> pairs;  // by the path below the folder
  for (const bool is_new : {false, true}) {
    const std::string& folder = options.policy.files[is_new ? 1 : 0];
    for (const std::string& path : rule_sets_below(folder, [](const diag::Problem& problem) { throw diag::InputError(problem); })) {
      const std::string name = fs::path(path).lexically_relative(folder).generic_string();
      Pair& pair = pairs[name];
      pair.name = name;
      Document& side = is_new ? pair.after : pair.before;
      side.name = path;
      side.text = read_file(path, options.policy.limits.bytes);
    }
  }
  std::vector<Pair> result;
  for (auto& [name, pair] : pairs) {
    for (Document* side : {&pair.before, &pair.after}) {
      const std::string& folder = options.policy.files[side == &pair.after ? 1 : 0];
      if (!side->text) side->name = (fs::path(folder) / name).string();
    }
    result.push_back(std::move(pair));
  }
  return result;
}

std::vector<Pair> pairs_of_revisions(const DiffInputOptions& options) {
  const Revisions revisions = parse_revisions(options.git);
  const std::size_t limit = options.policy.limits.bytes;
  const auto at = [&](const std::string& revision, const std::string& path) {
    return Document{fmt::format("{}:{}", revision, path), file_at(revision, path, limit), false};
  };
  std::vector<Pair> pairs;
  for (const std::string& path : options.policy.files) {
    if (path == "-" || is_folder(path)) fail(fmt::format("`--git` wants files, and `{}` is none", path), "name the rule sets");
    Pair pair{path, at(revisions.before, path), {path, std::nullopt}};
    std::error_code error;
    if (revisions.after) {
      pair.after = at(*revisions.after, path);
    } else if (fs::exists(path, error)) {
      pair.after.text = read_file(path, limit);
    }
    if (!pair.before.text && !pair.after.text) {
      fail(fmt::format("`{}` is neither in revision `{}` nor {}", path, revisions.before,
                       revisions.after ? fmt::format("in `{}`", *revisions.after) : "in the working tree"),
           "paths are relative to the current folder");
    }
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

std::vector<Pair> pairs_of(Run& run, const DiffInputOptions& options) {
  const auto& paths = options.policy.files;
  if (!options.git.empty()) {
    if (!options.labels.empty()) fail("`--label` is for two files", "with `--git` the revisions are the names");
    return pairs_of_revisions(options);
  }
  if (paths.size() != 2) {
    fail(fmt::format("`diff` compares two paths, OLD and NEW, and {} {} given", paths.size(), paths.size() == 1 ? "is" : "are"),
         "put the documents of a user into a folder, and compare the folders with `--together`; `--git REV FILE...` compares with a revision");
  }
  const bool folders[] = {is_folder(paths[0]), is_folder(paths[1])};
  if (folders[0] != folders[1]) fail(fmt::format("`{}` is a folder and `{}` is none", paths[folders[0] ? 0 : 1], paths[folders[0] ? 1 : 0]), "compare two files or two folders");
  if (folders[0] && !options.labels.empty()) fail("`--label` is for two files");
  return folders[0] ? pairs_of_folders(options) : pairs_of_files(run, options);
}

/// Adds the document to its side.
void read_into(Run& run, const DiffInputOptions& options, const engine::Profile& profile, Document document, report::DiffSide& side) {
  side.on_disk = side.on_disk && document.on_disk;
  if (!document.text) {
    side.policy.documents.push_back(engine::without_rule_set(profile));
    side.policy.documents.back().file = document.name;
    return;
  }
  side.is_missing = false;
  const auto file = run.sources.add(std::move(document.name), std::move(*document.text));
  side.policy.documents.push_back(read_rules(run, file, options.policy.limits, profile));
}

policy::Usage usage_of_both(const engine::Profile& profile, const std::string& word, const report::DiffPart& part) {
  const auto before = usage_under(profile, word, part.old_side.policy);
  return before == policy::Usage::presence ? before : usage_under(profile, word, part.new_side.policy);
}

}  // namespace

std::vector<report::DiffPart> load_diff_parts(Run& run, const DiffInputOptions& options, const engine::Profile& profile) {
  std::vector<report::DiffPart> parts;
  for (Pair& pair : pairs_of(run, options)) {
    if (parts.empty() || !options.together) {
      parts.emplace_back();
      parts.back().name = options.together ? "" : pair.name;
      parts.back().old_side.is_missing = parts.back().new_side.is_missing = true;
    }
    read_into(run, options, profile, std::move(pair.before), parts.back().old_side);
    read_into(run, options, profile, std::move(pair.after), parts.back().new_side);
  }
  for (report::DiffPart& part : parts) {
    require_one_rule_set(profile, part.old_side.policy.documents.size());
    part.usage = usage_of_both(profile, options.policy.usage, part);
  }
  return parts;
}

}  // namespace presproof::cli
