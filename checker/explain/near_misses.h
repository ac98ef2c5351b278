#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "explain/explanation.h"

/// Rules that a watcher almost matches: those that except it, and those that name what a person takes for the same watcher (RFC 5025
/// section 3.1.1.2: identities that differ in scheme, case of the user part, port or parameters are different watchers).
namespace presproof::explain {

class NearMisses {
 public:
  explicit NearMisses(const policy::Policy& policy);

  /// Of the rules that are not in `matching` (ascending), in policy order; each rule once.
  [[nodiscard]] std::vector<NearMiss> of(const policy::Watcher& watcher, const std::vector<policy::RuleRef>& matching) const;

 private:
  struct Mention {
    policy::RuleRef rule;
    const uri::Uri* named;
    bool excepts;
  };
  void add(const policy::IdentityCondition& condition, policy::RuleRef rule);
  void add(const uri::Uri& named, policy::RuleRef rule, bool excepts);

  std::unordered_map<std::string, std::vector<Mention>> by_person_;  ///< in policy order
};

}  // namespace presproof::explain
