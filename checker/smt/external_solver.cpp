#include "smt/external_solver.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/lexical.h"
#include "diag/error.h"
#include "diag/printable.h"

namespace presproof::smt {
namespace {

constexpr std::int64_t kGeometricResources = 10'000;  ///< 0.1 to 0.4 s
constexpr std::int64_t kGeometricTime_ms = 5'000;     ///< should its count stand still

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// A file without a name: the process can neither block on it nor be killed by its other end going away.
File nameless_file(const std::string& text) {
  File file(std::tmpfile());
  if (!file || std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() || std::fflush(file.get()) != 0) {
    throw diag::InputError(diag::Problem{{}, "cannot write a temporary file for the solver", "is the folder for temporary files full?"});
  }
  std::rewind(file.get());
  return file;
}

std::string contents(std::FILE* file) {
  std::rewind(file);
  std::string text;
  char buffer[4096];
  for (std::size_t size = 0; (size = std::fread(buffer, 1, sizeof buffer, file)) > 0;) text.append(buffer, size);
  return text;
}

struct Ran {
  bool started = false;
  int status = 0;  ///< as waitpid gives it
  std::string out;
};

/// Runs a program to its end, without a shell; both of its outputs together.
Ran run(const std::string& path, std::vector<std::string> arguments, const std::string& input) {
  const File in = nameless_file(input);
  const File out = nameless_file({});
  arguments.insert(arguments.begin(), path);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fileno(in.get()), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(out.get()), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(out.get()), STDERR_FILENO);
  pid_t child = 0;
  Ran ran;
  ran.started = posix_spawn(&child, path.c_str(), &actions, nullptr, argv.data(), environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  if (!ran.started) return ran;
  while (waitpid(child, &ran.status, 0) < 0) {
    if (errno != EINTR) throw diag::InternalError("lost the solver's process");
  }
  ran.out = contents(out.get());
  return ran;
}

std::optional<std::string> find_on_path(std::string_view name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    const std::string candidate = fmt::format("{}/{}", rest.substr(0, colon), name);
    if (colon > 0 && access(candidate.c_str(), X_OK) == 0) return candidate;
    rest.remove_prefix(std::min(colon + 1, rest.size()));
  }
  return std::nullopt;
}

[[noreturn]] void refuse(const std::string& message) {
  throw diag::InputError(diag::Problem{{}, message, "`--solver cvc5` runs the program cvc5: `apt-get install cvc5`"});
}

/// `This is cvc5 version 1.0.3`.
std::string version_in(const std::string& text) {
  constexpr std::string_view mark = "cvc5 version ";
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + mark.size();
  return text.substr(begin, text.find_first_of(" \n\t", begin) - begin);
}

}  // namespace

ExternalSolver ExternalSolver::cvc5() {
  const auto path = find_on_path("cvc5");
  if (!path) refuse("cannot find `cvc5` on PATH");
  return ExternalSolver(*path);
}

ExternalSolver::ExternalSolver(std::string path) : path_(std::move(path)) {
  const Ran ran = run(path_, {"--version"}, {});
  version_ = version_in(ran.out);
  if (!ran.started || version_.empty()) refuse(fmt::format("`{}` does not run, or is not cvc5", diag::printable(path_)));
}

Outcome ExternalSolver::check(const std::string& smt2, QueryKind kind, const Limits& limits) const {
  if (limits.passed()) return Outcome::unknown;
  std::vector<std::string> arguments = {"--lang=smt2", "--no-produce-models"};
  std::optional<std::int64_t> time_ms;
  if (kind == QueryKind::geometric) {
    arguments.push_back(fmt::format("--rlimit={}", kGeometricResources));
    time_ms = kGeometricTime_ms;
  }
  if (limits.deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*limits.deadline - std::chrono::steady_clock::now());
    time_ms = std::max<std::int64_t>(1, std::min<std::int64_t>(left.count(), time_ms.value_or(left.count())));
  }
  if (time_ms) arguments.push_back(fmt::format("--tlimit={}", *time_ms));
  const Ran ran = run(path_, std::move(arguments), smt2);
  if (!ran.started) refuse(fmt::format("`{}` does not run any more", diag::printable(path_)));
  const std::string_view said = trim_xml_space(ran.out);
  if (said == "sat") return Outcome::sat;
  if (said == "unsat") return Outcome::unsat;
  // Out of time it says so and aborts; out of memory somebody kills it.
  const bool killed = WIFSIGNALED(ran.status);
  if (killed || said == "unknown" || said.find("interrupted") != std::string_view::npos) return Outcome::unknown;
  throw diag::InternalError(fmt::format("cvc5 cannot read a query: {}", diag::printable(std::string(said.substr(0, 200)))));
}

}  // namespace presproof::smt
