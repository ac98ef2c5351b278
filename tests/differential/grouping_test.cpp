// What is said of when a change holds, against the reference evaluator on random states.

#include <catch2/catch.hpp>

#include "diff/grouping.h"
#include "generator/random_policy.h"
#include "semantics/evaluator.h"
#include "unit/explain/explaining.h"

namespace presproof {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::uint64_t kPairs = 20;
#else
constexpr std::uint64_t kPairs = 120;
#endif

}  // namespace

TEST_CASE("a change of the answer holds in exactly the circumstances that are told") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t exact = 0;
  std::size_t inside = 0;
  Workers workers(2);
  for (std::uint64_t seed = 1; seed <= kPairs; ++seed) {
    Random random(seed * 15485863);
    const auto before = generator::random_policy(random, vocabulary);
    const auto after = generator::random_policy(random, vocabulary);
    diff::Options options;
    options.timeout_s = 0;
    const auto comparison = diff::compare(before, after, options);
    const semantics::Evaluator old_side(before, {options.usage, options.profile, options.readings});
    const semantics::Evaluator new_side(after, {options.usage, options.profile, options.readings});
    for (const auto& group : diff::group_changes(before, after, comparison, options, workers)) {
      for (const auto& item : group.items) {
        if (item.permission != "sub-handling") continue;
        const auto is_changed = [&](const policy::Request& request) {
          return policy::to_string(old_side.decide(request).permissions.sub_handling) == item.before && policy::to_string(new_side.decide(request).permissions.sub_handling) == item.after;
        };
        INFO("seed " << seed << ", " << item.before << " -> " << item.after);
        REQUIRE(is_changed(group.witness));
        if (!group.when.exact()) continue;
        ++exact;
        for (int i = 0; i < 20; ++i) {
          const auto& watcher = comparison.affected[group.watchers[random.below(group.watchers.size())]].watcher;
          const policy::Request request{watcher, generator::random_request(random, vocabulary, {.identities = 1, .areas = false}).state};
          const bool told = test::is_in(group.when, request.state);
          REQUIRE(told == is_changed(request));
          inside += told ? 1 : 0;
        }
      }
    }
  }
  CHECK(exact > kPairs);
  CHECK(inside > kPairs);
}

}  // namespace presproof
