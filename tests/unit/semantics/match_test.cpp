#include <catch2/catch.hpp>

#include "geo/geodesic.h"
#include "rules.h"
#include "semantics/match.h"

using namespace presproof;
using namespace presproof::test;
using engine::Reading;

namespace {

bool matches_identity(std::vector<policy::IdentityMatcher> matchers, const policy::Request& request,
                      const semantics::Options& options = {}) {
  return semantics::matches(rule("r", {identity(std::move(matchers))}, {}), request, options);
}

bool matches_with(policy::Condition condition, const policy::State& state) {
  policy::Request request = by("sip:bob@example.com");
  request.state = state;
  return semantics::matches(rule("r", {std::move(condition)}, {}), request, {});
}

policy::State in_sphere(std::optional<std::string> value) {
  policy::State state = by("sip:bob@example.com").state;
  state.sphere = std::move(value);
  return state;
}

policy::State at_time(std::string_view time) {
  policy::State state;
  state.time = at(time);
  return state;
}

policy::State at_place(std::optional<geo::Shape> shape, std::optional<geo::CivicAddress> address = std::nullopt) {
  policy::State state = by("sip:bob@example.com").state;
  state.location = {std::move(shape), std::move(address)};
  return state;
}

}  // namespace

TEST_CASE("a rule without conditions matches everybody, the unauthenticated too") {
  CHECK(semantics::matches(rule("r", {}, {}), by("sip:bob@example.com"), {}));
  CHECK(semantics::matches(rule("r", {}, {}), by_nobody(), {}));
}

TEST_CASE("one matches an equivalent identity of the same scheme") {
  CHECK(matches_identity({one("sip:bob@example.com")}, by("sip:bob@EXAMPLE.com")));
  CHECK_FALSE(matches_identity({one("sip:bob@example.com")}, by("sip:Bob@example.com")));
  CHECK_FALSE(matches_identity({one("sip:bob@example.com")}, by("sips:bob@example.com")));
  CHECK_FALSE(matches_identity({one("sip:bob@example.com")}, by("sip:carol@example.com")));
  CHECK_FALSE(matches_identity({one("sip:bob@example.com")}, by_nobody()));
}

TEST_CASE("the children of an identity are alternatives") {
  const std::vector<policy::IdentityMatcher> both = {one("sip:bob@example.com"), one("tel:+12125551234")};
  CHECK(matches_identity(both, by("sip:bob@example.com")));
  CHECK(matches_identity(both, by("tel:+1-212-555-1234")));
  CHECK_FALSE(matches_identity(both, by("tel:+12125551235")));
}

TEST_CASE("any of several asserted identities matches one") {
  CHECK(matches_identity({one("tel:+12125551234")}, by({"sip:bob@example.com", "tel:+12125551234"})));
  CHECK_FALSE(matches_identity({one("tel:+12125551234")}, by({"sip:bob@example.com", "sip:bob@example.org"})));
}

TEST_CASE("two identity elements must both hold") {
  const policy::Rule both = rule("r", {identity({one("sip:bob@example.com")}), identity({one("tel:+12125551234")})}, {});
  CHECK(semantics::matches(both, by({"sip:bob@example.com", "tel:+12125551234"}), {}));
  CHECK_FALSE(semantics::matches(both, by("sip:bob@example.com"), {}));
}

TEST_CASE("many without a domain is every authenticated watcher") {
  CHECK(matches_identity({many()}, by("sip:anybody@elsewhere.example")));
  CHECK(matches_identity({many()}, by("tel:+12125551234")));
  CHECK_FALSE(matches_identity({many()}, by_nobody()));
}

TEST_CASE("many of a domain is that domain, not its subdomains, and tel has none") {
  CHECK(matches_identity({many_of("example.com")}, by("sip:bob@example.com")));
  CHECK(matches_identity({many_of("Example.COM")}, by("mailto:bob@example.com")));
  CHECK_FALSE(matches_identity({many_of("example.com")}, by("sip:bob@sub.example.com")));
  CHECK_FALSE(matches_identity({many_of("sub.example.com")}, by("sip:bob@example.com")));
  CHECK_FALSE(matches_identity({many_of("example.com")}, by("tel:+12125551234")));
}

TEST_CASE("a domain without an ASCII form equals no domain") {
  policy::Many nowhere{.domain = policy::Domain{"bad domain", std::nullopt, {}}, .excepts = {}, .never = false, .span = {}};
  CHECK_FALSE(matches_identity({nowhere}, by("tel:+12125551234")));
  CHECK_FALSE(matches_identity({nowhere}, by("sip:bob@example.com")));
  policy::Except except{.id = std::nullopt, .domain = policy::Domain{"bad domain", std::nullopt, {}}, .span = {}};
  CHECK(matches_identity({many({except})}, by("tel:+12125551234")));
}

TEST_CASE("except takes away by id and by domain") {
  CHECK_FALSE(matches_identity({many({except_id("sip:bob@example.com")})}, by("sip:bob@example.com")));
  CHECK(matches_identity({many({except_id("sip:bob@example.com")})}, by("sip:carol@example.com")));
  CHECK_FALSE(matches_identity({many({except_domain("example.com")})}, by("sip:carol@example.com")));
  CHECK(matches_identity({many({except_domain("example.com")})}, by("sip:carol@example.org")));
  CHECK_FALSE(matches_identity({many_of("example.com", {except_domain("example.com")})}, by("sip:carol@example.com")));
}

TEST_CASE("an except with id and domain excludes by either, one with neither excludes nobody") {
  policy::Except either = except_id("sip:bob@example.com");
  either.domain = domain("example.org");
  CHECK_FALSE(matches_identity({many({either})}, by("sip:bob@example.com")));
  CHECK_FALSE(matches_identity({many({either})}, by("sip:anybody@example.org")));
  CHECK(matches_identity({many({either})}, by("sip:carol@example.com")));
  CHECK(matches_identity({many({policy::Except{}})}, by("sip:bob@example.com")));
}

TEST_CASE("one excepted identity excludes the whole watcher from that many") {
  const policy::Request bob = by({"sip:bob@example.com", "sip:bob@example.org"});
  CHECK_FALSE(matches_identity({many({except_id("sip:bob@example.org")})}, bob));
  CHECK_FALSE(matches_identity({many_of("example.com", {except_domain("example.org")})}, bob));
  CHECK(matches_identity({many({except_id("sip:bob@example.org")}), one("sip:bob@example.com")}, bob));
}

TEST_CASE("a many with an unknown child and an unknown identity element are false") {
  policy::Many never{.domain = std::nullopt, .excepts = {}, .never = true, .span = {}};
  CHECK_FALSE(matches_identity({never}, by("sip:bob@example.com")));
  CHECK(matches_identity({never, one("sip:bob@example.com")}, by("sip:bob@example.com")));
  CHECK_FALSE(matches_identity({policy::UnknownIdentity{"urn:x", "everybody", {}}}, by("sip:bob@example.com")));
  CHECK_FALSE(matches_identity({policy::UnknownIdentity{"urn:x", "everybody", {}}}, by_nobody(),
                               presence_options({Reading::empty_identity})));
}

TEST_CASE("an empty identity is for nobody or for the unauthenticated, as the reading says") {
  CHECK_FALSE(matches_identity({}, by_nobody()));
  CHECK_FALSE(matches_identity({}, by("sip:bob@example.com")));
  CHECK(matches_identity({}, by_nobody(), presence_options({Reading::empty_identity})));
  CHECK_FALSE(matches_identity({}, by("sip:bob@example.com"), presence_options({Reading::empty_identity})));
}

TEST_CASE("a sphere matches one of the tokens without case, and an undefined one nothing") {
  CHECK(matches_with(sphere({"home", "WORK"}), in_sphere("work")));
  CHECK(matches_with(sphere({"home"}), in_sphere("Home")));
  CHECK_FALSE(matches_with(sphere({"home"}), in_sphere("work")));
  CHECK_FALSE(matches_with(sphere({"home"}), in_sphere("homework")));
  CHECK_FALSE(matches_with(sphere({"home"}), in_sphere(std::nullopt)));
  CHECK_FALSE(matches_with(sphere({}), in_sphere("home")));
}

TEST_CASE("beyond ASCII a sphere compares as it is") {
  CHECK(matches_with(sphere({"Caf\xC3\xA9"}), in_sphere("caf\xC3\xA9")));
  CHECK_FALSE(matches_with(sphere({"caf\xC3\x89"}), in_sphere("caf\xC3\xA9")));
}

TEST_CASE("validity holds from its first instant until just before its last") {
  const policy::Condition office = valid("2026-06-01T09:00:00Z", "2026-06-01T17:00:00Z");
  CHECK_FALSE(matches_with(office, at_time("2026-06-01T08:59:59.999999999Z")));
  CHECK(matches_with(office, at_time("2026-06-01T09:00:00Z")));
  CHECK(matches_with(office, at_time("2026-06-01T18:59:59.999999999+02:00")));
  CHECK_FALSE(matches_with(office, at_time("2026-06-01T17:00:00Z")));
}

TEST_CASE("the pairs of a validity are alternatives, and an unordered pair never holds") {
  policy::ValidityCondition condition{{pair("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
                                       pair("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")},
                                      {}};
  CHECK(matches_with(condition, at_time("2026-01-15T00:00:00Z")));
  CHECK_FALSE(matches_with(condition, at_time("2026-02-15T00:00:00Z")));
  CHECK(matches_with(condition, at_time("2026-03-15T00:00:00Z")));
  policy::ValidityCondition open{{{at("2026-01-01T00:00:00Z"), std::nullopt, {}}, {std::nullopt, at("2027-01-01T00:00:00Z"), {}}}, {}};
  CHECK_FALSE(matches_with(open, at_time("2026-03-15T00:00:00Z")));
}

TEST_CASE("a circle holds for a place at most its radius away, and for areas completely within") {
  const geo::Position center{52.52, 13.405};
  const policy::Condition home = within({geo::Circle{center, 200}});
  CHECK(matches_with(home, at_place(center)));
  CHECK(matches_with(home, at_place(geo::destination(center, 30, 199.99))));
  CHECK_FALSE(matches_with(home, at_place(geo::destination(center, 30, 200.01))));
  CHECK(matches_with(home, at_place(geo::Circle{geo::destination(center, 90, 50), 100})));
  CHECK_FALSE(matches_with(home, at_place(geo::Circle{geo::destination(center, 90, 150), 100})));
  CHECK_FALSE(matches_with(home, at_place(std::nullopt)));
  CHECK_FALSE(matches_with(home, at_place(std::nullopt, geo::CivicAddress{{"country", "DE"}})));
}

TEST_CASE("a civic location holds when every field is equal") {
  const policy::Condition munich = within({policy::CivicLocation{{{"country", "DE"}, {"A3", "Munich"}}}});
  CHECK(matches_with(munich, at_place(std::nullopt, geo::CivicAddress{{"country", "DE"}, {"A1", "Bavaria"}, {"A3", "Munich"}})));
  CHECK_FALSE(matches_with(munich, at_place(std::nullopt, geo::CivicAddress{{"country", "DE"}, {"A3", "munich"}})));
  CHECK_FALSE(matches_with(munich, at_place(std::nullopt, geo::CivicAddress{{"A3", "Munich"}})));
  CHECK_FALSE(matches_with(munich, at_place(geo::Position{48.1, 11.6})));
  CHECK_FALSE(matches_with(within({policy::CivicLocation{}}), at_place(std::nullopt, geo::CivicAddress{{"country", "DE"}})));
}

TEST_CASE("an unknown location profile is false and leaves the known ones") {
  const geo::Position center{52.52, 13.405};
  CHECK_FALSE(matches_with(within({policy::UnknownLocation{"relative"}}), at_place(center)));
  CHECK(matches_with(within({policy::UnknownLocation{"relative"}, geo::Circle{center, 1}}), at_place(center)));
}

TEST_CASE("an unknown condition is false whatever else holds") {
  CHECK_FALSE(semantics::matches(rule("r", {identity({one("sip:bob@example.com")}), unknown_condition()}, {}),
                                 by("sip:bob@example.com"), {}));
}
