#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <optional>

#include "base/overloaded.h"
#include "generator/random_policy.h"

namespace presproof::generator {
namespace {

using property::ClaimAtom;
using property::Formula;
using property::Group;
using property::GuardAtom;
using property::Operator;

/// Makes the parts of one set of properties.
class PropertyMaker {
 public:
  PropertyMaker(Random& random, const Vocabulary& vocabulary, const PropertySize& size)
      : random_(random), vocabulary_(vocabulary), size_(size) {}
  property::Properties make();

 private:
  property::Person person(const std::string& name);
  std::vector<uri::Uri> some_uris(std::size_t most);
  Group simple_group(const std::vector<property::Person>& persons);
  std::shared_ptr<const Group> group(const std::vector<property::Person>& persons);
  property::Property property(std::size_t number, const std::vector<property::Person>& persons);
  property::Interval interval();
  property::Region region();
  GuardAtom guard();
  ClaimAtom claim();
  std::optional<ClaimAtom> claim_about(const policy::Permission& permission);
  std::optional<ClaimAtom> claim_about_some_permission();
  property::ComponentShown about_components(const policy::ProvideComponents& given);
  property::LocationShown finer_than(double length_m);
  ClaimAtom presence_claim();
  property::ComponentShown component();
  property::LocationShown location();

  template <class Atom, class MakeAtom>
  Formula<Atom> formula(std::size_t depth, const MakeAtom& make_atom);

  Random& random_;
  const Vocabulary& vocabulary_;
  const PropertySize& size_;
};

std::vector<uri::Uri> PropertyMaker::some_uris(std::size_t most) {
  std::vector<uri::Uri> uris;
  const std::size_t count = random_.between(1, most);
  for (std::size_t i = 0; i < count; ++i) {
    const bool named = random_.chance(80);
    uris.push_back(named ? random_.pick(vocabulary_.named)
                         : random_.pick(random_.chance(50) ? vocabulary_.strangers : vocabulary_.spellings));
  }
  return uris;
}

property::Person PropertyMaker::person(const std::string& name) { return {name, some_uris(3), {}}; }

Group PropertyMaker::simple_group(const std::vector<property::Person>& persons) {
  switch (random_.below(8)) {
    case 0:
    case 1:
      return {property::Everyone{}, {}, {}};
    case 2:
    case 3: {
      const std::string& text = random_.pick(vocabulary_.domains);
      property::DomainMembers members{{text, uri::to_ascii_domain(text), {}}, {}};
      if (random_.chance(50)) members.except = some_uris(2);
      return {std::move(members), {}, {}};
    }
    case 4: {
      if (persons.empty()) return {property::Everyone{}, {}, {}};
      const property::Person& chosen = random_.pick(persons);
      return {property::PersonMembers{chosen}, {}, chosen.name};
    }
    case 5:
      return {property::Members{random_.chance(20) ? std::vector<uri::Uri>{} : some_uris(3)}, {}, {}};
    default:
      return {property::Members{some_uris(3)}, {}, {}};
  }
}

std::shared_ptr<const Group> PropertyMaker::group(const std::vector<property::Person>& persons) {
  auto base = std::make_shared<const Group>(simple_group(persons));
  if (random_.chance(65)) return base;
  Group difference{std::move(base), {}, {}};
  const std::size_t minus = random_.between(1, 2);
  for (std::size_t i = 0; i < minus; ++i)
    difference.minus.push_back(std::make_shared<const Group>(simple_group(persons)));
  return std::make_shared<const Group>(std::move(difference));
}

property::Interval PropertyMaker::interval() {
  const std::size_t from = random_.below(vocabulary_.instants.size() - 1);
  return {vocabulary_.instants[from], vocabulary_.instants[random_.between(from + 1, vocabulary_.instants.size() - 1)]};
}

property::Region PropertyMaker::region() {
  if (random_.chance(65)) return random_.pick(vocabulary_.circles);
  geo::CivicAddress fields = random_.pick(vocabulary_.addresses);
  while (fields.size() > 1 && random_.chance(60))
    fields.erase(std::next(fields.begin(), static_cast<std::ptrdiff_t>(random_.below(fields.size()))));
  return property::CivicRegion{std::move(fields)};
}

GuardAtom PropertyMaker::guard() {
  const std::size_t kind = random_.below(size_.location ? 6 : 4);
  if (kind >= 4) return property::Inside{"region", region()};
  if (kind == 0) return property::Authenticated{};
  if (kind == 1) return property::SphereIs{};
  return property::SphereIs{random_.pick(random_.chance(70) ? vocabulary_.spheres : vocabulary_.sphere_variants)};
}

property::ComponentShown PropertyMaker::component() {
  using policy::ComponentKind;
  using policy::SelectorKind;
  property::ComponentShown shown{static_cast<ComponentKind>(random_.below(policy::kComponentKinds)), {}};
  if (random_.chance(25)) shown.kind = ComponentKind::service;
  if (random_.chance(30)) return shown;
  switch (random_.below(shown.kind == ComponentKind::service ? 5 : shown.kind == ComponentKind::device ? 3 : 2)) {
    case 0:
      shown.selector = {SelectorKind::class_, random_.chance(70) ? "biz" : "other"};
      break;
    case 1:
      shown.selector = {SelectorKind::occurrence_id, random_.chance(50) ? "p1" : "t1"};
      break;
    case 2:
    case 3:
      if (shown.kind == ComponentKind::device) shown.selector = {SelectorKind::device_id, "urn:device:1"};
      if (shown.kind == ComponentKind::service) shown.selector = {SelectorKind::service_uri, "sip:pub@one.example"};
      break;
    default:
      shown.selector = {SelectorKind::service_uri_scheme, random_.chance(70) ? "sip" : "tel"};
      break;
  }
  return shown;
}

/// As the parser makes them: any, exact, finer than a length, geodetic or civic alone.
property::LocationShown PropertyMaker::location() {
  constexpr double kAny = std::numeric_limits<double>::infinity();
  const auto level = static_cast<geo::CivicLevel>(random_.between(1, 5));
  const double length_m = random_.pick(vocabulary_.radii_m);
  switch (random_.below(6)) {
    case 0:
      return {kAny, geo::CivicLevel::country};
    case 1:
      return {property::kExactRadiusOnly, geo::CivicLevel::full};
    case 2:
    case 3:
      return {std::nullopt, level};
    default:
      return finer_than(length_m);
  }
}

/// Than the length or a little more (above 0, below which there is exact alone), or effectively than what is left of it.
property::LocationShown PropertyMaker::finer_than(double length_m) {
  const std::array<double, 3> beside = {0, 0.5, 1};
  const auto level = static_cast<geo::CivicLevel>(random_.between(1, 5));
  const double least_m = std::max(length_m + random_.pick(beside), property::kExactRadiusOnly);
  property::LocationShown shown{least_m, random_.chance(50) ? std::optional(level) : std::nullopt};
  if (length_m == 0 || random_.chance(80)) return shown;
  const double left_m = length_m * property::kEffectiveRadius + random_.pick(beside);
  shown.geodetic_below_m = left_m / property::kEffectiveRadius;
  shown.effective = true;
  return shown;
}

ClaimAtom PropertyMaker::presence_claim() {
  switch (random_.below(11)) {
    case 0:
    case 1:
      return property::Handling{static_cast<property::Comparison>(random_.below(3)),
                                static_cast<policy::SubHandling>(random_.below(4))};
    case 2:
    case 3:
      return component();
    case 4:
    case 5:
      return property::AttributeShown{
          static_cast<policy::AttributePermission>(random_.below(policy::kAttributePermissions))};
    case 6:
      return property::UserInputShown{static_cast<policy::UserInput>(random_.between(1, 3))};
    case 7: {
      const auto& [ns, name] = random_.pick(vocabulary_.attributes);
      return property::UnknownAttributeShown{name, ns};
    }
    case 8:
      return property::AllAttributesShown{};
    case 9:
      return property::AnythingShown{};
    default:
      return property::RuleMatches{random_.pick(vocabulary_.rule_ids)};
  }
}

property::ComponentShown PropertyMaker::about_components(const policy::ProvideComponents& given) {
  property::ComponentShown shown = component();
  for (std::size_t kind = 0; kind < policy::kSelectorKinds; ++kind) {
    if (given.values[kind].empty()) continue;
    std::string value = given.values[kind].front();
    // URIs may be spelled otherwise: schemes and hosts are compared without case.
    if (value == "sip:pub@ONE.example" || value == "SIP:pub@one.example") value = "sip:pub@one.example";
    if (value == "URN:device:1") value = "urn:device:1";
    shown.selector = {static_cast<policy::SelectorKind>(kind), std::move(value)};
  }
  if (given.kind != shown.kind && given.all) shown.selector.reset();
  shown.kind = given.kind;
  return shown;
}

std::optional<ClaimAtom> PropertyMaker::claim_about(const policy::Permission& permission) {
  return std::visit(Overloaded{
                        [&](policy::SubHandling value) -> std::optional<ClaimAtom> {
                          return property::Handling{static_cast<property::Comparison>(random_.below(3)), value};
                        },
                        [&](policy::UserInput value) -> std::optional<ClaimAtom> {
                          if (value == policy::UserInput::none) return std::nullopt;
                          return property::UserInputShown{value};
                        },
                        [&](const policy::ProvideComponents& given) -> std::optional<ClaimAtom> { return about_components(given); },
                        [&](const policy::ProvideAttribute& given) -> std::optional<ClaimAtom> { return property::AttributeShown{given.attribute}; },
                        [&](const policy::ProvideUnknownAttribute& given) -> std::optional<ClaimAtom> {
                          return property::UnknownAttributeShown{given.name, given.ns};
                        },
                        [&](const policy::ProvideLocation& given) -> std::optional<ClaimAtom> {
                          if (!size_.location || !given.geodetic) return std::nullopt;
                          return finer_than(given.geodetic->radius_m.value_or(0));
                        },
                        [&](const policy::SetRetentionExpiry& given) -> std::optional<ClaimAtom> {
                          return property::RetentionLongerThan{given.seconds};
                        },
                        [](const policy::SetRetransmissionAllowed&) -> std::optional<ClaimAtom> { return property::RetransmissionAllowed{}; },
                        [](const auto&) -> std::optional<ClaimAtom> { return std::nullopt; },
                    },
                    permission.what);
}

std::optional<ClaimAtom> PropertyMaker::claim_about_some_permission() {
  const auto& document = random_.pick(size_.about->documents);
  if (document.rules.empty()) return std::nullopt;
  const policy::Rule& rule = random_.pick(document.rules);
  if (rule.permissions.empty()) return std::nullopt;
  return claim_about(random_.pick(rule.permissions));
}

ClaimAtom PropertyMaker::claim() {
  if (size_.about != nullptr && random_.chance(50))
    if (auto about = claim_about_some_permission()) return *std::move(about);
  if (size_.location && random_.chance(30)) return location();
  switch (random_.below(10)) {
    case 0:
      return property::RetransmissionAllowed{};
    case 1: {
      const auto hours = static_cast<std::int64_t>(random_.below(4));
      return property::RetentionLongerThan{random_.chance(50) ? hours * 3600 : hours * 3600 + 1};
    }
    default:
      return presence_claim();
  }
}

template <class Atom, class MakeAtom>
Formula<Atom> PropertyMaker::formula(std::size_t depth, const MakeAtom& make_atom) {
  if (depth == 0 || random_.chance(50)) return {Operator::atom, make_atom(), {}};
  constexpr std::array<Operator, 3> kOperators = {Operator::and_, Operator::or_, Operator::not_};
  Formula<Atom> result{random_.pick(kOperators), {}, {}};
  const std::size_t operands = result.op == Operator::not_ ? 1 : random_.between(2, 3);
  for (std::size_t i = 0; i < operands; ++i) result.operands.push_back(formula<Atom>(depth - 1, make_atom));
  return result;
}

property::Property PropertyMaker::property(std::size_t number, const std::vector<property::Person>& persons) {
  property::Property result;
  result.name = "p" + std::to_string(number);
  result.text = result.name;
  result.file = "generated.props";
  result.group = group(persons);
  if (random_.chance(25)) result.during.push_back(interval());
  if (random_.chance(5)) result.during.push_back(interval());
  const std::size_t guards = random_.chance(45) ? random_.between(1, 2) : 0;
  for (std::size_t i = 0; i < guards; ++i)
    result.guards.push_back(formula<GuardAtom>(size_.depth, [this] { return guard(); }));
  result.quantifier = static_cast<property::Quantifier>(random_.below(3));
  result.claim = formula<ClaimAtom>(size_.depth, [this] { return claim(); });
  return result;
}

property::Properties PropertyMaker::make() {
  property::Properties result;
  // Without persons hardly anybody is named, and it shows whether strangers are thought of.
  if (random_.chance(70)) result.persons = {person("ann"), person("ben")};
  for (std::size_t i = 0; i < size_.properties; ++i) result.properties.push_back(property(i, result.persons));
  return result;
}

}  // namespace

property::Properties random_properties(Random& random, const Vocabulary& vocabulary, const PropertySize& size) {
  return PropertyMaker(random, vocabulary, size).make();
}

}  // namespace presproof::generator
