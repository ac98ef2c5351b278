#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;
using policy::SubHandling;

/// Whom a rule blocks by name: an identity, or the rest of a domain. A block for everybody is a default from which
/// others make exceptions, and not looked at.
struct Blocked {
  uri::Uri probe;
  std::string words;
};

std::vector<Blocked> blocked_by(const policy::Rule& rule, const Reach& reach) {
  std::vector<Blocked> blocked;
  each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
    for (const auto& matcher : identity.matchers) {
      if (const auto* one = std::get_if<policy::One>(&matcher)) {
        blocked.push_back({one->id, fmt::format("`{}`", one->id.text)});
      } else if (const auto* many = std::get_if<policy::Many>(&matcher);
                 many != nullptr && many->domain && many->domain->ascii) {
        blocked.push_back({stranger(*many->domain->ascii), fmt::format("watchers of `{}`", many->domain->text)});
      }
    }
  });
  std::erase_if(blocked, [&](const Blocked& each) { return !reach.admits(each.probe); });
  return blocked;
}

/// A finding points to so many overriding rules.
constexpr std::size_t kShown = 3;

struct Override {
  RuleRef rule;
  SubHandling handling;
  std::size_t whom;   ///< index of the first of the blocked that it lets through
  std::size_t count;  ///< how many
};

class OverriddenBlocks {
 public:
  explicit OverriddenBlocks(const Context& context) : context_(context), overlaps_(context.overlaps()) {
    each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
      if (grants_.size() <= ref.document) grants_.resize(ref.document + 1);
      grants_[ref.document].push_back(grants_of(rule));
    });
  }

  void run(diag::Sink& sink) const {
    each_rule(context_.policy, [&](RuleRef ref, const policy::Rule& rule) {
      const auto& grants = grants_[ref.document][ref.rule];
      const bool blocks = grants.handling != nullptr && (grants.sub_handling == SubHandling::block ||
                                                         grants.sub_handling == SubHandling::polite_block);
      if (!blocks) return;
      const auto blocked = blocked_by(rule, overlaps_.reach(ref));
      if (blocked.empty()) return;
      const auto overrides = overrides_of(ref, blocked);
      if (!overrides.empty()) sink.report(report(rule, grants, blocked, overrides));
    });
  }

 private:
  std::vector<Override> overrides_of(RuleRef ref, const std::vector<Blocked>& blocked) const {
    const auto& mine = overlaps_.reach(ref);
    const auto handling = grants_[ref.document][ref.rule].sub_handling;
    std::vector<Override> overrides;
    for (const auto other : overlaps_.candidates(ref)) {
      if (overrides.size() >= kShown &&
          std::ranges::find(overrides, SubHandling::allow, &Override::handling) != overrides.end())
        break;  // no other one can be stronger
      const auto given = grants_[other.document][other.rule].sub_handling;
      if (given <= handling || !at_one_moment(mine, overlaps_.reach(other))) continue;
      const auto admitted = [&](const Blocked& each) { return overlaps_.reach(other).admits(each.probe); };
      const auto count = static_cast<std::size_t>(std::ranges::count_if(blocked, admitted));
      if (count == 0) continue;
      const auto first = std::ranges::find_if(blocked, admitted) - blocked.begin();
      overrides.push_back({other, given, static_cast<std::size_t>(first), count});
    }
    return overrides;
  }

  diag::Diagnostic report(const policy::Rule& rule, const Grants& grants, const std::vector<Blocked>& blocked,
                          const std::vector<Override>& overrides) const {
    const auto strongest = std::ranges::max_element(overrides, {}, &Override::handling);
    auto whom = blocked[strongest->whom].words;
    if (strongest->count > 1) whom += fmt::format(" and {} more", strongest->count - 1);
    const auto& winner = policy::rule_at(context_.policy, strongest->rule);
    auto found = finding(diag::Code::block_overridden, rule, grants.handling->span,
                         fmt::format("{} does not block {}: {} gives `{}`, and the more generous value wins",
                                     name_of(rule), whom, name_of(winner), policy::to_string(strongest->handling)),
                         fmt::format("leave {} out of {} with an `except`, or narrow its identity condition",
                                     strongest->count > 1 ? "these watchers" : whom, name_of(winner)));
    for (const auto& each : overrides) {
      const auto& other = policy::rule_at(context_.policy, each.rule);
      const auto* place = grants_[each.rule.document][each.rule.rule].handling;
      found.related.push_back(
          {place->span, fmt::format("{} gives `{}`", name_of(other), policy::to_string(each.handling))});
    }
    return found;
  }

  const Context& context_;
  const Overlap& overlaps_;
  std::vector<std::vector<Grants>> grants_;  ///< by document and rule
};

}  // namespace

/// RFC 5025 section 3.2.1, NOTE WELL: "placing a value of block for this element does not guarantee that a subscription
/// is denied".
void check_block_overridden(const Context& context, diag::Sink& sink) {
  if (context.options.usage == policy::Usage::presence) OverriddenBlocks(context).run(sink);
}

}  // namespace presproof::lint
