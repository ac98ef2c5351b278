// What a server makes of the rules that departs from the RFCs: the checks of 5xx.

#include "lint/server.h"

#include <initializer_list>
#include <list>
#include <utility>

#include "unit/lint/fixture.h"

namespace presproof::lint {
namespace {

using diag::Code;

/// Rules for Kamailio, configured or not, or for another server.
Linted on(const std::string& rules, std::string_view server = "kamailio", std::initializer_list<std::pair<std::string_view, std::string_view>> parameters = {}) {
  Linted linted(rules);
  static std::list<engine::Profile> profiles;  // options refer to them
  engine::Profile profile = *engine::find_profile(server);
  for (const auto& [key, value] : parameters) REQUIRE(!engine::set_parameter(profile, key, value));
  profiles.push_back(profile);
  linted.options().server = &profiles.back();
  return linted;
}

const std::string kGood = rule("friends", kBob, kAllow, kServices + kPersons);

}  // namespace

TEST_CASE("nothing of a server is found for the RFCs, nor in rules that it reads as they do") {
  const std::string bad = "<!-- c -->" + rule("a", identity("<many domain=\"example.com\"><except id=\"sip:eve@example.com\"/></many>") + "<sphere value=\"x\"/>", handling(" allow"), "<pr:provide-mood>1</pr:provide-mood>") +
                          "<rule id=\"b\"/>" + rule("c", "", kAllow) + rule("d", identity("<many/><one id=\"tel:+1\"/>"), kAllow);
  for (const auto& check : all_checks()) {
    if (!is_about_server(check.code)) continue;
    INFO(diag::info(check.code).name);
    CHECK(Linted(bad).add(bad).count(check.code) == 0);
    CHECK(on(kGood).count(check.code) == 0);
  }
  CHECK(is_about_server(Code::document_not_read));
  CHECK_FALSE(is_about_server(Code::unknown_ignore));
}

TEST_CASE("a comment ends the rules where a rule stands behind it") {
  CHECK(on("<!-- c -->" + kGood).message(Code::comment_ends_rules) == "`kamailio` stops here: the rule behind it is never looked at");
  CHECK(on("<?x y?>" + kGood + kGood).message(Code::comment_ends_rules) == "`kamailio` stops here: the 2 rules behind it are never looked at");
  CHECK(on(kGood + "<!-- c -->").count(Code::comment_ends_rules) == 0);
  CHECK(on(rule("a", "<!-- c -->" + kBob, kAllow)).count(Code::comment_ends_rules) == 0);
  CHECK(on("<!-- c -->" + kGood + "<!-- d -->" + kGood).count(Code::comment_ends_rules) == 2);
  CHECK(on("<!-- c -->" + rule("a", kBob)).fixed(Code::comment_ends_rules) == rule("a", kBob).insert(rule("a", kBob).find('>') + 1, "<!-- c -->"));
  CHECK_FALSE(on("<!-- c --><rule id=\"a\"/>").fixed(Code::comment_ends_rules));
  CHECK(on("<!-- c -->" + kGood, "opensips").message(Code::comment_ends_rules).starts_with("`opensips` (read in its source, not run) stops here"));
}

TEST_CASE("rules for everybody are not applied") {
  CHECK(on("<rule id=\"a\"/>" + kGood).message(Code::rule_without_conditions) == "rule `a` has no <conditions>: `kamailio` does not apply it, and never looks at the rule behind it");
  CHECK(on("<rule id=\"a\"/>").message(Code::rule_without_conditions) == "rule `a` has no <conditions>: `kamailio` does not apply it");
  CHECK(on("<rule id=\"a\"/>").count(Code::rule_without_identity) == 0);
  const std::string unnamed = rule("a", "<sphere value=\"x\"/>", kAllow);
  CHECK(on(unnamed + kGood).message(Code::rule_without_identity) == "rule `a` has no <identity>: `kamailio` does not apply it");
  CHECK(on(unnamed + kGood, "opensips").message(Code::rule_without_identity).ends_with("does not apply it, and never looks at the rule behind it"));
}

TEST_CASE("the first rule decides: the later one and whom it concerns are named") {
  const auto found = on(rule("a", kBob, kAllow, kServices) + rule("b", identity("<many/>"), handling("confirm"), kPersons)).run(Code::first_rule_decides);
  REQUIRE(found.size() == 1);
  CHECK(found.front().message == "rule `b` adds to rule `a` for `sip:bob@example.com`, but `kamailio` looks at the first rule that matches alone");
  CHECK(found.front().related.front().message == "rule `a` decides");
  CHECK(on(rule("a", kBob, kAllow, kServices) + rule("b", kBob, kAllow, kPersons), "opensips-oma").count(Code::first_rule_decides) == 0);  // it orders them otherwise
  CHECK(on(rule("a", kBob, kAllow, kServices) + rule("b", identity("<many/>"), handling("confirm"))).count(Code::first_rule_decides) == 0);
}

TEST_CASE("an exception for a person counts when a rule before is about him") {
  const std::string except = rule("all", identity("<many><except id=\"sip:eve@example.com\"/></many>"), kAllow);
  CHECK(on(except).message(Code::except_id_not_read) == "`kamailio` does not exclude `sip:eve@example.com`: rule `all` applies to him");
  CHECK(on(rule("never", one("sip:eve@example.com"), handling("block")) + except).count(Code::except_id_not_read) == 0);
  CHECK(on(rule("never", one("sip:eve@example.com") + "<sphere value=\"x\"/>", handling("block")) + except).count(Code::except_id_not_read) == 1);
  CHECK(on(except + rule("never", one("sip:eve@example.com"), handling("block"))).count(Code::except_id_not_read) == 1);
  CHECK(on(rule("all", identity("<many><except domain=\"example.com\"/></many>"), kAllow)).count(Code::except_id_not_read) == 0);
}

TEST_CASE("what a server does not know among the transformations") {
  const auto given = [](const std::string& transformations) { return on(rule("a", kBob, kAllow, transformations)); };
  CHECK(given("<pr:provide-services><pr:occurrence-id>x</pr:occurrence-id></pr:provide-services>").count(Code::occurrence_id_not_read) == 1);
  CHECK(given("<pr:provide-mood>1</pr:provide-mood>").fixed(Code::digit_hides) == rule("a", kBob, kAllow, "<pr:provide-mood>true</pr:provide-mood>"));
  CHECK(given("<pr:provide-mood>0</pr:provide-mood>").fixed(Code::digit_hides) == rule("a", kBob, kAllow, "<pr:provide-mood>false</pr:provide-mood>"));
  CHECK(given("<pr:provide-mood>true</pr:provide-mood>").count(Code::digit_hides) == 0);
  CHECK(given(blurred("5000")).message(Code::permission_not_filtered) == "`kamailio` does not filter by `<gp:provide-location>`: locations are shown as they were published");
  CHECK(given("<pr:provide-devices><pr:class>x</pr:class></pr:provide-devices>").count(Code::permission_not_filtered) == 1);
  CHECK(given(kDevices).count(Code::permission_not_filtered) == 0);
  CHECK(given("<pr:provide-user-input>bare</pr:provide-user-input>").count(Code::permission_not_filtered) == 1);
  CHECK(given("<pr:provide-user-input>full</pr:provide-user-input>").count(Code::permission_not_filtered) == 0);
  CHECK(given("<pr:provide-unknown-attribute ns=\"u\" name=\"n\">false</pr:provide-unknown-attribute>").count(Code::permission_not_filtered) == 1);
  CHECK(on(rule("a", kBob, handling("block"), blurred("5000"))).count(Code::permission_not_filtered) == 0);
}

TEST_CASE("a rule that allows names what it hides") {
  CHECK(on(rule("a", kBob, kAllow, kPersons)).message(Code::shown_unless_named) == "rule `a` names no services: `kamailio` shows them whole, with their notes and locations");
  CHECK(on(rule("a", kBob, kAllow, kPersons)).fixed(Code::shown_unless_named) == rule("a", kBob, kAllow, kPersons + "<pr:provide-services/>"));
  const std::string bare = "<rule id=\"a\"><conditions>" + kBob + "</conditions><actions>" + kAllow + "</actions>";
  CHECK(on(bare + "</rule>").fixed(Code::shown_unless_named) == bare + "<transformations><pr:provide-services/><pr:provide-persons/></transformations></rule>");
  CHECK(on(rule("a", kBob, handling("confirm"))).count(Code::shown_unless_named) == 0);
}

TEST_CASE("times are compared as the server reads them") {
  const std::string rules = rule("a", kBob + validity("2026-05-01T00:00:00Z", "2026-06-01T00:00:00+02:00"), kAllow);
  CHECK(on(rules).count(Code::time_read_otherwise) == 0);
  const auto found = on(rules, "kamailio", {{"time-zone", "+02:00"}}).run(Code::time_read_otherwise);
  REQUIRE(found.size() == 2);
  CHECK(found.front().message == "`kamailio` takes `2026-05-01T00:00:00Z` for the time of its own zone: 2026-04-30T22:00:00Z");
  CHECK(on(rule("a", kBob + validity("2026-05-01T00:00:00Z", "2026-05-31T24:00:00Z"), kAllow)).count(Code::time_read_otherwise) <= 1);
}

TEST_CASE("who else a rule is for") {
  CHECK(on(rule("a", identity("<many domain=\"example.com\"/>"), kAllow)).message(Code::domain_fits_others) ==
        "`kamailio` applies rule `a` to every domain of 11 letters, `example.org` for one, and to telephone numbers");
  CHECK(on(rule("a", identity("<many domain=\"x.net\"/>"), kAllow)).message(Code::domain_fits_others).find("`y.net`") != std::string::npos);
  CHECK(on(rule("a", identity("<many/>"), kAllow)).count(Code::domain_fits_others) == 0);
  CHECK(on(rule("a", identity("<many/>"), kAllow)).message(Code::anonymous_admitted) == "`kamailio` applies rule `a` to `sip:anonymous@anonymous.invalid`, too");
  CHECK(on(rule("a", identity("<many domain=\"example.com\"/>"), kAllow)).count(Code::anonymous_admitted) == 0);
  const auto reason = [](const std::string& id) {
    auto linted = on(rule("a", one(id), kAllow));
    return linted.count(Code::identity_never_equal) == 0 ? std::string() : linted.message(Code::identity_never_equal);
  };
  CHECK(reason("sip:bob@example.com").empty());
  CHECK(reason("sip:bob@[2001:db8::1]").empty());
  CHECK(reason("pres:bob@example.com") == "`kamailio` never takes a watcher for `pres:bob@example.com`: it calls every watcher `sip:user@host`");
  CHECK(reason("sips:bob@example.com").ends_with("it calls every watcher `sip:user@host`"));
  CHECK(reason("sip:example.com").ends_with("it has no user"));
  CHECK(reason("sip:bob@example.com;user=phone").ends_with("it leaves parameters out"));
  CHECK(reason("sip:bob@example.com:5060").ends_with("it leaves ports out"));
}

TEST_CASE("when a rule is for somebody") {
  const std::string sphere = rule("a", kBob + "<sphere value=\"work\"/>", kAllow);
  CHECK(on(sphere).message(Code::condition_not_read) == "`kamailio` does not look at `<sphere>`: the rule applies in every sphere");
  CHECK(on(sphere, "kamailio", {{"sphere-check", "yes"}, {"publ-cache", "0"}}).count(Code::condition_not_read) == 0);
  CHECK(on(sphere, "kamailio", {{"sphere-check", "yes"}}).count(Code::condition_not_read) == 1);
  CHECK(on(rule("a", kBob + circle("1 2", "3"), kAllow)).message(Code::condition_not_read) == "`kamailio` does not look at `<gp:location-condition>`: the rule applies whether it holds or not");
  CHECK(on(rule("a", kBob + one("sip:carol@example.com"), kAllow)).message(Code::condition_not_read) == "`kamailio` does not look at `<identity>`: the first <identity> of the rule counts alone");
  const std::string may = rule("may", kBob + validity("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"), kAllow);
  CHECK(on(may).count(Code::period_counts_later) == 0);
  CHECK(on(may + rule("july", kBob + validity("2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z"), kAllow)).message(Code::period_counts_later) ==
        "`kamailio` takes rule `july` for valid in the periods of rule `may`, too");
}

TEST_CASE("a sub-handling behind blanks is an error of the server") {
  CHECK(on(rule("a", kBob, handling(" allow "))).message(Code::handling_with_blanks) == "`kamailio` does not take the blanks away before `allow`: whom the rule matches is answered with 500");
  CHECK(on(rule("a", kBob, handling(" allow "))).fixed(Code::handling_with_blanks) == rule("a", kBob, handling("allow")));
  CHECK(on(rule("a", kBob, handling("allow "))).count(Code::handling_with_blanks) == 0);  // its beginning counts
}

TEST_CASE("of several documents one counts") {
  auto linted = on(kGood);
  CHECK(linted.count(Code::document_not_read) == 0);
  linted.add(kGood);
  CHECK(linted.message(Code::document_not_read) == "`kamailio` looks at one rule set of a user alone, that which was stored first");
}

TEST_CASE("advice that is right where rules add up is not given to a server where they do not") {
  const std::string rules = rule("a", kBob, kAllow, kServices + kPersons + "<pr:provide-mood>false</pr:provide-mood>");
  const auto all_found = [](Linted linted) {
    auto sink = linted.sink();
    run_checks(linted.context(), sink);
    std::set<Code> codes;
    for (const auto& found : sink.diagnostics()) codes.insert(found.code);
    return codes;
  };
  CHECK(all_found(Linted(rules)).contains(Code::grant_of_false));
  CHECK_FALSE(all_found(on(rules)).contains(Code::grant_of_false));
  const std::string twice = kGood + rule("again", kBob, kAllow, kServices);
  CHECK(all_found(Linted(twice)).contains(Code::rule_subsumed));
  CHECK_FALSE(all_found(on(twice)).contains(Code::rule_subsumed));
}

TEST_CASE("what the other servers make of the rules") {
  const std::string in_sphere = rule("a", kBob + "<sphere value=\"x\"/><x:y xmlns:x=\"urn:x\"/>", kAllow, kServices);
  const auto messages = [&](std::string_view server) {
    std::string text;
    for (const auto& found : on(in_sphere, server).run(Code::condition_not_read)) text += found.message.substr(found.message.find("does not look at")) + "; ";
    return text;
  };
  CHECK(messages("mobicents") == "does not look at `<sphere>`: the rule applies in every other sphere, and in this one it does not; does not look at `<x:y>`: the rule applies whether it holds or not; ");
  CHECK(messages("kaleo") == "does not look at `<sphere>`: the rule applies in every sphere; does not look at `<x:y>`: the rule applies whether it holds or not; ");
  CHECK(messages("opensips-oma") == "does not look at `<sphere>`: the rule applies whether it holds or not; does not look at `<x:y>`: the rule applies whether it holds or not; ");
  CHECK(messages("oma").empty());
  CHECK(on(rule("a", kBob + "<ocp:other-identity xmlns:ocp=\"urn:oma:xml:xdm:common-policy\"/>", kAllow), "kaleo").count(Code::condition_not_read) == 0);
  CHECK(on(rule("a", kBob + kBob, kAllow), "kaleo").message(Code::condition_not_read).ends_with("one <identity> of the rule is enough"));
  CHECK(on("<rule id=\"a\"/>", "mobicents").message(Code::rule_without_conditions).ends_with("throws an exception on it, and lets nobody subscribe"));
  CHECK(on("<rule id=\"a\"/>", "kaleo").message(Code::rule_without_conditions).ends_with("throws an exception on it, and blocks everybody"));
  CHECK(on(rule("a", identity("<many/>"), kAllow), "mobicents").count(Code::anonymous_admitted) == 1);
  CHECK(on(rule("a", identity("<many/>"), kAllow), "oma").count(Code::anonymous_admitted) == 0);
  CHECK(on(rule("a", kBob, kAllow, "<pr:provide-persons><pr:occurrence-id>p</pr:occurrence-id></pr:provide-persons>"), "mobicents").message(Code::occurrence_id_not_read).find("an element `id`") != std::string::npos);
  CHECK(on(rule("a", kBob, kAllow, kServices + "<pr:provide-class>false</pr:provide-class>"), "mobicents").message(Code::permission_not_filtered).ends_with("the class is shown"));
  CHECK(on(rule("a", kBob, kAllow, kServices), "mobicents").count(Code::permission_not_filtered) == 0);
  CHECK(on(rule("a", kBob, kAllow, kServices), "kaleo").message(Code::permission_not_filtered).ends_with("the whole document is shown"));
  CHECK(on(rule("a", kBob, handling("block"), kServices), "kaleo").count(Code::permission_not_filtered) == 0);
  CHECK(on(rule("a", kBob, kAllow, "<pr:provide-persons><pr:occurrence-id>p</pr:occurrence-id></pr:provide-persons>"), "kamailio", {{"version", "later"}}).count(Code::occurrence_id_not_read) == 0);
}

}  // namespace presproof::lint
