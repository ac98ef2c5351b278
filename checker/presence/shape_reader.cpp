#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/lexical.h"
#include "presence/geopriv.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

namespace ns = xml::ns;

/// The GML namespace of RFC 4119's own example.
constexpr std::string_view kOldGml = "urn:opengis:specification:gml:schema-xsd:feature:v3.0";

bool is_gml(std::string_view name) { return name == ns::kGml || name == kOldGml; }

/// How coordinates are written: two or three numbers a position; whether latitude comes first is certain for the OGC's
/// URNs alone (`epsg:4326` is used with either order).
struct Crs {
  int dimensions = 2;
  bool latitude_first = true;
};

/// `urn:ogc:def:TYPE:EPSG:VERSION:CODE`, the version mostly empty; gives the code.
std::optional<std::string> epsg_code(std::string_view urn, std::string_view type) {
  const std::string folded = to_lower_ascii(trim_xml_space(urn));
  const std::string prefix = "urn:ogc:def:" + std::string(type) + ":epsg:";
  if (!folded.starts_with(prefix)) return std::nullopt;
  const std::string rest = folded.substr(prefix.size());
  const std::size_t colon = rest.find(':');
  if (colon == std::string::npos || rest.find_first_not_of("0123456789.") < colon) return std::nullopt;
  return rest.substr(colon + 1);
}

std::optional<Crs> crs_named(std::string_view srs_name) {
  const auto code = epsg_code(srs_name, "crs");
  if (code == "4326") return Crs{2, true};
  if (code == "4979") return Crs{3, true};
  if (equal_ignoring_case(trim_xml_space(srs_name), "epsg:4326")) return Crs{2, false};
  return std::nullopt;
}

/// RFC 5491 section 5: the CRS "MUST NOT be respecified or changed for any sub-elements"; repeating it does no harm.
bool keeps_crs(const Element& element, const Crs& crs) {
  if (const auto dimension = element.attribute("srsDimension")) {
    if (parse_xs_integer(*dimension) != crs.dimensions) return false;
  }
  const auto srs_name = element.attribute("srsName");
  if (!srs_name) return true;
  const auto own = crs_named(*srs_name);
  return own && own->dimensions == crs.dimensions && own->latitude_first == crs.latitude_first;
}

/// The child elements; what else is between them says nothing in a shape.
std::vector<const Element*> elements_of(const Element& element) {
  std::vector<const Element*> elements;
  for (const Node& node : element.children) {
    if (const auto* child = std::get_if<Element>(&node.value)) elements.push_back(child);
  }
  return elements;
}

/// The only child of that name, or null when there is none or more than one.
const Element* only_child(const Element& element, bool gml, std::string_view local) {
  const Element* found = nullptr;
  for (const Element* child : elements_of(element)) {
    if (child->local != local || (gml ? !is_gml(child->ns) : child->ns != ns::kPidfloShapes)) continue;
    if (found != nullptr) return nullptr;
    found = child;
  }
  return found;
}

std::optional<geo::Position> valid_position(double latitude, double longitude) {
  if (std::abs(latitude) > 90 || std::abs(longitude) > 180) return std::nullopt;
  return geo::Position{latitude, longitude};
}

/// The positions of <pos> or <posList>; altitudes are dropped.
std::optional<std::vector<geo::Position>> read_positions(const Element& element, const Crs& crs) {
  if (!crs.latitude_first || !keeps_crs(element, crs) || !elements_of(element).empty()) return std::nullopt;
  const std::string text = element.text();
  std::vector<double> numbers;
  for (const std::string_view word : split_xml_space(text)) {
    const auto number = parse_xs_double(word);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  const auto dimensions = static_cast<std::size_t>(crs.dimensions);
  if (numbers.empty() || numbers.size() % dimensions != 0) return std::nullopt;
  std::vector<geo::Position> positions;
  for (std::size_t at = 0; at < numbers.size(); at += dimensions) {
    const auto position = valid_position(numbers[at], numbers[at + 1]);
    if (!position) return std::nullopt;
    positions.push_back(*position);
  }
  return positions;
}

std::optional<geo::Position> read_pos(const Element& shape, const Crs& crs) {
  const Element* pos = only_child(shape, true, "pos");
  if (pos == nullptr) return std::nullopt;
  const auto positions = read_positions(*pos, crs);
  if (!positions || positions->size() != 1) return std::nullopt;
  return positions->front();
}

enum class Unit { metres, degrees };

/// A measure of a pidflo shape in its unit; `uom` is required (RFC 5491 section 5).
std::optional<double> read_measure(const Element& shape, std::string_view local, Unit unit) {
  const Element* element = only_child(shape, false, local);
  const auto uom = element == nullptr ? std::nullopt : element->attribute("uom");
  if (!uom) return std::nullopt;
  const auto value = parse_xs_double(element->text());
  const auto code = epsg_code(*uom, "uom");
  if (!value || !code) return std::nullopt;
  if (unit == Unit::metres) return code == "9001" && *value >= 0 ? value : std::nullopt;
  if (code == "9101") return *value * 180 / std::numbers::pi;
  return code == "9102" ? value : std::nullopt;
}

/// 60:30:00 as degrees; minutes and seconds are optional and below 60.
std::optional<double> read_sexagesimal(std::string_view text, double most) {
  double degrees = 0;
  double scale = 1;
  for (int part = 0; part < 3; ++part, scale *= 60) {
    const std::size_t colon = text.find(':');
    const std::string_view digits = text.substr(0, colon);
    if (digits.empty() || digits.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
    const auto number = parse_xs_double(digits);
    if (!number || (part > 0 && *number >= 60)) return std::nullopt;
    degrees += *number / scale;
    if (colon == std::string_view::npos) return degrees <= most ? std::optional(degrees) : std::nullopt;
    text.remove_prefix(colon + 1);
  }
  return std::nullopt;
}

/// `37:46:30N 122:25:10W`, as in RFC 4119 section 2.3: the letters say which number is which.
std::optional<geo::Position> read_lettered(const std::vector<std::string_view>& words) {
  if (words.size() != 2 || words[0].size() < 2 || words[1].size() < 2) return std::nullopt;
  const char north = words[0].back();
  const char east = words[1].back();
  if ((north != 'N' && north != 'S') || (east != 'E' && east != 'W')) return std::nullopt;
  const auto latitude = read_sexagesimal(words[0].substr(0, words[0].size() - 1), 90);
  const auto longitude = read_sexagesimal(words[1].substr(0, words[1].size() - 1), 180);
  if (!latitude || !longitude) return std::nullopt;
  return geo::Position{north == 'S' ? -*latitude : *latitude, east == 'W' ? -*longitude : *longitude};
}

/// GML's deprecated <coordinates>: `lat,lon` or `lat,lon,alt`, or with letters.
std::optional<geo::Position> read_coordinates(const Element& element, const Crs& crs) {
  if (element.attribute("decimal").value_or(".") != "." || element.attribute("cs").value_or(",") != "," ||
      element.attribute("ts").value_or(" ") != " ") {
    return std::nullopt;
  }
  const std::string text = element.text();
  const auto words = split_xml_space(text);
  if (auto position = read_lettered(words)) return position;
  if (!crs.latitude_first || words.size() != 1) return std::nullopt;
  std::vector<double> numbers;
  for (std::string_view rest = words.front();;) {
    const std::size_t comma = rest.find(',');
    const auto number = parse_xs_double(rest.substr(0, comma));
    if (!number) return std::nullopt;
    numbers.push_back(*number);
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  if (numbers.size() != static_cast<std::size_t>(crs.dimensions)) return std::nullopt;
  return valid_position(numbers[0], numbers[1]);
}

std::optional<geo::Shape> read_point(const Element& element, const Crs& crs) {
  const Element* coordinates = only_child(element, true, "coordinates");
  if (elements_of(element).size() != 1) return std::nullopt;
  return coordinates != nullptr ? read_coordinates(*coordinates, crs) : read_pos(element, crs);
}

std::optional<geo::Shape> read_circle(const Element& element, const Crs& crs) {
  const auto center = read_pos(element, crs);
  const auto radius = read_measure(element, "radius", Unit::metres);
  if (!center || !radius) return std::nullopt;
  return geo::Circle{*center, *radius};
}

std::optional<geo::Shape> read_ellipse(const Element& element, const Crs& crs) {
  const auto center = read_pos(element, crs);
  const auto major = read_measure(element, "semiMajorAxis", Unit::metres);
  const auto minor = read_measure(element, "semiMinorAxis", Unit::metres);
  const auto orientation = read_measure(element, "orientation", Unit::degrees);
  if (!center || !major || !minor || !orientation) return std::nullopt;
  if (*minor > *major || std::abs(*orientation) > 360) return std::nullopt;
  return geo::Ellipse{*center, *major, *minor, *orientation};
}

std::optional<geo::Shape> read_arc_band(const Element& element, const Crs& crs) {
  const auto center = read_pos(element, crs);
  const auto inner = read_measure(element, "innerRadius", Unit::metres);
  const auto outer = read_measure(element, "outerRadius", Unit::metres);
  const auto start = read_measure(element, "startAngle", Unit::degrees);
  const auto opening = read_measure(element, "openingAngle", Unit::degrees);
  if (!center || !inner || !outer || !start || !opening) return std::nullopt;
  if (*inner > *outer || std::abs(*start) > 360 || *opening < 0 || *opening > 360) return std::nullopt;
  return geo::ArcBand{*center, *inner, *outer, *start, *opening};
}

/// The exterior ring alone, closed, of at least three places; GML's interior rings are not of RFC 5491's Polygon.
std::optional<geo::Shape> read_polygon(const Element& element, const Crs& crs) {
  const Element* exterior = only_child(element, true, "exterior");
  const Element* ring = exterior == nullptr ? nullptr : only_child(*exterior, true, "LinearRing");
  if (ring == nullptr || elements_of(element).size() != 1 || !keeps_crs(*ring, crs)) return std::nullopt;
  geo::Polygon polygon;
  const auto parts = elements_of(*ring);
  for (const Element* part : parts) {
    const bool list = part->local == "posList" && parts.size() == 1;
    if (!is_gml(part->ns) || (part->local != "pos" && !list)) return std::nullopt;
    const auto positions = read_positions(*part, crs);
    if (!positions || (!list && positions->size() != 1)) return std::nullopt;
    polygon.ring.insert(polygon.ring.end(), positions->begin(), positions->end());
  }
  if (polygon.ring.size() < 4 || polygon.ring.front() != polygon.ring.back()) return std::nullopt;
  polygon.ring.pop_back();
  return polygon;
}

std::optional<geo::Shape> read_prism(const Element& element, const Crs& crs) {
  const Element* base = only_child(element, false, "base");
  const Element* polygon = base == nullptr ? nullptr : only_child(*base, true, "Polygon");
  if (polygon == nullptr || !keeps_crs(*polygon, crs) || !read_measure(element, "height", Unit::metres))
    return std::nullopt;
  return read_polygon(*polygon, crs);
}

struct ShapeRow {
  bool gml;
  std::string_view local;
  bool volume;  ///< of EPSG 4979 alone
  std::optional<geo::Shape> (*read)(const Element&, const Crs&);
};
constexpr std::array kShapes = {
    ShapeRow{true, "Point", false, read_point},       ShapeRow{true, "Polygon", false, read_polygon},
    ShapeRow{false, "Circle", false, read_circle},    ShapeRow{false, "Ellipse", false, read_ellipse},
    ShapeRow{false, "ArcBand", false, read_arc_band}, ShapeRow{false, "Sphere", true, read_circle},
    ShapeRow{false, "Ellipsoid", true, read_ellipse}, ShapeRow{false, "Prism", true, read_prism},
};

/// The shape inside of RFC 4119's <gml:location>, or the element itself; null when the wrapper holds not just one.
const Element* unwrapped(const Element& element) {
  if (element.local != "location" || !is_gml(element.ns)) return &element;
  const auto inner = elements_of(element);
  return inner.size() == 1 ? inner.front() : nullptr;
}

}  // namespace

bool is_shape_element(const Element& element) { return is_gml(element.ns) || element.ns == ns::kPidfloShapes; }

std::string_view srs_name_of(const Element& element) {
  const Element* shape = unwrapped(element);
  return shape == nullptr ? std::string_view{} : shape->attribute("srsName").value_or(std::string_view{});
}

bool is_wgs84(std::string_view srs_name) { return crs_named(srs_name).has_value(); }

std::optional<geo::Shape> read_shape(const Element& element) {
  const Element* shape = unwrapped(element);
  if (shape == nullptr) return std::nullopt;
  const auto crs = crs_named(srs_name_of(element));
  if (!crs || !keeps_crs(*shape, *crs)) return std::nullopt;
  for (const ShapeRow& row : kShapes) {
    const bool same_ns = row.gml ? is_gml(shape->ns) : shape->ns == ns::kPidfloShapes;
    if (same_ns && shape->local == row.local && (!row.volume || crs->dimensions == 3)) return row.read(*shape, *crs);
  }
  return std::nullopt;
}

}  // namespace presproof::presence
