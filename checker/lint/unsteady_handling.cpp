#include "lint/unsteady_handling.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;
using policy::SubHandling;

/// So many rules are looked at for watchers; beyond it nothing more is reported.
constexpr std::size_t kMostWork = 4'000'000;
/// So few rules are looked at one by one rather than in the index.
constexpr std::size_t kFew = 100;

/// Calls `visit(identity, words)` for the watchers that a rule's conditions tell apart and let in, until it says true.
template <class Visit>
void any_watcher_of(const Reach& reach, Visit visit) {
  const auto is_enough = [&](const uri::Uri& identity, auto words) { return reach.admits(identity) && visit(identity, words); };
  if (reach.identities.empty()) {
    (void)is_enough(stranger(std::nullopt), [] { return std::string("every watcher"); });
    return;
  }
  for (const auto& test : reach.identities) {
    for (const auto& matcher : test.condition().matchers) {
      if (const auto* one = std::get_if<policy::One>(&matcher)) {
        if (is_enough(one->id, [&] { return fmt::format("`{}`", one->id.text); })) return;
      } else if (const auto* many = std::get_if<policy::Many>(&matcher)) {
        if (!many->domain) {
          if (is_enough(stranger(std::nullopt), [] { return std::string("watchers of any domain"); })) return;
        } else if (many->domain->ascii) {
          if (is_enough(stranger(*many->domain->ascii), [&] { return fmt::format("watchers of `{}`", many->domain->text); })) return;
        }
      }
    }
  }
}

/// The most generous sub-handling of a rule (RFC 5025 section 3.2.1).
const policy::Permission* handling_of(const policy::Rule& rule) {
  const policy::Permission* most = nullptr;
  for (const auto& permission : rule.permissions) {
    const auto* value = std::get_if<SubHandling>(&permission.what);
    if (value != nullptr && (most == nullptr || std::get<SubHandling>(most->what) < *value)) most = &permission;
  }
  return most;
}

/// What becomes of a subscription: refused, pending or active.
SubHandling outcome_of(const policy::Permission* handling) {
  if (handling == nullptr) return SubHandling::block;
  return std::min(std::get<SubHandling>(handling->what), SubHandling::polite_block);
}

const SourceSpan* condition_on(const policy::Rule& rule, ChangingState state) {
  for (const auto& condition : rule.conditions) {
    if (const auto* sphere = std::get_if<policy::SphereCondition>(&condition);
        sphere != nullptr && state == ChangingState::sphere)
      return &sphere->span;
    if (const auto* location = std::get_if<policy::LocationCondition>(&condition);
        location != nullptr && state == ChangingState::location)
      return &location->span;
  }
  return nullptr;
}

class UnsteadyHandling {
 public:
  UnsteadyHandling(const Context& context, ChangingState state, diag::Code code)
      : context_(context), overlaps_(context.overlaps()), state_(state), code_(code) {
    each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
      const bool steady = condition_on(rule, state) == nullptr;
      const auto outcome = steady ? outcome_of(handling_of(rule)) : SubHandling::block;
      if (steady_.size() <= ref.document) steady_.resize(ref.document + 1);
      steady_[ref.document].push_back(outcome);
      if (outcome > SubHandling::block) all_steady_.push_back(ref);
      if (rule.conditions.empty()) for_everybody_ = std::max(for_everybody_, outcome);
    });
  }

  void run(diag::Sink& sink) {
    const Explained explained(sink, {diag::Code::rule_never_matches, diag::Code::conditions_exclude_each_other});
    each_rule(context_.policy, [&](RuleRef ref, const policy::Rule& rule) {
      const auto* condition = condition_on(rule, state_);
      const auto* handling = handling_of(rule);
      if (condition == nullptr || outcome_of(handling) <= for_everybody_ || !overlaps_.reach(ref).possible) return;
      if (explained.contains(rule)) return;
      const auto steady = steady_rules(ref, outcome_of(handling));
      any_watcher_of(overlaps_.reach(ref), [&](const uri::Uri& identity, const auto& words) {
        work_ += steady.size() + 1;
        if (work_ > kMostWork) return true;
        if (std::ranges::any_of(steady, [&](const Reach* reach) { return reach->admits(identity); })) return false;
        sink.report(report(rule, *condition, *handling, words()));
        return true;
      });
    });
  }

 private:
  /// The rules without a condition on the state that may hold together with this one and accept as it does.
  std::vector<const Reach*> steady_rules(RuleRef ref, SubHandling outcome) {
    std::vector<const Reach*> steady;
    if (work_ > kMostWork) return steady;
    const auto candidates = all_steady_.size() < kFew ? Candidates(std::span(std::as_const(all_steady_))) : overlaps_.candidates(ref);
    work_ += candidates.size();
    for (const auto other : candidates)
      if (steady_[other.document][other.rule] >= outcome && at_one_moment(overlaps_.reach(ref), overlaps_.reach(other)))
        steady.push_back(&overlaps_.reach(other));
    return steady;
  }

  diag::Diagnostic report(const policy::Rule& rule, const SourceSpan& condition, const policy::Permission& handling,
                          const std::string& watcher) const {
    const bool sphere = state_ == ChangingState::sphere;
    const auto given = policy::to_string(std::get<SubHandling>(handling.what));
    auto found = finding(
        code_, rule, condition,
        fmt::format("{} gives `{}` to {} only {}: when the {} changes, subscriptions end or become pending, and "
                    "watchers are not "
                    "told when they may come back",
                    name_of(rule), given, watcher, sphere ? "in some spheres" : "at some places",
                    sphere ? "sphere" : "location"),
        fmt::format("give the `sub-handling` in a rule without the condition, and let this one add what is shown {}",
                    sphere ? "in these spheres" : "at these places"));
    found.related.push_back({handling.span, fmt::format("`{}` is given here", given)});
    return found;
  }

  const Context& context_;
  const Overlap& overlaps_;
  ChangingState state_;
  diag::Code code_;
  std::vector<std::vector<SubHandling>>
      steady_;                       ///< by document and rule; block for those with a condition on the state
  std::vector<RuleRef> all_steady_;  ///< those that accept somebody
  SubHandling for_everybody_ = SubHandling::block;
  std::size_t work_ = 0;
};

}  // namespace

void report_unsteady_handling(const Context& context, ChangingState state, diag::Code code, diag::Sink& sink) {
  if (context.options.usage == policy::Usage::presence) UnsteadyHandling(context, state, code).run(sink);
}

}  // namespace presproof::lint
