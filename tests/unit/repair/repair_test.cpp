// Each kind of edit on a small policy, as it is proposed, written and proved again; and that no more is taken away than needed.

#include "repair/repair.h"

#include "unit/verify/proving.h"

namespace presproof {
namespace {

using namespace test;

const std::string kHead = R"(<?xml version="1.0"?>
<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules" xmlns:gp="urn:ietf:params:xml:ns:geolocation-policy" xmlns:lp="urn:ietf:params:xml:ns:basic-location-profiles">
)";
const std::string kFoot = "</ruleset>\n";

std::string rule_lines(const std::string& id, const std::string& identity, const std::string& handling, const std::vector<std::string>& transformations,
                       const std::string& conditions = {}) {
  std::string text = "  <rule id=\"" + id + "\">\n    <conditions>\n      <identity>" + identity + "</identity>\n" + conditions + "    </conditions>\n";
  text += "    <actions><pr:sub-handling>" + handling + "</pr:sub-handling></actions>\n    <transformations>\n";
  for (const auto& each : transformations) text += "      " + each + "\n";
  return text + "    </transformations>\n  </rule>\n";
}

const std::string kBob = "<one id=\"sip:bob@example.com\"/>";
const std::string kCarol = "<one id=\"sip:carol@example.com\"/>";
const std::string kForBob = "for { sip:bob@example.com } ";

struct Case {
  diag::Sources sources;
  repair::Subject subject;
  property::Properties properties;
  verify::Options options = quick();
  std::vector<verify::Result> results;

  /// The first property is to be repaired; the others are kept when they are proved.
  Case(const std::string& rules, const std::vector<std::string>& texts, const std::string& declarations = {}) {
    diag::Sink sink;
    subject.files = {sources.add("rules.xml", kHead + rules + kFoot)};
    auto read = policy::read_rule_set(sources, subject.files.front(), {}, sink);
    REQUIRE(read);
    subject.policy.documents.push_back(std::move(*read));
    properties = properties_of(declarations, texts);
    options.usage = policy::usage_of(subject.policy);
    results = verify::verify(subject.policy, properties, options);
  }
  repair::Outcome propose(const repair::Bounds& bounds = {}) {
    REQUIRE(results.front().verdict != verify::Verdict::proved);
    property::Properties kept{{}, properties.persons};
    for (std::size_t i = 1; i < results.size(); ++i) {
      if (results[i].verdict == verify::Verdict::proved) kept.properties.push_back(properties.properties[i]);
    }
    return repair::propose(subject, properties.properties.front(), results.front(), kept, options, sources, bounds);
  }
  repair::Proposal proposal() {
    repair::Outcome outcome = propose();
    if (const auto* none = std::get_if<repair::NoProposal>(&outcome)) FAIL(none->reason);
    return std::get<repair::Proposal>(std::move(outcome));
  }
};

/// The lines that a diff takes away and puts in, without their indentation.
std::string changed_lines(const std::string& diff) {
  std::string out;
  for (std::size_t begin = 0; begin < diff.size();) {
    const std::size_t end = diff.find('\n', begin);
    const std::string line = diff.substr(begin, end - begin);
    begin = end + 1;
    if (line.starts_with("---") || line.starts_with("+++") || (line[0] != '+' && line[0] != '-')) continue;
    const std::size_t text = line.find_first_not_of(' ', 1);
    out += line.substr(0, 1) + (text == std::string::npos ? "" : line.substr(text)) + "\n";
  }
  return out;
}

std::string edited(const std::string& rules, const std::string& property, const std::string& declarations = {}) {
  return changed_lines(Case(rules, {property}, declarations).proposal().diff);
}

std::string kinds(const repair::Proposal& proposal) {
  std::string words;
  for (const auto& edit : proposal.edits) words += std::string(repair::to_string(edit.kind)) + " ";
  return words;
}

const std::string kAllPersons = "<pr:provide-persons><pr:all-persons/></pr:provide-persons>";
std::string geo_within(const std::string& radius) {
  return "<gp:provide-location profile=\"geodetic-transformation\"><lp:provide-geo radius=\"" + radius + "\"/></gp:provide-location>";
}
std::string civic_to(const std::string& level) {
  return "<gp:provide-location profile=\"civic-transformation\"><lp:provide-civic>" + level + "</lp:provide-civic></gp:provide-location>";
}

}  // namespace

TEST_CASE("a radius is raised to the claim's length, and nothing else is touched") {
  Case small(rule_lines("friends", kBob, "allow", {kAllPersons, geo_within("500")}), {kForBob + "never location finer than 5 km"});
  const auto proposal = small.proposal();
  CHECK(kinds(proposal) == "coarsen-location ");
  CHECK(changed_lines(proposal.diff) == "-" + geo_within("500") + "\n+" + geo_within("5000") + "\n");
  REQUIRE(proposal.changes.size() == 1);
  CHECK(proposal.changes.front().direction == diff::Direction::lost);
  CHECK(proposal.changes.front().detail == "radius 500 m -> 5000 m");
  CHECK(proposal.edits.front().span.line == 3);
}

TEST_CASE("a civic level is lowered to the finest that the claim lets pass") {
  CHECK(edited(rule_lines("friends", kBob, "allow", {kAllPersons, civic_to("full")}), kForBob + "never civic finer than region") ==
        "-" + civic_to("full") + "\n+" + civic_to("region") + "\n");
}

TEST_CASE("exact and full location becomes a radius and a civic level") {
  CHECK(edited(rule_lines("friends", kBob, "allow", {kAllPersons, "<gp:provide-location/>"}), kForBob + "never location finer than 5 km") ==
        "-<gp:provide-location/>\n+" + geo_within("5000") + "\n+" + civic_to("city") + "\n");
}

TEST_CASE("a permission that no value of it satisfies is dropped with its line") {
  CHECK(edited(rule_lines("friends", kBob, "allow", {kAllPersons, "<pr:provide-mood>true</pr:provide-mood>"}), kForBob + "never mood") ==
        "-<pr:provide-mood>true</pr:provide-mood>\n");
}

TEST_CASE("one selector of several goes, not all of them") {
  CHECK(edited(rule_lines("friends", kBob, "allow", {"<pr:provide-services><pr:class>a</pr:class><pr:class>b</pr:class></pr:provide-services>"}),
               kForBob + "never services with class \"b\"") ==
        "-<pr:provide-services><pr:class>a</pr:class><pr:class>b</pr:class></pr:provide-services>\n"
        "+<pr:provide-services><pr:class>a</pr:class></pr:provide-services>\n");
}

TEST_CASE("user input and retention are lowered to what may be given") {
  CHECK(edited(rule_lines("friends", kBob, "allow", {kAllPersons, "<pr:provide-user-input>full</pr:provide-user-input>"}),
               kForBob + "never user-input at least full") ==
        "-<pr:provide-user-input>full</pr:provide-user-input>\n+<pr:provide-user-input>thresholds</pr:provide-user-input>\n");
  CHECK(edited(rule_lines("friends", kBob, "allow", {kAllPersons, "<gp:set-retention-expiry>86400</gp:set-retention-expiry>"}),
               kForBob + "never retention longer than 1 h") ==
        "-<gp:set-retention-expiry>86400</gp:set-retention-expiry>\n+<gp:set-retention-expiry>3600</gp:set-retention-expiry>\n");
}

TEST_CASE("a rule for a domain is split, so that only the group loses") {
  Case domain(rule_lines("all", "<many domain=\"example.com\"/>", "allow", {kAllPersons, geo_within("500")}), {kForBob + "never location finer than 5 km"});
  const auto proposal = domain.proposal();
  CHECK(kinds(proposal) == "split-rule ");
  REQUIRE(proposal.changes.size() == 1);
  CHECK(proposal.changes.front().watcher_count == 1);
  const auto& rules = proposal.after.policy.documents.front().rules;
  REQUIRE(rules.size() == 2);
  CHECK(rules[1].id == "all-2");
  CHECK(changed_lines(proposal.diff).find("+<identity><many domain=\"example.com\"><except id=\"sip:bob@example.com\"/></many></identity>\n") != std::string::npos);
  CHECK(changed_lines(proposal.diff).find("+<identity><one id=\"sip:bob@example.com\"/></identity>\n") != std::string::npos);
}

TEST_CASE("what is wanted in one sphere alone moves to a rule for that sphere") {
  const auto rules = rule_lines("team", kBob + kCarol, "allow", {kAllPersons, "<pr:provide-activities>true</pr:provide-activities>"});
  Case sphere(rules, {"for everyone when sphere is not \"work\" never activities"});
  const auto proposal = sphere.proposal();
  CHECK(kinds(proposal) == "limit-permission ");
  CHECK(changed_lines(proposal.diff).find("+<sphere value=\"work\"/>\n") != std::string::npos);
  for (const auto& change : proposal.changes) CHECK(change.witness.state.sphere != std::optional<std::string>("work"));
}

TEST_CASE("what is not wanted for a time moves to a rule for all other times") {
  const auto rules = rule_lines("team", kBob, "allow", {kAllPersons, "<pr:provide-activities>true</pr:provide-activities>"});
  Case fair(rules, {kForBob + "during 2026-03-02T09:00:00Z .. 2026-03-06T18:00:00Z never activities"});
  const auto proposal = fair.proposal();
  CHECK(kinds(proposal) == "limit-permission ");
  CHECK(proposal.diff.find("<until>2026-03-02T09:00:00Z</until>") != std::string::npos);
  CHECK(proposal.diff.find("<from>2026-03-06T18:00:00Z</from>") != std::string::npos);
  // At no other time is anything lost.
  for (const auto& change : proposal.changes) CHECK(to_rfc3339(change.witness.state.time).starts_with("2026-03-0"));
}

TEST_CASE("a rule is narrowed when the claim is that it does not match") {
  CHECK(edited(rule_lines("friends", kBob + kCarol, "allow", {kAllPersons}), kForBob + "never rule \"friends\"") ==
        "-<identity>" + kBob + kCarol + "</identity>\n+<identity>" + kCarol + "</identity>\n");
  CHECK(edited(rule_lines("friends", "<many/>", "allow", {kAllPersons}), kForBob + "never rule \"friends\"") ==
        "-<identity><many/></identity>\n+<identity><many><except id=\"sip:bob@example.com\"/></many></identity>\n");
}

TEST_CASE("sub-handling is lowered, and raised when the property asks for more") {
  const auto block = edited(rule_lines("boss", kBob, "allow", {}), kForBob + "never handling allow");
  CHECK(block.find("<pr:sub-handling>polite-block</pr:sub-handling>") != std::string::npos);
  Case family(rule_lines("boss", kBob, "block", {}), {kForBob + "always handling allow"});
  const auto proposal = family.proposal();
  CHECK(kinds(proposal) == "raise-handling ");
  REQUIRE(proposal.changes.size() == 1);
  CHECK(proposal.changes.front().direction == diff::Direction::gained);
}

TEST_CASE("a blocked watcher who must not be told so is blocked politely") {
  CHECK(edited(rule_lines("out", kBob, "block", {}), kForBob + "always handling at least polite-block")
            .find("+<actions><pr:sub-handling>polite-block</pr:sub-handling></actions>") != std::string::npos);
}

TEST_CASE("a refusal that gives a watcher away becomes a polite one") {
  const std::string rules = rule_lines("out", kBob, "block", {}) + rule_lines("friends", kCarol, "allow", {});
  CHECK(edited(rules, kForBob + "response same as { sip:carol@example.com }") ==
        "-<actions><pr:sub-handling>block</pr:sub-handling></actions>\n+<actions><pr:sub-handling>polite-block</pr:sub-handling></actions>\n");
}

TEST_CASE("of two radii that pin the target down together, the smaller one becomes the larger") {
  const auto radius = [](const std::string& metres) {
    return "<gp:provide-location profile=\"geodetic-transformation\"><lp:provide-geo radius=\"" + metres + "\"/></gp:provide-location>";
  };
  const std::string persons = "<pr:provide-persons><pr:all-persons/></pr:provide-persons>";
  const std::string rules = rule_lines("home", kBob, "allow", {persons, radius("5000")}, "      <sphere value=\"home\"/>\n") +
                            rule_lines("work", kBob, "allow", {persons, radius("3000")}, "      <sphere value=\"work\"/>\n");
  CHECK(edited(rules, kForBob + "never location finer than 2 km over time") == "-" + radius("3000") + "\n+" + radius("5000") + "\n");
}

TEST_CASE("a property that asks for what no rule gives gets a rule of its own") {
  Case nothing(rule_lines("others", kCarol, "allow", {kAllPersons}), {kForBob + "always handling allow and services"});
  const auto proposal = nothing.proposal();
  CHECK(kinds(proposal) == "add-rule ");
  CHECK(proposal.after.policy.documents.front().rules.back().id == "repair-2");
}

TEST_CASE("a new rule gives whatever the property asks for, also where the root declares no prefix for it") {
  const std::string bare = "<r:ruleset xmlns:r=\"urn:ietf:params:xml:ns:common-policy\"><r:rule id=\"x\"><r:conditions/><r:actions>"
                           "<sub-handling xmlns=\"urn:ietf:params:xml:ns:pres-rules\">block</sub-handling></r:actions></r:rule></r:ruleset>";
  for (const std::string claim : {"mood", "relationship", "user-input at least thresholds", "attribute \"a\" \"urn:x\"", "all-attributes",
                                  "location finer than 5 km", "geodetic finer than 700 m", "retransmission", "retention longer than 1 h", "services"}) {
    Case asked("", {kForBob + "always " + claim});
    diag::Sink sink;
    asked.subject.files = {asked.sources.add("rules.xml", bare)};
    asked.subject.policy.documents = {policy::read_rule_set(asked.sources, asked.subject.files.front(), {}, sink).value()};
    asked.options.usage = policy::Usage::presence;
    asked.results = verify::verify(asked.subject.policy, asked.properties, asked.options);
    INFO(claim);
    const auto proposal = asked.proposal();
    CHECK(kinds(proposal) == "add-rule ");
    for (const auto& change : proposal.changes) CHECK(change.direction == diff::Direction::gained);
  }
}

TEST_CASE("two rules that break a property take two edits, and three take three") {
  std::string rules;
  for (const std::string id : {"a", "b", "c"}) {
    rules += rule_lines(id, kBob, "allow", {kAllPersons, geo_within("500")}, "      <sphere value=\"" + id + "\"/>\n");
    if (id == "a") continue;
    Case several(rules, {kForBob + "never location finer than 5 km"});
    CHECK(several.proposal().edits.size() == (id == "b" ? 2 : 3));
  }
}

TEST_CASE("comments, blanks, quotes and the order of attributes stay as they are") {
  const std::string odd = "  <rule   id = 'friends' ><!-- mine --><conditions><identity>\n\t" + kBob +
                          "<!-- <one id=\"sip:x@y\"/> --></identity></conditions>\n<actions><pr:sub-handling> allow </pr:sub-handling></actions><transformations>" +
                          kAllPersons + "<gp:provide-location  profile='geodetic-transformation'><!-- a > b --><lp:provide-geo   radius='500' /></gp:provide-location>\n"
                          "</transformations></rule>\n<!-- \xc3\xa4\xe2\x82\xac --> ";
  Case careful(odd, {kForBob + "never location finer than 5 km"});
  const std::string before(careful.sources.text(careful.subject.files.front()));
  const auto proposal = careful.proposal();
  std::string expected = before;
  expected.replace(expected.find("'500'"), 5, "'5000'");
  CHECK(careful.sources.text(proposal.after.files.front()) == expected);
}

TEST_CASE("elements behind letters of several bytes are found on the same line") {
  const std::string line = "<!-- \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80 -->" + rule_lines("friends", kBob, "allow", {"<!-- \xc3\xa4 -->" + kAllPersons + geo_within("500")});
  const auto lines = edited(line, kForBob + "never location finer than 5 km");
  CHECK(lines.find("radius=\"5000\"") != std::string::npos);
}

TEST_CASE("a repair that would break a property that holds is not proposed") {
  const auto rules = rule_lines("friends", kBob, "allow", {kAllPersons, geo_within("500")});
  // Only to take the handling or the persons away would do, and that is not wanted.
  Case held(rules, {kForBob + "never location", kForBob + "always handling allow and persons"});
  const auto proposal = held.proposal();
  CHECK(changed_lines(proposal.diff) == "-" + geo_within("500") + "\n");
  Case contradiction(rules, {kForBob + "never persons", kForBob + "always persons"});
  CHECK(std::holds_alternative<repair::NoProposal>(contradiction.propose()));
}

TEST_CASE("what cannot be repaired within the bounds is said to be so") {
  Case sometimes(rule_lines("friends", kBob, "allow", {}), {kForBob + "sometimes mood"});
  CHECK(std::get<repair::NoProposal>(sometimes.propose()).reason == "nothing is proposed for a property with `sometimes`");
  std::string rules;
  for (const std::string id : {"a", "b"}) rules += rule_lines(id, kBob, "allow", {kAllPersons, geo_within("500")}, "      <sphere value=\"" + id + "\"/>\n");
  Case two(rules, {kForBob + "never location finer than 5 km"});
  CHECK(std::get<repair::NoProposal>(two.propose({.edits = 1, .proofs = 300})).reason == "no repair was found within 1 edits of the rules that break it");
  CHECK(std::get<repair::NoProposal>(two.propose({.edits = 4, .proofs = 2})).reason == "no repair was found within 2 proofs");
}

TEST_CASE("a property that depends on a reading is repaired for all of them") {
  const auto rules = rule_lines("a", kBob, "allow", {kAllPersons, "<pr:provide-all-attributes/>"});
  Case depends(rules, {kForBob + "never location"});
  REQUIRE(depends.results.front().verdict == verify::Verdict::depends);
  const auto proposal = depends.proposal();
  CHECK(changed_lines(proposal.diff) == "-<pr:provide-all-attributes/>\n");
}

TEST_CASE("a group of several is taken from a rule in one edit") {
  const auto rules = rule_lines("all", "<many/>", "allow", {kAllPersons, "<pr:provide-mood>true</pr:provide-mood>"});
  Case friends(rules, {"for friends never mood"}, "group friends = { sip:bob@example.com, sip:carol@example.com, sip:dave@example.org }");
  const auto proposal = friends.proposal();
  CHECK(kinds(proposal) == "split-rule ");
  std::size_t losing = 0;
  for (const auto& change : proposal.changes) losing = std::max(losing, change.watcher_count);
  CHECK(losing == 3);
}

}  // namespace presproof
