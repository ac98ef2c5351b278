#include "leaks/asker.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "diag/error.h"
#include "leaks/words.h"
#include "semantics/text_identity.h"
#include "verify/documents_apart.h"
#include "verify/two_run.h"
#include "verify/view.h"

namespace presproof::leaks {
namespace {

using Apart = smt::PairGoal::Apart;

property::Properties naming(const uri::Uri& uri) {
  property::Property property;
  property.group = std::make_shared<const property::Group>(property::Group{property::Members{{uri}}, {}, {}});
  return {{std::move(property)}, {}};
}

/// Whether the server can tell who it is; it answers all others with an error, whatever the rules say.
bool is_read(const policy::Watcher& watcher, const engine::Profile& profile) {
  return profile.identity == engine::IdentityTest::uri_equivalence || semantics::text_watcher(watcher, profile).watcher.has_value();
}

bool is(const smt::WatcherClass& watcher, const uri::Uri& uri) {
  return watcher.identities.size() == 1 && uri::equivalent(watcher.identities.front().uri, uri);
}

}  // namespace

Claim handling_is(policy::SubHandling value) {
  return {property::Operator::atom, property::Handling{property::Comparison::exactly, value}, {}};
}
Claim negation(Claim claim) { return {property::Operator::not_, {}, {std::move(claim)}}; }

Asker::Asker(const policy::Policy& policy, const Options& options)
    : policy_(policy),
      options_(options),
      readings_(engine::with_defaults(options.verify.fixed)),
      properties_(naming(options.stranger)),
      prover_(policy, properties_, options.verify.usage, *options.verify.profile),
      evaluator_(policy, {options.verify.usage, options.verify.profile, readings_}) {
  const auto classes = prover_.partition().classes();
  const auto size = static_cast<std::uint32_t>(classes.size());
  strangers_.resize(prover_.partition().domains());
  std::optional<std::uint32_t> stranger;
  for (std::uint32_t number = 0; number < size; ++number) {
    if (!stranger && is(classes[number], options.stranger)) stranger = number;
    const auto& identities = classes[number].identities;
    if (classes[number].domain && identities.size() == 1 && identities.front().names.empty()) strangers_[*classes[number].domain] = number;
  }
  if (!stranger) throw diag::InternalError("the stranger is no watcher of the partition");
  watchers_.push_back(*stranger);
  for (std::uint32_t number = 0; number < size; ++number) {
    // A class of everybody whom nothing names is what the stranger of the options stands for, too.
    const bool same = classes[number].authenticated() && !is_singled_out(number) && !is_singled_out(*stranger);
    if (number != *stranger && !same && is_read(classes[number].watcher(), *options.verify.profile)) watchers_.push_back(number);
  }
}

bool Asker::is_singled_out(std::uint32_t watcher) const {
  const smt::RuleTable& rules = prover_.partition().rules();
  for (const smt::Identity& identity : prover_.partition().classes()[watcher].identities) {
    if (identity.domain && !rules.naming_domain(*identity.domain).empty()) return true;
    if (std::any_of(identity.names.begin(), identity.names.end(), [&](smt::NameId name) { return !rules.naming(name).empty(); })) return true;
  }
  return false;
}

std::optional<std::uint32_t> Asker::stranger_of_domain(std::uint32_t watcher) const {
  const auto& domain = prover_.partition().classes()[watcher].domain;
  if (!domain || strangers_[*domain] == watcher) return std::nullopt;
  return strangers_[*domain];
}

verify::Counterexample Asker::decide(const policy::Request& request) const { return {request, readings_, evaluator_.decide(request)}; }

bool Asker::check(const smt::PairGoal& goal, const verify::Counterexample& first, const verify::Counterexample& second) const {
  const char* broken = nullptr;
  if (goal.secret && !verify::differ_in_alone(*goal.secret, first.request.state, second.request.state)) broken = "the states do not differ in the secret alone";
  if (!goal.secret && first.request.state != second.request.state) broken = "the states differ";
  if (goal.first && !claims::claim_holds(*goal.first, first.decision, context())) broken = "the first run is not what it was sought for";
  if (goal.second && !claims::claim_holds(*goal.second, second.decision, context())) broken = "the second run is not what it was sought for";
  const bool same_response = verify::same_response(first.decision, second.decision, options_.verify.usage);
  if (goal.apart == Apart::response && same_response) broken = "the responses are the same";
  if (goal.apart == Apart::document && !same_response) broken = "the responses differ";
  const bool unseen = goal.apart == Apart::document && !verify::documents_apart(first.decision, second.decision, context(), *options_.verify.profile);
  // Not every difference of what is taken away shows in a document (smt/hiding.h), nor does a location that counts as standing elsewhere.
  const bool may_be_unseen = options_.verify.profile->filtering != engine::Filtering::shows_what_is_granted;
  if (unseen && !may_be_unseen) broken = "no document shows the difference";
  if (broken != nullptr) {
    throw diag::InternalError(fmt::format("a leak to {} does not replay: {}", watcher_words(first.request.watcher), broken));
  }
  return !unseen;
}

std::vector<Case> Asker::ask(const smt::PairGoal& goal, const std::vector<smt::ClassPair>& pairs, std::string_view about) {
  // Pairs with one term have the same states as their answer.
  const std::vector<smt::Term> terms = prover_.pair_terms(goal, pairs, readings_);
  std::map<smt::Term, smt::Answer> answers;
  std::map<std::vector<policy::RuleRef>, std::size_t> by_rules;
  std::vector<Case> cases;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (terms[i] == smt::kFalse) continue;
    auto known = answers.find(terms[i]);
    if (known == answers.end()) {
      smt::Limits limits;
      limits.rlimit = options_.verify.rlimit;
      if (options_.verify.timeout_s > 0) {
        const std::chrono::duration<double> time(options_.verify.timeout_s);
        limits.deadline = std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(time);
      }
      known = answers.emplace(terms[i], prover_.find_pair(goal, pairs[i], terms[i], limits)).first;
      if (const auto* undecided = std::get_if<smt::Undecided>(&known->second)) {
        undecided_.push_back(fmt::format("{} for {}: {}", about, watcher_words(watcher(pairs[i].first)), undecided->reason));
      }
    }
    const auto* found = std::get_if<smt::Candidate>(&known->second);
    if (found == nullptr) continue;
    const auto first = decide({watcher(pairs[i].first), found->request.state});
    const auto second = decide({watcher(pairs[i].second), found->second->state});
    if (!check(goal, first, second)) {
      undecided_.push_back(fmt::format("{} for {}: different things are taken away, and no document that was tried shows it", about, watcher_words(first.request.watcher)));
      continue;
    }
    const bool response_alone = options_.verify.usage == policy::Usage::presence && goal.apart != Apart::document;
    std::vector<policy::RuleRef> rules = verify::rules_between(first, second, response_alone);
    const auto [place, is_new] = by_rules.emplace(rules, cases.size());
    if (is_new) cases.push_back({pairs[i].first, {}, first, second, std::move(rules)});
    cases[place->second].classes.push_back(pairs[i].first);
  }
  return cases;
}

}  // namespace presproof::leaks
