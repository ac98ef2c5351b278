#include <catch2/catch.hpp>

#include "rules.h"
#include "semantics/combine.h"

using namespace presproof;
using namespace presproof::test;
using engine::Reading;
using geo::CivicLevel;
using policy::AttributePermission;
using policy::ComponentKind;
using policy::RuleRef;
using policy::SelectorKind;
using policy::SubHandling;
using policy::UserInput;

namespace {

using GrantedBy = std::map<std::string, std::vector<RuleRef>, std::less<>>;

semantics::Decision decide(std::vector<policy::Rule> rules, const semantics::Options& options = {}) {
  const policy::Policy policy = policy_of(std::move(rules));
  return semantics::Evaluator(policy, options).decide(by("sip:bob@example.com"));
}

}  // namespace

TEST_CASE("each sub-handling has its response and subscription state") {
  const auto answer = [](SubHandling handling, const semantics::Options& options) {
    return decide({rule("r", {}, grants(handling))}, options);
  };
  const semantics::Decision block = answer(SubHandling::block, {});
  CHECK(block.response == semantics::Response{403, "Forbidden"});
  CHECK(block.subscription_state == "terminated;reason=rejected");
  const semantics::Decision confirm = answer(SubHandling::confirm, {});
  CHECK(confirm.response == semantics::Response{202, "Accepted"});
  CHECK(confirm.subscription_state == "pending");
  CHECK(answer(SubHandling::confirm, presence_options({Reading::pending_code})).response == semantics::Response{200, "OK"});
  for (const SubHandling active : {SubHandling::polite_block, SubHandling::allow}) {
    CHECK(answer(active, {}).response == semantics::Response{200, "OK"});
    CHECK(answer(active, {}).subscription_state == "active");
  }
}

TEST_CASE("without any matching rule the watcher is blocked") {
  const semantics::Decision decision = decide({});
  CHECK(decision.response == semantics::Response{403, "Forbidden"});
  CHECK(decision.matched.empty());
  CHECK(decision.granted_by.empty());
}

TEST_CASE("a location server answers no subscriptions") {
  const semantics::Decision granted = decide({rule("r", {}, grants(radius(500)))}, geolocation_options());
  CHECK(granted.permissions.sub_handling == SubHandling::allow);
  CHECK(!granted.response);
  CHECK(granted.subscription_state.empty());
  CHECK(granted.granted_by == GrantedBy{{"sub-handling", {{0, 0}}}, {"provide-location", {{0, 0}}}});
  const semantics::Decision refused = decide({rule("r", {unknown_condition()}, grants(radius(500)))}, geolocation_options());
  CHECK(refused.permissions.sub_handling == SubHandling::block);
  CHECK(!refused.response);
  CHECK(refused.subscription_state.empty());
}

TEST_CASE("matched rules come by document as given, then position") {
  policy::Policy policy = policy_of({rule("a", {}, {}), rule("b", {unknown_condition()}, {}), rule("c", {}, {})});
  policy.documents.push_back(policy.documents.front());
  const auto decision = semantics::Evaluator(policy, {}).decide(by_nobody());
  CHECK(decision.matched == std::vector<RuleRef>{{0, 0}, {0, 2}, {1, 0}, {1, 2}});
}

TEST_CASE("every rule that gives the final value is named, and no other") {
  const semantics::Decision decision = decide({
      rule("allow", {}, grants(SubHandling::allow, UserInput::bare, provide(AttributePermission::mood))),
      rule("block", {}, grants(SubHandling::block, UserInput::full, provide(AttributePermission::mood, false))),
      rule("allow too", {}, grants(SubHandling::allow, provide(AttributePermission::mood))),
  });
  CHECK(decision.granted_by == GrantedBy{{"sub-handling", {{0, 0}, {0, 2}}},
                                         {"provide-user-input", {{0, 1}}},
                                         {"provide-mood", {{0, 0}, {0, 2}}}});
}

TEST_CASE("for a set every rule that put something in is named") {
  const semantics::Decision decision = decide({
      rule("a", {}, grants(select(ComponentKind::service, SelectorKind::class_, {"biz"}))),
      rule("b", {}, grants(all_of(ComponentKind::service), policy::ProvideUnknownAttribute{"urn:x", "foo", true})),
      rule("c", {}, grants(policy::ProvideComponents{.kind = ComponentKind::service, .all = false, .values = {}},
                           policy::ProvideUnknownAttribute{"urn:x", "foo", false})),
      rule("d", {}, grants(policy::SetNoteWell{std::nullopt, "keep it"}, policy::ProvideAllAttributes{})),
  });
  CHECK(decision.granted_by == GrantedBy{{"provide-services", {{0, 0}, {0, 1}}},
                                         {"provide-unknown-attribute", {{0, 1}}},
                                         {"set-note-well", {{0, 3}}},
                                         {"provide-all-attributes", {{0, 3}}}});
}

TEST_CASE("location is given by the rule of the final radius and the rule of the final civic level") {
  const std::vector<policy::Rule> rules = {rule("fine", {}, grants(radius(500))), rule("coarse", {}, grants(radius(5000))),
                                           rule("city", {}, grants(civic(CivicLevel::city))),
                                           rule("region", {}, grants(civic(CivicLevel::region)))};
  CHECK(decide(rules).granted_by == GrantedBy{{"provide-location", {{0, 0}, {0, 2}}}});
  CHECK(decide(rules, presence_options({Reading::geo_radius})).granted_by == GrantedBy{{"provide-location", {{0, 1}, {0, 2}}}});
}

TEST_CASE("a set boolean names the rules that say what it became") {
  const std::vector<policy::Rule> rules = {rule("no", {}, grants(policy::KeepRuleReference{false})), rule("silent", {}, {})};
  CHECK(decide(rules).granted_by.empty());
  CHECK(decide(rules, presence_options({Reading::set_boolean_absent})).granted_by == GrantedBy{{"keep-rule-reference", {{0, 0}}}});
  CHECK(decide({rule("zero", {}, grants(policy::SetRetentionExpiry{0}, policy::SetRetransmissionAllowed{false}))}).granted_by ==
        GrantedBy{{"set-retention-expiry", {{0, 0}}}, {"set-retransmission-allowed", {{0, 0}}}});
}

TEST_CASE("the fast path forgets what it was given before") {
  const policy::Policy policy = policy_of({
      rule("bob", {identity({one("sip:bob@example.com")})},
           grants(SubHandling::allow, radius(500), policy::SetNoteWell{"en", "x"}, policy::KeepRuleReference{true},
                  all_of(ComponentKind::person), select(ComponentKind::device, SelectorKind::class_, {"biz"}),
                  provide(AttributePermission::mood), UserInput::full, policy::ProvideAllAttributes{},
                  policy::SetRetransmissionAllowed{true}, policy::SetRetentionExpiry{5}, policy::ProvideUnknownAttribute{"a", "b", true})),
  });
  const semantics::Evaluator evaluator(policy, {});
  semantics::Permissions permissions;
  evaluator.permissions(by("sip:bob@example.com"), permissions);
  CHECK(permissions.sub_handling == SubHandling::allow);
  CHECK(permissions == evaluator.decide(by("sip:bob@example.com")).permissions);
  evaluator.permissions(by("sip:carol@example.com"), permissions);
  CHECK(permissions == semantics::Permissions{});
}

TEST_CASE("permission names are the contract's, in its order") {
  const std::vector<std::string_view> contract = {
      "sub-handling",        "provide-devices",      "provide-persons",       "provide-services",     "provide-activities",
      "provide-class",       "provide-deviceID",     "provide-mood",          "provide-place-is",     "provide-place-type",
      "provide-privacy",     "provide-relationship", "provide-sphere",        "provide-status-icon",  "provide-time-offset",
      "provide-user-input",  "provide-note",         "provide-unknown-attribute", "provide-all-attributes", "provide-location",
      "set-retransmission-allowed", "set-retention-expiry", "set-note-well",   "keep-rule-reference"};
  const auto names = semantics::permission_names();
  CHECK(std::vector<std::string_view>(names.begin(), names.end()) == contract);
}
