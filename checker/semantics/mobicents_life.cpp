#include "semantics/mobicents_life.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/view.h"
#include "semantics/filter.h"

namespace presproof::semantics {

Decision MobicentsLife::decide(const uri::Uri& watcher) const {
  const policy::Policy policy{{rules_ ? *rules_ : engine::without_rule_set(*options_.profile)}};
  return Evaluator(policy, options_).decide({{{watcher}}, state_});
}

LifeNotify MobicentsLife::answer_for(const Dialog& dialog) const {
  LifeNotify sent{dialog.watcher.text, dialog.number, dialog.is_active ? "active" : "pending", "", {}};
  sent.shown = dialog.decision.permissions;
  const auto whole = published_.document();
  if (dialog.is_active && whole) sent.body = filter(dialog.decision, *whole, state_, options_, {});
  return sent;
}

LifeAnswer MobicentsLife::subscribe(const uri::Uri& watcher, bool once) {
  Decision decision = decide(watcher);
  const int code = decision.response ? decision.response->code : 500;
  if (code >= 300) return {code, {}};
  const Dialog& dialog = dialogs_.emplace_back(Dialog{watcher, dialogs_.size() + 1, !once, code == 200, std::move(decision)});
  return {code, {answer_for(dialog)}};
}

LifeAnswer MobicentsLife::refresh(const uri::Uri& watcher, bool end) {
  const auto dialog = std::find_if(dialogs_.rbegin(), dialogs_.rend(), [&](const Dialog& each) { return each.watcher == watcher && each.is_open; });
  if (dialog == dialogs_.rend()) return {481, {}};
  dialog->is_open = !end;
  if (end) return {200, {{watcher.text, dialog->number, "terminated", "timeout", {}}}};
  return {200, {answer_for(*dialog)}};
}

LifeAnswer MobicentsLife::tell_all() const {
  LifeAnswer answer;
  for (const Dialog& dialog : dialogs_)
    if (dialog.is_open && dialog.is_active) answer.notifies.push_back({dialog.watcher.text, dialog.number, "active", "", published_.document()});
  return answer;
}

LifeAnswer MobicentsLife::publish(const std::string& source, presence::Document document) {
  published_.add(source, std::move(document));
  return tell_all();
}

LifeAnswer MobicentsLife::unpublish(const std::string& source) {
  published_.remove(source);
  return tell_all();
}

LifeAnswer MobicentsLife::set_rules(std::optional<policy::RuleSet> rules) {
  store_rules(std::move(rules));
  LifeAnswer answer;
  if (!rules_) return answer;
  for (Dialog& dialog : dialogs_) {
    if (!dialog.is_open) continue;
    const auto code_of = [](const Decision& decision) { return decision.response ? decision.response->code : 500; };
    const int before = code_of(dialog.decision);
    dialog.decision = decide(dialog.watcher);
    const int now = code_of(dialog.decision);
    if (now == before) continue;  // what is shown may be another; nobody is told
    dialog.is_active = now == 200;
    dialog.is_open = now < 300;
    if (dialog.is_open) answer.notifies.push_back(answer_for(dialog));
    else answer.notifies.push_back({dialog.watcher.text, dialog.number, "terminated", "rejected", {}});
  }
  return answer;
}

std::string MobicentsLife::condition() const {
  std::string text = rules_ ? "rules" : "none";
  for (const Dialog& dialog : dialogs_) {
    if (!dialog.is_open) continue;
    text += fmt::format("|{} {}", dialog.is_active, static_cast<int>(dialog.decision.permissions.sub_handling));
    for (const policy::RuleRef ref : dialog.decision.matched) text += fmt::format(" {}", ref.rule);
    if (dialog.decision.matched.empty()) text += dialog.decision.permissions.all_attributes ? " all" : " nothing";
  }
  return text;
}

}  // namespace presproof::semantics
