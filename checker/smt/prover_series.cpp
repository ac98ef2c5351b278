#include "smt/prover_series.h"

#include <fmt/format.h>

#include "smt/prover_search.h"

namespace presproof::smt {

Prover::Series::Series(Prover& prover, std::vector<ClassQuery> queries, const Limits& limits)
    : prover_(&prover), question_{std::move(queries)}, limits_(limits), dropped_(question_.classes.size()) {
  std::vector<Term> roots;
  for (const ClassQuery& query : question_.classes) roots.push_back(query.term);
  nodes_ = prover.terms_.nodes_below(roots);
  circles_ = prover.circles_below(roots);
}

Prover::Series::~Series() = default;

Answer Prover::Series::next() {
  if (!search_) begin();
  return question_.classes.empty() ? Answer(Nothing{}) : search_->run();
}

void Prover::Series::begin() {
  for (std::size_t i = 0; i < dropped_.size(); ++i)
    if (dropped_[i]) question_.classes[i].term = kFalse;  // the solver never sees it
  search_ = std::make_unique<Search>(*prover_, question_, limits_, log_);
  search_->selectors.resize(question_.classes.size());
  for (Term& selector : search_->selectors) selector = prover_->terms_.variable(fmt::format("asked.{}", prover_->terms_.size()));
}

std::vector<std::size_t> Prover::Series::holding_at(const policy::State& state) {
  Valuation values(prover_->terms_.size());
  values[0] = true;
  prover_->state_.assign(state, circles_, values);
  prover_->terms_.evaluate(nodes_, values);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < question_.classes.size(); ++i) {
    if (!dropped_[i] && holds(values, question_.classes[i].term)) found.push_back(i);
  }
  return found;
}

void Prover::Series::drop(std::size_t query) {
  dropped_[query] = true;
  if (search_) search_->add(!search_->selectors[query]);
}

}  // namespace presproof::smt
