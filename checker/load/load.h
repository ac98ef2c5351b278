#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/request.h"
#include "policy/rule_set.h"
#include "presence/document.h"
#include "semantics/evaluator.h"

/// What a rule set costs the server that enforces it.
///
/// A presence agent filters a new document once for every active subscription (RFC 5025 section 3.3 makes the body depend on the watcher) and sends each
/// a NOTIFY (RFC 3856 section 6.7, RFC 6665 section 4.2.2): filter operations and NOTIFYs a second are publications a second times active watchers.
/// Servers that keep equal bodies filter once for each different set of permissions. A politely blocked watcher gets one document and no more.
namespace presproof::load {

struct Options {
  semantics::Options how;
  policy::State state;                          ///< now
  double publish_per_s = 0;
  const presence::Document* document = nullptr;  ///< what is published; null: sizes are not known
};

/// How many watchers are in which state of a subscription.
struct Answers {
  std::size_t active = 0;
  std::size_t politely_blocked = 0;
  std::size_t pending = 0;
  std::size_t refused = 0;
};

/// Something changes that rules ask for, and watchers get another answer or see something else.
struct Burst {
  std::string what;                     ///< `at 2026-03-06T17:00:00Z`, `when the sphere becomes home`
  std::size_t answers = 0;              ///< watchers whose answer changes
  std::size_t views = 0;                ///< and who see something else under the same answer
  std::vector<policy::RuleRef> rules;   ///< that begin or end to match for one of them, in policy order
};

/// A rule that makes it worse.
struct Hazard {
  enum class Kind : std::uint8_t { accepts_unauthenticated, leaves_pending, accepts_anybody, changes_answers };
  policy::RuleRef rule;
  Kind kind = Kind::accepts_anybody;
  std::size_t watchers = 0;             ///< of the given ones whom it concerns
};

struct Load {
  std::size_t watchers = 0;
  Answers answers;
  double filters_per_s = 0;
  double notifies_per_s = 0;
  std::size_t different_views = 0;      ///< sets of permissions among the active ones
  std::optional<std::size_t> bytes_per_publication;  ///< of all bodies
  std::vector<Burst> bursts;            ///< the next ends of periods, then spheres; those that change nothing are left out
  std::vector<Hazard> hazards;          ///< by rule and kind
};

/// So many moments, and so many spheres, are looked at.
inline constexpr std::size_t kMomentsLookedAt = 16;

[[nodiscard]] Load load_of(const policy::Policy& policy, const std::vector<policy::Watcher>& watchers, const Options& options);

/// What an upload costs at once: the server evaluates every subscription anew.
struct UploadCost {
  std::size_t watchers = 0;
  std::size_t terminated = 0;  ///< were active or pending, and are refused now
  std::size_t activated = 0;   ///< were pending, and are active now
  std::size_t suspended = 0;   ///< were active, and are pending now
  std::size_t admitted = 0;    ///< were refused: nobody tells them, they have to subscribe again
  std::size_t seeing_other = 0;  ///< stay active and see something else
  [[nodiscard]] std::size_t notifies() const { return terminated + activated + suspended + seeing_other; }
};

[[nodiscard]] UploadCost upload_cost(const policy::Policy& before, const policy::Policy& after, const std::vector<policy::Watcher>& watchers, const Options& options);

}  // namespace presproof::load
