#include "base/workers.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace presproof {

/// One call of run().
struct Workers::Work {
  const Piece& piece;
  std::mutex mutex = {};
  std::size_t next = 0;
  std::size_t end;  ///< pieces from here on do not count
  std::exception_ptr thrown = nullptr;  ///< by piece `end`

  /// The next piece that counts, if there is one.
  [[nodiscard]] bool take(std::size_t& number) {
    const std::lock_guard lock(mutex);
    if (next >= end) return false;
    number = next++;
    return true;
  }
  [[nodiscard]] bool has_more() {
    const std::lock_guard lock(mutex);
    return next < end;
  }
  void end_at(std::size_t number, std::exception_ptr exception) {
    const std::lock_guard lock(mutex);
    if (number >= end) return;
    end = number;
    thrown = std::move(exception);
  }
  void do_one(std::size_t number) {
    try {
      if (piece(number)) end_at(number, nullptr);
    } catch (...) {
      end_at(number, std::current_exception());
    }
  }
};

bool Workers::take_one() {
  std::ptrdiff_t idle = idle_.load();
  while (idle > 0) {
    if (idle_.compare_exchange_weak(idle, idle - 1)) return true;
  }
  return false;
}

std::size_t Workers::run(std::size_t count, const Piece& piece) {
  Work work{.piece = piece, .end = count};
  std::vector<std::thread> helpers;
  const auto help = [this, &work] {
    std::size_t number = 0;
    while (work.take(number)) work.do_one(number);
    idle_.fetch_add(1);
  };
  std::size_t number = 0;
  while (work.take(number)) {
    // Asked for before each piece: threads become idle while this work goes on.
    while (work.has_more() && take_one()) {
      try {
        helpers.emplace_back(help);
      } catch (const std::system_error&) {  // the machine has no more threads
        idle_.fetch_add(1);
        break;
      }
    }
    work.do_one(number);
  }
  if (!helpers.empty()) {
    // While it waits this thread's place is free for those that have work left.
    idle_.fetch_add(1);
    for (std::thread& helper : helpers) helper.join();
    idle_.fetch_sub(1);
  }
  if (work.thrown) std::rethrow_exception(work.thrown);
  return work.end;
}

std::size_t Workers::all_cores() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace presproof
