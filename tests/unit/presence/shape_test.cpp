#include <catch2/catch.hpp>

#include "presence/geopriv.h"
#include "reading.h"
#include "xml/namespaces.h"

using namespace presproof;
using namespace presproof::presence;
using namespace presproof::presence::test;

namespace {

const std::string k2d = " srsName='urn:ogc:def:crs:EPSG::4326'";
const std::string k3d = " srsName='urn:ogc:def:crs:EPSG::4979'";

std::optional<geo::Shape> shape(const std::string& text) { return read_shape(element_of(text)); }
std::string pos(const std::string& numbers) { return "<gml:pos>" + numbers + "</gml:pos>"; }
std::string metres(const std::string& name, const std::string& value) {
  return "<gs:" + name + " uom='urn:ogc:def:uom:EPSG::9001'> " + value + "\n</gs:" + name + ">";
}
std::string degrees(const std::string& name, const std::string& value, const std::string& code = "9102") {
  return "<gs:" + name + " uom='urn:ogc:def:uom:EPSG::" + code + "'>" + value + "</gs:" + name + ">";
}
std::string point(const std::string& attributes, const std::string& content) {
  return "<gml:Point" + attributes + ">" + content + "</gml:Point>";
}
std::string circle(const std::string& attributes, const std::string& content) {
  return "<gs:Circle" + attributes + ">" + content + "</gs:Circle>";
}
std::string polygon(const std::string& attributes, const std::string& ring) {
  return "<gml:Polygon" + attributes + "><gml:exterior><gml:LinearRing>" + ring +
         "</gml:LinearRing></gml:exterior></gml:Polygon>";
}

const geo::Polygon kTriangle{{{0, 0}, {0, 1}, {1, 0}}};

}  // namespace

TEST_CASE("a point is read in two and in three dimensions") {
  CHECK(shape(point(k2d, pos("-34.407 150.883"))) == geo::Shape(geo::Position{-34.407, 150.883}));
  CHECK(shape(point(k3d, pos("-34.407 150.883 24.8"))) == geo::Shape(geo::Position{-34.407, 150.883}));
  CHECK(shape(point(k2d, pos(" 1e1\n +0020.50 "))) == geo::Shape(geo::Position{10, 20.5}));
}

TEST_CASE("a position has as many numbers as its reference system") {
  CHECK_FALSE(shape(point(k2d, pos("1 2 3"))));
  CHECK_FALSE(shape(point(k3d, pos("1 2"))));
  CHECK_FALSE(shape(point(k2d, pos("1"))));
  CHECK_FALSE(shape(point(k2d, pos(""))));
  CHECK_FALSE(shape(point(k2d, pos("1, 2"))));
  CHECK_FALSE(shape(point(k2d, pos("1 NaN"))));
  CHECK_FALSE(shape(point(k2d, pos("1 2 3 4"))));
  CHECK_FALSE(shape(point(k2d, "")));
  CHECK_FALSE(shape(point(k2d, pos("1 2") + pos("1 2"))));
}

TEST_CASE("latitudes end at 90 and longitudes at 180") {
  CHECK(shape(point(k2d, pos("90 180"))));
  CHECK(shape(point(k2d, pos("-90 -180"))));
  CHECK_FALSE(shape(point(k2d, pos("90.000001 0"))));
  CHECK_FALSE(shape(point(k2d, pos("0 -180.000001"))));
}

TEST_CASE("only WGS 84 by its URN is read, once") {
  CHECK(shape(point(" srsName='urn:ogc:def:crs:EPSG:6.6:4326'", pos("1 2"))));
  CHECK(shape(point(" srsName=' URN:OGC:def:crs:epsg::4326 '", pos("1 2"))));
  CHECK_FALSE(shape(point("", pos("1 2"))));
  CHECK_FALSE(shape(point(" srsName='urn:ogc:def:crs:EPSG::31467'", pos("1 2"))));
  CHECK_FALSE(shape(point(" srsName='urn:ogc:def:crs:EPSG::43260'", pos("1 2"))));
  CHECK_FALSE(shape(point(" srsName='urn:ogc:def:crs:EPSG:4326'", pos("1 2"))));
  CHECK_FALSE(shape(point(" srsName='epsg:4326'", pos("1 2"))));
  CHECK_FALSE(shape(point(" srsName='urn:ogc:def:uom:EPSG::4326'", pos("1 2"))));
  CHECK(shape(point(k2d, "<gml:pos" + k2d + ">1 2</gml:pos>")));
  CHECK_FALSE(shape(point(k2d, "<gml:pos" + k3d + ">1 2 3</gml:pos>")));
  CHECK(shape(point(k2d + " srsDimension='2'", pos("1 2"))));
  CHECK_FALSE(shape(point(k2d + " srsDimension='3'", pos("1 2"))));
}

TEST_CASE("the older form of RFC 4119 is read") {
  const std::string old =
      "<g:location xmlns:g='urn:opengis:specification:gml:schema-xsd:feature:v3.0'>"
      "<g:Point srsName='epsg:4326'><g:coordinates>37:46:30N 122:25:10W</g:coordinates></g:Point></g:location>";
  const auto place = std::get<geo::Position>(shape(old).value());
  CHECK(place.latitude == Approx(37.775));
  CHECK(place.longitude == Approx(-122.419444444));
  CHECK(shape("<gml:location>" + point(k2d, "<gml:coordinates>-1.5,2</gml:coordinates>") + "</gml:location>") ==
        geo::Shape(geo::Position{-1.5, 2}));
  CHECK(shape("<gml:location>" + circle(k2d, pos("1 2") + metres("radius", "3")) + "</gml:location>"));
}

TEST_CASE("older coordinates of uncertain meaning are not read") {
  CHECK_FALSE(shape(point(" srsName='epsg:4326'", "<gml:coordinates>1,2</gml:coordinates>")));
  CHECK_FALSE(shape(point(k2d, "<gml:coordinates>1,2 3,4</gml:coordinates>")));
  CHECK_FALSE(shape(point(k2d, "<gml:coordinates>1,2,3</gml:coordinates>")));
  CHECK_FALSE(shape(point(k2d, "<gml:coordinates cs=';'>1,2</gml:coordinates>")));
  CHECK_FALSE(shape(point(k2d, "<gml:coordinates>91:00:00N 1:00:00E</gml:coordinates>")));
  CHECK_FALSE(shape(point(k2d, "<gml:coordinates>1:60:00N 1:00:00E</gml:coordinates>")));
  CHECK_FALSE(shape(point(k2d, "<gml:coordinates>1:00:00E 1:00:00N</gml:coordinates>")));
  CHECK_FALSE(shape(point(k2d, "<gml:coordinates></gml:coordinates>")));
  CHECK_FALSE(shape("<gml:location>" + point(k2d, pos("1 2")) + point(k2d, pos("1 2")) + "</gml:location>"));
  CHECK_FALSE(shape("<gml:location/>"));
}

TEST_CASE("a circle has a centre and a radius in metres") {
  CHECK(shape(circle(k2d, pos("1 2") + metres("radius", "30"))) == geo::Shape(geo::Circle{{1, 2}, 30}));
  CHECK(shape(circle(k2d, pos("1 2") + metres("radius", "0"))) == geo::Shape(geo::Circle{{1, 2}, 0}));
  CHECK_FALSE(shape(circle(k2d, pos("1 2") + metres("radius", "-1"))));
  CHECK_FALSE(shape(circle(k2d, pos("1 2"))));
  CHECK_FALSE(shape(circle(k2d, metres("radius", "30"))));
  CHECK_FALSE(shape(circle(k2d, pos("1 2") + "<gs:radius>30</gs:radius>")));
  CHECK_FALSE(shape(circle(k2d, pos("1 2") + degrees("radius", "30"))));
  CHECK_FALSE(shape(circle(k2d, pos("1 2") + metres("radius", "30") + metres("radius", "40"))));
  CHECK_FALSE(shape(circle(k2d, pos("1 2") + metres("radius", "wide"))));
}

TEST_CASE("an ellipse has two axes and an orientation in degrees or radians") {
  const std::string axes = metres("semiMajorAxis", "30") + metres("semiMinorAxis", "20");
  const auto ellipse = [&](const std::string& rest) {
    return shape("<gs:Ellipse" + k2d + ">" + pos("1 2") + rest + "</gs:Ellipse>");
  };
  CHECK(ellipse(axes + degrees("orientation", "43.2")) == geo::Shape(geo::Ellipse{{1, 2}, 30, 20, 43.2}));
  const auto radians =
      std::get<geo::Ellipse>(ellipse(axes + degrees("orientation", "3.141592653589793", "9101")).value());
  CHECK(radians.orientation_deg == Approx(180));
  CHECK_FALSE(ellipse(axes));
  CHECK_FALSE(ellipse(axes + degrees("orientation", "43.2", "9001")));
  CHECK_FALSE(ellipse(axes + degrees("orientation", "361")));
  CHECK_FALSE(ellipse(metres("semiMajorAxis", "20") + metres("semiMinorAxis", "30") + degrees("orientation", "0")));
}

TEST_CASE("an arc band has two radii and two angles") {
  const auto band = [](const std::string& inner, const std::string& outer, const std::string& start,
                       const std::string& opening) {
    return shape("<gs:ArcBand" + k2d + ">" + pos("1 2") + metres("innerRadius", inner) + metres("outerRadius", outer) +
                 degrees("startAngle", start) + degrees("openingAngle", opening) + "</gs:ArcBand>");
  };
  CHECK(band("3594", "4148", "20", "120") == geo::Shape(geo::ArcBand{{1, 2}, 3594, 4148, 20, 120}));
  CHECK(band("10", "10", "0", "360"));
  CHECK_FALSE(band("11", "10", "0", "360"));
  CHECK_FALSE(band("1", "10", "0", "360.1"));
  CHECK_FALSE(band("1", "10", "0", "-1"));
}

TEST_CASE("a polygon is its exterior ring, as positions or as a list") {
  CHECK(shape(polygon(k2d, pos("0 0") + pos("0 1") + pos("1 0") + pos("0 0"))) == geo::Shape(kTriangle));
  CHECK(shape(polygon(k2d, "<gml:posList>0 0 0 1\n1 0 0 0</gml:posList>")) == geo::Shape(kTriangle));
  CHECK(shape(polygon(k3d, "<gml:posList>0 0 9 0 1 9 1 0 9 0 0 9</gml:posList>")) == geo::Shape(kTriangle));
}

TEST_CASE("a ring is closed and has three places at least") {
  CHECK_FALSE(shape(polygon(k2d, pos("0 0") + pos("0 1") + pos("1 0"))));
  CHECK_FALSE(shape(polygon(k2d, pos("0 0") + pos("0 1") + pos("0 0"))));
  CHECK_FALSE(shape(polygon(k2d, "<gml:posList>0 0 0 1 1 0 0</gml:posList>")));
  CHECK_FALSE(shape(polygon(k2d, "<gml:posList>0 0 0 1</gml:posList><gml:posList>1 0 0 0</gml:posList>")));
  CHECK_FALSE(shape(polygon(k2d, "")));
  CHECK_FALSE(
      shape("<gml:Polygon" + k2d +
            "><gml:exterior><gml:LinearRing><gml:posList>0 0 0 1 1 0 0 0</gml:posList></gml:LinearRing></gml:exterior>"
            "<gml:interior/></gml:Polygon>"));
}

TEST_CASE("volumes are projected to the ground and need three dimensions") {
  const std::string sphere = pos("1 2 3") + metres("radius", "30");
  CHECK(shape("<gs:Sphere" + k3d + ">" + sphere + "</gs:Sphere>") == geo::Shape(geo::Circle{{1, 2}, 30}));
  CHECK_FALSE(shape("<gs:Sphere" + k2d + ">" + pos("1 2") + metres("radius", "30") + "</gs:Sphere>"));
  CHECK(shape("<gs:Ellipsoid" + k3d + ">" + pos("1 2 3") + metres("semiMajorAxis", "7") + metres("semiMinorAxis", "3") +
              metres("verticalAxis", "28") + degrees("orientation", "90") + "</gs:Ellipsoid>") ==
        geo::Shape(geo::Ellipse{{1, 2}, 7, 3, 90}));
  const std::string base =
      "<gs:base>" + polygon("", "<gml:posList>0 0 9 0 1 9 1 0 9 0 0 9</gml:posList>") + "</gs:base>";
  CHECK(shape("<gs:Prism" + k3d + ">" + base + metres("height", "2.4") + "</gs:Prism>") == geo::Shape(kTriangle));
  CHECK_FALSE(shape("<gs:Prism" + k3d + ">" + base + "</gs:Prism>"));
}

TEST_CASE("elements of other namespaces are no shapes") {
  CHECK_FALSE(shape("<x:Point" + k2d + ">" + pos("1 2") + "</x:Point>"));
  CHECK_FALSE(shape("<gml:Circle" + k2d + ">" + pos("1 2") + metres("radius", "30") + "</gml:Circle>"));
  CHECK_FALSE(shape("<gs:Blob" + k2d + ">" + pos("1 2") + "</gs:Blob>"));
}

TEST_CASE("a written shape reads back as the same doubles") {
  const std::vector<geo::Shape> shapes = {
      geo::Position{-34.407, 150.883},
      geo::Position{0.1 + 0.2, -1e-17},
      geo::Position{-0.0, 180},
      geo::Circle{{52.52, 13.405}, 500},
      geo::Circle{{0, 0}, 1e21},
      geo::Ellipse{{1, 2}, 7.7156, 3.31, 43.2},
      geo::ArcBand{{1, 2}, 3594, 4148, 20.1, 119.9},
      kTriangle,
  };
  for (const geo::Shape& one : shapes) {
    CHECK(read_shape(write_shape(one)) == one);
    const Document document{"sip:a@b.c", {Part{PartKind::other, "", {}, write_shape(one)}}};
    const std::string text = write_document(document);
    CHECK(read_shape(read_text(text).document.value().parts.at(0).element) == one);
  }
}

TEST_CASE("coordinates are written without an exponent and without a negative zero") {
  CHECK(write_shape(geo::Position{-0.0, 1e-7}).child(xml::ns::kGml, "pos")->text() == "0 0.0000001");
  CHECK(write_shape(geo::Circle{{52.52, 13.405}, 100000}).child(xml::ns::kPidfloShapes, "radius")->text() == "100000");
}
