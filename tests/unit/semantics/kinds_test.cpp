// Decisions, documents and subscriptions of the engines that look for the first kind of rules that matches.

#include "filter_fixture.h"
#include "semantics/kaleo_life.h"
#include "semantics/mobicents_life.h"
#include "semantics/text_identity.h"

namespace presproof {
namespace {

using namespace test;
using policy::SubHandling;

const engine::Profile& profile(std::string_view name) { return *engine::find_profile(name); }

policy::Rule of_rank(policy::Rule rule, std::uint8_t rank) {
  rule.rank = rank;
  return rule;
}

SubHandling handling_for(const policy::Policy& policy, const policy::Request& request, std::string_view engine = "oma") {
  return semantics::Evaluator(policy, {policy::Usage::presence, &profile(engine), {}}).decide(request).permissions.sub_handling;
}

policy::Rule handles(const std::string& id, std::vector<policy::Condition> conditions, SubHandling handling) { return rule(id, std::move(conditions), grants(handling)); }

presence::Document phone(const std::string& status) { return read_presence("<tuple id='t1'><status>" + status + "</status><contact>sip:alice@example.com</contact></tuple>"); }

policy::RuleSet rules_of(std::vector<policy::Rule> rules) { return {"rules.xml", std::move(rules), true}; }

std::string outline(const semantics::LifeAnswer& answer) {
  std::string text = std::to_string(answer.code);
  for (const auto& notify : answer.notifies) {
    text += " " + notify.state + (notify.reason.empty() ? "" : "/" + notify.reason);
    if (notify.body) text += notify.body->parts.empty() ? ":empty" : shows(presence::write_document(*notify.body), "gml:pos") ? ":place" : ":document";
    if (notify.watchers) text += ":list";
  }
  return text;
}

const std::string kPlace = "<basic>open</basic><gp:geopriv><gp:location-info><gml:Point srsName='urn:ogc:def:crs:EPSG::4326'><gml:pos>48.1 11.6</gml:pos></gml:Point></gp:location-info><gp:usage-rules/></gp:geopriv>";
const uri::Uri kBob = uri::parse("sip:bob@example.com");

}  // namespace

TEST_CASE("of the kinds of which a rule matches, all of the first combine") {
  const policy::Condition bob = identity({one("sip:bob@example.com")});
  const policy::Condition company = identity({many_of("example.com")});
  const policy::Condition nobody = policy::IdentityCondition{{}, {}, true};
  const auto policy = policy_of({of_rank(handles("others", {identity({many()})}, SubHandling::allow), 2), of_rank(handles("bob", {bob}, SubHandling::block), 1),
                                 of_rank(handles("company", {company}, SubHandling::confirm), 1), of_rank(handles("hidden", {nobody}, SubHandling::polite_block), 0)});
  CHECK(handling_for(policy, by("sip:bob@example.com")) == SubHandling::confirm);
  CHECK(handling_for(policy, by("sip:x@elsewhere.example")) == SubHandling::allow);
  CHECK(handling_for(policy, by_nobody()) == SubHandling::polite_block);
  const auto decision = semantics::Evaluator(policy, {policy::Usage::presence, &profile("oma"), {}}).decide(by("sip:bob@example.com"));
  CHECK(decision.matched == std::vector<policy::RuleRef>{{0, 1}, {0, 2}});
}

TEST_CASE("identities as they stand: with port and parameters, or without") {
  const policy::IdentityCondition condition{{one("sip:bob@example.com"), many_of("example.org")}, {}};
  const auto holds = [&](const std::string& uri, std::string_view name) { return semantics::text_identity_holds(condition, *semantics::text_watcher({{uri::parse(uri)}}, profile(name)).watcher, profile(name).identity); };
  for (const char* name : {"mobicents", "kaleo"}) {
    CHECK(holds("sip:bob@example.com", name));
    CHECK(holds("sip:x@example.org", name));
    for (const char* other : {"sips:bob@example.com", "sip:x@mail.example.org", "tel:+1"}) CHECK_FALSE(holds(other, name));
  }
  for (const char* uri : {"sip:%62ob@example.com", "sip:bob@Example.com", "sip:bob@example.com:5060", "sip:bob@example.com;user=phone", "sip:x@example.org;lr"}) {
    CHECK_FALSE(holds(uri, "mobicents"));
    CHECK(holds(uri, "kaleo"));
  }
}

TEST_CASE("a sphere condition that is turned round holds outside", "[mobicents]") {
  const auto policy = policy_of({handles("home", {sphere({"home", "club"})}, SubHandling::allow)});
  auto request = by("sip:bob@example.com");
  CHECK(handling_for(policy, request, "mobicents") == SubHandling::allow);
  request.state.sphere = "Club";
  CHECK(handling_for(policy, request, "mobicents") == SubHandling::block);
  request.state.sphere = "work";
  CHECK(handling_for(policy, request, "mobicents") == SubHandling::allow);
}

TEST_CASE("RestComm's server shows the status of a service whole, and of others what is granted", "[mobicents]") {
  const presence::Document document = read_presence("<tuple id='t1'><status>" + kPlace + "</status><rpid:class>biz</rpid:class><rpid:privacy/><note>n</note><contact>sip:alice@example.com</contact></tuple>"
                                                    "<note>whole</note><dm:person id='p1'><rpid:mood/><rpid:user-input idle-threshold='5' last-input='2026-06-01T12:00:00Z'>idle</rpid:user-input>" +
                                                    kPlace.substr(kPlace.find("<gp:geopriv>")) + "</dm:person>");
  Filtering how;
  how.options.profile = &profile("mobicents");
  const auto text = [&](std::vector<policy::Permission> permissions) { return presence::write_document(*get(document, std::move(permissions), how)); };
  const policy::ProvideComponents services{policy::ComponentKind::service, true, {}};
  const policy::ProvideComponents persons{policy::ComponentKind::person, true, {}};
  const std::string service = text(grants(services));
  for (const char* shown : {"gml:pos", "<rpid:class>biz", "contact"}) CHECK(shows(service, shown));
  for (const char* hidden : {"privacy", "note", "person"}) CHECK_FALSE(shows(service, hidden));
  const std::string person = text(grants(persons, policy::ProvideAttribute{policy::AttributePermission::mood, true}, policy::UserInput::bare));
  CHECK(shows(person, "mood"));
  CHECK(shows(person, ">idle<"));
  for (const char* hidden : {"gml:pos", "last-input", "idle-threshold", "tuple"}) CHECK_FALSE(shows(person, hidden));
  CHECK(shows(text(grants(persons, policy::ProvideUnknownAttribute{"urn:ietf:params:xml:ns:pidf:geopriv10", "geopriv", true})), "gml:pos"));
  CHECK(shows(text(grants(persons, policy::ProvideAllAttributes{})), "whole"));
  policy::ProvideComponents by_class{policy::ComponentKind::service, false, {}};
  by_class.values[static_cast<std::size_t>(policy::SelectorKind::class_)] = {"biz"};
  CHECK(shows(text(grants(by_class)), "tuple"));
  by_class.values[static_cast<std::size_t>(policy::SelectorKind::class_)] = {"Biz"};
  CHECK_FALSE(shows(text(grants(by_class)), "tuple"));
}

TEST_CASE("RestComm's server sends the whole document when somebody publishes", "[mobicents]") {
  semantics::MobicentsLife life(profile("mobicents"), by_nobody().state);
  const policy::ProvideComponents persons{policy::ComponentKind::person, true, {}};
  policy::Rule none = handles("", {}, SubHandling::confirm);
  none.rank = 1;
  none.outcome = policy::Outcome::no_rule;
  const auto rules = [&](SubHandling handling) { return rules_of({rule("bob", {identity({one("sip:bob@example.com")})}, grants(handling, persons)), none}); };
  CHECK(outline(life.set_rules(rules(SubHandling::allow))) == "200");
  CHECK(outline(life.publish("a", phone(kPlace))) == "200");
  CHECK(outline(life.subscribe(kBob)) == "200 active:empty");
  CHECK(outline(life.refresh(kBob)) == "200 active:empty");
  CHECK(outline(life.publish("a", phone(kPlace))) == "200 active:place");
  // Whoever is politely blocked is told nothing, and sent everything.
  CHECK(outline(life.set_rules(rules(SubHandling::polite_block))) == "200");
  CHECK(outline(life.refresh(kBob)) == "200 active");
  CHECK(outline(life.publish("a", phone(kPlace))) == "200 active:place");
  CHECK(outline(life.set_rules(rules(SubHandling::confirm))) == "200 pending");
  CHECK(outline(life.publish("a", phone(kPlace))) == "200");
  CHECK(outline(life.set_rules(rules(SubHandling::allow))) == "200 active:empty");
  CHECK(outline(life.set_rules(std::nullopt)) == "200");
  CHECK(outline(life.set_rules(rules(SubHandling::block))) == "200 terminated/rejected");
  CHECK(outline(life.refresh(kBob)) == "481");
  CHECK(outline(life.subscribe(kBob)) == "403");
  CHECK(outline(life.subscribe(uri::parse("sip:x@elsewhere.example"), true)) == "202 pending");
  CHECK(outline(life.set_rules(std::nullopt)) == "200");
  CHECK(outline(life.subscribe(uri::parse("sip:y@elsewhere.example"))) == "200 active:place");
  CHECK(outline(life.refresh(uri::parse("sip:y@elsewhere.example"), true)) == "200 terminated/timeout");
  CHECK(outline(life.subscribe_to_watchers(kBob)) == "403");
}

TEST_CASE("Kaleo shows the document or an empty one, and the document to whom an upload makes `confirm`", "[kaleo]") {
  semantics::KaleoLife life(profile("kaleo"), by_nobody().state);
  const auto rules = [](SubHandling handling) { return rules_of({handles("bob", {identity({one("sip:bob@example.com")})}, handling)}); };
  CHECK(outline(life.subscribe(kBob)) == "403");
  CHECK(outline(life.publish("a", phone(kPlace))) == "200");
  life.store_rules(rules(SubHandling::confirm));
  CHECK(outline(life.subscribe(kBob)) == "202 pending:empty");
  CHECK(outline(life.publish("b", phone("<basic>open</basic>"))) == "200");
  CHECK(outline(life.set_rules(rules(SubHandling::polite_block))) == "200 active:empty");
  CHECK(outline(life.set_rules(rules(SubHandling::confirm))) == "200 pending:place");
  CHECK(outline(life.publish("b", phone("<basic>open</basic>"))) == "200 pending:place");
  // What was published first is the document.
  CHECK(outline(life.unpublish("a")) == "200 pending:document");
  life.store_rules(rules(SubHandling::block));
  CHECK(outline(life.refresh(kBob)) == "403");
  CHECK(outline(life.publish("a", phone(kPlace))) == "200 pending:document");
  CHECK(outline(life.subscribe_to_watchers(uri::parse("sip:x@elsewhere.example"))) == "200 active:list");
  CHECK(outline(life.set_rules(std::nullopt)) == "200 terminated:empty");
  life.store_rules(rules(SubHandling::allow));
  CHECK(outline(life.subscribe(kBob, true)) == "200 terminated:document");
  CHECK(outline(life.subscribe(kBob)) == "200 active:document");
  CHECK(outline(life.refresh(kBob, true)) == "200 terminated:document");
}

}  // namespace presproof
