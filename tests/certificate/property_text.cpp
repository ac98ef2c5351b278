#include "certificate/property_text.h"

#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "base/overloaded.h"

namespace presproof::test {
namespace {

using property::Operator;

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", text); }

std::string set_of(const std::vector<uri::Uri>& uris) {
  std::string text = "{ ";
  for (const uri::Uri& uri : uris) text += (text.size() > 2 ? ", " : "") + quoted(uri.text);
  return text + " }";
}

std::string text_of(const property::Group& group) {
  std::string text = std::visit(Overloaded{
                                    [](const property::Everyone&) { return std::string("everyone"); },
                                    [](const property::Members& members) { return set_of(members.uris); },
                                    [](const property::DomainMembers& members) {
                                      return "domain " + members.domain.text + (members.except.empty() ? "" : " except " + set_of(members.except));
                                    },
                                    [](const property::PersonMembers& members) { return "person " + members.person.name; },
                                    [](const std::shared_ptr<const property::Group>& base) { return "(" + text_of(*base) + ")"; },
                                },
                                group.base);
  for (const auto& other : group.minus) text += " minus (" + text_of(*other) + ")";
  return text;
}

std::string text_of(const property::GuardAtom& atom) {
  return std::visit(Overloaded{
                        [](const property::SphereIs& sphere) { return "sphere is " + (sphere.value ? quoted(*sphere.value) : "undefined"); },
                        [](const property::Inside& inside) {
                          if (const auto* circle = std::get_if<geo::Circle>(&inside.region)) {
                            return fmt::format("inside circle {} {} radius {} m", circle->center.latitude, circle->center.longitude, circle->radius_m);
                          }
                          std::string text;
                          for (const auto& [field, value] : std::get<property::CivicRegion>(inside.region).fields) {
                            text += (text.empty() ? "" : ", ") + field + " " + quoted(value);
                          }
                          return "inside civic { " + text + " }";
                        },
                        [](const property::Authenticated&) { return std::string("authenticated"); },
                    },
                    atom);
}

std::string text_of(const property::LocationShown& location) {
  constexpr std::array<std::string_view, 6> coarser = {"", "none", "country", "region", "city", "building"};
  std::vector<std::string> ways;
  if (location.geodetic_below_m && std::isinf(*location.geodetic_below_m)) return "location";
  if (location.geodetic_below_m == property::kExactRadiusOnly) return "exact location";
  if (location.geodetic_below_m) ways.push_back(fmt::format("geodetic finer than {} m", *location.geodetic_below_m));
  if (location.civic_at_least) ways.push_back(fmt::format("civic finer than {}", coarser[static_cast<std::size_t>(*location.civic_at_least)]));
  return "(" + fmt::format("{}", fmt::join(ways, " or ")) + ")";
}

std::string text_of(const property::ComponentShown& shown) {
  constexpr std::array<std::string_view, 3> kinds = {"devices", "persons", "services"};
  constexpr std::array<std::string_view, 5> selectors = {"class", "id", "uri", "uri", "scheme"};
  std::string text(kinds[static_cast<std::size_t>(shown.kind)]);
  if (shown.selector) text += fmt::format(" with {} {}", selectors[static_cast<std::size_t>(shown.selector->kind)], quoted(shown.selector->value));
  return text;
}

std::string text_of(const property::ClaimAtom& atom) {
  return std::visit(
      Overloaded{
          [](const property::Handling& handling) {
            constexpr std::array<std::string_view, 3> bounds = {"", "at least ", "at most "};
            return fmt::format("handling {}{}", bounds[static_cast<std::size_t>(handling.comparison)], policy::to_string(handling.value));
          },
          [](const property::ComponentShown& shown) { return text_of(shown); },
          [](const property::AttributeShown& shown) {
            return std::string(policy::kAttributePermissionNames[static_cast<std::size_t>(shown.attribute)].substr(8));
          },
          [](const property::UserInputShown& shown) { return fmt::format("user-input at least {}", policy::to_string(shown.at_least)); },
          [](const property::UnknownAttributeShown& shown) { return "attribute " + quoted(shown.name) + " " + quoted(shown.ns); },
          [](const property::AllAttributesShown&) { return std::string("all-attributes"); },
          [](const property::AnythingShown&) { return std::string("anything"); },
          [](const property::LocationShown& location) { return text_of(location); },
          [](const property::RetransmissionAllowed&) { return std::string("retransmission"); },
          [](const property::RetentionLongerThan& retention) { return fmt::format("retention longer than {} s", retention.seconds); },
          [](const property::RuleMatches& matches) { return "rule " + quoted(matches.id); },
      },
      atom);
}

template <class Atom>
std::string text_of(const property::Formula<Atom>& formula) {
  if (formula.op == Operator::atom) return text_of(formula.atom);
  if (formula.op == Operator::not_) return "not (" + text_of(formula.operands.front()) + ")";
  std::string text;
  for (const auto& operand : formula.operands) {
    if (!text.empty()) text += formula.op == Operator::and_ ? " and " : " or ";
    text += "(" + text_of(operand) + ")";
  }
  return text;
}

}  // namespace

std::string text_of(const property::Properties& properties) {
  constexpr std::array<std::string_view, 3> quantifiers = {"never", "always", "sometimes"};
  std::string text;
  for (const property::Person& person : properties.persons) text += "person " + person.name + " = " + set_of(person.identities) + "\n";
  for (const property::Property& property : properties.properties) {
    text += "property " + quoted(property.name) + ":\n    for " + text_of(*property.group);
    for (const auto& guard : property.guards) text += " when " + text_of(guard);
    for (const auto& interval : property.during) text += " during " + to_rfc3339(interval.from) + " .. " + to_rfc3339(interval.until);
    text += fmt::format(" {} {}\n", quantifiers[static_cast<std::size_t>(property.quantifier)], text_of(property.claim));
  }
  return text;
}

}  // namespace presproof::test
