// Whether two policies in which nothing is decided by a look give every watcher the same: the same rules in another order, and the same
// with every rule split in two by time, so that no rule of the one side is one of the other.

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <variant>

#include "bench/measuring.h"
#include "diff/compare.h"
#include "generator/dense_policy.h"

namespace presproof::bench {
namespace {

policy::Policy reversed(policy::Policy policy) {
  auto& rules = policy.documents.front().rules;
  std::reverse(rules.begin(), rules.end());
  return policy;
}

/// Each window of a rule in the middle, the two halves in rules of their own; a rule without a window stays.
policy::Policy split(const policy::Policy& policy) {
  policy::Policy result = policy;
  auto& rules = result.documents.front().rules;
  rules.clear();
  for (const policy::Rule& rule : policy.documents.front().rules) {
    policy::Rule first = rule;
    policy::Rule second = rule;
    bool cut = false;
    for (std::size_t i = 0; i < rule.conditions.size() && !cut; ++i) {
      const auto* window = std::get_if<policy::ValidityCondition>(&rule.conditions[i]);
      if (window == nullptr || window->pairs.size() != 1) continue;
      const policy::ValidityPair& pair = window->pairs.front();
      const Instant middle{(pair.from->seconds + pair.until->seconds) / 2, 0};
      std::get<policy::ValidityCondition>(first.conditions[i]).pairs.front().until = middle;
      std::get<policy::ValidityCondition>(second.conditions[i]).pairs.front().from = middle;
      cut = true;
    }
    second.id += "-later";
    rules.push_back(std::move(first));
    if (cut) rules.push_back(std::move(second));
  }
  return result;
}

}  // namespace

void measure_equivalence(const Bench&) {
  constexpr std::size_t rules = 10'000;
  const policy::Policy policy = generator::make_dense_policy(rules, rules, kSeed);
  diff::Options options;
  options.timeout_s = 0;
  const std::pair<const char*, policy::Policy> others[] = {{"in another order", reversed(policy)}, {"each rule split in two by time", split(policy)}};
  for (const auto& [what, other] : others) {
    const double seconds = median_of(3, [&, &same = other] {
      return seconds_of([&] {
        if (diff::compare(policy, same, options).verdict != diff::Verdict::equivalent) throw std::runtime_error("equivalent policies are found to differ");
      });
    });
    row(fmt::format("equivalence of two sets of {} dense rules: {} (library)", rules, what), fmt::format("{:.2f} s", seconds), "2 s");
  }
}

}  // namespace presproof::bench
