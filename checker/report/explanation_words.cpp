#include "report/explanation_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "base/utf8.h"
#include "report/diff_words.h"
#include "report/words.h"

namespace presproof::report {
namespace {

using explain::Explanation;
using policy::Rule;

constexpr std::size_t kNamed = 6;

struct Title {
  std::string_view permission;
  std::string_view title;
  std::string_view shown;  ///< in `they see ...`
};
constexpr std::array<Title, 24> kTitles = {{
    {"sub-handling", "Answer", "sub-handling"},
    {"provide-devices", "Devices", "devices"},
    {"provide-persons", "Persons", "what describes the person"},
    {"provide-services", "Services", "ways to be reached"},
    {"provide-activities", "Activities", "activities"},
    {"provide-class", "Class", "classes"},
    {"provide-deviceID", "Device ID", "device identifiers"},
    {"provide-mood", "Mood", "the mood"},
    {"provide-place-is", "Place-is", "what the place is like"},
    {"provide-place-type", "Place type", "the type of place"},
    {"provide-privacy", "Privacy", "how private communication is"},
    {"provide-relationship", "Relationship", "relationships"},
    {"provide-sphere", "Sphere", "the sphere"},
    {"provide-status-icon", "Icon", "the status icon"},
    {"provide-time-offset", "Time offset", "the time zone"},
    {"provide-user-input", "User input", "user input"},
    {"provide-note", "Note", "notes"},
    {"provide-unknown-attribute", "Other attributes", "other attributes"},
    {"provide-all-attributes", "All attributes", "all attributes"},
    {"provide-location", "Location", "location"},
    {"set-retransmission-allowed", "May pass on", "retransmission"},
    {"set-retention-expiry", "May keep for", "retention"},
    {"set-note-well", "Note well", "a note well"},
    {"keep-rule-reference", "Rule reference", "the reference to rules"},
}};

const Title* title_of(std::string_view permission) {
  const auto found = std::find_if(kTitles.begin(), kTitles.end(), [&](const Title& title) { return title.permission == permission; });
  return found == kTitles.end() ? nullptr : found;
}
std::string_view shown_word(std::string_view permission) { return title_of(permission) == nullptr ? permission : title_of(permission)->shown; }

std::string joined(const std::vector<std::string>& words, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : i + 1 == words.size() ? std::string(last) : ", ") + words[i];
  return text;
}

/// The first few, and how many more.
std::string some(std::vector<std::string> words, std::string_view last = " and ") {
  if (words.size() > kNamed + 1) {
    const std::size_t left = words.size() - kNamed;
    words.resize(kNamed);
    words.push_back(fmt::format("{} more", left));
    last = " and ";
  }
  return joined(words, last);
}

/// A name of a document that is not too long to stand in a sentence.
std::string cut(std::string_view name) {
  constexpr std::size_t longest = 160;
  if (name.size() <= longest) return std::string(name);
  std::size_t end = 0;
  for (std::size_t next = 0; next < longest;) {
    end = next;
    next += decode_utf8(name, next).length;
  }
  return fmt::format("{}… ({} bytes)", name.substr(0, end), name.size());
}

std::string many_words(const policy::Many& many) {
  if (many.never) return "nobody, because of a part that servers do not know";
  std::string words = many.domain ? fmt::format("everybody of {}", cut(many.domain->text)) : std::string("everybody who is authenticated");
  std::vector<std::string> excepts;
  for (const auto& except : many.excepts) {
    if (except.id) excepts.push_back(cut(except.id->text));
    if (except.domain) excepts.push_back("those of " + cut(except.domain->text));
  }
  return excepts.empty() ? words : words + " except " + some(std::move(excepts));
}

/// Whom: the identity conditions are ANDed.
std::string whom_words(const Rule& rule, const engine::Readings& readings) {
  std::vector<std::string> all;
  for (const auto& condition : rule.conditions)
    if (const auto* identity = std::get_if<policy::IdentityCondition>(&condition)) all.push_back(identity_words(*identity, readings));
  return all.empty() ? "everybody, even those who are not authenticated" : joined(all, ", and of these ");
}

std::string component_words(const policy::ProvideComponents& provided) {
  const std::string_view name = policy::kProvideComponentNames[static_cast<std::size_t>(provided.kind)];
  const std::string_view plural = name.substr(std::string_view("provide-").size());
  if (provided.all) return fmt::format("all {}", plural);
  std::vector<std::string> parts;
  for (std::size_t selector = 0; selector < policy::kSelectorKinds; ++selector)
    for (const auto& value : provided.values[selector]) parts.push_back(fmt::format("{} \"{}\"", policy::kSelectorNames[selector], cut(value)));
  return parts.empty() ? std::string() : fmt::format("{} with {}", plural, joined(parts, " or "));
}

std::string geodetic_words(const policy::GeodeticGrant& grant, const engine::Readings& readings) {
  if (grant.rounding) {
    return fmt::format("the position rounded to {} by {} degrees", grant.rounding->latitude_deg.value_or(0), grant.rounding->longitude_deg.value_or(0));
  }
  const bool exact = grant.radius_m ? *grant.radius_m == 0 : !readings.absent_radius_is_nothing();
  if (exact) return "the exact position";
  return grant.radius_m ? fmt::format("the position as a circle of {} radius", length_words(*grant.radius_m)) : std::string();
}

/// What a grant adds to `they see ...`; empty for one that shows nothing.
std::vector<std::string> shown_words(const policy::Permission& permission, const engine::Readings& readings) {
  std::vector<std::string> words;
  std::visit(Overloaded{[&](const policy::ProvideComponents& provided) { words.push_back(component_words(provided)); },
                        [&](const policy::ProvideAttribute& provided) {
                          if (provided.value) words.emplace_back(shown_word(policy::kAttributePermissionNames[static_cast<std::size_t>(provided.attribute)]));
                        },
                        [&](policy::UserInput value) {
                          if (value != policy::UserInput::none) words.push_back(fmt::format("user input ({})", policy::to_string(value)));
                        },
                        [&](const policy::ProvideUnknownAttribute& provided) {
                          if (provided.value) words.push_back(fmt::format("the attribute \"{}\"", cut(provided.name)));
                        },
                        [&](const policy::ProvideAllAttributes&) {
                          words.emplace_back(readings.all_attributes_include_location() ? "all attributes, with the location as it is published" : "all attributes, whatever they are");
                        },
                        [&](const policy::ProvideLocation& location) {
                          if (location.geodetic) words.push_back(geodetic_words(*location.geodetic, readings));
                          if (location.civic != geo::CivicLevel::none) words.push_back(fmt::format("the civic address down to {}", geo::to_string(location.civic)));
                        },
                        [](const auto&) {}},
             permission.what);
  std::erase(words, std::string());
  return words;
}

std::string retention_words(std::int64_t seconds) {
  constexpr std::int64_t day = 86400;
  if (seconds % day == 0 && seconds > 0) return fmt::format("{} day{}", seconds / day, seconds == day ? "" : "s");
  return fmt::format("{} seconds", seconds);
}

/// What goes with a location (RFC 6772 sections 6.1 to 6.4).
std::string usage_rule_words(const policy::Permission& permission) {
  return std::visit(Overloaded{[](const policy::SetRetransmissionAllowed& set) {
                                 return std::string(set.value ? "They may pass the location on." : "They are asked not to pass the location on.");
                               },
                               [](const policy::SetRetentionExpiry& set) { return fmt::format("They are asked to keep the location for at most {}.", retention_words(set.seconds)); },
                               [](const policy::SetNoteWell& note) { return fmt::format("They are told: \"{}\".", cut(note.text)); },
                               [](const policy::KeepRuleReference& keep) {
                                 return std::string(keep.value ? "References to rules stay in the location." : "References to rules are taken out of the location.");
                               },
                               [](const policy::UnknownPermission& unknown) {
                                 return fmt::format("It also has \"{}\", which servers ignore that do not know it.", cut(unknown.local));
                               },
                               [](const auto&) { return std::string(); }},
                    permission.what);
}

std::string handling_sentence(policy::SubHandling handling, const engine::Profile& profile) {
  const std::string_view unless = profile.combining == engine::Combining::first_matching_rule ? "" : ", unless another rule gives more";
  switch (handling) {
    case policy::SubHandling::block: return fmt::format("Their subscriptions are refused{}.", unless);
    case policy::SubHandling::confirm: return fmt::format("Their subscriptions wait for the owner's decision{}.", unless);
    case policy::SubHandling::polite_block: return fmt::format("They are shown as if nobody were there{}.", unless);
    case policy::SubHandling::allow: return "Their subscriptions are accepted.";
  }
  return {};
}

void add_what_is_given(std::vector<std::string>& sentences, const Explanation& explanation, const Rule& rule) {
  const policy::SubHandling* handling = nullptr;
  std::vector<std::string> shown;
  std::vector<std::string> more;
  for (const auto& permission : rule.permissions) {
    const auto* value = std::get_if<policy::SubHandling>(&permission.what);
    if (value != nullptr && (handling == nullptr || *handling < *value)) handling = value;
    for (auto& words : shown_words(permission, explanation.readings))
      if (std::find(shown.begin(), shown.end(), words) == shown.end()) shown.push_back(std::move(words));
    if (auto words = usage_rule_words(permission); !words.empty()) more.push_back(std::move(words));
  }
  const bool presence = explanation.usage == policy::Usage::presence;
  if (presence) sentences.push_back(handling != nullptr ? handling_sentence(*handling, *explanation.profile) : "It does not decide whether their subscriptions are accepted.");
  const bool allows = !presence || (handling != nullptr && *handling == policy::SubHandling::allow);
  if (!shown.empty()) {
    sentences.push_back(fmt::format("{} {}.", allows ? "They see" : "Where another rule accepts them, they see", joined(shown, " and ")));
  } else {
    sentences.emplace_back("It shows nothing by itself.");
  }
  sentences.insert(sentences.end(), more.begin(), more.end());
}

std::string number_after(std::string_view value, std::string_view prefix) {
  double metres = 0;
  std::from_chars(value.data() + prefix.size(), value.data() + value.size(), metres);
  return length_words(metres);
}

/// What people have to know of a server that is not the RFCs'.
std::vector<std::string> order_words(const engine::Profile& profile) {
  std::vector<std::string> lines;
  if (profile.combining == engine::Combining::first_matching_rule) lines.emplace_back("The first rule that matches decides alone.");
  if (profile.combining == engine::Combining::matching_rules_of_first_kind) lines.emplace_back("Of the rules that match those of the first kind decide.");
  if (profile.filtering == engine::Filtering::shows_what_is_not_removed) lines.emplace_back("Who is accepted sees everything that the rule does not take away.");
  for (const auto assumption : engine::assumptions(profile)) lines.push_back(fmt::format("Assumed: {}.", assumption));
  return lines;
}

}  // namespace

std::string identity_words(const policy::IdentityCondition& identity, const engine::Readings& readings) {
  if (identity.matchers.empty()) return readings.empty_identity_is_unauthenticated() ? "watchers who are not authenticated" : "nobody";
  std::vector<std::string> words;
  for (const auto& matcher : identity.matchers) {
    std::visit(Overloaded{[&](const policy::One& one) { words.push_back(cut(one.id.text)); },
                          [&](const policy::Many& many) { words.push_back(many_words(many)); },
                          [&](const policy::UnknownIdentity&) {}},
               matcher);
  }
  return words.empty() ? "nobody" : some(std::move(words));
}

std::vector<std::string> rule_sentences(const Explanation& explanation, const explain::RuleView& view) {
  const Rule& rule = rule_at(*explanation.policy, view.rule);
  std::string first = fmt::format("For {}", whom_words(rule, explanation.readings));
  if (view.never) first += "";
  else if (view.when.always()) first += ", at any time and wherever the owner is";
  else if (view.when.exact()) first += ", " + when_words(view.when);
  else first += ", under conditions too many to put into a sentence";
  std::vector<std::string> sentences = {first + "."};
  if (rule.outcome == policy::Outcome::fails) sentences.emplace_back("The server fails here: whom it concerns is answered with an error.");
  if (rule.outcome == policy::Outcome::no_rule) sentences.emplace_back("The server stops looking here, as if no rule matched.");
  if (rule.outcome == policy::Outcome::gives) add_what_is_given(sentences, explanation, rule);
  return sentences;
}

std::string rule_remark(const Explanation& explanation, const explain::RuleView& view) {
  if (view.never && explanation.profile->combining != engine::Combining::all_matching_rules) return "This rule decides nothing: wherever its conditions hold for this server, another one goes before it.";
  if (view.never) return "This rule matches nobody at any time: its conditions cannot all hold.";
  if (!view.redundant_because) return {};
  if (view.redundant_because->empty()) return "This rule changes nothing: it grants nothing.";
  return fmt::format("This rule changes nothing: {} already {} all of it.", names_of_rules(*explanation.policy, *view.redundant_because),
                     view.redundant_because->size() == 1 ? "gives" : "give");
}

std::string name_of_rule(const policy::Policy& policy, policy::RuleRef ref) {
  const Rule& rule = rule_at(policy, ref);
  return rule.id.empty() ? fmt::format("the rule in line {}", rule.span.line) : cut(rule.id);
}

std::string names_of_rules(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules) {
  std::vector<std::string> names;
  for (const auto& rule : rules) names.push_back(name_of_rule(policy, rule));
  return some(std::move(names));
}

std::string row_name(const explain::Row& row) {
  switch (row.kind) {
    case diff::WatcherKind::named: {
      std::vector<std::string> names;
      for (const auto& identity : row.watcher.identities) names.push_back(cut(identity.text));
      return fmt::format("{}", fmt::join(names, " with "));
    }
    case diff::WatcherKind::of_domain: return fmt::format("everybody else of {}", row.watcher.identities.front().domain.value_or(""));
    case diff::WatcherKind::stranger: return "everybody else who is authenticated";
    case diff::WatcherKind::unauthenticated: return "the unauthenticated";
  }
  return {};
}

std::string row_names(const Explanation& explanation, const std::vector<std::uint32_t>& rows) {
  if (rows.size() == explanation.rows.size()) return "everybody";
  std::vector<std::string> names;
  for (const std::uint32_t row : rows) names.push_back(row_name(explanation.rows[row]));
  return some(std::move(names));
}

std::vector<std::vector<std::uint32_t>> rows_alike(const Explanation& explanation) {
  std::map<std::vector<policy::RuleRef>, std::size_t> known;
  std::vector<std::vector<std::uint32_t>> alike;
  for (std::uint32_t row = 0; row < explanation.rows.size(); ++row) {
    const auto [place, is_new] = known.try_emplace(explanation.rows[row].rules, alike.size());
    if (is_new) alike.emplace_back();
    alike[place->second].push_back(row);
  }
  // Those whom a rule names come first.
  const auto kind = [&](const auto& rows) {
    auto least = explanation.rows[rows.front()].kind;
    for (const std::uint32_t row : rows) least = std::min(least, explanation.rows[row].kind);
    return least;
  };
  std::stable_sort(alike.begin(), alike.end(), [&](const auto& a, const auto& b) { return kind(a) < kind(b); });
  return alike;
}

std::string group_names(const Explanation& explanation, const std::vector<std::uint32_t>& rows) {
  std::vector<std::string> names;
  for (std::uint32_t group = 0; group < explanation.groups.size(); ++group) {
    const bool all = std::all_of(rows.begin(), rows.end(), [&](std::uint32_t row) {
      const auto& groups = explanation.rows[row].groups;
      return std::find(groups.begin(), groups.end(), group) != groups.end();
    });
    if (all) names.push_back(explanation.groups[group]);
  }
  return some(std::move(names));
}

std::string column_title(std::string_view permission) { return std::string(title_of(permission) == nullptr ? permission : title_of(permission)->title); }

std::string value_word(std::string_view permission, std::string_view value) {
  if (permission == "set-retransmission-allowed") return value == "true" ? "yes" : value == "false" ? "no" : std::string(value);
  if (value == "true") return "yes";
  if (permission == "provide-location") {
    constexpr std::string_view radius = "radius ";
    constexpr std::string_view civic = "civic ";
    if (value == "exact position") return "exact position";
    if (value.starts_with(radius)) return "within " + number_after(value, radius);
    if (value.starts_with(civic)) return value == "civic full" ? "full address" : fmt::format("address down to {}", value.substr(civic.size()));
  }
  constexpr std::string_view granted = " true";
  if (permission == "provide-unknown-attribute" && value.ends_with(granted)) value.remove_suffix(granted.size());
  return std::string(value);
}

std::string_view nothing_word(std::string_view permission, policy::Usage usage) {
  return permission != "sub-handling" ? "no" : usage == policy::Usage::presence ? "block" : "refused";
}

std::string entry_when(const explain::Entry& entry) {
  if (entry.when.always()) return entry.at_least ? "otherwise" : "always";
  if (entry.when.exact()) return (entry.at_least ? "or more, " : "") + when_words(entry.when);
  return fmt::format("for example at {}, sphere {}, location {}", to_rfc3339(entry.state.time), entry.state.sphere.value_or("undefined"),
                     location_words(entry.state.location));
}

std::string near_miss_words(const policy::Policy& policy, const explain::NearMiss& miss) {
  if (miss.reason == explain::NearMiss::Reason::excepted) return fmt::format("{} leaves it out by an exception for {}", name_of_rule(policy, miss.rule), cut(miss.named));
  return fmt::format("{} names {}, which is another watcher", name_of_rule(policy, miss.rule), cut(miss.named));
}

std::string change_words(const Explanation& explanation, const explain::ViewChange& change) {
  const std::string& permission = explanation.columns[change.column];
  return fmt::format("{} {}: {} for {}", column_title(permission), value_word(permission, change.value), change.begins ? "begins" : "ends",
                     row_names(explanation, change.rows));
}

std::vector<std::string> judged_words(const explain::Judged& judged) {
  const verify::Result& result = judged.result;
  std::vector<std::string> lines;
  for (const auto& each : result.by_reading) lines.push_back(fmt::format("{} under {}", verify::kVerdictNames[static_cast<std::size_t>(each.verdict)], readings_words(each.readings)));
  if (!result.reason.empty()) lines.push_back(result.reason);
  if (!result.counterexample) return lines;
  const std::string_view how = result.verdict == verify::Verdict::proved ? "seen by" : "broken by";
  const std::string first = witness_words(result.counterexample->request);
  if (!result.events.empty()) {
    lines.push_back(fmt::format("{} {}, after:", how, first));
    for (const auto& event : result.events) lines.push_back("- " + event);
  } else if (result.second) {
    lines.push_back(fmt::format("{} {}", how, first));
    lines.push_back(fmt::format("beside {}", witness_words(result.second->request)));
  } else {
    lines.push_back(fmt::format("{} {}", how, first));
  }
  return lines;
}

std::vector<std::string> premises(const Explanation& explanation) {
  std::vector<std::string> lines = {
      explanation.usage == policy::Usage::presence ? "The rules are those of a presence server (RFC 4745, RFC 5025, RFC 6772)."
                                                   : "The rules are those of a location server (RFC 4745, RFC 6772).",
      fmt::format("Decided as the engine `{}` does, under the readings {}.", engine::designation(*explanation.profile), readings_words(explanation.readings))};
  for (const auto& line : order_words(*explanation.profile)) lines.emplace_back(line);
  if (explanation.usage == policy::Usage::presence) lines.emplace_back("What is shown depends on what the owner publishes; this is the most that anybody can see.");
  if (!explanation.complete) lines.emplace_back("Not every watcher is told of: domains or URIs are named in too many ways.");
  const bool complete = std::all_of(explanation.rows.begin(), explanation.rows.end(), [](const auto& row) { return row.complete; });
  if (!complete) lines.emplace_back("Some watchers are told by examples, since their rules tell too many situations apart; they may see more in others.");
  return lines;
}

}  // namespace presproof::report
