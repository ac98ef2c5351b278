#include "glob.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "base/utf8.h"

namespace presproof::cli {
namespace {

namespace fs = std::filesystem;

/// The length of the character at `at`; one byte for what is not UTF-8.
std::size_t character_length(std::string_view text, std::size_t at) { return std::max<std::size_t>(1, decode_utf8(text, at).length); }

/// The end of the set that begins with `[` at `at`; npos when it has none, and `[` is then a character as others are.
std::size_t set_end(std::string_view pattern, std::size_t at) {
  std::size_t from = at + 1;
  if (from < pattern.size() && (pattern[from] == '!' || pattern[from] == '^')) ++from;
  return pattern.find(']', from + 1);  // a `]` that comes first is in the set
}

bool in_set(std::string_view set, std::string_view character) {
  const bool negated = set.front() == '!' || set.front() == '^';
  if (negated) set.remove_prefix(1);
  bool found = false;
  for (std::size_t at = 0; at < set.size();) {
    const auto first = set.substr(at, character_length(set, at));
    at += first.size();
    auto last = first;
    if (at + 1 < set.size() && set[at] == '-') {
      last = set.substr(at + 1, character_length(set, at + 1));
      at += 1 + last.size();
    }
    // UTF-8 sorts as its characters do.
    found = found || (first <= character && character <= last);
  }
  return found != negated;
}

/// Matches one character (not `*`) of the pattern and moves behind it.
bool match_one(std::string_view pattern, std::size_t& at, std::string_view character) {
  if (pattern[at] == '?') return ++at, true;
  if (const auto end = pattern[at] == '[' ? set_end(pattern, at) : std::string_view::npos; end != std::string_view::npos) {
    const auto set = pattern.substr(at + 1, end - at - 1);
    at = end + 1;
    return in_set(set, character);
  }
  if (pattern.substr(at, character.size()) != character) return false;
  at += character.size();
  return true;
}

/// A folder to look into, and the part of the pattern that its entries are compared with.
using Task = std::pair<fs::path, std::size_t>;

class Search {
 public:
  explicit Search(const std::string& pattern) {
    const fs::path path(pattern);
    for (const auto& part : path.relative_path()) {
      if (part.empty() || (part == "**" && !parts_.empty() && parts_.back() == "**")) continue;
      parts_.push_back(part.string());
    }
    ask(path.root_path(), 0);
  }

  std::vector<std::string> run() {
    while (!tasks_.empty()) {
      const Task task = std::move(tasks_.back());
      tasks_.pop_back();
      look(task.first, task.second);
    }
    return {found_.begin(), found_.end()};
  }

 private:
  void ask(const fs::path& folder, std::size_t part) {
    if (part < parts_.size() && seen_.emplace(folder.string(), part).second) tasks_.emplace_back(folder, part);
  }

  /// An entry that part `part` matches.
  void take(const fs::path& entry, std::size_t part) {
    std::error_code error;
    if (part + 1 < parts_.size()) {
      if (fs::is_directory(entry, error)) ask(entry, part + 1);
    } else if (fs::is_regular_file(entry, error)) {
      found_.insert(entry.string());
    }
  }

  void look(const fs::path& folder, std::size_t part) {
    const std::string& pattern = parts_[part];
    const bool any_depth = pattern == "**";
    if (!any_depth && !is_glob(pattern)) return take(folder / pattern, part);
    if (any_depth) ask(folder, part + 1);
    const bool last = part + 1 == parts_.size();
    std::error_code error;
    for (auto entry = fs::directory_iterator(folder.empty() ? "." : folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      const fs::path path = folder / name;
      std::error_code ignored;
      if (any_depth) {
        if (name.front() == '.') continue;
        if (!entry->is_symlink(ignored) && entry->is_directory(ignored)) {
          ask(path, part);
        } else if (last) {
          take(path, part);
        }
      } else if (glob_matches(pattern, name)) {
        take(path, part);
      }
    }
  }

  std::vector<std::string> parts_;
  std::vector<Task> tasks_;
  std::set<std::pair<std::string, std::size_t>> seen_;
  std::set<std::string> found_;
};

}  // namespace

bool is_glob(std::string_view path) { return path.find_first_of("*?[") != std::string_view::npos; }

bool glob_matches(std::string_view pattern, std::string_view name) {
  if (name.starts_with('.') && !pattern.starts_with('.')) return false;
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;  // where to go on after the last `*`, and from which character of the name
  std::size_t star_name = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_name = n;
      continue;
    }
    const auto character = name.substr(n, character_length(name, n));
    if (p < pattern.size() && match_one(pattern, p, character)) {
      n += character.size();
    } else if (star != std::string_view::npos) {
      p = star;
      star_name += character_length(name, star_name);
      n = star_name;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::vector<std::string> glob_files(const std::string& pattern) { return Search(pattern).run(); }

}  // namespace presproof::cli
