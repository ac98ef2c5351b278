#include "support.h"

using namespace presproof;
using namespace presproof::policy;
using namespace presproof::policy::test;

TEST_CASE("a rule set keeps its rules in order, with their ids and places") {
  const Read result =
      read_in_ruleset("<rule id=\"first\"/>\n  <rule\n id=\"second\"><conditions/><actions/><transformations/></rule>");
  CHECK(result.list() == Lines{});
  REQUIRE(result.rules->rules.size() == 2);
  CHECK(result.rules->file == "test.xml");
  CHECK(result.rule(0).id == "first");
  CHECK(result.rule(0).span.line == 2);
  CHECK(result.rule(0).span.column == 1);
  CHECK(result.rule(0).id_span.column == 7);
  CHECK(result.rule(1).id == "second");
  CHECK(result.rule(1).span.line == 3);
  CHECK(result.rule(1).id_span.line == 4);
  CHECK(result.rule(1).conditions.empty());
  CHECK(result.rule(1).permissions.empty());
}

TEST_CASE("comments and processing instructions are nothing") {
  const Read result = read_in_ruleset(
      "<!-- c --><?p i?><rule id=\"a\"><!-- c --><conditions><!-- c --><sphere value=\"work\"><!-- c "
      "--></sphere></conditions>"
      "<actions><?p i?><pr:sub-handling>al<!-- c -->low</pr:sub-handling></actions></rule>");
  CHECK(result.list() == Lines{});
  CHECK(result.permission<SubHandling>() == SubHandling::allow);
}

TEST_CASE("text that is not well-formed gives nothing but the finding") {
  const Read result = read("<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\">\n<rule></ruleset>");
  CHECK_FALSE(result.rules);
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].code == diag::Code::not_well_formed);
}

TEST_CASE("another root is no rule set, and the finding says which it is") {
  const auto [text, fix] = GENERATE(table<std::string, std::string>({
      {"<ruleset/>", "put `<ruleset>` into the namespace `urn:ietf:params:xml:ns:common-policy`"},
      {"<ruleset xmlns='urn:ietf:params:xml:ns:pres-rules'/>",
       "put `<ruleset>` into the namespace `urn:ietf:params:xml:ns:common-policy`"},
      {"<rulesset xmlns='urn:ietf:params:xml:ns:common-policy'/>",
       "write `<ruleset>` of the namespace `urn:ietf:params:xml:ns:common-policy`"},
      {"<presence xmlns='urn:ietf:params:xml:ns:pidf'/>",
       "give this presence document with `--presence`, and a rule set here"},
      {"<rule xmlns='urn:ietf:params:xml:ns:common-policy' id='a'/>", "give a document whose root is `<ruleset>`"},
  }));
  CAPTURE(text);
  const Read result = read("\n " + text);
  CHECK_FALSE(result.rules);
  CHECK(result.list() == Lines{"not-a-rule-set 2:2"});
  CHECK(result.findings.at(0).fix == fix);
}

TEST_CASE("a root in the wrong namespace is named in the message") {
  const Read result = read("<ruleset xmlns='urn:ietf:params:xml:ns:pres-rules'/>");
  CHECK(result.findings.at(0).message ==
        "the root is `<ruleset>` of the namespace `urn:ietf:params:xml:ns:pres-rules`; a rule set is a `<ruleset>` of "
        "the namespace "
        "`urn:ietf:params:xml:ns:common-policy`");
}

TEST_CASE("a rule id that another rule has is reported with the first one") {
  const Read result = read_in_ruleset("<rule id=\"a\"/>\n<rule id=\"b\"/>\n<rule id=\"a\"/>");
  CHECK(result.list() == Lines{"duplicate-rule-id 4:7"});
  const diag::Diagnostic& finding = result.findings.at(0);
  CHECK(finding.rule == "a");
  REQUIRE(finding.related.size() == 1);
  CHECK(finding.related[0].span.line == 2);
  CHECK(finding.related[0].span.column == 7);
  CHECK(result.rules->rules.size() == 3);
}

TEST_CASE("a rule id is an XML name without a colon") {
  CHECK(read_in_ruleset("<rule id=\"_a.b-9\"/>").list() == Lines{});
  const auto [id, fix] = GENERATE(table<std::string, std::string>({{"9lives", "write `_9lives`"},
                                                                   {"my rule", "write `my_rule`"},
                                                                   {"a:b", "write `a_b`"},
                                                                   {"", "write `_`"},
                                                                   {"-x", "write `_-x`"}}));
  CAPTURE(id);
  const Read result = read_in_ruleset("<rule id=\"" + id + "\"/>");
  CHECK(result.list() == Lines{"invalid-rule-id 2:7"});
  CHECK(result.findings.at(0).fix == fix);
  CHECK(result.rule().id == id);
}

TEST_CASE("a rule without an id is reported and kept") {
  const Read result = read_in_ruleset(" <rule/>");
  CHECK(result.list() == Lines{"invalid-rule-id 2:2"});
  CHECK_FALSE(result.findings.at(0).rule);
  CHECK(result.rule().id.empty());
}

TEST_CASE("attributes that the schema does not have are reported, those of the schema instance are not") {
  CHECK(read("<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\" "
             "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
             " xsi:schemaLocation=\"a b\"/>")
            .list() == Lines{});
  CHECK(read("<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\"\n version=\"1\" state=\"full\"/>").list() ==
        Lines{"unexpected-attribute 2:2", "unexpected-attribute 2:14"});
  const Read result = read_in_ruleset("<rule id=\"a\" ID=\"b\" xml:lang=\"en\"/>");
  CHECK(result.list() == Lines{"unexpected-attribute 2:14", "unexpected-attribute 2:21"});
  CHECK(result.findings.at(0).rule == "a");
}

TEST_CASE("text between elements is reported") {
  CHECK(read_in_ruleset("hello<rule id=\"a\"/>").list() == Lines{"unexpected-text 1:1"});
  CHECK(read_in_rule("hello<conditions>you</conditions>").list() ==
        Lines{fmt::format("unexpected-text 1:{}", kRoot.size() + 1), "unexpected-text 2:6"});
  CHECK(read_in_rule("<conditions>you</conditions>").list() == Lines{"unexpected-text 2:1"});
}

TEST_CASE("a rule of another namespace, or anything else below the root, is ignored") {
  const Read result = read_in_ruleset("<pr:rule id=\"a\"/>\n<x:note/>\n<rul id=\"b\"/>\n<conditions/>");
  CHECK(result.list() ==
        Lines{"wrong-namespace 2:1", "unexpected-content 3:1", "misspelt-element 4:1", "misplaced-element 5:1"});
  CHECK(result.findings.at(0).fix == "write `<rule>` without a prefix");
  CHECK(result.findings.at(2).fix == "did you mean `<rule>` of the namespace `urn:ietf:params:xml:ns:common-policy`?");
  CHECK(result.findings.at(3).message == "`<conditions>` belongs in `<rule>`, not in `<ruleset>`: it is ignored");
  CHECK(result.rules->rules.empty());
}

TEST_CASE("the parts of a rule stand once each, in order; others are reported and read all the same") {
  CHECK(read_in_rule("<conditions/><actions/><transformations/>").list() == Lines{});
  CHECK(read_in_rule("<conditions/><transformations/>").list() == Lines{});

  const Read twice = read_in_rule(
      "<conditions><sphere value=\"work\"/></conditions>\n<conditions><sphere value=\"home\"/></conditions>");
  CHECK(twice.list() == Lines{"repeated-part 3:1"});
  CHECK(twice.rule().conditions.size() == 2);

  const Read order = read_in_rule(
      "<actions><pr:sub-handling>allow</pr:sub-handling></actions>\n<conditions><sphere value=\"home\"/></conditions>");
  CHECK(order.list() == Lines{"parts-out-of-order 3:1"});
  CHECK(order.rule().conditions.size() == 1);
  CHECK(order.rule().permissions.size() == 1);

  const Read many = read_in_rule(
      "<transformations/>\n<transformations><pr:provide-mood>true</pr:provide-mood></transformations>\n<actions/"
      ">\n<actions/>");
  CHECK(many.list() == Lines{"repeated-part 3:1", "parts-out-of-order 4:1", "repeated-part 5:1"});
  CHECK(many.rule().permissions.size() == 1);

  CHECK(read_in_rule("<identity/>\n<pr:actions/>\n<x:y/>").list() ==
        Lines{"misplaced-element 2:1", "wrong-namespace 3:1", "unexpected-content 4:1"});
}

TEST_CASE("a document belongs to presence as soon as one element is of pres-rules") {
  CHECK_FALSE(read_in_transformations("<gp:provide-location/>").rules->has_presence_rules);
  CHECK(read_in_transformations("<gp:provide-location/><pr:provide-mood>true</pr:provide-mood>")
            .rules->has_presence_rules);
  CHECK(read_in_conditions("<x:a><x:b/><x:c><pr:anything/></x:c></x:a>").rules->has_presence_rules);
}

TEST_CASE("the usage is presence when one of the documents is") {
  RuleSet presence;
  presence.has_presence_rules = true;
  CHECK(usage_of(Policy{}) == Usage::geolocation);
  CHECK(usage_of(Policy{{RuleSet{}, RuleSet{}}}) == Usage::geolocation);
  CHECK(usage_of(Policy{{RuleSet{}, presence}}) == Usage::presence);
}

TEST_CASE("findings quote a document's text printably and not at length") {
  const Read result = read_in_ruleset("<rule id=\"&#x9b;x&#x202e;\"/>\n<rule id=\"" + std::string(100, 'a') + " " +
                                      "\"/>\n<rule id=\"" + std::string(59, '*') + "\xc3\xa9\xc3\xa9\"/>");
  REQUIRE(result.findings.size() == 2);
  CHECK(result.findings[0].message.find("\xc2\x9b") == std::string::npos);
  CHECK(result.findings[0].message.find("\xe2\x80\xae") == std::string::npos);
  CHECK(result.findings[1].message.find(std::string(59, '*') + "...`") != std::string::npos);
}
