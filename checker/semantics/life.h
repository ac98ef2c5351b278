#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "presence/document.h"
#include "semantics/evaluator.h"

/// What watchers are sent over the life of their subscriptions, event by event.
namespace presproof::semantics {

/// Who watches: a <watcherinfo> (RFC 3858).
struct WatcherList {
  struct Entry {
    std::string watcher;
    std::size_t dialog = 0;
    std::string status;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::size_t version = 1;
  bool full = true;  ///< else those alone who changed
  std::vector<Entry> watchers;
  friend bool operator==(const WatcherList&, const WatcherList&) = default;
};

struct LifeNotify {
  std::string watcher;     ///< URI
  std::size_t dialog = 0;  ///< from 1
  std::string state;       ///< `active`
  std::string reason;
  std::optional<presence::Document> body;
  std::optional<WatcherList> watchers = {};  ///< of a subscription to presence.winfo
  std::optional<Permissions> shown = {};     ///< what the body shows at most; nothing: it may show everything
};
struct LifeAnswer {
  int code = 200;
  std::vector<LifeNotify> notifies;
};

/// The presentity's server. There are no rules and no documents at first.
class Life {
 public:
  virtual ~Life() = default;
  /// Opens a dialog; with `once` it ends at once (Expires: 0).
  [[nodiscard]] virtual LifeAnswer subscribe(const uri::Uri& watcher, bool once = false) = 0;
  /// To presence.winfo (RFC 3857).
  [[nodiscard]] virtual LifeAnswer subscribe_to_watchers(const uri::Uri& who) = 0;
  /// Within the watcher's latest dialog; with `end` that ends it. 481 without one.
  [[nodiscard]] virtual LifeAnswer refresh(const uri::Uri& watcher, bool end = false) = 0;
  [[nodiscard]] virtual LifeAnswer publish(const std::string& source, presence::Document document) = 0;
  [[nodiscard]] virtual LifeAnswer unpublish(const std::string& source) = 0;
  /// The rules from now on, as the engine reads them (engine/view.h); nothing: they are deleted.
  [[nodiscard]] virtual LifeAnswer set_rules(std::optional<policy::RuleSet> rules) = 0;
  /// The same, and nobody is told.
  virtual void store_rules(std::optional<policy::RuleSet> rules) = 0;
  /// Time and sphere from now on. Nobody is told by itself.
  virtual void set_state(policy::State state) = 0;
  [[nodiscard]] virtual std::unique_ptr<Life> clone() const = 0;
  /// What all that follows depends on, as long as there is one watcher and what is published stays the same: two lives of one condition go on alike, but for the
  /// numbers of dialogs.
  [[nodiscard]] virtual std::string condition() const = 0;
};

/// As the profile does it. By the RFCs every NOTIFY is filtered by the rules as they are (RFC 5025 section 3.3), and a change of rules is told
/// at once. `profile` must outlive it.
[[nodiscard]] std::unique_ptr<Life> make_life(const engine::Profile& profile, policy::State state);

}  // namespace presproof::semantics
