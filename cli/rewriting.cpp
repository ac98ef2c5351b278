#include "rewriting.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "diag/error.h"

namespace presproof::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

using diag::fail;

std::string system_error() { return std::strerror(errno); }

constexpr const char* kOldFile = "the old file, if there was one, is as it was";

/// What is to be written into the file, which has to be what was read. A byte order mark, which the sources do not have, stays.
std::string with_its_mark(const Run& run, const RewrittenFile& rewritten, const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string present((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in) fail(fmt::format("cannot read `{}` again: {}", path, system_error()), "");
  const std::string_view mark = present.starts_with(kByteOrderMark) ? kByteOrderMark : std::string_view();
  if (std::string_view(present).substr(mark.size()) != run.sources.text(rewritten.file))
    fail(fmt::format("`{}` has changed since it was read", run.sources.name(rewritten.file)), "nothing was written; try again");
  return std::string(mark) + rewritten.text;
}

}  // namespace

Replacement::Replacement(const std::string& path, const std::string& text) : path_(path), temporary_(path + ".XXXXXX") {
  const int descriptor = ::mkstemp(temporary_.data());
  if (descriptor < 0) {
    temporary_.clear();
    fail(fmt::format("cannot write beside `{}`: {}", path, system_error()), "");
  }
  std::size_t written = 0;
  bool good = true;
  while (good && written < text.size()) {
    const auto count = ::write(descriptor, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    good = count > 0;
    if (good) written += static_cast<std::size_t>(count);
  }
  struct stat status {};
  const bool replaces = ::stat(path.c_str(), &status) == 0;
  const mode_t mode = replaces ? (status.st_mode & 07777) : 0644;
  // The owner stays where that is allowed; where it is not, the file is the user's own now, as after any rename.
  if (replaces && (status.st_uid != ::geteuid() || status.st_gid != ::getegid()))
    static_cast<void>(::fchown(descriptor, status.st_uid, status.st_gid) == 0);
  good = good && ::fchmod(descriptor, mode) == 0 && ::fsync(descriptor) == 0;
  auto reason = system_error();
  if (::close(descriptor) != 0 && good) {
    good = false;
    reason = system_error();
  }
  if (good) return;
  ::unlink(temporary_.c_str());
  temporary_.clear();
  fail(fmt::format("cannot write `{}`: {}", path, reason), kOldFile);
}

Replacement::~Replacement() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Replacement::Replacement(Replacement&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, std::string())) {}

void Replacement::put_in_place() {
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail(fmt::format("cannot write `{}`: {}", path_, system_error()), kOldFile);
  temporary_.clear();
}

void refuse_unwritable(const Run& run, std::uint32_t file, const EditingFlag& flag) {
  const std::string name(run.sources.name(file));
  if (name == "<stdin>") fail(fmt::format("`{}` cannot write to standard input", flag.name), "name the files, or " + flag.instead);
  if (run.sources.encoding(file) != "UTF-8")
    fail(fmt::format("`{}` cannot edit `{}`: it is in {}", flag.name, name, run.sources.encoding(file)),
         "convert it to UTF-8, and its XML declaration");
  struct stat status {};
  const bool found = ::stat(name.c_str(), &status) == 0;
  if (found && !S_ISREG(status.st_mode)) fail(fmt::format("`{}` cannot replace `{}`: it is no regular file", flag.name, name), "name a file");
  // A rename would replace a file that its owner has made read-only, too.
  if (found && ((status.st_mode & 0222) == 0 || ::access(name.c_str(), W_OK) != 0))
    fail(fmt::format("`{}` cannot write `{}`: it is read-only", flag.name, name), "make it writable, or " + flag.instead);
}

void rewrite_files(const Run& run, const std::vector<RewrittenFile>& files, const EditingFlag& flag) {
  std::vector<Replacement> replacements;
  std::vector<std::string_view> names;
  std::map<std::string, std::string_view> texts;  // by file
  for (const RewrittenFile& rewritten : files) {
    refuse_unwritable(run, rewritten.file, flag);
    std::error_code error;
    const auto target = std::filesystem::canonical(std::string(run.sources.name(rewritten.file)), error);  // through symbolic links
    if (error) fail(fmt::format("cannot write `{}`: {}", run.sources.name(rewritten.file), error.message()), "");
    const auto [place, is_new] = texts.emplace(target.string(), rewritten.text);
    if (!is_new && place->second != rewritten.text)
      fail(fmt::format("`{}` was given twice, and would be edited in two ways", run.sources.name(rewritten.file)), "name it once");
    if (!is_new) continue;
    replacements.emplace_back(target.string(), with_its_mark(run, rewritten, target.string()));
    names.push_back(run.sources.name(rewritten.file));
  }
  std::string written;
  for (std::size_t i = 0; i < replacements.size(); ++i) {
    try {
      replacements[i].put_in_place();
    } catch (const diag::InputError& error) {
      fail(error.what(), written.empty() ? "nothing was written" : "written before that: " + written);
    }
    written += fmt::format("{}`{}`", written.empty() ? "" : ", ", names[i]);
  }
}

}  // namespace presproof::cli
