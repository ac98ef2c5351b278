#include <fmt/format.h>

#include "report/report.h"
#include "report/run_text.h"
#include "report/sarif.h"

namespace presproof::report {
namespace {

/// One rule for each kind, in the order of leaks::Kind; the last one for what was not decided.
const std::vector<sarif::Rule>& kind_rules() {
  static const std::vector<sarif::Rule> rules = {
      {"blocked-visible", "A watcher whom rules single out can tell that it is blocked.",
       "It sees 403 Forbidden and a subscription that is terminated as rejected.", "Give it polite-block instead.", "RFC 5025 section 3.2.1",
       sarif::Level::warning},
      {"pending-visible", "A watcher can tell that nobody has decided about it.", "It sees 202 Accepted or a pending subscription.",
       "Give polite-block until somebody decides.", "RFC 5025 section 3.2.1", sarif::Level::warning},
      {"polite-block-fingerprint", "A watcher can tell polite-block from a presentity that is offline.",
       "Polite-block shows one closed tuple with an id of the server's, an allowed watcher what is published.",
       "Show those who are allowed a single tuple, or handle the watcher alike in every state.", "RFC 3856 section 6.6.2", sarif::Level::warning},
      {"state-inference", "A watcher can tell the sphere, or that a time window is on.", "What it gets depends on it.",
       "Give it the same in every sphere and at all times.", "RFC 4745 section 7", sarif::Level::warning},
      {"region-inference", "A watcher can tell where the presentity is.", "What it gets depends on the place.",
       "Give it the same in and outside of the region.", "RFC 6772 section 4", sarif::Level::warning},
      {"existence", "A stranger can tell that the presentity exists.", "It gets another answer than 404 Not Found.",
       "Have the server answer alike for presentities that do not exist.", "RFC 3261 section 21.4.5", sarif::Level::note},
      {"leak-undecided", "It was not decided whether something leaks.", "The solver reached its limit.", "Raise --timeout.", "presproof-leaks(1)",
       sarif::Level::error},
  };
  return rules;
}

Json leak_json(const Leaks& leaks, const leaks::Leak& leak) {
  const auto level = static_cast<sarif::Level>(static_cast<std::uint8_t>(leak.severity));
  const auto kind = leaks::kKindNames[static_cast<std::size_t>(leak.kind)];
  std::string fingerprint = fmt::format("{} {} {}", kind, leak.secret, leaks::kChannelNames[static_cast<std::size_t>(leak.channel)]);
  for (const uri::Uri& identity : leak.watcher.identities) fingerprint += " " + identity.text;
  Json json = sarif::result(kind_rules(), static_cast<std::size_t>(leak.kind), level, leak.message + "; " + leak.fix, fingerprint);
  json["locations"] = Json::array();
  // Where the rules are that make the difference; without one, the policy.
  for (const policy::RuleRef ref : leak.rules) json["locations"].push_back(sarif::location(*leaks.sources, policy::rule_at(*leaks.policy, ref).span));
  if (json["locations"].empty() && !leaks.policy->documents.empty()) {
    json["locations"].push_back(sarif::file_location(leaks.policy->documents.front().file));
  }
  const RunText how{*leaks.policy, leaks.usage, true};
  json["properties"]["secret"] = leak.secret;
  json["properties"]["channel"] = leaks::kChannelNames[static_cast<std::size_t>(leak.channel)];
  json["properties"]["again"] = Json::array({replay_command(how, leak.first)});
  if (leak.second) json["properties"]["again"].push_back(replay_command(how, *leak.second));
  return json;
}

}  // namespace

std::string leaks_sarif(const Leaks& leaks, std::string_view version) {
  Json results = Json::array();
  for (const auto& leak : leaks.found.leaks) results.push_back(leak_json(leaks, leak));
  for (const std::string& text : leaks.found.undecided) {
    Json json = sarif::result(kind_rules(), kind_rules().size() - 1, sarif::Level::error, text, text);
    json["locations"] = Json::array();
    if (!leaks.policy->documents.empty()) json["locations"].push_back(sarif::file_location(leaks.policy->documents.front().file));
    results.push_back(std::move(json));
  }
  return sarif::log(version, "leaks", kind_rules(), std::move(results));
}

}  // namespace presproof::report
