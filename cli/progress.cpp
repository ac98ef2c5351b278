#include "progress.h"

#include <fmt/format.h>

#include <ostream>

namespace presproof::cli {

Progress::Progress(const Run& run, std::string what) : run_(run), what_(std::move(what)) {
  if (!run_.no_progress && run_.environment.err_is_terminal) thread_ = std::thread([this] { show_every_second(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_one();
  thread_.join();
}

void Progress::update(std::size_t done, std::size_t all) {
  const std::lock_guard lock(mutex_);
  done_ = done;
  all_ = all;
}

void Progress::show_every_second() {
  std::unique_lock lock(mutex_);
  bool shown = false;
  while (!ended_.wait_for(lock, std::chrono::seconds(1), [this] { return end_; })) {
    const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start_);
    const auto count = all_ > 1 ? fmt::format(" {} of {}", done_ + 1, all_) : std::string();
    run_.environment.err << fmt::format("\r\x1b[K{}{} ({} s)", what_, count, elapsed.count()) << std::flush;
    shown = true;
  }
  if (shown) run_.environment.err << "\r\x1b[K" << std::flush;
}

}  // namespace presproof::cli
