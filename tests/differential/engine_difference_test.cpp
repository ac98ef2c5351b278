// Comparisons of two rule sets under an engine, and of an engine with the RFCs, against asking the evaluators: what is equivalent gives everybody the
// same, what differs is seen by some watcher, and it is so in exactly the circumstances that are told.

#include <catch2/catch.hpp>

#include "compare/compare.h"
#include "diff/compare.h"
#include "diff/grouping.h"
#include "engine_policies.h"
#include "semantics/evaluator.h"
#include "unit/explain/explaining.h"

namespace presproof {
namespace {

using differential::engine_vocabulary;
using differential::kEngines;
using differential::random_engine_policy;
using differential::random_watcher;
using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::uint64_t kPairs = 20;
#else
constexpr std::uint64_t kPairs = 1000;
#endif

bool same(const semantics::Decision& a, const semantics::Decision& b) {
  const bool allowed = a.permissions.sub_handling == policy::SubHandling::allow;
  const auto code = [](const semantics::Decision& decision) { return decision.response ? decision.response->code : 0; };
  if (a.permissions.sub_handling != b.permissions.sub_handling || code(a) != code(b) || a.subscription_state != b.subscription_state) return false;
  if (!allowed) return true;
  // Beside all attributes a finer or coarser location shows nothing else, and without a component none is shown.
  const bool carried = std::any_of(a.permissions.components.begin(), a.permissions.components.end(), [](const auto& component) { return component.any(); });
  const bool location_counts = carried && !a.permissions.all_attributes && a.permissions.unknown_attributes.empty();
  return a.permissions.components == b.permissions.components && (!location_counts || a.permissions.location == b.permissions.location) && a.transformations == b.transformations;
}

/// Every item about the answer, at random states, of every watcher of its group.
template <class Watchers>
std::size_t check_circumstances(const diff::ChangeGroup& group, const Watchers& watchers, const semantics::Evaluator& first, const semantics::Evaluator& second, Random& random,
                                const generator::Vocabulary& words) {
  std::size_t inside = 0;
  for (const auto& item : group.items) {
    if (item.permission != "sub-handling") continue;
    const auto is_changed = [&](const policy::Request& request) {
      return policy::to_string(first.decide(request).permissions.sub_handling) == item.before && policy::to_string(second.decide(request).permissions.sub_handling) == item.after;
    };
    INFO(item.before << " -> " << item.after);
    REQUIRE(is_changed(group.witness));
    if (!group.when.exact()) continue;
    for (int i = 0; i < 12; ++i) {
      const policy::Request request{watchers[group.watchers[random.below(group.watchers.size())]].watcher, generator::random_request(random, words, {.identities = 1, .areas = false}).state};
      const bool told = test::is_in(group.when, request.state);
      REQUIRE(told == is_changed(request));
      inside += told ? 1 : 0;
    }
  }
  return inside;
}

}  // namespace

TEST_CASE("what two rule sets give differently under an engine is what its evaluator gives differently") {
  const auto words = engine_vocabulary();
  std::size_t equivalent = 0;
  std::size_t different = 0;
  std::size_t inside = 0;
  Workers workers(2);
  for (std::uint64_t seed = 1; seed <= kPairs; ++seed) {
    Random random(seed * 15485863);
    const engine::Profile& profile = *engine::find_profile(kEngines[seed % kEngines.size()]);
    const policy::Policy before = random_engine_policy(random, words, profile);
    policy::Policy after = before;
    auto& rules = after.documents.front().rules;
    if (!rules.empty() && random.chance(50)) rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(random.below(rules.size())));
    else if (rules.size() > 1) std::swap(rules[0], rules[random.below(rules.size())]);
    diff::Options options;
    options.profile = &profile;
    const auto comparison = diff::compare(before, after, options);
    const semantics::Options how{options.usage, &profile, options.readings};
    const semantics::Evaluator old_side(before, how);
    const semantics::Evaluator new_side(after, how);
    INFO("seed " << seed << ", " << profile.name);
    for (int i = 0; i < 60; ++i) {
      const policy::Request request{random_watcher(random, words), generator::random_request(random, words, {.identities = 1, .areas = false}).state};
      if (same(old_side.decide(request), new_side.decide(request))) continue;
      INFO("request " << i << " of " << (request.watcher.identities.empty() ? std::string("nobody") : request.watcher.identities.front().text));
      REQUIRE(comparison.verdict != diff::Verdict::equivalent);
    }
    if (comparison.verdict == diff::Verdict::equivalent) ++equivalent;
    if (comparison.verdict != diff::Verdict::different) continue;
    ++different;
    for (const auto& change : comparison.changes) {
      const auto was = old_side.decide(change.witness);
      const auto is = new_side.decide(change.witness);
      REQUIRE((was.permissions != is.permissions || was.response != is.response || was.subscription_state != is.subscription_state || was.transformations != is.transformations));
    }
    for (const auto& group : diff::group_changes(before, after, comparison, options, workers))
      inside += check_circumstances(group, comparison.affected, old_side, new_side, random, words);
  }
  CHECK(equivalent > kPairs / 10);
  CHECK(different > kPairs / 5);
  CHECK(inside > kPairs / 2);
}

TEST_CASE("what an engine gives otherwise than the RFCs is so in exactly the circumstances that are told") {
  const auto words = engine_vocabulary();
  std::size_t inside = 0;
  Workers workers(2);
  for (std::uint64_t seed = 1; seed <= kPairs; ++seed) {
    Random random(seed * 32452843);
    const engine::Profile& profile = *engine::find_profile(kEngines[seed % kEngines.size()]);
    const policy::Policy policy = random_engine_policy(random, words, profile);
    const auto comparison = compare::compare(policy, policy, profile, {}, {}, workers);
    const semantics::Evaluator by_rfc(policy, {policy::Usage::presence, &engine::rfc(), {}});
    const semantics::Evaluator by_engine(policy, {policy::Usage::presence, &profile, {}});
    INFO("seed " << seed << ", " << profile.name);
    for (const auto& difference : comparison.differences) inside += check_circumstances(difference.group, comparison.watchers, by_rfc, by_engine, random, words);
  }
  CHECK(inside > kPairs);
}

}  // namespace presproof
