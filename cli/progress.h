#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>

#include "commands/command.h"

namespace presproof::cli {

/// A line on stderr that is written over every second as work goes on: only on a terminal, only without --no-progress, and only
/// once the work has taken over a second. A thread of its own writes it, so that one long step shows as well. It is wiped when the
/// object goes.
class Progress {
 public:
  Progress(const Run& run, std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// From any thread.
  void update(std::size_t done, std::size_t all);

 private:
  void show_every_second();

  const Run& run_;
  std::string what_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::size_t done_ = 0;
  std::size_t all_ = 0;
  std::thread thread_;
};

}  // namespace presproof::cli
