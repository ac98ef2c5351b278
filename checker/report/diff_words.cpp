#include "report/diff_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/instant.h"
#include "base/overloaded.h"
#include "diag/printable.h"
#include "report/run_text.h"
#include "report/words.h"

namespace presproof::report {
namespace {

constexpr std::size_t kWatchersNamed = 6;
constexpr std::size_t kPeriodsNamed = 3;
constexpr std::size_t kConditionsNamed = 3;

/// A permission as a thing that somebody gets; the others are called by what stands behind `provide-`.
struct Noun {
  std::string_view permission;
  std::string_view noun;
};
constexpr std::array<Noun, 10> kNouns = {{
    {"sub-handling", "sub-handling"},
    {"provide-user-input", "user input"},
    {"provide-unknown-attribute", "attribute"},
    {"provide-all-attributes", "all attributes"},
    {"set-retransmission-allowed", "retransmission-allowed"},
    {"set-retention-expiry", "retention"},
    {"set-note-well", "the note"},
    {"keep-rule-reference", "the rule reference"},
    {"provide-place-is", "place-is"},
    {"provide-place-type", "place type"},
}};

std::string noun_of(std::string_view permission) {
  const auto found = std::find_if(kNouns.begin(), kNouns.end(), [&](const Noun& noun) { return noun.permission == permission; });
  if (found != kNouns.end()) return std::string(found->noun);
  constexpr std::string_view provide = "provide-";
  if (permission.starts_with(provide)) permission.remove_prefix(provide.size());
  return std::string(permission);
}

bool is_component(std::string_view permission) {
  return std::find(policy::kProvideComponentNames.begin(), policy::kProvideComponentNames.end(), permission) != policy::kProvideComponentNames.end();
}
bool is_set_boolean(std::string_view permission) { return permission == "set-retransmission-allowed" || permission == "keep-rule-reference"; }

/// Values that mean that nothing is given (diff/shown.h).
bool is_nothing(std::string_view permission, std::string_view value) {
  if (is_set_boolean(permission) || permission == "sub-handling") return false;
  return value == "none" || value == "no position" || value == "civic none" || value == "false" || value.ends_with(" false");
}

/// `500 m` of `radius 500 m`; the level of `civic city`; what is true of itself has no value.
std::string short_value(std::string_view permission, std::string_view value) {
  constexpr std::string_view radius = "radius ";
  constexpr std::string_view civic = "civic ";
  double metres = 0;
  if (permission == "provide-location" && value.starts_with(radius)) {
    std::from_chars(value.data() + radius.size(), value.data() + value.size(), metres);
    return length_words(metres);
  }
  if (permission == "provide-location" && value.starts_with(civic)) return std::string(value.substr(civic.size()));
  if (permission == "provide-unknown-attribute") return diag::printable(value.substr(0, value.rfind(' ')));
  return is_set_boolean(permission) || value != "true" ? diag::printable(value) : std::string();
}

std::string phrase(std::string_view permission, std::string_view value) {
  const std::string words = short_value(permission, value);
  if (permission == "provide-location") {
    if (value == "exact position") return "the exact position";
    if (value.starts_with("civic ")) return fmt::format("the civic address down to {}", words);
    return value.starts_with("radius ") ? fmt::format("location at {}", words) : fmt::format("location {}", words);
  }
  if (is_component(permission) && value == "all") return "all " + noun_of(permission);
  return words.empty() ? noun_of(permission) : fmt::format("{} {}", noun_of(permission), words);
}

std::string joined(std::vector<std::string> words, std::size_t most, std::string_view last, std::string_view more) {
  if (words.size() > most) {
    const std::size_t left = words.size() - most;
    words.resize(most);
    words.push_back(fmt::format("{} {}{}", left, more, left == 1 ? "" : "s"));
    last = " and ";
  }
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : i + 1 == words.size() ? std::string(last) : ", ") + words[i];
  return text;
}

std::string period_words(const diff::Period& period) {
  if (!period.from) return period.until ? "until " + to_rfc3339(*period.until) : "at any time";
  if (!period.until) return "from " + to_rfc3339(*period.from) + " on";
  return fmt::format("from {} until {}", to_rfc3339(*period.from), to_rfc3339(*period.until));
}

std::string state_words(const policy::State& state) {
  return fmt::format("at {}, sphere {}, location {}", to_rfc3339(state.time), state.sphere ? diag::printable(*state.sphere) : "undefined", location_words(state.location));
}

std::string spheres_words(const diff::SpheresTold& spheres) {
  std::vector<std::string> names;
  for (const std::string& name : spheres.named) names.push_back(diag::printable(name));
  const bool none = names.empty();
  const std::string named = joined(std::move(names), kWatchersNamed, " or ", "more");
  if (spheres.others && none) return "in any sphere that is known";
  if (none) return "while no sphere is known";
  if (spheres.others) return (spheres.undefined ? "outside of sphere " : "in any sphere that is known but ") + named;
  return "in sphere " + named + (spheres.undefined ? " or while none is known" : "");
}

std::string area_words(const policy::LocationAlternative& alternative) {
  return std::visit(Overloaded{
                        [](const geo::Circle& circle) {
                          return fmt::format("within {} of {} {}", length_words(circle.radius_m), circle.center.latitude, circle.center.longitude);
                        },
                        [](const policy::CivicLocation& civic) {
                          policy::TargetLocation location;
                          location.civic = civic.fields;
                          return location_words(location);
                        },
                        [](const policy::UnknownLocation&) { return std::string("nowhere"); },
                    },
                    alternative.where);
}

std::string areas_words(const std::vector<policy::LocationCondition>& conditions) {
  std::vector<std::string> areas;
  for (const auto& condition : conditions) {
    for (const auto& alternative : condition.locations) {
      if (!std::holds_alternative<policy::UnknownLocation>(alternative.where)) areas.push_back(area_words(alternative));
    }
  }
  return joined(std::move(areas), kConditionsNamed, " or ", "more area");
}

}  // namespace

std::string class_words(const policy::Watcher& watcher, diff::WatcherKind kind) {
  switch (kind) {
    case diff::WatcherKind::named: return watcher_words(watcher);
    case diff::WatcherKind::of_domain: return fmt::format("everybody else of {}", diag::printable(watcher.identities.front().domain.value_or("")));
    case diff::WatcherKind::stranger: return "everybody else who is authenticated";
    case diff::WatcherKind::unauthenticated: return "the unauthenticated";
  }
  return {};
}

std::string watchers_words(const diff::Change& change) {
  std::string words = class_words(change.watchers.front(), change.kind);
  if (change.watcher_count > 1) words += fmt::format(" and {} more", change.watcher_count - 1);
  return words;
}

Who who_words(const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group) {
  const diff::Comparison& comparison = part.comparison;
  if (group.watchers.size() == comparison.classes) return {"everybody", false};
  std::vector<std::size_t> members(comparison.group_sizes.size());
  for (const std::uint32_t number : group.watchers) {
    for (const std::uint32_t each : comparison.affected[number].groups) ++members[each];
  }
  std::vector<std::string> named_groups;
  const auto is_whole = [&](std::uint32_t each) { return members[each] == comparison.group_sizes[each]; };
  for (std::uint32_t each = 0; each < members.size(); ++each) {
    if (members[each] > 0 && is_whole(each)) named_groups.push_back(diag::printable(diff.group_names[each]));
  }
  std::vector<std::string> words;
  std::vector<std::string> unnamed;
  for (const std::uint32_t number : group.watchers) {
    const diff::Affected& affected = comparison.affected[number];
    if (std::any_of(affected.groups.begin(), affected.groups.end(), is_whole)) continue;
    (affected.kind == diff::WatcherKind::named ? words : unnamed).push_back(class_words(affected.watcher, affected.kind));
  }
  const bool one = named_groups.empty() && words.size() + unnamed.size() == 1;
  const bool unauthenticated = one && comparison.affected[group.watchers.front()].kind == diff::WatcherKind::unauthenticated;
  if (words.size() > kWatchersNamed) {
    const std::size_t left = words.size() - kWatchersNamed;
    words.resize(kWatchersNamed);
    words.push_back(fmt::format("{} more", left));
  }
  if (unnamed.size() > kWatchersNamed) {
    const std::size_t left = unnamed.size() - kWatchersNamed;
    unnamed.resize(kWatchersNamed);
    unnamed.push_back(fmt::format("everybody else of {} more domains or of none", left));
  }
  named_groups.insert(named_groups.end(), words.begin(), words.end());
  named_groups.insert(named_groups.end(), unnamed.begin(), unnamed.end());
  const std::size_t all = named_groups.size();
  return {joined(std::move(named_groups), all, " and ", ""), !one || unauthenticated};
}

std::string item_words(const diff::Item& item, bool plural) {
  const std::string_view get = plural ? "get" : "gets";
  if (item.permission == diff::kTransformations) return fmt::format("now {} documents from which other transformations take something away", get);
  if (is_nothing(item.permission, item.after)) return fmt::format("no longer {} {}", get, phrase(item.permission, item.before));
  std::string words = fmt::format("now {} {}", get, phrase(item.permission, item.after));
  if (is_nothing(item.permission, item.before)) return words;
  return words + fmt::format(" instead of {}", short_value(item.permission, item.before));
}

std::string places_words(const diff::PlacesTold& places) {
  if (places.conditions.empty()) return fmt::format("while the presentity is not {}, or it is not known where", areas_words(places.exceptions));
  const std::string inside = "while the presentity is " + areas_words(places.conditions);
  return places.exceptions.empty() ? inside : fmt::format("{} but not {}", inside, areas_words(places.exceptions));
}

std::string circumstance_words(const diff::Circumstance& when) {
  std::vector<std::string> parts;
  if (when.times) {
    std::vector<std::string> periods;
    for (const diff::Period& period : *when.times) periods.push_back(period_words(period));
    parts.push_back(joined(std::move(periods), kPeriodsNamed, " and ", "more period"));
  }
  if (when.spheres) parts.push_back(spheres_words(*when.spheres));
  if (when.places) parts.push_back(places_words(*when.places));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string when_words(const diff::Circumstances& when) {
  if (when.always()) return "at any time";
  if (!when.exact()) return "in some states";
  std::vector<std::string> ways;
  for (const diff::Circumstance& each : when.any_of) ways.push_back(circumstance_words(each));
  return fmt::format("only {}", fmt::join(ways, "; or "));
}

std::string witness_words(const policy::Request& request) { return fmt::format("{} {}", watcher_words(request.watcher), state_words(request.state)); }

std::string when_words(const diff::ChangeGroup& group) {
  if (group.when.exact()) return when_words(group.when);
  return fmt::format("in some states, one of them {}", state_words(group.witness.state));
}

std::string sentence(const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group) {
  const Who who = who_words(diff, part, group);
  std::vector<std::string> items;
  for (const diff::Item& item : group.items) items.push_back(item_words(item, who.plural));
  return fmt::format("{} {}, {}", who.words, fmt::join(items, "; "), when_words(group));
}

std::vector<std::string> engine_words(const engine::Profile& profile) {
  if (profile.name == engine::rfc().name) return {};
  std::vector<std::string> lines = {fmt::format("decided as the engine `{}` does", engine::designation(profile))};
  for (const auto assumption : engine::assumptions(profile)) lines.push_back(fmt::format("assumes {}", assumption));
  return lines;
}

std::string readings_words(const engine::Readings& readings) {
  std::vector<std::string> words;
  for (const auto& row : engine::all_readings()) words.push_back(fmt::format("{}={}", row.key, readings.value(row.reading)));
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string readings_words(const std::vector<std::pair<engine::Reading, bool>>& readings) {
  std::vector<std::string> words;
  for (const auto& [reading, alternative] : readings) {
    const auto& row = engine::info(reading);
    words.push_back(fmt::format("{}={}", row.key, row.values[alternative ? 1 : 0]));
  }
  return fmt::format("{}", fmt::join(words, " "));
}

std::string verdict_words(const DiffPart& part) {
  if (part.comparison.verdict == diff::Verdict::equivalent) return "equivalent";
  if (part.comparison.verdict == diff::Verdict::undecided) return "undecided";
  constexpr std::array<std::string_view, 3> words = {"widened", "widened in one respect and narrowed in another", "narrowed"};
  std::vector<std::string> counts;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto count = std::count_if(part.groups.begin(), part.groups.end(), [&](const auto& group) { return static_cast<std::size_t>(group.tendency()) == i; });
    if (count > 0) counts.push_back(fmt::format("{} {}", count, words[i]));
  }
  return fmt::format("different ({})", fmt::join(counts, ", "));
}

std::string diff_summary(const Diff& diff) {
  const auto count = [&](diff::Verdict verdict) {
    return std::count_if(diff.parts.begin(), diff.parts.end(), [&](const DiffPart& part) { return part.comparison.verdict == verdict; });
  };
  std::string words = fmt::format("{} document{} compared: {} equivalent, {} different", diff.parts.size(), diff.parts.size() == 1 ? "" : "s",
                                  count(diff::Verdict::equivalent), count(diff::Verdict::different));
  if (const auto undecided = count(diff::Verdict::undecided); undecided > 0) words += fmt::format(", {} undecided", undecided);
  return words;
}

std::string_view side_words(const DiffPart& part) {
  if (part.old_side.is_missing) return "new; compared with an empty rule set";
  return part.new_side.is_missing ? "gone; compared with an empty rule set" : "";
}

std::vector<std::string> replay_commands(const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group) {
  std::vector<std::string> commands;
  for (const bool is_new : {false, true}) {
    const DiffSide& side = is_new ? part.new_side : part.old_side;
    if (!side.on_disk || side.is_missing) continue;
    commands.push_back(replay_command({side.policy, part.usage, false, diff.profile}, {group.witness, diff.readings, is_new ? group.after : group.before}));
  }
  return commands;
}

}  // namespace presproof::report
