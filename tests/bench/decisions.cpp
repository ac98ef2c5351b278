// Reading and deciding, without a solver.

#include <fmt/format.h>

#include <optional>
#include <pugixml.hpp>
#include <stdexcept>

#include "bench/measuring.h"
#include "generator/random_policy.h"
#include "policy/reader.h"
#include "policy/writer.h"
#include "semantics/evaluator.h"

namespace presproof::bench {
namespace {

policy::Policy policy_of(std::size_t rules) { return generator::make_large_policy(rules, rules, kSeed); }

/// Watchers whom the policy names, at any time of its year, here and there.
std::vector<policy::Request> requests_for(std::size_t identities, std::size_t count) {
  generator::Random random(kSeed);
  const Instant year = *parse_rfc3339("2026-01-01T00:00:00Z");
  std::vector<policy::Request> requests(count);
  for (auto& request : requests) {
    request.watcher.identities = {generator::large_policy_identity(random.below(identities))};
    request.state.time = {year.seconds + static_cast<std::int64_t>(random.below(365 * 86400)), 0};
    if (random.chance(70)) request.state.sphere = random.chance(50) ? "work" : "home";
    if (random.chance(50)) request.state.location.geodetic = geo::Position{48.0, 11.5};
  }
  return requests;
}

}  // namespace

void measure_load() {
  const auto text = policy::write_rule_set(policy_of(10000).documents.front());
  // What was read is given back outside of the time that counts.
  const double bare = median_of(9, [&] {
    pugi::xml_document document;
    return seconds_of([&] {
      if (!document.load_buffer(text.data(), text.size())) throw std::runtime_error("pugixml refuses the generated policy");
    });
  });
  const double ours = median_of(9, [&] {
    diag::Sources sources;
    diag::Sink sink;
    const auto file = sources.add("bench", text);
    std::optional<policy::RuleSet> rule_set;
    const double seconds = seconds_of([&] { rule_set = policy::read_rule_set(sources, file, {}, sink); });
    if (!rule_set) throw std::runtime_error("the generated policy does not read");
    return seconds;
  });
  row(fmt::format("load 10,000 rules ({:.1f} MB)", static_cast<double>(text.size()) / 1e6),
      fmt::format("{:.0f} ms, {:.1f} times pugixml's bare parse ({:.0f} ms)", ours * 1000, ours / bare, bare * 1000), "10 times");
}

void measure_decisions() {
  double at_ten = 0;
  for (const std::size_t rules : {10U, 100U, 1000U, 10000U}) {
    const auto policy = policy_of(rules);
    const semantics::Evaluator evaluator(policy, {});
    const auto requests = requests_for(rules, 4096);
    semantics::Permissions permissions;
    constexpr int kRounds = 200;
    std::size_t allowed = 0;
    const double seconds = median_of(5, [&] {
      return seconds_of([&] {
        for (int round = 0; round < kRounds; ++round)
          for (const auto& request : requests) {
            evaluator.permissions(request, permissions);
            allowed += permissions.sub_handling == policy::SubHandling::allow ? 1 : 0;
          }
      });
    });
    if (allowed == 0) throw std::runtime_error("no request was allowed: nothing was measured");
    const double rate = kRounds * static_cast<double>(requests.size()) / seconds / 1e6;
    if (rules == 10) at_ten = rate;
    row(fmt::format("decisions, {} rules, one core", rules),
        fmt::format("{:.2f} million a second ({:.2f} times slower than at 10)", rate, at_ten / rate), "2 million, 2 times");
  }
}

}  // namespace presproof::bench
