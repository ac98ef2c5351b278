#include "engine/profile.h"

#include <array>

#include <fmt/format.h>

namespace presproof::engine {
namespace {

constexpr std::array<Profile, 7> kProfiles = {{
    {.name = "rfc", .title = "as RFC 4745, RFC 5025 and RFC 6772 say", .version = "", .evidence = {}},
    {.name = "oma",
     .title = "as OMA's Presence XDM and XDM Core say",
     .version = "",
     .evidence = Evidence::source,
     .combining = Combining::matching_rules_of_first_kind,
     .view = RuleSetView::oma,
     .knows_oma = true},
    {.name = "kamailio",
     .title = "Kamailio with presence, presence_xml and xcap_server",
     .version = "5.6.3",
     .evidence = Evidence::run,
     .combining = Combining::first_matching_rule,
     .filtering = Filtering::shows_what_is_not_removed,
     .identity = IdentityTest::ser_text,
     .unknown_condition = UnknownConditionIs::not_seen,
     .sphere = SphereTest::text_or_undefined,
     .responding = Responding::always_accepts,
     .view = RuleSetView::ser,
     .life = SubscriptionLife::ser,
     .one_rule_set = true,
     .parameters = {.identity = IdentitySource::from}},
    {.name = "opensips",
     .title = "OpenSIPS with presence and presence_xml in IETF mode",
     .version = "",
     .evidence = Evidence::source,
     .combining = Combining::first_matching_rule,
     .filtering = Filtering::shows_what_is_not_removed,
     .identity = IdentityTest::ser_text,
     .unknown_condition = UnknownConditionIs::not_seen,
     .sphere = SphereTest::tokens,
     .responding = Responding::always_accepts,
     .view = RuleSetView::ser,
     .life = SubscriptionLife::ser,
     .one_rule_set = true,
     .missing_identity_stops = true,
     .unchecked_sphere_holds = false,
     .parameters = {.publ_cache = 0, .identity = IdentitySource::from}},
    {.name = "opensips-oma",
     .title = "OpenSIPS with presence, presence_xml and xcap in OMA mode",
     .version = "",
     .evidence = Evidence::source,
     .combining = Combining::first_matching_rule,
     .filtering = Filtering::shows_what_is_not_removed,
     .identity = IdentityTest::ser_exact,
     .unknown_condition = UnknownConditionIs::not_seen,
     .sphere = SphereTest::tokens,
     .responding = Responding::always_accepts,
     .view = RuleSetView::opensips_oma,
     .life = SubscriptionLife::ser,
     .knows_oma = true,
     .one_rule_set = true,
     .parameters = {.publ_cache = 0, .identity = IdentitySource::from}},
    {.name = "mobicents",
     .title = "RestComm (Mobicents) SIP Presence Service",
     .version = "",
     .evidence = Evidence::source,
     .combining = Combining::matching_rules_of_first_kind,
     .filtering = Filtering::shows_status_whole,
     .identity = IdentityTest::whole_text,
     .unknown_condition = UnknownConditionIs::not_seen,
     .sphere = SphereTest::none_of_the_tokens,
     .view = RuleSetView::mobicents,
     .life = SubscriptionLife::mobicents,
     .knows_oma = true,
     .one_rule_set = true,
     .parameters = {.identity = IdentitySource::from}},
    {.name = "kaleo",
     .title = "Cipango Kaleo",
     .version = "",
     .evidence = Evidence::source,
     .combining = Combining::matching_rules_of_first_kind,
     .filtering = Filtering::shows_all_or_nothing,
     .identity = IdentityTest::canonical_text,
     .unknown_condition = UnknownConditionIs::not_seen,
     .view = RuleSetView::kaleo,
     .life = SubscriptionLife::kaleo,
     .knows_oma = true,
     .one_rule_set = true,
     .parameters = {.identity = IdentitySource::asserted_or_from}},
}};

/// In OMA mode the first two of these alone make a difference: neither spheres nor times are looked at.
constexpr std::array<ParameterInfo, 7> kSerParameters = {{
    {"force-active", "yes|no", "Is presence_xml's force_active set, so that no rules count?"},
    {"subscribe-response", "200|202", "What is an accepted SUBSCRIBE answered with?"},
    {"sphere-check", "yes|no", "Is presence's enable_sphere_check set, so that sphere conditions count?"},
    {"identity", "from|asserted", "Who is a watcher to the rules: From, or an asserted identity that the configuration passes on?"},
    {"time-zone", "+HH:MM", "In what time zone does the server run?"},
    {"publ-cache", "0|1|2", "What is presence's publ_cache? With 1 spheres are hardly ever found, and conditions on them hold"},
    {"version", "5.6|later", "Which version is it? Of later ones, which were read and not run, the filter knows occurrence-id"},
}};

constexpr std::string_view kNotRun = "what is said of the engine was read in its source; it was not run";
constexpr std::string_view kLater = "a later version was not run: of it the functions get_rule_node, pres_watcher_allowed and get_final_notify_body were read, and the rest is taken to be as in 5.6.3";
constexpr std::string_view kOmaWasRead = "what is said of OMA's rules was read, and tried on no server; an identity that no rule of a kind before admits is another one, even if a rule names it";
constexpr std::string_view kFirstNotify = "the NOTIFY is the first one of the watcher's only subscription: a refresh, a second subscription, a fetch and a change of status are answered with the unfiltered document";
constexpr std::string_view kRulesStay = "the rules stay as they are, and none ends meanwhile: whoever was active once stays so, unfiltered, when the rule's time has passed or the rules are deleted";
constexpr std::string_view kWhatIsRemoved = "what is removed of a document counts as shown, since only the first such element is removed";
constexpr std::string_view kFromNames = "the watcher is whom From names, which anybody may write";
constexpr std::string_view kAssertedNames = "the asserted identity is who the watcher is for <one>; the domain of From, which counts for <many> and which anybody may write, is that of the asserted identity";
constexpr std::string_view kFirstOfMobicents = "the NOTIFY answers a SUBSCRIBE: when somebody publishes, whoever is active is sent the whole document, the politely blocked among them";
constexpr std::string_view kStatusIsWhole = "a location stands in the <status> of a service, which is shown whole; one in a person or a device is shown to those alone to whom OMA's provide-geopriv or provide-all-attributes gives it";
constexpr std::string_view kWithoutHost = "a From without a host fits no domain; where one is asked for, the server throws an exception";
constexpr std::string_view kFirstOfKaleo = "the NOTIFY answers a SUBSCRIBE: when rules are uploaded that make a watcher `confirm`, it is sent the whole document";
constexpr std::string_view kCanonical = "watchers are written in the canonical form of RFC 3261 section 10.3, without port and parameters, unescaped, the host in lower case; how the server does that was not read";
constexpr std::string_view kAssertedOrFrom = "the watcher is whom P-Asserted-Identity names, and where there is none From, which anybody may write";

/// Of engines that were not run the first says so; the last is about where identities come from.
constexpr std::array<std::string_view, 1> kOfOma = {kOmaWasRead};
constexpr std::array<std::string_view, 5> kOfLaterFrom = {kLater, kFirstNotify, kRulesStay, kWhatIsRemoved, kFromNames};
constexpr std::array<std::string_view, 5> kOfLaterAsserted = {kLater, kFirstNotify, kRulesStay, kWhatIsRemoved, kAssertedNames};
constexpr std::array<std::string_view, 5> kOfSerFrom = {kNotRun, kFirstNotify, kRulesStay, kWhatIsRemoved, kFromNames};
constexpr std::array<std::string_view, 5> kOfSerAsserted = {kNotRun, kFirstNotify, kRulesStay, kWhatIsRemoved, kAssertedNames};
constexpr std::array<std::string_view, 5> kOfMobicents = {kNotRun, kFirstOfMobicents, kStatusIsWhole, kWithoutHost, kFromNames};
constexpr std::array<std::string_view, 4> kOfKaleo = {kNotRun, kFirstOfKaleo, kCanonical, kAssertedOrFrom};

/// `+02:00`, `-05:30`, `UTC`; seconds east.
std::optional<std::int32_t> parse_offset(std::string_view text) {
  if (text == "UTC" || text == "Z") return 0;
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || !digit(1) || !digit(2) || text[3] != ':' || !digit(4) || !digit(5)) return std::nullopt;
  const int hours = (text[1] - '0') * 10 + text[2] - '0';
  const int minutes = (text[4] - '0') * 10 + text[5] - '0';
  if (hours > 14 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes) * 60;
}

std::string offset_text(std::int32_t seconds) {
  const int minutes = (seconds < 0 ? -seconds : seconds) / 60;
  return fmt::format("{}{:02}:{:02}", seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace

std::span<const Profile> all_profiles() { return kProfiles; }

const Profile& rfc() { return kProfiles[0]; }

const Profile* find_profile(std::string_view name) {
  for (const Profile& profile : kProfiles) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

std::span<const ParameterInfo> parameters_of(const Profile& profile) {
  if (profile.life != SubscriptionLife::ser) return {};
  if (profile.view == RuleSetView::opensips_oma) return std::span(kSerParameters).first(2);
  constexpr std::size_t kOfOpenSips = 5;  // the others are about how Kamailio finds a sphere, and about its versions
  return std::span(kSerParameters).first(profile.unchecked_sphere_holds ? kSerParameters.size() : kOfOpenSips);
}

std::string value_of(const Profile& profile, std::string_view key) {
  const Parameters& parameters = profile.parameters;
  if (key == "force-active") return parameters.force_active ? "yes" : "no";
  if (key == "sphere-check") return parameters.sphere_check ? "yes" : "no";
  if (key == "publ-cache") return fmt::format("{}", parameters.publ_cache);
  if (key == "version") return parameters.later ? "later" : "5.6";
  if (key == "subscribe-response") return fmt::format("{}", parameters.subscribe_response);
  if (key == "identity") return parameters.identity == IdentitySource::from ? "from" : "asserted";
  return offset_text(parameters.time_zone_s);
}

std::optional<std::string> set_parameter(Profile& profile, std::string_view key, std::string_view value) {
  Parameters& parameters = profile.parameters;
  const auto refused = [&](std::string_view wanted) { return fmt::format("the value of `{}` is {}, not `{}`", key, wanted, value); };
  if (key == "force-active" || key == "sphere-check") {
    if (value != "yes" && value != "no") return refused("`yes` or `no`");
    (key == "force-active" ? parameters.force_active : parameters.sphere_check) = value == "yes";
  } else if (key == "identity") {
    if (value != "from" && value != "asserted") return refused("`from` or `asserted`");
    parameters.identity = value == "from" ? IdentitySource::from : IdentitySource::asserted;
  } else if (key == "publ-cache") {
    if (value != "0" && value != "1" && value != "2") return refused("`0`, `1` or `2`");
    parameters.publ_cache = value[0] - '0';
  } else if (key == "version") {
    if (value != "5.6" && value != "later") return refused("`5.6` or `later`");
    parameters.later = value == "later";
    const Profile& known = *find_profile(profile.name);
    profile.version = parameters.later ? std::string_view() : known.version;
    profile.evidence = parameters.later ? Evidence::source : known.evidence;
  } else if (key == "subscribe-response") {
    if (value != "200" && value != "202") return refused("`200` or `202`");
    parameters.subscribe_response = value == "200" ? 200 : 202;
  } else {
    const auto offset = parse_offset(value);
    if (!offset) return refused("an offset from UTC such as `+01:00`");
    parameters.time_zone_s = *offset;
  }
  return std::nullopt;
}

std::span<const std::string_view> assumptions(const Profile& profile) {
  std::span<const std::string_view> all;
  switch (profile.view) {
    case RuleSetView::as_written: return {};
    case RuleSetView::oma: all = kOfOma; break;
    case RuleSetView::ser:
    case RuleSetView::opensips_oma:
      if (profile.parameters.later) all = profile.parameters.identity == IdentitySource::from ? kOfLaterFrom : kOfLaterAsserted;
      else all = profile.parameters.identity == IdentitySource::from ? kOfSerFrom : kOfSerAsserted;
      break;
    case RuleSetView::mobicents: all = kOfMobicents; break;
    case RuleSetView::kaleo: all = kOfKaleo; break;
  }
  return profile.evidence == Evidence::source ? all : all.subspan(1);
}

std::string designation(const Profile& profile) {
  std::string text(profile.name);
  for (const ParameterInfo& parameter : parameters_of(profile)) {
    const std::string value = value_of(profile, parameter.key);
    if (value != value_of(*find_profile(profile.name), parameter.key)) text += fmt::format(",{}={}", parameter.key, value);
  }
  return text;
}

}  // namespace presproof::engine
