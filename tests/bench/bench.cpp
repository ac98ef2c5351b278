// Measures what the README promises and prints it as a table: each figure beside its goal, or beside a baseline that
// was measured in the same run. Usage: presproof_bench <presproof program>
//
// It is a program and not a test: times depend on the machine. Ratios against a baseline of the same run travel best.

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <pugixml.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "generator/random_policy.h"
#include "policy/reader.h"
#include "policy/writer.h"
#include "semantics/evaluator.h"

extern char** environ;

namespace presproof::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_of(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median_of(int runs, const std::function<double()>& measure) {
  std::vector<double> times;
  for (int i = 0; i < runs; ++i) times.push_back(measure());
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

struct ProcessCost {
  double seconds = 0;
  double megabytes = 0;
  int status = 0;
};

/// Runs a program with its output thrown away.
ProcessCost run_process(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  const auto start = Clock::now();
  pid_t child = 0;
  if (posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
    throw std::runtime_error(fmt::format("cannot run {}", words[0]));
  int status = 0;
  struct rusage usage {};
  if (wait4(child, &status, 0, &usage) != child) throw std::runtime_error("wait4 failed");
  posix_spawn_file_actions_destroy(&actions);
  return {.seconds = std::chrono::duration<double>(Clock::now() - start).count(),
          .megabytes = static_cast<double>(usage.ru_maxrss) / 1024,
          .status = WIFEXITED(status) ? WEXITSTATUS(status) : -1};
}

void row(const std::string& what, const std::string& measured, const std::string& goal) {
  fmt::print("| {} | {} | {} |\n", what, measured, goal);
}

constexpr std::uint64_t kSeed = 20261123;

policy::Policy policy_of(std::size_t rules) { return generator::make_large_policy(rules, rules, kSeed); }

std::string xml_of(std::size_t rules) { return policy::write_rule_set(policy_of(rules).documents.front()); }

std::string file_of(const std::filesystem::path& folder, std::size_t rules) {
  const auto path = folder / fmt::format("policy-{}.xml", rules);
  std::ofstream(path) << xml_of(rules);
  return path.string();
}

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

std::vector<std::string> prove_words(const std::string& presproof, const std::string& file, const std::string& property) {
  return {presproof, "prove", file, "-p", property};
}

void measure_prove(const std::string& presproof, const std::filesystem::path& folder, std::size_t rules, int runs, const std::string& goal) {
  const auto file = file_of(folder, rules);
  // Neither is decided by what the rules grant alone: the windows and spheres of all of them count.
  const std::vector<std::pair<std::string, std::string>> properties = {
      {"proved", "for everyone during 2027-05-01T00:00:00Z .. 2030-01-01T00:00:00Z never location"},
      {"refuted", "for everyone when not sphere is \"work\" during 2026-01-01T00:00:00Z .. 2027-05-01T00:00:00Z never geodetic finer than 2 km"}};
  for (const auto& [name, property] : properties) {
    ProcessCost last;
    const double seconds = median_of(runs, [&] {
      last = run_process(prove_words(presproof, file, property));
      return last.seconds;
    });
    row(fmt::format("`prove`, {} rules, a property that is {} (whole process, exit status {})", rules, name, last.status),
        fmt::format("{:.0f} ms, {:.0f} MB", seconds * 1000, last.megabytes), goal);
  }
}

void measure_load() {
  const auto text = xml_of(10000);
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

int run(const std::string& presproof) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("presproof-bench-{}", getpid());
  std::filesystem::create_directories(folder);
  fmt::print("| what | measured | goal |\n|---|---|---|\n");
  measure_prove(presproof, folder, 20, 21, "30 ms");
  measure_prove(presproof, folder, 10000, 5, "1 s");
  measure_decisions();
  measure_load();
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace presproof::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: presproof_bench <presproof program>\n");
    return 2;
  }
  try {
    return presproof::bench::run(argv[1]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "presproof_bench: {}\n", error.what());
    return 1;
  }
}
