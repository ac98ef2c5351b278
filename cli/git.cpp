#include "git.h"

#include <sys/wait.h>

#include <charconv>
#include <filesystem>
#include <vector>

#include <fmt/format.h>

#include "base/process.h"
#include "diag/error.h"

namespace presproof::cli {
namespace {

namespace fs = std::filesystem;
using diag::fail;

struct Answer {
  bool succeeded = false;
  std::string out;
  std::string err;
};

/// In `folder`. Nothing is fetched, locked or asked of a person.
Answer git(const std::string& folder, std::vector<std::string> arguments) {
  static const std::optional<std::string> program = find_on_path("git");
  if (!program) fail("cannot find `git` on PATH", "`--git` runs it; `apt-get install git`, or name two files");
  arguments.insert(arguments.begin(), {"-C", folder});
  Ran ran = run_process(*program, std::move(arguments), {},
                        {"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_LITERAL_PATHSPECS=1", "GIT_NO_REPLACE_OBJECTS=1", "LC_ALL=C"});
  if (!ran.started) fail("cannot run `git`", "is the folder for temporary files full?");
  return {WIFEXITED(ran.status) && WEXITSTATUS(ran.status) == 0, std::move(ran.out), std::move(ran.err)};
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// The nearest folder that exists around a path, and the path from there.
std::pair<std::string, std::string> folder_of(const std::string& path) {
  const fs::path full = fs::absolute(path).lexically_normal();
  fs::path folder = full.parent_path();
  std::error_code error;
  while (!fs::is_directory(folder, error) && folder.has_parent_path() && folder != folder.parent_path()) folder = folder.parent_path();
  return {folder.string(), full.lexically_relative(folder).string()};
}

/// Of a commit, in full.
std::string hash_of(const std::string& folder, const std::string& revision) {
  if (const Answer inside = git(folder, {"rev-parse", "--git-dir"}); !inside.succeeded) {
    fail(fmt::format("`{}` is in no git repository: {}", folder, first_line(inside.err)), "name two files or folders instead of `--git`");
  }
  const Answer found = git(folder, {"rev-parse", "--verify", "--quiet", revision + "^{commit}"});
  if (!found.succeeded) {
    fail(fmt::format("the repository around `{}` has no revision `{}`", folder, revision), "`git log --oneline` lists them; a shallow clone has the last ones only");
  }
  return first_line(found.out);
}

void check_revision(const std::string& revision) {
  if (revision.empty()) fail("`--git` wants a revision, and got an empty one", "for example `--git HEAD` or `--git v1.0..v1.1`");
  if (revision.front() == '-') fail(fmt::format("`{}` is no revision: it begins with `-`", revision), "for example `--git HEAD`");
  if (revision.find('\n') != std::string::npos) fail("a revision has a line break", "for example `--git HEAD`");
}

/// What `git ls-tree` says of one entry.
struct Entry {
  std::string mode;
  std::string object;
};
std::optional<Entry> entry_of(const std::string& folder, const std::string& hash, const std::string& path) {
  const Answer listed = git(folder, {"ls-tree", "-z", hash, "--", path});
  if (!listed.succeeded) fail(fmt::format("git cannot look for `{}`: {}", path, first_line(listed.err)));
  if (listed.out.empty()) return std::nullopt;
  const auto first = listed.out.find(' ');
  const auto second = listed.out.find(' ', first + 1);
  const auto tab = listed.out.find('\t', second);
  if (tab == std::string::npos) throw diag::InternalError("git ls-tree says something that is not understood");
  return Entry{listed.out.substr(0, first), listed.out.substr(second + 1, tab - second - 1)};
}

void check_size(const std::string& folder, const Entry& entry, const std::string& name, std::size_t limit_bytes) {
  const Answer said = git(folder, {"cat-file", "-s", entry.object});
  std::size_t size = 0;
  std::from_chars(said.out.data(), said.out.data() + said.out.size(), size);
  if (!said.succeeded) fail(fmt::format("git cannot read `{}`: {}", name, first_line(said.err)));
  if (size > limit_bytes) fail(fmt::format("`{}` is larger than {} bytes", name, limit_bytes), "`--max-bytes` raises the limit");
}

}  // namespace

std::optional<std::string> file_at(const std::string& revision, const std::string& path, std::size_t limit_bytes) {
  check_revision(revision);
  const auto [folder, below] = folder_of(path);
  const auto entry = entry_of(folder, hash_of(folder, revision), below);
  if (!entry) return std::nullopt;
  const std::string name = fmt::format("{}:{}", revision, path);
  constexpr std::string_view regular = "100";
  if (!entry->mode.starts_with(regular)) fail(fmt::format("`{}` is no file but a folder, a link or a submodule", name), "name the files");
  check_size(folder, *entry, name, limit_bytes);
  Answer text = git(folder, {"cat-file", "blob", entry->object});
  if (!text.succeeded) fail(fmt::format("git cannot read `{}`: {}", name, first_line(text.err)));
  return std::move(text.out);
}

Revisions parse_revisions(const std::string& text) {
  const auto dots = text.find("..");
  Revisions revisions{text.substr(0, dots), std::nullopt};
  if (dots != std::string::npos) {
    revisions.after = text.substr(dots + 2);
    if (revisions.after->starts_with('.')) fail(fmt::format("`{}` has three dots", text), "two compare the revisions themselves: `REV1..REV2`");
    check_revision(*revisions.after);
  }
  check_revision(revisions.before);
  return revisions;
}

}  // namespace presproof::cli
