#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
const std::string kConfirm = handling("confirm");
const std::string kPolite = handling("polite-block");
const std::string kDomain = identity(R"(<many domain="example.com"/>)");
const std::string kWork = R"(<sphere value="work"/>)";
const std::string kMood = "<pr:provide-mood>true</pr:provide-mood>";

std::size_t asked(const std::string& rules) { return Linted(rules).count(Code::confirm_overridden); }
std::size_t idle(const std::string& rules) { return Linted(rules).count(Code::handling_without_effect); }
std::size_t unseen(const std::string& rules) { return Linted(rules).count(Code::transformations_without_allow); }
}  // namespace

TEST_CASE("confirm-overridden fires when another rule blocks the named watcher politely", "[lint]") {
  Linted linted(rule("all", kDomain, kPolite) + rule("bob", kBob, kConfirm));
  const auto found = linted.run(Code::confirm_overridden);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message ==
        "rule `bob` does not ask its owner about `sip:bob@example.com`: rule `all` gives `polite-block`, and the more "
        "generous value wins");
  CHECK(found[0].rule == "bob");
  REQUIRE(found[0].related.size() == 1);
  CHECK(found[0].related[0].message == "rule `all` gives `polite-block`");
}

TEST_CASE("confirm-overridden is silent when the watcher is left out, or allowed, or matched at another time",
          "[lint]") {
  CHECK(
      asked(rule("all", identity(R"(<many domain="example.com"><except id="sip:bob@example.com"/></many>)"), kPolite) +
            rule("bob", kBob, kConfirm)) == 0);
  CHECK(asked(rule("all", kDomain, kAllow, kServices) + rule("bob", kBob, kConfirm)) == 0);
  CHECK(asked(rule("all", kDomain, handling("block")) + rule("bob", kBob, kConfirm)) == 0);
  CHECK(asked(rule("all", kDomain + kWork, kPolite) + rule("bob", kBob + R"(<sphere value="home"/>)", kConfirm)) == 0);
  CHECK(asked(rule("all", kDomain + kWork, kPolite) + rule("bob", kBob + R"(<sphere value="home WORK"/>)", kConfirm)) ==
        1);
}

TEST_CASE("confirm-overridden is silent about a confirm for everybody, and about blocks", "[lint]") {
  CHECK(asked(rule("all", "", kConfirm) + rule("bob", kBob, kPolite)) == 0);
  CHECK(asked(rule("domain", kDomain, kConfirm) + rule("bob", kBob, kPolite)) == 0);
  CHECK(asked(rule("all", kDomain, kPolite) + rule("bob", kBob, handling("block"))) == 0);
}

TEST_CASE("a block or confirm that another rule undoes is told once, not as a redundant rule", "[lint]") {
  for (const auto& [mine, other, code] :
       {std::tuple(kPolite, kAllow, Code::block_overridden), std::tuple(kConfirm, kPolite, Code::confirm_overridden)}) {
    Linted linted(rule("all", kDomain, other) + rule("bob", kBob, mine));
    CHECK(linted.count(code) == 1);
    CHECK(linted.count(Code::rule_redundant) == 0);
    CHECK(linted.count(Code::rule_subsumed) == 0);
  }
  CHECK(Linted(rule("all", kDomain, kAllow) + rule("bob", kBob, kConfirm)).count(Code::rule_subsumed) == 1);
}

TEST_CASE("handling-without-effect fires where others always give more and the rule does something else", "[lint]") {
  Linted linted(rule("all", kDomain, kAllow, kServices) + rule("bob", kBob + kWork, kConfirm, kPersons));
  const auto found = linted.run(Code::handling_without_effect);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message ==
        "the `confirm` of rule `bob` never decides: whenever the rule matches, rule `all` gives more");
  REQUIRE(found[0].related.size() == 1);
  CHECK(found[0].related[0].message == "rule `all` gives `allow`");
}

TEST_CASE("handling-without-effect needs the others for every watcher, time and sphere", "[lint]") {
  const auto two = identity(R"(<one id="sip:bob@example.com"/><one id="sip:eve@example.net"/>)");
  CHECK(idle(rule("all", kDomain, kAllow, kServices) + rule("two", two, kConfirm, kPersons)) == 0);
  CHECK(idle(rule("all", kDomain, kAllow, kServices) +
             rule("net", identity(R"(<many domain="example.net"/>)"), kPolite) +
             rule("two", two, kConfirm, kPersons)) == 1);
  CHECK(idle(rule("all", kDomain + kWork, kAllow, kServices) + rule("bob", kBob, kConfirm, kPersons)) == 0);
  const auto march = validity("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
  const auto early = validity("2026-03-01T00:00:00Z", "2026-03-31T23:59:59Z");
  CHECK(idle(rule("all", kDomain + early, kAllow, kServices) + rule("bob", kBob + march, kConfirm, kPersons)) == 0);
  CHECK(idle(rule("all", kDomain + march, kAllow, kServices) + rule("bob", kBob + early, kConfirm, kPersons)) == 1);
}

TEST_CASE("handling-without-effect is silent where others give the same, and about blocks", "[lint]") {
  CHECK(idle(rule("all", kDomain, kConfirm, kServices) + rule("bob", kBob, kConfirm, kPersons)) == 0);
  CHECK(idle(rule("all", kDomain, kAllow, kServices) + rule("bob", kBob, kAllow, kPersons)) == 0);
  CHECK(idle(rule("all", kDomain, kAllow, kServices) + rule("bob", kBob, handling("block"), kPersons)) == 0);
}

TEST_CASE("handling-without-effect leaves what block-overridden explains, and rules that add nothing", "[lint]") {
  Linted linted(rule("all", kDomain, kAllow, kServices) + rule("bob", kBob, kPolite, kPersons) +
                rule("carol", kBob + kWork, kConfirm));
  diag::Sink sink;
  run_checks(linted.context(), sink);
  std::vector<std::pair<Code, std::string>> found;
  for (const auto& each : sink.diagnostics())
    if (each.code != Code::unused_namespace) found.emplace_back(each.code, each.rule.value_or(""));
  CHECK(found ==
        std::vector<std::pair<Code, std::string>>{{Code::block_overridden, "bob"}, {Code::rule_subsumed, "carol"}});
}

TEST_CASE("transformations-without-allow fires for a rule that nothing allows", "[lint]") {
  CHECK(Linted(rule("a", kBob, "", kServices)).message(Code::transformations_without_allow) ==
        "rule `a` shows nothing of what its transformations grant: it has no `sub-handling`, and no rule gives these "
        "watchers `allow`");
  CHECK(Linted(rule("a", kBob, kPolite, kServices)).message(Code::transformations_without_allow) ==
        "rule `a` shows nothing of what its transformations grant: it gives `polite-block`, and no rule gives these "
        "watchers `allow`");
  CHECK(unseen(rule("a", kBob, "", kServices) + rule("b", one("sip:carol@example.com"), kAllow, kServices)) == 1);
}

TEST_CASE("transformations-without-allow is silent where some rule allows one of the watchers", "[lint]") {
  CHECK(unseen(rule("a", kBob, kAllow, kServices)) == 0);
  CHECK(unseen(rule("a", kBob, "", kServices) + rule("b", kDomain, kAllow)) == 0);
  CHECK(unseen(rule("a", kDomain, "", kServices) + rule("b", kBob, kAllow)) == 0);
  CHECK(unseen(rule("a", kBob + kWork, "", kServices) + rule("b", kDomain + R"(<sphere value="home"/>)", kAllow)) == 1);
}

TEST_CASE("transformations-without-allow is silent without transformations, and in a location server's rules",
          "[lint]") {
  CHECK(unseen(rule("a", kBob, handling("block"))) == 0);
  CHECK(unseen(rule("a", kBob, "", "<pr:provide-mood>false</pr:provide-mood>")) == 0);
  CHECK(unseen(rule("a", kBob, "", kMood)) == 1);
  Linted linted(rule("a", kBob, "", kServices));
  linted.options().usage = policy::Usage::geolocation;
  CHECK(linted.count(Code::transformations_without_allow) == 0);
}

TEST_CASE("transformations-without-allow is silent when the sub-handling could not be read", "[lint]") {
  CHECK(unseen(rule("a", kBob, handling("permit"), kServices)) == 0);
}

}  // namespace presproof::lint
