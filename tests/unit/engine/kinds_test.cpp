// What OMA's rules, RestComm's (Mobicents') server and Kaleo see of a rule set: kinds of rules, of which the first that matches decides.

#include <catch2/catch.hpp>

#include "diag/error.h"
#include "engine/view.h"
#include "policy/reader.h"

namespace presproof {
namespace {

policy::RuleSet seen(std::string_view name, const std::string& rules) {
  diag::Sources sources;
  diag::Sink sink;
  const auto document = xml::Document::read(sources,
                                            sources.add("a.xml", "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:pr='urn:ietf:params:xml:ns:pres-rules' "
                                                                 "xmlns:ocp='urn:oma:xml:xdm:common-policy' xmlns:op='urn:oma:xml:prs:pres-rules'>" +
                                                                     rules + "</ruleset>"),
                                            {}, sink);
  REQUIRE(document);
  return engine::as_read_by(*engine::find_profile(name), *document, policy::read_rule_set(*document, sources, sink).value_or(policy::RuleSet()));
}

/// For each rule its rank, id and handling: `0a:allow`, with `-` for one that stands for no rule.
std::string outline(const policy::RuleSet& rules) {
  std::string text;
  for (const policy::Rule& rule : rules.rules) {
    text += (text.empty() ? "" : " ") + std::to_string(rule.rank) + rule.id + (rule.outcome == policy::Outcome::no_rule ? "-" : ":");
    for (const policy::Permission& permission : rule.permissions)
      if (const auto* handling = std::get_if<policy::SubHandling>(&permission.what)) text += policy::to_string(*handling);
  }
  return text;
}

std::string rule(const std::string& id, const std::string& conditions, const std::string& handling = "allow", const std::string& transformations = "<transformations/>") {
  return "<rule id='" + id + "'><conditions>" + conditions + "</conditions><actions><pr:sub-handling>" + handling + "</pr:sub-handling></actions>" + transformations + "</rule>";
}
const std::string kBob = "<identity><one id='sip:bob@example.com'/></identity>";
const std::string kAnonymous = "<ocp:anonymous-request/>";
const std::string kOther = "<ocp:other-identity/>";

template <class Permission>
std::vector<Permission> all_of(const policy::Rule& rule) {
  std::vector<Permission> found;
  for (const policy::Permission& permission : rule.permissions)
    if (const auto* each = std::get_if<Permission>(&permission.what)) found.push_back(*each);
  return found;
}
bool shows_location(const policy::Rule& rule) { return !all_of<policy::ProvideLocation>(rule).empty(); }

policy::Rule first_of(std::string_view engine, const std::string& transformations) { return seen(engine, rule("a", kBob, "allow", "<transformations>" + transformations + "</transformations>")).rules.front(); }

std::string refusal(std::string_view engine, const std::string& rules) {
  try {
    (void)seen(engine, rules);
  } catch (const diag::InputError& error) {
    return error.problems().front().message;
  }
  return {};
}

}  // namespace

TEST_CASE("OMA's rules have the rank of their kind", "[oma]") {
  CHECK(outline(seen("oma", rule("o", kOther) + rule("b", kBob, "block") + rule("a", kAnonymous, "block") + rule("e", ""))) == "2o:allow 1b:block 0a:block 1e:allow");
  const auto rules = seen("oma", rule("a", kAnonymous) + rule("o", kOther) + rule("x", "<x:y xmlns:x='urn:x'/>"));
  const auto& anonymous = std::get<policy::IdentityCondition>(rules.rules[0].conditions.front());
  CHECK(anonymous.unauthenticated);
  CHECK(anonymous.matchers.empty());
  const auto& other = std::get<policy::IdentityCondition>(rules.rules[1].conditions.front());
  CHECK_FALSE(other.unauthenticated);
  CHECK(std::holds_alternative<policy::Many>(other.matchers.front()));
  CHECK(std::holds_alternative<policy::UnknownCondition>(rules.rules[2].conditions.front()));
}

TEST_CASE("OMA's permissions give elements of its own, and the location", "[oma]") {
  const auto given = all_of<policy::ProvideUnknownAttribute>(first_of("oma", "<op:provide-willingness>true</op:provide-willingness><op:provide-barring-state>false</op:provide-barring-state>"));
  REQUIRE(given.size() == 2);
  CHECK(given[0].name == "willingness");
  CHECK(given[1].name == "overriding-willingness");
  CHECK(shows_location(first_of("oma", "<op:provide-geopriv>full</op:provide-geopriv>")));
  CHECK_FALSE(shows_location(first_of("oma", "<op:provide-geopriv>false</op:provide-geopriv>")));
}

TEST_CASE("nothing is said of lists and services that are not read", "[oma]") {
  for (const char* engine : {"oma", "kaleo"}) CHECK(refusal(engine, rule("a", "<ocp:external-list><ocp:entry anc='x'/></ocp:external-list>")).find("external-list") != std::string::npos);
  CHECK(refusal("oma", rule("a", kBob, "allow", "<transformations><pr:provide-services><op:service-id>org.x</op:service-id></pr:provide-services></transformations>")).find("service-id") != std::string::npos);
}

TEST_CASE("to RestComm's server a rule is one with one action, conditions and transformations", "[mobicents]") {
  const auto outlined = [](const std::string& rules) { return outline(seen("mobicents", rules)); };
  CHECK(outlined("") == "1-confirm");
  CHECK(outlined(rule("a", kBob)) == "0a:allow 1-confirm");
  CHECK(outlined(rule("a", kBob, "block", "")) == "1-confirm");
  CHECK(outlined(rule("a", "") + "<rule id='n'/>") == "1-confirm");
  CHECK(outlined(rule("a", kBob, "20") + rule("b", kBob, "Allow") + rule("c", kBob, " confirm ")) == "0a:polite-block 0c:confirm 1-confirm");
  CHECK(outlined("<rule id='a'><conditions>" + kBob + "</conditions><actions><pr:sub-handling>allow</pr:sub-handling><x:y xmlns:x='urn:x'/></actions><transformations/></rule>") == "1-confirm");
  CHECK(outline(engine::without_rule_set(*engine::find_profile("mobicents"))) == "1-allow");
}

TEST_CASE("what RestComm's server does not know among conditions is not there; what it throws an exception on is refused", "[mobicents]") {
  CHECK(seen("mobicents", rule("a", kOther)).rules.front().conditions.empty());
  CHECK(seen("mobicents", rule("a", kBob + "<x:y xmlns:x='urn:x'/>")).rules.front().conditions.size() == 1);
  CHECK(refusal("mobicents", "<rule id='a'><actions><pr:sub-handling>allow</pr:sub-handling></actions></rule>").find("without <conditions>") != std::string::npos);
  CHECK(refusal("mobicents", rule("a", "<identity><x:y xmlns:x='urn:x'/></identity>")).find("in <identity>") != std::string::npos);
  CHECK(refusal("mobicents", rule("a", "<validity><from>2026-06-01T00:00:00Z</from></validity>")).find("left over") != std::string::npos);
  CHECK(refusal("mobicents", rule("a", kBob, "allow", "<transformations><pr:provide-mood>yes</pr:provide-mood></transformations>")).find("neither true nor false") != std::string::npos);
}

TEST_CASE("both ends of a period count for RestComm's server, and local time may be any", "[mobicents]") {
  const auto pairs = [](const std::string& text) {
    return std::get<policy::ValidityCondition>(seen("mobicents", rule("a", "<validity>" + text + "</validity>")).rules.front().conditions.front()).pairs;
  };
  const auto exact = pairs("<from>2026-06-01T00:00:00Z</from><until>2026-06-02T00:00:00Z</until>");
  REQUIRE(exact.size() == 1);
  CHECK(*exact[0].from == parse_rfc3339("2026-06-01T00:00:00Z").value());
  CHECK(*exact[0].until == parse_rfc3339("2026-06-02T00:00:00.001Z").value());
  const auto local = pairs("<from>2026-06-01T00:00:00</from><until>2026-06-02T00:00:00</until>");
  CHECK(*local[0].from == parse_rfc3339("2026-06-01T14:00:00.001Z").value());
  CHECK(*local[0].until == parse_rfc3339("2026-06-02T14:00:00.001Z").value());
  CHECK(pairs("<until>2026-06-01T00:00:00Z</until><from>2026-06-02T00:00:00Z</from>").empty());
}

TEST_CASE("RestComm's server shows a location with a service, and what is granted whatever its value", "[mobicents]") {
  CHECK(shows_location(first_of("mobicents", "<pr:provide-services><pr:all-services/></pr:provide-services>")));
  CHECK_FALSE(shows_location(first_of("mobicents", "<pr:provide-persons><pr:all-persons/></pr:provide-persons>")));
  CHECK(shows_location(first_of("mobicents", "<pr:provide-all-attributes/>")));
  CHECK(shows_location(first_of("mobicents", "<op:provide-geopriv>full</op:provide-geopriv>")));
  CHECK(all_of<policy::ProvideUnknownAttribute>(first_of("mobicents", "<pr:provide-unknown-attribute ns='urn:x' name='y'>false</pr:provide-unknown-attribute>")).size() == 1);
  CHECK(all_of<policy::ProvideUnknownAttribute>(first_of("mobicents", "<pr:provide-unknown-attribute ns='urn:ietf:params:xml:ns:pidf:geopriv10' name='geopriv'>true</pr:provide-unknown-attribute>")).empty());
  // By occurrence nothing is selected; of two permissions of a kind the last one counts.
  CHECK(all_of<policy::ProvideComponents>(first_of("mobicents", "<pr:provide-services><pr:occurrence-id>t1</pr:occurrence-id></pr:provide-services>")).empty());
  const auto twice = first_of("mobicents", "<pr:provide-mood>true</pr:provide-mood><pr:provide-mood>false</pr:provide-mood>");
  const auto moods = all_of<policy::ProvideAttribute>(twice);
  CHECK(std::none_of(moods.begin(), moods.end(), [](const auto& each) { return each.attribute == policy::AttributePermission::mood; }));
}

TEST_CASE("Kaleo's groups, each behind what throws an exception in it", "[kaleo]") {
  const auto outlined = [](const std::string& rules) { return outline(seen("kaleo", rules)); };
  CHECK(outlined(rule("o", kOther) + rule("a", kAnonymous, "block") + rule("b", kBob, "polite-block")) == "5o:allow 3a:block 1b:polite-block");
  CHECK(outlined("<rule id='n'/>" + rule("e", "") + rule("s", "<sphere value='x'/>")) == "0n:block");
  CHECK(outlined(rule("m", "<identity><many/></identity>")) == "0m:block 1m:allow");
  CHECK(outlined(rule("x", kBob, "maybe") + rule("o", kOther, "maybe")) == "0x:block 4o:block");
  CHECK(outlined(rule("v", kBob + "<validity><from>2026-06-01T00:00:00Z</from><until>2026-07-01T00:00:00Z</until></validity>")).empty());
  CHECK(outlined(rule("v", kBob + "<validity><from>today</from><until>tomorrow</until></validity>")) == "0v:block");
  // Of several identities one is enough; an exception without an id blocks the domain.
  const auto both = seen("kaleo", rule("b", kBob + "<identity><many domain='example.org'><except domain='x.example'/></many></identity>"));
  CHECK(outline(both) == "0b:block 1b:allow");
  CHECK(std::get<policy::IdentityCondition>(both.rules[1].conditions.front()).matchers.size() == 2);
  CHECK(std::get<policy::Many>(std::get<policy::IdentityCondition>(both.rules[0].conditions.front()).matchers.front()).domain->text == "example.org");
  CHECK(engine::without_rule_set(*engine::find_profile("kaleo")).rules.empty());
}

}  // namespace presproof
