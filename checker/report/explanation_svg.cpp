#include "report/explanation_svg.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "base/instant.h"
#include "geo/geodesic.h"
#include "html/markup.h"
#include "report/explanation_words.h"
#include "report/words.h"

namespace presproof::report {
namespace {

/// Regions of conditions; of more, a picture would say nothing.
constexpr std::size_t kRegionsDrawn = 30;
constexpr double kMapSize = 480;
constexpr double kMapMargin = 34;
constexpr double kMetresPerDegree = 111'195;

/// The largest of 1, 2 and 5 times a power of ten that is at most this.
double round_step(double most) {
  const double power = std::pow(10, std::floor(std::log10(most)));
  for (const double factor : {5.0, 2.0})
    if (factor * power <= most) return factor * power;
  return power;
}

/// Degrees with as many digits as steps of a graticule need.
std::string degrees(double value, double step) { return fmt::format("{:.{}f}°", value, std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)))); }

/// `2026-03-02`, or for short times `2026-03-02 08:00`: what an axis needs.
std::string label_of(Instant at, double length_s) {
  const std::string text = to_rfc3339(at);
  constexpr double short_s = 4 * 86400.0;
  return length_s > short_s ? text.substr(0, 10) : text.substr(0, 10) + " " + text.substr(11, 5);
}

class Plan {
 public:
  Plan(geo::Position place, double around_m)
      : place_(place), scale_((kMapSize - 2 * kMapMargin) / (2 * around_m / kMetresPerDegree)), squeeze_(std::max(0.01, std::cos(place.latitude * std::numbers::pi / 180))) {}

  [[nodiscard]] double x(double longitude) const { return kMapSize / 2 + (longitude - place_.longitude) * squeeze_ * scale_; }
  [[nodiscard]] double y(double latitude) const { return kMapSize / 2 - (latitude - place_.latitude) * scale_; }
  [[nodiscard]] double longitude_at(double x) const { return place_.longitude + (x - kMapSize / 2) / squeeze_ / scale_; }
  [[nodiscard]] double latitude_at(double y) const { return place_.latitude - (y - kMapSize / 2) / scale_; }
  [[nodiscard]] double pixels(double metres) const { return metres / kMetresPerDegree * scale_; }

 private:
  geo::Position place_;
  double scale_;  ///< pixels for a degree of latitude
  double squeeze_;
};

void add_graticule(std::string& out, const Plan& plan) {
  const double first = kMapMargin;
  const double last = kMapSize - kMapMargin;
  const double step = round_step((plan.latitude_at(first) - plan.latitude_at(last)) / 3);
  for (double latitude = std::ceil(plan.latitude_at(last) / step) * step; latitude <= plan.latitude_at(first); latitude += step) {
    out += fmt::format(R"(<path class="axis" d="M{:.1f} {:.1f}H{:.1f}"/><text x="2" y="{:.1f}">{}</text>)", first, plan.y(latitude), last, plan.y(latitude) - 3, degrees(latitude, step));
  }
  const double across = round_step((plan.longitude_at(last) - plan.longitude_at(first)) / 3);
  for (double longitude = std::ceil(plan.longitude_at(first) / across) * across; longitude <= plan.longitude_at(last); longitude += across) {
    out += fmt::format(R"(<path class="axis" d="M{:.1f} {:.1f}V{:.1f}"/><text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>)", plan.x(longitude), first, last, plan.x(longitude),
                       kMapSize - 4, degrees(longitude, across));
  }
}

void add_scale(std::string& out, const Plan& plan, double around_m) {
  const double metres = round_step(around_m / 2);
  const double right = kMapSize - kMapMargin - 8;
  out += fmt::format(R"(<path class="place" d="M{:.1f} {:.1f}H{:.1f}"/><text x="{:.1f}" y="{:.1f}" text-anchor="end">{}</text>)", right - plan.pixels(metres), kMapMargin - 12, right,
                     right - plan.pixels(metres) - 6, kMapMargin - 8, length_words(metres));
}

std::string path_of(const Plan& plan, const geo::PlanePolygon& polygon) {
  std::string path;
  for (const geo::PlanePoint& point : polygon) path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", plan.x(point.longitude), plan.y(point.latitude));
  return path + "Z";
}

/// The rim as it lies on WGS 84.
std::string path_of(const Plan& plan, const geo::Circle& circle) {
  constexpr int corners = 72;
  std::string path;
  for (int i = 0; i < corners; ++i) {
    const geo::Position rim = geo::destination(circle.center, 360.0 * i / corners, circle.radius_m);
    path += fmt::format("{}{:.1f} {:.1f}", i == 0 ? "M" : "L", plan.x(rim.longitude), plan.y(rim.latitude));
  }
  return path + "Z";
}

/// Around the place, how far the picture reaches.
double reach_of(const explain::Map& map, const explain::Disclosed& disclosed) {
  if (disclosed.radius_m.value_or(0) > 0) return 2.4 * *disclosed.radius_m;
  double reach = 500;
  for (const explain::Region& region : map.regions) {
    const double far_m = geo::distance_m(map.place, region.circle.center) + region.circle.radius_m;
    if (far_m < 20'000) reach = std::max(reach, 1.2 * far_m);
  }
  return reach;
}

}  // namespace

std::string timeline_svg(const explain::Explanation& explanation) {
  const auto& timeline = explanation.timeline;
  const std::size_t bars = std::min(timeline.windows.size(), kBarsDrawn);
  Instant from = kEndOfInstants;
  Instant until = kFirstInstant;
  for (std::size_t i = 0; i < bars; ++i) {
    for (const auto& [begin, end] : timeline.windows[i].periods) {
      if (begin != kFirstInstant) from = std::min(from, begin);
      if (end != kEndOfInstants) until = std::max(until, end);
      if (begin != kFirstInstant) until = std::max(until, begin);
      if (end != kEndOfInstants) from = std::min(from, end);
    }
  }
  if (bars == 0 || from > until) return {};
  const double length_s = std::max<double>(86400, static_cast<double>(until.seconds - from.seconds));
  const double first_s = static_cast<double>(from.seconds) - 0.06 * length_s;
  constexpr double left = 190;
  constexpr double right = 930;
  constexpr double row = 26;
  const auto x = [&](Instant at) {
    const double share = (static_cast<double>(at.seconds) - first_s) / (1.12 * length_s);
    return left + std::clamp(share, 0.0, 1.0) * (right - left);
  };
  const double height = 40 + row * static_cast<double>(bars);
  std::string out = fmt::format(R"(<svg viewBox="0 0 960 {:.0f}" role="img" aria-labelledby="timeline-title"><title id="timeline-title">When rules hold</title>)", height);
  const double axis = height - 26;
  out += fmt::format(R"(<path class="axis" d="M{:.0f} {:.0f}H{:.0f}"/>)", left, axis, right);
  out += fmt::format(R"(<text x="{:.1f}" y="{:.0f}" text-anchor="middle">{}</text>)", x(from), height - 8, label_of(from, length_s));
  if (x(until) - x(from) > 130) out += fmt::format(R"(<text x="{:.1f}" y="{:.0f}" text-anchor="middle">{}</text>)", x(until), height - 8, label_of(until, length_s));
  for (const explain::Moment& moment : timeline.moments) {
    if (moment.at < from || moment.at > until) continue;
    out += fmt::format(R"(<path class="moment" d="M{:.1f} 8V{:.0f}"><title>{}</title></path>)", x(moment.at), axis, to_rfc3339(moment.at));
  }
  for (std::size_t i = 0; i < bars; ++i) {
    const auto& window = timeline.windows[i];
    const double top = 12 + row * static_cast<double>(i);
    std::string label = name_of_rule(*explanation.policy, window.rule);
    if (label.size() > 26) label = label.substr(0, label.find_last_of(' ', 24)).substr(0, 24) + "…";
    out += fmt::format(R"(<text x="{:.0f}" y="{:.0f}" text-anchor="end">{}</text>)", left - 10, top + 11, html::escaped(label));
    for (const auto& [begin, end] : window.periods) {
      out += fmt::format(R"(<rect class="bar" x="{:.1f}" y="{:.0f}" width="{:.1f}" height="14" rx="3"><title>{} until {}</title></rect>)", x(begin), top, std::max(2.0, x(end) - x(begin)),
                         begin == kFirstInstant ? "always before" : to_rfc3339(begin), end == kEndOfInstants ? "for ever" : to_rfc3339(end));
    }
  }
  return out + "</svg>";
}

std::string map_svg(const explain::Explanation& explanation, const explain::Disclosed& disclosed) {
  const explain::Map& map = *explanation.map;
  const double around_m = reach_of(map, disclosed);
  const Plan plan(map.place, around_m);
  const std::string title = fmt::format("{}: {}", row_names(explanation, disclosed.rows), value_word("provide-location", disclosed.value));
  std::string out = fmt::format(R"(<svg viewBox="0 0 {0:.0f} {0:.0f}" role="img"><title>{1}</title>)", kMapSize, html::shortened(title));
  add_graticule(out, plan);
  out += fmt::format(R"(<svg x="{0:.0f}" y="{0:.0f}" width="{1:.0f}" height="{1:.0f}" viewBox="{0:.0f} {0:.0f} {1:.0f} {1:.0f}">)", kMapMargin, kMapSize - 2 * kMapMargin);
  for (std::size_t i = disclosed.cells.size(); i-- > 0;) out += fmt::format(R"(<path class="{}" d="{}"/>)", i == 0 ? "own" : "cell", path_of(plan, disclosed.cells[i]));
  std::size_t drawn = 0;
  for (const explain::Region& region : map.regions) {
    if (drawn == kRegionsDrawn) break;
    if (geo::distance_m(map.place, region.circle.center) - region.circle.radius_m > 2 * around_m || plan.pixels(region.circle.radius_m) < 2) continue;
    ++drawn;
    out += fmt::format(R"(<path class="region" d="{}"><title>condition of {}</title></path>)", path_of(plan, region.circle), html::shortened(names_of_rules(*explanation.policy, region.rules)));
  }
  if (disclosed.shown) out += fmt::format(R"(<path class="shown" d="{}"/>)", path_of(plan, *disclosed.shown));
  out += fmt::format(R"(<path class="place" d="M{0:.1f} {2:.1f}L{1:.1f} {3:.1f}M{0:.1f} {3:.1f}L{1:.1f} {2:.1f}"><title>the place</title></path></svg>)", kMapSize / 2 - 7, kMapSize / 2 + 7,
                     kMapSize / 2 - 7, kMapSize / 2 + 7);
  add_scale(out, plan, around_m);
  return out + "</svg>";
}

}  // namespace presproof::report
