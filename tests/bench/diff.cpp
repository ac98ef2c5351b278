// Comparing two large rule sets, as a whole process, where much is to be told: a rule for everybody changes, so that nearly every watcher of the
// policy gets something else at some times, each at its own.

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "bench/measuring.h"

namespace presproof::bench {
namespace {

/// The policy with another sub-handling where its first rule says polite-block.
std::string with_first_rule_changed(const Bench& bench, const std::string& policy) {
  std::ifstream file(policy);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::string handling = "polite-block<";
  const auto place = text.find(handling);
  if (place == std::string::npos) throw std::runtime_error("the dense policy has no rule for everybody");
  text.replace(place, handling.size(), "confirm<");
  return bench.file("changed.xml", text);
}

}  // namespace

void measure_diff(const Bench& bench) {
  const auto diff = [&](std::size_t rules) {
    const std::string before = bench.dense_policy(rules);
    return median_process(3, {bench.presproof, "diff", before, with_first_rule_changed(bench, before)});
  };
  const ProcessCost thousand = diff(1000);
  const ProcessCost ten_thousand = diff(10000);
  row("`diff`, 10,000 dense rules, of which the one for everybody changes (whole process)", fmt::format("{:.2f} s, {:.0f} MB", ten_thousand.seconds, ten_thousand.megabytes), "2 s");
  // Ten times the rules have ten times the watchers, each with about as many rules as before.
  floor("`diff` of 10,000 rules, against ten times that of 1,000", ten_thousand.cpu_seconds / (10 * thousand.cpu_seconds), 2.5);
}

}  // namespace presproof::bench
