#include "smt/difference.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/overloaded.h"
#include "diag/error.h"

namespace presproof::smt {
namespace {

void mix(std::uint64_t& hash, std::uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15ULL + (hash << 6) + (hash >> 2);
}
void mix(std::uint64_t& hash, const std::string& text) { mix(hash, std::hash<std::string>{}(text)); }

/// Equal permissions hash alike; the order of numbers never depends on it.
void mix(std::uint64_t& hash, const policy::Permission& permission) {
  mix(hash, permission.what.index());
  std::visit(Overloaded{
                 [&](policy::SubHandling value) { mix(hash, static_cast<std::uint64_t>(value)); },
                 [&](const policy::ProvideComponents& given) {
                   mix(hash, static_cast<std::uint64_t>(given.kind) * 2 + (given.all ? 1 : 0));
                   for (const auto& values : given.values) {
                     for (const std::string& value : values) mix(hash, value);
                   }
                 },
                 [&](const policy::ProvideAttribute& given) { mix(hash, static_cast<std::uint64_t>(given.attribute)); },
                 [&](const policy::ProvideUnknownAttribute& given) { mix(hash, given.name); },
                 [&](const policy::ProvideLocation& given) {
                   mix(hash, static_cast<std::uint64_t>(given.civic));
                   if (given.geodetic) mix(hash, std::hash<double>{}(given.geodetic->radius_m.value_or(-1) + 0.0));
                 },
                 [&](const policy::SetRetentionExpiry& given) { mix(hash, static_cast<std::uint64_t>(given.seconds)); },
                 [&](const policy::SetNoteWell& given) { mix(hash, given.text); },
                 [](const auto&) {},
             },
             permission.what);
}

/// Of those of RFC 6772 sections 6.1 and 6.4.
bool speaks_of_boolean(const policy::Rule& rule) {
  return std::any_of(rule.permissions.begin(), rule.permissions.end(), [](const policy::Permission& permission) {
    return std::holds_alternative<policy::KeepRuleReference>(permission.what) ||
           std::holds_alternative<policy::SetRetransmissionAllowed>(permission.what);
  });
}

constexpr std::size_t kManyObservations = 500;
constexpr std::size_t kBatch = 2000;
constexpr std::size_t kOld = 0;
constexpr std::size_t kNew = 1;

}  // namespace

PolicyDifference::PolicyDifference(const policy::Policy& both, std::size_t old_documents, const property::Properties& watchers,
                                   policy::Usage usage, const engine::Profile& profile, const engine::Readings& readings, const Limits& limits)
    : old_documents_(old_documents),
      usage_(usage),
      readings_(readings),
      limits_(limits),
      prover_(both, watchers, usage, profile) {
  for (const std::size_t side : {kOld, kNew}) {
    conditions_[side] = prover_.conditions();
    for (RuleNumber rule = 0; rule < conditions_[side].size(); ++rule) {
      if (on_old_side(rule) != (side == kOld)) conditions_[side][rule] = {{}, kFalse};
    }
  }
  number_contents();
  find_surpluses();
  find_observations();
}

/// The queries of the next classes, not too many for one solver; false: all were asked.
bool PolicyDifference::next_batch() {
  queries_.clear();
  questions_.clear();
  const auto classes = static_cast<std::uint32_t>(prover_.partition().classes().size());
  for (; next_class_ < classes && queries_.size() < kBatch; ++next_class_) {
    if (!surpluses_[next_class_].empty()) ask_about(next_class_);
  }
  series_.reset();
  batch_is_new_ = true;
  if (!queries_.empty()) series_ = std::make_unique<Prover::Series>(prover_, queries_, limits_);
  return series_ != nullptr;
}

void PolicyDifference::number_contents() {
  const RuleTable& rules = prover_.partition().rules();
  const auto& conditions = prover_.conditions();
  const auto same = [&](RuleNumber a, RuleNumber b) {
    return conditions[a].rest == conditions[b].rest && conditions[a].cells == conditions[b].cells &&
           rules.rule(a).permissions == rules.rule(b).permissions;
  };
  std::unordered_map<std::uint64_t, std::vector<Content>> by_hash;
  contents_.resize(rules.size());
  for (RuleNumber rule = 0; rule < rules.size(); ++rule) {
    std::uint64_t hash = conditions[rule].rest.code;
    for (const auto& range : conditions[rule].cells.ranges()) mix(hash, (std::uint64_t{range.first} << 32) | range.end);
    for (const policy::Permission& permission : rules.rule(rule).permissions) mix(hash, permission);
    auto& alike = by_hash[hash];
    const auto known = std::find_if(alike.begin(), alike.end(), [&](Content content) { return same(first_with_[content], rule); });
    if (known != alike.end()) {
      contents_[rule] = *known;
      continue;
    }
    contents_[rule] = static_cast<Content>(first_with_.size());
    alike.push_back(contents_[rule]);
    first_with_.push_back(rule);
  }
}

PolicyDifference::Surplus PolicyDifference::surplus_of(std::span<const RuleNumber> added, std::span<const RuleNumber> removed) const {
  Surplus each;
  const auto count = [&](std::span<const RuleNumber> rules, int sign) {
    for (const RuleNumber rule : rules) {
      if (!prover_.conditions()[rule].never()) each.emplace_back(contents_[rule], on_old_side(rule) ? -sign : sign);
    }
  };
  count(added, 1);
  count(removed, -1);
  std::sort(each.begin(), each.end());
  Surplus result;
  for (const auto& [content, by] : each) {
    if (result.empty() || result.back().first != content) result.emplace_back(content, 0);
    result.back().second += by;
  }
  std::erase_if(result, [](const auto& entry) { return entry.second == 0; });
  return result;
}

PolicyDifference::Surplus PolicyDifference::sum(const Surplus& a, const Surplus& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  Surplus result;
  for (auto first = a.begin(), second = b.begin(); first != a.end() || second != b.end();) {
    if (second == b.end() || (first != a.end() && first->first < second->first)) {
      result.push_back(*first++);
    } else if (first == a.end() || second->first < first->first) {
      result.push_back(*second++);
    } else {
      if (first->second + second->second != 0) result.emplace_back(first->first, first->second + second->second);
      ++first;
      ++second;
    }
  }
  return result;
}

void PolicyDifference::find_surpluses() {
  const Partition& partition = prover_.partition();
  const Surplus strangers = surplus_of(partition.rules_of_strangers(), {});
  std::vector<Surplus> domains;
  for (DomainId domain = 0; domain < partition.domains(); ++domain) {
    const RuleChange& change = partition.change_of(domain);
    domains.push_back(sum(strangers, surplus_of(change.added, change.removed)));
  }
  for (const WatcherClass& watcher : partition.classes()) {
    if (!watcher.authenticated()) {
      surpluses_.push_back(surplus_of(partition.rules_of_unauthenticated(readings_.empty_identity_is_unauthenticated()), {}));
    } else {
      surpluses_.push_back(sum(watcher.domain ? domains[*watcher.domain] : strangers, surplus_of(watcher.own.added, watcher.own.removed)));
    }
  }
}

void PolicyDifference::find_observations() {
  std::set<Content> differing;
  for (const Surplus& surplus : surpluses_) {
    for (const auto& entry : surplus) differing.insert(entry.first);
  }
  if (differing.empty()) return;
  const RuleTable& rules = prover_.partition().rules();
  // What every rule gives, so that what a component or the sub-handling takes along is named, too; a policy that names very much is
  // asked only for what differs, and (for a rule that is silent on them) for the booleans of RFC 6772.
  std::vector<const policy::Rule*> representatives;
  for (const RuleNumber rule : first_with_) representatives.push_back(&rules.rule(rule));
  observations_ = observations_of(representatives, usage_, readings_);
  if (observations_.size() > kManyObservations) {
    std::erase_if(representatives, [](const policy::Rule* rule) { return !speaks_of_boolean(*rule); });
    for (const Content content : differing) representatives.push_back(&rules.rule(first_with_[content]));
    observations_ = observations_of(representatives, usage_, readings_);
  }
  for (const Observation& observation : observations_) shapes_.push_back(compile(shape_of(observation, usage_, readings_)));
  property::Formula<property::ClaimAtom> allow;
  allow.atom = property::Handling{property::Comparison::at_least, policy::SubHandling::allow};
  allowed_ = compile(smt::shape_of(allow, usage_, readings_));
  for (const Content content : differing) {
    auto& given = thresholds_given_[content];
    for (const auto& [threshold, number] : threshold_numbers_) {
      if (gives(rules.rule(first_with_[content]), threshold)) given.push_back(number);
    }
  }
}

PolicyDifference::Compiled PolicyDifference::compile(const ClaimShape& shape) {
  Compiled compiled{shape.op, 0, {}};
  for (const ClaimShape& operand : shape.operands) compiled.operands.push_back(compile(operand));
  if (shape.op != property::Operator::atom) return compiled;
  const auto [place, is_new] = threshold_numbers_.try_emplace(shape.atom, static_cast<std::uint32_t>(threshold_numbers_.size()));
  compiled.threshold = place->second;
  for (const std::size_t side : {kOld, kNew}) {
    if (!is_new) break;
    thresholds_[side].push_back(std::make_unique<SomeMatching>(shape.atom, prover_.partition(), conditions_[side], prover_.terms(), prover_.state()));
    cache_[side].emplace_back();
  }
  return compiled;
}

Term PolicyDifference::threshold_term(std::uint32_t threshold, std::size_t side, const WatcherClass& watcher) {
  auto& known = cache_[side][threshold];
  if (!known) known = thresholds_[side][threshold]->for_class(watcher, readings_.empty_identity_is_unauthenticated());
  return *known;
}

Term PolicyDifference::term(const Compiled& shape, std::size_t side, const WatcherClass& watcher) {
  if (shape.op == property::Operator::atom) return threshold_term(shape.threshold, side, watcher);
  std::vector<Term> operands;
  for (const Compiled& operand : shape.operands) operands.push_back(term(operand, side, watcher));
  if (shape.op == property::Operator::not_) return !operands.front();
  return shape.op == property::Operator::or_ ? prover_.terms().any_of(std::move(operands)) : prover_.terms().all_of(std::move(operands));
}

void PolicyDifference::ask_about(std::uint32_t number) {
  const WatcherClass& watcher = prover_.partition().classes()[number];
  for (auto& cache : cache_) std::fill(cache.begin(), cache.end(), std::nullopt);
  // What only rules of both sides give is the same on both.
  bool differs = false;
  for (const auto& entry : surpluses_[number]) {
    for (const std::uint32_t threshold : thresholds_given_.at(entry.first)) {
      differs = differs || threshold_term(threshold, kOld, watcher) != threshold_term(threshold, kNew, watcher);
    }
    if (differs) break;
  }
  if (!differs) return;
  TermStore& terms = prover_.terms();
  const Term both_allow = terms.both(term(allowed_, kOld, watcher), term(allowed_, kNew, watcher));
  for (std::uint32_t observation = 0; observation < observations_.size(); ++observation) {
    const Term sides[] = {term(shapes_[observation], kOld, watcher), term(shapes_[observation], kNew, watcher)};
    if (sides[kOld] == sides[kNew]) continue;
    const Term scope = observations_[observation].among_allowed ? both_allow : kTrue;
    for (const bool gained : {true, false}) {
      const Term made = sides[gained ? kNew : kOld];
      const Term missed = sides[gained ? kOld : kNew];
      const Term query = terms.all_of({made, !missed, scope});
      if (query == kFalse) continue;
      queries_.push_back({query, number, number});
      questions_.push_back({observation, gained});
    }
  }
}

std::variant<Differences, Nothing, Undecided> PolicyDifference::next() {
  Answer answer = Nothing{};
  while (std::holds_alternative<Nothing>(answer) && (series_ || next_batch())) {
    if (const bool is_new = std::exchange(batch_is_new_, false); is_new) {
      // Where no rule with conditions holds, a change that concerns everybody shows without a solver.
      if (auto found = differences_at({kUsualInstant, {}, {}}); !found.empty()) return found;
    }
    answer = series_->next();
    if (std::holds_alternative<Nothing>(answer)) series_.reset();
  }
  if (const auto* undecided = std::get_if<Undecided>(&answer)) {
    series_.reset();
    return *undecided;
  }
  if (std::holds_alternative<Nothing>(answer)) {
    if (!prover_.partition().complete()) return Undecided{std::string(kNotAllWatchers)};
    return Nothing{};
  }
  Differences differences = differences_at(std::get<Candidate>(answer).request.state);
  if (differences.empty()) throw diag::InternalError("a state in which two policies differ shows no difference");
  return differences;
}

Differences PolicyDifference::differences_at(const policy::State& state) {
  Differences differences;
  for (const std::size_t query : series_->holding_at(state)) {
    const auto& [observation, gained] = questions_[query];
    const WatcherClass& watcher = prover_.partition().classes()[queries_[query].watcher];
    differences.push_back({observation, gained, queries_[query].watcher, {watcher.watcher(), state}});
    series_->drop(query);
  }
  return differences;
}

}  // namespace presproof::smt
