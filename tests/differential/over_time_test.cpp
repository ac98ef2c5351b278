// Claims over time against counting: for random rule sets, what is left at a place is counted point by point with the reference evaluator
// and the obfuscation algorithm itself; no polygons, no patterns, no classes of states.

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "generator/random_policy.h"
#include "geo/geodesic.h"
#include "geo/obfuscation.h"
#include "semantics/evaluator.h"
#include "verify/appearance.h"
#include "claims/scope.h"
#include "verify/verify.h"

namespace presproof {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::size_t kPolicies = 60;
#else
constexpr std::size_t kPolicies = 600;
#endif
constexpr int kPoints = 60;  // of a lattice's side

generator::Vocabulary vocabulary() {
  generator::Vocabulary vocabulary = generator::small_vocabulary();
  vocabulary.circles = {{{48.1, 11.5}, 500}, {{48.1, 11.5}, 3000}, {{48.12, 11.52}, 2000}, {{-17.0, 179.99}, 5000}};
  vocabulary.radii_m = {800, 1300, 5000};
  vocabulary.instants.resize(3);
  vocabulary.spheres.resize(2);
  return vocabulary;
}

/// A rule that shows every authenticated watcher a radius in a sphere, so that radii often meet.
policy::Rule radius_in_sphere(const std::string& id, const std::string& sphere, double radius_m) {
  policy::Rule rule;
  rule.id = id;
  rule.conditions = {policy::IdentityCondition{{policy::Many{}}, {}}, policy::SphereCondition{{sphere}, {}}};
  policy::ProvideComponents persons{policy::ComponentKind::person, true, {}};
  policy::ProvideLocation location;
  location.geodetic = policy::GeodeticGrant{radius_m, {}};
  rule.permissions = {{policy::SubHandling::allow, {}}, {std::move(persons), {}}, {std::move(location), {}}};
  return rule;
}

/// Rules without civic conditions: the counting knows one address only.
policy::Policy random_rules(Random& random, const generator::Vocabulary& words) {
  policy::Policy policy = generator::random_policy(random, words, {.documents = 1, .rules = 5, .older_dialect = false});
  for (const std::string& sphere : words.spheres) {
    if (random.chance(50)) policy.documents.front().rules.push_back(radius_in_sphere("in-" + sphere, sphere, random.pick(words.radii_m)));
  }
  for (policy::Rule& rule : policy.documents.front().rules) {
    for (policy::Condition& condition : rule.conditions) {
      if (auto* location = std::get_if<policy::LocationCondition>(&condition)) {
        std::erase_if(location->locations, [](const auto& alternative) { return std::holds_alternative<policy::CivicLocation>(alternative.where); });
      }
    }
  }
  return policy;
}

property::Property never_finer(double length_m, bool at_home, const generator::Vocabulary& words) {
  property::Property property;
  property.name = property.text = "counted";
  property.group = std::make_shared<const property::Group>(property::Group{property::Everyone{}, {}, {}});
  property.quantifier = property::Quantifier::never;
  property::LocationShown claim{length_m, {}};
  claim.over_time = property::OverTime{length_m, {}};
  property.claim = {property::Operator::atom, claim, {}};
  if (at_home) property.guards.push_back({property::Operator::atom, property::Inside{"home", words.circles[1]}, {}});
  return property;
}

/// What one watcher is left with at a place.
class Counting {
 public:
  Counting(const semantics::Evaluator& evaluator, const property::Property& property, const generator::Vocabulary& words)
      : evaluator_(evaluator), property_(property) {
    std::vector<Instant> times = {{words.instants.front().seconds - 3600, 0}};
    times.insert(times.end(), words.instants.begin(), words.instants.end());
    std::vector<std::optional<std::string>> spheres = {std::nullopt, "nowhere else"};
    spheres.insert(spheres.end(), words.spheres.begin(), words.spheres.end());
    for (const Instant time : times)
      for (const auto& sphere : spheres) states_.push_back({time, sphere, {}});
  }

  struct Count {
    double area_m2 = 0;
    double per_point_m2 = 0;
    std::optional<double> nominal_m;
  };
  /// Nothing when no radius bounds what is left.
  std::optional<Count> at(const policy::Watcher& watcher, geo::Position place) const {
    std::vector<policy::State> seen;
    std::vector<verify::Appearance> looks;
    std::set<double> radii;
    for (policy::State state : states_) {
      state.location.geodetic = place;
      if (!claims::guard_holds(property_, {watcher, state})) continue;
      looks.push_back(look(watcher, state));
      if (looks.back().geodetic) radii.insert(looks.back().geodetic->radius_m);
      seen.push_back(state);
    }
    if (radii.empty() || std::abs(place.latitude) > 69.9) return std::nullopt;
    if (*radii.begin() == 0) return Count{0, 0, {}};
    const double reach = *radii.begin();
    int in_cells = 0;
    int alike = 0;
    for (int row = 0; row < kPoints; ++row) {
      const geo::Position up = geo::destination(place, 0, ((row + 0.5) / kPoints * 2 - 1) * reach);
      for (int column = 0; column < kPoints; ++column) {
        const geo::Position point = geo::destination(up, 90, ((column + 0.5) / kPoints * 2 - 1) * reach);
        if (!std::all_of(radii.begin(), radii.end(), [&](double radius) { return same_cell(point, place, radius); })) continue;
        ++in_cells;
        bool same = true;
        for (std::size_t i = 0; i < seen.size() && same; ++i) {
          seen[i].location.geodetic = point;
          same = look(watcher, seen[i]) == looks[i];
        }
        if (same) ++alike;
      }
    }
    const double per_point = 4 * reach * reach / (kPoints * kPoints);
    Count count{alike * per_point, per_point, {}};
    if (radii.size() == 1 && alike == in_cells) count.nominal_m = reach;
    return count;
  }

 private:
  verify::Appearance look(const policy::Watcher& watcher, const policy::State& state) const {
    return verify::appearance_of(evaluator_.decide({watcher, state}), {evaluator_.policy(), evaluator_.options().usage, evaluator_.options().readings});
  }
  static bool same_cell(geo::Position a, geo::Position b, double radius_m) {
    const auto first = geo::grid_for(a.latitude, radius_m);
    const auto second = geo::grid_for(b.latitude, radius_m);
    // Beyond the antimeridian another part of the grid begins.
    if (!first || !second || first->origin_deg != second->origin_deg || std::abs(a.longitude - b.longitude) > 180) return false;
    return geo::cell_at(a, *first) == geo::cell_at(b, *second);
  }

  const semantics::Evaluator& evaluator_;
  const property::Property& property_;
  std::vector<policy::State> states_;
};

/// What the radius of that area lies between, given how coarse the lattice is.
double radius_at_most(const Counting::Count& count) {
  if (count.nominal_m) return *count.nominal_m;
  return std::sqrt((count.area_m2 * 1.1 + 12 * count.per_point_m2) / std::numbers::pi);
}
double radius_at_least(const Counting::Count& count) {
  if (count.nominal_m) return *count.nominal_m;
  return std::sqrt(std::max(count.area_m2 * 0.9 - 12 * count.per_point_m2, 0.0) / std::numbers::pi);
}

}  // namespace

TEST_CASE("verdicts over time agree with counting points") {
  const auto words = vocabulary();
  std::size_t proved = 0;
  std::size_t violated = 0;
  std::size_t refuted_by_region = 0;
  std::size_t refuted_by_pair = 0;
  std::size_t counted = 0;
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    Random random(seed * 104729);
    auto policy = random_rules(random, words);
    // Every fourth by OMA's rules, by which those of one kind keep others from giving anything.
    const bool by_oma = seed % 4 == 0;
    for (policy::Rule& rule : policy.documents.front().rules) rule.rank = by_oma ? static_cast<std::uint8_t>(random.below(2)) : 0;
    const double length = std::vector<double>{200, 300, 500, 800, 1300}[random.below(5)];
    const property::Properties properties{{never_finer(length, random.chance(60), words)}, {}};
    verify::Options options;
    options.timeout_s = 0;
    if (by_oma) options.profile = engine::find_profile("oma");
    const auto readings = generator::random_readings(random);
    for (const auto& row : engine::all_readings()) options.fixed[static_cast<std::size_t>(row.reading)] = readings.alternative(row.reading);
    const auto result = verify::verify(policy, properties, options).front();
    const semantics::Evaluator evaluator(policy, {options.usage, options.profile, readings});
    const Counting counting(evaluator, properties.properties.front(), words);
    INFO("seed " << seed << ", length " << length << ", " << verify::kVerdictNames[static_cast<std::size_t>(result.verdict)] << ": " << result.reason);
    if (result.verdict == verify::Verdict::violated) {
      ++violated;
      const auto& request = result.counterexample->request;
      const auto place = std::get<geo::Position>(request.state.location.geodetic.value());
      const auto count = counting.at(request.watcher, place);
      if (result.second && result.second->request.state.location.geodetic != request.state.location.geodetic) ++refuted_by_region;
      if (result.second && result.second->request.state.location.geodetic == request.state.location.geodetic) ++refuted_by_pair;
      if (!count) continue;
      REQUIRE(radius_at_least(*count) < length);
      ++counted;
    }
    if (result.verdict != verify::Verdict::proved) continue;
    ++proved;
    for (int i = 0; i < 3; ++i) {
      const auto watcher = generator::random_request(random, words).watcher;
      if (watcher.identities.size() > 1) continue;  // no person was declared
      const auto& circle = random.pick(words.circles);
      const auto place = geo::destination(circle.center, static_cast<double>(random.below(360)), circle.radius_m * static_cast<double>(random.below(120)) / 100);
      const auto count = counting.at(watcher, place);
      if (!count) continue;
      INFO("at " << place.latitude << " " << place.longitude << ": " << count->area_m2 << " m2");
      REQUIRE(radius_at_most(*count) >= length);
      ++counted;
    }
  }
  INFO(proved << " proved, " << violated << " violated, " << refuted_by_region << " by region, " << refuted_by_pair << " by a pair of radii, " << counted << " counted");
  CHECK(proved > kPolicies / 10);
  CHECK(violated > kPolicies / 10);
  CHECK(refuted_by_region > kPolicies / 100);
  CHECK(refuted_by_pair > kPolicies / 100);
  CHECK(counted > kPolicies / 4);
}

}  // namespace presproof
