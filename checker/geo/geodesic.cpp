#include "geo/geodesic.h"

#include <GeographicLib/Geodesic.hpp>

namespace presproof::geo {

double distance_m(Position a, Position b) {
  double metres = 0;
  GeographicLib::Geodesic::WGS84().Inverse(a.latitude, a.longitude, b.latitude, b.longitude, metres);
  return metres;
}

double azimuth_deg(Position from, Position to) {
  double at_from = 0;
  double at_to = 0;
  GeographicLib::Geodesic::WGS84().Inverse(from.latitude, from.longitude, to.latitude, to.longitude, at_from, at_to);
  return at_from;
}

Position destination(Position from, double azimuth_deg, double distance_m) {
  Position there;
  GeographicLib::Geodesic::WGS84().Direct(from.latitude, from.longitude, azimuth_deg, distance_m, there.latitude,
                                          there.longitude);
  return there;
}

}  // namespace presproof::geo
