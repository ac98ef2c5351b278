#include <fmt/format.h>

#include <optional>
#include <string>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;

bool has_place(const policy::Rule& rule) {
  bool found = false;
  each_condition<policy::LocationCondition>(rule, [&](const auto&) { found = true; });
  return found;
}

/// Whether two rules hold in the same states: a watcher whom both are for then always matches both.
bool in_same_states(const policy::Rule& rule_a, const Reach& a, const policy::Rule& rule_b, const Reach& b) {
  return a.times == b.times && a.spheres == b.spheres && !has_place(rule_a) && !has_place(rule_b);
}

/// The radii of two rules, for somebody.
struct Pair {
  RuleRef first;
  RuleRef second;
  std::string whom;
  bool together = false;  ///< at one moment
  bool always = false;    ///< whenever one of them does
};

class TwoRadii {
 public:
  explicit TwoRadii(const Context& context)
      : context_(context), overlaps_(context.overlaps()), disclosures_(context.disclosures()) {}

  void run(diag::Sink& sink) const {
    each_rule(context_.policy, [&](RuleRef ref, const policy::Rule&) {
      if (!blurs(ref) && !disclosures_.of(ref).exact_geodetic()) return;
      if (const auto pair = first_pair(ref)) sink.report(report(*pair));
    });
  }

 private:
  [[nodiscard]] bool blurs(RuleRef ref) const {
    const auto& given = disclosures_.of(ref);
    return given.geodetic != nullptr && given.radius_m > 0 && !given.rounded;
  }

  /// With an earlier rule, so that each radius is reported once; one that matches at the same moment first.
  [[nodiscard]] std::optional<Pair> first_pair(RuleRef ref) const {
    std::optional<Pair> apart;
    for (const auto other : disclosures_.companions(ref).rules) {
      if (other > ref) break;
      auto pair = pair_of(other, ref, apart.has_value());
      if (pair && pair->together) return pair;
      if (pair) apart = std::move(pair);
    }
    return apart;
  }

  [[nodiscard]] std::optional<Pair> pair_of(RuleRef first, RuleRef second, bool only_together) const {
    const auto& mine = disclosures_.of(second);
    const auto& given = disclosures_.of(first);
    if (given.geodetic == nullptr || given.rounded || given.radius_m == mine.radius_m) return std::nullopt;
    const bool both_blur = blurs(first) && blurs(second);
    const bool maybe_disjoint = has_place(rule(first)) && has_place(rule(second));
    const bool together = !maybe_disjoint && disclosures_.open_together(first, second, kAnyComponent);
    if (!together && (only_together || !both_blur || !shown(first) || !shown(second))) return std::nullopt;
    auto whom = somebody_in(overlaps_.reach(first), overlaps_.reach(second));
    if (!whom) return std::nullopt;
    const bool always = together && in_same_states(rule(first), overlaps_.reach(first), rule(second),
                                                   overlaps_.reach(second));
    return Pair{first, second, std::move(whom->words), together, always};
  }

  /// Of a rule that lets somebody in.
  [[nodiscard]] bool shown(RuleRef ref) const {
    return disclosures_.open_together(ref, ref, kAnyComponent) || disclosures_.reached(ref, kAnyComponent);
  }
  [[nodiscard]] const policy::Rule& rule(RuleRef ref) const { return policy::rule_at(context_.policy, ref); }

  [[nodiscard]] diag::Diagnostic report(const Pair& pair) const {
    const auto first = gives(pair.first);
    const auto second = gives(pair.second);
    const bool both_blur = blurs(pair.first) && blurs(pair.second);
    auto message = fmt::format("{} gives {} {} and {} {}", name_of(rule(pair.first)), pair.whom, first,
                               name_of(rule(pair.second)), second);
    if (pair.together) message += ": where both match, servers differ in whether the finer or the coarser one counts";
    if (both_blur && !pair.always) {
      message += pair.together ? ", and circles of both, seen at different times, intersect"
                               : " in another state: what is seen in both leaves a smaller area than either";
    }
    auto found =
        finding(diag::Code::two_radii, rule(pair.second), disclosures_.of(pair.second).geodetic->span,
                std::move(message),
                "give one watcher one radius in all rules, or keep the rules apart with an `except`");
    found.related.push_back({disclosures_.of(pair.first).geodetic->span, first});
    return found;
  }

  [[nodiscard]] std::string gives(RuleRef ref) const {
    const auto& given = disclosures_.of(ref);
    return given.radius_m == 0 ? "the exact position" : fmt::format("a radius of {}", length_words(given.radius_m));
  }

  const Context& context_;
  const Overlap& overlaps_;
  const Disclosures& disclosures_;
};

}  // namespace

/// RFC 4745 section 10.2 takes the maximum of integers, which is the coarsest radius; a positive grant says the finest.
/// RFC 6772 section 13.2: what is seen over time adds up, and each radius has a grid of its own (section 6.5.2).
void check_two_radii(const Context& context, diag::Sink& sink) { TwoRadii(context).run(sink); }

}  // namespace presproof::lint
