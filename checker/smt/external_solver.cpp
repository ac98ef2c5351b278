#include "smt/external_solver.h"

#include <sys/wait.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/lexical.h"
#include "base/process.h"
#include "diag/error.h"
#include "diag/printable.h"

namespace presproof::smt {
namespace {

constexpr std::int64_t kGeometricResources = 10'000;  ///< 0.1 to 0.4 s
constexpr std::int64_t kGeometricTime_ms = 5'000;     ///< should its count stand still

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
  const Ran ran = run_process(path_, {"--version"});
  version_ = version_in(ran.out + ran.err);
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
  const Ran ran = run_process(path_, std::move(arguments), smt2);
  if (!ran.started) refuse(fmt::format("`{}` does not run any more", diag::printable(path_)));
  const std::string all = ran.out + ran.err;
  const std::string_view said = trim_xml_space(all);
  if (said == "sat") return Outcome::sat;
  if (said == "unsat") return Outcome::unsat;
  // Out of time it says so and aborts; out of memory somebody kills it.
  const bool killed = WIFSIGNALED(ran.status);
  if (killed || said == "unknown" || said.find("interrupted") != std::string_view::npos) return Outcome::unknown;
  throw diag::InternalError(fmt::format("cvc5 cannot read a query: {}", diag::printable(std::string(said.substr(0, 200)))));
}

}  // namespace presproof::smt
