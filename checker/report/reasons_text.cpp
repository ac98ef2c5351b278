#include <fmt/format.h>

#include "base/instant.h"
#include "base/overloaded.h"
#include "diag/printable.h"
#include "report/diff_words.h"
#include "report/explanation_words.h"
#include "report/report.h"
#include "report/run_text.h"
#include "report/words.h"

namespace presproof::report {
namespace {

/// What has to hold: `the watcher has to be sip:bob@example.com`, `in sphere work`.
std::string condition_words(const explain::Explained& how, const policy::Condition& condition) {
  diff::Circumstances when{.exact = true, .times = {}, .spheres = {}, .places = {}};
  const auto told = std::visit(Overloaded{[&](const policy::IdentityCondition& identity) { return "for " + identity_words(identity, how.readings); },
                                          [&](const policy::SphereCondition& sphere) {
                                            when.spheres = diff::SpheresTold{sphere.tokens, false};
                                            return when_words(when);
                                          },
                                          [&](const policy::ValidityCondition& validity) {
                                            when.times.emplace();
                                            for (const auto& pair : validity.pairs)
                                              if (pair.from && pair.until) when.times->push_back({pair.from, pair.until});
                                            return when.times->empty() ? std::string("at no time, since its periods are incomplete") : when_words(when);
                                          },
                                          [&](const policy::LocationCondition& location) {
                                            when.places = diff::PlacesTold{{location}, false};
                                            return when_words(when);
                                          },
                                          [](const policy::UnknownCondition& unknown) { return fmt::format("never, because of the unknown condition \"{}\"", unknown.local); }},
                               condition);
  return diag::printable(told);
}

std::string failing_words(const explain::Explained& how, const explain::Failing& failing) {
  const auto& rule = rule_at(how.policy, failing.rule);
  return fmt::format("`{}` ({}:{}) is {}", diag::printable(name_of_rule(how.policy, failing.rule)), diag::printable(how.policy.documents[failing.rule.document].file), rule.span.line,
                     condition_words(how, rule.conditions[failing.condition]));
}

std::string replay(const explain::Explained& how, const explain::Reasons& reasons, const policy::Request& request) {
  return replay_command({how.policy, how.usage, false}, {request, how.readings, reasons.decision});
}

void add_ways(std::string& out, const explain::Explained& how, const explain::Reasons& reasons) {
  out += fmt::format("why not {}:\n", reasons.permission);
  if (!reasons.granted_somewhere) out += "  no rule grants it to anybody\n";
  for (const auto& way : reasons.ways) {
    out += way.failing.size() == 1 ? "  it would be given if this held:\n" : "  it would be given if all of these held:\n";
    for (const auto& failing : way.failing) out += "    " + failing_words(how, failing) + '\n';
    out += fmt::format("    again: {}\n", replay(how, reasons, way.request));
  }
  if (reasons.granted_somewhere && reasons.ways.empty()) out += "  no change of the watcher, the time, the sphere and the place was found that gives it\n";
}

void add_losses(std::string& out, const explain::Explained& how, const explain::Reasons& reasons) {
  out += fmt::format("why {}:\n", reasons.permission);
  if (!reasons.needed.empty()) out += fmt::format("  it needs {}\n", rule_list(how.policy, reasons.needed));
  for (const auto& loss : reasons.losses) {
    switch (loss.change) {
      case explain::Loss::Change::time: out += fmt::format("  it is lost at {}\n", to_rfc3339(loss.request.state.time)); break;
      case explain::Loss::Change::sphere: out += "  it is lost when the sphere becomes undefined\n"; break;
      case explain::Loss::Change::location: out += "  it is lost when the place is not known any more\n"; break;
    }
  }
  if (reasons.losses.empty()) out += "  no change of the time, the sphere and the place takes it away\n";
}

}  // namespace

std::string reasons_text(const explain::Explained& how, const explain::Reasons& reasons) {
  const auto& state = reasons.request.state;
  std::string out = fmt::format("{} at {}, sphere {}, location {}\n", watcher_words(reasons.request.watcher), to_rfc3339(state.time), state.sphere ? diag::printable(*state.sphere) : "undefined",
                                location_words(state.location));
  if (reasons.decision.response) out += fmt::format("is answered {} {}, {}\n", reasons.decision.response->code, reasons.decision.response->reason, reasons.decision.subscription_state);
  out += reasons.decision.granted_by.empty() ? "is given nothing\n" : "is given:\n";
  for (const auto& line : granted_words(how.policy, reasons.decision)) out += "  " + line + '\n';
  out += fmt::format("because of {}\n", reasons.decision.matched.empty() ? "no rule" : rule_list(how.policy, reasons.decision.matched));
  if (!reasons.unmatched.empty() || !reasons.near_misses.empty()) out += "nearly:\n";
  for (const auto& unmatched : reasons.unmatched)
    for (const auto& failing : unmatched.failing) out += "  " + failing_words(how, failing) + '\n';
  for (const auto& miss : reasons.near_misses) out += "  " + diag::printable(near_miss_words(how.policy, miss)) + '\n';
  if (reasons.permission.empty()) return out;
  reasons.given ? add_losses(out, how, reasons) : add_ways(out, how, reasons);
  return out;
}

}  // namespace presproof::report
