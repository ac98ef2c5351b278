#include <fmt/format.h>

#include "diag/printable.h"
#include "report/diff_words.h"
#include "report/report.h"
#include "report/sarif.h"

namespace presproof::report {
namespace {

/// In the order of diff::Tendency; the last one for what was not decided.
const std::vector<sarif::Rule>& diff_rules() {
  static const std::vector<sarif::Rule> rules = {
      {"access-widened", "Watchers are given more than before.", "What they did not see, they see now.",
       "Compare with what was meant; the message names the rules and a witness.", "RFC 4745 section 10.2", sarif::Level::warning},
      {"access-changed", "Watchers are given more than before in one respect, and less in another.", "What they see is something else.",
       "Compare with what was meant; the message names the rules and a witness.", "RFC 4745 section 10.2", sarif::Level::warning},
      {"access-narrowed", "Watchers are given less than before.", "What they saw, they see no longer.",
       "Compare with what was meant; the message names the rules and a witness.", "RFC 4745 section 10.2", sarif::Level::warning},
      {"difference-undecided", "It was not decided whether watchers are given the same.", "The solver reached its limit.", "Raise --timeout.",
       "presproof-diff(1)", sarif::Level::error},
  };
  return rules;
}

void add_rules(Json& locations, const diag::Sources& sources, const policy::Policy& policy, const std::vector<policy::RuleRef>& rules, std::string_view what = {}) {
  for (const policy::RuleRef ref : rules) {
    const policy::Rule& rule = policy::rule_at(policy, ref);
    locations.push_back(sarif::location(sources, rule.span, what.empty() ? std::string() : fmt::format("rule `{}` {}", diag::printable(rule.id), what)));
  }
}

Json locations_of(const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group) {
  Json locations = Json::array();
  add_rules(locations, *diff.sources, part.new_side.policy, group.new_rules);
  if (locations.empty()) add_rules(locations, *diff.sources, part.old_side.policy, group.old_rules);
  return locations;
}

Json group_result(const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group) {
  const bool narrowed = group.tendency() == diff::Tendency::narrowed;
  const auto level = narrowed && !diff.fails_on_losses ? sarif::Level::note : sarif::Level::warning;
  std::string fingerprint = part.name;
  for (const diff::Item& item : group.items) fingerprint += fmt::format(" {} {} {}", item.permission, item.before, item.after);
  for (const uri::Uri& identity : group.witness.watcher.identities) fingerprint += " " + identity.text;
  Json json = sarif::result(diff_rules(), static_cast<std::size_t>(group.tendency()), level,
                            fmt::format("{}; for example {}", sentence(diff, part, group), witness_words(group.witness)), fingerprint);
  json["locations"] = locations_of(diff, part, group);
  json["relatedLocations"] = Json::array();
  add_rules(json["relatedLocations"], *diff.sources, part.old_side.policy, group.old_rules, "gave it before");
  json["properties"]["again"] = replay_commands(diff, part, group);
  return json;
}

}  // namespace

std::string diff_sarif(const Diff& diff, std::string_view version) {
  Json results = Json::array();
  for (const DiffPart& part : diff.parts) {
    for (const diff::ChangeGroup& group : part.groups) results.push_back(group_result(diff, part, group));
    const std::string& reason = part.comparison.reason;
    if (reason.empty()) continue;
    Json json = sarif::result(diff_rules(), diff_rules().size() - 1, sarif::Level::error, reason, part.name + " " + reason);
    json["locations"] = Json::array();
    if (!part.new_side.policy.documents.empty()) json["locations"].push_back(sarif::file_location(part.new_side.policy.documents.front().file));
    results.push_back(std::move(json));
  }
  return sarif::log(version, "diff", diff_rules(), std::move(results));
}

}  // namespace presproof::report
