#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "policy/rule_set.h"

/// What the parts of the bench share: times, processes, and the table that is printed. Times depend on the machine; only ratios within one run
/// are floors, and a broken one makes the bench fail.
namespace presproof::bench {

[[nodiscard]] double seconds_of(const std::function<void()>& work);
[[nodiscard]] double median_of(int runs, const std::function<double()>& measure);

struct ProcessCost {
  double seconds = 0;      ///< on the clock
  double cpu_seconds = 0;  ///< of all its threads
  double megabytes = 0;    ///< at its largest
  int status = 0;
};
/// Runs a program with its output thrown away.
[[nodiscard]] ProcessCost run_process(const std::vector<std::string>& words);
/// The run with the median CPU time.
[[nodiscard]] ProcessCost median_process(int runs, const std::vector<std::string>& words);

void heading();
void row(const std::string& what, const std::string& measured, const std::string& goal);

/// Notes a ratio that must not be above `most`, whatever the machine.
void floor(const std::string& what, double ratio, double most);
/// Prints those that were broken; 0 when none was.
[[nodiscard]] int broken_floors();

constexpr std::uint64_t kSeed = 20261123;

/// A program under test and a folder for its inputs.
struct Bench {
  std::string presproof;
  std::filesystem::path folder;

  /// Written when first asked for, by a process of its own: what a measured process has had in memory at most counts from that of the
  /// process that starts it.
  [[nodiscard]] std::string dense_policy(std::size_t rules) const;
  [[nodiscard]] std::string properties() const;
  [[nodiscard]] std::string file(const std::string& name, const std::string& text) const;
  /// `presproof prove` with limits that admit what is measured here.
  [[nodiscard]] std::vector<std::string> prove(const std::string& policy, std::vector<std::string> more) const;
};

void measure_ten_properties(const Bench& bench);
void measure_small(const Bench& bench);
void measure_monolithic(const Bench& bench);
void measure_diff(const Bench& bench);
void measure_explain(const Bench& bench);
void measure_equivalence(const Bench& bench);
void measure_lint(const Bench& bench);
void measure_load();
void measure_decisions();

}  // namespace presproof::bench
