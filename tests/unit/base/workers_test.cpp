#include "base/workers.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace presproof {
namespace {

TEST_CASE("every piece is done once, whatever the number of threads") {
  for (const std::size_t jobs : {0U, 1U, 2U, 8U}) {
    Workers workers(jobs);
    std::vector<std::atomic<int>> done(1000);
    CHECK(workers.run(done.size(), [&](std::size_t number) {
      ++done[number];
      return false;
    }) == done.size());
    for (const auto& times : done) REQUIRE(times == 1);
  }
}

TEST_CASE("the lowest piece that ends the work counts, and all before it are done") {
  for (const std::size_t jobs : {1U, 2U, 8U}) {
    Workers workers(jobs);
    std::vector<std::atomic<bool>> done(500);
    CHECK(workers.run(done.size(), [&](std::size_t number) {
      done[number] = true;
      return number >= 123;
    }) == 123);
    for (std::size_t number = 0; number <= 123; ++number) REQUIRE(done[number]);
  }
}

TEST_CASE("with one job nothing runs after the end") {
  Workers workers(1);
  int calls = 0;
  CHECK(workers.run(10, [&](std::size_t number) {
    ++calls;
    return number == 3;
  }) == 3);
  CHECK(calls == 4);
}

TEST_CASE("of pieces that throw the lowest is heard, unless a lower one ended the work") {
  for (const std::size_t jobs : {1U, 8U}) {
    Workers workers(jobs);
    const auto throws_from = [&](std::size_t first, std::size_t end) {
      return workers.run(100, [&](std::size_t number) {
        if (number >= first) throw std::runtime_error(std::to_string(number));
        return number == end;
      });
    };
    CHECK_THROWS_WITH(throws_from(40, 100), "40");
    CHECK(throws_from(40, 20) == 20);
  }
}

TEST_CASE("work inside of work is done by the same few threads") {
  constexpr std::size_t jobs = 3;
  Workers workers(jobs);
  std::atomic<int> done = 0;
  std::atomic<int> at_work = 0;
  std::atomic<int> most = 0;
  (void)workers.run(5, [&](std::size_t) {
    (void)workers.run(40, [&](std::size_t) {
      const int now = ++at_work;
      int seen = most;
      while (now > seen && !most.compare_exchange_weak(seen, now)) {
      }
      ++done;
      --at_work;
      return false;
    });
    return false;
  });
  CHECK(done == 200);
  // One more than the jobs for a moment: a thread that waited comes back while its place is taken.
  CHECK(most <= static_cast<int>(jobs) + 2);
}

}  // namespace
}  // namespace presproof
