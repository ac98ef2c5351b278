#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/fault.h"
#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"

namespace presproof::semantics {

/// Which rules could match a watcher, by the identities that they name. It only ever leaves out rules whose first
/// identity condition cannot hold; the candidates still have to be matched.
///
/// - `<one>` holds only for URIs of the same core (uri/uri.h);
/// - `<many domain>` holds only for identities of that domain;
/// - `<many>` holds only for authenticated watchers;
/// - an empty `<identity>` holds for the unauthenticated or for nobody (the reading `empty-identity`).
class IdentityIndex {
 public:
  using RuleNumber = std::uint32_t;

  struct Candidate {
    RuleNumber rule;
    /// That the rule is found here is enough for all its identity conditions; false: not known.
    bool identity_holds;
  };
  using Candidates = std::vector<Candidate>;

  explicit IdentityIndex(const engine::Readings& readings) : readings_(readings) {}

  /// Numbers must come in ascending order.
  void add(const policy::Rule& rule, RuleNumber number);

  /// Calls `visit(candidate)` for each candidate, in no order and possibly more than once for a rule.
  template <class Visit>
  void for_each_candidate(const policy::Watcher& watcher, Visit&& visit) const {
    for (const Candidate& candidate : everybody_) visit(candidate);
    if (!watcher.authenticated()) {
      for (const Candidate& candidate : unauthenticated_) visit(candidate);
      return;
    }
    for (const Candidate& candidate : authenticated_) visit(candidate);
    for (const uri::Uri& identity : watcher.identities) {
      if (seeded(Fault::index_first_identity_alone) && &identity != &watcher.identities.front()) break;
      if (const auto found = by_core_.find(identity.core); found != by_core_.end()) {
        for (const Candidate& candidate : found->second) visit(candidate);
      }
      if (!identity.domain || by_domain_.empty()) continue;
      if (const auto found = by_domain_.find(*identity.domain); found != by_domain_.end()) {
        for (const Candidate& candidate : found->second) visit(candidate);
      }
    }
  }

  /// Ascending, each once.
  [[nodiscard]] std::vector<RuleNumber> candidates(const policy::Watcher& watcher) const;

 private:
  void add(const policy::IdentityCondition& condition, RuleNumber number, bool only_one);
  void add(const policy::Many& many, RuleNumber number, bool only_one);

  engine::Readings readings_;
  Candidates everybody_;
  Candidates authenticated_;
  Candidates unauthenticated_;
  std::unordered_map<std::string, Candidates> by_core_;
  std::unordered_map<std::string, Candidates> by_domain_;
};

}  // namespace presproof::semantics
