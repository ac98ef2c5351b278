#include "generator/random_policy.h"

#include <algorithm>
#include <array>
#include <optional>

#include "policy/older_dialect.h"

namespace presproof::generator {
namespace {

using policy::ComponentKind;
using policy::SelectorKind;

/// Makes the parts of one policy.
class PolicyMaker {
 public:
  PolicyMaker(Random& random, const Vocabulary& vocabulary, const PolicySize& size)
      : random_(random), vocabulary_(vocabulary), size_(size) {}
  policy::Policy make();

 private:
  policy::Rule rule(bool presence);
  policy::Condition condition();
  policy::IdentityCondition identity();
  policy::IdentityMatcher matcher();
  policy::Except except();
  policy::Domain domain();
  policy::ValidityCondition validity();
  policy::LocationCondition location();
  policy::Permission permission(bool presence);
  policy::Permission presence_permission();
  policy::Permission geolocation_permission();
  policy::ProvideComponents components();
  policy::ProvideLocation provide_location();
  policy::GeodeticGrant geodetic();

  Random& random_;
  const Vocabulary& vocabulary_;
  const PolicySize& size_;
};

policy::Policy PolicyMaker::make() {
  policy::Policy result;
  result.documents.resize(random_.between(1, std::max<std::size_t>(size_.documents, 1)));
  // Some policies are a location server's: without any element of RFC 5025.
  const bool presence = random_.chance(90);
  for (std::size_t i = 0; i < result.documents.size(); ++i) {
    result.documents[i].file = "document" + std::to_string(i) + ".xml";
    result.documents[i].has_presence_rules = presence;
  }
  const std::size_t rules = random_.between(1, std::max<std::size_t>(size_.rules, 1));
  for (std::size_t i = 0; i < rules; ++i) {
    auto& document = result.documents[random_.below(result.documents.size())];
    document.rules.push_back(rule(presence));
    // An id is unique in its document, and may stand in two documents.
    document.rules.back().id = vocabulary_.rule_ids[(document.rules.size() - 1) % vocabulary_.rule_ids.size()];
  }
  return result;
}

policy::Rule PolicyMaker::rule(bool presence) {
  policy::Rule result;
  const std::size_t conditions = random_.between(size_.fewest_conditions, size_.conditions);
  for (std::size_t i = 0; i < conditions; ++i) result.conditions.push_back(condition());
  // Most rules of a presence agent say how to handle the subscription.
  if (presence && random_.chance(80)) {
    const bool allow = random_.chance(60);
    result.permissions.push_back(
        {allow ? policy::SubHandling::allow : static_cast<policy::SubHandling>(random_.below(4)), {}});
  }
  const std::size_t permissions = random_.below(size_.permissions + 1);
  for (std::size_t i = 0; i < permissions; ++i) result.permissions.push_back(permission(presence));
  return result;
}

policy::Condition PolicyMaker::condition() {
  switch (random_.below(size_.unknown ? 11 : 10)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return identity();
    case 4:
    case 5: {
      policy::SphereCondition sphere;
      const std::size_t tokens = random_.between(1, 2);
      for (std::size_t i = 0; i < tokens; ++i) sphere.tokens.push_back(random_.pick(vocabulary_.spheres));
      return sphere;
    }
    case 6:
    case 7:
      return validity();
    case 8:
    case 9:
      return location();
    default:
      return policy::UnknownCondition{"urn:x", "moon", {}};
  }
}

policy::IdentityCondition PolicyMaker::identity() {
  policy::IdentityCondition result;
  const std::size_t matchers = random_.chance(12) ? 0 : random_.between(1, 3);
  for (std::size_t i = 0; i < matchers; ++i) result.matchers.push_back(matcher());
  return result;
}

policy::IdentityMatcher PolicyMaker::matcher() {
  if (size_.unknown && random_.chance(4)) return policy::UnknownIdentity{"urn:x", "species", {}};
  if (random_.chance(55)) return policy::One{random_.pick(vocabulary_.named), {}};
  policy::Many many;
  if (random_.chance(60)) many.domain = domain();
  const std::size_t excepts = random_.below(4);
  for (std::size_t i = 0; i < excepts; ++i) many.excepts.push_back(except());
  many.never = size_.unknown && random_.chance(4);
  return many;
}

policy::Except PolicyMaker::except() {
  policy::Except result;
  // By id, by domain, rarely by both or neither.
  const std::size_t kind = random_.below(20);
  if (kind < 11 || kind == 18) result.id = random_.pick(vocabulary_.named);
  if ((kind >= 11 && kind < 18) || kind == 18) result.domain = domain();
  return result;
}

policy::Domain PolicyMaker::domain() {
  const std::string& text = random_.pick(vocabulary_.domains);
  // Now and then one that has no ASCII form, and so equals no domain.
  if (size_.unknown && random_.chance(3)) return {"one..example", std::nullopt, {}};
  return {text, uri::to_ascii_domain(text), {}};
}

policy::ValidityCondition PolicyMaker::validity() {
  policy::ValidityCondition result;
  const std::size_t pairs = random_.between(1, 2);
  for (std::size_t i = 0; i < pairs; ++i) {
    policy::ValidityPair pair{random_.pick(vocabulary_.instants), random_.pick(vocabulary_.instants), {}};
    if (*pair.until < *pair.from && random_.chance(85)) std::swap(pair.from, pair.until);
    if (size_.unknown && random_.chance(6)) (random_.chance(50) ? pair.from : pair.until).reset();
    result.pairs.push_back(pair);
  }
  return result;
}

geo::CivicAddress some_fields(Random& random, const geo::CivicAddress& address) {
  geo::CivicAddress fields;
  for (const auto& field : address) {
    if (random.chance(60)) fields.insert(field);
  }
  return fields.empty() ? address : fields;
}

policy::LocationCondition PolicyMaker::location() {
  policy::LocationCondition result;
  const std::size_t locations = random_.between(1, 2);
  for (std::size_t i = 0; i < locations; ++i) {
    policy::LocationAlternative alternative{random_.pick(vocabulary_.circles), "", {}};
    if (random_.chance(35))
      alternative.where = policy::CivicLocation{some_fields(random_, random_.pick(vocabulary_.addresses))};
    if (size_.unknown && random_.chance(4)) alternative.where = policy::UnknownLocation{"urn:x"};
    result.locations.push_back(std::move(alternative));
  }
  return result;
}

policy::Permission PolicyMaker::permission(bool presence) {
  if (size_.unknown && random_.chance(3)) return {policy::UnknownPermission{"urn:x", "provide-dinner"}, {}};
  return presence && random_.chance(65) ? presence_permission() : geolocation_permission();
}

policy::ProvideComponents PolicyMaker::components() {
  static const std::array<std::vector<std::string>, policy::kSelectorKinds> values = {
      {{"biz", "Biz"},
       {"p1", "t1"},
       {"urn:device:1", "URN:device:1", "urn:device:2"},
       {"sip:pub@one.example", "sip:pub@ONE.example", "SIP:pub@one.example"},
       {"sip", "mailto"}}};
  static const std::array<std::vector<SelectorKind>, policy::kComponentKinds> kinds = {
      {{SelectorKind::class_, SelectorKind::occurrence_id, SelectorKind::device_id},
       {SelectorKind::class_, SelectorKind::occurrence_id},
       {SelectorKind::class_, SelectorKind::occurrence_id, SelectorKind::service_uri, SelectorKind::service_uri,
        SelectorKind::service_uri_scheme}}};
  policy::ProvideComponents result;
  result.kind = random_.chance(25) ? ComponentKind::service : static_cast<ComponentKind>(random_.below(policy::kComponentKinds));
  result.all = random_.chance(50);
  const std::size_t selectors = result.all ? random_.below(2) : random_.below(3);
  for (std::size_t i = 0; i < selectors; ++i) {
    const auto kind = static_cast<std::size_t>(random_.pick(kinds[static_cast<std::size_t>(result.kind)]));
    result.values[kind].push_back(random_.pick(values[kind]));
  }
  return result;
}

policy::Permission PolicyMaker::presence_permission() {
  switch (random_.below(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return {components(), {}};
    case 5:
    case 6:
    case 7:
      return {policy::ProvideAttribute{
                  static_cast<policy::AttributePermission>(random_.below(policy::kAttributePermissions)),
                  random_.chance(85)},
              {}};
    case 8:
      return {static_cast<policy::UserInput>(random_.below(4)), {}};
    case 9:
    case 10: {
      const auto& [ns, name] = random_.pick(vocabulary_.attributes);
      return {policy::ProvideUnknownAttribute{ns, name, random_.chance(85)}, {}};
    }
    default:
      return {policy::ProvideAllAttributes{}, {}};
  }
}

policy::GeodeticGrant PolicyMaker::geodetic() {
  policy::GeodeticGrant grant;
  if (size_.older_dialect && random_.chance(15)) {
    const double latitude_deg = random_.chance(20) ? 0 : 0.01 * static_cast<double>(random_.between(1, 20));
    policy::GeodeticGrant::Rounding rounding;
    if (latitude_deg > 0) rounding.latitude_deg = latitude_deg;
    if (random_.chance(80)) rounding.longitude_deg = 0.02;
    grant.radius_m = policy::nominal_radius_m(rounding);
    if (rounding != policy::GeodeticGrant::Rounding{}) grant.rounding = rounding;
    return grant;
  }
  if (random_.chance(85)) grant.radius_m = random_.pick(vocabulary_.radii_m);
  return grant;
}

policy::ProvideLocation PolicyMaker::provide_location() {
  if (random_.chance(10)) return {policy::GeodeticGrant{0.0, std::nullopt}, geo::CivicLevel::full};
  policy::ProvideLocation result;
  if (random_.chance(75)) result.geodetic = geodetic();
  if (random_.chance(50)) result.civic = static_cast<geo::CivicLevel>(random_.below(geo::kCivicLevelNames.size()));
  return result;
}

policy::Permission PolicyMaker::geolocation_permission() {
  switch (random_.below(10)) {
    case 0:
      return {policy::SetRetransmissionAllowed{random_.chance(50)}, {}};
    case 1:
      return {policy::SetRetentionExpiry{static_cast<std::int64_t>(random_.below(4)) * 3600}, {}};
    case 2:
      return {policy::SetNoteWell{random_.chance(50) ? std::optional<std::string>("en") : std::nullopt,
                                  random_.chance(50) ? "mine" : "ours"},
              {}};
    case 3:
      return {policy::KeepRuleReference{random_.chance(50)}, {}};
    default:
      return {provide_location(), {}};
  }
}

}  // namespace

policy::Policy random_policy(Random& random, const Vocabulary& vocabulary, const PolicySize& size) {
  return PolicyMaker(random, vocabulary, size).make();
}

}  // namespace presproof::generator
