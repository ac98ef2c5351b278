#include "semantics/ser_life.h"

#include <algorithm>

#include "base/lexical.h"
#include "engine/composition.h"
#include "semantics/filter_removals.h"
#include "semantics/match.h"
#include "semantics/text_identity.h"

namespace presproof::semantics {
namespace {

/// Of what is no longer published: the first tuple, closed, with its status alone (function offline_nbody).
presence::Document offline(const presence::Document& document) {
  presence::Document closed{document.entity, {}};
  for (const presence::Part& part : document.parts) {
    if (!equal_ignoring_case(part.element.local, "tuple")) continue;
    presence::Part tuple = part;
    tuple.timestamp = std::nullopt;
    std::erase_if(tuple.element.children, [](const presence::Node& node) {
      const auto* child = std::get_if<presence::Element>(&node.value);
      return child == nullptr || !equal_ignoring_case(child->local, "status");
    });
    for (presence::Node& status : tuple.element.children) {
      for (presence::Node& node : std::get<presence::Element>(status.value).children) {
        auto* basic = std::get_if<presence::Element>(&node.value);
        if (basic != nullptr && equal_ignoring_case(basic->local, "basic")) basic->children = {{std::string("closed")}};
      }
    }
    closed.parts.push_back(std::move(tuple));
    break;
  }
  return closed;
}

/// The text of the first element of that name, whatever its namespace.
std::optional<std::string> sphere_in(const presence::Element& element) {
  if (equal_ignoring_case(element.local, "sphere")) return element.text();
  for (const presence::Node& node : element.children) {
    const auto* child = std::get_if<presence::Element>(&node.value);
    if (child == nullptr) continue;
    if (auto found = sphere_in(*child)) return found;
  }
  return std::nullopt;
}

std::optional<std::string> sphere_in(const presence::Document& document) {
  for (const presence::Part& part : document.parts) {
    if (auto found = sphere_in(part.element)) return found;
  }
  return std::nullopt;
}

}  // namespace

policy::State SerLife::state_for_rules() const {
  policy::State state = state_;
  if (caches_sphere()) state.sphere = cached_sphere_;
  return state;
}

const policy::Rule* SerLife::rule_for(const std::string& watcher, bool with_domain) const {
  if (!rules_) return nullptr;
  const auto asserted = asserted_.find(watcher);
  policy::Watcher identities{{uri::parse(watcher)}};
  if (asserted != asserted_.end()) identities.identities.insert(identities.identities.begin(), asserted->second);
  auto who = text_watcher(identities, profile_).watcher;
  if (!who) return nullptr;
  const policy::State state = state_for_rules();
  // In pres_update_watchers() the domain of From is not at hand.
  if (!with_domain) who->domain.clear();
  const Options options{policy::Usage::presence, &profile_, {}};
  for (const policy::Rule& rule : rules_->rules) {
    const bool matches = std::all_of(rule.conditions.begin(), rule.conditions.end(), [&](const policy::Condition& condition) {
      const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
      return identity != nullptr ? text_identity_holds(*identity, *who, profile_.identity) : holds(condition, {{}, state}, options);
    });
    if (matches) return rule.outcome == policy::Outcome::no_rule ? nullptr : &rule;
  }
  return nullptr;
}

std::optional<SerLife::Status> SerLife::decided(const std::string& watcher, const std::optional<Status>& before, bool with_domain) const {
  if (profile_.parameters.force_active) return Status{"active", ""};
  if (!rules_ && before) return before;
  const policy::Rule* rule = rule_for(watcher, with_domain);
  if (rule == nullptr) return before && before->state != "pending" ? Status{"terminated", "probation"} : Status{};
  if (rule->outcome == policy::Outcome::fails) return std::nullopt;
  switch (std::get<policy::SubHandling>(rule->permissions.front().what)) {
    case policy::SubHandling::block: return Status{"terminated", "rejected"};
    case policy::SubHandling::confirm: return Status{};
    case policy::SubHandling::polite_block: return Status{"active", "polite-block"};
    case policy::SubHandling::allow: break;
  }
  return Status{"active", ""};
}

std::optional<presence::Document> SerLife::document() const {
  if (published_.empty()) return std::nullopt;
  std::vector<presence::Document> documents;
  for (const auto& [source, document] : published_) documents.push_back(document);
  return engine::compose_by(profile_, documents);
}

std::optional<presence::Document> SerLife::filtered(const presence::Document& whole, const std::string& watcher) const {
  const policy::Rule* rule = profile_.parameters.force_active ? nullptr : rule_for(watcher, true);
  return rule == nullptr ? whole : without_removed(whole, rule->transformations);
}

std::string SerLife::condition() const {
  std::string text = rules_ ? "rules;" : "none;";
  text += published_.empty() ? "nothing;" : "published;";
  for (const auto& [watcher, status] : table_) text += watcher + " " + status.state + " " + status.reason + ";";
  // Whether one or more are open shows in nothing but how often the same is sent, and in what ends first.
  constexpr std::ptrdiff_t kTold = 2;
  const auto open = std::count_if(dialogs_.begin(), dialogs_.end(), [](const Dialog& dialog) { return dialog.is_open; });
  text += cached_sphere_.value_or("") + ";";
  return text + std::to_string(std::min<std::ptrdiff_t>(open, kTold));
}

LifeNotify SerLife::notify(const Dialog& dialog, const Status& status, std::optional<presence::Document> body) const {
  return {dialog.watcher, dialog.number, status.state, status.reason == "polite-block" ? "" : status.reason, status.is_shown() ? std::move(body) : std::nullopt};
}

WatcherList::Entry SerLife::entry_of(const Dialog& dialog) const {
  const auto known = std::find_if(table_.begin(), table_.end(), [&](const auto& row) { return row.first == dialog.watcher; });
  return {dialog.watcher, dialog.number, known == table_.end() ? "" : known->second.state};
}

LifeNotify SerLife::list_for(Dialog& dialog) const {
  LifeNotify sent{dialog.watcher, dialog.number, "active", "", std::nullopt, WatcherList{++dialog.list_version, true, {}}};
  for (const Dialog& each : dialogs_) {
    if (each.is_open && each.list_version == 0) sent.watchers->watchers.push_back(entry_of(each));
  }
  return sent;
}

void SerLife::tell_of(const Dialog& dialog, bool all, LifeAnswer& answer) {
  for (Dialog& each : dialogs_) {
    if (!each.is_open || each.list_version == 0) continue;
    answer.notifies.push_back(list_for(each));
    if (!all) answer.notifies.back().watchers = WatcherList{each.list_version, false, {entry_of(dialog)}};
  }
}

LifeAnswer SerLife::subscribe_to_watchers(const uri::Uri& who) {
  if (const auto known = text_watcher({{who}}, profile_); !known.watcher) return {known.code, {}};
  dialogs_.push_back({who.text, dialogs_.size() + 1, true, 0});
  Dialog& dialog = dialogs_.back();
  LifeNotify sent = list_for(dialog);
  return {profile_.parameters.subscribe_response, {std::move(sent)}};
}

LifeAnswer SerLife::subscribe_as(const uri::Uri& from, const uri::Uri& asserted) {
  if (profile_.parameters.identity == engine::IdentitySource::asserted) asserted_.insert_or_assign(from.text, asserted);
  return subscribe(from);
}

LifeAnswer SerLife::subscribe(const uri::Uri& watcher, bool once) {
  const std::string& name = watcher.text;
  if (const auto who = text_watcher({{watcher}}, profile_); !who.watcher) return {who.code, {}};
  auto known = std::find_if(table_.begin(), table_.end(), [&](const auto& row) { return row.first == name; });
  const bool is_new = known == table_.end();
  if (is_new) {
    const auto status = decided(name, std::nullopt, true);
    if (!status) return {500, {}};
    known = table_.insert(table_.end(), {name, *status});
  }
  LifeAnswer answer{profile_.parameters.subscribe_response, {}};
  dialogs_.push_back({name, dialogs_.size() + 1, !once, 0});
  const Dialog dialog = dialogs_.back();
  if (!once) tell_of(dialog, false, answer);
  auto body = document();
  // The rules were just looked at for one who is new.
  if (is_new && body) body = filtered(*body, name);
  LifeNotify sent = notify(dialog, known->second, std::move(body));
  if (once) {
    sent.state = "terminated";
    sent.reason = "timeout";
  }
  answer.notifies.push_back(std::move(sent));
  return answer;
}

LifeAnswer SerLife::refresh(const uri::Uri& watcher, bool end) {
  const auto dialog = std::find_if(dialogs_.rbegin(), dialogs_.rend(), [&](const Dialog& each) { return each.watcher == watcher.text && each.is_open; });
  if (dialog == dialogs_.rend()) return {481, {}};
  LifeAnswer answer{profile_.parameters.subscribe_response, {}};
  if (dialog->list_version > 0) {
    answer.notifies.push_back(list_for(*dialog));
    dialog->is_open = !end;
  } else {
    const auto known = std::find_if(table_.begin(), table_.end(), [&](const auto& row) { return row.first == watcher.text; });
    dialog->is_open = !end;
    tell_of(*dialog, end, answer);
    answer.notifies.push_back(notify(*dialog, known->second, document()));
  }
  if (end) {
    answer.notifies.back().state = "terminated";
    answer.notifies.back().reason = "timeout";
  }
  return answer;
}

void SerLife::publish_to_all(const std::optional<presence::Document>& whole, LifeAnswer& answer) const {
  for (const Dialog& dialog : dialogs_) {
    const auto known = std::find_if(table_.begin(), table_.end(), [&](const auto& row) { return row.first == dialog.watcher; });
    if (dialog.list_version > 0 || !dialog.is_open || !known->second.is_shown()) continue;
    answer.notifies.push_back(notify(dialog, known->second, whole ? filtered(*whole, dialog.watcher) : std::nullopt));
  }
}

LifeAnswer SerLife::publish(const std::string& source, presence::Document document) {
  const bool again = std::any_of(published_.begin(), published_.end(), [&](const auto& known) { return known.first == source; });
  const auto sphere = sphere_in(document);
  if (again && caches_sphere() && sphere && sphere != cached_sphere_) {
    cached_sphere_ = sphere;
    LifeAnswer refused = update_watchers();
    refused.code = 500;
    return refused;
  }
  std::erase_if(published_, [&](const auto& known) { return known.first == source; });
  published_.emplace_back(source, std::move(document));
  LifeAnswer answer;
  publish_to_all(this->document(), answer);
  return answer;
}

LifeAnswer SerLife::unpublish(const std::string& source) {
  LifeAnswer answer;
  const auto known = std::find_if(published_.begin(), published_.end(), [&](const auto& each) { return each.first == source; });
  if (known == published_.end()) return answer;
  known->second = offline(known->second);
  publish_to_all(document(), answer);
  published_.erase(known);
  if (published_.empty()) cached_sphere_.reset();
  return answer;
}

LifeAnswer SerLife::update_watchers() {
  LifeAnswer answer;
  for (auto& [watcher, status] : table_) {
    const auto now = decided(watcher, status, false);
    if (!now) return {};  // the others are not looked at, and nobody is told
    if (*now == status) continue;
    status = *now;
    for (Dialog& dialog : dialogs_) {
      if (dialog.list_version > 0 || dialog.watcher != watcher || !dialog.is_open) continue;
      answer.notifies.push_back(notify(dialog, status, document()));
      if (status.state == "terminated") dialog.is_open = false;
    }
  }
  return answer;
}

LifeAnswer SerLife::refresh_watchers() {
  LifeAnswer answer;
  for (const Dialog& dialog : dialogs_) {
    const auto known = std::find_if(table_.begin(), table_.end(), [&](const auto& row) { return row.first == dialog.watcher; });
    if (dialog.list_version == 0 && dialog.is_open && known->second.is_shown()) answer.notifies.push_back(notify(dialog, known->second, document()));
  }
  return answer;
}

LifeAnswer SerLife::set_rules(std::optional<policy::RuleSet> rules) {
  store_rules(std::move(rules));
  LifeAnswer answer = update_watchers();
  const LifeAnswer more = refresh_watchers();
  answer.notifies.insert(answer.notifies.end(), more.notifies.begin(), more.notifies.end());
  return answer;
}

}  // namespace presproof::semantics
