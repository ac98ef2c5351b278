#include "smt/view_shapes.h"

#include <array>
#include <limits>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/overloaded.h"
#include "property/attribute_names.h"
#include "smt/hiding.h"
#include "xml/namespaces.h"

namespace presproof::smt {
namespace {

using Kind = Threshold::Kind;
using policy::SubHandling;

/// Every value that some rule gives, once.
struct GivenValues {
  std::set<std::tuple<policy::ComponentKind, policy::SelectorKind, std::string>> selectors;
  std::set<std::pair<std::string, std::string>> unknown_attributes;  ///< (name, namespace)
  std::set<GrantKey> grants;
  std::set<std::int64_t> retentions_s;
  std::set<policy::SetNoteWell> notes;
  std::set<std::string> hidings;

  void add(const policy::Permission& permission) {
    std::visit(Overloaded{
                   [&](const policy::ProvideComponents& given) {
                     for (std::size_t kind = 0; kind < policy::kSelectorKinds; ++kind) {
                       for (const std::string& value : given.values[kind]) selectors.emplace(given.kind, static_cast<policy::SelectorKind>(kind), value);
                     }
                   },
                   [&](const policy::ProvideUnknownAttribute& given) {
                     // RFC 5025 section 3.3.2.14: a known element is never granted by that.
                     const bool known = property::claim_for_element(given.ns, given.name).has_value();
                     const bool location = given.ns == xml::ns::kGeopriv && given.name == "geopriv";
                     if (given.value && !known && !location) unknown_attributes.emplace(given.name, given.ns);
                   },
                   [&](const policy::ProvideLocation& given) {
                     if (given.geodetic) grants.insert(key_of(*given.geodetic));
                   },
                   [&](const policy::SetRetentionExpiry& given) { retentions_s.insert(given.seconds); },
                   [&](const policy::SetNoteWell& given) { notes.insert(given); },
                   [](const auto&) {},
               },
               permission.what);
  }
};

GivenValues values_of(const RuleTable& rules) {
  GivenValues values;
  for (RuleNumber number = 0; number < rules.size(); ++number) {
    const policy::Rule& rule = rules.rule(number);
    for (const policy::Permission& permission : rule.permissions) values.add(permission);
    values.hidings.insert(hiding_of(rule));
  }
  return values;
}

ClaimShape some(Threshold threshold) { return {property::Operator::atom, std::move(threshold), {}}; }
ClaimShape some(Kind kind) {
  Threshold threshold;
  threshold.kind = kind;
  return some(std::move(threshold));
}
ClaimShape all(std::vector<ClaimShape> parts) { return {property::Operator::and_, {}, std::move(parts)}; }
ClaimShape any(std::vector<ClaimShape> parts) { return {property::Operator::or_, {}, std::move(parts)}; }
ClaimShape negation(ClaimShape part) { return {property::Operator::not_, {}, {std::move(part)}}; }

/// Lists the statements; a class to carry usage and readings.
class Lister {
 public:
  Lister(policy::Usage usage, const engine::Readings& readings) : usage_(usage), readings_(readings) {}

  std::vector<ClaimShape> list(const RuleTable& rules) {
    const GivenValues values = values_of(rules);
    shapes_ = handling_shapes(rules, usage_);
    if (usage_ == policy::Usage::presence) {
      add_hidings(values);
      add_components(values);
      add_attributes(values);
    }
    add_location(values);
    add_usage_rules(values);
    return std::move(shapes_);
  }

 private:
  [[nodiscard]] ClaimShape claim(property::ClaimAtom atom) const {
    return shape_of({property::Operator::atom, std::move(atom), {}}, usage_, readings_);
  }
  void add(property::ClaimAtom atom) { shapes_.push_back(claim(std::move(atom))); }

  void add_hidings(const GivenValues& values) {
    if (values.hidings.size() < 2) return;
    const ClaimShape allowed = claim(property::Handling{property::Comparison::exactly, SubHandling::allow});
    for (const std::string& each : values.hidings) {
      ClaimShape hiding = some(Kind::hiding);
      hiding.atom.text = each;
      shapes_.push_back(all({allowed, std::move(hiding)}));
    }
  }
  void add_components(const GivenValues& values) {
    const ClaimShape allowed = claim(property::Handling{property::Comparison::exactly, SubHandling::allow});
    for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind) {
      ClaimShape every = some(Kind::all_of_component);
      every.atom.level = static_cast<int>(kind);
      shapes_.push_back(all({allowed, std::move(every)}));
    }
    for (const auto& [kind, selector, value] : values.selectors) {
      add(property::ComponentShown{kind, property::ComponentShown::Selector{selector, value}});
    }
  }
  void add_attributes(const GivenValues& values) {
    for (std::size_t attribute = 0; attribute < policy::kAttributePermissions; ++attribute) {
      add(property::AttributeShown{static_cast<policy::AttributePermission>(attribute)});
    }
    for (const auto level : {policy::UserInput::bare, policy::UserInput::thresholds, policy::UserInput::full}) add(property::UserInputShown{level});
    for (const auto& [name, ns] : values.unknown_attributes) add(property::UnknownAttributeShown{name, ns});
    add(property::AllAttributesShown{});
  }

  void add_location(const GivenValues& values) {
    std::set<GrantKey> grants = values.grants;
    grants.emplace();  // exact: as published, too
    for (const GrantKey& grant : grants) shapes_.push_back(geodetic_up_to(grant));
    for (std::size_t level = 1; level < geo::kCivicLevelNames.size(); ++level) {
      add(property::LocationShown{std::nullopt, static_cast<geo::CivicLevel>(level)});
    }
  }
  /// RFC 4745 section 10.2: under one reading the finest grant counts, under the other the coarsest.
  [[nodiscard]] ClaimShape geodetic_up_to(const GrantKey& grant) const {
    ClaimShape up_to = some(Kind::geodetic_up_to);
    up_to.atom.amount = grant.first;
    up_to.atom.rounding = grant.second;
    up_to.atom.absent_is_exact = !readings_.absent_radius_is_nothing();
    ClaimShape beyond = up_to;
    beyond.atom.kind = Kind::geodetic_beyond;
    ClaimShape granted = readings_.coarsest_radius() ? all({std::move(up_to), negation(std::move(beyond))}) : std::move(up_to);
    if (usage_ == policy::Usage::geolocation) return granted;
    // In presence usage with a component; what goes out as published is an exact place, and then no grant matters.
    ClaimShape published = claim(property::LocationShown{0.0, std::nullopt});
    return any({all({claim(property::AnythingShown{}), std::move(granted)}), std::move(published)});
  }

  /// One of two words that rules say, true by any yes, false when no rule, or under the reading, says nothing.
  [[nodiscard]] ClaimShape is_false(Kind yes, Kind no, Kind unsaid) const {
    std::vector<ClaimShape> parts = {some(no), negation(some(yes))};
    if (!readings_.set_boolean_absent_is_false()) parts.push_back(negation(some(unsaid)));
    return all(std::move(parts));
  }
  void add_usage_rules(const GivenValues& values) {
    const ClaimShape shown = shows_location(usage_, readings_);
    const auto add_shown = [&](ClaimShape shape) { shapes_.push_back(all({shown, std::move(shape)})); };
    add_shown(some(Kind::retransmission));
    add_shown(is_false(Kind::retransmission, Kind::retransmission_denied, Kind::retransmission_unsaid));
    add_shown(is_false(Kind::rule_reference_kept, Kind::rule_reference_dropped, Kind::rule_reference_unsaid));
    for (const std::int64_t seconds : values.retentions_s) {
      ClaimShape at_least = some(Kind::retention_above);
      at_least.atom.seconds = seconds - 1;
      add_shown(std::move(at_least));
    }
    for (const policy::SetNoteWell& note : values.notes) {
      ClaimShape text = some(Kind::note_well);
      text.atom.text = note.text;
      text.atom.ns = language_key(note);
      add_shown(std::move(text));
    }
  }

  policy::Usage usage_;
  const engine::Readings& readings_;
  std::vector<ClaimShape> shapes_;
};

ClaimShape handling_at_least(SubHandling value, policy::Usage usage) {
  return shape_of({property::Operator::atom, property::Handling{property::Comparison::at_least, value}, {}}, usage, {});
}

}  // namespace

std::vector<ClaimShape> response_shapes(const RuleTable& rules, policy::Usage usage) {
  std::vector<ClaimShape> shapes = {handling_at_least(SubHandling::confirm, usage), handling_at_least(SubHandling::polite_block, usage)};
  for (RuleNumber number = 0; number < rules.size(); ++number) {
    if (rules.rule(number).outcome != policy::Outcome::fails) continue;
    shapes.push_back(some(Kind::failure));
    break;
  }
  return shapes;
}

std::vector<ClaimShape> handling_shapes(const RuleTable& rules, policy::Usage usage) {
  std::vector<ClaimShape> shapes = response_shapes(rules, usage);
  shapes.push_back(handling_at_least(SubHandling::allow, usage));
  return shapes;
}

std::vector<ClaimShape> view_shapes(const RuleTable& rules, policy::Usage usage, const engine::Readings& readings) { return Lister(usage, readings).list(rules); }

ClaimShape shows_sphere(policy::Usage usage, const engine::Readings& readings) {
  return shape_of({property::Operator::atom, property::AttributeShown{policy::AttributePermission::sphere}, {}}, usage, readings);
}

ClaimShape shows_location(policy::Usage usage, const engine::Readings& readings) {
  const property::LocationShown any_location{std::numeric_limits<double>::infinity(), geo::CivicLevel::country};
  return shape_of({property::Operator::atom, any_location, {}}, usage, readings);
}

}  // namespace presproof::smt
