#include "bench/measuring.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <stdexcept>

#include "generator/dense_policy.h"
#include "policy/writer.h"

extern char** environ;

namespace presproof::bench {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string>& broken() {
  static std::vector<std::string> floors;
  return floors;
}

double seconds_in(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

}  // namespace

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
  ProcessCost cost{.seconds = std::chrono::duration<double>(Clock::now() - start).count(),
                   .cpu_seconds = seconds_in(usage.ru_utime) + seconds_in(usage.ru_stime),
                   .megabytes = static_cast<double>(usage.ru_maxrss) / 1024,
                   .status = WIFEXITED(status) ? WEXITSTATUS(status) : -1};
  // 0, 1 and 3 are verdicts; anything else is a failure, whose time says nothing.
  if (cost.status != 0 && cost.status != 1 && cost.status != 3) throw std::runtime_error(fmt::format("{} ends with status {}", words[0], cost.status));
  return cost;
}

ProcessCost median_process(int runs, const std::vector<std::string>& words) {
  std::vector<ProcessCost> costs;
  for (int i = 0; i < runs; ++i) costs.push_back(run_process(words));
  std::sort(costs.begin(), costs.end(), [](const auto& a, const auto& b) { return a.cpu_seconds < b.cpu_seconds; });
  return costs[costs.size() / 2];
}

void heading() { fmt::print("| what | measured | goal |\n|---|---|---|\n"); }

void row(const std::string& what, const std::string& measured, const std::string& goal) {
  fmt::print("| {} | {} | {} |\n", what, measured, goal);
  std::fflush(stdout);
}

void floor(const std::string& what, double ratio, double most) {
  if (!(ratio <= most)) broken().push_back(fmt::format("{}: {:.2f} is above {:.2f}", what, ratio, most));
}

int broken_floors() {
  for (const std::string& each : broken()) fmt::print(stderr, "presproof_bench: floor broken: {}\n", each);
  return broken().empty() ? 0 : 1;
}

std::string Bench::file(const std::string& name, const std::string& text) const {
  const auto path = folder / name;
  std::ofstream(path) << text;
  return path.string();
}

std::string Bench::dense_policy(std::size_t rules) const {
  const std::string name = fmt::format("dense-{}.xml", rules);
  if (std::filesystem::exists(folder / name)) return (folder / name).string();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    (void)file(name, policy::write_rule_set(generator::make_dense_policy(rules, rules, kSeed).documents.front()));
    _exit(0);
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0) throw std::runtime_error(fmt::format("cannot write {}", name));
  return (folder / name).string();
}

std::string Bench::properties() const { return file("ten.props", generator::dense_policy_properties()); }

std::vector<std::string> Bench::prove(const std::string& policy, std::vector<std::string> more) const {
  std::vector<std::string> words = {presproof, "prove", policy, "--max-bytes", "1000000000", "--max-elements", "100000000"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace presproof::bench
