#include "certificate/cover.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "certificate/geometry.h"

namespace presproof::certificate {

using property::Operator;
using smt::RuleNumber;

CoverBuilder::CoverBuilder(const property::Property& property, bool wanted, const smt::RuleTable& rules, policy::Usage usage,
                           std::span<const engine::Readings> readings, Circles& circles)
    : property_(property), wanted_(wanted), rules_(rules), circles_(circles), facts_(rules.size()) {
  for (const engine::Readings& each : readings) {
    Shape shape = numbered(smt::shape_of(property.claim, usage, each));
    if (std::find(shapes_.begin(), shapes_.end(), shape) == shapes_.end()) shapes_.push_back(std::move(shape));
  }
}

CoverBuilder::Shape CoverBuilder::numbered(const smt::ClaimShape& shape) {
  Shape result{shape.op, 0, {}};
  if (shape.op == Operator::atom) {
    const auto known = std::find(thresholds_.begin(), thresholds_.end(), shape.atom);
    result.atom = static_cast<std::size_t>(known - thresholds_.begin());
    if (known == thresholds_.end()) thresholds_.push_back(shape.atom);
  }
  for (const smt::ClaimShape& operand : shape.operands) result.operands.push_back(numbered(operand));
  return result;
}

const CoverBuilder::RuleFacts& CoverBuilder::facts(RuleNumber rule) {
  std::optional<RuleFacts>& known = facts_[rule];
  if (!known) {
    known.emplace();
    for (const smt::Threshold& threshold : thresholds_) known->gives.push_back(smt::gives(rules_.rule(rule), threshold));
    known->in_play = std::find(known->gives.begin(), known->gives.end(), true) != known->gives.end();
    if (known->in_play) known->condition = condition_of(rules_.rule(rule), circles_);
  }
  return *known;
}

std::vector<RuleNumber> CoverBuilder::in_play(std::span<const RuleNumber> rules) {
  std::vector<RuleNumber> result;
  std::copy_if(rules.begin(), rules.end(), std::back_inserter(result), [&](RuleNumber rule) { return facts(rule).in_play; });
  return result;
}

std::optional<Tree> CoverBuilder::cover(std::span<const RuleNumber> in_play, bool authenticated) {
  for (const RuleNumber rule : in_play) (void)facts(rule);
  const Condition guard = guard_of(property_, authenticated, circles_);
  return build({{}, {in_play.begin(), in_play.end()}, {}}, guard, 0);
}

void CoverBuilder::update(State& state) {
  std::vector<RuleNumber> open;
  for (const RuleNumber rule : state.open) {
    const Tri holds = state.part.value(facts_[rule]->condition);
    if (holds == Tri::yes) state.sure.push_back(rule);
    if (holds == Tri::maybe) open.push_back(rule);
  }
  state.open = std::move(open);
}

Tri CoverBuilder::value(const Shape& shape, const State& state) const {
  if (shape.op == Operator::not_) return !value(shape.operands.front(), state);
  if (shape.op == Operator::atom) {
    const auto given = [&](RuleNumber rule) { return bool(facts_[rule]->gives[shape.atom]); };
    if (std::any_of(state.sure.begin(), state.sure.end(), given)) return Tri::yes;
    return std::any_of(state.open.begin(), state.open.end(), given) ? Tri::maybe : Tri::no;
  }
  const bool conjunction = shape.op == Operator::and_;
  Tri result = conjunction ? Tri::yes : Tri::no;
  for (const Shape& operand : shape.operands) {
    const Tri next = value(operand, state);
    result = conjunction ? std::min(result, next) : std::max(result, next);
  }
  return result;
}

std::size_t CoverBuilder::focus(const Shape& shape, bool wanted, const State& state, std::set<std::size_t>& thresholds) const {
  if (shape.op == Operator::not_) return focus(shape.operands.front(), !wanted, state, thresholds);
  if (shape.op == Operator::atom) {
    thresholds.insert(shape.atom);
    const auto given = [&](RuleNumber rule) { return bool(facts_[rule]->gives[shape.atom]); };
    return static_cast<std::size_t>(std::count_if(state.open.begin(), state.open.end(), given));
  }
  // Of operands one of which is enough, the one that depends on the fewest rules; else all of them.
  const bool one_is_enough = (shape.op == Operator::or_) == wanted;
  std::optional<std::size_t> least;
  std::set<std::size_t> chosen;
  for (const Shape& operand : shape.operands) {
    if (value(operand, state) != Tri::maybe) continue;
    std::set<std::size_t> needed;
    const std::size_t rules = focus(operand, wanted, state, needed);
    if (!one_is_enough) {
      chosen.insert(needed.begin(), needed.end());
      least = least.value_or(0) + rules;
    } else if (!least || rules < *least) {
      least = rules;
      chosen = std::move(needed);
    }
  }
  thresholds.insert(chosen.begin(), chosen.end());
  return least.value_or(0);
}

/// What most of the conditions in the way ask; for times, the middle of the instants at which they change.
std::optional<CoverBuilder::Question> CoverBuilder::question(const State& state, const Condition& guard, const Shape* undecided) const {
  std::vector<const Atom*> atoms;
  if (undecided == nullptr || state.part.value(guard) == Tri::maybe) {
    state.part.open_atoms(guard, atoms);
  } else {
    std::set<std::size_t> thresholds;
    focus(*undecided, wanted_, state, thresholds);
    for (const RuleNumber rule : state.open) {
      const auto given = [&](std::size_t threshold) { return bool(facts_[rule]->gives[threshold]); };
      if (std::any_of(thresholds.begin(), thresholds.end(), given)) state.part.open_atoms(facts_[rule]->condition, atoms);
    }
  }
  std::map<Atom, std::size_t> asked;
  std::vector<Instant> instants;
  std::size_t times = 0;
  for (const Atom* atom : atoms) {
    const auto* interval = std::get_if<Times>(atom);
    if (interval == nullptr) {
      ++asked[*atom];
      continue;
    }
    ++times;
    for (const Instant instant : {interval->from, interval->until}) {
      if (state.part.from < instant && instant < state.part.until) instants.push_back(instant);
    }
  }
  const auto most = std::max_element(asked.begin(), asked.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (!instants.empty() && (most == asked.end() || times >= most->second)) {
    std::nth_element(instants.begin(), instants.begin() + static_cast<std::ptrdiff_t>(instants.size() / 2), instants.end());
    return instants[instants.size() / 2];
  }
  if (most == asked.end()) return std::nullopt;
  return std::visit(Overloaded{[](const Constant&) { return std::optional<Question>(); },
                               [](const Times&) { return std::optional<Question>(); },
                               [](const auto& atom) { return std::optional<Question>(atom); }},
                    most->first);
}

std::optional<NoSuchPlace> CoverBuilder::impossible(const Part& part, std::size_t circle) const {
  const bool inside = part.inside.at(circle);
  for (const auto& [other, inside_other] : part.inside) {
    if (other == circle) continue;
    if (inside && inside_other && disjoint(circles_[circle], circles_[other])) return NoSuchPlace{true, circle, other};
    if (inside && !inside_other && within(circles_[circle], circles_[other])) return NoSuchPlace{false, circle, other};
    if (!inside && inside_other && within(circles_[other], circles_[circle])) return NoSuchPlace{false, other, circle};
  }
  return std::nullopt;
}

std::optional<Tree> CoverBuilder::build(State state, const Condition& guard, std::size_t depth) {
  if (++nodes_ > kMaxNodes || depth > kMaxDepth) {
    problem_ = fmt::format("the tree of cases has more than {} nodes or {} levels", kMaxNodes, kMaxDepth);
    return std::nullopt;
  }
  const Tri guarded = state.part.value(guard);
  if (guarded == Tri::no) return Tree{OutsideGuard{}};
  update(state);
  const Tri wanted = wanted_ ? Tri::yes : Tri::no;
  const Shape* undecided = nullptr;
  bool wrong = false;
  for (const Shape& shape : shapes_) {
    const Tri is = value(shape, state);
    if (is == Tri::maybe && undecided == nullptr) undecided = &shape;
    wrong = wrong || is == !wanted;
  }
  if (undecided == nullptr && !wrong) {
    std::sort(state.sure.begin(), state.sure.end());
    return Tree{Decided{std::move(state.sure), std::move(state.open)}};
  }
  const auto asked = wrong && guarded == Tri::yes ? std::nullopt : question(state, guard, wrong ? nullptr : undecided);
  if (!asked) {
    problem_ = "it rests on more than what two of its circles certainly are to each other";
    return std::nullopt;
  }
  State yes = state;
  State no = std::move(state);
  std::optional<NoSuchPlace> no_yes;
  std::optional<NoSuchPlace> no_no;
  std::visit(Overloaded{
                 [&](const Instant& instant) { yes.part.until = no.part.from = instant; },
                 [&](const SphereIs& sphere) {
                   yes.part.sphere = sphere.value;
                   no.part.not_spheres.insert(sphere.value);
                 },
                 [&](const InCircle& in) {
                   yes.part.inside[in.circle] = true;
                   no.part.inside[in.circle] = false;
                   no_yes = impossible(yes.part, in.circle);
                   no_no = impossible(no.part, in.circle);
                 },
                 [&](const FieldIs& is) {
                   yes.part.civic.emplace(is.field, is.text);
                   no.part.not_civic.emplace(is.field, is.text);
                 },
             },
             *asked);
  std::optional<Tree> first = no_yes ? Tree{*no_yes} : build(std::move(yes), guard, depth + 1);
  if (!first) return std::nullopt;
  std::optional<Tree> second = no_no ? Tree{*no_no} : build(std::move(no), guard, depth + 1);
  if (!second) return std::nullopt;
  return Tree{Split{*asked, std::make_unique<Tree>(std::move(*first)), std::make_unique<Tree>(std::move(*second))}};
}

}  // namespace presproof::certificate
