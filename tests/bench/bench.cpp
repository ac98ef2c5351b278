// Measures what the README promises and prints it as a table: each figure beside its goal, or beside a baseline that
// was measured in the same run. Usage: presproof_bench <presproof program> [part...]
//
// It is a program and not a test: times depend on the machine. Ratios against a baseline of the same run travel best, and one
// that does not depend on the machine makes the bench fail when it is broken.

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "bench/measuring.h"

namespace presproof::bench {
namespace {

struct Part {
  std::string_view name;
  void (*measure)(const Bench&);
};
constexpr Part kParts[] = {
    {"lint", measure_lint},  // first, since it measures in this process what users do in a new one: the heap is still fresh
    {"small", measure_small},
    {"curve", measure_ten_properties},
    {"monolithic", measure_monolithic},
    {"equivalence", measure_equivalence},
    {"diff", measure_diff},
    {"explain", measure_explain},
    {"decisions", [](const Bench&) { measure_decisions(); }},
    {"load", [](const Bench&) { measure_load(); }},
};

int run(const std::string& presproof, const std::vector<std::string_view>& wanted) {
  const Bench bench{presproof, std::filesystem::temp_directory_path() / fmt::format("presproof-bench-{}", getpid())};
  std::filesystem::create_directories(bench.folder);
  heading();
  for (const Part& part : kParts) {
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), part.name) != wanted.end()) part.measure(bench);
  }
  std::filesystem::remove_all(bench.folder);
  return broken_floors();
}

}  // namespace
}  // namespace presproof::bench

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: presproof_bench <presproof program> [lint|small|curve|monolithic|equivalence|diff|explain|decisions|load]...\n");
    return 2;
  }
  try {
    return presproof::bench::run(argv[1], {argv + 2, argv + argc});
  } catch (const std::exception& error) {
    fmt::print(stderr, "presproof_bench: {}\n", error.what());
    return 1;
  }
}
