#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "smt/ground.h"

/// Rules that cannot match while a property's guard holds, found without a solver, one look at each: their windows are over, their
/// spheres are not those of the guard, or their places lie apart from a region that the guard demands. A sweep leaves them out; whatever
/// is less plain than that is the solver's to decide. Safe from many threads.
namespace presproof::smt {

class GuardFilter {
 public:
  /// Both must outlive it.
  GuardFilter(const Ground& ground, const property::Property& property);
  /// False only when no state meets the guard and the rule's conditions.
  [[nodiscard]] bool may_match(RuleNumber rule) const;

 private:
  enum : std::uint8_t { kUnknown, kNo, kYes };
  [[nodiscard]] bool decide(RuleNumber rule) const;
  [[nodiscard]] bool may_hold(const policy::Condition& condition) const;
  [[nodiscard]] bool may_be_at(const policy::LocationAlternative& alternative) const;

  const Ground* ground_;
  const property::Property* property_;
  CellSet cells_;
  std::vector<const geo::Circle*> inside_;  ///< of all of these
  std::vector<const geo::CivicAddress*> civic_;
  std::unique_ptr<std::atomic<std::uint8_t>[]> known_;
};

}  // namespace presproof::smt
