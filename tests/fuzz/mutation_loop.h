#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

/// A plain main for a fuzz target, for compilers without libFuzzer: a loop of seeded mutations, the same inputs for
/// the same arguments. It finds less than a coverage-guided fuzzer and runs everywhere.
namespace presproof::fuzz {

using Target = int (*)(const std::uint8_t* data, std::size_t size);

inline constexpr std::size_t kLongestInput = 16384;

/// The files under the given paths, in the order of their names.
inline std::vector<std::string> read_seeds(const std::vector<std::filesystem::path>& paths) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  for (const fs::path& path : paths) {
    if (fs::is_regular_file(path)) files.push_back(path);
    if (!fs::is_directory(path)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> seeds;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return seeds;
}

/// One input from the seeds: some of them changed at a few places.
class Mutator {
 public:
  Mutator(const std::vector<std::string>& seeds, const std::vector<std::string_view>& words, std::uint64_t seed)
      : seeds_(seeds), words_(words), random_(seed) {}

  std::string next() {
    std::string input = seeds_[below(seeds_.size())];
    for (std::size_t changes = below(6); changes != 0; --changes) change(input);
    if (input.size() > kLongestInput) input.resize(kLongestInput);
    return input;
  }

 private:
  std::size_t below(std::size_t end) { return end == 0 ? 0 : static_cast<std::size_t>(random_() % end); }

  void change(std::string& input) {
    const std::size_t at = below(input.size() + 1);
    const std::size_t length = std::min(below(2) == 0 ? below(8) : below(200), input.size() - at);
    switch (below(7)) {
      case 0:
        input.insert(at, words_[below(words_.size())]);
        break;
      case 1:
        input.replace(at, length, words_[below(words_.size())]);
        break;
      case 2:
        input.erase(at, length);
        break;
      case 3:
        input.insert(below(input.size() + 1), input.substr(at, length));
        break;
      case 4:
        if (at < input.size()) input[at] = static_cast<char>(below(256));
        break;
      case 5:
        input.insert(at, seeds_[below(seeds_.size())].substr(0, below(400)));
        break;
      default:
        input.resize(at);
    }
  }

  const std::vector<std::string>& seeds_;
  const std::vector<std::string_view>& words_;
  std::mt19937_64 random_;
};

/// What the target is working on.
inline std::string_view& current_input() {
  static std::string_view input;
  return input;
}

inline constexpr const char* kCrashFile = "fuzz_crash.bin";

/// A crash leaves its input in kCrashFile.
inline void keep_input_of_a_crash() {
  const auto keep = [](int signal) {
    const int file = ::open(kCrashFile, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file >= 0 && ::write(file, current_input().data(), current_input().size()) >= 0) ::close(file);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  };
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE}) std::signal(signal, keep);
}

/// Arguments: how many inputs, the number that the random choices start from, and files or folders with more seeds.
/// All seeds are run as they are first. With a file as the only argument, runs that file.
inline int run_mutations(int argc, char** argv, std::vector<std::string> seeds,
                         const std::vector<std::string_view>& words, Target target) {
  const auto run = [&](const std::string& input) {
    std::vector<std::uint8_t> bytes(input.begin(), input.end());
    target(bytes.data(), bytes.size());
  };
  if (argc == 2 && std::filesystem::is_regular_file(argv[1])) {
    for (const std::string& input : read_seeds({argv[1]})) run(input);
    return 0;
  }
  const auto number = [&](int index, std::uint64_t otherwise) {
    if (index < argc) std::from_chars(argv[index], argv[index] + std::strlen(argv[index]), otherwise);
    return otherwise;
  };
  keep_input_of_a_crash();
  const std::uint64_t count = number(1, 10000);
  const std::vector<std::filesystem::path> paths(argv + std::min(argc, 3), argv + argc);
  const std::vector<std::string> more = read_seeds(paths);
  seeds.insert(seeds.end(), more.begin(), more.end());

  for (const std::string& seed : seeds) run(seed);
  Mutator mutator(seeds, words, number(2, 1));
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string input = mutator.next();
    current_input() = input;
    run(input);
  }
  std::printf("%llu inputs from %zu seeds\n", static_cast<unsigned long long>(count), seeds.size());
  return 0;
}

}  // namespace presproof::fuzz
