// What the SER family sees of a rule set, and how it reads times.

#include "engine/view.h"

#include <catch2/catch.hpp>
#include <set>

#include "diag/error.h"
#include "engine/departures.h"
#include "engine/ser_time.h"
#include "policy/reader.h"

namespace presproof {
namespace {

policy::RuleSet seen(const std::string& rules, const std::vector<std::pair<std::string, std::string>>& parameters = {}, std::string_view name = "kamailio") {
  engine::Profile profile = *engine::find_profile(name);
  for (const auto& [key, value] : parameters) REQUIRE(!engine::set_parameter(profile, key, value));
  diag::Sources sources;
  diag::Sink sink;
  const auto document = xml::Document::read(sources, sources.add("a.xml", "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:pr='urn:ietf:params:xml:ns:pres-rules'>" + rules + "</ruleset>"), {}, sink);
  REQUIRE(document);
  return engine::as_read_by(profile, *document, {});
}

/// For each rule its id and what comes of it: `a:allow`, `:none`, `b:fails`.
std::string outline(const policy::RuleSet& rules) {
  std::string text;
  for (const policy::Rule& rule : rules.rules) {
    text += (text.empty() ? "" : " ") + rule.id + ":";
    if (rule.outcome == policy::Outcome::no_rule) text += "none";
    else if (rule.outcome == policy::Outcome::fails) text += "fails";
    else text += policy::to_string(std::get<policy::SubHandling>(rule.permissions.front().what));
  }
  return text;
}

std::string rule(const std::string& id, const std::string& conditions, const std::string& handling = "allow") {
  return "<rule id='" + id + "'><conditions>" + conditions + "</conditions><actions><pr:sub-handling>" + handling + "</pr:sub-handling></actions></rule>";
}
const std::string kBob = "<identity><one id='sip:bob@example.com'/></identity>";

}  // namespace

TEST_CASE("the last rule is the default, and what stops the walk is a rule for everybody") {
  CHECK(outline(seen("")) == ":none");
  CHECK(outline(seen(rule("a", kBob) + rule("b", kBob, "block"))) == "a:allow b:block :none");
  CHECK(outline(seen(rule("a", kBob) + "<!-- x -->" + rule("b", kBob))) == "a:allow :none :none");
  CHECK(outline(seen("<rule id='a'/>" + rule("b", kBob))) == ":none :none");
  CHECK(outline(seen(rule("a", "") + rule("b", kBob, "polite-block"))) == "b:polite-block :none");
  CHECK(outline(seen(rule("a", "<identity><one id='sip:x@y.example'/><one/></identity>"))) == "a:allow :none :none");
  CHECK(outline(engine::without_rule_set(*engine::find_profile("kamailio"))) == ":none");
  CHECK(outline(seen(rule("a", kBob, "block"), {{"force-active", "yes"}})) == ":allow");
}

TEST_CASE("in OMA mode rules are ordered by their kind, then by sub-handling") {
  const auto oma = [](const std::string& rules) { return outline(seen(rules, {}, "opensips-oma")); };
  const std::string other = "<o:other-identity xmlns:o='urn:oma:xml:xdm:common-policy'/>";
  const std::string anonymous = "<o:anonymous-request xmlns:o='urn:oma:xml:xdm:common-policy'/>";
  CHECK(oma(rule("o", other) + rule("b", kBob, "block") + rule("c", kBob) + rule("a", anonymous, "block")) == "a:block c:allow b:block o:allow :none");
  CHECK(oma(rule("x", kBob, "confirm") + rule("y", kBob, "confirm")) == "x:confirm y:confirm :none");
  CHECK(oma(rule("x", kBob, "maybe") + rule("y", kBob, "block")) == "y:block x:none :none");
  CHECK(oma("<!-- c --><rule id='n'/>" + rule("e", "") + rule("s", "<sphere value='x'/>") + rule("y", "<sphere value='x'/>" + kBob)) == "y:allow :none");
  const auto identity = [](const std::string& conditions) { return std::get<policy::IdentityCondition>(seen(rule("x", conditions), {}, "opensips-oma").rules.front().conditions.front()); };
  CHECK(seen(rule("x", "<sphere value='x'/>" + kBob), {}, "opensips-oma").rules.front().conditions.size() == 1);
  CHECK(std::get<policy::One>(identity("<identity><one id='b%6Fb@example.com'/></identity>").matchers.front()).id.text == "sip:bob@example.com");
  CHECK(std::get<policy::One>(identity("<identity><one id='tel:+1'/></identity>").matchers.front()).id.text == "tel:+1");
  CHECK(identity(anonymous).matchers.size() == 9 * 17);
  CHECK_THROWS_AS(seen(rule("x", "<o:external-list xmlns:o='urn:oma:xml:xdm:common-policy'/>"), {}, "opensips-oma"), diag::InputError);
  CHECK(outline(seen(rule("a", kBob, "block"), {{"force-active", "yes"}}, "opensips-oma")) == ":allow");
}

TEST_CASE("handlings are compared by their beginnings") {
  CHECK(outline(seen(rule("a", kBob, "allow-if-friend") + rule("b", kBob, "blocked") + rule("c", kBob, "Allow") + rule("d", kBob, "") + rule("e", kBob, "confirm"))) ==
        "a:allow b:block c:fails d:fails e:confirm :none");
}

TEST_CASE("what allows gives everything, whatever its transformations, which are kept as written") {
  const auto rules = seen("<rule id='a'><conditions>" + kBob + "</conditions><actions><pr:sub-handling>allow</pr:sub-handling></actions><transformations><pr:provide-mood> false </pr:provide-mood>"
                          "<pr:provide-services><pr:class>biz</pr:class></pr:provide-services></transformations></rule>");
  const policy::Rule& allows = rules.rules.front();
  CHECK(std::any_of(allows.permissions.begin(), allows.permissions.end(), [](const auto& permission) { return std::holds_alternative<policy::ProvideAllAttributes>(permission.what); }));
  REQUIRE(allows.transformations.size() == 2);
  CHECK(allows.transformations[0] == policy::WrittenElement{"provide-mood", " false ", {}});
  CHECK(allows.transformations[1].children == std::vector<policy::WrittenElement>{{"class", "biz", {}}});
}

TEST_CASE("spheres count only where they are looked up, other conditions never") {
  const std::string conditions = kBob + "<sphere>work</sphere><x:y xmlns:x='urn:x'/>";
  CHECK(seen(rule("a", conditions)).rules.front().conditions.size() == 1);
  CHECK(seen(rule("a", conditions), {{"sphere-check", "yes"}}).rules.front().conditions.size() == 1);
  CHECK(seen(rule("a", conditions), {{"sphere-check", "yes"}, {"publ-cache", "0"}}).rules.front().conditions.size() == 2);
}

TEST_CASE("OpenSIPS: a rule without an identity stops the walk, and a sphere that is not looked up does not hold") {
  const engine::Profile& opensips = *engine::find_profile("opensips");
  diag::Sources sources;
  diag::Sink sink;
  const auto document = xml::Document::read(
      sources, sources.add("a.xml", "<ruleset xmlns:pr='urn:ietf:params:xml:ns:pres-rules'>" + rule("a", kBob + "<sphere value='work'/>") + rule("b", "") + rule("c", kBob) + "</ruleset>"), {}, sink);
  REQUIRE(document);
  const auto rules = engine::as_read_by(opensips, *document, {});
  CHECK(outline(rules) == "a:allow :none c:allow :none");
  const auto& sphere = rules.rules.front().conditions.front();
  REQUIRE(std::holds_alternative<policy::SphereCondition>(sphere));
  CHECK(std::get<policy::SphereCondition>(sphere).tokens.empty());
  CHECK(engine::departures_of(opensips).size() == 28);
  CHECK(engine::assumptions(opensips).size() == 5);
  engine::Profile profile = opensips;
  REQUIRE(!engine::set_parameter(profile, "sphere-check", "yes"));
  CHECK(std::get<policy::SphereCondition>(engine::as_read_by(profile, *document, {}).rules.front().conditions.front()).tokens == std::vector<std::string>{""});
  for (const auto& parameter : engine::parameters_of(profile)) CHECK(parameter.key != "publ-cache");
}

TEST_CASE("a period counts for every later rule that has one") {
  const auto valid = [](const std::string& from, const std::string& until) { return "<validity><from>" + from + "</from><until>" + until + "</until></validity>"; };
  const auto rules = seen(rule("a", kBob + valid("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")) + rule("b", kBob + valid("2020-01-01T00:00:00Z", "2020-02-01T00:00:00Z")) + rule("c", kBob));
  const auto pairs = [&](std::size_t number) {
    for (const auto& condition : rules.rules[number].conditions)
      if (const auto* validity = std::get_if<policy::ValidityCondition>(&condition)) return validity->pairs.size();
    return std::size_t{0};
  };
  CHECK((pairs(0) == 1 && pairs(1) == 2 && pairs(2) == 0));
  // Without an end the walk stops when it has begun.
  CHECK(outline(seen(rule("a", kBob + "<validity><from>2026-01-01T00:00:00Z</from></validity>"))) == ":none a:allow :none");
}

TEST_CASE("times as the SER family reads them") {
  const auto utc = [](const std::string& text) { return parse_rfc3339(text)->seconds; };
  CHECK(engine::parse_ser_time("2026-06-01T12:00:00Z", 0) == utc("2026-06-01T12:00:00Z"));
  CHECK(engine::parse_ser_time("2026-06-01T12:00:00Z", 3 * 3600) == utc("2026-06-01T09:00:00Z"));  // Z is local
  CHECK(engine::parse_ser_time("2026-06-01T12:00:00+02:00", 0) == utc("2026-06-01T10:00:00Z"));
  CHECK(engine::parse_ser_time("2026-06-01T12:00:00-02:30", 0) == utc("2026-06-01T14:30:00Z"));
  CHECK(engine::parse_ser_time("2026-06-01T12:00:00.999", 0) == utc("2026-06-01T12:00:00Z"));
  CHECK(engine::parse_ser_time("2026-02-30T00:00:00Z", 0) == utc("2026-03-02T00:00:00Z"));
  CHECK(engine::parse_ser_time("1969-12-31T23:59:59Z", 0) == -1);
  for (const char* text : {"", "soon", "2026-06-01", "2026-13-01T00:00:00Z", "2026-06-01T25:00:00Z", "2026-06-01T12:00:00z", "99999999999999999999-01-01T00:00:00Z", "2026-06-01T"}) {
    INFO(text);
    CHECK(engine::parse_ser_time(text, 0) == 0);
  }
}

TEST_CASE("departures have a section each, and their names once") {
  std::set<std::string_view> keys;
  for (const auto& departure : engine::departures_of(*engine::find_profile("kamailio"))) {
    CHECK(keys.insert(departure.key).second);
    CHECK((departure.rfc.starts_with("RFC ") || departure.rfc.starts_with("XML ") || departure.rfc.starts_with("Namespaces ") || departure.rfc.starts_with("OMA ")));
  }
  CHECK(keys.size() == 35);
  CHECK(engine::departures_of(engine::rfc()).empty());
}

TEST_CASE("a later version knows occurrence-id by its name, and was not run") {
  const auto selector = [](const std::string& name, const std::string& version) {
    const auto rules = seen("<rule id='a'><conditions>" + kBob + "</conditions><actions><pr:sub-handling>allow</pr:sub-handling></actions><transformations><pr:provide-services><pr:" + name +
                                ">t1</pr:" + name + "></pr:provide-services></transformations></rule>",
                            {{"version", version}});
    return rules.rules.front().transformations.front().children.front().name;
  };
  CHECK(selector("occurrence-id", "5.6") == "occurrence-id");
  CHECK(selector("occurence-id", "5.6") == "occurence-id");
  // What the filter knows is `occurence-id`.
  CHECK(selector("occurrence-id", "later") == "occurence-id");
  CHECK(selector("occurence-id", "later") == "occurrence-id");
  engine::Profile later = *engine::find_profile("kamailio");
  REQUIRE(!engine::set_parameter(later, "version", "later"));
  CHECK(later.evidence == engine::Evidence::source);
  CHECK(later.version.empty());
  CHECK(engine::designation(later) == "kamailio,version=later");
  CHECK(engine::assumptions(later).front().starts_with("a later version was not run"));
  const auto departures = engine::departures_of(later);
  CHECK(departures.size() == engine::departures_of(*engine::find_profile("kamailio")).size() - 1);
  CHECK(std::all_of(departures.begin(), departures.end(), [](const auto& each) { return each.evidence == engine::Evidence::source; }));
  REQUIRE(!engine::set_parameter(later, "version", "5.6"));
  CHECK(later.evidence == engine::Evidence::run);
  CHECK(later.version == "5.6.3");
  CHECK(engine::set_parameter(later, "version", "6").has_value());
}

}  // namespace presproof
