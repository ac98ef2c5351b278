#include "property/claim_parser.h"

#include <algorithm>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "base/lexical.h"
#include "property/attribute_names.h"
#include "property/formula_parser.h"
#include "property/quantity.h"

namespace presproof::property {
namespace {

using policy::SelectorKind;

/// `over time` behind a claim about location; `length_m` is the length in it.
LocationShown with_over_time(Cursor& cursor, const Scope& scope, LocationShown shown, std::optional<double> length_m) {
  if (cursor.are_next("over", "any") || !cursor.accept("over")) return shown;
  cursor.expect("time");
  shown.over_time = OverTime{length_m, scope.resolution};
  return shown;
}

ClaimAtom parse_handling(Cursor& cursor, const Scope&) {
  Handling handling;
  if (cursor.accept("at")) {
    constexpr std::array<std::string_view, 2> bounds = {"least", "most"};
    handling.comparison = cursor.expect_one_of(bounds) == 0 ? Comparison::at_least : Comparison::at_most;
  }
  handling.value = static_cast<policy::SubHandling>(cursor.expect_one_of(policy::kSubHandlingNames));
  return handling;
}

/// RFC 5025 section 3.3.1: each kind of component has its own selectors. A device's URI is its deviceID.
std::optional<SelectorKind> selector_kind(policy::ComponentKind component, std::string_view word) {
  if (word == "class") return SelectorKind::class_;
  if (word == "id") return SelectorKind::occurrence_id;
  if (word == "uri" && component == policy::ComponentKind::device) return SelectorKind::device_id;
  if (word == "uri" && component == policy::ComponentKind::service) return SelectorKind::service_uri;
  if (word == "scheme" && component == policy::ComponentKind::service) return SelectorKind::service_uri_scheme;
  return std::nullopt;
}

ClaimAtom parse_component(Cursor& cursor, policy::ComponentKind kind, std::string_view plural) {
  ComponentShown shown{kind, {}};
  if (!cursor.accept("with")) return shown;
  constexpr std::array<std::string_view, 4> words = {"class", "id", "uri", "scheme"};
  const Token word = cursor.peek();
  const auto selector = selector_kind(kind, words[cursor.expect_one_of(words)]);
  if (!selector) {
    const auto hint = kind == policy::ComponentKind::device ? "devices are selected by `class`, `id` or `uri`"
                                                            : "persons are selected by `class` or `id`";
    cursor.problem(word, fmt::format("{} have no {}", plural, word.text), hint);
  }
  const Token value = cursor.expect_string("the value in quotes");
  shown.selector = {selector.value_or(SelectorKind::class_), std::string(trim_xml_space(value.text))};
  if (shown.selector->value.empty()) cursor.problem(value, "the value is empty");
  return shown;
}

ClaimAtom parse_devices(Cursor& cursor, const Scope&) {
  return parse_component(cursor, policy::ComponentKind::device, "devices");
}
ClaimAtom parse_persons(Cursor& cursor, const Scope&) {
  return parse_component(cursor, policy::ComponentKind::person, "persons");
}
ClaimAtom parse_services(Cursor& cursor, const Scope&) {
  return parse_component(cursor, policy::ComponentKind::service, "services");
}

ClaimAtom parse_user_input(Cursor& cursor, const Scope&) {
  if (!cursor.accept("at")) return UserInputShown{};
  cursor.expect("least");
  constexpr std::array<std::string_view, 3> values = {"bare", "thresholds", "full"};
  constexpr std::array<policy::UserInput, 3> levels = {policy::UserInput::bare, policy::UserInput::thresholds,
                                                       policy::UserInput::full};
  return UserInputShown{levels[cursor.expect_one_of(values)]};
}

/// RFC 5025 section 3.3.2.14: only elements without a permission of their own are unknown attributes.
ClaimAtom parse_attribute(Cursor& cursor, const Scope&) {
  const Token name = cursor.expect_string("the name of an element in quotes");
  const Token ns = cursor.expect_string("the namespace of the element in quotes");
  UnknownAttributeShown shown{std::string(trim_xml_space(name.text)), std::string(trim_xml_space(ns.text))};
  if (!is_ncname(shown.name))
    cursor.problem(name, fmt::format("{} is not the name of an element", describe(name)),
                   "write the name without a prefix, then the namespace");
  if (const auto claim = claim_for_element(shown.ns, shown.name)) {
    cursor.problem(name, fmt::format("the element {} is not an unknown attribute", describe(name)),
                   fmt::format("claim `{}`", *claim));
  }
  return shown;
}

ClaimAtom parse_location(Cursor& cursor, const Scope& scope) {
  if (!cursor.accept("finer")) return with_over_time(cursor, scope, {std::numeric_limits<double>::infinity(), geo::CivicLevel::country}, {});
  cursor.expect("than");
  const double length_m = parse_length(cursor);
  return with_over_time(cursor, scope, location_finer_than(length_m, scope.resolution), length_m);
}

ClaimAtom parse_effective(Cursor& cursor, const Scope& scope) {
  cursor.expect("location");
  cursor.expect("finer");
  cursor.expect("than");
  const double length_m = parse_length(cursor);
  LocationShown shown = location_finer_than(length_m, scope.resolution);
  shown.geodetic_below_m = length_m / kEffectiveRadius;
  shown.effective = true;
  return with_over_time(cursor, scope, shown, length_m);
}

ClaimAtom parse_geodetic(Cursor& cursor, const Scope& scope) {
  cursor.expect("finer");
  cursor.expect("than");
  const double length_m = parse_length(cursor);
  return with_over_time(cursor, scope, {length_m, {}}, length_m);
}

ClaimAtom parse_civic(Cursor& cursor, const Scope& scope) {
  cursor.expect("finer");
  cursor.expect("than");
  const Token word = cursor.peek();
  const auto level = static_cast<geo::CivicLevel>(cursor.expect_one_of(geo::kCivicLevelNames));
  LocationShown shown{{}, geo::CivicLevel::full};
  if (level == geo::CivicLevel::full) {
    cursor.problem(word, "nothing is finer than `full`",
                   "write `civic finer than building` for an address shown in full");
  } else {
    shown.civic_at_least = static_cast<geo::CivicLevel>(static_cast<int>(level) + 1);
  }
  return with_over_time(cursor, scope, shown, {});
}

ClaimAtom parse_exact(Cursor& cursor, const Scope& scope) {
  cursor.expect("location");
  return with_over_time(cursor, scope, {kExactRadiusOnly, geo::CivicLevel::full}, {});
}

ClaimAtom parse_retention(Cursor& cursor, const Scope&) {
  cursor.expect("longer");
  cursor.expect("than");
  return RetentionLongerThan{parse_duration(cursor)};
}

ClaimAtom parse_rule(Cursor& cursor, const Scope&) {
  return RuleMatches{cursor.expect_string("the id of a rule in quotes").text};
}

struct Keyword {
  std::string_view word;
  ClaimAtom (*parse)(Cursor&, const Scope&);
};
constexpr std::array<Keyword, 16> kKeywords = {{
    {"handling", parse_handling},
    {"devices", parse_devices},
    {"persons", parse_persons},
    {"services", parse_services},
    {"user-input", parse_user_input},
    {"attribute", parse_attribute},
    {"all-attributes", [](Cursor&, const Scope&) -> ClaimAtom { return AllAttributesShown{}; }},
    {"anything", [](Cursor&, const Scope&) -> ClaimAtom { return AnythingShown{}; }},
    {"location", parse_location},
    {"geodetic", parse_geodetic},
    {"civic", parse_civic},
    {"exact", parse_exact},
    {"effective", parse_effective},
    {"retransmission", [](Cursor&, const Scope&) -> ClaimAtom { return RetransmissionAllowed{}; }},
    {"retention", parse_retention},
    {"rule", parse_rule},
}};

ClaimAtom parse_claim_atom(Cursor& cursor, const Scope& scope) {
  for (const auto& [word, parse] : kKeywords) {
    if (cursor.accept(word)) return parse(cursor, scope);
  }
  for (std::size_t i = 0; i < policy::kAttributePermissions; ++i) {
    if (cursor.accept(attribute_word(static_cast<policy::AttributePermission>(i))))
      return AttributeShown{static_cast<policy::AttributePermission>(i)};
  }
  cursor.fail("a claim",
              "claims are `location`, `handling`, `services`, `activities` and others; presproof-props(5) lists them");
}

}  // namespace

LocationShown location_finer_than(double metres, const CivicResolution& resolution) {
  LocationShown shown{metres, {}};
  const auto below = std::find_if(resolution.begin(), resolution.end(), [&](double level) { return level < metres; });
  if (below != resolution.end()) shown.civic_at_least = static_cast<geo::CivicLevel>(below - resolution.begin() + 1);
  return shown;
}

Formula<ClaimAtom> parse_claim(Cursor& cursor, const Scope& scope) {
  std::optional<Token> over_time;
  Formula<ClaimAtom> claim = parse_formula<ClaimAtom>(cursor, [&](Cursor& at) -> Formula<ClaimAtom> {
    const Token word = at.peek();
    ClaimAtom atom = parse_claim_atom(at, scope);
    const auto* location = std::get_if<LocationShown>(&atom);
    if (location != nullptr && location->over_time) over_time = word;
    return {Operator::atom, std::move(atom), {}};
  });
  if (over_time && claim.op != Operator::atom) {
    cursor.problem(*over_time, "a claim `over time` cannot be combined with others: it is not about one state",
                   "make it a property of its own");
  }
  return claim;
}

}  // namespace presproof::property
