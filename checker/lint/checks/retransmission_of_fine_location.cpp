#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"
#include "lint/fixing.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;

struct Fine {
  RuleRef by;
  std::string whom;
};

/// The first rule, this one before others, that gives a fine location which may then be passed on, and to whom.
std::optional<Fine> fine_location(const Context& context, RuleRef ref) {
  const auto& disclosures = context.disclosures();
  const auto fine = [&](RuleRef other) {
    const auto& given = disclosures.of(other);
    return given.locates() && (given.radius_m < context.options.thresholds.fine_radius_m ||
                               given.civic_level >= geo::CivicLevel::building);
  };
  if (fine(ref))
    if (auto whom = disclosures.reached_words(ref, kAnyComponent)) return Fine{ref, std::move(*whom)};
  for (const auto other : disclosures.companions(ref).rules) {
    if (!fine(other) || !disclosures.open_together(ref, other, kAnyComponent)) continue;
    if (auto whom = context.overlaps().common_watcher(ref, other)) return Fine{other, std::move(*whom)};
  }
  return std::nullopt;
}

}  // namespace

/// RFC 6772 section 6.1: the watcher may pass the location on to anybody, under no rule of the target's.
void check_retransmission_of_fine_location(const Context& context, diag::Sink& sink) {
  const auto& disclosures = context.disclosures();
  each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
    const auto& permissions = disclosures.of(ref).retransmissions;
    if (permissions.empty()) return;
    const auto fine = fine_location(context, ref);
    if (!fine) return;
    const auto& giver = policy::rule_at(context.policy, fine->by);
    const auto& given = disclosures.of(fine->by);
    for (const auto* permission : permissions) {
      auto found = finding(diag::Code::retransmission_of_fine_location, rule, permission->span,
                           fmt::format("{} lets {} pass on {}{}", name_of(rule), fine->whom, location_words(given),
                                       fine->by == ref ? "" : fmt::format(", which {} gives", name_of(giver))),
                           "remove it, or give a coarser location");
      found.related.push_back({given.finest_location()->span, "the location"});
      sink.report(std::move(found));
    }
  });
}

bool fix_retransmission_of_fine_location(const Fixing& fixing, text::TextChanges& changes) {
  const auto element = fixing.element();
  if (fixing.text().substr(element.begin, element.end - element.begin).find("<!--") != std::string_view::npos) return false;
  changes.remove(element);
  return true;
}

}  // namespace presproof::lint
