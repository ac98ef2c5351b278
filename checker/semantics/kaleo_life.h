#pragma once

#include <optional>
#include <string>
#include <vector>

#include "semantics/life.h"
#include "semantics/publications.h"

/// What watchers are sent over the life of their subscriptions by Cipango's Kaleo: whether a subscription is authorised is decided when it begins and when rules
/// are uploaded; the authorised are sent the document, the others an empty one (classes PresenceServlet, PresenceEventPackage). An upload that makes a watcher `confirm` leaves the
/// subscription pending, and authorised. A refresh of somebody who is blocked meanwhile is refused, and the subscription goes on. Whoever asks is told who watches.
namespace presproof::semantics {

class KaleoLife : public Life {
 public:
  /// `profile` must outlive it.
  KaleoLife(const engine::Profile& profile, policy::State state) : options_{policy::Usage::presence, &profile, {}}, state_(std::move(state)), published_(profile) {}

  [[nodiscard]] LifeAnswer subscribe(const uri::Uri& watcher, bool once = false) override;
  [[nodiscard]] LifeAnswer subscribe_to_watchers(const uri::Uri& who) override;
  [[nodiscard]] LifeAnswer refresh(const uri::Uri& watcher, bool end = false) override;
  [[nodiscard]] LifeAnswer publish(const std::string& source, presence::Document document) override;
  [[nodiscard]] LifeAnswer unpublish(const std::string& source) override;
  [[nodiscard]] LifeAnswer set_rules(std::optional<policy::RuleSet> rules) override;
  void store_rules(std::optional<policy::RuleSet> rules) override { rules_ = std::move(rules); }
  void set_state(policy::State state) override { state_ = std::move(state); }
  [[nodiscard]] std::unique_ptr<Life> clone() const override { return std::make_unique<KaleoLife>(*this); }
  [[nodiscard]] std::string condition() const override;

 private:
  struct Dialog {
    uri::Uri watcher;
    std::size_t number = 0;
    bool is_open = true;
    std::string state;
    bool is_authorised = false;
    bool of_watchers = false;  ///< to presence.winfo
  };
  [[nodiscard]] policy::SubHandling handling_for(const uri::Uri& watcher) const;
  [[nodiscard]] LifeNotify notify(const Dialog& dialog) const;
  [[nodiscard]] LifeNotify list_for(const Dialog& dialog) const;
  [[nodiscard]] LifeAnswer tell_the_authorised() const;

  Options options_;
  policy::State state_;
  std::optional<policy::RuleSet> rules_;
  Publications published_;
  std::vector<Dialog> dialogs_;
};

}  // namespace presproof::semantics
