#include "policy/writer.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "policy/older_dialect.h"
#include "xml/namespaces.h"
#include "xml/writer.h"

namespace presproof::policy {
namespace {

using namespace xml::ns;

/// What stands for an unknown child of `<many>`, whose name is not kept.
constexpr std::string_view kUnknown = "urn:presproof:unknown";

class RuleSetWriter {
 public:
  std::string write(const RuleSet& rules) {
    xml_.start(kCommonPolicy, "ruleset");
    for (const Rule& rule : rules.rules) write(rule);
    xml_.end();
    return xml_.finish();
  }

 private:
  void empty(std::string_view ns, std::string_view local) {
    xml_.start(ns, local);
    xml_.end();
  }

  void simple(std::string_view ns, std::string_view local, std::string_view text) {
    xml_.start(ns, local);
    if (!text.empty()) xml_.text(text);
    xml_.end();
  }

  static std::string_view boolean(bool value) { return value ? "true" : "false"; }

  void write(const Rule& rule) {
    xml_.start(kCommonPolicy, "rule");
    xml_.attribute("", "id", rule.id);
    xml_.start(kCommonPolicy, "conditions");
    for (const Condition& condition : rule.conditions) {
      std::visit([&](const auto& each) { write_condition(each); }, condition);
    }
    xml_.end();
    // Sub-handling is the only action; what stands before it and is not known was an action, too.
    const auto last = std::ranges::find_if(rule.permissions.rbegin(), rule.permissions.rend(), is_sub_handling).base();
    const auto is_action = [&](const Permission& permission, bool before_last) {
      return is_sub_handling(permission) || (before_last && std::holds_alternative<UnknownPermission>(permission.what));
    };
    for (const bool actions : {true, false}) {
      xml_.start(kCommonPolicy, actions ? "actions" : "transformations");
      for (auto each = rule.permissions.begin(); each != rule.permissions.end(); ++each) {
        if (is_action(*each, each < last) == actions) write(*each);
      }
      xml_.end();
    }
    xml_.end();
  }

  static bool is_sub_handling(const Permission& permission) {
    return std::holds_alternative<SubHandling>(permission.what);
  }

  // Conditions

  void write_condition(const IdentityCondition& identity) {
    xml_.start(kCommonPolicy, "identity");
    for (const IdentityMatcher& matcher : identity.matchers) {
      std::visit([&](const auto& each) { write_matcher(each); }, matcher);
    }
    xml_.end();
  }

  void write_matcher(const One& one) {
    xml_.start(kCommonPolicy, "one");
    xml_.attribute("", "id", one.id.text);
    xml_.end();
  }

  void write_matcher(const Many& many) {
    xml_.start(kCommonPolicy, "many");
    if (many.domain) xml_.attribute("", "domain", many.domain->text);
    for (const Except& except : many.excepts) {
      xml_.start(kCommonPolicy, "except");
      if (except.id) xml_.attribute("", "id", except.id->text);
      if (except.domain) xml_.attribute("", "domain", except.domain->text);
      xml_.end();
    }
    if (many.never) empty(kUnknown, "unknown");
    xml_.end();
  }

  void write_matcher(const UnknownIdentity& unknown) { empty(unknown.ns, unknown.local); }

  void write_condition(const SphereCondition& sphere) {
    std::string value;
    for (const std::string& token : sphere.tokens) value += (value.empty() ? "" : " ") + token;
    xml_.start(kCommonPolicy, "sphere");
    xml_.attribute("", "value", value);
    xml_.end();
  }

  void write_condition(const ValidityCondition& validity) {
    xml_.start(kCommonPolicy, "validity");
    for (const ValidityPair& pair : validity.pairs) {
      if (pair.from) simple(kCommonPolicy, "from", to_rfc3339(*pair.from));
      if (pair.until) simple(kCommonPolicy, "until", to_rfc3339(*pair.until));
    }
    xml_.end();
  }

  void write_condition(const LocationCondition& condition) {
    xml_.start(kGeolocationPolicy, "location-condition");
    for (const LocationAlternative& location : condition.locations) {
      xml_.start(kGeolocationPolicy, "location");
      std::visit([&](const auto& where) { write_location(where, location.label); }, location.where);
      xml_.end();
    }
    xml_.end();
  }

  void describe_location(std::string_view profile, const std::string& label) {
    xml_.attribute("", "profile", profile);
    if (!label.empty()) xml_.attribute("", "label", label);
  }

  void write_location(const geo::Circle& circle, const std::string& label) {
    describe_location("geodetic-condition", label);
    xml_.start(kPidfloShapes, "Circle");
    xml_.attribute("", "srsName", "urn:ogc:def:crs:EPSG::4326");
    simple(kGml, "pos", fmt::format("{} {}", circle.center.latitude, circle.center.longitude));
    xml_.start(kPidfloShapes, "radius");
    xml_.attribute("", "uom", "urn:ogc:def:uom:EPSG::9001");
    xml_.text(fmt::format("{}", circle.radius_m));
    xml_.end();
    xml_.end();
  }

  void write_location(const CivicLocation& civic, const std::string& label) {
    describe_location("civic-condition", label);
    for (const auto& [key, value] : civic.fields) {
      const std::size_t close = key.starts_with('{') ? key.find('}') : std::string::npos;
      const std::string_view name = key;
      if (close == std::string::npos) {
        simple(kCivicAddr, name, value);
      } else {
        simple(name.substr(1, close - 1), name.substr(close + 1), value);
      }
    }
  }

  void write_location(const UnknownLocation& unknown, const std::string& label) {
    describe_location(unknown.profile, label);
  }

  void write_condition(const UnknownCondition& unknown) { empty(unknown.ns, unknown.local); }

  // Permissions

  void write(const Permission& permission) {
    std::visit([&](const auto& what) { write_permission(what); }, permission.what);
  }

  void write_permission(SubHandling value) { simple(kPresRules, "sub-handling", to_string(value)); }
  void write_permission(UserInput value) { simple(kPresRules, "provide-user-input", to_string(value)); }

  void write_permission(const ProvideComponents& provide) {
    static constexpr std::array<std::string_view, kComponentKinds> kAll = {"all-devices", "all-persons",
                                                                           "all-services"};
    const auto kind = static_cast<std::size_t>(provide.kind);
    xml_.start(kPresRules, kProvideComponentNames[kind]);
    if (provide.all) empty(kPresRules, kAll[kind]);
    for (std::size_t selector = 0; selector < kSelectorKinds; ++selector) {
      for (const std::string& value : provide.values[selector]) simple(kPresRules, kSelectorNames[selector], value);
    }
    xml_.end();
  }

  void write_permission(const ProvideAttribute& provide) {
    simple(kPresRules, kAttributePermissionNames[static_cast<std::size_t>(provide.attribute)], boolean(provide.value));
  }

  void write_permission(const ProvideUnknownAttribute& provide) {
    xml_.start(kPresRules, "provide-unknown-attribute");
    xml_.attribute("", "ns", provide.ns);
    xml_.attribute("", "name", provide.name);
    xml_.text(boolean(provide.value));
    xml_.end();
  }

  void write_permission(const ProvideAllAttributes&) { empty(kPresRules, "provide-all-attributes"); }

  void write_permission(const ProvideLocation& provide) {
    const auto& geodetic = provide.geodetic;
    const bool exact = geodetic && geodetic->radius_m == 0.0 && !geodetic->rounding;
    if (exact && provide.civic == geo::CivicLevel::full) return empty(kGeolocationPolicy, "provide-location");
    if (geodetic && (exact || geodetic->rounding)) {
      write_resolutions(geodetic->rounding.value_or(GeodeticGrant::Rounding{}));
    } else if (geodetic) {
      write_radius(geodetic->radius_m);
    }
    if (geodetic && provide.civic == geo::CivicLevel::none) return;
    start_provide_location("civic-transformation");
    simple(kBasicLocationProfiles, "provide-civic", geo::to_string(provide.civic));
    xml_.end();
  }

  void start_provide_location(std::string_view profile) {
    xml_.start(kGeolocationPolicy, "provide-location");
    xml_.attribute("", "profile", profile);
  }

  void write_radius(const std::optional<double>& radius_m) {
    start_provide_location("geodetic-transformation");
    xml_.start(kBasicLocationProfiles, "provide-geo");
    // Whole metres, rounded towards the coarser.
    if (radius_m) xml_.attribute("", "radius", fmt::format("{:.0f}", std::ceil(*radius_m)));
    xml_.end();
    xml_.end();
  }

  void write_resolutions(const GeodeticGrant::Rounding& rounding) {
    xml_.start(kGeolocationPolicy, "geospatial-loc-transformation");
    if (rounding.latitude_deg)
      simple(kGeolocationPolicy, "latitude-resolution", fmt::format("{}", *rounding.latitude_deg));
    if (rounding.longitude_deg)
      simple(kGeolocationPolicy, "longitude-resolution", fmt::format("{}", *rounding.longitude_deg));
    xml_.end();
  }

  void write_permission(const SetRetransmissionAllowed& set) {
    simple(kGeolocationPolicy, "set-retransmission-allowed", boolean(set.value));
  }
  void write_permission(const SetRetentionExpiry& set) {
    simple(kGeolocationPolicy, "set-retention-expiry", fmt::format("{}", set.seconds));
  }
  void write_permission(const SetNoteWell& set) {
    xml_.start(kGeolocationPolicy, "set-note-well");
    if (set.lang) xml_.attribute(kXml, "lang", *set.lang);
    if (!set.text.empty()) xml_.text(set.text);
    xml_.end();
  }
  void write_permission(const KeepRuleReference& keep) {
    simple(kGeolocationPolicy, "keep-rule-reference", boolean(keep.value));
  }
  void write_permission(const UnknownPermission& unknown) { empty(unknown.ns, unknown.local); }

  xml::Writer xml_;
};

}  // namespace

std::string write_rule_set(const RuleSet& rules) { return RuleSetWriter().write(rules); }

}  // namespace presproof::policy
