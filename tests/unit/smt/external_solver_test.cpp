// Another solver as a process, with scripts in its place, and with cvc5 where it is installed.

#include "smt/external_solver.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <optional>

#include "diag/error.h"
#include "smt/query_log.h"
#include "smt/smtlib.h"

namespace presproof {
namespace {

using namespace smt;

/// A program that says it is cvc5 and answers with these commands of the shell.
class Script {
 public:
  explicit Script(const std::string& commands)
      : path_(std::filesystem::temp_directory_path() / ("presproof-solver-" + std::to_string(getpid()) + "-" + std::to_string(next_++))) {
    std::ofstream(path_) << "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'This is cvc5 version 9.8.7'; exit; fi\n" << commands << "\n";
    chmod(path_.c_str(), 0700);
  }
  ~Script() { std::filesystem::remove(path_); }
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  static inline int next_ = 0;
  std::filesystem::path path_;
};

Outcome answer_of(const std::string& commands, QueryKind kind = QueryKind::propositional, const Limits& limits = {}) {
  const Script script(commands);
  return ExternalSolver(script.path()).check("(check-sat)\n", kind, limits);
}

std::optional<ExternalSolver> installed_cvc5() {
  try {
    return ExternalSolver::cvc5();
  } catch (const diag::InputError& error) {
    WARN("skipped: " << error.what());
    return std::nullopt;
  }
}

const std::string kUnsat = "(set-logic QF_UF)\n(declare-const a Bool)\n(assert a)\n(assert (not a))\n(check-sat)\n";

}  // namespace

TEST_CASE("a solver's answer is one of three words, and anything else is no answer") {
  CHECK(answer_of("echo sat") == Outcome::sat);
  CHECK(answer_of("echo unsat") == Outcome::unsat);
  CHECK(answer_of("echo unknown") == Outcome::unknown);
  CHECK(answer_of("echo 'cvc5 interrupted by timeout.' >&2; kill -ABRT $$") == Outcome::unknown);
  CHECK(answer_of("kill -KILL $$") == Outcome::unknown);
  CHECK_THROWS_AS(answer_of("echo '(error \"Parse Error\")'; exit 1"), diag::InternalError);
  CHECK_THROWS_AS(answer_of("echo unsat; echo sat"), diag::InternalError);
  CHECK_THROWS_AS(answer_of("true"), diag::InternalError);
}

TEST_CASE("a solver reads the query on its input and is told its limits") {
  CHECK(answer_of("grep -q check-sat && echo sat") == Outcome::sat);
  CHECK(answer_of("case \"$*\" in *limit*) echo sat;; *) echo unsat;; esac") == Outcome::unsat);
  CHECK(answer_of("case \"$*\" in *--rlimit=*) echo sat;; *) echo unsat;; esac", QueryKind::geometric) == Outcome::sat);
  Limits limits;
  limits.deadline = std::chrono::steady_clock::now() + std::chrono::hours(1);
  CHECK(answer_of("case \"$*\" in *--tlimit=3[56]*) echo sat;; *) echo unsat;; esac", QueryKind::propositional, limits) == Outcome::sat);
  limits.deadline = std::chrono::steady_clock::now() - std::chrono::hours(1);
  CHECK(answer_of("echo sat", QueryKind::propositional, limits) == Outcome::unknown);
}

TEST_CASE("a program that is not there, or is not cvc5, is refused with what to install") {
  for (const char* path : {"/nowhere/cvc5", "/bin/true"}) {
    try {
      ExternalSolver solver{std::string(path)};
      FAIL("not refused");
    } catch (const diag::InputError& error) {
      CHECK(error.problems().front().hint.find("apt-get install cvc5") != std::string::npos);
    }
  }
  const Script script("echo sat");
  CHECK(ExternalSolver(script.path()).version() == "9.8.7");
}

TEST_CASE("a query that the two solvers answer differently ends the run") {
  TermStore terms;
  const std::vector<Term> assertions = {terms.variable("a")};
  const policy::Policy policy;
  const SymbolicState state(terms, policy, {});
  const Script script("echo unsat");
  const ExternalSolver solver(script.path());
  QueryLog log({}, 1, "title", &solver);
  log.write(terms, assertions, state);
  CHECK_NOTHROW(log.answered(Outcome::unsat, {}));
  CHECK_NOTHROW(log.answered(Outcome::unknown, {}));  // there is nothing to compare
  CHECK_THROWS_AS(log.answered(Outcome::sat, {}), diag::InternalError);
  CHECK(log.compared() == 2);
  CHECK(log.given_up() == 0);
}

TEST_CASE("what the other solver does not decide is counted") {
  const Script script("echo unknown");
  const ExternalSolver solver(script.path());
  QueryLog log({}, 1, "title", &solver);
  log.write(std::vector<HalfSpace>{});
  log.answered(Outcome::sat, {});
  CHECK(log.compared() == 1);
  CHECK(log.given_up() == 1);
}

TEST_CASE("cvc5 reads what is written for it") {
  const auto cvc5 = installed_cvc5();
  if (!cvc5) return;
  CHECK(cvc5->check(kUnsat, QueryKind::propositional, {}) == Outcome::unsat);
  TermStore terms;
  const Term a = terms.variable("a");
  const Term b = terms.variable("b");
  const auto text = [&](std::vector<Term> assertions) { return write_smt2(terms, assertions, {"title"}); };
  CHECK(cvc5->check(text({terms.any_of({a, b}), !a}), QueryKind::propositional, {}) == Outcome::sat);
  CHECK(cvc5->check(text({terms.any_of({a, b}), !a, !b}), QueryKind::propositional, {}) == Outcome::unsat);
  CHECK(cvc5->check(text({kTrue}), QueryKind::propositional, {}) == Outcome::sat);
  CHECK(cvc5->check(text({kFalse}), QueryKind::propositional, {}) == Outcome::unsat);
  // Two half-spaces of one axis that no point is in both of.
  const std::vector<HalfSpace> apart = {{{1, 0, 0}, 0.5, true, false}, {{1, 0, 0}, 0.25, false, true}};
  CHECK(cvc5->check(write_smt2(apart, {}), QueryKind::geometric, {}) == Outcome::unsat);
}

}  // namespace presproof
