#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "base/instant.h"
#include "diag/printable.h"
#include "leaks/kinds.h"
#include "leaks/words.h"
#include "verify/view.h"

namespace presproof::leaks {
namespace {

using property::Secret;
using smt::ClassPair;
using smt::PairGoal;

/// Changes beyond so many windows are not counted.
constexpr std::size_t kMostWindows = 2000;

Claim shows_sphere() { return {property::Operator::atom, property::AttributeShown{policy::AttributePermission::sphere}, {}}; }
Claim shows_location() {
  return {property::Operator::atom, property::LocationShown{std::numeric_limits<double>::infinity(), geo::CivicLevel::country}, {}};
}

/// The document says it anyway, in both runs.
bool is_shown(Secret secret, const Case& found, const claims::ClaimContext& context) {
  if (secret == Secret::time) return false;
  const Claim claim = secret == Secret::sphere ? shows_sphere() : shows_location();
  return claims::claim_holds(claim, found.first.decision, context) && claims::claim_holds(claim, found.second.decision, context);
}

std::string sphere_words(const policy::State& state) { return state.sphere ? fmt::format("sphere `{}`", diag::printable(*state.sphere)) : "an undefined sphere"; }

/// What the two states are, where the secret is.
std::string states_words(Secret secret, const Case& found) {
  const policy::State& first = found.first.request.state;
  const policy::State& second = found.second.request.state;
  if (secret == Secret::sphere) return fmt::format("{} from {}", sphere_words(first), sphere_words(second));
  if (secret == Secret::time) return fmt::format("{} from {}", to_rfc3339(first.time), to_rfc3339(second.time));
  return "one place from another";
}

/// The instants at which some rule begins or ends to hold.
std::vector<Instant> window_ends(const policy::Policy& policy) {
  std::set<Instant> ends;
  for (const policy::RuleSet& document : policy.documents) {
    for (const policy::Rule& rule : document.rules) {
      for (const policy::Condition& condition : rule.conditions) {
        const auto* validity = std::get_if<policy::ValidityCondition>(&condition);
        if (validity == nullptr) continue;
        for (const policy::ValidityPair& pair : validity->pairs) {
          if (pair.from && pair.until && *pair.from < *pair.until) ends.insert({*pair.from, *pair.until});
        }
      }
    }
  }
  std::vector<Instant> all(ends.begin(), ends.end());
  if (all.size() > kMostWindows) all.resize(kMostWindows);
  return all;
}

/// How often what the watcher gets changes at window ends while nothing else does: so many NOTIFYs come that nobody published for.
std::size_t changes_over_time(const Asker& asker, const policy::Request& request) {
  const auto at = [&](Instant time) {
    policy::Request other = request;
    other.state.time = time;
    return asker.decide(other).decision;
  };
  std::size_t changes = 0;
  const std::vector<Instant> ends = window_ends(asker.policy());
  if (ends.empty()) return 0;
  semantics::Decision before = at({ends.front().seconds - 1, 0});
  for (const Instant end : ends) {
    semantics::Decision now = at(end);
    // Views only where permissions differ: the comparison of these is quick.
    const bool may_differ = now.permissions != before.permissions || now.transformations != before.transformations || now.subscription_state != before.subscription_state;
    const bool changed = may_differ && (!verify::same_response(now, before, asker.context().usage) || now.transformations != before.transformations ||
                                        verify::view_of(now, asker.context()) != verify::view_of(before, asker.context()));
    if (changed) ++changes;
    before = std::move(now);
  }
  return changes;
}

void report(Secret secret, bool by_response, const Case& found, const Asker& asker, std::vector<Leak>& leaks) {
  const Kind kind = secret == Secret::location ? Kind::region_inference : Kind::state_inference;
  const auto word = property::kSecretWords[static_cast<std::size_t>(secret)];
  Leak leak = leak_of(kind, word, by_response ? response_channel(found) : Channel::content, asker, found);
  if (is_shown(secret, found, asker.context())) leak.severity = diag::Severity::note;
  const std::string how = by_response ? fmt::format("it gets {} or {}", answer_words(found.first.decision), answer_words(found.second.decision))
                                      : fmt::format("its document differs by {}", rules_words(asker.policy(), leak.rules));
  leak.message = fmt::format("{} can tell {}: {}", watchers_words(leak.watcher, leak.others), states_words(secret, found), how);
  if (secret == Secret::time) {
    const std::size_t changes = changes_over_time(asker, found.first.request);
    leak.message += fmt::format("; at the ends of windows it gets {} NOTIFY{} that no publication causes", changes, changes == 1 ? "" : "s");
  }
  switch (secret) {
    case Secret::sphere: leak.fix = "give this watcher the same in every sphere, or accept that it learns the sphere"; break;
    case Secret::time: leak.fix = "give this watcher the same at all times, or accept that it learns when the window is on"; break;
    default: leak.fix = "give this watcher the same in and outside of the region, or accept that it learns whether the presentity is there"; break;
  }
  leaks.push_back(std::move(leak));
}

}  // namespace

void find_inferences(Asker& asker, std::vector<Leak>& leaks) {
  std::vector<ClassPair> pairs;
  for (const std::uint32_t watcher : asker.watchers()) pairs.push_back({watcher, watcher});
  for (const Secret secret : {Secret::sphere, Secret::time, Secret::location}) {
    const auto about = fmt::format("what is told of the {}", property::kSecretWords[static_cast<std::size_t>(secret)]);
    for (const bool by_response : {true, false}) {
      const PairGoal goal{secret, std::nullopt, std::nullopt, by_response ? PairGoal::Apart::response : PairGoal::Apart::document};
      for (const Case& found : asker.ask(goal, pairs, about)) report(secret, by_response, found, asker, leaks);
    }
  }
}

void find_existence(Asker& asker, std::vector<Leak>& leaks) {
  Leak leak;
  leak.kind = Kind::existence;
  leak.severity = diag::Severity::note;
  leak.watcher = asker.watcher(asker.stranger());
  leak.secret = "existence";
  leak.channel = Channel::response_code;
  policy::State state;
  state.time = kUsualInstant;
  leak.first = asker.decide({leak.watcher, state});
  leak.rules = leak.first.decision.matched;
  const auto& decision = leak.first.decision;
  if (asker.always_accepts()) {
    // It has no list of users: whoever stored no rules is answered as one that does not exist.
    if (decision.response && decision.response->code < 300 && decision.subscription_state == "pending") return;
    leak.channel = Channel::subscription_state;
    leak.message = fmt::format("{} can tell that the presentity has rules: it gets {}, and a pending subscription to one that has none, or does not exist", watcher_words(leak.watcher),
                               answer_words(decision));
    leak.fix = "let no rule match strangers: their subscriptions are then pending, as those to a presentity that does not exist";
    leaks.push_back(std::move(leak));
    return;
  }
  leak.message = fmt::format("{} can tell that the presentity exists: it gets {}, and 404 Not Found from a presentity that does not", watcher_words(leak.watcher), answer_words(decision));
  leak.fix = "no rule can hide it: have the server answer for presentities that do not exist as it does here";
  leaks.push_back(std::move(leak));
}

}  // namespace presproof::leaks
