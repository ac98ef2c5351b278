#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"
#include "semantics/respond.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;
using policy::SubHandling;

/// So many of the blocked are looked at; one that can tell is enough.
constexpr std::size_t kMostBlocked = 64;

/// Whom a rule blocks by name: identities, or the rest of a domain.
std::vector<Somebody> blocked_by(const policy::Rule& rule, const Reach& reach) {
  std::vector<Somebody> blocked;
  each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
    for (const auto& matcher : identity.matchers) {
      if (blocked.size() >= kMostBlocked) return;
      if (const auto* one = std::get_if<policy::One>(&matcher))
        blocked.push_back({one->id, fmt::format("`{}`", one->id.text)});
      else if (const auto* many = std::get_if<policy::Many>(&matcher);
               many != nullptr && many->domain && many->domain->ascii)
        blocked.push_back({stranger(*many->domain->ascii), fmt::format("watchers of `{}`", many->domain->text)});
    }
  });
  std::erase_if(blocked, [&](const Somebody& each) { return !reach.admits(each.identity); });
  return blocked;
}

/// A rule that answers a stranger in another way.
struct Other {
  RuleRef rule;
  std::string words;
};

class BlockedCanTell {
 public:
  explicit BlockedCanTell(const Context& context)
      : context_(context), overlaps_(context.overlaps()), disclosures_(context.disclosures()) {
    each_rule(context.policy, [&](RuleRef ref, const policy::Rule&) {
      if (!any_domain_ && answers(ref, stranger(std::nullopt))) any_domain_ = ref;
    });
  }

  void run(diag::Sink& sink) const {
    each_rule(context_.policy, [&](RuleRef ref, const policy::Rule& rule) {
      const auto& given = disclosures_.of(ref);
      const auto& reach = overlaps_.reach(ref);
      if (given.handling == nullptr || given.sub_handling != SubHandling::block || !reach.possible) return;
      if (!disclosures_.companions(ref).complete) return;
      for (const auto& each : blocked_by(rule, reach)) {
        const auto other = answered_otherwise(ref, each.identity);
        if (!other) continue;
        sink.report(report(rule, given, each, *other));
        return;
      }
    });
  }

 private:
  /// Whether the rule gives an identity, at some time, something better than `block`.
  [[nodiscard]] bool answers(RuleRef ref, const uri::Uri& identity) const {
    const auto& reach = overlaps_.reach(ref);
    return disclosures_.of(ref).sub_handling > SubHandling::block && reach.possible && reach.admits(identity);
  }

  /// The rule by which strangers of its domain, or of any, are let in when the identity never is; nothing when it is let
  /// in itself, which is another finding's matter.
  [[nodiscard]] std::optional<Other> answered_otherwise(RuleRef ref, const uri::Uri& identity) const {
    const auto& rules = disclosures_.companions(ref).rules;
    if (std::ranges::any_of(rules, [&](RuleRef other) { return answers(other, identity); })) return std::nullopt;
    if (identity.domain) {
      const auto neighbour = stranger(*identity.domain);
      for (const auto other : rules)
        if (answers(other, neighbour)) return Other{other, "others of its domain"};
    }
    if (any_domain_) return Other{*any_domain_, "strangers"};
    return std::nullopt;
  }

  [[nodiscard]] diag::Diagnostic report(const policy::Rule& rule, const Disclosure& given, const Somebody& blocked,
                                        const Other& other) const {
    const auto& opening = policy::rule_at(context_.policy, other.rule);
    const auto& answer = disclosures_.of(other.rule);
    auto found = finding(diag::Code::blocked_can_tell, rule, given.handling->span,
                         fmt::format("{} can tell that {} blocks: {}, where {} get {} by {}", blocked.words, name_of(rule),
                                     response_words(SubHandling::block), other.words,
                                     response_words(answer.sub_handling), name_of(opening)),
                         "write `polite-block`, which looks like a presentity that is never available");
    found.related.push_back({answer.handling->span, fmt::format("{} gives `{}`", name_of(opening),
                                                                policy::to_string(answer.sub_handling))});
    return found;
  }

  [[nodiscard]] std::string response_words(SubHandling handling) const {
    const semantics::Options options{.usage = policy::Usage::presence, .readings = {}};
    const auto response = semantics::respond(handling, options).value().response;
    return fmt::format("{} {}", response.code, response.reason);
  }

  const Context& context_;
  const Overlap& overlaps_;
  const Disclosures& disclosures_;
  std::optional<RuleRef> any_domain_;  ///< the first rule that lets strangers of any domain in
};

}  // namespace

/// RFC 5025 section 3.2.1: a rejected subscription says so; polite-block exists to hide it. A block
/// beside which strangers are refused alike tells nothing.
void check_blocked_can_tell(const Context& context, diag::Sink& sink) {
  if (context.options.usage == policy::Usage::presence) BlockedCanTell(context).run(sink);
}

}  // namespace presproof::lint
