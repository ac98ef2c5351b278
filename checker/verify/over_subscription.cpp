#include "verify/over_subscription.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/instant.h"
#include "claims/claim.h"
#include "claims/scope.h"
#include "diag/error.h"
#include "engine/elements.h"
#include "semantics/combine.h"
#include "semantics/life.h"
#include "smt/text_identities.h"
#include "verify/witness_document.h"

namespace presproof::verify {
namespace {

using semantics::LifeAnswer;
using semantics::Life;

/// Times and spheres beyond these would take too long.
constexpr std::size_t kMostStates = 400;

/// The times and spheres that rules and property tell apart: the beginning of all time, each end of a period; no sphere, each that is named, and another.
struct States {
  std::vector<Instant> times;
  std::vector<std::optional<std::string>> spheres;
};

States states_of(const policy::Policy& policy, const property::Property& property) {
  std::set<Instant> times{kUsualInstant};
  std::set<std::string> spheres;
  const auto add = [&](Instant from, Instant until) { times.insert({from, until, Instant{from.seconds - 1, 0}}); };
  for (const policy::RuleSet& document : policy.documents) {
    for (const policy::Rule& rule : document.rules) {
      for (const policy::Condition& condition : rule.conditions) {
        if (const auto* validity = std::get_if<policy::ValidityCondition>(&condition)) {
          for (const policy::ValidityPair& pair : validity->pairs) {
            if (pair.from && pair.until) add(*pair.from, *pair.until);
          }
        }
        if (const auto* sphere = std::get_if<policy::SphereCondition>(&condition)) spheres.insert(sphere->tokens.begin(), sphere->tokens.end());
      }
    }
  }
  for (const property::Interval& interval : property.during) add(interval.from, interval.until);
  for (const auto& guard : property.guards) {
    each_atom(guard, [&](const property::GuardAtom& atom) {
      const auto* sphere = std::get_if<property::SphereIs>(&atom);
      if (sphere != nullptr && sphere->value) spheres.insert(*sphere->value);
    });
  }
  std::erase_if(times, [](Instant time) { return time >= kEndOfInstants; });
  States states{{times.begin(), times.end()}, {std::nullopt}};
  if (spheres.empty()) return states;
  std::string another = "elsewhere";
  while (spheres.contains(another)) another += "-else";
  spheres.insert(another);
  states.spheres.insert(states.spheres.end(), spheres.begin(), spheres.end());
  return states;
}

enum class Kind : std::uint8_t { subscribe, fetch, refresh, unsubscribe, publish, upload, remove, time, sphere };
struct Event {
  Kind kind = Kind::subscribe;
  std::size_t value = 0;  ///< of Kind::time and Kind::sphere: which
};

class Timelines {
 public:
  Timelines(const policy::Policy& policy, const property::Property& property, const Options& options, const smt::Limits& limits)
      : policy_(policy), property_(property), options_(options), limits_(limits), states_(states_of(policy, property)), readings_(engine::with_defaults(options.fixed)) {
    const policy::Rule everybody = engine::nobody_matches(policy::SubHandling::allow);
    everything_ = semantics::combine(std::array{&everybody}, {options.usage, options.profile, readings_});
    document_ = witness_document(policy, state(0, 0), options.usage);
  }

  [[nodiscard]] bool is_too_large() const { return states_.times.size() * states_.spheres.size() > kMostStates; }
  [[nodiscard]] bool is_late() const { return late_; }

  /// The shortest way to a NOTIFY that breaks the claim for this watcher.
  std::optional<SubscriptionAnswer> find(const policy::Watcher& watcher) {
    watcher_ = watcher;
    name_ = watcher.identities.empty() ? uri::parse(smt::kAnonymousText) : watcher.identities.front();
    std::vector<Node> nodes;
    std::set<std::tuple<std::string, std::size_t, std::size_t>> seen;
    for (std::size_t time = 0; time < states_.times.size(); ++time) {
      for (std::size_t sphere = 0; sphere < states_.spheres.size(); ++sphere) {
        nodes.push_back({begin(time, sphere), time, sphere, kNone, {}, 0});
        seen.emplace(nodes.back().life->condition(), time, sphere);
      }
    }
    for (std::size_t at = 0; at < nodes.size(); ++at) {
      if (nodes[at].depth == property_.subscription->events) continue;
      if (limits_.deadline && std::chrono::steady_clock::now() > *limits_.deadline) late_ = true;
      if (late_) return std::nullopt;
      for (const Event event : events_at(nodes[at])) {
        Node next{nodes[at].life->clone(), nodes[at].time, nodes[at].sphere, at, event, nodes[at].depth + 1};
        const LifeAnswer answer = happen(*next.life, next.time, next.sphere, event);
        if (breaks(answer, next.time, next.sphere)) return confirmed(nodes, next);
        if (seen.emplace(next.life->condition(), next.time, next.sphere).second) nodes.push_back(std::move(next));
      }
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  struct Node {
    std::unique_ptr<Life> life;
    std::size_t time = 0;
    std::size_t sphere = 0;
    std::size_t before = kNone;
    Event event;
    std::size_t depth = 0;
  };

  [[nodiscard]] policy::State state(std::size_t time, std::size_t sphere) const { return {states_.times[time], states_.spheres[sphere], {}}; }

  /// The rules are there, something is published, and nobody watches.
  [[nodiscard]] std::unique_ptr<Life> begin(std::size_t time, std::size_t sphere) const {
    auto life = semantics::make_life(*options_.profile, state(time, sphere));
    life->store_rules(policy_.documents.front());
    (void)life->publish("", document_);
    return life;
  }

  [[nodiscard]] std::vector<Event> events_at(const Node& node) const {
    std::vector<Event> events = {{Kind::subscribe}, {Kind::fetch}, {Kind::refresh}, {Kind::unsubscribe}, {Kind::publish}, {Kind::upload}, {Kind::remove}};
    for (std::size_t time = node.time + 1; time < states_.times.size(); ++time) events.push_back({Kind::time, time});
    for (std::size_t sphere = 0; sphere < states_.spheres.size(); ++sphere) {
      if (sphere != node.sphere) events.push_back({Kind::sphere, sphere});
    }
    return events;
  }

  LifeAnswer happen(Life& life, std::size_t& time, std::size_t& sphere, Event event) const {
    switch (event.kind) {
      case Kind::subscribe:
      case Kind::fetch: return life.subscribe(name_, event.kind == Kind::fetch);
      case Kind::refresh:
      case Kind::unsubscribe: return life.refresh(name_, event.kind == Kind::unsubscribe);
      case Kind::publish: return life.publish("", document_);
      case Kind::upload: return life.set_rules(policy_.documents.front());
      case Kind::remove: return life.set_rules(std::nullopt);
      case Kind::time: time = event.value; break;
      case Kind::sphere: sphere = event.value; break;
    }
    life.set_state(state(time, sphere));
    return {};
  }

  [[nodiscard]] bool breaks(const LifeAnswer& answer, std::size_t time, std::size_t sphere) const {
    const claims::ClaimContext context{policy_, options_.usage, readings_};
    if (answer.notifies.empty() || !claims::guard_holds(property_, {watcher_, state(time, sphere)})) return false;
    return std::any_of(answer.notifies.begin(), answer.notifies.end(), [&](const semantics::LifeNotify& sent) {
      semantics::Decision decision;
      if (sent.body) decision.permissions = sent.shown.value_or(everything_);
      return claims::claim_holds(property_.claim, decision, context);
    });
  }

  [[nodiscard]] std::string words(Event event) const {
    switch (event.kind) {
      case Kind::subscribe: return "subscribe " + name_.text;
      case Kind::fetch: return "fetch " + name_.text;
      case Kind::refresh: return "refresh " + name_.text;
      case Kind::unsubscribe: return "unsubscribe " + name_.text;
      case Kind::publish: return "publish PUBLISHED";
      case Kind::upload: return "rules POLICY";
      case Kind::remove: return "delete";
      case Kind::time: return "at " + to_rfc3339(states_.times[event.value]);
      case Kind::sphere: return states_.spheres[event.value] ? "sphere " + *states_.spheres[event.value] : "sphere";
    }
    return {};
  }

  /// The same once more, from the beginning.
  SubscriptionAnswer confirmed(const std::vector<Node>& nodes, const Node& last) {
    std::vector<Event> path{last.event};
    std::size_t at = last.before;
    for (; nodes[at].before != kNone; at = nodes[at].before) path.insert(path.begin(), nodes[at].event);
    std::size_t time = nodes[at].time;
    std::size_t sphere = nodes[at].sphere;
    SubscriptionAnswer found{Verdict::violated, std::nullopt, {"at " + to_rfc3339(states_.times[time])}, {}};
    if (states_.spheres[sphere]) found.events.push_back("sphere " + *states_.spheres[sphere]);
    found.events.emplace_back("publish PUBLISHED");
    const std::unique_ptr<Life> life = begin(time, sphere);
    LifeAnswer answer;
    for (const Event event : path) {
      found.events.push_back(words(event));
      answer = happen(*life, time, sphere, event);
    }
    if (!claims::in_group(*property_.group, watcher_) || !breaks(answer, time, sphere)) {
      throw diag::InternalError(fmt::format("a subscription that was found for the property `{}` does not break it when it is played again", property_.name));
    }
    found.request = policy::Request{watcher_, state(time, sphere)};
    return found;
  }

  const policy::Policy& policy_;
  const property::Property& property_;
  const Options& options_;
  const smt::Limits& limits_;
  States states_;
  engine::Readings readings_;
  semantics::Permissions everything_;
  presence::Document document_;
  policy::Watcher watcher_;
  uri::Uri name_;
  bool late_ = false;
};

}  // namespace

SubscriptionAnswer over_subscription(const policy::Policy& policy, const property::Property& property, const smt::Partition& partition, const Options& options,
                                     const smt::Limits& limits) {
  const auto undecided = [](std::string reason) { return SubscriptionAnswer{Verdict::undecided, std::nullopt, {}, std::move(reason)}; };
  if (!partition.complete()) return undecided("not every watcher is of a kind that was looked at");
  bool of_places = false;
  for (const auto& guard : property.guards) each_atom(guard, [&](const property::GuardAtom& atom) { of_places = of_places || std::holds_alternative<property::Inside>(atom); });
  if (of_places) return undecided("places are not looked at over a subscription: leave out `inside`");
  Timelines search(policy, property, options, limits);
  if (search.is_too_large()) return undecided("the rules and the property tell apart too many times and spheres");
  for (const smt::WatcherClass& each : partition.classes()) {
    const policy::Watcher watcher = each.watcher();
    if (!claims::in_group(*property.group, watcher)) continue;
    if (auto found = search.find(watcher)) return std::move(*found);
    if (search.is_late()) return undecided("the time is up");
  }
  return {Verdict::proved, std::nullopt, {}, {}};
}

std::vector<std::string> subscription_assumptions(const property::Property& property, const engine::Profile& profile) {
  if (profile.life == engine::SubscriptionLife::decided_each_time) return {"every NOTIFY is decided when it is sent (RFC 5025 section 3.3), so that what holds for one holds for all of a subscription"};
  const bool is_filtered_by_removals = profile.filtering == engine::Filtering::shows_what_is_not_removed;
  return {fmt::format("up to {} events are looked at: SUBSCRIBE, refresh, a second subscription, fetch, end, PUBLISH, upload of the same rules, their deletion, time and sphere that change", property.subscription->events),
          is_filtered_by_removals ? "other rules are not uploaded meanwhile; a NOTIFY with a document counts as showing everything, since only the first of the elements that are removed is sure to go"
                                  : "other rules are not uploaded meanwhile",
          std::string(engine::assumptions(profile).back())};
}

}  // namespace presproof::verify
