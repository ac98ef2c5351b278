#include <array>

#include "base/lexical.h"
#include "diag/error.h"
#include "engine/elements.h"
#include "engine/readers.h"
#include "xml/namespaces.h"

namespace presproof::engine {
namespace {

namespace ns = xml::ns;
using policy::Condition;
using policy::Rule;

constexpr std::uint8_t kForAnonymous = 0;
constexpr std::uint8_t kForIdentities = 1;
constexpr std::uint8_t kForOthers = 2;

/// A condition of OMA's as one that is known, and the rank that it gives its rule.
Condition known(const policy::UnknownCondition& condition, std::uint8_t& rank) {
  if (condition.local == "external-list") {
    diag::fail("who is in the resource list of `external-list` is not read here: nothing can be said of this rule set", "name the persons with <one> in an <identity>", condition.span);
  }
  if (condition.local == "anonymous-request") {
    rank = kForAnonymous;
    return policy::IdentityCondition{{}, condition.span, true};
  }
  if (condition.local == "other-identity") {
    rank = kForOthers;
    policy::Many everybody;
    everybody.span = condition.span;
    return policy::IdentityCondition{{std::move(everybody)}, condition.span};
  }
  return condition;
}

struct OmaAttribute {
  std::string_view permission;
  std::string_view element;
};
/// OMA's permissions on elements of its own (OMA-TS-Presence_SIMPLE_XDM).
constexpr std::array<OmaAttribute, 6> kAttributes = {{
    {"provide-willingness", "willingness"},
    {"provide-willingness", "overriding-willingness"},
    {"provide-network-availability", "network-availability"},
    {"provide-session-participation", "session-participation"},
    {"provide-registration-state", "registration-state"},
    {"provide-barring-state", "barring-state"},
}};

void read_transformation(const xml::Element& element, Rule& rule) {
  if (element.is(ns::kPresRules, "provide-services")) {
    for (const xml::Element& selector : element.children())
      if (selector.is(ns::kOmaPresRules, "service-id"))
        diag::fail("services are not told apart by `service-id` here: nothing can be said of this rule set", "select them with <class>, <service-uri> or <service-uri-scheme>", selector.span());
  }
  if (element.name().ns != ns::kOmaPresRules) return;
  for (const OmaAttribute& attribute : kAttributes) {
    if (element.name().local != attribute.permission || parse_xs_boolean(element.text()) != true) continue;
    rule.permissions.push_back({policy::ProvideUnknownAttribute{std::string(ns::kOmaPres), std::string(attribute.element), true}, element.span()});
  }
  if (element.name().local == "provide-geopriv" && trim_xml_space(element.text()) == "full")
    rule.permissions.push_back({policy::ProvideLocation{policy::GeodeticGrant{0.0, std::nullopt}, geo::CivicLevel::full}, element.span()});
}

}  // namespace

policy::RuleSet read_as_oma(const xml::Document& document, policy::RuleSet read) {
  std::size_t number = 0;
  for (const xml::Element& element : document.root().children()) {
    if (!element.is(ns::kCommonPolicy, "rule") || number == read.rules.size()) continue;
    Rule& rule = read.rules[number++];
    rule.rank = kForIdentities;
    for (Condition& condition : rule.conditions) {
      const auto* unknown = std::get_if<policy::UnknownCondition>(&condition);
      if (unknown != nullptr && unknown->ns == ns::kOmaCommonPolicy) condition = known(*unknown, rule.rank);
    }
    for (const xml::Element& part : element.children()) {
      if (!part.is(ns::kCommonPolicy, "transformations")) continue;
      for (const xml::Element& transformation : part.children()) read_transformation(transformation, rule);
    }
  }
  return read;
}

}  // namespace presproof::engine
