#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;
using policy::RuleRef;

TEST_CASE("rule-never-matches fires for what the solver says", "[lint]") {
  Linted linted(rule("a", kBob));
  linted.facts({.never_match = {RuleRef{0, 0}}, .redundant = {}});
  CHECK(linted.message(Code::rule_never_matches) == "no request can match rule `a`: its `identity` can never hold");
}

TEST_CASE("rule-never-matches is silent when the reader reported the condition", "[lint]") {
  Linted linted(rule("a", "<identity/>"));
  linted.facts({.never_match = {RuleRef{0, 0}}, .redundant = {}});
  CHECK(linted.count(Code::rule_never_matches) == 0);
}

TEST_CASE("rule-never-matches is not silenced by a finding about a rule of that id in another document", "[lint]") {
  Linted linted(rule("a", kBob));
  linted.add(rule("a", "<identity/>")).facts({.never_match = {RuleRef{0, 0}}, .redundant = {}});
  CHECK(linted.count(Code::rule_never_matches) == 1);
}

TEST_CASE("rule-never-matches by the solver itself: three spheres at once", "[lint]") {
  CHECK(Linted(rule("a", kBob + R"(<sphere value="a b"/><sphere value="b c"/><sphere value="c a"/>)", kAllow))
            .count(Code::rule_never_matches) == 1);
  CHECK(Linted(rule("a", kBob + R"(<sphere value="work"/><sphere value="home work"/>)", kAllow))
            .count(Code::rule_never_matches) == 0);
}

TEST_CASE("rule-redundant names the rules that cover it and points to them", "[lint]") {
  Linted linted(rule("a", identity("<many/>"), kAllow) + rule("b", kBob, "", kServices) +
                rule("c", kBob, kAllow, kServices));
  linted.facts({.never_match = {}, .redundant = {{RuleRef{0, 2}, {RuleRef{0, 0}, RuleRef{0, 1}}}}});
  const auto found = linted.run(Code::rule_redundant);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "rule `c` adds nothing: whatever it grants, rule `a` and rule `b` already do");
  REQUIRE(found[0].related.size() == 2);
  CHECK(found[0].related[0].message == "rule `a` covers it");
}

TEST_CASE("rule-redundant names three covering rules at most", "[lint]") {
  Linted linted(rule("a", kBob, kAllow, kServices) + rule("b", kBob, kAllow) + rule("c", kBob, "", kPersons) +
                rule("d", kBob, "", kDevices) + rule("e", kBob, kAllow, kPersons));
  linted.facts({.never_match = {}, .redundant = {{RuleRef{0, 4}, {{0, 0}, {0, 1}, {0, 2}, {0, 3}}}}});
  CHECK(linted.message(Code::rule_redundant) ==
        "rule `e` adds nothing: whatever it grants, rule `a`, rule `b`, rule `c` and 1 more already do");
}

TEST_CASE("rule-redundant says when a rule grants nothing at all", "[lint]") {
  Linted linted(rule("a", kBob));
  linted.facts({.never_match = {}, .redundant = {{RuleRef{0, 0}, {}}}});
  CHECK(linted.message(Code::rule_redundant) == "rule `a` has no effect: it grants nothing");
}

TEST_CASE("rule-redundant is silent about an explicit block", "[lint]") {
  Linted linted(rule("a", kBob, handling("block")));
  linted.facts({.never_match = {}, .redundant = {{RuleRef{0, 0}, {}}}});
  CHECK(linted.count(Code::rule_redundant) == 0);
}

TEST_CASE("rule-redundant is silent when the reader could not read what the rule grants", "[lint]") {
  Linted linted(rule("a", kBob, "", "<x:y xmlns:x='urn:x'/>"));
  linted.facts({.never_match = {}, .redundant = {{RuleRef{0, 0}, {}}}});
  CHECK(linted.count(Code::rule_redundant) == 0);
}

TEST_CASE("rule-redundant by the solver itself: of what two rules cover, and nothing that gives more", "[lint]") {
  const auto mood = rule("a", kBob, kAllow, kServices) + rule("b", identity("<many/>"), "", kPersons);
  CHECK(Linted(mood + rule("c", kBob, kAllow, kServices + kPersons)).count(Code::rule_redundant) == 1);
  CHECK(Linted(mood + rule("c", kBob, kAllow, kServices + kPersons + kDevices)).run(Code::rule_redundant).empty());
  CHECK(Linted(rule("a", kBob, kAllow, kServices) + rule("b", kBob, "", kPersons)).count(Code::rule_redundant) == 0);
}

TEST_CASE("rule-redundant by the solver itself: covered at all times of the rule, by several others in turn", "[lint]") {
  const auto during = [](const char* from, const char* until) {
    return std::string("<validity><from>") + from + "T00:00:00Z</from><until>" + until + "T00:00:00Z</until></validity>";
  };
  const std::string home = R"(<sphere value="home"/>)";
  const auto january = rule("a", kBob + during("2026-01-01", "2026-02-01"), kAllow, kServices);
  const auto february = rule("b", kBob + during("2026-02-01", "2026-03-01"), kAllow, kServices);
  const auto late_february = rule("b", kBob + during("2026-02-02", "2026-03-01"), kAllow, kServices);
  const auto both = rule("c", kBob + during("2026-01-10", "2026-02-20"), kAllow, kServices);
  CHECK(Linted(january + february + both).count(Code::rule_redundant) == 1);
  CHECK(Linted(january + late_february + both).count(Code::rule_redundant) == 0);
  const auto within = during("2026-01-10", "2026-01-20");
  CHECK(Linted(january + rule("c", kBob + within + home, kAllow, kServices)).count(Code::rule_subsumed) == 1);
  const auto at_home = rule("a", kBob + during("2026-01-01", "2026-02-01") + home, kAllow, kServices);
  CHECK(Linted(at_home + rule("c", kBob + within, kAllow, kServices)).count(Code::rule_subsumed) == 0);
}

TEST_CASE("costly checks do not run when their findings are not wanted", "[lint]") {
  Linted linted(rule("a", kBob));
  linted.options().disabled = {Code::rule_never_matches, Code::rule_redundant, Code::rule_subsumed,
                               Code::handling_without_effect};
  const auto context = linted.context();
  diag::Sink sink;
  run_checks(context, sink);
  CHECK(context.facts == nullptr);
}

}  // namespace presproof::lint
