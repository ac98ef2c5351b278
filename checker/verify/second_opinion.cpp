#include "verify/second_opinion.h"

#include <fmt/format.h>

#include "base/overloaded.h"
#include "diag/error.h"

namespace presproof::verify {
namespace {

enumerate::Goal same_goal(smt::Goal goal) {
  switch (goal) {
    case smt::Goal::claim: return enumerate::Goal::claim;
    case smt::Goal::no_claim: return enumerate::Goal::no_claim;
    case smt::Goal::guard: break;
  }
  return enumerate::Goal::guard;
}

[[noreturn]] void contradict(const property::Property& property, const std::string& by_z3, const std::string& by_enumeration) {
  throw diag::InternalError(
      fmt::format("z3 and the enumeration disagree about the property `{}`: z3 finds {}, the enumeration {}", property.name, by_z3, by_enumeration));
}

std::string words(const smt::Nothing& nothing) { return nothing.empty_group ? "that the group is empty" : "nothing"; }
std::string words(const enumerate::Nothing& nothing) { return nothing.empty_group ? "that the group is empty" : "nothing"; }

}  // namespace

std::string describe(const policy::Request& request) {
  std::string text = "watcher";
  for (const uri::Uri& identity : request.watcher.identities) text += fmt::format(" `{}`", identity.text);
  if (!request.watcher.authenticated()) text += " unauthenticated";
  text += fmt::format(", time {}, sphere {}", to_rfc3339(request.state.time), request.state.sphere ? "`" + *request.state.sphere + "`" : "undefined");
  if (const auto& shape = request.state.location.geodetic) {
    if (const auto* place = std::get_if<geo::Position>(&*shape)) text += fmt::format(", location {} {}", place->latitude, place->longitude);
  }
  if (request.state.location.civic) {
    for (const auto& [field, value] : *request.state.location.civic) text += fmt::format(", {} `{}`", field, value);
  }
  return text;
}

SecondOpinion::SecondOpinion(const policy::Policy& policy, const property::Properties& properties, const Options& options) {
  switch (options.solver) {
    case SolverChoice::z3: break;
    case SolverChoice::both:
      enumeration_ = std::make_unique<enumerate::Enumeration>(policy, properties, options.usage, *options.profile);
      break;
    case SolverChoice::cvc5: external_ = smt::ExternalSolver::cvc5(); break;
  }
}

smt::Answer SecondOpinion::weigh(smt::Answer answer, const property::Property& property, smt::Goal goal, const engine::Readings& readings,
                                 std::set<std::string>& notes) {
  if (!enumeration_) return answer;
  if (property.two_run) {
    notes.insert("the enumeration was not asked: it knows claims over one run alone");
    return answer;
  }
  const std::lock_guard lock(mutex_);
  const enumerate::Answer second = enumeration_->decide(property, same_goal(goal), readings);
  if (const auto* gave_up = std::get_if<enumerate::GaveUp>(&second)) {
    if (std::holds_alternative<smt::Nothing>(answer)) notes.insert(fmt::format("the enumeration gave up: {}", gave_up->reason));
    return answer;
  }
  const auto* found = std::get_if<enumerate::Found>(&second);
  const auto* nothing = std::get_if<enumerate::Nothing>(&second);
  return std::visit(Overloaded{
                        [&](smt::Candidate& candidate) -> smt::Answer {
                          if (nothing != nullptr) contradict(property, describe(candidate.request), words(*nothing));
                          return std::move(candidate);
                        },
                        [&](smt::Nothing& none) -> smt::Answer {
                          if (found != nullptr) contradict(property, words(none), describe(found->request));
                          if (nothing->empty_group != none.empty_group) contradict(property, words(none), words(*nothing));
                          return none;
                        },
                        [&](smt::Undecided& undecided) -> smt::Answer {
                          if (found != nullptr) return smt::Candidate{found->request};
                          return smt::Undecided{undecided.reason + "; the enumeration finds nothing, but a proof needs both"};
                        },
                    },
                    answer);
}

std::string SecondOpinion::name() const {
  std::string name(smt::SolverFactory::name());
  if (enumeration_) name += "+enumeration";
  if (external_) name += "+cvc5";
  return name;
}

std::string SecondOpinion::version() const {
  std::string version = smt::SolverFactory::version();
  if (external_) version += "+" + external_->version();
  return version;
}

}  // namespace presproof::verify
