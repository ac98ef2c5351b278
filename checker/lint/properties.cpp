#include "lint/properties.h"

#include <fmt/format.h>

#include "base/instant.h"
#include "engine/view.h"
#include "leaks/words.h"
#include "lint/checks/checks.h"
#include "lint/server.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

using verify::Verdict;

/// Which rules were looked at, for a run over many rule sets.
std::string documents_words(const policy::Policy& policy) {
  const auto& documents = policy.documents;
  if (documents.empty()) return "no rules";
  const auto first = policy::quoted(documents.front().file);
  return documents.size() == 1 ? first : fmt::format("{} and {} more", first, documents.size() - 1);
}

/// `` `sip:bob@example.com` at 2026-06-01T12:00:00Z in sphere `work`, whom `friends` matches ``.
std::string run_words(const policy::Policy& policy, const verify::Counterexample& run) {
  const auto& state = run.request.state;
  const auto sphere = state.sphere ? fmt::format(" in sphere {}", policy::quoted(*state.sphere)) : std::string();
  return fmt::format("{} at {}{}, matched by {}", leaks::watcher_words(run.request.watcher), to_rfc3339(state.time), sphere,
                     leaks::rules_words(policy, run.decision.matched));
}

std::string what_is_wrong(const policy::Policy& policy, const verify::Result& result) {
  const auto documents = documents_words(policy);
  switch (result.verdict) {
    case Verdict::violated:
      if (!result.counterexample) return fmt::format("is violated by {}", documents);
      if (result.second)
        return fmt::format("is violated by {}: {} against {}", documents, run_words(policy, *result.counterexample), run_words(policy, *result.second));
      return fmt::format("is violated by {}: {}", documents, run_words(policy, *result.counterexample));
    case Verdict::depends: return fmt::format("holds for {} only under some readings of the RFCs", documents);
    case Verdict::vacuous: return fmt::format("holds for {} only for want of cases", documents);
    case Verdict::undecided: return fmt::format("is not decided for {}, which is no proof", documents);
    case Verdict::proved: break;
  }
  return {};
}

}  // namespace

void prove_properties(const Context& context, const property::Properties& properties, double timeout_s, diag::Sink& sink) {
  verify::Options how;
  how.profile = context.options.server;
  how.usage = looks_at_local_names(context) ? policy::Usage::presence : context.options.usage;
  how.timeout_s = timeout_s;
  auto policy = context.policy;
  for (std::size_t i = 0; i < policy.documents.size(); ++i)
    policy.documents[i] = engine::as_read_by(*how.profile, context.subject.documents[i], std::move(policy.documents[i]));
  const bool one_of_them = decides_by_first_rule(context) && policy.documents.size() > 1;
  const auto results = one_of_them ? std::vector<verify::Result>(properties.properties.size()) : verify::verify(policy, properties, how);
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].verdict == Verdict::proved) continue;
    const auto& property = properties.properties[i];
    diag::Diagnostic finding{.code = diag::Code::property_not_proved,
                             .span = property.span,
                             .rule = {},
                             .message = fmt::format("{} {}{}", policy::quoted(property.name), what_is_wrong(policy, results[i]),
                                                    looks_at_local_names(context) ? fmt::format(", as {} decides", server_words(context)) : ""),
                             .fix = "`presproof prove` shows the whole answer, and `--repair` the smallest edit that mends the rules",
                             .related = {}};
    for (const auto& ref : results[i].rules) {
      const auto& rule = policy.documents[ref.document].rules[ref.rule];
      finding.related.push_back({rule.span, name_of(rule) + " has a part in it"});
    }
    sink.report(std::move(finding));
  }
}

}  // namespace presproof::lint
