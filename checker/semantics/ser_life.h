#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "semantics/life.h"

/// What watchers are sent over the life of their subscriptions by the SER family (modules presence and presence_xml of Kamailio 5.6), where a
/// NOTIFY is not always filtered: the status of a watcher is decided at its first SUBSCRIBE and kept in a table; rules are looked at again when
/// somebody publishes, and when watchers are told of new rules. All other NOTIFYs carry the whole document. Whoever asks is told who watches.
///
/// The sphere is that of `state`; with publ_cache=1 it is what a source that published again said last: such a publication is refused (500) when it
/// changes the sphere, but the sphere is kept, and watchers are decided anew. Nobody's is in every sphere.
namespace presproof::semantics {

class SerLife : public Life {
 public:
  /// `profile` must outlive it. The time and the sphere of `state` are those of what happens next; there are no rules at first.
  SerLife(const engine::Profile& profile, policy::State state) : profile_(profile), state_(std::move(state)) {}

  [[nodiscard]] LifeAnswer subscribe(const uri::Uri& watcher, bool once = false) override;
  /// A SUBSCRIBE that asserts another identity than From (engine::IdentitySource::asserted).
  [[nodiscard]] LifeAnswer subscribe_as(const uri::Uri& from, const uri::Uri& asserted);
  [[nodiscard]] LifeAnswer subscribe_to_watchers(const uri::Uri& who) override;
  [[nodiscard]] LifeAnswer refresh(const uri::Uri& watcher, bool end = false) override;
  [[nodiscard]] LifeAnswer publish(const std::string& source, presence::Document document) override;
  [[nodiscard]] LifeAnswer unpublish(const std::string& source) override;
  /// Then watchers are updated and refreshed, as the example of the module xcap_server has it.
  [[nodiscard]] LifeAnswer set_rules(std::optional<policy::RuleSet> rules) override;
  void set_state(policy::State state) override { state_ = std::move(state); }
  void store_rules(std::optional<policy::RuleSet> rules) override { rules_ = std::move(rules); }
  [[nodiscard]] std::unique_ptr<Life> clone() const override { return std::make_unique<SerLife>(*this); }
  [[nodiscard]] std::string condition() const override;
  /// pres_update_watchers(): every status is decided again.
  [[nodiscard]] LifeAnswer update_watchers();
  /// pres_refresh_watchers(): the active are sent the document.
  [[nodiscard]] LifeAnswer refresh_watchers();

 private:
  struct Status {
    std::string state = "pending";
    std::string reason;
    [[nodiscard]] bool is_shown() const { return state == "active" && reason != "polite-block"; }
    friend bool operator==(const Status&, const Status&) = default;
  };
  struct Dialog {
    std::string watcher;
    std::size_t number = 0;
    bool is_open = true;
    std::size_t list_version = 0;  ///< of a dialog of presence.winfo; 0: it is none
  };

  [[nodiscard]] const policy::Rule* rule_for(const std::string& watcher, bool with_domain) const;
  /// Nothing when the engine answers with an error. `before`: what the table has.
  [[nodiscard]] std::optional<Status> decided(const std::string& watcher, const std::optional<Status>& before, bool with_domain) const;
  [[nodiscard]] policy::State state_for_rules() const;
  [[nodiscard]] bool caches_sphere() const { return profile_.parameters.sphere_check && profile_.parameters.publ_cache == 1; }
  [[nodiscard]] WatcherList::Entry entry_of(const Dialog& dialog) const;
  [[nodiscard]] LifeNotify list_for(Dialog& dialog) const;
  /// Those who asked who watches are told of one dialog, or of all that are left.
  void tell_of(const Dialog& dialog, bool all, LifeAnswer& answer);
  [[nodiscard]] std::optional<presence::Document> document() const;
  [[nodiscard]] std::optional<presence::Document> filtered(const presence::Document& whole, const std::string& watcher) const;
  [[nodiscard]] LifeNotify notify(const Dialog& dialog, const Status& status, std::optional<presence::Document> body) const;
  /// To the open dialogs of those who are shown something, filtered.
  void publish_to_all(const std::optional<presence::Document>& whole, LifeAnswer& answer) const;

  const engine::Profile& profile_;
  policy::State state_;
  std::optional<policy::RuleSet> rules_;
  std::vector<std::pair<std::string, presence::Document>> published_;  ///< by source, the latest last
  std::vector<std::pair<std::string, Status>> table_;                  ///< in the order of their first SUBSCRIBE
  std::vector<Dialog> dialogs_;
  std::map<std::string, uri::Uri> asserted_;  ///< by From, where it is another
  std::optional<std::string> cached_sphere_;
};

}  // namespace presproof::semantics
