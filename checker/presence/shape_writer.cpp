#include <array>
#include <charconv>
#include <utility>

#include "base/overloaded.h"
#include "presence/geopriv.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

namespace ns = xml::ns;

constexpr std::string_view kMetres = "urn:ogc:def:uom:EPSG::9001";
constexpr std::string_view kDegrees = "urn:ogc:def:uom:EPSG::9102";

/// The shortest decimal that reads back as the same double, without an exponent (some readers know none).
std::string decimal(double value) {
  std::array<char, 400> text;  // a double has at most 309 digits before the point, or 324 zeros and 17 digits behind it
  const double unsigned_zero = value == 0 ? 0 : value;
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), unsigned_zero, std::chars_format::fixed);
  return std::string(text.data(), end);
}

std::string pos_text(const geo::Position& position) {
  return decimal(position.latitude) + ' ' + decimal(position.longitude);
}

Element make(std::string_view element_ns, std::string_view local) {
  Element element;
  element.ns = std::string(element_ns);
  element.local = std::string(local);
  return element;
}

Element make_shape(std::string_view element_ns, std::string_view local) {
  Element shape = make(element_ns, local);
  shape.attributes.push_back({"", "srsName", "urn:ogc:def:crs:EPSG::4326"});
  return shape;
}

void add_pos(Element& shape, const geo::Position& position) {
  Element pos = make(ns::kGml, "pos");
  pos.children.push_back({pos_text(position)});
  shape.children.push_back({std::move(pos)});
}

void add_measure(Element& shape, std::string_view local, double value, std::string_view uom) {
  Element measure = make(ns::kPidfloShapes, local);
  measure.attributes.push_back({"", "uom", std::string(uom)});
  measure.children.push_back({decimal(value)});
  shape.children.push_back({std::move(measure)});
}

Element write_polygon(const geo::Polygon& polygon) {
  Element ring = make(ns::kGml, "LinearRing");
  for (const geo::Position& position : polygon.ring) add_pos(ring, position);
  if (!polygon.ring.empty()) add_pos(ring, polygon.ring.front());
  Element exterior = make(ns::kGml, "exterior");
  exterior.children.push_back({std::move(ring)});
  Element shape = make_shape(ns::kGml, "Polygon");
  shape.children.push_back({std::move(exterior)});
  return shape;
}

}  // namespace

Element write_shape(const geo::Shape& shape) {
  return std::visit(Overloaded{
                        [](const geo::Position& position) {
                          Element element = make_shape(ns::kGml, "Point");
                          add_pos(element, position);
                          return element;
                        },
                        [](const geo::Circle& circle) {
                          Element element = make_shape(ns::kPidfloShapes, "Circle");
                          add_pos(element, circle.center);
                          add_measure(element, "radius", circle.radius_m, kMetres);
                          return element;
                        },
                        [](const geo::Ellipse& ellipse) {
                          Element element = make_shape(ns::kPidfloShapes, "Ellipse");
                          add_pos(element, ellipse.center);
                          add_measure(element, "semiMajorAxis", ellipse.semi_major_m, kMetres);
                          add_measure(element, "semiMinorAxis", ellipse.semi_minor_m, kMetres);
                          add_measure(element, "orientation", ellipse.orientation_deg, kDegrees);
                          return element;
                        },
                        [](const geo::Polygon& polygon) { return write_polygon(polygon); },
                        [](const geo::ArcBand& band) {
                          Element element = make_shape(ns::kPidfloShapes, "ArcBand");
                          add_pos(element, band.center);
                          add_measure(element, "innerRadius", band.inner_radius_m, kMetres);
                          add_measure(element, "outerRadius", band.outer_radius_m, kMetres);
                          add_measure(element, "startAngle", band.start_angle_deg, kDegrees);
                          add_measure(element, "openingAngle", band.opening_angle_deg, kDegrees);
                          return element;
                        },
                    },
                    shape);
}

}  // namespace presproof::presence
