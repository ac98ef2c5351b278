#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/readings.h"
#include "lint/checks/checks.h"
#include "lint/disclosure.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;

/// What provide-location says for the same watchers.
struct Beside {
  bool unreduced = false;         ///< location is theirs anyway
  std::optional<RuleRef> blurs;  ///< the first rule that reduces it
};

Beside beside(const Context& context, RuleRef ref) {
  const auto& disclosures = context.disclosures();
  Beside beside;
  const auto look_at = [&](RuleRef other) {
    const auto& given = disclosures.of(other);
    if (!given.locates()) return;
    if (given.unreduced() && (other == ref || covers(context.policy, context.overlaps(), other, ref)))
      beside.unreduced = true;
    else if (!given.unreduced() && !beside.blurs && context.overlaps().common_watcher(ref, other))
      beside.blurs = other;
  };
  look_at(ref);
  for (const auto other : disclosures.companions(ref).rules) look_at(other);
  return beside;
}

std::string reading_words(engine::Reading reading) {
  return fmt::format("{}={}", engine::info(reading).key, engine::info(reading).values[0]);
}

}  // namespace

/// RFC 5025 section 3.3.2.15 grants "every single presence attribute", RFC 4119's geopriv among them for a server that
/// takes it as one. A rule that names its watchers and means them to see everything is left alone where the policy says
/// nothing about location.
void check_attributes_disclose_location(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  const auto& disclosures = context.disclosures();
  each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
    const auto& given = disclosures.of(ref);
    const auto* place = given.all_attributes != nullptr ? given.all_attributes : given.geopriv;
    if (place == nullptr) return;
    const auto whom = disclosures.reached_words(ref, kAnyComponent);
    if (!whom) return;
    const bool all = place == given.all_attributes;
    if (all && !disclosures.any_location() && !disclosures.reached(ref, kAnyComponent, crowd_in)) return;
    const auto others = beside(context, ref);
    if (others.unreduced) return;
    auto message = fmt::format(
        "{} shows location as it is published to {}: under the reading `{}`, `{}` includes it", name_of(rule),
        *whom,
        reading_words(all ? engine::Reading::all_attributes_location : engine::Reading::unknown_attribute_location),
        all ? "provide-all-attributes" : "provide-unknown-attribute");
    if (others.blurs) {
      message += fmt::format(", and the `provide-location` of {} reduces nothing",
                             *others.blurs == ref ? "the same rule" : name_of(policy::rule_at(context.policy, *others.blurs)));
    } else {
      message += ", although no `provide-location` gives it";
    }
    auto found = finding(diag::Code::attributes_disclose_location, rule, place->span, std::move(message),
                         all ? "list the attributes that are meant, and give location with `provide-location` alone"
                             : "give location with `provide-location`, or remove the element");
    if (others.blurs)
      found.related.push_back({disclosures.of(*others.blurs).finest_location()->span, "what reduces nothing"});
    sink.report(std::move(found));
  });
}

}  // namespace presproof::lint
