#include "semantics/life.h"

#include <algorithm>

#include "semantics/filter.h"
#include "semantics/kaleo_life.h"
#include "semantics/mobicents_life.h"
#include "semantics/publications.h"
#include "semantics/ser_life.h"

namespace presproof::semantics {
namespace {

/// As RFC 5025 and RFC 6665 say: whatever is sent is what the rules give then.
class RfcLife : public Life {
 public:
  RfcLife(const engine::Profile& profile, policy::State state) : options_{policy::Usage::presence, &profile, {}}, state_(std::move(state)), published_(profile) {}

  LifeAnswer subscribe(const uri::Uri& watcher, bool once) override {
    const auto decision = decide(watcher);
    LifeAnswer answer{decision.response ? decision.response->code : 500, {}};
    if (answer.code >= 300) return answer;  // refused: no subscription, and no NOTIFY
    Dialog& dialog = dialogs_.emplace_back(Dialog{watcher, dialogs_.size() + 1, !once, {}});
    answer.notifies.push_back(notify(dialog, decision));
    if (once) terminate(answer.notifies.back(), "timeout");
    return answer;
  }
  /// RFC 3857 section 4.5: for the presentity alone, who is none of the watchers here.
  LifeAnswer subscribe_to_watchers(const uri::Uri&) override { return {403, {}}; }
  LifeAnswer refresh(const uri::Uri& watcher, bool end) override {
    const auto dialog = std::find_if(dialogs_.rbegin(), dialogs_.rend(), [&](const Dialog& each) { return each.watcher == watcher && each.is_open; });
    if (dialog == dialogs_.rend()) return {481, {}};
    LifeAnswer answer;
    answer.notifies.push_back(notify(*dialog, decide(watcher)));
    if (!end) return answer;
    dialog->is_open = false;
    terminate(answer.notifies.back(), "timeout");
    return answer;
  }
  LifeAnswer publish(const std::string& source, presence::Document document) override {
    published_.add(source, std::move(document));
    return tell_what_changed();
  }
  LifeAnswer unpublish(const std::string& source) override {
    published_.remove(source);
    return tell_what_changed();
  }
  LifeAnswer set_rules(std::optional<policy::RuleSet> rules) override {
    store_rules(std::move(rules));
    return tell_what_changed();
  }
  void store_rules(std::optional<policy::RuleSet> rules) override {
    policy_.documents.clear();
    if (rules) policy_.documents.push_back(std::move(*rules));
  }
  void set_state(policy::State state) override { state_ = std::move(state); }
  [[nodiscard]] std::unique_ptr<Life> clone() const override { return std::make_unique<RfcLife>(*this); }
  [[nodiscard]] std::string condition() const override {
    std::string text = policy_.documents.empty() ? "none" : "rules";
    for (const Dialog& dialog : dialogs_)
      if (dialog.is_open) text += "|" + dialog.last;
    return text;
  }

 private:
  struct Dialog {
    uri::Uri watcher;
    std::size_t number = 0;
    bool is_open = true;
    std::string last;  ///< what was sent last
  };

  static void terminate(LifeNotify& notify, std::string reason) {
    notify.state = "terminated";
    notify.reason = std::move(reason);
  }
  [[nodiscard]] Decision decide(const uri::Uri& watcher) const { return Evaluator(policy_, options_).decide({{{watcher}}, state_}); }
  LifeNotify notify(Dialog& dialog, const Decision& decision) const {
    const std::string state(decision.subscription_state);
    const auto reason = state.find(";reason=");
    LifeNotify sent{dialog.watcher.text, dialog.number, state.substr(0, reason), reason == std::string::npos ? "" : state.substr(reason + 8), {}};
    sent.shown = decision.permissions;
    if (const auto whole = published_.document()) sent.body = filter(decision, *whole, state_, options_, {});
    dialog.last = sent.state + (sent.body ? presence::write_document(*sent.body) : "");
    return sent;
  }
  LifeAnswer tell_what_changed() {
    LifeAnswer answer;
    for (Dialog& dialog : dialogs_) {
      if (!dialog.is_open) continue;
      const std::string before = dialog.last;
      LifeNotify sent = notify(dialog, decide(dialog.watcher));
      if (dialog.last == before) continue;
      dialog.is_open = sent.state != "terminated";
      answer.notifies.push_back(std::move(sent));
    }
    return answer;
  }

  Options options_;
  policy::State state_;
  policy::Policy policy_;
  Publications published_;
  std::vector<Dialog> dialogs_;
};

}  // namespace

std::unique_ptr<Life> make_life(const engine::Profile& profile, policy::State state) {
  switch (profile.life) {
    case engine::SubscriptionLife::decided_each_time: break;
    case engine::SubscriptionLife::ser: return std::make_unique<SerLife>(profile, std::move(state));
    case engine::SubscriptionLife::mobicents: return std::make_unique<MobicentsLife>(profile, std::move(state));
    case engine::SubscriptionLife::kaleo: return std::make_unique<KaleoLife>(profile, std::move(state));
  }
  return std::make_unique<RfcLife>(profile, std::move(state));
}

}  // namespace presproof::semantics
