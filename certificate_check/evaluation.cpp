#include "certificate_check/evaluation.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "base/lexical.h"
#include "base/overloaded.h"
#include "xml/namespaces.h"

namespace presproof::certificate_check {
namespace {

constexpr double kSmallestRadius_m = 6335439 * (1 - 1e-9);  // far more than the rounding of doubles, and below,
constexpr double kLargestRadius_m = 6399594 * (1 + 1e-9);
constexpr double kSlack_m = 1e-3;                           // than the errors of whoever measures exactly

Tri at(const policy::LocationAlternative& alternative, const Box& box) {
  if (const auto* circle = std::get_if<geo::Circle>(&alternative.where)) return box.in(*circle);
  const auto* civic = std::get_if<policy::CivicLocation>(&alternative.where);
  return civic == nullptr ? Tri::no : box.in(civic->fields);
}

/// Each is met by one of its alternatives; identity conditions are met here, and unknown ones never are (RFC 4745 section 10.1).
Tri holds(const policy::Condition& condition, const Box& box) {
  Tri result = known(std::holds_alternative<policy::IdentityCondition>(condition));
  const auto alternative = [&](Tri value) { result = std::max(result, value); };
  if (const auto* sphere = std::get_if<policy::SphereCondition>(&condition)) {  // section 7.3
    for (const std::string& token : sphere->tokens) alternative(box.sphere_is(to_lower_ascii(token)));
  } else if (const auto* validity = std::get_if<policy::ValidityCondition>(&condition)) {  // section 7.4
    for (const auto& pair : validity->pairs) alternative(pair.from && pair.until ? box.within_times(*pair.from, *pair.until) : Tri::no);
  } else if (const auto* location = std::get_if<policy::LocationCondition>(&condition)) {  // RFC 6772 section 4
    for (const auto& each : location->locations) alternative(at(each, box));
  }
  return result;
}

constexpr unsigned kAny = 7;
/// RFC 5025 section 3.3.2, in the order of policy::AttributePermission: the components (a bit each, devices first) that show an attribute.
constexpr std::array<unsigned, policy::kAttributePermissions> kContainers = {2, kAny, 4, 2, 2, 2, 6, 4, 2, 6, 2, kAny};

Tri all(std::initializer_list<Tri> values) { return std::min(values); }
Tri any(std::initializer_list<Tri> values) { return std::max(values); }

/// Combined permissions are seen through one question: does some matching rule give this? OR, maximum and union (RFC 4745 section 10.2) all
/// answer to it.
class Combined {
 public:
  Combined(const Matched& matched, policy::Usage usage, const Readings& readings)
      : matched_(matched), presence_(usage == policy::Usage::presence), readings_(readings) {}

  [[nodiscard]] Tri holds(const ClaimAtom& claim) const {
    static const ClaimAtom any_location{
        .kind = ClaimKind::location, .geodetic_below_m = std::numeric_limits<double>::infinity(), .civic_at_least = geo::CivicLevel::country};
    // RFC 4119's element is location, whatever grants it.
    if (claim.kind == ClaimKind::unknown_attribute && claim.text == "geopriv" && claim.ns == xml::ns::kGeopriv) return location(any_location);
    if (!presence_ && claim.kind >= ClaimKind::component && claim.kind <= ClaimKind::all_attributes) return Tri::no;
    switch (claim.kind) {
      case ClaimKind::handling: return all({handling_at_least(claim.level), !handling_at_least(claim.at_most + 1)});
      case ClaimKind::component: return all({allowed(), component(claim)});
      case ClaimKind::attribute:
        return attribute(one_of(kContainers[static_cast<std::size_t>(claim.level)]),
                         some<policy::ProvideAttribute>([&](auto given) { return given.value && static_cast<int>(given.attribute) == claim.level; }));
      case ClaimKind::user_input:
        return attribute(one_of(kAny), some<policy::UserInput>([&](auto given) { return static_cast<int>(given) >= claim.level; }));
      case ClaimKind::unknown_attribute: return attribute(one_of(kAny), unknown_attribute(claim.text, claim.ns));
      case ClaimKind::all_attributes: return attribute(one_of(kAny), Tri::no);
      case ClaimKind::anything: return presence_ ? all({allowed(), one_of(kAny)}) : location(any_location);
      case ClaimKind::location: return location(claim);
      case ClaimKind::retransmission: return all({allowed(), some<policy::SetRetransmissionAllowed>([](auto given) { return given.value; })});
      case ClaimKind::retention: return all({allowed(), some<policy::SetRetentionExpiry>([&](auto given) { return given.seconds > claim.seconds; })});
      case ClaimKind::rule: return some_rule([&](const policy::Rule& rule) { return rule.id == claim.text; });
    }
    return Tri::maybe;
  }
  /// Whether any question was answered other than no.
  [[nodiscard]] bool touched() const { return touched_; }

 private:
  template <class Predicate>
  [[nodiscard]] Tri some_rule(const Predicate& predicate) const {
    const auto among = [&](const std::vector<const policy::Rule*>& rules) {
      return std::any_of(rules.begin(), rules.end(), [&](const policy::Rule* rule) { return predicate(*rule); });
    };
    const Tri result = among(matched_.surely) ? Tri::yes : among(matched_.perhaps) ? Tri::maybe : Tri::no;
    touched_ = touched_ || result != Tri::no;
    return result;
  }
  template <class Permission, class Predicate>
  [[nodiscard]] Tri some(const Predicate& predicate) const {
    return some_rule([&](const policy::Rule& rule) {
      return std::any_of(rule.permissions.begin(), rule.permissions.end(), [&](const policy::Permission& permission) {
        const auto* given = std::get_if<Permission>(&permission.what);
        return given != nullptr && predicate(*given);
      });
    });
  }

  // RFC 5025 section 3.2.1: the highest, `block` without any. A location server grants when a rule matches.
  [[nodiscard]] Tri handling_at_least(int level) const {
    if (level == 0 || level > static_cast<int>(policy::SubHandling::allow)) return known(level == 0);
    if (!presence_) return some_rule([](const policy::Rule&) { return true; });
    return some<policy::SubHandling>([&](policy::SubHandling given) { return static_cast<int>(given) >= level; });
  }
  [[nodiscard]] Tri allowed() const { return handling_at_least(static_cast<int>(policy::SubHandling::allow)); }

  // RFC 5025 section 3.3.1: all of a kind, or those with one of the values.
  [[nodiscard]] Tri component(const ClaimAtom& claim) const {
    return some<policy::ProvideComponents>([&](const policy::ProvideComponents& given) {
      if (static_cast<int>(given.kind) != claim.level) return false;
      if (given.all) return true;
      if (!claim.selector) return std::any_of(given.values.begin(), given.values.end(), [](const auto& values) { return !values.empty(); });
      const auto& values = given.values[static_cast<std::size_t>(*claim.selector)];
      const bool uris = *claim.selector == policy::SelectorKind::device_id || *claim.selector == policy::SelectorKind::service_uri;
      return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
        return value == claim.text || (uris && uri::equivalent(uri::parse(value), uri::parse(claim.text)));
      });
    });
  }
  /// One of the components of a set: bit 0 for devices, 1 for persons, 2 for services.
  [[nodiscard]] Tri one_of(unsigned components) const {
    Tri result = Tri::no;
    for (int i = 0; i < 3; ++i) {
      if (((components >> i) & 1U) != 0) result = std::max(result, component(ClaimAtom{.level = i}));
    }
    return result;
  }
  // RFC 5025 section 3.3.2: an attribute is seen in its component alone; provide-all-attributes gives each.
  [[nodiscard]] Tri attribute(Tri container, Tri given) const { return all({allowed(), container, any({given, all_attributes()})}); }
  [[nodiscard]] Tri all_attributes() const { return some<policy::ProvideAllAttributes>([](const auto&) { return true; }); }
  [[nodiscard]] Tri unknown_attribute(std::string_view name, std::string_view ns) const {
    return some<policy::ProvideUnknownAttribute>([&](const auto& given) { return given.value && given.name == name && given.ns == ns; });
  }

  // RFC 6772 section 6.5, and what the readings add to it in a presence document.
  [[nodiscard]] Tri location(const ClaimAtom& claim) const {
    Tri shown = Tri::no;
    if (claim.geodetic_below_m) {
      shown = geodetic([&](double radius_m) { return radius_m < *claim.geodetic_below_m; });
      if (readings_[kCoarsest]) shown = all({shown, !geodetic([&](double radius_m) { return radius_m >= *claim.geodetic_below_m; })});
    }
    const bool counts_civic = claim.civic_at_least != geo::CivicLevel::none;
    if (counts_civic) shown = any({shown, some<policy::ProvideLocation>([&](const auto& given) { return given.civic >= claim.civic_at_least; })});
    if (!presence_) return shown;
    if (!readings_[kAttributesExclude]) shown = any({shown, all_attributes()});
    if (!readings_[kUnknownIgnored]) shown = any({shown, unknown_attribute("geopriv", xml::ns::kGeopriv)});
    return all({allowed(), one_of(kAny), shown});
  }
  template <class Predicate>
  [[nodiscard]] Tri geodetic(const Predicate& of_radius) const {
    return some<policy::ProvideLocation>([&](const policy::ProvideLocation& given) {
      if (!given.geodetic || (!given.geodetic->radius_m && readings_[kAbsentRadiusIsNothing])) return false;
      return of_radius(given.geodetic->radius_m.value_or(0));
    });
  }

  const Matched& matched_;
  bool presence_;
  const Readings& readings_;
  mutable bool touched_ = false;
};

}  // namespace

std::pair<double, double> distance(geo::Position a, geo::Position b) {
  if (a == b) return {0, 0};
  const auto normal = [](geo::Position place) {
    const double latitude = place.latitude * std::numbers::pi / 180, longitude = place.longitude * std::numbers::pi / 180;
    return std::array{std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude), std::sin(latitude)};
  };
  const auto u = normal(a);
  const auto v = normal(b);
  const double cross = std::hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]);
  const double angle = std::atan2(cross, u[0] * v[0] + u[1] * v[1] + u[2] * v[2]);
  return {angle * kSmallestRadius_m - kSlack_m, angle * kLargestRadius_m + kSlack_m};
}

// Both by the triangle inequality.
bool disjoint(const geo::Circle& a, const geo::Circle& b) { return distance(a.center, b.center).first > a.radius_m + b.radius_m; }
bool within(const geo::Circle& inner, const geo::Circle& outer) {
  return distance(inner.center, outer.center).second + inner.radius_m <= outer.radius_m;
}
Tri Box::sphere_is(const std::string& value) const {
  if (sphere) return known(*sphere == value);
  return not_spheres.contains(value) ? Tri::no : Tri::maybe;
}
Tri Box::within_times(Instant first, Instant end) const {
  if (end <= from || until <= first || end <= first) return Tri::no;
  return first <= from && until <= end ? Tri::yes : Tri::maybe;
}
Tri Box::in(const geo::Circle& circle) const {
  if (!concrete) {
    const auto found = inside.find(key_of(circle));
    return found == inside.end() ? Tri::maybe : known(found->second);
  }
  if (!place) return Tri::no;
  const auto away = distance(*place, circle.center);
  if (away.second <= circle.radius_m) return Tri::yes;
  return away.first > circle.radius_m ? Tri::no : Tri::maybe;
}
Tri Box::field_is(const std::string& field, const std::string& text) const {
  const auto found = civic.find(field);
  if (found != civic.end()) return known(found->second == text);
  return concrete || not_civic.contains({field, text}) ? Tri::no : Tri::maybe;
}
Tri Box::in(const geo::CivicAddress& fields) const {
  Tri result = fields.empty() ? Tri::no : Tri::yes;  // a place without fields is nowhere
  for (const auto& [field, text] : fields) result = std::min(result, field_is(field, text));
  return result;
}

Tri matches(const policy::Rule& rule, const Box& box) {
  Tri result = Tri::yes;
  for (const policy::Condition& condition : rule.conditions) result = std::min(result, holds(condition, box));
  return result;
}
Tri guard_holds(const Property& property, const Box& box, bool authenticated) {
  Tri result = Tri::yes;
  for (const auto& guard : property.guards) {
    result = std::min(result, guard.evaluate([&](const GuardAtom& atom) {
      return std::visit(Overloaded{[&](const Authenticated&) { return known(authenticated); },
                                   [&](const Sphere& sphere) { return box.sphere_is(sphere.value); },
                                   [&](const geo::Circle& circle) { return box.in(circle); },
                                   [&](const geo::CivicAddress& civic) { return box.in(civic); },
                                   [&](const Interval& during) { return box.within_times(during.from, during.until); }},
                        atom);
    }));
  }
  return result;
}

Tri claim_holds(const Formula<ClaimAtom>& claim, const Matched& matched, policy::Usage usage, const Readings& readings) {
  const Combined combined(matched, usage, readings);
  return claim.evaluate([&](const ClaimAtom& atom) { return combined.holds(atom); });
}

bool in_play(const policy::Rule& rule, const Formula<ClaimAtom>& claim, policy::Usage usage, const std::vector<Readings>& readings) {
  const Matched perhaps{.perhaps = {&rule}};
  return std::any_of(readings.begin(), readings.end(), [&](const Readings& each) {
    const Combined combined(perhaps, usage, each);
    return (void)claim.evaluate([&](const ClaimAtom& atom) { return combined.holds(atom); }), combined.touched();
  });
}

}  // namespace presproof::certificate_check
