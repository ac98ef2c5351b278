#include "verify/property_check.h"

#include <algorithm>
#include <chrono>
#include <set>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "claims/claim.h"
#include "claims/scope.h"
#include "diag/error.h"
#include "geo/obfuscation.h"
#include "verify/documents_apart.h"
#include "verify/over_subscription.h"
#include "verify/over_time.h"
#include "verify/two_run.h"

namespace presproof::verify {
namespace {

using Clock = std::chrono::steady_clock;

/// Where a target of unknown location is taken to be.
constexpr geo::Position kAnyPlace{48.1, 11.6};
const geo::CivicAddress kAnyAddress = {{"country", "DE"}, {"A1", "Bavaria"}, {"A3", "Munich"}, {"RD", "Marienplatz"}, {"HNO", "8"}};

bool is_about_location(const property::Formula<property::ClaimAtom>& claim) {
  if (claim.op != property::Operator::atom) return std::ranges::any_of(claim.operands, is_about_location);
  return std::holds_alternative<property::LocationShown>(claim.atom) || std::holds_alternative<property::RetransmissionAllowed>(claim.atom) ||
         std::holds_alternative<property::RetentionLongerThan>(claim.atom);
}

/// What would refute the property; of a `sometimes`: what proves it.
smt::Goal goal_of(const property::Property& property) {
  const bool for_all = property.two_run || property.quantifier == property::Quantifier::always;
  return for_all ? smt::Goal::no_claim : smt::Goal::claim;
}

bool is_sometimes(const property::Property& property) { return !property.two_run && property.quantifier == property::Quantifier::sometimes; }

}  // namespace

const semantics::Evaluator& Replayer::evaluator(const engine::Readings& readings) {
  const std::lock_guard lock(mutex_);
  const auto known = evaluators_.find(readings);
  if (known != evaluators_.end()) return known->second;
  return evaluators_.emplace(readings, semantics::Evaluator(policy_, {options_.usage, options_.profile, readings})).first->second;
}

Counterexample Replayer::decide(const policy::Request& request, const engine::Readings& readings) {
  return {request, readings, evaluator(readings).decide(request)};
}

Example Replayer::replay(const property::Property& property, std::optional<bool> claim_is, const smt::Candidate& candidate,
                         const engine::Readings& readings) {
  const policy::Request& request = candidate.request;
  const claims::ClaimContext context{policy_, options_.usage, readings};
  Example example{decide(request, readings), std::nullopt};
  std::optional<std::string_view> broken;
  if (!claims::in_group(*property.group, request.watcher)) broken = "the watcher is not in the group";
  if (!broken && !claims::guard_holds(property, request)) broken = "the guard does not hold";
  if (!broken && candidate.second) {
    example.second = decide(*candidate.second, readings);
    broken = why_not_compared(property, request, *candidate.second);
  }
  if (!broken && claim_is && property.two_run) {
    const bool shows_what_is_granted = options_.profile->filtering == engine::Filtering::shows_what_is_granted;
    const bool apart = example.second && told_apart(*property.two_run, example.first, *example.second, context, *options_.profile);
    if (apart == *claim_is && shows_what_is_granted) broken = "the two runs cannot be told apart";
    example.is_unseen = apart == *claim_is;
    if (!broken && shows_what_is_granted && told_by_document(example.first, *example.second, context) &&
        !documents_apart(example.first.decision, example.second->decision, context, *options_.profile)) {
      broken = "no document shows the difference";
    }
  } else if (!broken && claim_is && claims::claim_holds(property.claim, example.first.decision, context) != *claim_is) {
    broken = *claim_is ? "the claim does not hold" : "the claim holds";
  }
  if (broken) {
    const std::string second = candidate.second ? "; " + describe(*candidate.second) : "";
    throw diag::InternalError(
        fmt::format("a state found for the property `{}` does not replay: {} ({}{})", property.name, *broken, describe(request), second));
  }
  return example;
}

struct PropertyCheck::Run {
  const property::Property& property;
  smt::Limits limits;
  smt::QueryLog log;
  std::optional<smt::Answer> guard = {};
  std::set<std::string> notes = {};
};

smt::Answer PropertyCheck::find(smt::Goal goal, const engine::Readings& readings, Run& run) {
  return opinion_.weigh(sweep_.find(goal, readings, run.limits, run.log), run.property, goal, readings, run.notes);
}

std::vector<engine::Readings> PropertyCheck::combinations(const std::vector<engine::Reading>& open) const {
  std::vector<engine::Readings> all = {engine::with_defaults(options_.fixed)};
  for (const engine::Reading reading : open) {
    const std::size_t known = all.size();
    for (std::size_t i = 0; i < known; ++i) {
      engine::Readings other = all[i];
      other.set(reading, !other.alternative(reading));
      all.push_back(other);
    }
  }
  return all;
}

/// Whether the guard can hold for somebody; no reading has to do with it.
const smt::Answer& PropertyCheck::guard_answer(Run& run) {
  if (!run.guard) run.guard = find(smt::Goal::guard, engine::with_defaults(options_.fixed), run);
  return *run.guard;
}

/// No watcher and state were what the quantifier asks for: a proof, or a `sometimes` refuted, unless there was nothing to look at.
PropertyCheck::Answer PropertyCheck::without_state(bool empty_group, Run& run) {
  if (empty_group) return {Verdict::vacuous, std::nullopt, run.property.two_run && property::other_group(run.property) != nullptr ? "one of the groups is empty" : "the group is empty"};
  const bool sometimes = is_sometimes(run.property);
  const std::string_view never = run.property.two_run ? "its `when` and `during` leave no two runs to compare" : "its `when` and `during` can never hold";
  return std::visit(Overloaded{
                        [&](const smt::Candidate& found) {
                          (void)replayer_.replay(run.property, std::nullopt, found, engine::with_defaults(options_.fixed));
                          return Answer{sometimes ? Verdict::violated : Verdict::proved, std::nullopt, ""};
                        },
                        [&](const smt::Nothing&) { return Answer{Verdict::vacuous, std::nullopt, std::string(never)}; },
                        [](const smt::Undecided& undecided) { return Answer{Verdict::undecided, std::nullopt, undecided.reason}; },
                    },
                    guard_answer(run));
}

/// Where it makes no difference to a claim about location whether one is known, one is: the document that shows what the watcher gets has
/// none otherwise.
void PropertyCheck::know_a_place(smt::Candidate& candidate, bool claim_is, const engine::Readings& readings, const property::Property& property) {
  if (property.two_run || !is_about_location(property.claim)) return;
  policy::Request placed = candidate.request;
  policy::TargetLocation& location = placed.state.location;
  if (location.geodetic || location.civic) return;
  location.geodetic = kAnyPlace;
  const auto decide = [&] { return replayer_.evaluator(readings).decide(placed); };
  if (decide().permissions.location.civic != geo::CivicLevel::none) location.civic = kAnyAddress;
  if (claims::guard_holds(property, placed) && claims::claim_holds(property.claim, decide(), {policy_, options_.usage, readings}) == claim_is) candidate.request = placed;
}

/// One run that shows enough on its own, at a place where the RFC's grids are: found by the solver in any number of rules.
std::optional<PropertyCheck::Answer> PropertyCheck::one_run_under(const engine::Readings& readings, Run& run) {
  if (run.property.quantifier == property::Quantifier::always) return std::nullopt;
  smt::Answer found = find(smt::Goal::claim, readings, run);
  auto* candidate = std::get_if<smt::Candidate>(&found);
  if (candidate == nullptr) return std::nullopt;
  policy::Request& request = candidate->request;
  if (!request.state.location.geodetic) request.state.location.geodetic = kAnyPlace;
  const auto* place = std::get_if<geo::Position>(&*request.state.location.geodetic);
  if (place == nullptr || !geo::band_at(place->latitude) || !claims::guard_holds(run.property, request)) return std::nullopt;
  const semantics::Decision decision = replayer_.evaluator(readings).decide(request);
  if (!claims::claim_holds(run.property.claim, decision, {policy_, options_.usage, readings})) return std::nullopt;
  return Answer{is_sometimes(run.property) ? Verdict::proved : Verdict::violated, replayer_.replay(run.property, true, *candidate, readings), ""};
}

PropertyCheck::Answer PropertyCheck::over_time_under(const engine::Readings& readings, Run& run) {
  if (auto one = one_run_under(readings, run)) return *one;
  OverTimeAnswer found = OverTimeCheck(run.property, sweep_.partition(), replayer_.evaluator(readings), run.limits).run();
  std::optional<Example> example;
  if (found.example) example = Example{std::move(*found.example), std::move(found.second)};
  return {found.verdict, std::move(example), std::move(found.reason), found.remaining_area_m2, std::move(found.rules)};
}

PropertyCheck::Answer PropertyCheck::answer_under(const engine::Readings& readings, Run& run) {
  if (is_over_time(run.property) && !is_as_in_one_run(run.property)) return over_time_under(readings, run);
  const smt::Goal goal = goal_of(run.property);
  const smt::Answer found = find(goal, readings, run);
  return std::visit(Overloaded{
                        [&](smt::Candidate candidate) {
                          const bool claim_is = goal == smt::Goal::claim;
                          know_a_place(candidate, claim_is, readings, run.property);
                          const Verdict verdict = is_sometimes(run.property) ? Verdict::proved : Verdict::violated;
                          Example example = replayer_.replay(run.property, claim_is, candidate, readings);
                          if (example.is_unseen) return Answer{Verdict::undecided, std::nullopt, "two runs differ in what the rules take away, and no document that was tried shows it"};
                          return Answer{verdict, std::move(example), ""};
                        },
                        [&](const smt::Nothing& nothing) { return without_state(nothing.empty_group, run); },
                        [](const smt::Undecided& undecided) { return Answer{Verdict::undecided, std::nullopt, undecided.reason}; },
                    },
                    found);
}

std::vector<policy::RuleRef> PropertyCheck::rules_of(const Answer& answer, const engine::Readings& readings, Run& run) {
  if (answer.verdict != Verdict::proved && answer.verdict != Verdict::violated) return {};
  if (!answer.rules.empty()) return answer.rules;
  const claims::ClaimContext context{policy_, options_.usage, readings};
  if (run.property.two_run && answer.example) return rules_apart(*run.property.two_run, answer.example->first, *answer.example->second, context, *options_.profile);
  if (answer.example) return claims::rules_concerned(run.property.claim, answer.example->first.decision, context);
  return sweep_.rules_behind(goal_of(run.property), readings, run.limits);
}

bool PropertyCheck::leaves_out_spellings(const property::Property& property) const {
  const auto classes = sweep_.partition().classes();
  return smt::is_for_those_as_named(property, options_.usage, engine::with_defaults(options_.fixed)) &&
         std::any_of(classes.begin(), classes.end(), [&](const smt::WatcherClass& each) { return each.spelt_otherwise && sweep_.partition().contains(*property.group, each); });
}

/// What no decision breaks, a later NOTIFY may, where these are not all decided.
void PropertyCheck::look_at_subscriptions(Result& result, Run& run) {
  for (auto& assumption : subscription_assumptions(run.property, *options_.profile)) result.assumptions.push_back(std::move(assumption));
  if (options_.profile->evidence == engine::Evidence::source) result.assumptions.emplace_back(engine::assumptions(*options_.profile).front());
  if (options_.profile->life == engine::SubscriptionLife::decided_each_time || result.verdict != Verdict::proved) return;
  SubscriptionAnswer found = over_subscription(policy_, run.property, sweep_.partition(), options_, run.limits);
  result.verdict = found.verdict;
  result.reason = std::move(found.reason);
  result.events = std::move(found.events);
  if (!found.request) return;
  const engine::Readings readings = engine::with_defaults(options_.fixed);
  result.counterexample = Counterexample{*found.request, readings, replayer_.evaluator(readings).decide(*found.request)};
  result.rules = result.counterexample->decision.matched;
}

Result PropertyCheck::run(const property::Property& property, std::size_t number) {
  const Clock::time_point start = Clock::now();
  Run run{property, {}, smt::QueryLog(options_.smt2_directory, number, property.name, opinion_.external())};
  run.limits.rlimit = options_.rlimit;
  if (options_.timeout_s > 0) run.limits.deadline = start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options_.timeout_s));

  std::vector<engine::Reading> open = relevant_readings(parts_, property, options_.usage, sweep_.includes_unauthenticated());
  std::erase_if(open, [&](engine::Reading reading) { return options_.fixed[static_cast<std::size_t>(reading)].has_value(); });
  const std::vector<engine::Readings> readings = combinations(open);
  std::vector<Answer> answers;
  for (const engine::Readings& each : readings) answers.push_back(answer_under(each, run));

  // All alike: that. Undecided somewhere and violated nowhere: nothing is known. Else it depends on how the RFCs are read.
  const auto is = [](Verdict verdict) { return [verdict](const Answer& answer) { return answer.verdict == verdict; }; };
  Result result;
  result.verdict = Verdict::depends;
  if (std::all_of(answers.begin(), answers.end(), is(answers.front().verdict))) {
    result.verdict = answers.front().verdict;
  } else if (std::any_of(answers.begin(), answers.end(), is(Verdict::undecided)) && std::none_of(answers.begin(), answers.end(), is(Verdict::violated))) {
    result.verdict = Verdict::undecided;
  }
  // What is shown belongs to the first readings with that verdict; of a verdict that depends, to the first violation, if there is one.
  auto shown = std::find_if(answers.begin(), answers.end(), is(result.verdict == Verdict::depends ? Verdict::violated : result.verdict));
  if (shown == answers.end()) shown = answers.begin();
  if (shown->example) {
    result.counterexample = shown->example->first;
    result.second = shown->example->second;
  }
  result.remaining_area_m2 = shown->remaining_area_m2;
  result.assumptions = location_assumptions(property, !parts_.radii_m.empty());
  result.reason = shown->reason;
  if (leaves_out_spellings(property)) result.assumptions.emplace_back("whom the group names is written as it is named there, or is shown nothing: to this engine somebody written otherwise is somebody else");
  if (property.subscription) look_at_subscriptions(result, run);
  else for (const std::string_view assumption : engine::assumptions(*options_.profile)) result.assumptions.emplace_back(assumption);
  if (result.events.empty()) result.rules = rules_of(*shown, readings[static_cast<std::size_t>(shown - answers.begin())], run);
  if (result.verdict == Verdict::depends) {
    for (std::size_t i = 0; i < answers.size(); ++i) {
      VerdictUnderReading under{{}, answers[i].verdict};
      for (const engine::Reading reading : open) under.readings.emplace_back(reading, readings[i].alternative(reading));
      result.by_reading.push_back(std::move(under));
    }
  }
  if (const std::size_t given_up = run.log.given_up(); given_up > 0) {
    run.notes.insert(fmt::format("cvc5 gave up on {} of {} queries", given_up, run.log.compared()));
  }
  result.assumptions.insert(result.assumptions.end(), run.notes.begin(), run.notes.end());
  result.solver = {opinion_.name(), opinion_.version(), std::chrono::duration<double>(Clock::now() - start).count()};
  return result;
}

}  // namespace presproof::verify
