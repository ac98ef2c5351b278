#include "diag/code.h"

#include <algorithm>
#include <array>

#include "diag/error.h"

namespace presproof::diag {
namespace {

using enum Severity;

/// Ordered by number. Severity: an error is what a server refuses on upload, or what presproof cannot give a meaning; a
/// warning is a rule that does not do what it seems to, or shows more than its owner may expect; a note is style.
constexpr std::array kCodes = {
    CodeInfo{Code::not_well_formed, "PP100", "not-well-formed", error, "the document is not well-formed XML",
             "no server and no client can read it, so none of its rules has an effect", "XML 1.0 section 2.1"},
    CodeInfo{
        Code::wrong_namespace, "PP101", "wrong-namespace", error, "a known element in a namespace that is not its own",
        "a server does not recognize the element: a condition is never met, a permission is ignored, a root is refused",
        "RFC 4745 section 6.2"},
    CodeInfo{Code::not_a_rule_set, "PP102", "not-a-rule-set", error, "the document is not a common policy rule set",
             "only a `ruleset` of the common policy namespace holds rules; anything else grants nothing",
             "RFC 4745 section 13"},
    CodeInfo{
        Code::duplicate_rule_id, "PP103", "duplicate-rule-id", error, "two rules of a document have the same id",
        "ids are of type xs:ID and must be unique: a server refuses the document, and a client that edits one of the "
        "rules may change the other",
        "RFC 4745 section 6.1"},
    CodeInfo{
        Code::invalid_rule_id, "PP104", "invalid-rule-id", error, "a rule's id is not an XML name",
        "ids are of type xs:ID, so they start with a letter or `_` and have no blank or colon: a server refuses the "
        "document",
        "RFC 4745 section 13"},
    CodeInfo{Code::invalid_value, "PP105", "invalid-value", error,
             "a value is not of the type that the schema asks for",
             "a server refuses the document; one that reads on ignores the value, which then grants or matches nothing",
             "RFC 5025 section 9.2"},
    CodeInfo{Code::missing_attribute, "PP106", "missing-attribute", error, "a required attribute is missing",
             "a server refuses the document; one that reads on cannot tell what the element means",
             "RFC 4745 section 13"},
    CodeInfo{Code::unexpected_content, "PP107", "unexpected-content", error,
             "content where the schema allows none of its kind",
             "a server refuses the document; one that reads on does not look at it where it stands",
             "RFC 4745 section 13"},
    CodeInfo{
        Code::all_beside_selectors, "PP108", "all-beside-selectors", error,
        "a provide-all element stands beside selectors",
        "the schema allows one or the other: a server refuses the document, and one that reads on shows everything, so "
        "that the selectors restrict nothing",
        "RFC 5025 section 3.3.1"},
    CodeInfo{Code::empty_identity, "PP109", "empty-identity", error, "an identity condition lists nobody",
             "the schema forbids it, and servers differ: for some nobody matches, for others every unauthenticated "
             "watcher does",
             "RFC 4745 section 7.1.1"},
    CodeInfo{Code::except_names_nobody, "PP110", "except-names-nobody", error,
             "an except has neither an id nor a domain",
             "it excludes nobody, so whoever was to be left out still matches", "RFC 4745 section 7.1.3"},
    CodeInfo{Code::incomplete_validity, "PP111", "incomplete-validity", error,
             "a validity has a from or until without its partner",
             "both are required, in pairs: a server refuses the document, and half a pair never holds",
             "RFC 4745 section 7.4"},
    CodeInfo{Code::unsupported_crs, "PP112", "unsupported-crs", error, "a location is not in WGS 84",
             "location conditions are in WGS 84 (EPSG 4326): in any other reference system the condition cannot be "
             "decided and is "
             "never met",
             "RFC 6772 section 4.1"},
    CodeInfo{
        Code::profile_mismatch, "PP113", "profile-mismatch", error,
        "a location profile and its content do not belong together",
        "the profile says how the content is read; content of another profile cannot be compared and is never met or "
        "granted",
        "RFC 6772 section 4"},
    CodeInfo{Code::over_limit, "PP114", "over-limit", error, "the document costs more than a limit allows",
             "a document of this size or depth is not read at all, so that it cannot exhaust the machine; servers have "
             "such limits, too",
             "presproof-lint(1), limits"},
    CodeInfo{Code::not_a_presence_document, "PP115", "not-a-presence-document", error,
             "the document is not a presence document",
             "only a `presence` of the PIDF namespace says anything about the presentity", "RFC 3863 section 4.1"},
    CodeInfo{Code::schema_invalid, "PP116", "schema-invalid", error,
             "the document is not valid against the schemas that were given",
             "a server that validates uploads answers 409 Conflict with `schema-validation-error` and keeps the old "
             "document",
             "RFC 4825 section 8.2.5"},
    CodeInfo{Code::unsupported_encoding, "PP117", "unsupported-encoding", error,
             "the document is in another encoding than UTF-8 or UTF-16",
             "an XCAP server takes UTF-8 alone and answers 409 Conflict with `not-utf-8` to any other; no rule of "
             "the document has an effect",
             "RFC 4825 section 8.2.5"},
    CodeInfo{Code::unusual_document_name, "PP118", "unusual-document-name", warning,
             "a document is not called what clients look for",
             "clients and servers that know of one document ask for it by its usual name; under another name it is "
             "found by those alone that look at all documents of the user",
             "RFC 5025 section 9.7"},
    CodeInfo{Code::unusual_application, "PP119", "unusual-application", warning,
             "a rule set lies where an application keeps other documents",
             "a server looks for rules below the application that they are for: elsewhere they are refused, or take "
             "no effect",
             "RFC 5025 section 9.1"},
    CodeInfo{Code::invalid_date_time, "PP120", "invalid-date-time", error,
             "a validity time is no date and time",
             "both ends of a period are of type xs:dateTime: a server refuses the document, and one that reads on "
             "has a period that never holds",
             "RFC 4745 section 13"},
    CodeInfo{Code::invalid_boolean, "PP121", "invalid-boolean", error,
             "a value is no boolean of XML Schema",
             "xs:boolean is `true`, `false`, `1` or `0` in lower case: a server refuses the document, and one that "
             "reads on grants nothing",
             "RFC 5025 section 7"},
    CodeInfo{Code::missing_srs_name, "PP122", "missing-srs-name", error,
             "a circle does not say in which reference system it is",
             "without `srsName` the numbers of a position mean nothing, so the condition is never met",
             "RFC 6772 section 4.1"},
    CodeInfo{Code::invalid_uom, "PP123", "invalid-uom", error,
             "the radius of a circle is not in metres",
             "lengths of shapes are in metres, and `uom` has to say so: otherwise the condition is never met",
             "RFC 5491 section 5.2.3"},
    CodeInfo{Code::invalid_radius, "PP124", "invalid-radius", error,
             "a radius is not a number of metres above 0",
             "a server refuses the document; one that reads on grants no location, or has a circle that holds no "
             "place",
             "RFC 6772 section 6.5.2"},
    CodeInfo{Code::misplaced_element, "PP125", "misplaced-element", error,
             "a known element stands where it does not belong",
             "a server refuses the document, or ignores the element there: a permission then grants nothing, a "
             "condition is not looked at",
             "RFC 4745 section 6.1"},
    CodeInfo{Code::parts_out_of_order, "PP126", "parts-out-of-order", error,
             "the parts of a rule are in another order than the schema asks for",
             "conditions, actions and transformations are a sequence: a server that validates refuses the document",
             "RFC 4745 section 13"},
    CodeInfo{Code::repeated_part, "PP127", "repeated-part", error,
             "a rule has conditions, actions or transformations more than once",
             "each part may stand once: a server refuses the document, and one that reads on may look at the first "
             "alone, so that conditions are lost",
             "RFC 4745 section 13"},
    CodeInfo{Code::unexpected_text, "PP128", "unexpected-text", error,
             "text stands where the schema allows none",
             "a server refuses the document; one that reads on does not look at the text",
             "RFC 4745 section 13"},
    CodeInfo{Code::unexpected_attribute, "PP129", "unexpected-attribute", error,
             "an element has an attribute that it does not take",
             "a server refuses the document; one that reads on does not look at the attribute, so it restricts "
             "nothing",
             "RFC 4745 section 13"},
    CodeInfo{Code::misspelt_element, "PP130", "misspelt-element", error,
             "an element is spelt nearly like a known one",
             "a server does not recognize it: a condition is never met, a permission is ignored, or the document is "
             "refused",
             "RFC 4745 section 6.2"},
    CodeInfo{Code::invalid_uri, "PP131", "invalid-uri", error,
             "an identity or a selector is not of the form of a URI",
             "identities are compared as URIs: what is none equals no identity that a watcher can have",
             "RFC 4745 section 7.2"},
    CodeInfo{
        Code::unknown_condition, "PP201", "unknown-condition", warning,
        "a condition that no specification here defines",
        "a condition that the server does not know is FALSE, and conditions are ANDed: the rule never matches there",
        "RFC 4745 section 7"},
    CodeInfo{Code::unknown_permission, "PP202", "unknown-permission", warning,
             "an action or transformation that no specification here defines",
             "a permission that the server does not know is ignored: it grants nothing", "RFC 4745 section 6.2"},
    CodeInfo{Code::validity_empty, "PP203", "validity-empty", warning, "a validity period that contains no moment",
             "a period holds from `from` until just before `until`; with from at or after until it never holds",
             "RFC 4745 section 7.4"},
    CodeInfo{
        Code::validity_without_offset, "PP204", "validity-without-offset", error,
        "a validity time without an offset from UTC",
        "without an offset the time names no instant: servers in different time zones would open and close the rule at "
        "different moments, so the period never holds here",
        "RFC 4745 section 7.4"},
    CodeInfo{Code::rule_expired, "PP205", "rule-expired", warning, "every validity period of a rule is over",
             "servers do not remove expired rules: the rule no longer has an effect, and its owner has to clean it up",
             "RFC 4745 section 7.4"},
    CodeInfo{Code::rule_never_matches, "PP206", "rule-never-matches", warning, "no request can match a rule",
             "the rule's conditions contradict each other, so it grants nothing to anybody", "RFC 4745 section 10.2"},
    CodeInfo{
        Code::rule_redundant, "PP207", "rule-redundant", warning, "a rule adds nothing to the others",
        "permissions of all matching rules add up: whenever this rule matches, others already grant everything that it "
        "grants, and what it seems to restrict is not restricted",
        "RFC 4745 section 10.2"},
    CodeInfo{
        Code::except_without_effect, "PP208", "except-without-effect", warning,
        "an except excludes nobody who was included",
        "another exception leaves out whom it names already, or another child of the `identity` lets them in all the same",
        "RFC 4745 section 7.1.1"},
    CodeInfo{
        Code::block_overridden, "PP209", "block-overridden", warning,
        "a rule blocks a watcher whom another rule lets through",
        "of all matching rules the most generous sub-handling wins: a block never takes away what another rule gives",
        "RFC 5025 section 3.2.1"},
    CodeInfo{
        Code::allow_shows_nothing, "PP210", "allow-shows-nothing", warning,
        "a rule accepts watchers but shows them nothing",
        "without a provide-devices, provide-persons or provide-services permission the watcher is accepted and gets an "
        "empty document",
        "RFC 5025 section 3.3.1"},
    CodeInfo{
        Code::attribute_without_component, "PP211", "attribute-without-component", warning,
        "a rule grants an attribute but not the component that carries it",
        "an attribute is shown inside a person, service or device; without permission for one of these it stays hidden",
        "RFC 5025 section 3.3.2"},
    CodeInfo{
        Code::note_well_joined, "PP212", "note-well-joined", warning,
        "rules that match together set different note-well texts",
        "no combining rule exists for note-well texts: the watcher gets all of them joined, some servers may keep only "
        "one",
        "RFC 6772 section 6.3"},
    CodeInfo{Code::obfuscation_unavailable, "PP213", "obfuscation-unavailable", warning,
             "a location rule for a place where locations cannot be blurred",
             "the grid that blurs a location ends at 70 degrees of latitude: beyond it nothing geodetic is disclosed",
             "RFC 6772 section 6.5.2"},
    CodeInfo{Code::identity_without_scheme, "PP214", "identity-without-scheme", error,
             "an `id` is written without a scheme",
             "an identity is a URI, and URIs of different schemes are never equal: without a scheme it is the identity "
             "of nobody, so nobody is let in, or left out, by it",
             "RFC 4745 section 7.2"},
    CodeInfo{Code::domain_with_scheme, "PP215", "domain-with-scheme", error, "a `domain` is written as a URI",
             "a `domain` is compared with the domain part of a watcher's identity, which has no scheme: it equals "
             "none, so nobody is let in, or left out, by it",
             "RFC 4745 section 7.1.3"},
    CodeInfo{Code::domain_with_port, "PP216", "domain-with-port", error, "a `domain` has a port",
             "a `domain` is compared with the domain part of a watcher's identity, which has no port: it equals none, "
             "so nobody is let in, or left out, by it",
             "RFC 4745 section 7.1.3"},
    CodeInfo{
        Code::domain_glob, "PP217", "domain-glob", error, "a `domain` is written as a pattern",
        "domains are compared label by label for equality: there are no patterns, and a subdomain is another domain",
        "RFC 4745 section 7.1.3"},
    CodeInfo{Code::domain_with_user, "PP218", "domain-with-user", error, "a `domain` names a single watcher",
             "a `domain` stands for everybody of a domain and equals no address of one of them: whom it names is not "
             "let in, or not left out",
             "RFC 4745 section 7.1.3"},
    CodeInfo{Code::tel_local_number, "PP219", "tel-local-number", error,
             "a tel URI has a local number without its context",
             "the same local number is another telephone in each place: without a `phone-context` it is no tel URI, "
             "and no watcher has that identity",
             "RFC 3966 section 5.1.5"},
    CodeInfo{Code::tel_and_sip_number, "PP220", "tel-and-sip-number", warning,
             "a telephone number is a tel URI in one place and a SIP URI in another",
             "a SIP URI with a telephone number never equals the tel URI of that number: what a rule says of one does "
             "not hold for the other, so the watcher gets more by choosing",
             "RFC 5025 section 3.1.1.2"},
    CodeInfo{Code::one_person_several_spellings, "PP221", "one-person-several-spellings", warning,
             "two identities look like one watcher and are two",
             "schemes, ports and the letters' case of the user part count when identities are compared: what a rule "
             "says of one spelling does not hold for the other",
             "RFC 5025 section 3.1.1.2"},
    CodeInfo{
        Code::except_outside_domain, "PP222", "except-outside-domain", warning,
        "an except names somebody outside of the surrounding domain",
        "a `many` with a domain matches nobody else anyway: whoever was to be kept out may come in by another rule",
        "RFC 4745 section 7.1.3.3"},
    CodeInfo{Code::except_beside_many, "PP223", "except-beside-many", error,
             "an except stands beside a many and not in it",
             "the schema refuses it, and a server that reads on takes it for an unknown matcher: the `many` lets in "
             "whom it was to leave out",
             "RFC 4745 section 7.1.3"},
    CodeInfo{Code::identity_with_parameters, "PP224", "identity-with-parameters", warning,
             "an identity has parts that no authenticated identity has",
             "headers and the parameters method, maddr and ttl belong in links and routes: they count when URIs are "
             "compared, so the identity of a watcher, which has none, never equals it",
             "RFC 3261 section 19.1.4"},
    CodeInfo{Code::conditions_exclude_each_other, "PP225", "conditions-exclude-each-other", warning,
             "two conditions of a rule exclude each other",
             "all conditions of a rule must hold together, also two of one type: what was meant as a choice between "
             "them is a rule that never matches",
             "RFC 4745 section 7.4"},
    CodeInfo{Code::validity_out_of_order, "PP226", "validity-out-of-order", note,
             "the periods of a validity are not in the order of time",
             "the order means nothing, since any period may hold; but who reads the rule takes the last one for the "
             "end of it",
             "RFC 4745 section 7.4"},
    CodeInfo{Code::validity_overlapping, "PP227", "validity-overlapping", note,
             "two periods of a validity overlap or touch",
             "one period would do; who later shortens or removes one of the two leaves the rule valid by the other",
             "RFC 4745 section 7.4"},
    CodeInfo{Code::sphere_comma, "PP228", "sphere-comma", warning,
             "a sphere with a comma in its name",
             "blanks alone separate the words of a `sphere`, and each is compared as it stands: a comma becomes a "
             "part of the name",
             "RFC 4745 section 7.3"},
    CodeInfo{Code::sphere_unused, "PP229", "sphere-unused", warning,
             "a rule waits for a sphere that nobody publishes",
             "the sphere is what the published presence documents say; a word that none of them uses never matches",
             "RFC 5025 section 3.1.2"},
    CodeInfo{Code::handling_depends_on_sphere, "PP230", "handling-depends-on-sphere", warning,
             "whether a watcher is accepted depends on the sphere",
             "when the sphere changes, a subscription is suddenly terminated, and the watcher cannot know when it would "
             "be accepted again",
             "RFC 5025 section 3.1.2"},
    CodeInfo{Code::handling_depends_on_location, "PP231", "handling-depends-on-location", warning,
             "whether a watcher is accepted depends on the location",
             "when the presentity moves, a subscription is suddenly terminated, and the watcher cannot know when it "
             "would be accepted again",
             "RFC 5025 section 3.1.2"},
    CodeInfo{Code::sphere_repeated, "PP232", "sphere-repeated", note,
             "a sphere condition names a sphere twice",
             "words are compared without case, and one that is there already adds nothing",
             "RFC 4745 section 7.3"},
    CodeInfo{Code::rule_not_yet_valid, "PP234", "rule-not-yet-valid", note,
             "every validity period of a rule is still to come",
             "until then the rule has no effect, which is easily forgotten when it is tried out",
             "RFC 4745 section 7.4"},
    CodeInfo{Code::location_covered, "PP235", "location-covered", note,
             "a location that another one of the same condition covers",
             "the locations of a condition are alternatives: the larger one decides, and the smaller one, which seems "
             "to restrict something, does nothing",
             "RFC 6772 section 4"},
    CodeInfo{Code::condition_on_unpublished_place, "PP238", "condition-on-unpublished-place", warning,
             "a rule waits for a location that nobody publishes",
             "a condition on a location does not hold while it is not known where the presentity is",
             "RFC 6772 section 4"},
    CodeInfo{
        Code::confirm_overridden, "PP240", "confirm-overridden", warning,
        "a rule asks about a watcher whom another rule blocks politely",
        "of all matching rules the most generous sub-handling wins, and `polite-block` counts more than `confirm`: the "
        "watcher is answered, and the owner is never asked",
        "RFC 5025 section 3.2.1"},
    CodeInfo{
        Code::handling_without_effect, "PP241", "handling-without-effect", note,
        "a rule's sub-handling never decides",
        "of all matching rules the most generous sub-handling wins: where another rule always gives more, this value is "
        "never the one",
        "RFC 5025 section 3.2.1"},
    CodeInfo{
        Code::transformations_without_allow, "PP242", "transformations-without-allow", warning,
        "a rule has transformations, but its watchers are never allowed",
        "only `allow` gives a watcher the document that the transformations shape: `polite-block` shows one without "
        "them, `block` and `confirm` show none",
        "RFC 5025 section 3.2.1"},
    CodeInfo{
        Code::grant_of_false, "PP243", "grant-of-false", note, "a permission that grants nothing",
        "a permission that a rule does not name has the lowest value anyway, and no value takes away what another rule "
        "grants",
        "RFC 4745 section 10.2"},
    CodeInfo{
        Code::denial_without_effect, "PP244", "denial-without-effect", warning,
        "a rule says false to a watcher whom another permission says true",
        "booleans of all matching rules are ORed and other values take their maximum: a false never takes away what "
        "another permission grants",
        "RFC 4745 section 10.2"},
    CodeInfo{
        Code::duplicate_rule, "PP245", "duplicate-rule", warning, "two rules have the same conditions and permissions",
        "the second one changes nothing, and whoever edits one of them will wonder why the watchers still get what the "
        "other grants",
        "RFC 4745 section 10.2"},
    CodeInfo{
        Code::rules_differ_in_order, "PP246", "rules-differ-in-order", warning,
        "two rules say the same in another order",
        "neither conditions nor permissions have an order, so the second one changes nothing, and whoever edits one of "
        "them will wonder why the watchers still get what the other grants",
        "RFC 4745 section 10.2"},
    CodeInfo{
        Code::rule_subsumed, "PP247", "rule-subsumed", warning, "another rule matches as well and grants as much",
        "permissions of all matching rules add up: whenever this rule matches, the other one already grants everything "
        "that it grants, and what it seems to restrict is not restricted",
        "RFC 4745 section 10.2"},
    CodeInfo{
        Code::permission_repeated, "PP248", "permission-repeated", note, "a permission stands twice in a rule",
        "values within a rule add up as those of several rules do, so the weaker one restricts nothing",
        "RFC 4745 section 10.2"},
    CodeInfo{
        Code::selector_covered, "PP249", "selector-covered", note, "a selector that selects nothing more",
        "selectors are alternatives: what another one selects already is not selected again",
        "RFC 5025 section 3.3.1"},
    CodeInfo{
        Code::unknown_attribute_known, "PP250", "unknown-attribute-known", warning,
        "provide-unknown-attribute names an element that is not unknown",
        "the permission is for elements that no specification of permissions speaks of; a server ignores it for others, "
        "and they stay hidden",
        "RFC 5025 section 3.3.2.14"},
    CodeInfo{
        Code::unknown_attribute_prefixed, "PP251", "unknown-attribute-prefixed", warning,
        "provide-unknown-attribute names an element with a prefix",
        "the name is compared with names without a prefix, and the namespace is in `ns`: with a prefix it is no "
        "element's, so nothing is shown",
        "RFC 5025 section 3.3.2.14"},
    CodeInfo{
        Code::attribute_beside_all, "PP252", "attribute-beside-all", note,
        "an attribute permission stands beside provide-all-attributes",
        "provide-all-attributes stands for every one of them, so that naming some restricts nothing",
        "RFC 5025 section 3.3.2.15"},
    CodeInfo{
        Code::retention_beyond_a_year, "PP253", "retention-beyond-a-year", warning,
        "a rule lets recipients keep locations for long",
        "where somebody was is personal long after it has ceased to be useful, and nobody can call back what recipients "
        "may keep",
        "RFC 6772 section 6.2"},
    CodeInfo{
        Code::note_well_empty, "PP255", "note-well-empty", note, "a note-well text is empty",
        "without the element the note of the location is kept; an empty one replaces it, and says nothing itself",
        "RFC 6772 section 6.3"},
    CodeInfo{
        Code::sub_handling_in_location_rules, "PP257", "sub-handling-in-location-rules", note,
        "a location server's rule has a sub-handling",
        "sub-handling is an action of presence agents; a location server gives what the transformations of the matching "
        "rules say, whatever stands there",
        "RFC 6772 section 5"},
    CodeInfo{Code::property_not_proved, "PP260", "property-not-proved", error,
             "a property that the owner wants is not proved",
             "the rules may give a watcher what the property says nobody gets, or keep from it what it should get",
             "RFC 4745 section 10"},
    CodeInfo{Code::identity_never_authenticated, "PP261", "identity-never-authenticated", warning,
             "an identity is of a scheme by which nobody is authenticated",
             "only an authenticated identity matches: what names a file, a message part or a place is nobody's, so "
             "nobody is let in, or left out, by it",
             "RFC 4745 section 7.1.1"},
    CodeInfo{Code::open_to_unauthenticated, "PP301", "open-to-unauthenticated", warning,
             "a rule serves watchers who did not say who they are",
             "without an identity condition a rule applies to any watcher, authenticated or not",
             "RFC 4745 section 7.1.1"},
    CodeInfo{
        Code::any_authenticated_watcher, "PP302", "any-authenticated-watcher", warning,
        "a rule serves every authenticated watcher of any domain",
        "anybody can get an identity somewhere: `<many/>` without a domain includes people the owner has never met",
        "RFC 4745 section 7.1.3.1"},
    CodeInfo{Code::exact_location_widely, "PP303", "exact-location-widely", warning,
             "a rule gives exact location to more than named watchers",
             "whoever joins the domain, or comes from anywhere, sees to the metre where the presentity is, and nobody "
             "chose them",
             "RFC 6772 section 6.5"},
    CodeInfo{
        Code::civic_finer_than_geodetic, "PP304", "civic-finer-than-geodetic", warning,
        "a civic level shows more than the radius beside it hides",
        "civic and geodetic location are reduced each by itself and both disclosed: the finer of the two is what the "
        "watcher knows",
        "RFC 6772 section 6.5"},
    CodeInfo{
        Code::two_radii, "PP305", "two-radii", warning, "rules give one watcher different radii",
        "RFC 4745 takes the maximum of integers, a positive grant means the smaller one, so servers differ; and circles of "
        "two grids, seen at different times, intersect in an area smaller than either",
        "RFC 6772 section 13.2"},
    CodeInfo{
        Code::radius_below_threshold, "PP306", "radius-below-threshold", warning,
        "a radius leaves less than its owner wants",
        "the algorithm may leak down to 0.13 of the nominal area, so a radius has to be nearly three times the one that "
        "is wanted",
        "RFC 6772 section 13.3"},
    CodeInfo{
        Code::condition_region_smaller, "PP307", "condition-region-smaller", warning,
        "a rule gives a location only within a region that is smaller",
        "what is withheld elsewhere tells something, too: whoever sees the location knows that the presentity is in the "
        "region of the condition",
        "RFC 6772 section 13.5"},
    CodeInfo{
        Code::attributes_disclose_location, "PP308", "attributes-disclose-location", warning,
        "an attribute permission discloses location",
        "to a server that takes location for an attribute like others, a permission for all attributes, or for `geopriv`, "
        "gives it as published, whatever a provide-location reduces",
        "RFC 5025 section 3.3.2.15"},
    CodeInfo{
        Code::retransmission_of_fine_location, "PP309", "retransmission-of-fine-location", warning,
        "a watcher may pass a fine location on",
        "what is passed on is under no rule any more: everybody whom the watcher tells gets the same location",
        "RFC 6772 section 6.1"},
    CodeInfo{
        Code::blocked_can_tell, "PP310", "blocked-can-tell", note, "a watcher can tell that a rule blocks it",
        "a subscription that is blocked is answered 403 Forbidden; where strangers get another answer, the watcher knows "
        "that it was singled out",
        "RFC 5025 section 3.2.1"},
    CodeInfo{
        Code::time_offset_tells_place, "PP311", "time-offset-tells-place", warning,
        "the time offset tells more of the place than the location does",
        "the offset from UTC, and its description, tell the time zone that the person is in, which narrows a country or a "
        "large circle down",
        "RFC 4480 section 3.13"},
    CodeInfo{
        Code::place_type_tells_place, "PP312", "place-type-tells-place", warning,
        "the type of place undoes a blurred location",
        "there are few airports, hospitals or stadiums within a circle of some kilometres: the type of place tells which "
        "one it is",
        "RFC 6772 section 13.5"},
    CodeInfo{
        Code::filter_not_idempotent, "PP313", "filter-not-idempotent", warning,
        "components are selected by a class that is then removed",
        "a second filtering must not change the document, but the component that was selected has lost its class and is "
        "dropped",
        "RFC 5025 section 4"},
    CodeInfo{
        Code::except_as_block_list, "PP314", "except-as-block-list", warning,
        "a rule serves everybody but some identities",
        "an exception stops an identity, not the person: whoever is excepted gets another identity in a minute and is "
        "served",
        "RFC 4745 section 7.1.3.2"},
    CodeInfo{
        Code::device_id_widely, "PP317", "device-id-widely", note,
        "a rule shows the device IDs of services to everybody",
        "a device ID is globally unique and lasts: it links what a person does over services, addresses and years",
        "RFC 5025 section 3.3.2.3"},
    CodeInfo{
        Code::older_dialect, "PP401", "older-dialect", note, "an element of the draft that RFC 6772 replaced",
        "draft-ietf-geopriv-policy changed before it became RFC 6772: a server that follows the RFC does not know the "
        "element",
        "RFC 6772 section 6"},
    CodeInfo{Code::domain_upper_case, "PP402", "domain-upper-case", note, "a domain is written with upper-case letters",
             "domains are compared without regard to case, but lower case is what the specification asks for, and some "
             "servers compare texts",
             "RFC 4745 section 7.1.3"},
    CodeInfo{Code::tel_visual_separators, "PP403", "tel-visual-separators", note,
             "a telephone number is written in several ways",
             "hyphens, dots and parentheses do not count when tel URIs are compared, but some servers compare texts: "
             "there the same number is several watchers",
             "RFC 3966 section 4"},
    CodeInfo{Code::repeated_identity, "PP404", "repeated-identity", note,
             "a matcher stands twice in one identity condition",
             "the second one changes nothing, and whoever takes one of them out believes that it is gone",
             "RFC 4745 section 7.1.1"},
    CodeInfo{Code::uri_spelling, "PP405", "uri-spelling", note, "a URI is spelt unusually",
             "upper case in scheme and host, and escapes that are not needed, do not count when URIs are compared, but "
             "some servers compare texts",
             "RFC 3261 section 19.1.4"},
    CodeInfo{Code::identity_covered, "PP406", "identity-covered", note,
             "a one names a watcher whom a many beside it matches anyway",
             "children of an identity condition are alternatives: the `one` changes nothing, and taking it out would "
             "not shut the watcher out",
             "RFC 4745 section 7.1.1"},
    CodeInfo{
        Code::unused_namespace, "PP410", "unused-namespace", note, "a namespace is declared and never used",
        "whoever reads the document looks for elements that are not there, or misses those that were forgotten",
        "Namespaces in XML 1.0 section 3"},
    CodeInfo{
        Code::boolean_spelling, "PP412", "boolean-spelling", note, "a boolean is written as a digit",
        "an xs:boolean may be `1` or `0`, but a server that looks for the words takes `1` for no permission",
        "RFC 5025 section 7"},
    CodeInfo{
        Code::namespace_declared_again, "PP413", "namespace-declared-again", note,
        "an element declares a namespace as it is declared around it",
        "the declaration says nothing new, and hides that the document has one meaning for the prefix",
        "Namespaces in XML 1.0 section 6.1"},
    CodeInfo{
        Code::misleading_prefix, "PP414", "misleading-prefix", note, "a prefix stands for another namespace than in the RFCs",
        "a prefix is only a name for its namespace, but people, and servers that look at prefixes, take the element for another one",
        "Namespaces in XML 1.0 section 4"},
    CodeInfo{
        Code::number_spelling, "PP415", "number-spelling", note, "a number is written with a plus sign or with zeros before it",
        "XML Schema allows it, but a server that reads numbers by its own means may read another one or none",
        "XML Schema part 2 section 3.3.13"},
    CodeInfo{
        Code::value_with_blanks, "PP416", "value-with-blanks", note, "a value has white space around it",
        "most types of XML Schema drop it, but a server that compares texts does not: the watcher is not found, the value is unknown",
        "XML Schema part 2 section 4.3.6"},
    CodeInfo{Code::ignore_without_reason, "PP418", "ignore-without-reason", warning,
             "a comment ignores a finding without saying why",
             "whoever reads the rules later cannot tell whether the finding was looked into; the comment does not count",
             "presproof-lint(1), IGNORING"},
    CodeInfo{Code::unused_ignore, "PP419", "unused-ignore", note, "a comment ignores a finding that is not there",
             "it is left over from an older state of the rules, and would hide the finding when it comes back",
             "presproof-lint(1), IGNORING"},
    CodeInfo{Code::unknown_ignore, "PP420", "unknown-ignore", warning,
             "a comment ignores something that is no finding",
             "it takes nothing away, although it looks as if it did", "presproof-lint(1), IGNORING"},
    CodeInfo{Code::comment_ends_rules, "PP501", "comment-ends-rules", warning,
             "a comment among the rules at which the server stops",
             "the rules behind it are never looked at, so watchers are blocked or, when they were to be blocked by one of them, let in by another document", "XML 1.0 section 2.5"},
    CodeInfo{Code::rule_without_conditions, "PP502", "rule-without-conditions", warning,
             "a rule without conditions, which the server does not apply",
             "by the RFC it is for everybody; here nobody gets what it gives, and no rule behind it is looked at", "RFC 4745 section 10.1"},
    CodeInfo{Code::rule_without_identity, "PP503", "rule-without-identity", warning,
             "a rule without an identity, which the server does not apply",
             "by the RFC it is for everybody; here nobody gets what it gives", "RFC 4745 section 10.1"},
    CodeInfo{Code::first_rule_decides, "PP504", "first-rule-decides", warning,
             "a rule that adds to an earlier one, where the first alone decides",
             "who matches both gets what the first rule says: less than was granted, or more, where the later one would have hidden something", "RFC 4745 section 10.2"},
    CodeInfo{Code::except_id_not_read, "PP505", "except-id-not-read", warning,
             "an exception that the server does not read",
             "whoever was to be kept out is let in", "RFC 4745 section 7.1.3"},
    CodeInfo{Code::occurrence_id_not_read, "PP506", "occurrence-id-not-read", warning,
             "a selector that the server looks for under another spelling",
             "the component that was to be shown is hidden", "RFC 5025 section 3.3.1"},
    CodeInfo{Code::digit_hides, "PP507", "digit-hides", warning,
             "a boolean in digits, which the server takes for neither",
             "`1` hides what it is to show", "XML Schema part 2 section 3.2.2"},
    CodeInfo{Code::time_read_otherwise, "PP508", "time-read-otherwise", warning,
             "a time that the server takes for another",
             "the rule applies earlier or later than was meant", "RFC 4745 section 7.4"},
    CodeInfo{Code::permission_not_filtered, "PP509", "permission-not-filtered", warning,
             "a permission that the server does not filter by",
             "watchers see the whole of what was to be shown in part", "RFC 5025 section 3.3"},
    CodeInfo{Code::shown_unless_named, "PP510", "shown-unless-named", warning,
             "a rule that does not name what it is to hide",
             "this server hides only what a rule names; the RFC hides what no rule grants", "RFC 5025 section 3.3"},
    CodeInfo{Code::domain_fits_others, "PP511", "domain-fits-others", warning,
             "a domain that the server compares by its length",
             "whoever has a domain of as many letters gets what the rule gives", "RFC 4745 section 7.1.3"},
    CodeInfo{Code::condition_not_read, "PP512", "condition-not-read", warning,
             "a condition that the server does not look at",
             "the rule applies where it was not to", "RFC 4745 section 10.1"},
    CodeInfo{Code::anonymous_admitted, "PP513", "anonymous-admitted", warning,
             "a rule for everybody that lets in who is not authenticated",
             "who hides his identity gets what the rule gives", "RFC 4745 section 7.1.3"},
    CodeInfo{Code::period_counts_later, "PP514", "period-counts-later", warning,
             "a rule that is valid in the periods of an earlier one, too",
             "a rule that has ended, or has not begun, applies", "RFC 4745 section 7.4"},
    CodeInfo{Code::identity_never_equal, "PP515", "identity-never-equal", warning,
             "an identity that no watcher has to the server",
             "whoever is meant does not get what the rule gives, and is not blocked by it either", "RFC 4745 section 7.2"},
    CodeInfo{Code::handling_with_blanks, "PP516", "handling-with-blanks", warning,
             "a sub-handling that the server does not know for its blanks",
             "whoever the rule matches is answered with an error", "XML Schema part 2 section 4.3.6"},
    CodeInfo{Code::document_not_read, "PP517", "document-not-read", warning,
             "a rule set beside another, where the server looks at one alone",
             "rules that block may be in the one that it does not look at", "RFC 5025 section 9.7"},
};

static_assert(std::ranges::is_sorted(kCodes, {}, &CodeInfo::code), "the table is searched by number");

}  // namespace

const CodeInfo& info(Code code) {
  const auto* row = std::ranges::lower_bound(kCodes, code, {}, &CodeInfo::code);
  if (row == kCodes.end() || row->code != code) throw InternalError("a finding's code has no row in the registry");
  return *row;
}

std::span<const CodeInfo> all_codes() { return kCodes; }

std::optional<Code> find_code(std::string_view id_or_name) {
  const auto* row = std::ranges::find_if(
      kCodes, [&](const CodeInfo& each) { return each.id == id_or_name || each.name == id_or_name; });
  if (row == kCodes.end()) return std::nullopt;
  return row->code;
}

std::string_view to_string(Severity severity) {
  constexpr std::array<std::string_view, 3> kNames = {"note", "warning", "error"};
  return kNames[static_cast<std::size_t>(severity)];
}

}  // namespace presproof::diag
