#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lint/grants.h"
#include "lint/overlap.h"
#include "policy/request.h"
#include "policy/rule_set.h"

/// What rules disclose, and to whom, as the privacy checks ask. What a rule grants reaches a watcher in presence usage
/// only where the combined sub-handling is `allow` and a component is shown (RFC 5025 sections 3.2.1 and 3.3), which
/// often another rule gives: looked for are single rules that complete a rule so. A watcher whom three rules serve only
/// together is missed.
namespace presproof::lint {

/// Of one rule by itself. The places are null where it grants nothing of the kind.
struct Disclosure {
  policy::SubHandling sub_handling = policy::SubHandling::block;
  const policy::Permission* handling = nullptr;
  Components components{};  ///< all of a kind, or selected ones
  Components all{};
  std::array<const policy::Permission*, policy::kComponentKinds> by_class{};
  std::array<const policy::Permission*, policy::kAttributePermissions> attributes{};
  const policy::Permission* all_attributes = nullptr;
  const policy::Permission* geopriv = nullptr;  ///< a provide-unknown-attribute that names RFC 4119's element
  /// The finest geodetic grant; `<provide-geo>` without a radius is none, since readings differ.
  const policy::Permission* geodetic = nullptr;
  double radius_m = std::numeric_limits<double>::infinity();  ///< 0: exact
  bool rounded = false;                                       ///< by the older dialect's resolutions
  const policy::Permission* civic = nullptr;
  geo::CivicLevel civic_level = geo::CivicLevel::none;
  std::vector<const policy::Permission*> retransmissions;

  [[nodiscard]] bool locates() const { return geodetic != nullptr || civic != nullptr; }
  [[nodiscard]] bool exact_geodetic() const { return geodetic != nullptr && radius_m == 0 && !rounded; }
  /// As published, in both forms.
  [[nodiscard]] bool unreduced() const { return exact_geodetic() && civic_level == geo::CivicLevel::full; }
  /// By provide-location, how far from the target the watcher may still be wrong: the radius or the civic level's length,
  /// whichever is finer; infinite without a location.
  [[nodiscard]] double resolution_m() const;
  [[nodiscard]] const policy::Permission* attribute(policy::AttributePermission which) const {
    return attributes[static_cast<std::size_t>(which)];
  }
  /// The permission that makes the finest of the location.
  [[nodiscard]] const policy::Permission* finest_location() const;
};
[[nodiscard]] Disclosure disclosure_of(const policy::Rule& rule);

/// The length that a civic level stands for when nobody declares another (presproof-props(5), `civic resolution`);
/// infinite for none.
[[nodiscard]] double civic_length_m(geo::CivicLevel level);
/// `5 km`, `500 m`.
[[nodiscard]] std::string length_words(double metres);
/// `exact location`, `the full civic address`, `location within 5 km`, `civic location at level ...`: the finest.
[[nodiscard]] std::string location_words(const Disclosure& disclosure);

/// The first `<many>` without a domain; null when there is none.
[[nodiscard]] const policy::Many* many_of_any_domain(const policy::Rule& rule);
/// Whether one of its exceptions names somebody.
[[nodiscard]] bool excludes(const policy::Many& many);

/// Watchers whom nobody listed by name. Ordered by how many they are.
struct Crowd {
  enum class Size : std::uint8_t { domain, authenticated, everybody };
  Size size = Size::domain;
  std::string words;  ///< `anybody, even ...`, `every authenticated watcher`, `every watcher of \`example.com\``
};
/// The largest crowd that both rules let in.
[[nodiscard]] std::optional<Crowd> crowd_in(const Reach& a, const Reach& b);

class Disclosures {
 public:
  Disclosures(const policy::Policy& policy, policy::Usage usage, const Overlap& overlaps);

  [[nodiscard]] const Disclosure& of(policy::RuleRef rule) const { return rules_[rule.document][rule.rule]; }
  /// Whether some rule of the policy grants a location.
  [[nodiscard]] bool any_location() const { return any_location_; }
  /// Whether one grants a civic one.
  [[nodiscard]] bool any_civic() const { return any_civic_; }

  /// Rules that may match for the same watcher (Overlap::candidates), but no more than so many.
  static constexpr std::size_t kMostCompanions = 256;
  struct Companions {
    std::vector<policy::RuleRef> rules;
    bool complete = true;  ///< false: there are more
  };
  [[nodiscard]] const Companions& companions(policy::RuleRef rule) const;

  /// Whether the two rules together show a watcher something that is within one of the components.
  [[nodiscard]] bool open(policy::RuleRef a, policy::RuleRef b, const Components& carriers) const;
  /// The same, at one moment.
  [[nodiscard]] bool open_together(policy::RuleRef a, policy::RuleRef b, const Components& carriers) const;

  /// What `find(reach, other reach)` gives for the rule by itself, else for the first other rule that shows together with
  /// it what is within one of the components; nothing when it finds nothing for any.
  template <class Find>
  auto reached(policy::RuleRef rule, const Components& carriers, Find find) const
      -> decltype(find(std::declval<const Reach&>(), std::declval<const Reach&>())) {
    const auto& here = overlaps_.reach(rule);
    if (open_together(rule, rule, carriers))
      if (auto found = find(here, here)) return found;
    for (const auto other : companions(rule).rules)
      if (open_together(rule, other, carriers))
        if (auto found = find(here, overlaps_.reach(other))) return found;
    return {};
  }
  /// Somebody whom the rule's grants reach.
  [[nodiscard]] std::optional<Somebody> reached(policy::RuleRef rule, const Components& carriers) const {
    return reached(rule, carriers, somebody_in);
  }
  /// In words, whom they reach: a crowd before single watchers.
  [[nodiscard]] std::optional<std::string> reached_words(policy::RuleRef rule, const Components& carriers) const;

 private:
  const Overlap& overlaps_;
  policy::Usage usage_;
  std::vector<std::vector<Disclosure>> rules_;
  mutable std::vector<std::vector<std::optional<Companions>>> companions_;
  bool any_location_ = false;
  bool any_civic_ = false;
};

inline constexpr Components kAnyComponent = {true, true, true};
inline constexpr Components kPersonComponent = {false, true, false};
inline constexpr Components kServiceComponent = {false, false, true};

/// Whether rule `a` matches whenever `b` does, for every watcher; false also when that would take long to tell.
[[nodiscard]] bool covers(const policy::Policy& policy, const Overlap& overlaps, policy::RuleRef a, policy::RuleRef b);

/// A watcher who gets location through rule `by`.
struct CoarseWatcher {
  Somebody whom;
  policy::RuleRef by;
};
/// Somebody who gets what the rule shows within the components, and location never finer than `at_least_m`.
[[nodiscard]] std::optional<CoarseWatcher> coarse_watcher(const Disclosures& disclosures, const Overlap& overlaps,
                                                          policy::RuleRef rule, const Components& carriers,
                                                          double at_least_m);

}  // namespace presproof::lint
