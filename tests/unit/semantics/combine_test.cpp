#include <catch2/catch.hpp>

#include "rules.h"
#include "semantics/combine.h"

using namespace presproof;
using namespace presproof::test;
using engine::Reading;
using geo::CivicLevel;
using policy::AttributePermission;
using policy::ComponentKind;
using policy::SelectorKind;
using policy::SubHandling;
using policy::UserInput;
using semantics::Permissions;

namespace {

const policy::Request kBob = by("sip:bob@example.com");

/// The permissions of rules that all match, which must not depend on their order.
template <class... Rules>
Permissions together(const semantics::Options& options, Rules... permissions) {
  std::vector<policy::Rule> rules;
  (rules.push_back(rule("r" + std::to_string(rules.size()), {}, permissions)), ...);
  const Permissions forwards = permissions_of(rules, kBob, options);
  std::reverse(rules.begin(), rules.end());
  CHECK(permissions_of(rules, kBob, options) == forwards);
  return forwards;
}

policy::ProvideLocation rounding(double nominal_m, double latitude_deg, double longitude_deg) {
  policy::GeodeticGrant grant{.radius_m = nominal_m, .rounding = policy::GeodeticGrant::Rounding{latitude_deg, longitude_deg}};
  return {.geodetic = grant, .civic = CivicLevel::none};
}

}  // namespace

TEST_CASE("the example of RFC 4745 section 10.3 combines to TRUE, 12, o") {
  const auto who = [](std::string_view name) { return identity({one("sip:" + std::string(name) + "@example.com")}); };
  const auto when = [](std::string_view from, std::string_view until) { return valid(from, until); };
  const std::string_view a1 = "2003-12-24T17:00:00+01:00";
  const std::string_view a2 = "2003-12-24T21:00:00+01:00";
  const std::string_view a3 = "2003-12-24T23:30:00+01:00";
  const std::string_view b1 = "2003-12-22T17:00:00+01:00";
  const std::string_view b2 = "2003-12-23T17:00:00+01:00";
  const auto x = [](bool value) { return provide(AttributePermission::mood, value); };
  const auto y = [](std::int64_t value) { return policy::SetRetentionExpiry{value}; };
  const UserInput plus = UserInput::full;
  const UserInput o = UserInput::thresholds;
  const UserInput minus = UserInput::bare;
  const policy::Policy policy = policy_of({
      rule("1", {who("bob"), sphere({"home"}), when(a1, a2)}, grants(x(true), y(10), o)),
      rule("2", {who("alice"), sphere({"work"}), when(a1, a2)}, grants(x(false), y(5), plus)),
      rule("3", {who("bob"), sphere({"work"}), when(a1, a2)}, grants(x(true), y(3), minus)),
      rule("4", {who("tom"), sphere({"work"}), when(a1, a2)}, grants(x(true), y(5), plus)),
      rule("5", {who("bob"), sphere({"work"}), when(a1, a3)}, grants(y(12), o)),
      rule("6", {who("bob"), sphere({"work"}), when(b1, b2)}, grants(x(false), y(10), minus)),
  });
  policy::Request request = kBob;
  request.state.time = at("2003-12-24T17:15:00+01:00");
  request.state.sphere = "work";

  const semantics::Decision decision = semantics::Evaluator(policy, {}).decide(request);

  CHECK(decision.matched == std::vector<policy::RuleRef>{{0, 2}, {0, 4}});
  CHECK(decision.permissions.attributes[static_cast<std::size_t>(AttributePermission::mood)]);
  CHECK(decision.permissions.set_retention_expiry_s == 12);
  CHECK(decision.permissions.user_input == o);
  CHECK(decision.granted_by.find("provide-mood")->second == std::vector<policy::RuleRef>{{0, 2}});
  CHECK(decision.granted_by.find("set-retention-expiry")->second == std::vector<policy::RuleRef>{{0, 4}});
  CHECK(decision.granted_by.find("provide-user-input")->second == std::vector<policy::RuleRef>{{0, 4}});
}

TEST_CASE("nothing matches: every permission is at its default") {
  const Permissions none = permissions_of({rule("r", {identity({one("sip:carol@example.com")})}, grants(SubHandling::allow))}, kBob);
  CHECK(none == Permissions{});
  CHECK(none.sub_handling == SubHandling::block);
}

TEST_CASE("sub-handling and user-input combine to their maximum") {
  CHECK(together({}, grants(SubHandling::allow), grants(SubHandling::block)).sub_handling == SubHandling::allow);
  CHECK(together({}, grants(SubHandling::polite_block), grants(SubHandling::confirm)).sub_handling == SubHandling::polite_block);
  CHECK(together({}, grants(SubHandling::confirm), grants()).sub_handling == SubHandling::confirm);
  CHECK(together({}, grants(UserInput::bare), grants(UserInput::thresholds), grants(UserInput::none)).user_input ==
        UserInput::thresholds);
}

TEST_CASE("booleans combine by OR") {
  for (std::size_t i = 0; i < policy::kAttributePermissions; ++i) {
    const auto attribute = static_cast<AttributePermission>(i);
    const Permissions both = together({}, grants(provide(attribute, false)), grants(provide(attribute, true)));
    for (std::size_t j = 0; j < policy::kAttributePermissions; ++j) CHECK(both.attributes[j] == (i == j));
    CHECK_FALSE(together({}, grants(provide(attribute, false)), grants()).attributes[i]);
  }
  CHECK(together({}, grants(policy::ProvideAllAttributes{}), grants()).all_attributes);
}

TEST_CASE("provide-all-attributes is not expanded") {
  const Permissions all = together({}, grants(policy::ProvideAllAttributes{}));
  CHECK(all.all_attributes);
  CHECK(all.attributes == std::array<bool, policy::kAttributePermissions>{});
  CHECK(all.user_input == UserInput::none);
  CHECK(!all.location.radius_m);
}

TEST_CASE("components combine to their union, and selectors stay beside all") {
  const Permissions devices =
      together({}, grants(select(ComponentKind::device, SelectorKind::class_, {"biz", "home"})),
               grants(select(ComponentKind::device, SelectorKind::class_, {"biz"}),
                      select(ComponentKind::device, SelectorKind::device_id, {"urn:uuid:1"})),
               grants(all_of(ComponentKind::device)));
  const semantics::ProvidedComponents& provided = devices.components[static_cast<std::size_t>(ComponentKind::device)];
  CHECK(provided.all);
  CHECK(provided.values[static_cast<std::size_t>(SelectorKind::class_)] == std::set<std::string>{"biz", "home"});
  CHECK(provided.values[static_cast<std::size_t>(SelectorKind::device_id)] == std::set<std::string>{"urn:uuid:1"});
  CHECK(provided.any());
  CHECK_FALSE(devices.components[static_cast<std::size_t>(ComponentKind::person)].any());
}

TEST_CASE("unknown attributes combine to those that some rule sets to true") {
  const Permissions both = together({}, grants(policy::ProvideUnknownAttribute{"urn:x", "foo", true}),
                                    grants(policy::ProvideUnknownAttribute{"urn:x", "foo", false},
                                           policy::ProvideUnknownAttribute{"urn:x", "bar", false}));
  CHECK(both.unknown_attributes == std::set<std::pair<std::string, std::string>>{{"urn:x", "foo"}});
}

TEST_CASE("two radii: the finest or the coarsest, as the reading says") {
  CHECK(together(presence_options(), grants(radius(500)), grants(radius(5000))).location.radius_m == 500);
  CHECK(together(presence_options({Reading::geo_radius}), grants(radius(500)), grants(radius(5000))).location.radius_m == 5000);
}

TEST_CASE("exact counts as radius 0 under both readings") {
  CHECK(together(presence_options(), grants(exact_and_full()), grants(radius(500))).location.radius_m == 0);
  CHECK(together(presence_options({Reading::geo_radius}), grants(exact_and_full()), grants(radius(500))).location.radius_m == 500);
  CHECK(together(presence_options({Reading::geo_radius}), grants(exact_and_full()), grants(radius(500))).location.civic == CivicLevel::full);
}

TEST_CASE("a permission given twice in one rule combines like two rules") {
  CHECK(together(presence_options(), grants(radius(500), radius(5000))).location.radius_m == 500);
  CHECK(together(presence_options({Reading::geo_radius}), grants(radius(5000), radius(500))).location.radius_m == 5000);
  CHECK(together({}, grants(SubHandling::block, SubHandling::allow)).sub_handling == SubHandling::allow);
}

TEST_CASE("an absent radius is exact or no grant at all") {
  const auto nothing = presence_options({Reading::geo_radius_absent});
  CHECK(together(presence_options(), grants(geo_without_radius())).location.radius_m == 0);
  CHECK(!together(nothing, grants(geo_without_radius())).location.radius_m);
  CHECK(together(presence_options(), grants(geo_without_radius()), grants(radius(500))).location.radius_m == 0);
  CHECK(together(nothing, grants(geo_without_radius()), grants(radius(500))).location.radius_m == 500);
  CHECK(together(presence_options({Reading::geo_radius}), grants(geo_without_radius()), grants(radius(500))).location.radius_m == 500);
}

TEST_CASE("the civic level is the highest") {
  CHECK(together({}, grants(civic(CivicLevel::city)), grants(civic(CivicLevel::region)), grants(civic(CivicLevel::none))).location.civic ==
        CivicLevel::city);
  CHECK(!together({}, grants(civic(CivicLevel::city))).location.radius_m);
}

TEST_CASE("rounding travels with the grant that wins") {
  const auto coarsest = presence_options({Reading::geo_radius});
  CHECK(together({}, grants(rounding(3000, 0.1, 0.1)), grants(radius(500))).location.rounding == std::nullopt);
  const auto rounded = together(coarsest, grants(rounding(3000, 0.1, 0.2)), grants(radius(500))).location;
  CHECK(rounded.radius_m == 3000);
  CHECK(rounded.rounding == policy::GeodeticGrant::Rounding{0.1, 0.2});
}

TEST_CASE("of equal radii the circle is the finer one, then the smaller step") {
  const auto coarsest = presence_options({Reading::geo_radius});
  CHECK(!together({}, grants(rounding(3000, 0.1, 0.1)), grants(radius(3000))).location.rounding);
  CHECK(together(coarsest, grants(rounding(3000, 0.1, 0.1)), grants(radius(3000))).location.rounding);
  CHECK(together({}, grants(rounding(3000, 0.1, 0.3)), grants(rounding(3000, 0.1, 0.2))).location.rounding->longitude_deg == 0.2);
  CHECK(together(coarsest, grants(rounding(3000, 0.1, 0.3)), grants(rounding(3000, 0.1, 0.2))).location.rounding->longitude_deg == 0.3);
}

TEST_CASE("retention is the longest, and zero is not nothing") {
  CHECK(together({}, grants(policy::SetRetentionExpiry{60}), grants(policy::SetRetentionExpiry{86400}), grants()).set_retention_expiry_s == 86400);
  CHECK(together({}, grants(policy::SetRetentionExpiry{0})).set_retention_expiry_s == 0);
  CHECK(!together({}, grants()).set_retention_expiry_s);
}

TEST_CASE("all distinct note-well texts are kept, those without a language first") {
  const Permissions notes = together({}, grants(policy::SetNoteWell{"en", "b"}), grants(policy::SetNoteWell{"en", "a"}),
                                     grants(policy::SetNoteWell{std::nullopt, "z"}), grants(policy::SetNoteWell{"en", "a"}));
  const std::vector<policy::SetNoteWell> sorted(notes.set_note_well.begin(), notes.set_note_well.end());
  CHECK(sorted == std::vector<policy::SetNoteWell>{{std::nullopt, "z"}, {"en", "a"}, {"en", "b"}});
}

TEMPLATE_TEST_CASE("the booleans of RFC 6772 are true, false or left alone", "", policy::SetRetransmissionAllowed,
                   policy::KeepRuleReference) {
  const auto value = [](const Permissions& permissions) {
    return std::is_same_v<TestType, policy::SetRetransmissionAllowed> ? permissions.set_retransmission_allowed
                                                                      : permissions.keep_rule_reference;
  };
  const auto is_false = presence_options({Reading::set_boolean_absent});
  const TestType yes{true};
  const TestType no{false};
  CHECK(value(together({}, grants(), grants())) == std::nullopt);
  CHECK(value(together(is_false, grants(), grants())) == std::nullopt);
  CHECK(value(together({}, grants(yes), grants(no), grants())) == true);
  CHECK(value(together(is_false, grants(yes), grants(no), grants())) == true);
  CHECK(value(together({}, grants(no), grants())) == std::nullopt);
  CHECK(value(together(is_false, grants(no), grants())) == false);
  CHECK(value(together({}, grants(no), grants(no))) == false);
  CHECK(value(together({}, grants(no, yes))) == true);
}

TEST_CASE("rules that do not match combine into nothing and silence nobody") {
  const Permissions permissions = permissions_of(
      {rule("a", {}, grants(policy::SetRetransmissionAllowed{false})), rule("b", {unknown_condition()}, grants(SubHandling::allow))}, kBob);
  CHECK(permissions.set_retransmission_allowed == false);
  CHECK(permissions.sub_handling == SubHandling::block);
}

TEST_CASE("in geolocation usage a matching rule is a grant and RFC 5025's permissions are unknown") {
  const auto options = geolocation_options();
  const Permissions granted =
      together(options, grants(SubHandling::block, radius(500), all_of(ComponentKind::person), provide(AttributePermission::mood),
                               UserInput::full, policy::ProvideAllAttributes{}, policy::ProvideUnknownAttribute{"urn:x", "foo", true},
                               policy::SetRetentionExpiry{60}));
  Permissions expected;
  expected.sub_handling = SubHandling::allow;
  expected.location.radius_m = 500;
  expected.set_retention_expiry_s = 60;
  CHECK(granted == expected);
  CHECK(permissions_of({rule("r", {unknown_condition()}, grants(radius(500)))}, kBob, options) == Permissions{});
}
