#include "property/guard_parser.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/lexical.h"
#include "property/formula_parser.h"
#include "property/quantity.h"

namespace presproof::property {
namespace {

/// RFC 5139 section 4.
constexpr std::array<std::string_view, 31> kCivicFields = {
    "country", "A1",  "A2",    "A3",   "A4",      "A5",  "A6",  "PRM",   "PRD",    "RD",  "STS",
    "POD",     "POM", "RDSEC", "RDBR", "RDSUBBR", "HNO", "HNS", "LMK",   "LOC",    "FLR", "NAM",
    "PC",      "BLD", "UNIT",  "ROOM", "SEAT",    "PLC", "PCN", "POBOX", "ADDCODE"};

/// geo::CivicLevel without `none`.
constexpr std::array<std::string_view, 5> kResolutionLevels = {"country", "region", "city", "building", "full"};

void parse_field(Cursor& cursor, geo::CivicAddress& fields) {
  const Token name = cursor.peek();
  if (name.kind != TokenKind::word) cursor.fail("a field of a civic address such as `country` or `A1`");
  cursor.take();
  if (std::find(kCivicFields.begin(), kCivicFields.end(), name.text) == kCivicFields.end()) {
    const std::vector<std::string_view> known(kCivicFields.begin(), kCivicFields.end());
    std::string hint = suggestion(name.text, known);
    if (hint.empty()) hint = "the fields are those of RFC 5139, such as `country`, `A1`, `A3`, `RD`, `HNO`";
    cursor.problem(name, fmt::format("civic addresses have no field {}", describe(name)), std::move(hint));
  }
  const Token value = cursor.expect_string("the text of the field in quotes");
  const std::string text(trim_xml_space(value.text));
  if (text.empty()) cursor.problem(value, "the text of a field is empty", "leave the field out to allow any text");
  if (!fields.emplace(name.text, text).second)
    cursor.problem(name, fmt::format("the field {} is given twice", describe(name)));
}

CivicRegion parse_civic_region(Cursor& cursor) {
  CivicRegion region;
  cursor.expect_symbol("{");
  do {
    parse_field(cursor, region.fields);
  } while (cursor.accept_symbol(","));
  cursor.expect_symbol("}");
  return region;
}

geo::Circle parse_circle(Cursor& cursor) {
  geo::Circle circle;
  circle.center.latitude = parse_degrees(cursor, "a latitude", 90);
  circle.center.longitude = parse_degrees(cursor, "a longitude", 180);
  cursor.expect("radius");
  circle.radius_m = parse_length(cursor);
  return circle;
}

SphereIs parse_sphere_value(Cursor& cursor) {
  if (cursor.accept("undefined")) return {};
  const Token value = cursor.expect_string("a sphere in quotes or `undefined`");
  const std::string text(trim_xml_space(value.text));
  if (text.empty())
    cursor.problem(value, "the sphere is empty", "write `sphere is undefined` for a presentity without a sphere");
  return {text};
}

Formula<GuardAtom> parse_sphere(Cursor& cursor) {
  cursor.expect("is");
  const bool negated = cursor.accept("not");
  Formula<GuardAtom> atom{Operator::atom, parse_sphere_value(cursor), {}};
  if (!negated) return atom;
  Formula<GuardAtom> negation{Operator::not_, {}, {}};
  negation.operands.push_back(std::move(atom));
  return negation;
}

GuardAtom parse_inside(Cursor& cursor, const Scope& scope) {
  const std::size_t before = cursor.taken();
  if (auto region = parse_region(cursor)) return Inside{cursor.text_since(before), std::move(*region)};
  if (cursor.peek().kind != TokenKind::word || is_reserved(cursor.peek().text)) cursor.fail("the name of a region");
  const Token name = cursor.take();
  const auto found = scope.regions.find(name.text);
  if (found == scope.regions.end()) {
    report_unknown(cursor, name, "region", scope.regions);
    return Inside{name.text, {}};
  }
  return Inside{name.text, found->second.region.value_or(Region{})};
}

}  // namespace

Formula<GuardAtom> parse_condition(Cursor& cursor, const Scope& scope) {
  return parse_formula<GuardAtom>(cursor, [&](Cursor& at) -> Formula<GuardAtom> {
    if (at.accept("sphere")) return parse_sphere(at);
    if (at.accept("inside")) return {Operator::atom, parse_inside(at, scope), {}};
    if (at.accept("authenticated")) return {Operator::atom, Authenticated{}, {}};
    at.fail("a condition: `sphere is`, `inside` or `authenticated`");
  });
}

Interval parse_interval(Cursor& cursor) {
  const Token start = cursor.peek();
  const std::size_t before = cursor.problems().size();
  const Instant from = parse_time(cursor);
  cursor.expect_symbol("..");
  const Instant until = parse_time(cursor);
  if (from >= until && cursor.problems().size() == before) {
    cursor.problem(start, "the interval is empty: its end is not after its beginning",
                   "`during FROM .. UNTIL` is FROM <= time < UNTIL");
  }
  return {from, until};
}

std::optional<Region> parse_region(Cursor& cursor) {
  if (cursor.accept("circle")) return parse_circle(cursor);
  if (cursor.accept("civic")) return parse_civic_region(cursor);
  return std::nullopt;
}

CivicResolution parse_civic_resolution(Cursor& cursor) {
  CivicResolution resolution = kDefaultCivicResolution;
  std::array<std::optional<Token>, 5> given;
  cursor.expect_symbol("{");
  do {
    const Token level = cursor.peek();
    const std::size_t i = cursor.expect_one_of(kResolutionLevels);
    if (given[i]) cursor.problem(level, fmt::format("the level {} is given twice", describe(level)));
    given[i] = level;
    resolution[i] = parse_length(cursor);
  } while (cursor.accept_symbol(","));
  cursor.expect_symbol("}");
  for (std::size_t i = 1; i < resolution.size(); ++i) {
    if (resolution[i] <= resolution[i - 1]) continue;
    const Token& token = given[i] ? *given[i] : *given[i - 1];
    cursor.problem(token,
                   fmt::format("`{}` ({} m) is coarser than `{}` ({} m)", kResolutionLevels[i], resolution[i],
                               kResolutionLevels[i - 1], resolution[i - 1]),
                   "each level shows more than the one before, so its resolution is the same or finer; levels left out "
                   "keep their default");
    break;
  }
  return resolution;
}

}  // namespace presproof::property
