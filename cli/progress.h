#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "commands/command.h"

namespace presproof::cli {

/// A line on stderr that is written over as work goes on: only on a terminal, only without --no-progress, and only
/// once the work has taken over a second. It is wiped when the object goes.
class Progress {
 public:
  Progress(const Run& run, std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::size_t done, std::size_t all);

 private:
  const Run& run_;
  std::string what_;
  std::chrono::steady_clock::time_point start_;
  bool shown_ = false;
};

}  // namespace presproof::cli
