#pragma once

#include <vector>

#include "property/property.h"
#include "repair/edit.h"
#include "repair/repair.h"
#include "verify/verify.h"

namespace presproof::repair {

/// Edits, one after another, after which a property is proved.
struct Solution {
  std::vector<Edit> edits;
  policy::Policy policy;
};

/// Looks for the fewest edits that make one property hold, by iterative deepening.
class Search {
 public:
  Search(const property::Property& property, const property::Properties& declared, const verify::Options& options, const Bounds& bounds);

  /// All solutions with the fewest edits, as far as the bounds let them be found; in the order of the candidates.
  [[nodiscard]] std::vector<Solution> run(const policy::Policy& policy, const verify::Result& result);
  /// The bound on proofs was reached.
  [[nodiscard]] bool exhausted() const { return proofs_ >= bounds_.proofs; }

 private:
  void explore(const policy::Policy& policy, const verify::Counterexample& example, std::size_t depth);
  void attempt(const policy::Policy& policy, const Edit& edit, const verify::Counterexample& example, std::size_t depth);
  /// Whether the request still breaks the property, under the readings of the counterexample.
  [[nodiscard]] bool breaks(const policy::Policy& policy, verify::Counterexample& example) const;
  [[nodiscard]] std::vector<policy::RuleRef> rules_behind(const policy::Policy& policy, const verify::Counterexample& example) const;

  const property::Property& property_;
  property::Properties asked_;
  verify::Options options_;
  Bounds bounds_;
  std::size_t proofs_ = 0;
  std::optional<verify::Counterexample> second_;  ///< the other run of the counterexample in question, for a property over two runs
  std::vector<Edit> edits_;
  std::vector<Solution> found_;
};

}  // namespace presproof::repair
