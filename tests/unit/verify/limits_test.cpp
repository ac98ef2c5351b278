// Time, limits and evidence.

#include <filesystem>
#include <fstream>
#include <sstream>

#include "proving.h"
#include "smt/solver.h"

namespace presproof {
namespace {

using namespace test;

const std::string kForBob = "for { sip:bob@example.com } ";
const std::string kMarch = valid("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");

std::string allowed(const std::string& id, const std::string& conditions) { return rule(id, one("sip:bob@example.com") + conditions, kAllow); }

/// Rules whose windows and spheres interlock, so that nothing is decided by looking.
std::string interlocked() {
  std::string rules;
  for (int i = 0; i < 12; ++i)
    rules += allowed("r" + std::to_string(i), valid("2026-01-" + std::to_string(10 + i) + "T00:00:00Z", "2026-02-" + std::to_string(10 + i) + "T00:00:00Z") +
                                                  sphere("s" + std::to_string(i % 5)) + inside("48." + std::to_string(i) + " 11", "9000"));
  return rules;
}

}  // namespace

TEST_CASE("a window holds from its first instant until just before its last") {
  const auto rules = allowed("r", kMarch);
  CHECK(verdict(rules, kForBob + "during 2026-03-01T00:00:00Z .. 2026-04-01T00:00:00Z always handling allow") == "proved");
  CHECK(verdict(rules, kForBob + "during 2026-04-01T00:00:00Z .. 2027-01-01T00:00:00Z never handling allow") == "proved");
  CHECK(verdict(rules, kForBob + "during 2026-02-28T23:59:59Z .. 2026-03-02T00:00:00Z always handling allow") == "violated");
  const auto result = prove(rules, kForBob + "never handling allow");
  REQUIRE(result.counterexample);
  const auto time = result.counterexample->request.state.time;
  CHECK(*parse_rfc3339("2026-03-01T00:00:00Z") <= time);
  CHECK(time < *parse_rfc3339("2026-04-01T00:00:00Z"));
}

TEST_CASE("two windows of one rule must hold together") {
  CHECK(verdict(allowed("r", kMarch + valid("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")), kForBob + "never handling allow") == "proved");
  CHECK(verdict(allowed("r", kMarch + valid("2026-03-15T00:00:00Z", "2026-06-01T00:00:00Z")), kForBob + "never handling allow") == "violated");
}

TEST_CASE("a sphere is compared without case, and undefined is none") {
  const auto rules = allowed("r", sphere("Work home"));
  CHECK(verdict(rules, kForBob + "when sphere is \"WORK\" always handling allow") == "proved");
  CHECK(verdict(rules, kForBob + "when sphere is undefined never handling allow") == "proved");
  CHECK(verdict(rules, kForBob + "when sphere is not \"work\" and not sphere is \"home\" never handling allow") == "proved");
  CHECK(verdict(allowed("r", sphere("work") + sphere("home")), kForBob + "never handling allow") == "proved");
}

TEST_CASE("an answer that the solver does not give in its limits is undecided") {
  verify::Options options = quick();
  options.rlimit = 1;
  const auto result = prove(interlocked(), kForBob + "when sphere is \"s1\" and inside circle 48.05 11 radius 20 km never handling allow", {}, options);
  CHECK(result.verdict == verify::Verdict::undecided);
  CHECK_FALSE(result.reason.empty());
  CHECK_FALSE(result.counterexample);
}

TEST_CASE("the same question gets the same answer, to the counterexample") {
  const auto first = prove(interlocked(), kForBob + "never handling allow");
  const auto second = prove(interlocked(), kForBob + "never handling allow");
  REQUIRE(first.counterexample);
  REQUIRE(second.counterexample);
  CHECK(first.counterexample->request == second.counterexample->request);
  CHECK(first.rules == second.rules);
}

TEST_CASE("queries are complete SMT-LIB that a fresh solver answers alike") {
  const auto directory = std::filesystem::temp_directory_path() / "presproof-test-smt2";
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  verify::Options options = quick();
  options.smt2_directory = directory.string();
  CHECK(verdict(interlocked(), kForBob + "when sphere is \"s9\" never handling allow and persons", {}, options) == "proved");
  CHECK(verdict(allowed("r", kMarch + sphere("work")), kForBob + "when not sphere is \"work\" or sphere is \"home\" never handling allow", {}, options) == "proved");
  std::size_t files = 0;
  std::size_t unsat = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    ++files;
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    INFO(entry.path());
    CHECK(text.str().find("(check-sat)") != std::string::npos);
    const auto outcome = smt::check_smt2(text.str());
    CHECK(outcome != smt::Outcome::unknown);
    unsat += outcome == smt::Outcome::unsat ? 1 : 0;
  }
  std::filesystem::remove_all(directory);
  if (files > 0) CHECK(unsat > 0);
}

}  // namespace presproof
