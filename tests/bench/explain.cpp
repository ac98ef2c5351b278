// Explaining a large rule set, as a whole process: the page with everything in it.

#include <fmt/format.h>

#include "bench/measuring.h"

namespace presproof::bench {

void measure_explain(const Bench& bench) {
  const auto explain = [&](std::size_t rules) {
    return median_process(3, {bench.presproof, "explain", bench.dense_policy(rules), "--no-leaks", "--format", "html", "--place", "50.1,8.6"});
  };
  const ProcessCost thousand = explain(1000);
  const ProcessCost ten_thousand = explain(10000);
  row("`explain` as HTML, 10,000 dense rules (whole process, default `--jobs`)", fmt::format("{:.2f} s, {:.0f} MB", ten_thousand.seconds, ten_thousand.megabytes), "3 s");
  // A hundred watchers more have a hundred rows more.
  floor("`explain` of 10,000 rules, against ten times that of 1,000", ten_thousand.cpu_seconds / (10 * thousand.cpu_seconds), 2.5);
}

}  // namespace presproof::bench
