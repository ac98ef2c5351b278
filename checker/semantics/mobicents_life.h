#pragma once

#include <optional>
#include <string>
#include <vector>

#include "semantics/life.h"
#include "semantics/publications.h"

/// What watchers are sent over the life of their subscriptions by RestComm's (Mobicents') sip-presence-service: what the rules give is found when a subscription
/// begins and when rules are uploaded, and kept with it (class PresenceSubscriptionControl). The answer to a SUBSCRIBE is filtered by that. When somebody
/// publishes, all who are active are sent the whole document: it is filtered, and what was filtered is then sent (class SipSubscriberNotificationHandler, setNotifyContent).
/// Without rules everybody is allowed; deleted rules stay with the subscriptions that are there.
namespace presproof::semantics {

class MobicentsLife : public Life {
 public:
  /// `profile` must outlive it.
  MobicentsLife(const engine::Profile& profile, policy::State state) : options_{policy::Usage::presence, &profile, {}}, state_(std::move(state)), published_(profile) {}

  [[nodiscard]] LifeAnswer subscribe(const uri::Uri& watcher, bool once = false) override;
  /// For the presentity alone, who is none of the watchers here.
  [[nodiscard]] LifeAnswer subscribe_to_watchers(const uri::Uri&) override { return {403, {}}; }
  [[nodiscard]] LifeAnswer refresh(const uri::Uri& watcher, bool end = false) override;
  [[nodiscard]] LifeAnswer publish(const std::string& source, presence::Document document) override;
  [[nodiscard]] LifeAnswer unpublish(const std::string& source) override;
  [[nodiscard]] LifeAnswer set_rules(std::optional<policy::RuleSet> rules) override;
  void store_rules(std::optional<policy::RuleSet> rules) override { rules_ = std::move(rules); }
  void set_state(policy::State state) override { state_ = std::move(state); }
  [[nodiscard]] std::unique_ptr<Life> clone() const override { return std::make_unique<MobicentsLife>(*this); }
  [[nodiscard]] std::string condition() const override;

 private:
  struct Dialog {
    uri::Uri watcher;
    std::size_t number = 0;
    bool is_open = true;
    bool is_active = false;  ///< else it is pending
    Decision decision;       ///< as found last
  };
  [[nodiscard]] Decision decide(const uri::Uri& watcher) const;
  [[nodiscard]] LifeNotify answer_for(const Dialog& dialog) const;
  [[nodiscard]] LifeAnswer tell_all() const;

  Options options_;
  policy::State state_;
  std::optional<policy::RuleSet> rules_;
  Publications published_;
  std::vector<Dialog> dialogs_;
};

}  // namespace presproof::semantics
