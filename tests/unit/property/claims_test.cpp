#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "unit/property/parsing.h"

namespace presproof::property {
namespace {

using policy::AttributePermission;
using policy::ComponentKind;
using policy::SelectorKind;
using policy::SubHandling;
using policy::UserInput;
using testing::claim_of;
using testing::claim_problem;
using testing::property_of;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

ComponentShown selected(ComponentKind kind, SelectorKind selector, const std::string& value) {
  return {kind, ComponentShown::Selector{selector, value}};
}

LocationShown finer_than(double metres, std::optional<geo::CivicLevel> level) { return {metres, level}; }

TEST_CASE("handling is compared exactly, from below or from above") {
  CHECK(claim_of("handling allow") == ClaimAtom(Handling{Comparison::exactly, SubHandling::allow}));
  CHECK(claim_of("handling at least confirm") == ClaimAtom(Handling{Comparison::at_least, SubHandling::confirm}));
  CHECK(claim_of("handling at most polite-block") ==
        ClaimAtom(Handling{Comparison::at_most, SubHandling::polite_block}));
  CHECK(claim_of("handling block") == ClaimAtom(Handling{Comparison::exactly, SubHandling::block}));
}

TEST_CASE("components are claimed whole or by a selector that suits them") {
  CHECK(claim_of("devices") == ClaimAtom(ComponentShown{ComponentKind::device, {}}));
  CHECK(claim_of("persons") == ClaimAtom(ComponentShown{ComponentKind::person, {}}));
  CHECK(claim_of("services") == ClaimAtom(ComponentShown{ComponentKind::service, {}}));
  CHECK(claim_of("services with class \"biz\"") ==
        ClaimAtom(selected(ComponentKind::service, SelectorKind::class_, "biz")));
  CHECK(claim_of("persons with id \"p1\"") ==
        ClaimAtom(selected(ComponentKind::person, SelectorKind::occurrence_id, "p1")));
  CHECK(claim_of("services with uri \"sip:a@b\"") ==
        ClaimAtom(selected(ComponentKind::service, SelectorKind::service_uri, "sip:a@b")));
  CHECK(claim_of("devices with uri \"urn:device:1\"") ==
        ClaimAtom(selected(ComponentKind::device, SelectorKind::device_id, "urn:device:1")));
  CHECK(claim_of("services with scheme \"sip\"") ==
        ClaimAtom(selected(ComponentKind::service, SelectorKind::service_uri_scheme, "sip")));
}

TEST_CASE("a selector that the component does not have is a problem") {
  CHECK(claim_problem("devices with scheme \"sip\"") ==
        "1:33+6: devices have no scheme [devices are selected by `class`, `id` or `uri`]");
  CHECK(claim_problem("persons with uri \"sip:a@b\"") ==
        "1:33+3: persons have no uri [persons are selected by `class` or `id`]");
  CHECK(claim_problem("persons with clas \"a\"") ==
        "1:33+4: expected `class`, `id`, `uri` or `scheme`, found `clas` [did you mean `class`?]");
  CHECK(claim_problem("services with class biz") ==
        "1:40+3: expected the value in quotes, found `biz` [write it in quotes: `\"biz\"`]");
  CHECK(claim_problem("services with class \" \"") == "1:40+3: the value is empty");
}

TEST_CASE("every attribute of RFC 5025 section 3.3.2 has its word") {
  const std::vector<std::pair<std::string, AttributePermission>> words = {
      {"activities", AttributePermission::activities},   {"class", AttributePermission::class_},
      {"deviceID", AttributePermission::device_id},      {"mood", AttributePermission::mood},
      {"place-is", AttributePermission::place_is},       {"place-type", AttributePermission::place_type},
      {"privacy", AttributePermission::privacy},         {"relationship", AttributePermission::relationship},
      {"sphere", AttributePermission::sphere},           {"status-icon", AttributePermission::status_icon},
      {"time-offset", AttributePermission::time_offset}, {"note", AttributePermission::note}};
  REQUIRE(words.size() == policy::kAttributePermissions);
  for (const auto& [word, attribute] : words) CHECK(claim_of(word) == ClaimAtom(AttributeShown{attribute}));
}

TEST_CASE("user-input alone is bare or more") {
  CHECK(claim_of("user-input") == ClaimAtom(UserInputShown{UserInput::bare}));
  CHECK(claim_of("user-input at least bare") == ClaimAtom(UserInputShown{UserInput::bare}));
  CHECK(claim_of("user-input at least thresholds") == ClaimAtom(UserInputShown{UserInput::thresholds}));
  CHECK(claim_of("user-input at least full") == ClaimAtom(UserInputShown{UserInput::full}));
  CHECK(claim_problem("user-input at least false") == "1:40+5: expected `bare`, `thresholds` or `full`, found `false`");
}

TEST_CASE("the claims without operands") {
  CHECK(claim_of("all-attributes") == ClaimAtom(AllAttributesShown{}));
  CHECK(claim_of("anything") == ClaimAtom(AnythingShown{}));
  CHECK(claim_of("retransmission") == ClaimAtom(RetransmissionAllowed{}));
  CHECK(claim_of("rule \"friends\"") == ClaimAtom(RuleMatches{"friends"}));
}

TEST_CASE("an unknown attribute is named with its namespace") {
  CHECK(claim_of("attribute \"foo\" \"urn:x\"") == ClaimAtom(UnknownAttributeShown{"foo", "urn:x"}));
  CHECK(claim_of("attribute \"geopriv\" \"urn:ietf:params:xml:ns:pidf:geopriv10\"") ==
        ClaimAtom(UnknownAttributeShown{"geopriv", "urn:ietf:params:xml:ns:pidf:geopriv10"}));
  CHECK(claim_of("attribute \"card\" \"urn:ietf:params:xml:ns:pidf:cipid\"") ==
        ClaimAtom(UnknownAttributeShown{"card", "urn:ietf:params:xml:ns:pidf:cipid"}));
  CHECK(claim_problem("attribute \"x:foo\" \"urn:x\"") ==
        "1:30+7: `\"x:foo\"` is not the name of an element [write the name without a prefix, then the namespace]");
  CHECK(claim_problem("attribute \"foo\"") ==
        "1:35+0: expected the namespace of the element in quotes, found the end of the text");
}

TEST_CASE("an element with a permission of its own is no unknown attribute") {
  const std::string rpid = "urn:ietf:params:xml:ns:pidf:rpid";
  CHECK(claim_problem("attribute \"activities\" \"" + rpid + "\"") ==
        "1:30+12: the element `\"activities\"` is not an unknown attribute [claim `activities`]");
  CHECK(claim_problem("attribute \"user-input\" \"" + rpid + "\"") ==
        "1:30+12: the element `\"user-input\"` is not an unknown attribute [claim `user-input`]");
  CHECK(claim_problem("attribute \"contact\" \"urn:ietf:params:xml:ns:pidf\"") ==
        "1:30+9: the element `\"contact\"` is not an unknown attribute [claim `services`]");
  CHECK(claim_problem("attribute \"location-info\" \"urn:ietf:params:xml:ns:pidf:geopriv10\"") ==
        "1:30+15: the element `\"location-info\"` is not an unknown attribute [claim `location`]");
  CHECK(claim_problem("attribute \"civicAddress\" \"urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr\"") ==
        "1:30+14: the element `\"civicAddress\"` is not an unknown attribute [claim `location`]");
  CHECK(claim_problem("attribute \"activities\" \"urn:x\"").empty());
}

TEST_CASE("location finer than a length counts the civic levels below it") {
  CHECK(claim_of("location finer than 5 km") == ClaimAtom(finer_than(5000, geo::CivicLevel::building)));
  CHECK(claim_of("location finer than 10 km") == ClaimAtom(finer_than(10'000, geo::CivicLevel::building)));
  CHECK(claim_of("location finer than 10.001 km") == ClaimAtom(finer_than(10'001, geo::CivicLevel::city)));
  CHECK(claim_of("location finer than 50 m") == ClaimAtom(finer_than(50, geo::CivicLevel::full)));
  CHECK(claim_of("location finer than 5 m") == ClaimAtom(finer_than(5, std::nullopt)));
  CHECK(claim_of("location finer than 1000 km") == ClaimAtom(finer_than(1'000'000, geo::CivicLevel::region)));
  CHECK(claim_of("location finer than 1001 km") == ClaimAtom(finer_than(1'001'000, geo::CivicLevel::country)));
}

TEST_CASE("location alone is any, and exact location is radius 0 or the full address") {
  CHECK(claim_of("location") == ClaimAtom(finer_than(kInfinity, geo::CivicLevel::country)));
  CHECK(claim_of("exact location") == ClaimAtom(finer_than(kExactRadiusOnly, geo::CivicLevel::full)));
  CHECK(0 < kExactRadiusOnly);
  CHECK(std::nextafter(0.0, 1.0) == kExactRadiusOnly);
}

TEST_CASE("geodetic and civic claims leave the other part out") {
  CHECK(claim_of("geodetic finer than 200 m") == ClaimAtom(LocationShown{200.0, std::nullopt}));
  CHECK(claim_of("civic finer than none") == ClaimAtom(LocationShown{std::nullopt, geo::CivicLevel::country}));
  CHECK(claim_of("civic finer than city") == ClaimAtom(LocationShown{std::nullopt, geo::CivicLevel::building}));
  CHECK(claim_of("civic finer than building") == ClaimAtom(LocationShown{std::nullopt, geo::CivicLevel::full}));
  CHECK(claim_problem("civic finer than full") ==
        "1:37+4: nothing is finer than `full` [write `civic finer than building` for an address shown in full]");
  CHECK(claim_problem("civic finer than town") ==
        "1:37+4: expected `none`, `country`, `region`, `city`, `building` or `full`, found `town`");
  CHECK(claim_problem("geodetic") == "1:28+0: expected `finer`, found the end of the text");
}

TEST_CASE("kilometres are exact where metres are") {
  CHECK(std::get<LocationShown>(claim_of("geodetic finer than 4.35 km")).geodetic_below_m == 4350.0);
  CHECK(std::get<LocationShown>(claim_of("geodetic finer than 0.3km")).geodetic_below_m == 300.0);
  CHECK(std::get<LocationShown>(claim_of("geodetic finer than 1e1 km")).geodetic_below_m == 10'000.0);
}

TEST_CASE("a length is a number above 0 with a unit") {
  CHECK(claim_problem("location finer than 0 m") ==
        "1:40+1: a length is above 0 [for an exact location write `exact location`]");
  CHECK(claim_problem("location finer than -5 m") ==
        "1:40+2: a length is above 0 [for an exact location write `exact location`]");
  CHECK(claim_problem("location finer than 5 miles") == "1:42+5: expected `m` or `km`, found `miles`");
  CHECK(claim_problem("location finer than 5mi") == "1:41+2: expected `m` or `km`, found `mi`");
  CHECK(claim_problem("location finer than 5") == "1:41+0: expected `m` or `km`, found the end of the text");
  CHECK(claim_problem("location finer than 5.5.5 m") == "1:40+5: `5.5.5` is not a number");
  CHECK(claim_problem("location finer than 1e400 m") == "1:40+5: `1e400` is not a number");
  CHECK(claim_problem("location finer than far") == "1:40+3: expected a length such as `5 km` or `200 m`, found `far`");
}

TEST_CASE("a duration is a whole number with a unit") {
  CHECK(claim_of("retention longer than 90 s") == ClaimAtom(RetentionLongerThan{90}));
  CHECK(claim_of("retention longer than 15 min") == ClaimAtom(RetentionLongerThan{900}));
  CHECK(claim_of("retention longer than 24 h") == ClaimAtom(RetentionLongerThan{86'400}));
  CHECK(claim_of("retention longer than 30d") == ClaimAtom(RetentionLongerThan{2'592'000}));
  CHECK(claim_of("retention longer than 0 s") == ClaimAtom(RetentionLongerThan{0}));
  CHECK(claim_problem("retention longer than 1.5 h") == "1:42+3: `1.5` is not a whole number of 0 or more");
  CHECK(claim_problem("retention longer than -1 h") == "1:42+2: `-1` is not a whole number of 0 or more");
  CHECK(claim_problem("retention longer than 5 m") == "1:44+1: expected `s`, `min`, `h` or `d`, found `m`");
  CHECK(claim_problem("retention longer than 99999999999999999999 s") == "1:42+20: the duration is too long");
  CHECK(claim_problem("retention longer than 9223372036854775807 s") == "1:42+19: the duration is too long");
  CHECK(claim_problem("retention longer than 200000000000000 d") == "1:42+15: the duration is too long");
  CHECK(claim_problem("retention longer than a day") ==
        "1:42+1: expected a duration such as `90 s`, `15 min`, `24 h` or `30 d`, found `a`");
}

TEST_CASE("not binds closer than and, and closer than or") {
  const auto claim = property_of("for everyone never not mood and note or sphere").claim;
  REQUIRE(claim.op == Operator::or_);
  REQUIRE(claim.operands.size() == 2);
  REQUIRE(claim.operands[0].op == Operator::and_);
  REQUIRE(claim.operands[0].operands.size() == 2);
  CHECK(claim.operands[0].operands[0].op == Operator::not_);
  CHECK(claim.operands[0].operands[0].operands.at(0).atom == ClaimAtom(AttributeShown{AttributePermission::mood}));
  CHECK(claim.operands[0].operands[1].atom == ClaimAtom(AttributeShown{AttributePermission::note}));
  CHECK(claim.operands[1].atom == ClaimAtom(AttributeShown{AttributePermission::sphere}));
}

TEST_CASE("parentheses group, and a chain of one operator is one node") {
  const auto claim = property_of("for everyone never mood and (note or sphere) and class").claim;
  REQUIRE(claim.op == Operator::and_);
  REQUIRE(claim.operands.size() == 3);
  CHECK(claim.operands[1].op == Operator::or_);
  CHECK(property_of("for everyone never ((mood))").claim.op == Operator::atom);
}

TEST_CASE("claims nest 64 levels and no deeper") {
  const auto nested = [](std::size_t levels) { return std::string(levels, '(') + "mood" + std::string(levels, ')'); };
  CHECK(claim_problem(nested(std::size_t{64})).empty());
  CHECK(claim_problem(nested(std::size_t{64} + 1)) ==
        "1:85+4: nested deeper than 64 levels [split it, or give its parts names with `group`]");
  std::string nots;
  for (int i = 0; i < 100'000; ++i) nots += "not ";
  CHECK(claim_problem(nots + "mood") ==
        "1:280+3: nested deeper than 64 levels [split it, or give its parts names with `group`]");
}

TEST_CASE("an effective length is that of the nominal radius which leaves it") {
  const auto shown = std::get<LocationShown>(claim_of("effective location finer than 1.8 km"));
  CHECK(shown.effective);
  CHECK(*shown.geodetic_below_m == Approx(1800 / std::sqrt(0.13)));
  CHECK(*shown.geodetic_below_m < 5000);
  // Civic levels have no nominal area: their declared resolution is compared with the length as it is.
  CHECK(shown.civic_at_least == geo::CivicLevel::building);
  CHECK(std::get<LocationShown>(property_of("for everyone never mood or effective location finer than 5 km").claim.operands.at(1).atom).effective);
  CHECK_FALSE(std::get<LocationShown>(claim_of("location finer than 5 km")).effective);
}

TEST_CASE("a claim over any subscription is a never about what is shown") {
  const auto events = [](const std::string& claim) -> std::size_t {
    const auto property = property_of("for everyone never " + claim);
    return property.subscription ? property.subscription->events : 0;
  };
  CHECK(events("mood over any subscription") == Subscription::kUsualEvents);
  CHECK(events("location finer than 5 km over any subscription of 9 events") == 9);
  CHECK(events("location or not services over any subscription of 1 event") == 1);
  CHECK(events("location finer than 5 km over time") == 0);
  CHECK(events("mood") == 0);
  CHECK(claim_problem("handling allow over any subscription").find("`over any subscription` is about what documents show") != std::string::npos);
  CHECK(claim_problem("mood and rule \"x\" over any subscription").find("leave out `handling`, `rule` and `over time`") != std::string::npos);
  CHECK(claim_problem("location over time over any subscription").find("is about what documents show") != std::string::npos);
  CHECK(claim_problem("mood over any subscription of 51 events").find("`51` is no number of events from 1 to 50") != std::string::npos);
  CHECK(claim_problem("mood over any subscription of some events").find("`some` is no number of events") != std::string::npos);
  CHECK(claim_problem("mood over any").find("expected `subscription`") != std::string::npos);
  CHECK(claim_problem("mood over everything").find("over") != std::string::npos);
  CHECK(testing::problem_of("property \"p\": for everyone always mood over any subscription").find("only a `never` can be `over any subscription`") != std::string::npos);
}

TEST_CASE("a claim over time keeps its length, and stands alone") {
  const auto over_time = [](const std::string& text) { return std::get<LocationShown>(claim_of(text)).over_time; };
  CHECK(over_time("location finer than 5 km over time")->length_m == 5000);
  CHECK(over_time("effective location finer than 5 km over time")->length_m == 5000);
  CHECK(over_time("geodetic finer than 200 m over time")->length_m == 200);
  CHECK(over_time("location over time").has_value());
  CHECK_FALSE(over_time("location over time")->length_m);
  CHECK_FALSE(over_time("exact location over time")->length_m);
  CHECK_FALSE(over_time("civic finer than city over time")->length_m);
  CHECK(over_time("location finer than 5 km over time")->resolution[2] == 10'000);
  CHECK_FALSE(over_time("location finer than 5 km"));
  const std::string combined =
      ": a claim `over time` cannot be combined with others: it is not about one state [make it a property of its own]";
  CHECK(claim_problem("exact location over time and mood") == "1:20+5" + combined);
  CHECK(claim_problem("not location over time") == "1:24+8" + combined);
  CHECK(claim_problem("location finer than 5 km over tme") ==
        "1:50+3: expected `time`, found `tme` [did you mean `time`?]");
  CHECK(claim_problem("mood over time") == "1:25+4: expected `and`, `or` or the end of the text, found `over`");
}

TEST_CASE("an unknown claim is met with the nearest one") {
  CHECK(claim_problem("activites") == "1:20+9: expected a claim, found `activites` [did you mean `activities`?]");
  CHECK(claim_problem("Mood") == "1:20+4: expected a claim, found `Mood` [did you mean `mood`?]");
  CHECK(claim_problem("xyzzy") ==
        "1:20+5: expected a claim, found `xyzzy` [claims are `location`, `handling`, `services`, `activities` and "
        "others; presproof-props(5) lists them]");
  CHECK(claim_problem("location finr than 5 km") ==
        "1:29+4: expected `finer`, `over`, `and`, `or` or the end of the text, found `finr` [did you mean `finer`?]");
  CHECK(claim_problem("handling alow") ==
        "1:29+4: expected `at`, `block`, `confirm`, `polite-block` or `allow`, found `alow` [did you mean `allow`?]");
  CHECK(claim_problem("handling at lest allow") ==
        "1:32+4: expected `least` or `most`, found `lest` [did you mean `least`?]");
  CHECK(claim_problem("exact") == "1:25+0: expected `location`, found the end of the text");
  CHECK(claim_problem("retention") == "1:29+0: expected `longer`, found the end of the text");
  CHECK(claim_problem("rule friends") ==
        "1:25+7: expected the id of a rule in quotes, found `friends` [write it in quotes: `\"friends\"`]");
  CHECK(claim_problem("(mood or note").starts_with("1:33+0: expected `and`, `or` or `)`, found the end of the text"));
}

}  // namespace
}  // namespace presproof::property
