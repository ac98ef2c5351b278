#include "engine/departures.h"

#include <algorithm>
#include <array>
#include <vector>

namespace presproof::engine {
namespace {

using enum Evidence;

/// Observed on Debian's kamailio 5.6.3-2 (tests/peers/kamailio; a key is the first word of the names of its cases).
constexpr std::array<Departure, 35> kKamailio = {{
    {"first-match", "RFC 4745 section 10.2", "all matching rules combine", "the first matching rule in document order decides alone", run, true},
    {"many-domain", "RFC 4745 section 7.1.3", "`many domain` is for that domain", "it fits every domain of as many letters, and every beginning of it; telephone numbers fit all", run, true},
    {"except-id", "RFC 4745 section 7.1.3", "`except id` excludes", "compares with one letter too many: excludes nobody", run, true},
    {"except-domain", "RFC 4745 section 7.1.3", "`except domain` excludes, without case", "excludes with case, and takes away what a <one> beside it gives", run, true},
    {"anonymous", "RFC 4745 section 7.1.3", "<many/> is for those who are authenticated", "sip:anonymous@anonymous.invalid is one of them", run, true},
    {"identity-source", "RFC 4745 section 7.1", "identities are authenticated", "From is believed, unless the configuration passes an asserted identity; the domain stays that of From", run, true},
    {"two-identities", "RFC 4745 section 7.1", "a <one> without an id is for nobody", "it stops the evaluation for those whom none before it names", run, false},
    {"uri-equivalence", "RFC 4745 section 7.2", "URIs are compared by their scheme's rules", "sip:user@host of From, letter by letter; sips, ports and parameters are dropped; pres and tel in rules never match", run, true},
    {"no-conditions", "RFC 4745 section 10.1", "a rule without conditions always matches", "without <conditions> evaluation stops; without <identity> the rule is passed over", run, false},
    {"comment", "XML 1.0 section 2.5", "comments mean nothing", "a comment in <ruleset> stops the evaluation there", run, false},
    {"unknown-condition", "RFC 4745 section 10.1", "an unknown condition is not met", "it is ignored: a location condition holds everywhere", run, true},
    {"two-conditions", "RFC 4745 section 7", "all conditions must hold", "of two <identity> the first counts", run, true},
    {"validity", "RFC 4745 section 7.4", "a rule is valid in its periods", "a period counts with the second that it ends in, and for every later rule, too; `Z` is local time; what does not parse is 1970", run, true},
    {"sphere", "RFC 4745 section 7.3", "sphere conditions must hold", "they are not checked; with sphere-check the element's text counts, and an unknown sphere is every one", run, true},
    {"no-transformations", "RFC 4745 section 10.2", "a rule without transformations shows nothing", "it shows the whole document", run, true},
    {"omitted", "RFC 5025 section 3.3", "what is not granted is hidden", "only what a rule names is taken away; the rest is shown, location included", run, true},
    {"devices", "RFC 5025 section 3.3.1.1", "provide-devices selects devices", "looks for an element `devices`, which no document has: never filters", run, true},
    {"boolean", "RFC 5025 section 3.3.2", "a false permission hides all such elements", "removes the first such element, and others that stand directly in <presence>; `0` and `1` both remove", run, true},
    {"user-input", "RFC 5025 section 3.3.2.12", "bare and thresholds hide times", "every value but `true` removes the first user-input and leaves the others whole", run, true},
    {"unknown-attribute", "RFC 5025 sections 3.3.2.14 and 3.3.2.15", "provide-unknown-attribute and provide-all-attributes grant", "both are ignored, whatever their value", run, true},
    {"occurrence-id", "RFC 5025 section 3.3.1", "occurrence-id selects a component", "looks for `occurence-id`: the RFC's spelling selects nothing", run, false},
    {"borrowed", "RFC 5025 section 3.3.1", "a component is selected by its own class, contact or deviceID", "one that has none is selected by that of a later component", run, true},
    {"apart", "RFC 5025 section 3.3.1", "all components are filtered", "those behind another element are not, when that stands between them and the first", run, true},
    {"default", "RFC 5025 section 3.2.1", "without a matching rule a watcher is blocked", "the subscription is pending", run, false},
    {"unknown-handling", "RFC 5025 section 3.2.1", "four values", "compared by their beginnings: `allow-if-friend` allows; others are answered with 500", run, true},
    {"response", "RFC 5025 section 3.2.1", "403 for block, 202 for confirm", "200 for all (or 202, as configured); block is told by the first NOTIFY; polite-block has no document", run, false},
    {"unfiltered", "RFC 5025 section 3.3", "every NOTIFY is filtered", "a refresh, a second subscription, a fetch and a change of status are answered with the whole document", run, true},
    {"rule-ends", "RFC 4745 section 7.4", "what a rule gave ends with it", "who was active stays so, and is sent the whole document", run, true},
    {"deleted", "RFC 5025 section 3.2.1", "without rules nobody is let in", "who was active when they were deleted stays so, and is sent the whole document", run, true},
    {"namespaces", "Namespaces in XML 1.0", "an element is what its namespace says", "names are compared without namespace and without case, also in documents of another root", run, true},
    {"oma", "OMA Presence XDM", "external-list, other-identity and anonymous-request are identities", "none is known: a rule for anonymous requests is passed over", run, true},
    {"upload", "RFC 5025 section 9.5", "an invalid rule set is refused with 409", "what is well-formed is stored; the rest is answered with 500", run, false},
    {"which-document", "RFC 5025 section 9.7", "all rule sets of a user apply together", "the first that was stored counts alone, whatever its name or application usage", run, true},
    {"winfo", "RFC 3857", "who watches is told to the presentity alone", "presence.winfo is open to everybody", run, true},
    {"force-active", "RFC 5025 section 3.2.1", "rules decide", "with force_active (as in Debian's stock configuration WITH_PRESENCE) none do", run, true},
}};

/// In a later source (presence_xml, notify_body.c and xcap_auth.c) `occurrence-id` is spelt as in the RFC.
std::vector<Departure> later_kamailio() {
  std::vector<Departure> departures(kKamailio.begin(), kKamailio.end());
  std::erase_if(departures, [](const Departure& departure) { return departure.key == "occurrence-id"; });
  for (Departure& departure : departures) departure.evidence = source;
  return departures;
}

/// Of Kamailio's those that stand in the source of OpenSIPS, too, and what it does otherwise.
std::vector<Departure> opensips() {
  constexpr std::array<std::string_view, 26> shared = {
      "first-match",      "many-domain", "except-id",  "except-domain", "anonymous",     "two-identities",    "uri-equivalence", "comment",    "unknown-condition",
      "two-conditions",   "validity",    "no-transformations", "omitted", "devices",     "boolean",           "user-input",      "unknown-attribute", "occurrence-id",
      "borrowed",         "apart",       "default",    "unknown-handling", "response",   "unfiltered",        "rule-ends",       "force-active"};
  std::vector<Departure> departures;
  for (Departure departure : kKamailio) {
    if (departure.key == "no-conditions") departure.does = "without <conditions> or <identity> evaluation stops";
    else if (departure.key == "sphere") {
      departure.does = "the element's text counts; while no sphere is found, as always without sphere-check, the condition does not hold";
      departure.discloses = false;
    } else if (std::find(shared.begin(), shared.end(), departure.key) == shared.end()) continue;
    departure.evidence = source;
    departures.push_back(departure);
  }
  return departures;
}

/// Of OpenSIPS in OMA mode: what is its own, and the filter and the life of subscriptions that it shares with the IETF mode.
std::vector<Departure> opensips_oma() {
  std::vector<Departure> departures = {
      {"oma-order", "RFC 4745 section 10.2", "all matching rules combine", "rules for anonymous requests, else for identities, lists, or others; of those that match the greatest sub-handling decides alone, with its transformations", source, true},
      {"one-condition", "RFC 4745 section 7", "all conditions must hold", "of each rule the first of identity, external-list, anonymous-request and other-identity counts; a period, a sphere or a place never does", source, true},
      {"anonymous", "OMA Presence XDM", "anonymous-request is for those who hide their identity", "every beginning of `anonymous` at one of `anonymous.invalid` is anonymous; <many/> is for them, too", source, true},
      {"other-identity", "OMA Presence XDM", "other-identity is for whom no identity is", "it is for everybody when no other rule matches", source, false},
      {"external-list", "OMA Presence XDM", "external-list is for those of a list", "for the entries that stand directly in it; presproof refuses a rule set that has one", source, false},
      {"uri-equivalence", "RFC 4745 section 7.2", "URIs are compared by their scheme's rules", "sip:user@host of From, letter by letter; an id without `sip:` gets one", source, true},
      {"no-conditions", "RFC 4745 section 10.1", "a rule without conditions always matches", "it is passed over", source, false},
      {"unknown-handling", "RFC 5025 section 3.2.1", "four values", "compared by their beginnings; a rule with another one is passed over", source, true},
  };
  for (const Departure& departure : opensips()) {
    const bool of_its_own = std::any_of(departures.begin(), departures.end(), [&](const Departure& known) { return known.key == departure.key; });
    constexpr std::array<std::string_view, 9> of_ietf = {"first-match", "many-domain", "except-id", "except-domain", "two-identities", "comment", "unknown-condition", "two-conditions", "sphere"};
    if (of_its_own || departure.key == "validity" || std::find(of_ietf.begin(), of_ietf.end(), departure.key) != of_ietf.end()) continue;
    departures.push_back(departure);
  }
  return departures;
}

/// OMA-TS-XDM_Core and OMA-TS-Presence_SIMPLE_XDM.
constexpr std::array<Departure, 4> kOma = {{
    {"oma-order", "RFC 4745 section 10.2", "all matching rules combine", "those for anonymous requests do, else those for identities, else those for others; a rule for nobody in particular is one for identities", source, false},
    {"oma-conditions", "RFC 4745 section 10.1", "an unknown condition is not met", "anonymous-request holds for the unauthenticated, other-identity for everybody else whom no other rule admits", source, true},
    {"external-list", "RFC 4745 section 10.1", "an unknown condition is not met", "external-list holds for those of a resource list; presproof refuses a rule set that has one", source, true},
    {"oma-permissions", "RFC 5025 section 3.3", "a permission that is not known gives nothing", "provide-willingness and others give elements of OMA's own; provide-geopriv with `full` gives the location as it is", source, true},
}};

/// RestComm sip-presence-service, classes RulesetProcessor, PresRule, OMAPresRuleDOMTransformer, PresenceSubscriptionControl, SipSubscriberNotificationHandler.
constexpr std::array<Departure, 21> kMobicents = {{
    {"no-transformations", "RFC 4745 section 10.2", "a rule without transformations gives its action", "it is none: a block without <transformations> blocks nobody", source, false},
    {"one-action", "RFC 4745 section 8", "a rule without sub-handling gives its transformations", "without exactly one action, sub-handling, it is none", source, false},
    {"no-conditions", "RFC 4745 section 10.1", "a rule without conditions always matches", "empty conditions never hold; without <conditions> every SUBSCRIBE ends in an exception, and presproof refuses the rule set", source, false},
    {"unknown-condition", "RFC 4745 section 10.1", "an unknown condition is not met", "it is ignored: alone, it holds for everybody; in an identity it is an exception", source, true},
    {"sphere", "RFC 4745 section 7.3", "sphere conditions hold in the spheres that they name", "they hold in all others, and where there is none", source, true},
    {"validity", "RFC 4745 section 7.4", "`until` does not count, and a time needs an offset", "it counts; without an offset `until` holds as long as it may anywhere", source, true},
    {"uri-equivalence", "RFC 4745 section 7.2", "URIs are compared by their scheme's rules", "letter by letter, with port and parameters; a domain is all that stands behind the @", source, false},
    {"except", "RFC 4745 section 7.1.3", "`except` excludes whoever has the URI or the domain", "letter by letter: another spelling, a port or a parameter is no exception", source, true},
    {"anonymous", "RFC 4745 section 7.1.3", "<many/> is for those who are authenticated", "sip:anonymous@anonymous.invalid is one of them", source, true},
    {"identity-source", "RFC 4745 section 7.1", "identities are authenticated", "From is believed", source, true},
    {"default", "RFC 5025 section 3.2.1", "without a matching rule a watcher is blocked", "the subscription is pending; without a rule set everybody is allowed everything", source, true},
    {"unknown-handling", "RFC 5025 section 3.2.1", "four values", "their numbers are known, too: 0, 10, 20 and 30", source, true},
    {"location", "RFC 6772 section 6.5", "a location is shown as provide-location says", "provide-location is not known: what stands in the <status> of a service is shown as it is with the service; elsewhere OMA's provide-geopriv decides", source, true},
    {"class", "RFC 5025 section 3.3.2.2", "the class is shown where provide-class gives it", "it is always shown", source, true},
    {"note", "RFC 5025 section 3.3.2.13", "provide-note shows notes", "those of the data model alone; a note of the document, or of PIDF in a service, needs provide-all-attributes, with which the former is shown even where no component is (claims do not count that)", source, false},
    {"unknown-attribute", "RFC 5025 section 3.3.2.14", "provide-unknown-attribute grants where it is true", "it grants whatever its value", source, true},
    {"occurrence-id", "RFC 5025 section 3.3.1", "occurrence-id selects a component", "an element `id` is looked for, which no component has: it selects nothing", source, false},
    {"last-permission", "RFC 5025 section 3.3", "a permission that a rule gives twice is given by either", "the last one of a rule counts", source, false},
    {"polite-block", "RFC 5025 section 3.2.1", "polite-block shows one closed service", "there is no document", source, false},
    {"change", "RFC 5025 section 3.3", "every NOTIFY is filtered", "when somebody publishes, all who are active are sent the whole document, those who are politely blocked among them", source, true},
    {"rule-ends", "RFC 4745 section 7.4", "what a rule gives ends with it", "what the rules gave when the subscription began stays, until rules are uploaded", source, true},
}};

/// Cipango Kaleo, classes XcapPolicy, PresenceServlet, PresenceEventPackage, Presentity.
constexpr std::array<Departure, 15> kKaleo = {{
    {"kinds", "RFC 4745 section 10.2", "all matching rules combine", "those for identities decide; where none matches those for anonymous requests, and then those for other identities; the greatest sub-handling counts", source, true},
    {"no-conditions", "RFC 4745 section 10.1", "a rule without conditions always matches", "without <conditions> everybody is blocked; a rule without identity never matches", source, false},
    {"exception", "RFC 5025 section 3.2.1", "rules decide", "a <many> without a domain, a <one> without an id, or a rule that matches without a sub-handling throws an exception: everybody, or whom the rule is for, is blocked", source, false},
    {"unknown-condition", "RFC 4745 section 10.1", "an unknown condition is not met", "it is ignored beside an identity", source, true},
    {"two-conditions", "RFC 4745 section 7", "all conditions must hold", "one of several identities is enough", source, true},
    {"sphere", "RFC 4745 section 7.3", "sphere conditions must hold", "they are not looked at", source, true},
    {"validity", "RFC 4745 section 7.4", "a rule is valid in its periods", "a rule with a period never matches", source, false},
    {"uri-equivalence", "RFC 4745 section 7.2", "URIs are compared by their scheme's rules", "the canonical form of the watcher's is compared with the rule's letter by letter", source, true},
    {"anonymous", "RFC 4745 section 7.1.3", "the unauthenticated are nobody", "they are sip:anonymous@anonymous.invalid, who can be named", source, true},
    {"transformations", "RFC 5025 section 3.3", "what is not granted is hidden", "transformations are not looked at: who is allowed sees the whole document, location included", source, true},
    {"several", "RFC 3903 section 4.1", "what several sources publish is composed", "what was published first, and is still there, is the document", source, false},
    {"neutral", "RFC 5025 section 3.2.1", "polite-block shows one closed service, confirm nothing", "both are sent an empty document", source, false},
    {"confirm-after-upload", "RFC 5025 section 3.2.1", "confirm shows nothing", "when rules are uploaded that make a watcher `confirm`, the subscription is pending, and is sent the whole document", source, true},
    {"refresh", "RFC 5025 section 3.2.1", "a watcher who is blocked is sent nothing further", "a refresh is refused with 403, and the subscription goes on as it was", source, true},
    {"winfo", "RFC 3857", "who watches is told to the presentity alone", "presence.winfo is open to everybody", source, true},
}};

}  // namespace

std::span<const Departure> departures_of(const Profile& profile) {
  if (profile.name == "opensips") {
    static const std::vector<Departure> departures = opensips();
    return departures;
  }
  if (profile.name == "opensips-oma") {
    static const std::vector<Departure> departures = opensips_oma();
    return departures;
  }
  if (profile.name == "oma") return kOma;
  if (profile.name == "mobicents") return kMobicents;
  if (profile.name == "kaleo") return kKaleo;
  if (profile.name == "kamailio" && profile.parameters.later) {
    static const std::vector<Departure> departures = later_kamailio();
    return departures;
  }
  if (profile.name == "kamailio") return kKamailio;
  return {};
}

}  // namespace presproof::engine
