// Certificates of large policies. The second case is hidden: it measures (test_certificate "[large]").

#include <catch2/catch.hpp>
#include <chrono>

#include <fmt/format.h>

#include "certificate/fixture.h"
#include "generator/random_policy.h"
#include "policy/writer.h"

namespace presproof::test {
namespace {

Inputs large_case(std::size_t rules) {
  const auto policy = generator::make_large_policy(rules, rules, 1);
  Inputs inputs{.policies = {policy::write_rule_set(policy.documents[0])}, .properties = {}};
  const std::string name = generator::large_policy_identity(3).text;
  inputs.properties = fmt::format(R"(
property "no exact location": for everyone never exact location
property "nothing finer than a kilometre": for everyone never geodetic finer than 900 m
property "no devices": for everyone never devices
property "one of them": for {{ {0} }} when sphere is "nowhere" never geodetic finer than 900 m
property "in the end": for everyone during 2030-01-01T00:00:00Z .. 2031-01-01T00:00:00Z never location finer than 900 m
property "somebody": for everyone sometimes location
property "broken": for everyone never location
property "no civic address": for everyone never civic finer than none
)", name);
  return inputs;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("a policy of many rules and identities is certified") {
  const Inputs inputs = large_case(600);
  const Proved proved = prove(inputs);
  const auto answers = check(inputs, proved.certificate);
  INFO(shown(answers));
  for (const auto& answer : answers) CHECK(answer.status == Status::accepted);
}

TEST_CASE("how long a certificate takes to write and to check", "[.][large]") {
  for (const std::size_t rules : {1000U, 10'000U}) {
    const Inputs inputs = large_case(rules);
    const auto start = std::chrono::steady_clock::now();
    const Proved proved = prove(inputs);
    const double written_s = seconds_since(start);
    const auto then = std::chrono::steady_clock::now();
    const auto answers = check(inputs, proved.certificate);
    CHECK(shown(answers).find("accepted") != std::string::npos);
    CHECK(shown(answers).find("refused") == std::string::npos);
    WARN(fmt::format("{} rules: proved and written in {:.2f} s, {} bytes, checked in {:.2f} s\n{}", rules, written_s, proved.certificate.size(),
                     seconds_since(then), shown(answers)));
  }
}

}  // namespace presproof::test
