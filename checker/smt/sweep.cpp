#include "smt/sweep.h"

#include <algorithm>
#include <utility>

namespace presproof::smt {
Sweep::Sweep(std::shared_ptr<const Ground> ground, const property::Property& property, Workers& workers, std::size_t batch)
    : ground_(std::move(ground)), property_(&property), workers_(&workers), batch_(batch) {}

Prover& Sweep::whole() {
  if (!whole_) whole_ = std::make_unique<Prover>(ground_);
  return *whole_;
}

bool Sweep::includes_unauthenticated() { return whole().includes_unauthenticated(*property_); }

const std::vector<Sweep::Batch>& Sweep::batches() {
  if (!batches_) batches_ = cut();
  return *batches_;
}

/// Watchers of one domain together, because a batch encodes the rules that they share once. A batch has at least as many rules of its watchers'
/// own as shared ones, so that the whole costs no more than twice one encoding of everything.
std::vector<Sweep::Batch> Sweep::cut() const {
  const Partition& partition = ground_->partition;
  const auto classes = partition.classes();
  Batch members;
  for (std::uint32_t number = 0; number < classes.size(); ++number) {
    if (partition.contains(*property_->group, classes[number])) members.push_back(number);
  }
  std::stable_sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) { return classes[a].domain < classes[b].domain; });

  std::vector<Batch> batches(1);
  std::size_t own = 0;
  std::size_t shared = 0;
  std::optional<DomainId> domain;
  const auto rules_of = [](const RuleChange& change) { return change.added.size() + change.removed.size(); };
  for (const std::uint32_t number : members) {
    const WatcherClass& watcher = classes[number];
    if (own > std::max(batch_, shared)) {
      batches.emplace_back();
      own = 0;
    }
    if (batches.back().empty()) {
      shared = partition.rules_of_strangers().size();
      domain.reset();
    }
    if (watcher.domain && watcher.domain != domain) shared += rules_of(partition.change_of(*watcher.domain));
    domain = watcher.domain;
    own += 1 + rules_of(watcher.own);
    batches.back().push_back(number);
  }
  for (Batch& batch : batches) std::sort(batch.begin(), batch.end());
  return batches;
}

Answer Sweep::find(Goal goal, const engine::Readings& readings, const Limits& limits, QueryLog& log) {
  // A guard says the same of all watchers that are authenticated; and two groups are compared as a whole.
  if (goal == Goal::guard || property::other_group(*property_) != nullptr || batches().size() == 1) return whole().find(*property_, goal, readings, limits, log);
  if (!filter_) filter_.emplace(*ground_, *property_);
  std::vector<std::optional<Answer>> answers(batches().size());
  const auto ask = [&](std::size_t number) {
    if (limits.passed()) {
      answers[number] = Undecided{limit_reason(limits)};
      return false;
    }
    Prover prover(ground_, Prover::Part{(*batches_)[number], &*filter_});
    answers[number] = prover.find(*property_, goal, readings, limits, log);
    return std::holds_alternative<Candidate>(*answers[number]);
  };
  // Queries that are written, or answered by another solver, too, are numbered as they are asked.
  Workers alone(1);
  const std::size_t found = (!log.is_idle() ? alone : *workers_).run(answers.size(), ask);
  if (found < answers.size()) return *answers[found];
  const auto undecided = std::find_if(answers.begin(), answers.end(), [](const auto& answer) { return std::holds_alternative<Undecided>(*answer); });
  return undecided == answers.end() ? Answer(Nothing{}) : **undecided;
}

std::vector<policy::RuleRef> Sweep::rules_behind(Goal goal, const engine::Readings& readings, const Limits& limits) {
  return whole().rules_behind(*property_, goal, readings, limits);
}

}  // namespace presproof::smt
