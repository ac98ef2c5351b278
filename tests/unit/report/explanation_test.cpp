#include "report/explanation_words.h"

#include <nlohmann/json.hpp>

#include "diag/sources.h"
#include "report/report.h"
#include "unit/explain/explaining.h"
#include "xml/document.h"

namespace presproof {
namespace {

using namespace test;


/// The sentences of the only rule.
std::string sentences(const std::string& conditions, const std::string& actions, const std::string& transformations) {
  const auto policy = policy_of(rule("r", conditions, actions, transformations));
  const auto explanation = explained(policy);
  std::string text;
  for (const auto& sentence : report::rule_sentences(explanation, explanation.rules.front())) text += (text.empty() ? "" : " ") + sentence;
  return text;
}

/// Whether the page is well-formed, and all of its tables have captions and heads.
bool is_well_formed(const std::string& html) {
  diag::Sources sources;
  diag::Sink sink;
  const std::string_view doctype = "<!DOCTYPE html>\n";
  REQUIRE(html.starts_with(doctype));
  const auto document = xml::Document::read(sources, sources.add("page.html", html.substr(doctype.size())), {}, sink);
  return document.has_value();
}

}  // namespace

TEST_CASE("a rule in words: whom, when, where, what", "[report]") {
  CHECK(sentences(kBob, kAllow, kPersons + "<pr:provide-mood>true</pr:provide-mood>" + within("5000")) ==
        "For sip:bob@example.com, at any time and wherever the owner is. Their subscriptions are accepted. They see all persons, the mood and the position as a circle of 5 km radius.");
  CHECK(sentences(domain("example.com", R"(<except id="sip:eve@example.com"/><except domain="x.example"/>)") + sphere("home work"), handling("confirm"), "") ==
        "For everybody of example.com except sip:eve@example.com and those of x.example, only in sphere home or work. Their subscriptions wait for the owner's decision, unless another rule gives more. "
        "It shows nothing by itself.");
  CHECK(sentences(many() + valid("2026-03-02T08:00:00Z", "2026-03-06T17:00:00Z") + inside("48.15 11.58", "400"), "", "<pr:provide-mood>true</pr:provide-mood>" + civic("city")) ==
        "For everybody who is authenticated, only from 2026-03-02T08:00:00Z until 2026-03-06T17:00:00Z, while the presentity is within 400 m of 48.15 11.58. It does not decide whether their subscriptions "
        "are accepted. Where another rule accepts them, they see the mood and the civic address down to city.");
}

TEST_CASE("everybody, nobody, and what cannot be understood", "[report]") {
  CHECK(sentences("", kAllow, "").starts_with("For everybody, even those who are not authenticated, at any time"));
  CHECK(sentences("<identity/>", kAllow, "").starts_with("For nobody, at any time"));
  CHECK(sentences(kBob + "<x:y xmlns:x='urn:x'/>", kAllow, "").starts_with("For sip:bob@example.com. "));
  CHECK(sentences(kBob, kAllow, "<x:z xmlns:x='urn:x'/>").ends_with("It also has \"z\", which servers ignore that do not know it."));
}

TEST_CASE("what goes with a location", "[report]") {
  const auto text = sentences(kBob, kAllow,
                              kPersons + within("500") + "<gp:set-retransmission-allowed>false</gp:set-retransmission-allowed><gp:set-retention-expiry>86400</gp:set-retention-expiry>"
                                                         "<gp:set-note-well>private</gp:set-note-well>");
  CHECK(text.find("They are asked not to pass the location on.") != std::string::npos);
  CHECK(text.find("They are asked to keep the location for at most 1 day.") != std::string::npos);
  CHECK(text.find("They are told: \"private\".") != std::string::npos);
}

TEST_CASE("remarks of rules that do nothing", "[report]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons) + rule("b", kBob, kAllow, kPersons) + rule("c", kBob + sphere("x") + sphere("y"), kAllow));
  const auto explanation = explained(policy);
  CHECK(report::rule_remark(explanation, explanation.rules[0]).empty());
  CHECK(report::rule_remark(explanation, explanation.rules[1]) == "This rule changes nothing: a already gives all of it.");
  CHECK(report::rule_remark(explanation, explanation.rules[2]) == "This rule matches nobody at any time: its conditions cannot all hold.");
}

TEST_CASE("cells in words", "[report]") {
  CHECK(report::value_word("provide-location", "radius 5000 m") == "within 5 km");
  CHECK(report::value_word("provide-location", "radius 0.5 m") == "within 0.5 m");
  CHECK(report::value_word("provide-location", "civic city") == "address down to city");
  CHECK(report::value_word("provide-mood", "true") == "yes");
  CHECK(report::value_word("set-retransmission-allowed", "false") == "no");
  CHECK(report::nothing_word("sub-handling", policy::Usage::presence) == "block");
}

TEST_CASE("hostile text stays text in every format", "[report]") {
  const auto policy = policy_of("<rule id=\"" + std::string("&lt;script&gt;alert(1)&lt;/script&gt;|`*[x](http://evil.example)\xe2\x80\xae") + "\"><conditions>" + one("sip:&lt;b&gt;@example.com") + "</conditions><actions>" + kAllow +
                                "</actions><transformations>" + kPersons + within("500") + "</transformations></rule>");
  explain::Options options;
  options.place = geo::Position{48, 11};
  const auto explanation = explained(policy, options);
  const auto html = report::explanation_html(explanation);
  CHECK(is_well_formed(html));
  CHECK(html.find("<script>alert") == std::string::npos);
  CHECK(html.find("&lt;script&gt;alert(1)") != std::string::npos);
  CHECK(html.find("\xe2\x80\xae") == std::string::npos);
  const auto markdown = report::explanation_markdown(explanation);
  CHECK(markdown.find("[x](http") == std::string::npos);
  CHECK(markdown.find("\xe2\x80\xae") == std::string::npos);
  const auto text = report::explanation_text(explanation, {});
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
  const auto json = nlohmann::json::parse(report::explanation_json(explanation));
  CHECK(json["format"] == "presproof-explanation/1");
  CHECK(json["watchers"][0]["sees"].is_object());
  CHECK(json["map"]["disclosed"].size() == 1);
}

TEST_CASE("a long name is cut in a sentence, and does not hide what is granted", "[report]") {
  const auto text = sentences(one("sip:" + std::string(1000, 'm') + "@example.com"), kAllow, kPersons);
  CHECK(text.find("… (1016 bytes)") != std::string::npos);
  CHECK(text.ends_with("They see all persons."));
  CHECK(text.size() < 400);
}

TEST_CASE("an empty policy is explained, too", "[report]") {
  const auto policy = policy_of("");
  const auto explanation = explained(policy);
  CHECK(report::explanation_text(explanation, {}).find("There is none: nobody gets anything.") != std::string::npos);
  CHECK(is_well_formed(report::explanation_html(explanation)));
  CHECK(report::explanation_markdown(explanation).find("# Who can see what") == 0);
}

}  // namespace presproof
