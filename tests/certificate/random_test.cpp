// Certificates of random policies and properties: what is proved is certified, and what is certified is accepted.

#include <catch2/catch.hpp>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "certificate/fixture.h"
#include "certificate/property_text.h"
#include "diag/error.h"
#include "generator/random_policy.h"
#include "policy/writer.h"

namespace presproof::test {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::size_t kShare = 10;
#else
constexpr std::size_t kShare = 1;
#endif

/// Rule sets and properties as texts; random ones that the language cannot say are left out.
std::optional<Inputs> random_inputs(std::uint64_t seed) {
  Random random(seed);
  const auto& vocabulary = generator::small_vocabulary();
  const auto policy = generator::random_policy(random, vocabulary);
  const auto properties = generator::random_properties(random, vocabulary, {.properties = 3, .depth = 2, .location = true});
  Inputs inputs;
  for (const auto& document : policy.documents) inputs.policies.push_back(policy::write_rule_set(document));
  inputs.properties = text_of(properties);
  if (random.chance(30)) inputs.readings.push_back(random.chance(50) ? "geo-radius=finest" : "empty-identity=unauthenticated");
  if (random.chance(20)) inputs.usage = random.chance(50) ? "presence" : "geolocation";
  return inputs;
}

}  // namespace

TEST_CASE("what is proved of random policies is certified, and the certificate is accepted") {
  std::map<std::string, std::size_t> counts;
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= 700 / kShare; ++seed) {
    const auto inputs = random_inputs(seed);
    Proved proved;
    try {
      proved = prove(*inputs);
    } catch (const diag::InputError&) {
      ++counts["not in the language"];
      continue;
    }
    ++tried;
    const auto answers = check(*inputs, proved.certificate);
    REQUIRE(answers.size() == proved.results.size());
    for (std::size_t i = 0; i < answers.size(); ++i) {
      INFO("seed " << seed << "\n" << inputs->properties << "\n" << shown(answers) << proved.certificate.substr(0, 6000));
      const auto word = std::string(verify::kVerdictNames[static_cast<std::size_t>(proved.results[i].verdict)]);
      const bool certain = word == "proved" || word == "violated";
      REQUIRE(answers[i].status != Status::refused);
      if (answers[i].status == Status::accepted) {
        REQUIRE(certain);
        REQUIRE(answers[i].text == word);
      }
      ++counts[answers[i].status == Status::accepted ? word : certain ? "lost: " + word + ": " + answers[i].text : "no verdict"];
    }
  }
  for (const auto& [what, count] : counts) UNSCOPED_INFO(what << ": " << count);
  CHECK(tried > 500 / kShare);
  CHECK(counts["proved"] >= 300 / kShare);
  CHECK(counts["violated"] >= 300 / kShare);
  std::size_t lost = 0;
  for (const auto& [what, count] : counts) lost += what.starts_with("lost") ? count : 0;
  // Three circles, or a margin below one per cent.
  CHECK(lost * 50 < counts["proved"] + counts["violated"]);
}

}  // namespace presproof::test
