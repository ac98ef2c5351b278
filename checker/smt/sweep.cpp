#include "smt/sweep.h"

#include <algorithm>
#include <utility>

namespace presproof::smt {
namespace {

/// A batch's size, in rules of its watchers' own: large enough that what a solver costs to begin does not count, small enough that its
/// clauses stay few.
constexpr std::size_t kBatch = 1024;

/// Rules that every batch encodes again.
std::size_t shared_rules(const Partition& partition) {
  std::size_t count = partition.rules_of_strangers().size();
  for (DomainId domain = 0; domain < partition.domains(); ++domain) count += partition.change_of(domain).added.size();
  return count;
}

}  // namespace

Sweep::Sweep(std::shared_ptr<const Ground> ground, const property::Property& property, Workers& workers)
    : ground_(std::move(ground)), property_(&property), workers_(&workers) {}

Prover& Sweep::whole() {
  if (!whole_) whole_ = std::make_unique<Prover>(ground_);
  return *whole_;
}

bool Sweep::includes_unauthenticated() { return whole().includes_unauthenticated(*property_); }

const std::vector<Sweep::Batch>& Sweep::batches() {
  if (!batches_) batches_ = cut();
  return *batches_;
}

/// As large as what all of them encode again, at least: so the whole costs no more than twice one encoding of everything.
std::vector<Sweep::Batch> Sweep::cut() const {
  const Partition& partition = ground_->partition;
  const std::size_t size = std::max(kBatch, shared_rules(partition));
  std::vector<Batch> batches(1);
  std::size_t work = 0;
  for (std::uint32_t number = 0; number < partition.classes().size(); ++number) {
    const WatcherClass& watcher = partition.classes()[number];
    if (!partition.contains(*property_->group, watcher)) continue;
    if (work > size) {
      batches.emplace_back();
      work = 0;
    }
    batches.back().push_back(number);
    work += 1 + watcher.own.added.size() + watcher.own.removed.size();
  }
  return batches;
}

Answer Sweep::find(Goal goal, const engine::Readings& readings, const Limits& limits, QueryLog& log) {
  // A guard says the same of all watchers that are authenticated; and two groups are compared as a whole.
  if (goal == Goal::guard || property::other_group(*property_) != nullptr || batches().size() == 1) return whole().find(*property_, goal, readings, limits, log);
  if (!filter_) filter_.emplace(*ground_, *property_);
  std::vector<std::optional<Answer>> answers(batches().size());
  const auto ask = [&](std::size_t number) {
    Prover prover(ground_, Prover::Part{(*batches_)[number], &*filter_});
    answers[number] = prover.find(*property_, goal, readings, limits, log);
    return std::holds_alternative<Candidate>(*answers[number]);
  };
  // Written queries are numbered as they are asked.
  Workers alone(1);
  const std::size_t found = (log.writes() ? alone : *workers_).run(answers.size(), ask);
  if (found < answers.size()) return *answers[found];
  const auto undecided = std::find_if(answers.begin(), answers.end(), [](const auto& answer) { return std::holds_alternative<Undecided>(*answer); });
  return undecided == answers.end() ? Answer(Nothing{}) : **undecided;
}

std::vector<policy::RuleRef> Sweep::rules_behind(Goal goal, const engine::Readings& readings, const Limits& limits) {
  return whole().rules_behind(*property_, goal, readings, limits);
}

}  // namespace presproof::smt
