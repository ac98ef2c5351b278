#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/workers.h"
#include "claims/claim.h"
#include "enumerate/arrangement.h"
#include "enumerate/budget.h"
#include "enumerate/cells.h"
#include "explain/explain.h"
#include "explain/explanation.h"
#include "semantics/evaluator.h"
#include "smt/partition.h"
#include "smt/view.h"

/// What watchers see, asked of the reference evaluator.
namespace presproof::explain {

/// The entries of one permission.
using EntriesByPermission = std::map<std::string, std::vector<Entry>, std::less<>>;

/// What rules could show (smt/view.h), the attributes that provide-all-attributes stands for one by one (RFC 5025 section 3.3.2.15).
[[nodiscard]] std::vector<smt::Observation> observations_of(const std::vector<const policy::Rule*>& rules, const Options& options);

struct View {
  EntriesByPermission entries;
  bool complete = true;  ///< every kind of state was looked at
  std::set<policy::RuleRef> deciding = {};  ///< rules that were among those that decided, in some state
  bool blocked = false;                     ///< in some state
};

class Views {
 public:
  /// All of these must outlive it.
  Views(const policy::Policy& policy, const Options& options);

  /// A watcher whom the identity conditions of exactly these rules let in. Watchers of the same rules see the same.
  struct Asked {
    const policy::Watcher* watcher;
    const std::vector<policy::RuleRef>* rules;
    smt::Refusal refusal = smt::Refusal::none;
  };
  /// For each, what it sees; those of the same rules share it.
  [[nodiscard]] std::vector<std::shared_ptr<const View>> of(const std::vector<Asked>& asked, Workers& workers) const;

  /// For each rule of the policy when its conditions on the state hold; an example when that is too much to look at.
  [[nodiscard]] std::vector<diff::Circumstances> when(const std::vector<policy::RuleRef>& rules, Workers& workers) const;

 private:
  [[nodiscard]] std::vector<const policy::Rule*> pointers(const std::vector<policy::RuleRef>& rules) const;
  [[nodiscard]] std::optional<View> decided(const policy::Watcher& watcher, const std::vector<policy::RuleRef>& rules, enumerate::Arrangements& arrangements,
                                            enumerate::Budget budget) const;
  [[nodiscard]] View examples(const policy::Watcher& watcher, const std::vector<policy::RuleRef>& rules) const;

  const policy::Policy& policy_;
  const Options& options_;
  semantics::Evaluator evaluator_;
  claims::ClaimContext context_;
  const property::Property anything_;  ///< without a guard
};

}  // namespace presproof::explain
