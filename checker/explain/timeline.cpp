#include "explain/timeline.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "semantics/match.h"

namespace presproof::explain {
namespace {

/// The moments at which all validity conditions of a rule hold: between neighbouring ends of its pairs nothing changes.
std::vector<std::pair<Instant, Instant>> periods_of(const policy::Rule& rule) {
  std::vector<Instant> ends = {kFirstInstant, kEndOfInstants};
  std::vector<const policy::ValidityCondition*> conditions;
  for (const auto& condition : rule.conditions) {
    const auto* validity = std::get_if<policy::ValidityCondition>(&condition);
    if (validity == nullptr) continue;
    conditions.push_back(validity);
    for (const auto& pair : validity->pairs) {
      for (const auto& end : {pair.from, pair.until})
        if (end && kFirstInstant < *end && *end < kEndOfInstants) ends.push_back(*end);
    }
  }
  std::vector<std::pair<Instant, Instant>> periods;
  if (conditions.empty()) return periods;
  std::sort(ends.begin(), ends.end());
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    if (ends[i] == ends[i + 1]) continue;
    const bool holds = std::all_of(conditions.begin(), conditions.end(), [&](const auto* validity) { return semantics::holds(*validity, ends[i]); });
    if (!holds) continue;
    if (!periods.empty() && periods.back().second == ends[i]) periods.back().second = ends[i + 1];
    else periods.emplace_back(ends[i], ends[i + 1]);
  }
  return periods;
}

using Key = std::tuple<Instant, bool, std::size_t, std::string>;  ///< when, whether it begins, column, value

/// Rows come in their order.
void add(std::vector<std::uint32_t>& rows, std::uint32_t row) {
  if (rows.empty() || rows.back() != row) rows.push_back(row);
}

}  // namespace

Timeline timeline_of(const policy::Policy& policy, const std::vector<Row>& rows) {
  Timeline timeline;
  for (std::uint32_t document = 0; document < policy.documents.size(); ++document) {
    const auto& rules = policy.documents[document].rules;
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
      if (auto periods = periods_of(rules[rule]); !periods.empty()) timeline.windows.push_back({{document, rule}, std::move(periods)});
    }
  }
  std::map<Key, std::vector<std::uint32_t>> changes;
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < rows[row].cells.size(); ++column) {
      for (const Entry& entry : rows[row].cells[column]) {
        for (const diff::Circumstance& when : entry.when.any_of) {
          if (!when.times) continue;
          for (const diff::Period& period : *when.times) {
            if (period.from) add(changes[{*period.from, true, column, entry.value}], row);
            if (period.until) add(changes[{*period.until, false, column, entry.value}], row);
          }
        }
      }
    }
  }
  for (auto& [key, who] : changes) {
    const auto& [at, begins, column, value] = key;
    if (timeline.moments.empty() || timeline.moments.back().at != at) timeline.moments.push_back({at, {}});
    timeline.moments.back().changes.push_back({column, value, begins, std::move(who)});
  }
  return timeline;
}

}  // namespace presproof::explain
