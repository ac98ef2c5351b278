#include "smt/view.h"

#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "base/overloaded.h"
#include "xml/namespaces.h"

namespace presproof::smt {
namespace {

using Kind = Threshold::Kind;
using property::Operator;

ClaimShape some(Kind kind) {
  Threshold threshold;
  threshold.kind = kind;
  return {Operator::atom, std::move(threshold), {}};
}
ClaimShape negation(ClaimShape part) { return {Operator::not_, {}, {std::move(part)}}; }
ClaimShape all(std::vector<ClaimShape> parts) { return {Operator::and_, {}, std::move(parts)}; }
ClaimShape any(std::vector<ClaimShape> parts) { return {Operator::or_, {}, std::move(parts)}; }

ClaimShape claimed(property::ClaimAtom atom, policy::Usage usage, const engine::Readings& readings) {
  property::Formula<property::ClaimAtom> claim;
  claim.atom = std::move(atom);
  return shape_of(claim, usage, readings);
}
ClaimShape allowed(policy::Usage usage, const engine::Readings& readings) {
  return claimed(property::Handling{property::Comparison::at_least, policy::SubHandling::allow}, usage, readings);
}

/// The grant that is next to this one on the finer side; none is between them.
GrantKey just_finer(GrantKey key) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  double& last = key.second.empty() ? key.first : key.second.back();
  last = std::nextafter(last, -kInfinity);
  if (key.second.empty()) key.second = {kInfinity, kInfinity};
  return key;
}

ClaimShape grant(Kind kind, const GrantKey& key, const engine::Readings& readings) {
  ClaimShape shape = some(kind);
  shape.atom.absent_is_exact = !readings.absent_radius_is_nothing();
  std::tie(shape.atom.amount, shape.atom.rounding) = key;
  return shape;
}

ClaimShape as_fine(const AsFineAs& wanted, policy::Usage usage, const engine::Readings& readings) {
  GrantKey key = key_of(policy::GeodeticGrant{wanted.radius_m, wanted.rounding});
  if (wanted.strictly) key = just_finer(std::move(key));
  ClaimShape granted = grant(Kind::geodetic_up_to, key, readings);
  if (readings.coarsest_radius()) {
    // The maximum is as fine when there is one and no rule's is coarser.
    const GrantKey anything(std::numeric_limits<double>::infinity(), {});
    granted = all({grant(Kind::geodetic_up_to, anything, readings), negation(grant(Kind::geodetic_beyond, key, readings))});
  }
  if (usage == policy::Usage::geolocation) return granted;
  // As published is exact.
  std::vector<ClaimShape> ways = {std::move(granted)};
  if (readings.all_attributes_include_location()) ways.push_back(some(Kind::all_attributes));
  if (readings.unknown_attribute_location_honoured()) {
    ClaimShape geopriv = some(Kind::unknown_attribute);
    geopriv.atom.text = "geopriv";
    geopriv.atom.ns = xml::ns::kGeopriv;
    ways.push_back(std::move(geopriv));
  }
  return all({claimed(property::AnythingShown{}, usage, readings), any(std::move(ways))});
}

/// RFC 6772 sections 6.1 and 6.4, with the reading `set-boolean-absent`.
ClaimShape boolean(const BooleanSet& wanted, const engine::Readings& readings) {
  ClaimShape yes = some(wanted.rule_reference ? Kind::rule_reference_kept : Kind::retransmission);
  if (wanted.to_true) return yes;
  std::vector<ClaimShape> ways = {std::move(yes), negation(some(wanted.rule_reference ? Kind::rule_reference_dropped : Kind::retransmission_denied))};
  if (!readings.set_boolean_absent_is_false()) ways.push_back(some(wanted.rule_reference ? Kind::rule_reference_unsaid : Kind::retransmission_unsaid));
  return any(std::move(ways));
}

/// Gathers what rules speak of, each once.
class Gatherer {
 public:
  Gatherer(policy::Usage usage, const engine::Readings& readings) : presence_(usage == policy::Usage::presence), readings_(readings) {}

  void add(const policy::Rule& rule) {
    for (const policy::Permission& permission : rule.permissions) {
      std::visit([&](const auto& what) { add(what); }, permission.what);
    }
  }

  [[nodiscard]] std::vector<Observation> take() {
    handling();
    if (presence_) {
      components();
      attributes();
    }
    location();
    for (const std::int64_t seconds : retentions_) claim("set-retention-expiry", property::RetentionLongerThan{seconds - 1});
    if (retransmission_) boolean("set-retransmission-allowed", false);
    if (rule_reference_) boolean("keep-rule-reference", true);
    for (const policy::SetNoteWell& note : notes_) found_.push_back({"set-note-well", NoteWell{note}});
    return std::move(found_);
  }

 private:
  void add(policy::SubHandling) {}
  void add(const policy::ProvideComponents& given) {
    for (std::size_t selector = 0; selector < policy::kSelectorKinds; ++selector) {
      for (const std::string& value : given.values[selector]) selectors_.emplace(given.kind, static_cast<policy::SelectorKind>(selector), value);
    }
  }
  void add(const policy::ProvideAttribute& given) { attributes_.insert(given.attribute); }
  void add(policy::UserInput given) { user_input_ = user_input_ || given != policy::UserInput::none; }
  void add(const policy::ProvideUnknownAttribute& given) {
    const bool location = given.name == "geopriv" && given.ns == xml::ns::kGeopriv;
    published_ = published_ || location;
    if (!location && given.value) unknown_attributes_.emplace(given.ns, given.name);
  }
  void add(const policy::ProvideAllAttributes&) { published_ = true; }
  void add(const policy::ProvideLocation& given) {
    if (given.civic != geo::CivicLevel::none) civic_.insert(given.civic);
    if (!given.geodetic || (!given.geodetic->radius_m && readings_.absent_radius_is_nothing())) return;
    grants_.try_emplace(key_of(*given.geodetic), given.geodetic->rounding);
  }
  void add(const policy::SetRetransmissionAllowed&) { retransmission_ = true; }
  void add(const policy::SetRetentionExpiry& given) { retentions_.insert(given.seconds); }
  void add(const policy::SetNoteWell& given) { notes_.insert(given); }
  void add(const policy::KeepRuleReference&) { rule_reference_ = true; }
  void add(const policy::UnknownPermission&) {}

  void claim(std::string_view permission, property::ClaimAtom atom) { found_.push_back({permission, std::move(atom)}); }
  void handling() {
    for (const auto value : {policy::SubHandling::confirm, policy::SubHandling::polite_block, policy::SubHandling::allow}) {
      if (presence_ || value == policy::SubHandling::allow) claim("sub-handling", property::Handling{property::Comparison::at_least, value});
    }
  }
  void components() {
    const auto name = [](policy::ComponentKind kind) { return policy::kProvideComponentNames[static_cast<std::size_t>(kind)]; };
    using Selector = property::ComponentShown::Selector;
    for (const auto kind : {policy::ComponentKind::device, policy::ComponentKind::person, policy::ComponentKind::service}) {
      claim(name(kind), property::ComponentShown{kind, std::nullopt});
      claim(name(kind), property::ComponentShown{kind, Selector{policy::SelectorKind::class_, std::string(kUnnamed)}});
    }
    for (const auto& [kind, selector, value] : selectors_) claim(name(kind), property::ComponentShown{kind, Selector{selector, value}});
  }
  void attributes() {
    claim("provide-all-attributes", property::AllAttributesShown{});
    for (const auto attribute : attributes_) {
      claim(policy::kAttributePermissionNames[static_cast<std::size_t>(attribute)], property::AttributeShown{attribute});
    }
    for (const auto level : {policy::UserInput::bare, policy::UserInput::thresholds, policy::UserInput::full}) {
      if (user_input_) claim("provide-user-input", property::UserInputShown{level});
    }
    for (const auto& [ns, name] : unknown_attributes_) claim("provide-unknown-attribute", property::UnknownAttributeShown{name, ns});
  }
  void location() {
    if (published_ && presence_) {
      grants_.try_emplace(GrantKey(0, {}));
      civic_.insert(geo::CivicLevel::full);
    }
    for (const auto& [key, rounding] : grants_) {
      found_.push_back({"provide-location", AsFineAs{key.first, rounding, false}});
      if (readings_.coarsest_radius()) found_.push_back({"provide-location", AsFineAs{key.first, rounding, true}});
    }
    for (const auto level : civic_) claim("provide-location", property::LocationShown{std::nullopt, level});
  }
  void boolean(std::string_view permission, bool rule_reference) {
    for (const bool to_true : {false, true}) found_.push_back({permission, BooleanSet{rule_reference, to_true}, true});
  }

  bool presence_;
  const engine::Readings& readings_;
  std::set<std::tuple<policy::ComponentKind, policy::SelectorKind, std::string>> selectors_;
  std::set<policy::AttributePermission> attributes_;
  std::set<std::pair<std::string, std::string>> unknown_attributes_;
  std::map<GrantKey, std::optional<policy::GeodeticGrant::Rounding>> grants_;
  std::set<geo::CivicLevel> civic_;
  std::set<std::int64_t> retentions_;
  std::set<policy::SetNoteWell> notes_;
  bool user_input_ = false;
  bool published_ = false;
  bool retransmission_ = false;
  bool rule_reference_ = false;
  std::vector<Observation> found_;
};

}  // namespace

ClaimShape shape_of(const Observation& observation, policy::Usage usage, const engine::Readings& readings) {
  return std::visit(Overloaded{
                        [&](const property::ClaimAtom& atom) { return claimed(atom, usage, readings); },
                        [&](const AsFineAs& wanted) { return as_fine(wanted, usage, readings); },
                        [&](const BooleanSet& wanted) { return all({allowed(usage, readings), boolean(wanted, readings)}); },
                        [&](const NoteWell& wanted) {
                          ClaimShape note = some(Kind::note_well);
                          note.atom.text = wanted.note.text;
                          note.atom.ns = language_key(wanted.note);
                          return all({allowed(usage, readings), std::move(note)});
                        },
                    },
                    observation.what);
}

std::vector<Observation> observations_of(std::span<const policy::Rule* const> rules, policy::Usage usage, const engine::Readings& readings) {
  Gatherer gatherer(usage, readings);
  for (const policy::Rule* rule : rules) gatherer.add(*rule);
  return gatherer.take();
}

}  // namespace presproof::smt
