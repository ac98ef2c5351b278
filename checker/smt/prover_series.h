#pragma once

#include <memory>
#include <vector>

#include "smt/prover.h"

namespace presproof::smt {

/// Many queries over one run in one solver, which keeps what it learns from one to the next.
class Prover::Series {
 public:
  /// `prover` must outlive it.
  Series(Prover& prover, std::vector<ClassQuery> queries, const Limits& limits);
  ~Series();

  /// A request that satisfies one of the queries that are left: its watcher is that of the first such query.
  [[nodiscard]] Answer next();
  /// The queries that are left and hold in this state, by number; decided without a solver.
  [[nodiscard]] std::vector<std::size_t> holding_at(const policy::State& state);
  /// Asks no more for this one.
  void drop(std::size_t query);

 private:
  void begin();
  Prover* prover_;
  Question question_;
  Limits limits_;
  QueryLog log_;
  std::vector<bool> dropped_;
  std::vector<std::uint32_t> nodes_;  ///< below all queries
  std::vector<CircleId> circles_;
  std::unique_ptr<Search> search_;
};

}  // namespace presproof::smt
