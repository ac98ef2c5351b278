// Whom and when a property speaks of, decided for one request.

#include "claims/scope.h"

#include <catch2/catch.hpp>

namespace presproof {
namespace {

using namespace property;

policy::Watcher watcher(const std::vector<std::string>& identities) {
  policy::Watcher result;
  for (const auto& identity : identities) result.identities.push_back(uri::parse(identity));
  return result;
}

Group members(const std::vector<std::string>& uris) {
  Group group;
  group.base = Members{watcher(uris).identities};
  return group;
}

policy::Request in_sphere(std::optional<std::string> sphere) {
  policy::Request request;
  request.state.sphere = std::move(sphere);
  return request;
}

}  // namespace

TEST_CASE("a watcher is a member by any of its identities, and gone by any that is taken away") {
  Group group = members({"sip:ann@one.example", "sip:ben@one.example"});
  CHECK(claims::in_group(group, watcher({"sip:%61nn@ONE.example"})));
  CHECK(claims::in_group(group, watcher({"sip:eve@one.example", "sip:ben@one.example"})));
  CHECK_FALSE(claims::in_group(group, watcher({})));
  group.minus.push_back(std::make_shared<Group>(members({"sip:eve@one.example"})));
  CHECK_FALSE(claims::in_group(group, watcher({"sip:eve@one.example", "sip:ben@one.example"})));
  CHECK(claims::in_group(group, watcher({"sip:ben@one.example"})));
}

TEST_CASE("a person is who asserts some of its identities and nothing else") {
  Group group;
  group.base = PersonMembers{{"ann", watcher({"sip:ann@one.example", "tel:+1"}).identities, {}}};
  CHECK(claims::in_group(group, watcher({"tel:+1"})));
  CHECK(claims::in_group(group, watcher({"tel:+1", "sip:ann@one.example"})));
  CHECK_FALSE(claims::in_group(group, watcher({"tel:+1", "sip:eve@one.example"})));
  CHECK_FALSE(claims::in_group(group, watcher({})));
}

TEST_CASE("an atom about the sphere compares without case, and undefined is only `undefined`") {
  CHECK(claims::guard_atom_holds(SphereIs{"Work"}, in_sphere("wORK")));
  CHECK_FALSE(claims::guard_atom_holds(SphereIs{"Work"}, in_sphere(std::nullopt)));
  CHECK(claims::guard_atom_holds(SphereIs{std::nullopt}, in_sphere(std::nullopt)));
  CHECK_FALSE(claims::guard_atom_holds(SphereIs{std::nullopt}, in_sphere("work")));
}

TEST_CASE("an unknown location is inside of nothing") {
  const Inside region{"somewhere", geo::Circle{{48, 11}, 1000}};
  policy::Request request;
  CHECK_FALSE(claims::guard_atom_holds(region, request));
  request.state.location.geodetic = geo::Position{48.001, 11};
  CHECK(claims::guard_atom_holds(region, request));
}

TEST_CASE("all guards and all intervals must hold, from the first instant until just before the last") {
  Property property;
  property.during = {{{100, 0}, {200, 0}}, {{150, 0}, {300, 0}}};
  Formula<GuardAtom> sphere;
  sphere.atom = SphereIs{"work"};
  property.guards.push_back(sphere);
  policy::Request request = in_sphere("work");
  request.state.time = {150, 0};
  CHECK(claims::guard_holds(property, request));
  request.state.time = {200, 0};
  CHECK_FALSE(claims::guard_holds(property, request));
  request.state.time = {149, 999'999'999};
  CHECK_FALSE(claims::guard_holds(property, request));
  request.state = in_sphere("home").state;
  request.state.time = {150, 0};
  CHECK_FALSE(claims::guard_holds(property, request));
}

}  // namespace presproof
