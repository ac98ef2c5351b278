#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/workers.h"
#include "smt/prover.h"

/// One property over all classes of watchers, batch by batch: each batch has a prover of its own, so that cost and memory grow with the number
/// of batches, a candidate in an early one ends the search, and batches can be asked in parallel.
///
/// What is found is a function of the ground, the property, and what was asked of it before: never of other properties or of threads. Batches are
/// cut by the policy alone, each is asked as if it were the only one, and the first with a candidate counts. A property of one batch
/// keeps its prover from one question to the next.
namespace presproof::smt {

class Sweep {
 public:
  /// A batch's size, in rules of its watchers' own: large enough that what a solver costs to begin does not count, small enough that its
  /// clauses stay few.
  static constexpr std::size_t kBatch = 1024;
  /// All of these must outlive it.
  Sweep(std::shared_ptr<const Ground> ground, const property::Property& property, Workers& workers, std::size_t batch = kBatch);

  /// As smt::Prover has them.
  [[nodiscard]] Answer find(Goal goal, const engine::Readings& readings, const Limits& limits, QueryLog& log);
  [[nodiscard]] std::vector<policy::RuleRef> rules_behind(Goal goal, const engine::Readings& readings, const Limits& limits);
  [[nodiscard]] bool includes_unauthenticated();
  [[nodiscard]] const Partition& partition() const { return ground_->partition; }

 private:
  using Batch = std::vector<std::uint32_t>;  ///< numbers of classes of the group, ascending
  [[nodiscard]] Prover& whole();
  [[nodiscard]] const std::vector<Batch>& batches();
  [[nodiscard]] std::vector<Batch> cut() const;

  std::shared_ptr<const Ground> ground_;
  const property::Property* property_;
  Workers* workers_;
  std::size_t batch_;
  std::unique_ptr<Prover> whole_;
  std::optional<std::vector<Batch>> batches_;
  std::optional<GuardFilter> filter_;  ///< with more than one batch
};

}  // namespace presproof::smt
