#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Engine profiles: how named servers decide, as data. The operators that differ from the RFCs are enumerations that the evaluator and the
/// encoder follow, each in its own way; how an engine reads a rule set is in engine/view.h, and what it departs in, in engine/departures.h.
namespace presproof::engine {

enum class Combining : std::uint8_t {
  all_matching_rules,   ///< RFC 4745 section 10.2
  first_matching_rule,  ///< in document order, of the first document
  matching_rules_of_first_kind,  ///< of the kinds of which a rule matches, the first (policy::Rule::rank): all of it that match
};
enum class Filtering : std::uint8_t {
  shows_what_is_granted,      ///< RFC 5025 section 3.3
  shows_what_is_not_removed,  ///< everything but what the transformations name (semantics/filter_removals.h)
  shows_status_whole,         ///< what is granted, and with a service all of its <status> (semantics/filter_mobicents.h)
  shows_all_or_nothing,       ///< the document, or an empty one
};
enum class IdentityTest : std::uint8_t {
  uri_equivalence,  ///< RFC 4745 section 7.1
  ser_exact,        ///< user@host of From, octet by octet; a domain and exceptions, too
  ser_text,         ///< user@host of From, octet by octet; a domain by its length or its beginning (semantics/text_identity.h)
  whole_text,       ///< all of From, octet by octet; a domain is what stands behind its @
  canonical_text,   ///< in the canonical form of RFC 3261 section 10.3, octet by octet
};
enum class UnknownConditionIs : std::uint8_t {
  not_met,   ///< RFC 4745 section 10.1
  not_seen,
};
enum class SphereTest : std::uint8_t {
  tokens,             ///< RFC 4745 section 7.3
  text_or_undefined,  ///< the text of the element; a presentity without a sphere is in every one
  none_of_the_tokens,  ///< holds outside of the spheres that it names
};
enum class Responding : std::uint8_t {
  by_sub_handling,  ///< RFC 5025 section 3.2.1
  always_accepts,   ///< 2xx whatever the sub-handling; an unknown one is an error of the server
};
enum class RuleSetView : std::uint8_t {
  as_written,
  oma,           ///< as written, with what OMA adds
  ser,           ///< local names alone; comments, missing conditions and missing identities count
  opensips_oma,  ///< local names alone; of each rule one condition counts, and rules are ordered by its kind, then by sub-handling
  mobicents,     ///< what is no rule to it is not there, nor are conditions that it does not know
  kaleo,         ///< periods and spheres never hold; an exception blocks
};
/// What a subscription is sent after the first NOTIFY (semantics/life.h).
enum class SubscriptionLife : std::uint8_t {
  decided_each_time,  ///< RFC 5025 section 3.3
  ser,
  mobicents,
  kaleo,
};

/// Whom a server takes a watcher for (engine/identification.h).
enum class IdentitySource : std::uint8_t {
  authenticated,     ///< RFC 5025 section 3.1.1.2
  from,
  asserted,          ///< what the configuration believes, for <one>; the domain stays that of From
  asserted_or_from,  ///< P-Asserted-Identity, whoever sent it; where there is none, From
};

/// What the configuration of a server decides.
struct Parameters {
  bool force_active = false;      ///< no rules at all
  bool sphere_check = false;      ///< sphere conditions count, where they can be looked up
  int publ_cache = 1;             ///< 1: the sphere of a presentity who published once is not found, and each condition on it holds
  int subscribe_response = 200;   ///< to every accepted SUBSCRIBE
  IdentitySource identity = IdentitySource::authenticated;
  std::int32_t time_zone_s = 0;   ///< the server's offset from UTC, east positive
  bool later = false;             ///< a later version than the one that was run, as far as it was read
  friend bool operator==(const Parameters&, const Parameters&) = default;
};

enum class Evidence : std::uint8_t {
  run,     ///< observed on the server
  source,  ///< read in its source, not run
};
inline constexpr std::string_view kEvidenceNames[] = {"run", "source"};

struct Profile {
  std::string_view name;
  std::string_view title;
  std::string_view version;  ///< empty: none
  std::optional<Evidence> evidence;  ///< of the profile as a whole; nothing for the RFCs
  Combining combining = Combining::all_matching_rules;
  Filtering filtering = Filtering::shows_what_is_granted;
  IdentityTest identity = IdentityTest::uri_equivalence;
  UnknownConditionIs unknown_condition = UnknownConditionIs::not_met;
  SphereTest sphere = SphereTest::tokens;
  Responding responding = Responding::by_sub_handling;
  RuleSetView view = RuleSetView::as_written;
  SubscriptionLife life = SubscriptionLife::decided_each_time;
  bool knows_oma = false;                ///< conditions and permissions of OMA's namespaces, or some of them
  bool one_rule_set = false;             ///< of several documents it applies one
  bool missing_identity_stops = false;   ///< a rule without <identity> ends the walk; else it is passed over
  bool unchecked_sphere_holds = true;    ///< a sphere condition that is not looked up holds; else it does not
  Parameters parameters = {};
};

[[nodiscard]] std::span<const Profile> all_profiles();
[[nodiscard]] const Profile& rfc();
/// Null when there is none of that name.
[[nodiscard]] const Profile* find_profile(std::string_view name);

/// One parameter that `--engine NAME,key=value` sets.
struct ParameterInfo {
  std::string_view key;
  std::string_view values;    ///< `yes|no`, `200|202`, `+HH:MM`
  std::string_view question;
};
/// Those that the profile takes; none for the RFCs.
[[nodiscard]] std::span<const ParameterInfo> parameters_of(const Profile& profile);
[[nodiscard]] std::string value_of(const Profile& profile, std::string_view key);
/// Sets one; on failure the message. `key` must be one of parameters_of().
[[nodiscard]] std::optional<std::string> set_parameter(Profile& profile, std::string_view key, std::string_view value);

/// What a claim about one run leaves out that happens on the engine; none for the RFCs.
[[nodiscard]] std::span<const std::string_view> assumptions(const Profile& profile);

/// `kamailio`, or `kamailio,sphere-check=yes` with what is not the default: what `--engine` takes.
[[nodiscard]] std::string designation(const Profile& profile);

}  // namespace presproof::engine
