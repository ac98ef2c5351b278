#pragma once

#include <set>
#include <tuple>

#include "certificate_check/model.h"
#include "policy/request.h"
#include "policy/rule_set.h"

/// A third translation of RFC 4745, 5025 and 6772 beside the evaluator and the encoder of presproof, plain and independent of both: who
/// matches identity conditions, what is certain of conditions in a part of all states, and what matching rules combine to.
namespace presproof::certificate_check {

[[nodiscard]] bool in_group(const Group& group, const Watcher& watcher);

/// Who there is (RFC 4745 section 7.1). Rules and groups compare identities with the URIs and domains that they name, so a watcher is told
/// from another only by which named URIs each identity is equivalent to, and which named domain it has: its kind.
class Watchers {
 public:
  Watchers(const policy::Policy& policy, const Properties& properties);
  [[nodiscard]] const std::vector<const policy::Rule*>& rules() const { return rules_; }
  /// The numbers of the rules whose identity conditions hold.
  [[nodiscard]] std::vector<std::size_t> rules_of(const Watcher& watcher, bool empty_identity_unauthenticated);
  /// Whether every authenticated kind that there is has one among these; a text that describes a missing one otherwise.
  [[nodiscard]] std::optional<std::string> missing_from(const std::vector<Watcher>& listed) const;

 private:
  /// Of one identity: its named domain, its core when it is equivalent to a named URI, and which of those with that core.
  using Signature = std::tuple<std::string, std::string, std::vector<std::size_t>>;
  using Kind = std::set<Signature>;
  void name(const uri::Uri& uri);
  void name(const Group& group);
  void name(const policy::IdentityMatcher& matcher, std::size_t rule);
  [[nodiscard]] Signature signature(const uri::Uri& identity) const;
  [[nodiscard]] std::set<Signature> spellings(const std::string& core) const;

  std::vector<const policy::Rule*> rules_;
  std::vector<Watcher> persons_;
  std::map<std::string, std::vector<uri::Uri>> named_;            ///< by core
  std::set<std::string> domains_;
  std::map<std::string, std::set<std::size_t>> naming_;           ///< rules by a core that they name
  std::map<std::string, std::vector<std::size_t>> of_strangers_;  ///< by domain, found when needed
};

/// Metres between two places on WGS 84, from below and from above. The principal radii of curvature lie between 6335439 m and 6399594 m,
/// so a curve on the earth and its image under the map to the unit normal differ in length by a factor between these.
[[nodiscard]] std::pair<double, double> distance(geo::Position a, geo::Position b);
/// No place is in both. / Each place in `inner` is in `outer`. False when the bounds do not show it.
[[nodiscard]] bool disjoint(const geo::Circle& a, const geo::Circle& b);
[[nodiscard]] bool within(const geo::Circle& inner, const geo::Circle& outer);

using CircleKey = std::tuple<double, double, double>;
[[nodiscard]] inline CircleKey key_of(const geo::Circle& circle) {
  return {circle.center.latitude + 0.0, circle.center.longitude + 0.0, circle.radius_m + 0.0};  // -0 is 0
}

/// A part of all states: a box of a certificate's tree, or one concrete state, which is the smallest.
struct Box {
  Instant from = kFirstInstant;
  Instant until = kEndOfInstants;
  std::optional<std::string> sphere = {};           ///< lower case; empty: undefined
  std::set<std::string> not_spheres = {};
  std::map<CircleKey, bool> inside = {};
  std::map<std::string, std::string> civic = {};    ///< fields whose text is known
  std::set<std::pair<std::string, std::string>> not_civic = {};
  bool concrete = false;                            ///< sphere is known, no other civic field is there, and the target is
  std::optional<geo::Position> place = {};          ///< here, or nowhere

  [[nodiscard]] Tri sphere_is(const std::string& value) const;
  [[nodiscard]] Tri within_times(Instant first, Instant end) const;
  [[nodiscard]] Tri in(const geo::Circle& circle) const;
  [[nodiscard]] Tri field_is(const std::string& field, const std::string& text) const;
  [[nodiscard]] Tri in(const geo::CivicAddress& fields) const;
};
/// The rule's conditions, its identity conditions aside. / `when` and `during`.
[[nodiscard]] Tri matches(const policy::Rule& rule, const Box& box);
[[nodiscard]] Tri guard_holds(const Property& property, const Box& box, bool authenticated);

struct Matched {
  std::vector<const policy::Rule*> surely = {};
  std::vector<const policy::Rule*> perhaps = {};
};
[[nodiscard]] Tri claim_holds(const Formula<ClaimAtom>& claim, const Matched& matched, policy::Usage usage, const Readings& readings);
/// Whether the rule gives anything that the claim asks for, under one of the readings: the other rules change nothing.
[[nodiscard]] bool in_play(const policy::Rule& rule, const Formula<ClaimAtom>& claim, policy::Usage usage, const std::vector<Readings>& readings);

}  // namespace presproof::certificate_check
