#pragma once

#include <algorithm>
#include <string>

#include "explain/explain.h"
#include "semantics/match.h"
#include "unit/verify/proving.h"

namespace presproof::test {

inline const std::string kBob = one("sip:bob@example.com");

inline explain::Explanation explained(const policy::Policy& policy, explain::Options options = {}) {
  options.usage = policy::usage_of(policy);
  options.rlimit = 2'000'000;
  Workers workers(2);
  return explain::explain(policy, options, workers);
}

/// Whether a state is among the circumstances.
inline bool is_in(const diff::Circumstance& when, const policy::State& state) {
  if (when.times) {
    const bool now = std::any_of(when.times->begin(), when.times->end(),
                                 [&](const diff::Period& period) { return (!period.from || *period.from <= state.time) && (!period.until || state.time < *period.until); });
    if (!now) return false;
  }
  if (when.spheres) {
    const bool named = std::any_of(when.spheres->named.begin(), when.spheres->named.end(), [&](const std::string& token) { return semantics::holds(policy::SphereCondition{{token}, {}}, state.sphere); });
    const bool told = !state.sphere ? when.spheres->undefined : named != when.spheres->others;
    if (!told) return false;
  }
  if (when.places) {
    const auto is_there = [&](const std::vector<policy::LocationCondition>& conditions) {
      return std::any_of(conditions.begin(), conditions.end(), [&](const auto& condition) { return semantics::holds(condition, state.location); });
    };
    if (!when.places->conditions.empty() && !is_there(when.places->conditions)) return false;
    if (is_there(when.places->exceptions)) return false;
  }
  return true;
}
inline bool is_in(const diff::Circumstances& when, const policy::State& state) {
  return std::any_of(when.any_of.begin(), when.any_of.end(), [&](const diff::Circumstance& each) { return is_in(each, state); });
}

inline const explain::Row& row_of(const explain::Explanation& explanation, const std::string& identity) {
  const auto found = std::find_if(explanation.rows.begin(), explanation.rows.end(), [&](const explain::Row& row) {
    return identity.empty() ? !row.watcher.authenticated() : row.watcher.authenticated() && row.watcher.identities.front().text == identity;
  });
  REQUIRE(found != explanation.rows.end());
  return *found;
}

/// The entries of a permission; none when nobody gets it.
inline std::vector<explain::Entry> entries_of(const explain::Explanation& explanation, const explain::Row& row, const std::string& permission) {
  const auto column = std::find(explanation.columns.begin(), explanation.columns.end(), permission);
  if (column == explanation.columns.end()) return {};
  return row.cells[static_cast<std::size_t>(column - explanation.columns.begin())];
}

}  // namespace presproof::test
