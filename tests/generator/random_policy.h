#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "engine/readings.h"
#include "generator/random.h"
#include "geo/civic.h"
#include "geo/position.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "uri/uri.h"

/// Random policies, requests, readings and properties over a vocabulary so small that they meet: for tests that compare
/// two deciders, and for benches. The same seed gives the same values everywhere.
namespace presproof::generator {

struct Vocabulary {
  std::vector<uri::Uri> named;      ///< URIs that rules and properties name
  std::vector<uri::Uri> spellings;  ///< other spellings of those, equivalent or nearly so: watchers only
  std::vector<uri::Uri> strangers;  ///< nobody names them; some are of a domain that is named
  std::vector<std::string> domains;
  std::vector<std::string> spheres;          ///< what rules name
  std::vector<std::string> sphere_variants;  ///< the same in another case, and another: states only
  std::vector<Instant> instants;             ///< ascending
  std::vector<geo::Circle> circles;
  std::vector<geo::Position> places;  ///< where chance would hardly put a target
  std::vector<geo::CivicAddress> addresses;  ///< each rule or region takes some of the fields of one
  std::vector<double> radii_m;
  std::vector<std::pair<std::string, std::string>> attributes;  ///< (namespace, name) of unknown attributes
  std::vector<std::string> rule_ids;
};

/// Seven URIs over two domains (two that differ in a parameter, one tel, one with an upper-case host), three spheres, six instants,
/// circles that are nested, overlapping, disjoint, at the antimeridian and around a pole.
[[nodiscard]] const Vocabulary& small_vocabulary();

/// The same with other circles: two that share a lens of five metres, one that sticks out of another by three, two that
/// cover the earth together, and one across their rims; and places in the lens and where the one sticks out.
[[nodiscard]] const Vocabulary& touching_vocabulary();

struct PolicySize {
  std::size_t documents = 2;   ///< at most
  std::size_t rules = 8;       ///< at most, over all documents; at least one
  std::size_t fewest_conditions = 0;
  std::size_t conditions = 3;  ///< at most, of one rule
  std::size_t permissions = 6;
  bool unknown = true;        ///< with conditions, identities and permissions that no specification has
  bool older_dialect = true;  ///< with roundings of coordinates
};

[[nodiscard]] policy::Policy random_policy(Random& random, const Vocabulary& vocabulary, const PolicySize& size = {});

struct RequestSize {
  std::size_t identities = 3;  ///< at most
  bool areas = false;          ///< with targets that are circles, not points
};

/// Times at and around the instants, places inside and outside of the circles and near their rims.
[[nodiscard]] policy::Request random_request(Random& random, const Vocabulary& vocabulary,
                                             const RequestSize& size = {});

[[nodiscard]] engine::Readings random_readings(Random& random);

struct PropertySize {
  std::size_t properties = 1;
  std::size_t depth = 2;  ///< of claims and guards: operators above each other
  bool location = true;   ///< with regions and claims about location
  /// When set: many claims are about what one of its rules gives.
  const policy::Policy* about = nullptr;
};

/// Properties over groups, guards and claims of every kind, and the persons that they name; now and then there are no persons.
[[nodiscard]] property::Properties random_properties(Random& random, const Vocabulary& vocabulary,
                                                     const PropertySize& size = {});

/// For benches: `rules` rules of one document that name `identities` URIs of 20 domains, each rule one to three of
/// them, with validity windows that overlap, spheres and location conditions, so that no rule covers another; two rules
/// more are for everybody and for a domain. A watcher is concerned by a number of rules that depends on rules /
/// identities alone.
[[nodiscard]] policy::Policy make_large_policy(std::size_t rules, std::size_t identities, std::uint64_t seed);
/// The URI number `index` of make_large_policy.
[[nodiscard]] uri::Uri large_policy_identity(std::size_t index);

}  // namespace presproof::generator
