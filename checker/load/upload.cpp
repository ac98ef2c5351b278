#include "load/load.h"

namespace presproof::load {
namespace {

enum class Standing : std::uint8_t { refused, pending, active };

Standing standing_of(const semantics::Decision& decision, policy::Usage usage) {
  if (usage == policy::Usage::geolocation) return decision.matched.empty() ? Standing::refused : Standing::active;
  switch (decision.permissions.sub_handling) {
    case policy::SubHandling::block: return Standing::refused;
    case policy::SubHandling::confirm: return Standing::pending;
    case policy::SubHandling::polite_block:
    case policy::SubHandling::allow: return Standing::active;
  }
  return Standing::refused;
}

}  // namespace

UploadCost upload_cost(const policy::Policy& before, const policy::Policy& after, const std::vector<policy::Watcher>& watchers, const Options& options) {
  const semantics::Evaluator old_side(before, options.how);
  const semantics::Evaluator new_side(after, options.how);
  UploadCost cost;
  cost.watchers = watchers.size();
  for (const auto& watcher : watchers) {
    const auto was = old_side.decide({watcher, options.state});
    const auto is = new_side.decide({watcher, options.state});
    const Standing from = standing_of(was, options.how.usage);
    const Standing to = standing_of(is, options.how.usage);
    if (from == to) {
      cost.seeing_other += to == Standing::active && was.permissions != is.permissions ? 1 : 0;
    } else if (to == Standing::refused) {
      ++cost.terminated;
    } else if (from == Standing::refused) {
      ++cost.admitted;
    } else {
      ++(to == Standing::active ? cost.activated : cost.suspended);
    }
  }
  return cost;
}

}  // namespace presproof::load
