#include "semantics/evaluator.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "base/fault.h"
#include "semantics/combine.h"
#include "semantics/identity_index.h"
#include "semantics/match.h"
#include "semantics/respond.h"
#include "semantics/text_identity.h"

namespace presproof::semantics {

namespace {

/// The times outside of which no <validity> of a rule can hold; inside, the conditions themselves decide.
struct Envelope {
  Instant first{std::numeric_limits<std::int64_t>::min(), 0};
  Instant end{std::numeric_limits<std::int64_t>::max(), 0};
  [[nodiscard]] bool contains(Instant time) const { return first <= time && time < end; }
};

Envelope envelope_of(const policy::Rule& rule) {
  Envelope all;
  for (const policy::Condition& condition : rule.conditions) {
    const auto* validity = std::get_if<policy::ValidityCondition>(&condition);
    if (validity == nullptr) continue;
    Envelope one{.first = Envelope{}.end, .end = Envelope{}.first};
    for (const policy::ValidityPair& pair : validity->pairs) {
      if (!pair.from || !pair.until) continue;
      one.first = std::min(one.first, *pair.from);
      one.end = seeded(Fault::index_envelope_of_last_pair) ? *pair.until : std::max(one.end, *pair.until);
    }
    all.first = std::max(all.first, one.first);
    all.end = std::min(all.end, one.end);
  }
  return all;
}

}  // namespace

struct Evaluator::Impl {
  /// What the fast path needs of a rule, by rule number; first what most rules are left out by.
  struct Compiled {
    Envelope envelope;
    Effect effect;
    const policy::Rule* rule;
    bool only_identity;  ///< no condition but identity
  };

  const policy::Policy* policy;
  Options options;
  std::vector<policy::RuleRef> refs;  ///< by rule number: by document as given, then position
  std::vector<Compiled> rules;
  IdentityIndex index;

  Impl(const policy::Policy& the_policy, Options the_options)
      : policy(&the_policy), options(std::move(the_options)), index(options.readings) {
    for (std::uint32_t document = 0; document < policy->documents.size(); ++document) {
      const std::size_t size = policy->documents[document].rules.size();
      for (std::uint32_t rule = 0; rule < size; ++rule) add({document, rule});
    }
  }

  void add(policy::RuleRef ref) {
    const policy::Rule& rule = rule_at(*policy, ref);
    const bool only_identity = std::all_of(rule.conditions.begin(), rule.conditions.end(), is_identity);
    index.add(rule, static_cast<IdentityIndex::RuleNumber>(rules.size()));
    refs.push_back(ref);
    rules.push_back({envelope_of(rule), effect_of(rule, options), &rule, only_identity});
  }

  /// Of the first document, the first rule that matches, by number; nothing: there is none. Engines of this kind know no index.
  [[nodiscard]] std::optional<std::size_t> first_match(const policy::Request& request) const {
    for (std::size_t number = 0; number < rules.size() && refs[number].document == 0; ++number) {
      if (semantics::matches(*rules[number].rule, request, options)) return number;
    }
    return std::nullopt;
  }

  /// engine::Combining::all_matching_rules.
  [[nodiscard]] Decision decide_by_all_matches(const policy::Request& request) const {
    Decision decision;
    Combination combination(options, decision.permissions);
    for (const IdentityIndex::RuleNumber number : index.candidates(request.watcher)) {
      const policy::Rule& rule = *rules[number].rule;
      if (!semantics::matches(rule, request, options)) continue;
      decision.matched.push_back(refs[number]);
      combination.add(rule);
    }
    combination.finish();
    return decision;
  }

  /// engine::Combining::first_matching_rule.
  [[nodiscard]] Decision decide_by_first_match(const policy::Request& request) const {
    Decision decision;
    Combination combination(options, decision.permissions);
    const auto fail = [&](int code) {
      combination.finish();
      decision.response = error_response(code);
      return decision;
    };
    if (options.profile->identity != engine::IdentityTest::uri_equivalence) {
      if (const auto who = text_watcher(request.watcher, *options.profile); !who.watcher) return fail(who.code);
    }
    const auto number = first_match(request);
    const policy::Rule* rule = number ? rules[*number].rule : nullptr;
    if (rule != nullptr && rule->outcome == policy::Outcome::fails) return fail(500);
    if (rule != nullptr) combination.add(*rule);
    combination.finish();
    if (rule != nullptr && rule->outcome == policy::Outcome::gives) {
      decision.matched.push_back(refs[*number]);
      decision.transformations = rule->transformations;
    }
    return decision;
  }

  /// The rules among which those are that match, ascending. The index compares identities as RFC 4745 does.
  [[nodiscard]] std::vector<IdentityIndex::RuleNumber> candidates(const policy::Watcher& watcher) const {
    if (options.profile->identity == engine::IdentityTest::uri_equivalence) return index.candidates(watcher);
    std::vector<IdentityIndex::RuleNumber> all(rules.size());
    std::iota(all.begin(), all.end(), IdentityIndex::RuleNumber{0});
    return all;
  }

  /// engine::Combining::matching_rules_of_first_kind.
  [[nodiscard]] Decision decide_by_kind(const policy::Request& request) const {
    std::vector<IdentityIndex::RuleNumber> of_kind;
    for (const IdentityIndex::RuleNumber number : candidates(request.watcher)) {
      const policy::Rule& rule = *rules[number].rule;
      if (!of_kind.empty() && rules[of_kind.front()].rule->rank < rule.rank) continue;
      if (!semantics::matches(rule, request, options)) continue;
      if (!of_kind.empty() && rule.rank < rules[of_kind.front()].rule->rank) of_kind.clear();
      of_kind.push_back(number);
    }
    Decision decision;
    Combination combination(options, decision.permissions);
    for (const IdentityIndex::RuleNumber number : of_kind) {
      combination.add(*rules[number].rule);
      if (rules[number].rule->outcome == policy::Outcome::gives) decision.matched.push_back(refs[number]);
    }
    combination.finish();
    return decision;
  }

  [[nodiscard]] bool matches(const IdentityIndex::Candidate& candidate, const policy::Request& request) const {
    const Compiled& compiled = rules[candidate.rule];
    if (!compiled.envelope.contains(request.state.time)) return false;
    if (!candidate.identity_holds) return semantics::matches(*compiled.rule, request, options);
    return compiled.only_identity || holds_beside_identity(*compiled.rule, request, options);
  }
};

Evaluator::Evaluator(const policy::Policy& policy, Options options)
    : impl_(std::make_unique<Impl>(policy, std::move(options))) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

Decision Evaluator::decide(const policy::Request& request) const {
  Decision decision;
  switch (impl_->options.profile->combining) {
    case engine::Combining::all_matching_rules: decision = impl_->decide_by_all_matches(request); break;
    case engine::Combining::first_matching_rule: decision = impl_->decide_by_first_match(request); break;
    case engine::Combining::matching_rules_of_first_kind: decision = impl_->decide_by_kind(request); break;
  }
  if (decision.response) return decision;  // an error
  decision.granted_by = granted_by(decision.permissions, *impl_->policy, decision.matched, impl_->options);
  if (const auto answer = respond(decision.permissions.sub_handling, impl_->options)) {
    decision.response = answer->response;
    decision.subscription_state = answer->subscription_state;
  }
  return decision;
}

void Evaluator::permissions(const policy::Request& request, Permissions& permissions) const {
  switch (impl_->options.profile->combining) {
    case engine::Combining::all_matching_rules: break;
    case engine::Combining::first_matching_rule: permissions = impl_->decide_by_first_match(request).permissions; return;
    case engine::Combining::matching_rules_of_first_kind: permissions = impl_->decide_by_kind(request).permissions; return;
  }
  Combination combination(impl_->options, permissions);
  // Combining does not mind the order of the rules, nor one that comes twice.
  impl_->index.for_each_candidate(request.watcher, [&](const IdentityIndex::Candidate& candidate) {
    if (!impl_->matches(candidate, request)) return;
    const Impl::Compiled& compiled = impl_->rules[candidate.rule];
    combination.add(*compiled.rule, compiled.effect);
  });
  combination.finish();
}

bool Evaluator::matches(policy::RuleRef rule, const policy::Request& request) const {
  return semantics::matches(rule_at(*impl_->policy, rule), request, impl_->options);
}

const Options& Evaluator::options() const { return impl_->options; }
const policy::Policy& Evaluator::policy() const { return *impl_->policy; }

}  // namespace presproof::semantics
