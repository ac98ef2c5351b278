#include "smt/threshold.h"

#include <algorithm>

#include "base/fault.h"
#include "base/overloaded.h"
#include "smt/hiding.h"
#include "uri/uri.h"
#include "xml/namespaces.h"

namespace presproof::smt {
namespace {

using Kind = Threshold::Kind;

bool equal_selectors(policy::SelectorKind kind, const std::string& granted, const std::string& claimed) {
  // URIs by equivalence, everything else case-sensitively (RFC 5025 section 3.3.1).
  const bool is_uri = kind == policy::SelectorKind::device_id || kind == policy::SelectorKind::service_uri;
  return granted == claimed || (!seeded(Fault::threshold_uris_as_written) && is_uri && uri::equivalent(uri::parse(granted), uri::parse(claimed)));
}

bool gives_components(const policy::ProvideComponents& given, const Threshold& wanted) {
  if (static_cast<int>(given.kind) != wanted.level) return false;
  switch (wanted.kind) {
    case Kind::all_of_component: return given.all;
    case Kind::component: return given.all || std::any_of(given.values.begin(), given.values.end(), [](const auto& values) { return !values.empty(); });
    case Kind::selected: {
      const auto& values = given.values[static_cast<std::size_t>(wanted.sub_level)];
      const auto kind = static_cast<policy::SelectorKind>(wanted.sub_level);
      return std::any_of(values.begin(), values.end(), [&](const std::string& value) { return equal_selectors(kind, value, wanted.text); });
    }
    default: return false;
  }
}

bool gives_location(const policy::ProvideLocation& given, const Threshold& wanted) {
  if (wanted.kind == Kind::civic) return given.civic != geo::CivicLevel::none && static_cast<int>(given.civic) >= wanted.level;
  if (!given.geodetic || (!given.geodetic->radius_m && !wanted.absent_is_exact)) return false;
  const double radius_m = given.geodetic->radius_m.value_or(0);
  if (wanted.kind == Kind::geodetic_up_to) return key_of(*given.geodetic) <= GrantKey(wanted.amount, wanted.rounding);
  if (wanted.kind == Kind::geodetic_beyond) return key_of(*given.geodetic) > GrantKey(wanted.amount, wanted.rounding);
  if (wanted.kind == Kind::geodetic_below) return seeded(Fault::threshold_radius_included) ? radius_m <= wanted.amount : radius_m < wanted.amount;
  return wanted.kind == Kind::geodetic_from && radius_m >= wanted.amount;
}

bool gives(const policy::Permission& permission, const Threshold& wanted) {
  return std::visit(
      Overloaded{
          [&](policy::SubHandling value) { return wanted.kind == Kind::handling && static_cast<int>(value) >= wanted.level; },
          [&](const policy::ProvideComponents& given) { return gives_components(given, wanted); },
          [&](const policy::ProvideAttribute& given) {
            return wanted.kind == Kind::attribute && given.value && static_cast<int>(given.attribute) == wanted.level;
          },
          [&](policy::UserInput value) { return wanted.kind == Kind::user_input && static_cast<int>(value) >= wanted.level; },
          [&](const policy::ProvideUnknownAttribute& given) {
            return wanted.kind == Kind::unknown_attribute && given.value && given.name == wanted.text && given.ns == wanted.ns;
          },
          [&](const policy::ProvideAllAttributes&) { return wanted.kind == Kind::all_attributes; },
          [&](const policy::ProvideLocation& given) { return gives_location(given, wanted); },
          [&](const policy::SetRetransmissionAllowed& given) {
            return wanted.kind == (given.value ? Kind::retransmission : Kind::retransmission_denied);
          },
          [&](const policy::SetRetentionExpiry& given) {
            return wanted.kind == Kind::retention_above &&
                   (seeded(Fault::threshold_retention_included) ? given.seconds >= wanted.seconds : given.seconds > wanted.seconds);
          },
          [&](const policy::SetNoteWell& given) {
            return wanted.kind == Kind::note_well && given.text == wanted.text && language_key(given) == wanted.ns;
          },
          [&](const policy::KeepRuleReference& given) {
            return wanted.kind == (given.value ? Kind::rule_reference_kept : Kind::rule_reference_dropped);
          },
          [](const policy::UnknownPermission&) { return false; },
      },
      permission.what);
}

template <class What>
bool says(const policy::Rule& rule) {
  return std::any_of(rule.permissions.begin(), rule.permissions.end(),
                     [](const policy::Permission& permission) { return std::holds_alternative<What>(permission.what); });
}

/// Builds the shapes; a class only to carry usage and readings.
class Shaper {
 public:
  Shaper(policy::Usage usage, const engine::Readings& readings) : presence_(usage == policy::Usage::presence), readings_(readings) {}

  [[nodiscard]] ClaimShape shape(const property::Formula<property::ClaimAtom>& claim) const {
    if (claim.op == property::Operator::atom) {
      return std::visit([&](const auto& atom) { return shape(atom); }, claim.atom);
    }
    ClaimShape result{claim.op, {}, {}};
    for (const auto& operand : claim.operands) result.operands.push_back(shape(operand));
    return result;
  }

 private:
  static ClaimShape some(Kind kind, int level = 0) {
    Threshold threshold;
    threshold.kind = kind;
    threshold.level = level;
    return {property::Operator::atom, std::move(threshold), {}};
  }
  static ClaimShape all(std::vector<ClaimShape> parts) { return {property::Operator::and_, {}, std::move(parts)}; }
  static ClaimShape any(std::vector<ClaimShape> parts) { return {property::Operator::or_, {}, std::move(parts)}; }
  static ClaimShape negation(ClaimShape part) { return {property::Operator::not_, {}, {std::move(part)}}; }
  static ClaimShape component(policy::ComponentKind kind) { return some(Kind::component, static_cast<int>(kind)); }

  // RFC 5025 section 3.2.1; without sub-handling every matching rule grants (RFC 6772).
  [[nodiscard]] ClaimShape handling_at_least(policy::SubHandling value) const {
    if (value == policy::SubHandling::block) return negation(some(Kind::nothing));
    return presence_ ? some(Kind::handling, static_cast<int>(value)) : some(Kind::match);
  }
  [[nodiscard]] ClaimShape handling_above(policy::SubHandling value) const {
    if (value == policy::SubHandling::allow) return some(Kind::nothing);
    return handling_at_least(static_cast<policy::SubHandling>(static_cast<int>(value) + 1));
  }
  [[nodiscard]] ClaimShape allowed() const { return handling_at_least(policy::SubHandling::allow); }
  [[nodiscard]] static ClaimShape any_component() {
    return any({component(policy::ComponentKind::device), component(policy::ComponentKind::person), component(policy::ComponentKind::service)});
  }

  [[nodiscard]] ClaimShape shape(const property::Handling& claim) const {
    switch (claim.comparison) {
      case property::Comparison::at_least: return handling_at_least(claim.value);
      case property::Comparison::at_most: return negation(handling_above(claim.value));
      case property::Comparison::exactly: break;
    }
    return all({handling_at_least(claim.value), negation(handling_above(claim.value))});
  }
  [[nodiscard]] ClaimShape shape(const property::ComponentShown& claim) const {
    if (!presence_) return some(Kind::nothing);
    if (!claim.selector) return all({allowed(), component(claim.kind)});
    ClaimShape selected = some(Kind::selected, static_cast<int>(claim.kind));
    selected.atom.sub_level = static_cast<int>(claim.selector->kind);
    selected.atom.text = claim.selector->value;
    return all({allowed(), any({some(Kind::all_of_component, static_cast<int>(claim.kind)), std::move(selected)})});
  }
  /// RFC 5025 section 3.3.2: shown with its component alone, and by provide-all-attributes too.
  [[nodiscard]] ClaimShape attribute(ClaimShape granted, ClaimShape container) const {
    if (!presence_) return some(Kind::nothing);
    if (seeded(Fault::threshold_attribute_without_its_component)) container = any_component();
    return all({allowed(), std::move(container), any({std::move(granted), some(Kind::all_attributes)})});
  }
  [[nodiscard]] static ClaimShape container_of(policy::AttributePermission attribute) {
    using policy::AttributePermission;
    using policy::ComponentKind;
    switch (attribute) {
      case AttributePermission::activities:
      case AttributePermission::mood:
      case AttributePermission::place_is:
      case AttributePermission::place_type:
      case AttributePermission::sphere:
      case AttributePermission::time_offset: return component(ComponentKind::person);
      case AttributePermission::device_id:
      case AttributePermission::relationship: return component(ComponentKind::service);
      case AttributePermission::privacy:
      case AttributePermission::status_icon: return any({component(ComponentKind::person), component(ComponentKind::service)});
      case AttributePermission::class_:
      case AttributePermission::note: break;
    }
    return any_component();
  }
  [[nodiscard]] ClaimShape shape(const property::AttributeShown& claim) const {
    return attribute(some(Kind::attribute, static_cast<int>(claim.attribute)), container_of(claim.attribute));
  }
  [[nodiscard]] ClaimShape shape(const property::UserInputShown& claim) const {
    return attribute(some(Kind::user_input, static_cast<int>(claim.at_least)), any_component());
  }
  [[nodiscard]] ClaimShape shape(const property::UnknownAttributeShown& claim) const {
    if (is_geopriv(claim)) return shape(property::LocationShown{kAnyRadius, geo::CivicLevel::country});
    return attribute(unknown_attribute(claim.name, claim.ns), any_component());
  }
  [[nodiscard]] ClaimShape shape(const property::AllAttributesShown&) const {
    return attribute(some(Kind::nothing), any_component());
  }
  [[nodiscard]] ClaimShape shape(const property::AnythingShown&) const {
    if (!presence_) return shape(property::LocationShown{kAnyRadius, geo::CivicLevel::country});
    return all({allowed(), any_component()});
  }
  [[nodiscard]] ClaimShape shape(const property::LocationShown& claim) const {
    std::vector<ClaimShape> ways;
    if (claim.geodetic_below_m) ways.push_back(geodetic_below(*claim.geodetic_below_m));
    if (claim.civic_at_least && *claim.civic_at_least != geo::CivicLevel::none) ways.push_back(some(Kind::civic, static_cast<int>(*claim.civic_at_least)));
    if (!presence_) return any(std::move(ways));
    // As published: exact and in full.
    const bool counts_published = !ways.empty();
    if (counts_published && (readings_.all_attributes_include_location() || seeded(Fault::threshold_location_as_published_always))) {
      ways.push_back(some(Kind::all_attributes));
    }
    if (counts_published && readings_.unknown_attribute_location_honoured()) {
      ways.push_back(unknown_attribute("geopriv", std::string(xml::ns::kGeopriv)));
    }
    return all({allowed(), any_component(), any(std::move(ways))});
  }
  [[nodiscard]] ClaimShape geodetic_below(double metres) const {
    ClaimShape finer = some(Kind::geodetic_below);
    finer.atom.amount = metres;
    finer.atom.absent_is_exact = !readings_.absent_radius_is_nothing() || seeded(Fault::threshold_absent_radius_is_exact_always);
    if (!readings_.coarsest_radius() || seeded(Fault::threshold_finest_radius_always)) return finer;
    // The maximum is below when some radius is and none is not.
    ClaimShape coarser = finer;
    coarser.atom.kind = Kind::geodetic_from;
    return all({std::move(finer), negation(std::move(coarser))});
  }
  [[nodiscard]] ClaimShape shape(const property::RetransmissionAllowed&) const { return all({allowed(), some(Kind::retransmission)}); }
  [[nodiscard]] ClaimShape shape(const property::RetentionLongerThan& claim) const {
    ClaimShape longer = some(Kind::retention_above);
    longer.atom.seconds = claim.seconds;
    return all({allowed(), std::move(longer)});
  }
  [[nodiscard]] ClaimShape shape(const property::RuleMatches& claim) const {
    ClaimShape rule = some(Kind::rule_id);
    rule.atom.text = claim.id;
    return rule;
  }

  static ClaimShape unknown_attribute(std::string name, std::string ns) {
    ClaimShape attribute = some(Kind::unknown_attribute);
    attribute.atom.text = std::move(name);
    attribute.atom.ns = std::move(ns);
    return attribute;
  }
  static bool is_geopriv(const property::UnknownAttributeShown& claim) { return claim.name == "geopriv" && claim.ns == xml::ns::kGeopriv; }
  static constexpr double kAnyRadius = std::numeric_limits<double>::infinity();

  bool presence_;
  const engine::Readings& readings_;
};

bool holds_without_rules(const ClaimShape& shape) {
  const auto holds = [](const ClaimShape& each) { return holds_without_rules(each); };
  switch (shape.op) {
    case property::Operator::atom: return false;
    case property::Operator::not_: return !holds(shape.operands.front());
    case property::Operator::and_: return std::all_of(shape.operands.begin(), shape.operands.end(), holds);
    case property::Operator::or_: return std::any_of(shape.operands.begin(), shape.operands.end(), holds);
  }
  return false;
}

}  // namespace

std::string language_key(const policy::SetNoteWell& note) { return note.lang ? "=" + *note.lang : ""; }

GrantKey key_of(const policy::GeodeticGrant& grant) {
  std::vector<double> steps;
  if (grant.rounding) steps = {grant.rounding->latitude_deg.value_or(0), grant.rounding->longitude_deg.value_or(0)};
  return {grant.radius_m.value_or(0), std::move(steps)};
}

bool gives(const policy::Rule& rule, const Threshold& threshold) {
  // What stands for that no rule matches, or for an error, is no rule that matches.
  const bool is_rule = rule.outcome == policy::Outcome::gives;
  if (threshold.kind == Kind::match) return is_rule;
  if (threshold.kind == Kind::rule_id) return is_rule && rule.id == threshold.text;
  if (threshold.kind == Kind::hiding) return is_rule && hiding_of(rule) == threshold.text;
  if (threshold.kind == Kind::failure) return rule.outcome == policy::Outcome::fails;
  if (threshold.kind == Kind::retransmission_unsaid) return !says<policy::SetRetransmissionAllowed>(rule);
  if (threshold.kind == Kind::rule_reference_unsaid) return !says<policy::KeepRuleReference>(rule);
  return std::any_of(rule.permissions.begin(), rule.permissions.end(), [&](const policy::Permission& permission) { return gives(permission, threshold); });
}

ClaimShape shape_of(const property::Formula<property::ClaimAtom>& claim, policy::Usage usage, const engine::Readings& readings) {
  return Shaper(usage, readings).shape(claim);
}

bool is_for_those_as_named(const property::Property& property, policy::Usage usage, const engine::Readings& readings) {
  return !property.two_run && property.quantifier == property::Quantifier::always && !holds_without_rules(shape_of(property.claim, usage, readings));
}

}  // namespace presproof::smt
