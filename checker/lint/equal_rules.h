#pragma once

#include <map>
#include <optional>

#include "policy/rule_set.h"

/// Rules that say what an earlier one says: the same conditions and permissions by value, in any order, whatever their
/// ids.
namespace presproof::lint {

class EqualRules {
 public:
  struct Twin {
    policy::RuleRef first;  ///< the first of those that are equal
    bool in_order = false;  ///< equal even in the order of everything
  };
  /// Rules with conditions or permissions of which not everything is known are equal to none.
  explicit EqualRules(const policy::Policy& policy);

  /// For each rule that is not the first of its kind, in policy order.
  [[nodiscard]] const std::map<policy::RuleRef, Twin>& all() const { return twins_; }

 private:
  std::map<policy::RuleRef, Twin> twins_;
};

}  // namespace presproof::lint
