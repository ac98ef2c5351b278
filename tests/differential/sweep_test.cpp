// What is proved is a function of the policy and the property: the number of threads, the order of the properties and the size of
// batches have no part in it.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <memory>
#include <vector>

#include "generator/dense_policy.h"
#include "generator/random_policy.h"
#include "property/parser.h"
#include "smt/sweep.h"
#include "verify/verify.h"

namespace presproof {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::uint64_t kSeeds = 10;
constexpr std::size_t kDenseRules = 300;
#else
constexpr std::uint64_t kSeeds = 60;
constexpr std::size_t kDenseRules = 1500;
#endif
constexpr std::uint32_t kRlimit = 20'000'000;

property::Properties dense_properties() {
  diag::Sources sources;
  const auto no_files = [](std::string_view, std::string_view) -> std::uint32_t { throw std::runtime_error("no file"); };
  return property::parse(sources, {sources.add("dense.props", generator::dense_policy_properties())}, {}, no_files, {});
}

void require_same(const std::optional<verify::Counterexample>& a, const std::optional<verify::Counterexample>& b) {
  REQUIRE(a.has_value() == b.has_value());
  if (!a) return;
  REQUIRE(a->request.watcher == b->request.watcher);
  REQUIRE(a->request.state == b->request.state);
  REQUIRE(a->readings == b->readings);
}

/// All but the time that was taken.
void require_same(const verify::Result& a, const verify::Result& b) {
  REQUIRE(a.verdict == b.verdict);
  require_same(a.counterexample, b.counterexample);
  require_same(a.second, b.second);
  REQUIRE(a.rules == b.rules);
  REQUIRE(a.reason == b.reason);
  REQUIRE(a.by_reading.size() == b.by_reading.size());
  for (std::size_t i = 0; i < a.by_reading.size(); ++i) {
    REQUIRE(a.by_reading[i].verdict == b.by_reading[i].verdict);
    REQUIRE(a.by_reading[i].readings == b.by_reading[i].readings);
  }
}

verify::Options options_for(std::size_t jobs) {
  verify::Options options;
  options.timeout_s = 0;
  options.rlimit = kRlimit;
  options.jobs = jobs;
  return options;
}

/// With 1, 2 and 8 threads, in the order given and in others.
void require_independence(const policy::Policy& policy, const property::Properties& properties, Random& random) {
  const auto expected = verify::verify(policy, properties, options_for(1));
  for (const std::size_t jobs : {1U, 2U, 8U}) {
    std::vector<std::size_t> order(properties.properties.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (std::size_t i = order.size(); jobs != 2 && i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    property::Properties permuted{{}, properties.persons};
    for (const std::size_t number : order) permuted.properties.push_back(properties.properties[number]);
    const auto results = verify::verify(policy, permuted, options_for(jobs));
    REQUIRE(results.size() == order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      CAPTURE(jobs, i, order[i], permuted.properties[i].text);
      require_same(results[i], expected[order[i]]);
    }
  }
}

}  // namespace

TEST_CASE("results do not depend on threads or on the order of properties, on random policies") {
  const auto& vocabulary = generator::small_vocabulary();
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Random random(seed);
    const auto policy = generator::random_policy(random, vocabulary);
    const auto properties = generator::random_properties(random, vocabulary, {.properties = 5});
    CAPTURE(seed);
    require_independence(policy, properties, random);
  }
}

TEST_CASE("results do not depend on threads or on the order of properties, with many batches and circles") {
  Random random(1);
  const auto policy = generator::make_dense_policy(kDenseRules, kDenseRules, 7);
  require_independence(policy, dense_properties(), random);
}

TEST_CASE("batches of one watcher each find what one search over all finds, and the same with many threads as with one") {
  const auto& vocabulary = generator::small_vocabulary();
  Workers workers(8);
  Workers one_worker(1);
  std::size_t found = 0;
  std::size_t nothing = 0;
  for (std::uint64_t seed = 1; seed <= 4 * kSeeds; ++seed) {
    Random random(seed);
    const auto policy = generator::random_policy(random, vocabulary);
    const auto properties = generator::random_properties(random, vocabulary, {.properties = 3});
    const auto readings = generator::random_readings(random);
    const auto ground = std::make_shared<const smt::Ground>(policy, properties, policy::Usage::presence, engine::rfc());
    for (const property::Property& property : properties.properties) {
      smt::Sweep sweep(ground, property, workers, 0);
      smt::Sweep alone(ground, property, one_worker, 0);
      smt::Prover prover(ground);
      for (const smt::Goal goal : {smt::Goal::claim, smt::Goal::no_claim}) {
        smt::QueryLog log;
        const smt::Limits limits{.deadline = {}, .rlimit = kRlimit};
        const auto swept = sweep.find(goal, readings, limits, log);
        const auto whole = prover.find(property, goal, readings, limits, log);
        CAPTURE(seed, property.name, static_cast<int>(goal));
        REQUIRE(swept.index() == whole.index());
        const auto in_order = alone.find(goal, readings, limits, log);
        REQUIRE(in_order.index() == swept.index());
        if (const auto* candidate = std::get_if<smt::Candidate>(&swept)) {
          REQUIRE(std::get<smt::Candidate>(in_order).request.watcher == candidate->request.watcher);
          REQUIRE(std::get<smt::Candidate>(in_order).request.state == candidate->request.state);
        }
        found += std::holds_alternative<smt::Candidate>(swept) ? 1 : 0;
        nothing += std::holds_alternative<smt::Nothing>(swept) ? 1 : 0;
      }
    }
  }
  CHECK(found > kSeeds);
  CHECK(nothing > kSeeds);
}

}  // namespace presproof
