// Ten properties on policies in which nothing is decided by a look, from 1,000 to 100,000 rules: time, memory, and the
// curve, each step beside n log n.

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "bench/measuring.h"

namespace presproof::bench {
namespace {

struct Goal {
  std::size_t rules;
  int runs;
  const char* text;
};

}  // namespace

void measure_ten_properties(const Bench& bench) {
  constexpr double most_beyond_n_log_n = 3;
  const std::string properties = bench.properties();
  std::optional<std::pair<std::size_t, double>> before;
  for (const Goal& goal : {Goal{1000, 5, "-"}, Goal{10'000, 3, "2 s, 500 MB"}, Goal{100'000, 1, "20 s"}}) {
    const std::string policy = bench.dense_policy(goal.rules);
    const ProcessCost parallel = median_process(goal.runs, bench.prove(policy, {"--properties", properties}));
    row(fmt::format("`prove`, ten properties, {} dense rules (whole process, default `--jobs`)", goal.rules),
        fmt::format("{:.2f} s, {:.0f} MB", parallel.seconds, parallel.megabytes), goal.text);
    const ProcessCost alone = median_process(goal.runs, bench.prove(policy, {"--properties", properties, "--jobs", "1"}));
    row(fmt::format("the same with `--jobs 1`, {} rules", goal.rules),
        fmt::format("{:.2f} s ({:.2f} s CPU), {:.0f} MB, {:.2f} times the default's time", alone.seconds, alone.cpu_seconds, alone.megabytes,
                    alone.seconds / parallel.seconds),
        "-");
    if (before) {
      // By CPU time, which other programs on the machine disturb least.
      const auto n_log_n = [](std::size_t n) { return static_cast<double>(n) * std::log2(static_cast<double>(n)); };
      const double ratio = alone.cpu_seconds / before->second / (n_log_n(goal.rules) / n_log_n(before->first));
      const std::string what = fmt::format("growth from {} to {} rules, beside n log n", before->first, goal.rules);
      row(what, fmt::format("{:.2f} times", ratio), "1 times");
      floor(what, ratio, most_beyond_n_log_n);
    }
    before = {goal.rules, alone.cpu_seconds};
  }
}

}  // namespace presproof::bench
