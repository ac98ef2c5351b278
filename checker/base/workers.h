#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

/// Threads for work that comes in numbered pieces, each of which is a function of its number alone: so the outcome is the same whatever the
/// number of threads. Work inside of work takes part: threads that have run out of pieces of the outer kind help with the inner.
namespace presproof {

class Workers {
 public:
  /// `jobs` threads in all, the calling one among them; 0 counts as 1.
  explicit Workers(std::size_t jobs) : idle_(jobs == 0 ? 0 : static_cast<std::ptrdiff_t>(jobs) - 1) {}
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// A piece: true ends the work, and then no piece of a higher number counts.
  using Piece = std::function<bool(std::size_t)>;
  /// Calls `piece` with 0, 1, ... up to count - 1, or until one returns true, on this thread and on those that are idle. Returns the lowest
  /// number whose piece returned true, else `count`; every lower piece has ended then, and some higher ones may have run. When
  /// pieces throw, so does this: what the lowest of them threw, unless a lower one returned true.
  std::size_t run(std::size_t count, const Piece& piece);

  /// As many as the machine runs at once; at least 1.
  [[nodiscard]] static std::size_t all_cores();

 private:
  struct Work;
  [[nodiscard]] bool take_one();
  std::atomic<std::ptrdiff_t> idle_;  ///< below zero while a thread is back from waiting and its place is taken
};

}  // namespace presproof
