#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "leaks/kinds.h"
#include "leaks/words.h"
#include "verify/view.h"

namespace presproof::leaks {
namespace {

using smt::ClassPair;
using smt::PairGoal;

bool says_block(const policy::Rule& rule) {
  return std::any_of(rule.permissions.begin(), rule.permissions.end(), [](const policy::Permission& permission) {
    const auto* handling = std::get_if<policy::SubHandling>(&permission.what);
    return handling != nullptr && *handling == policy::SubHandling::block;
  });
}

/// Looks for each watcher that is singled out until something shows that it is blocked.
class Blocked {
 public:
  Blocked(Asker& asker, std::vector<Leak>& leaks) : asker_(asker), leaks_(leaks) {
    for (const std::uint32_t watcher : asker.watchers()) {
      if (asker.is_singled_out(watcher)) open_.push_back(watcher);
    }
  }

  void find() {
    const Claim blocked = handling_is(policy::SubHandling::block);
    const PairGoal beside{std::nullopt, blocked, negation(blocked), PairGoal::Apart::no_matter};
    ask(beside, [&](std::uint32_t watcher) { return asker_.stranger_of_domain(watcher); });
    ask(beside, [&](std::uint32_t watcher) { return watcher == asker_.stranger() ? std::nullopt : std::optional(asker_.stranger()); });
    const PairGoal at_another_time{property::Secret::handling, blocked, negation(blocked), PairGoal::Apart::no_matter};
    ask(at_another_time, [](std::uint32_t watcher) { return std::optional(watcher); });
    ask_of_rules(blocked);
  }

 private:
  template <class Other>
  void ask(const PairGoal& goal, Other&& other_of) {
    std::vector<ClassPair> pairs;
    for (const std::uint32_t watcher : open_) {
      if (const std::optional<std::uint32_t> other = other_of(watcher)) pairs.push_back({watcher, *other});
    }
    ask_pairs(goal, pairs);
  }
  void ask_pairs(const PairGoal& goal, const std::vector<ClassPair>& pairs) {
    for (const Case& found : asker_.ask(goal, pairs, "blocked-visible")) {
      report(found);
      for (const std::uint32_t watcher : found.classes) std::erase(open_, watcher);
    }
  }

  /// Rules that say `block` of a watcher: where everybody else is blocked, too, it cannot compare, but no server needs such a rule but to refuse.
  void ask_of_rules(const Claim& blocked) {
    std::set<std::string> ids;
    for (const policy::RuleSet& document : asker_.policy().documents) {
      for (const policy::Rule& rule : document.rules) {
        if (!says_block(rule) || !ids.insert(rule.id).second) continue;
        const Claim matches{property::Operator::atom, property::RuleMatches{rule.id}, {}};
        const PairGoal goal{std::nullopt, Claim{property::Operator::and_, {}, {blocked, matches}}, negation(matches), PairGoal::Apart::no_matter};
        ask(goal, [&](std::uint32_t watcher) { return watcher == asker_.stranger() ? std::nullopt : std::optional(asker_.stranger()); });
      }
    }
  }

  void report(const Case& found) {
    const Channel channel = asker_.always_accepts() ? Channel::subscription_state : Channel::response_code;
    Leak leak = leak_of(Kind::blocked_visible, "handling", channel, asker_, found);
    const bool alike = verify::same_response(found.first.decision, found.second.decision, asker_.context().usage);
    const bool itself = found.first.request.watcher == found.second.request.watcher;
    const auto who = watchers_words(leak.watcher, leak.others);
    if (alike) {
      leak.message = fmt::format("{} can tell that it is blocked: it sees {} for {}", who, answer_words(found.first.decision),
                                 rules_words(asker_.policy(), leak.rules));
    } else if (itself) {
      leak.message = fmt::format("{} can tell when it is blocked: it sees {} in one state and {} in another", who, answer_words(found.first.decision),
                                 answer_words(found.second.decision));
    } else {
      leak.message = fmt::format("{} can tell that it is blocked: it sees {} where {} gets {}", who, answer_words(found.first.decision),
                                 watcher_words(found.second.request.watcher), answer_words(found.second.decision));
    }
    leak.fix = "give it `polite-block` there: it then sees a presentity that is never available, keeps its subscription, and is not refused";
    leaks_.push_back(std::move(leak));
  }

  Asker& asker_;
  std::vector<Leak>& leaks_;
  std::vector<std::uint32_t> open_;  ///< watchers that nothing was found for yet
};

}  // namespace

void find_blocked(Asker& asker, std::vector<Leak>& leaks) { Blocked(asker, leaks).find(); }

void find_pending(Asker& asker, std::vector<Leak>& leaks) {
  const Claim pending = handling_is(policy::SubHandling::confirm);
  const PairGoal beside{std::nullopt, pending, negation(pending), PairGoal::Apart::no_matter};
  const PairGoal like_all{std::nullopt, pending, std::nullopt, PairGoal::Apart::no_matter};
  std::set<std::uint32_t> reported;
  const auto ask = [&](const PairGoal& goal, diag::Severity severity) {
    std::vector<ClassPair> pairs;
    for (const std::uint32_t watcher : asker.watchers()) {
      if (!reported.contains(watcher)) pairs.push_back({watcher, watcher == asker.stranger() ? asker.watchers().back() : asker.stranger()});
    }
    for (const Case& found : asker.ask(goal, pairs, "pending-visible")) {
      reported.insert(found.classes.begin(), found.classes.end());
      const bool by_code = !asker.always_accepts() && found.first.decision.response->code == 202;
      Leak leak = leak_of(Kind::pending_visible, "handling", by_code ? Channel::response_code : Channel::subscription_state, asker, found);
      leak.severity = severity;
      const auto& granted_by = found.first.decision.granted_by;
      const auto handling = granted_by.find("sub-handling");
      if (leak.rules.empty() && handling != granted_by.end()) leak.rules = handling->second;
      leak.message = fmt::format("{} can tell that nobody has decided about it: it gets {}", watchers_words(leak.watcher, leak.others),
                                 answer_words(found.first.decision));
      leak.fix = "give `polite-block` until somebody decides: the watcher then sees a presentity that is not available, and learns of a decision as of a change";
      leaks.push_back(std::move(leak));
    }
  };
  ask(beside, diag::Severity::warning);
  // Where all are pending alike, nobody is singled out.
  ask(like_all, diag::Severity::note);
}

}  // namespace presproof::leaks
