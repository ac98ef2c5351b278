#include "semantics/kaleo_life.h"

#include <algorithm>

#include <fmt/format.h>

namespace presproof::semantics {
namespace {

using policy::SubHandling;

std::string state_of(SubHandling handling) {
  if (handling == SubHandling::block) return "terminated";
  return handling == SubHandling::confirm ? "pending" : "active";
}

}  // namespace

SubHandling KaleoLife::handling_for(const uri::Uri& watcher) const {
  if (!rules_) return SubHandling::block;
  const policy::Policy policy{{*rules_}};
  return Evaluator(policy, options_).decide({{{watcher}}, state_}).permissions.sub_handling;
}

LifeNotify KaleoLife::notify(const Dialog& dialog) const {
  LifeNotify sent{dialog.watcher.text, dialog.number, dialog.state, "", {}};
  const auto whole = published_.document();
  if (dialog.is_authorised && whole) {
    sent.body = whole;
  } else {
    sent.body = presence::Document{.entity = whole ? whole->entity : "", .parts = {}};
    sent.shown = Permissions();
  }
  return sent;
}

LifeNotify KaleoLife::list_for(const Dialog& dialog) const {
  LifeNotify sent{dialog.watcher.text, dialog.number, dialog.state, "", {}};
  WatcherList list;
  for (const Dialog& each : dialogs_)
    if (!each.of_watchers && each.is_open) list.watchers.push_back({each.watcher.text, each.number, each.state});
  sent.watchers = std::move(list);
  return sent;
}

LifeAnswer KaleoLife::subscribe(const uri::Uri& watcher, bool once) {
  const SubHandling handling = handling_for(watcher);
  if (handling == SubHandling::block) return {403, {}};
  Dialog& dialog = dialogs_.emplace_back(Dialog{watcher, dialogs_.size() + 1, !once, state_of(handling), handling == SubHandling::allow});
  // A fetch is over at once, or waiting for approval: nobody is told that it is pending.
  const int code = dialog.state == "pending" && !once ? 202 : 200;
  if (once) dialog.state = handling == SubHandling::confirm ? "waiting" : "terminated";
  return {code, {notify(dialog)}};
}

LifeAnswer KaleoLife::subscribe_to_watchers(const uri::Uri& who) {
  const Dialog& dialog = dialogs_.emplace_back(Dialog{who, dialogs_.size() + 1, true, "active", true, true});
  return {200, {list_for(dialog)}};
}

LifeAnswer KaleoLife::refresh(const uri::Uri& watcher, bool end) {
  const auto dialog = std::find_if(dialogs_.rbegin(), dialogs_.rend(), [&](const Dialog& each) { return each.watcher == watcher && each.is_open; });
  if (dialog == dialogs_.rend()) return {481, {}};
  if (dialog->of_watchers) {
    dialog->is_open = !end;
    if (end) dialog->state = "terminated";
    return {200, {list_for(*dialog)}};
  }
  const SubHandling handling = handling_for(watcher);
  if (handling == SubHandling::block) return {403, {}};
  if (end) {
    dialog->is_open = false;
    dialog->state = handling == SubHandling::confirm ? "waiting" : "terminated";
    dialog->is_authorised = handling == SubHandling::allow;
  }
  return {dialog->state == "pending" ? 202 : 200, {notify(*dialog)}};
}

LifeAnswer KaleoLife::tell_the_authorised() const {
  LifeAnswer answer;
  for (const Dialog& dialog : dialogs_)
    if (dialog.is_open && dialog.is_authorised && !dialog.of_watchers) answer.notifies.push_back(notify(dialog));
  return answer;
}

LifeAnswer KaleoLife::publish(const std::string& source, presence::Document document) {
  published_.replace(source, std::move(document));
  return tell_the_authorised();
}

LifeAnswer KaleoLife::unpublish(const std::string& source) {
  published_.remove(source);
  return tell_the_authorised();
}

LifeAnswer KaleoLife::set_rules(std::optional<policy::RuleSet> rules) {
  store_rules(std::move(rules));
  LifeAnswer answer;
  for (Dialog& dialog : dialogs_) {
    if (!dialog.is_open || dialog.of_watchers) continue;
    const SubHandling handling = handling_for(dialog.watcher);
    const Dialog before = dialog;
    dialog.state = state_of(handling);
    dialog.is_authorised = handling == SubHandling::allow || handling == SubHandling::confirm;
    dialog.is_open = handling != SubHandling::block;
    if (dialog.state != before.state || dialog.is_authorised != before.is_authorised) answer.notifies.push_back(notify(dialog));
  }
  return answer;
}

std::string KaleoLife::condition() const {
  std::string text = rules_ ? "rules" : "none";
  for (const Dialog& dialog : dialogs_)
    if (dialog.is_open) text += fmt::format("|{} {} {}", dialog.state, dialog.is_authorised, dialog.of_watchers);
  return text;
}

}  // namespace presproof::semantics
