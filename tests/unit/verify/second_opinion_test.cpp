// `--solver both`: what is believed when Z3 and the enumeration agree, when one gives up, and when they contradict each other.

#include "verify/second_opinion.h"

#include "diag/error.h"
#include "proving.h"
#include "verify/property_check.h"

namespace presproof {
namespace {

using namespace test;

verify::Options both() {
  verify::Options options = quick();
  options.solver = verify::SolverChoice::both;
  return options;
}

const std::string kForBob = "for { sip:bob@example.com } ";
const std::string kBobAtHome = rule("home", one("sip:bob@example.com") + sphere("home"), kAllow);

/// A second opinion on what is said about a property of kBobAtHome.
struct Asked {
  explicit Asked(const std::string& text, const verify::Options& the_options = both())
      : policy(policy_of(kBobAtHome)), properties(properties_of({}, {text})), options(the_options), opinion(policy, properties, options) {}
  smt::Answer weigh(smt::Answer answer, smt::Goal goal = smt::Goal::claim) {
    return opinion.weigh(std::move(answer), properties.properties.front(), goal, {}, notes);
  }
  policy::Policy policy;
  property::Properties properties;
  verify::Options options;
  verify::SecondOpinion opinion;
  std::set<std::string> notes;
};

const std::string kViolated = kForBob + "never handling allow";
const std::string kProved = kForBob + "when sphere is \"work\" never handling allow";

}  // namespace

TEST_CASE("the verdicts with a second opinion are those without") {
  const std::vector<std::string> properties = {kViolated,
                                               kProved,
                                               kForBob + "always handling block",
                                               kForBob + "sometimes handling allow",
                                               "for everyone minus everyone never handling allow",
                                               kForBob + "when sphere is \"work\" and sphere is \"home\" never handling allow"};
  for (const std::string& property : properties) {
    INFO(property);
    const auto result = prove(kBobAtHome, property, {}, both());
    CHECK(verify::kVerdictNames[static_cast<std::size_t>(result.verdict)] == verdict(kBobAtHome, property));
    CHECK(result.solver.name == "z3+enumeration");
    CHECK(result.assumptions.empty());
  }
}

TEST_CASE("a contradiction between the two ends the run and names both") {
  policy::Request request;
  request.watcher.identities = {uri::parse("sip:bob@example.com")};
  CHECK_NOTHROW(Asked(kViolated).weigh(smt::Candidate{request}));
  CHECK_NOTHROW(Asked(kProved).weigh(smt::Nothing{}));
  CHECK_THROWS_WITH(Asked(kViolated).weigh(smt::Nothing{}), Catch::Contains("z3 finds nothing, the enumeration watcher `sip:bob@example.com`"));
  CHECK_THROWS_WITH(Asked(kProved).weigh(smt::Candidate{request}),
                    Catch::Contains("z3 finds watcher `sip:bob@example.com`") && Catch::Contains("the enumeration nothing"));
  CHECK_THROWS_AS(Asked(kProved).weigh(smt::Nothing{true}), diag::InternalError);
  CHECK_THROWS_AS(Asked(kViolated).weigh(smt::Nothing{}, smt::Goal::guard), diag::InternalError);
}

TEST_CASE("what Z3 leaves open the enumeration may find, but it alone proves nothing") {
  CHECK(std::holds_alternative<smt::Candidate>(Asked(kViolated).weigh(smt::Undecided{"tired"})));
  const auto open = Asked(kProved).weigh(smt::Undecided{"tired"});
  REQUIRE(std::holds_alternative<smt::Undecided>(open));
  CHECK(std::get<smt::Undecided>(open).reason == "tired; the enumeration finds nothing, but a proof needs both");
}

TEST_CASE("what the enumeration finds is replayed and shown when Z3 gives up") {
  verify::Options options = both();
  options.rlimit = 1;
  std::string rules;
  for (int i = 0; i < 12; ++i) {
    rules += rule("r" + std::to_string(i),
                  one("sip:bob@example.com") +
                      valid("2026-01-" + std::to_string(10 + i) + "T00:00:00Z", "2026-02-" + std::to_string(10 + i) + "T00:00:00Z") +
                      sphere("s" + std::to_string(i % 5)) + inside("48." + std::to_string(i) + " 11", "9000"),
                  kAllow);
  }
  const auto property = kForBob + "when sphere is \"s1\" and inside circle 48.05 11 radius 20 km never handling allow";
  const auto alone = [&] {
    verify::Options z3 = options;
    z3.solver = verify::SolverChoice::z3;
    return verdict(rules, property, {}, z3);
  };
  REQUIRE(alone() == "undecided");
  const auto result = prove(rules, property, {}, options);
  CHECK(result.verdict == verify::Verdict::violated);
  REQUIRE(result.counterexample);
  CHECK(result.counterexample->decision.permissions.sub_handling == policy::SubHandling::allow);
}

TEST_CASE("a proof of Z3 alone says that the enumeration gave up") {
  // Two rims that touch: the enumeration does not tell what is between them.
  const auto rules = rule("a", one("sip:bob@example.com") + inside("48 11", "1000"), kAllow) +
                     rule("b", one("sip:bob@example.com") + inside("48 11", "1000.00000001"), kAllow);
  const auto never = kForBob + "never rule \"a\" and not handling allow";
  CHECK(prove(rules, never).verdict == verify::Verdict::proved);
  const auto result = prove(rules, never, {}, both());
  CHECK(result.verdict == verify::Verdict::proved);
  REQUIRE(result.assumptions.size() == 1);
  CHECK(result.assumptions.front().starts_with("the enumeration gave up: the rims of circles touch"));
}

TEST_CASE("with Z3 alone nobody else is asked") {
  Asked asked(kViolated, quick());
  CHECK(std::holds_alternative<smt::Nothing>(asked.weigh(smt::Nothing{})));
  CHECK(asked.opinion.external() == nullptr);
  CHECK(asked.opinion.name() == "z3");
}

TEST_CASE("cvc5 answers every query of a proof like Z3, where it is installed") {
  verify::Options options = quick();
  options.solver = verify::SolverChoice::cvc5;
  std::optional<verify::Result> result;
  try {
    result = prove(kBobAtHome + rule("far", one("sip:bob@example.com") + sphere("home") + inside("48 11", "900"), kAllow), kViolated, {}, options);
  } catch (const diag::InputError& error) {
    WARN("skipped: " << error.what());
    return;
  }
  CHECK(result->verdict == verify::Verdict::violated);
  CHECK(result->solver.name == "z3+cvc5");
  CHECK(result->solver.version.find('+') != std::string::npos);
}

}  // namespace presproof
