#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;

/// The lengths of civic levels are rough, so that only another order of magnitude counts: RFC 6772 section 7.4 has
/// `building` (50 m) beside a radius of 500 m.
constexpr double kFactor = 10;

/// Whether a civic address of the level undoes a radius.
bool undoes(geo::CivicLevel level, double radius_m) {
  return radius_m < std::numeric_limits<double>::infinity() && civic_length_m(level) * kFactor < radius_m;
}

/// The first rule that matches whenever this one does, and whose civic location is finer than the radius of both.
const policy::Rule* undoing_rule(const Context& context, RuleRef ref) {
  const auto& disclosures = context.disclosures();
  const auto& companions = disclosures.companions(ref);
  if (!companions.complete) return nullptr;
  double radius_m = disclosures.of(ref).radius_m;
  const policy::Rule* found = nullptr;
  geo::CivicLevel level = geo::CivicLevel::none;
  for (const auto other : companions.rules) {
    const auto& given = disclosures.of(other);
    if (!given.locates() || !covers(context.policy, context.overlaps(), other, ref)) continue;
    radius_m = std::min(radius_m, given.radius_m);
    if (undoes(given.civic_level, given.radius_m) || given.civic_level <= level) continue;  // its own finding
    if (!disclosures.open_together(ref, other, kAnyComponent)) continue;
    level = given.civic_level;
    found = &policy::rule_at(context.policy, other);
  }
  return undoes(level, radius_m) ? found : nullptr;
}

}  // namespace

/// RFC 6772 section 6.5: both forms are disclosed, each with its own reduction. Across rules it is reported only where the
/// rule with the radius never applies without the civic one: a finer grant for some watchers or some places is meant.
void check_civic_finer_than_geodetic(const Context& context, diag::Sink& sink) {
  const auto& disclosures = context.disclosures();
  each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
    const auto& given = disclosures.of(ref);
    if (given.geodetic == nullptr || given.radius_m <= 0 || !disclosures.any_civic()) return;
    const bool alone = undoes(given.civic_level, given.radius_m);
    const auto* other = alone ? &rule : undoing_rule(context, ref);
    if (other == nullptr || !disclosures.reached(ref, kAnyComponent)) return;
    const auto civic = alone ? given : disclosure_of(*other);
    auto found = finding(
        diag::Code::civic_finer_than_geodetic, rule, given.geodetic->span,
        fmt::format("{} blurs to a radius of {}, but {} also gives the civic address at level `{}`, about {}",
                    name_of(rule), length_words(given.radius_m), alone ? "it" : name_of(*other),
                    geo::to_string(civic.civic_level), length_words(civic_length_m(civic.civic_level))),
        "give a civic level as coarse as the radius, or none");
    found.related.push_back({civic.civic->span, "the civic level"});
    sink.report(std::move(found));
  });
}

}  // namespace presproof::lint
