// A third opinion on the queries of random properties: cvc5 reads each as SMT-LIB and answers like Z3 (smt/query_log.h throws when not).

#include <catch2/catch.hpp>
#include <cstddef>
#include <vector>

#include "diag/error.h"
#include "generator/random_policy.h"
#include "verify/verify.h"

namespace presproof {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::uint64_t kPolicies = 10;
#else
constexpr std::uint64_t kPolicies = 200;
#endif

}  // namespace

TEST_CASE("cvc5 agrees with Z3 on the queries of random properties, where it is installed") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t given_up = 0;
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    Random random(seed * 49979687);
    const auto policy = generator::random_policy(random, vocabulary);
    const auto properties = generator::random_properties(random, vocabulary, {.properties = 3, .depth = 2, .location = true});
    verify::Options options;
    options.timeout_s = 0;
    std::vector<verify::Verdict> alone;
    for (const auto& result : verify::verify(policy, properties, options)) alone.push_back(result.verdict);
    options.solver = verify::SolverChoice::cvc5;
    try {
      const auto results = verify::verify(policy, properties, options);
      for (std::size_t i = 0; i < results.size(); ++i) {
        INFO("seed " << seed << ", property " << properties.properties[i].text);
        CHECK(results[i].verdict == alone[i]);
        given_up += results[i].assumptions.size();
      }
    } catch (const diag::InputError& error) {
      WARN("skipped: " << error.what());
      return;
    }
  }
  CHECK(given_up <= kPolicies / 10);
}

}  // namespace presproof
