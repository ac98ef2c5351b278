#include "report/reasons_words.h"

#include <fmt/format.h>

#include "base/instant.h"
#include "base/overloaded.h"
#include "diag/printable.h"
#include "report/diff_words.h"
#include "report/explanation_words.h"
#include "report/run_text.h"
#include "report/words.h"

namespace presproof::report {
namespace {

std::string only_words(const diff::Circumstance& when) { return "only " + circumstance_words(when); }

std::string failing_words(const explain::Explained& how, const explain::Failing& failing) {
  const auto& rule = rule_at(how.policy, failing.rule);
  const std::string when = condition_words(how, rule.conditions[failing.condition]);
  return fmt::format("`{}` ({}:{}) {} {}", diag::printable(name_of_rule(how.policy, failing.rule)), diag::printable(how.policy.documents[failing.rule.document].file), rule.span.line,
                     when.starts_with("for ") ? "is" : "holds", when);
}

Point again(const explain::Explained& how, const explain::Reasons& reasons, const policy::Request& request) { return {replay_of(how, reasons, request), {}, true}; }

Point ways_point(const explain::Explained& how, const explain::Reasons& reasons) {
  Point point{fmt::format("why not {}:", reasons.permission)};
  if (!reasons.granted_somewhere) point.below.push_back({"no rule grants it to anybody"});
  for (const auto& way : reasons.ways) {
    Point each{way.failing.size() == 1 ? "it would be given if this held:" : "it would be given if all of these held:"};
    for (const auto& failing : way.failing) each.below.push_back({failing_words(how, failing)});
    each.below.push_back(again(how, reasons, way.request));
    point.below.push_back(std::move(each));
  }
  if (reasons.granted_somewhere && reasons.ways.empty()) point.below.push_back({"no change of the watcher, the time, the sphere and the place was found that gives it"});
  return point;
}

Point losses_point(const explain::Explained& how, const explain::Reasons& reasons) {
  Point point{fmt::format("why {}:", reasons.permission)};
  if (!reasons.needed.empty()) point.below.push_back({fmt::format("it needs {}", rule_list(how.policy, reasons.needed))});
  for (const auto& loss : reasons.losses) {
    switch (loss.change) {
      case explain::Loss::Change::time: point.below.push_back({fmt::format("it is lost at {}", to_rfc3339(loss.request.state.time))}); break;
      case explain::Loss::Change::sphere: point.below.push_back({"it is lost when the sphere becomes undefined"}); break;
      case explain::Loss::Change::location: point.below.push_back({"it is lost when the place is not known any more"}); break;
    }
  }
  if (reasons.losses.empty()) point.below.push_back({"no change of the time, the sphere and the place takes it away"});
  return point;
}

}  // namespace

std::string condition_words(const explain::Explained& how, const policy::Condition& condition) {
  diff::Circumstance when;
  const auto told = std::visit(Overloaded{[&](const policy::IdentityCondition& identity) { return "for " + identity_words(identity, how.readings); },
                                          [&](const policy::SphereCondition& sphere) {
                                            when.spheres = diff::SpheresTold{sphere.tokens, false, false};
                                            return only_words(when);
                                          },
                                          [&](const policy::ValidityCondition& validity) {
                                            when.times.emplace();
                                            for (const auto& pair : validity.pairs)
                                              if (pair.from && pair.until) when.times->push_back({pair.from, pair.until});
                                            return when.times->empty() ? std::string("at no time, since its periods are incomplete") : only_words(when);
                                          },
                                          [&](const policy::LocationCondition& location) {
                                            when.places = diff::PlacesTold{{location}, {}};
                                            return only_words(when);
                                          },
                                          [](const policy::UnknownCondition& unknown) { return fmt::format("never, because of the unknown condition \"{}\"", unknown.local); }},
                               condition);
  return diag::printable(told);
}

std::string replay_of(const explain::Explained& how, const explain::Reasons& reasons, const policy::Request& request) {
  return replay_command({how.policy, how.usage, false, how.profile}, {request, how.readings, reasons.decision});
}

Point reasons_points(const explain::Explained& how, const explain::Reasons& reasons) {
  Point all{witness_words(reasons.request)};
  const auto& decision = reasons.decision;
  if (decision.response) all.below.push_back({fmt::format("is answered {} {}, {}", decision.response->code, decision.response->reason, decision.subscription_state)});
  Point given{decision.granted_by.empty() ? "is given nothing" : "is given:"};
  for (auto& line : granted_words(how.policy, decision)) given.below.push_back({std::move(line)});
  all.below.push_back(std::move(given));
  all.below.push_back({fmt::format("because of {}", decision.matched.empty() ? "no rule" : rule_list(how.policy, decision.matched))});
  Point nearly{"nearly:"};
  for (const auto& unmatched : reasons.unmatched)
    for (const auto& failing : unmatched.failing) nearly.below.push_back({failing_words(how, failing)});
  for (const auto ref : reasons.overruled) nearly.below.push_back({fmt::format("{} matches, too, and does not count: {}", rule_list(how.policy, {ref}), how.profile->combining == engine::Combining::first_matching_rule ? "the first rule that matches decides" : "rules of another kind go before it")});
  for (const auto& miss : reasons.near_misses) nearly.below.push_back({diag::printable(near_miss_words(how.policy, miss))});
  if (!nearly.below.empty()) all.below.push_back(std::move(nearly));
  if (!reasons.permission.empty()) all.below.push_back(reasons.given ? losses_point(how, reasons) : ways_point(how, reasons));
  return all;
}

}  // namespace presproof::report
