#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "policy/rule_set.h"

/// The policy of an organisation at its hardest, for benches and for tests of size: nothing in it is decided by a look at
/// what rules grant.
///
/// Every rule but the one for everybody has a validity window, spheres and a location condition, and each of the three overlaps
/// with those of many others: windows of one to four months in one year, one or two of three spheres, circles of 200 m to 40 km
/// around the towns of a country (a hundred rules per town). What a watcher gets comes from several rules
/// at once: handling, components, attributes and location are spread over them.
namespace presproof::generator {

/// `rules` rules for `identities` URIs of 20 domains, each rule for one to three of them; one rule of 250 is for a whole domain but one
/// of its members. `identities` is above 0.
[[nodiscard]] policy::Policy make_dense_policy(std::size_t rules, std::size_t identities, std::uint64_t seed);

/// Ten properties of such a policy, as a file of the property language: groups of one, a domain, everyone minus, a person; never, always,
/// sometimes; guards on time, sphere and place. Three are proved by windows, spheres and geometry, the others are not.
[[nodiscard]] std::string dense_policy_properties();

}  // namespace presproof::generator
