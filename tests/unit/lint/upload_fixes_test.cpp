#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

TEST_CASE("an element in a wrong namespace gets the prefix of the right one, when one is declared", "[lint]") {
  CHECK(Linted(rule("a", kBob, "<sub-handling>allow</sub-handling>")).fixed(Code::wrong_namespace) == rule("a", kBob, kAllow));
  CHECK(Linted(rule("a", "<pr:sphere value='work'/>")).fixed(Code::wrong_namespace) == rule("a", "<sphere value='work'/>"));
  // No prefix of civic addresses is declared.
  CHECK_FALSE(Linted(rule("a", "<gp:location-condition><gp:location profile=\"civic-condition\"><civicAddress/></gp:location>"
                               "</gp:location-condition>"))
                  .fixed(Code::wrong_namespace)
                  .has_value());
}

TEST_CASE("the second rule with an id gets another one that is free", "[lint]") {
  const std::string taken = rule("a", kBob) + rule("a-2", kBob);
  CHECK(Linted(taken + rule("a", kBob)).fixed(Code::duplicate_rule_id) == taken + rule("a-3", kBob));
}

TEST_CASE("an id that is no XML name becomes one that is free, and a rule without one gets one", "[lint]") {
  CHECK(Linted(rule("my friends", kBob)).fixed(Code::invalid_rule_id) == rule("my_friends", kBob));
  CHECK(Linted(rule("my_friends", kBob) + rule("my friends", kBob)).fixed(Code::invalid_rule_id) ==
        rule("my_friends", kBob) + rule("my_friends-2", kBob));
  CHECK(Linted("<rule/>" + rule("rule", kBob)).fixed(Code::invalid_rule_id) == "<rule id=\"rule-2\"/>" + rule("rule", kBob));
  CHECK_FALSE(Linted(rule("a&amp;b", kBob)).fixed(Code::invalid_rule_id).has_value());
}

TEST_CASE("selectors beside an element that provides all are removed", "[lint]") {
  const auto services = [](std::string_view inner) {
    return rule("a", kBob, "", "<pr:provide-services>" + std::string(inner) + "</pr:provide-services>");
  };
  CHECK(Linted(services("<pr:class>x</pr:class><pr:all-services/><!-- all --><pr:class>y</pr:class>")).fixed(Code::all_beside_selectors) ==
        services("<pr:all-services/><!-- all -->"));
  CHECK_FALSE(Linted(services("<pr:class>x<!-- why --></pr:class><pr:all-services/>")).fixed(Code::all_beside_selectors).has_value());
}

TEST_CASE("an except that names nobody is removed", "[lint]") {
  CHECK(Linted(rule("a", identity("<many domain=\"example.com\"><except/></many>"))).fixed(Code::except_names_nobody) ==
        rule("a", identity("<many domain=\"example.com\"></many>")));
  CHECK_FALSE(Linted(rule("a", identity("<many domain=\"example.com\"><except><!-- Bob? --></except></many>")))
                  .fixed(Code::except_names_nobody)
                  .has_value());
}

}  // namespace presproof::lint
