#include "policy/circle_reader.h"

#include <cmath>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "policy/elements.h"
#include "policy/meant.h"
#include "xml/namespaces.h"

namespace presproof::policy {
namespace {

using diag::Code;

constexpr std::string_view kWgs84 = "urn:ogc:def:crs:EPSG::4326";
constexpr std::string_view kMetre = "urn:ogc:def:uom:EPSG::9001";

class CircleReader {
 public:
  CircleReader(Reading& reading, const xml::Element& element) : reading_(reading), element_(element) {}

  std::optional<geo::Circle> read() {
    check_attributes(element_);
    if (element_.attribute("srsName") == nullptr) {
      valid_ = false;
      reading_.report(
          Code::missing_srs_name, element_.span(),
          fmt::format("{} has no `srsName`, so its place is not known: it matches no place", quoted_tag(element_)),
          fmt::format("add `srsName=\"{}\"`", kWgs84));
    }
    for_each_child(reading_, element_, [&](const xml::Element& child) { read_child(child); });
    require(center_.has_value() || center_seen_, "`<pos>`");
    require(radius_.has_value() || radius_seen_, "`<radius>`");
    if (!valid_ || !center_ || !radius_) return std::nullopt;
    return geo::Circle{*center_, *radius_};
  }

 private:
  void invalid(const xml::Element& element, std::string message, std::optional<std::string> fix) {
    valid_ = false;
    reading_.report(Code::invalid_value, element.span(), std::move(message), std::move(fix));
  }

  void require(bool present, std::string_view what) {
    if (present) return;
    valid_ = false;
    reading_.report(Code::unexpected_content, element_.span(),
                    fmt::format("{} has no {}: it matches no place", quoted_tag(element_), what),
                    fmt::format("add {}", what));
  }

  /// RFC 6772 section 4.1: the reference system MUST NOT be changed for sub-elements, srsDimension MUST be omitted.
  void check_attributes(const xml::Element& element) {
    for (const xml::Attribute& attribute : element.attributes()) {
      if (attribute.name.ns == xml::ns::kGml && attribute.name.local == "id") continue;
      if (attribute.name == xml::Name{"", "srsName"}) {
        check_reference_system(element, attribute);
      } else if (attribute.name == xml::Name{"", "srsDimension"}) {
        reading_.report(
            Code::unexpected_attribute, attribute.span,
            fmt::format("{} must not have `srsDimension`: the reference system tells it", quoted_tag(element)),
            std::string(kRemoveAttribute));
      }
    }
  }

  void check_reference_system(const xml::Element& element, const xml::Attribute& attribute) {
    if (trim_xml_space(attribute.value) == kWgs84) return;
    valid_ = false;
    reading_.report(Code::unsupported_crs, attribute.span,
                    fmt::format("{} is in the reference system {}, which is not supported: it matches no place",
                                quoted_tag(element), quoted(attribute.value)),
                    fmt::format("convert it to WGS 84 and write `srsName=\"{}\"`", kWgs84));
  }

  void read_child(const xml::Element& child) {
    const Tag tag = tag_of(child.name());
    if (tag == Tag::pos && !center_seen_) {
      center_seen_ = true;
      check_attributes(child);
      read_position(child);
    } else if (tag == Tag::radius && !radius_seen_) {
      radius_seen_ = true;
      read_radius(child);
    } else if (tag == Tag::pos || tag == Tag::radius) {
      valid_ = false;
      reading_.report(
          Code::unexpected_content, child.span(),
          fmt::format("{} has more than one {}: it matches no place", quoted_tag(element_), quoted_tag(child)),
          "keep one");
    } else {
      valid_ = false;
      // What stands for the centre or the radius is reported, so their absence is not reported once more.
      center_seen_ = center_seen_ || child.name().local == "pos";
      radius_seen_ = radius_seen_ || child.name().local == "radius";
      report_unknown(reading_, child, Place::circle);
    }
  }

  void read_position(const xml::Element& element) {
    const auto text = simple_text(reading_, element);
    if (!text) return;
    const auto numbers = split_xml_space(*text);
    const auto latitude = numbers.size() == 2 ? parse_xs_double(numbers[0]) : std::nullopt;
    const auto longitude = numbers.size() == 2 ? parse_xs_double(numbers[1]) : std::nullopt;
    if (!latitude || !longitude) {
      return invalid(element,
                     fmt::format("{} is {}, but has to be two numbers, latitude and longitude in degrees",
                                 quoted_tag(element), quoted(trim_xml_space(*text))),
                     "write it like `52.52 13.405`");
    }
    if (std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
      return invalid(element,
                     fmt::format("{} is {}: latitudes are in -90..90 and longitudes in -180..180", quoted_tag(element),
                                 quoted(trim_xml_space(*text))),
                     std::abs(*latitude) <= 180 && std::abs(*longitude) <= 90 ? "write the latitude first"
                                                                              : "correct the numbers");
    }
    center_ = geo::Position{*latitude, *longitude};
  }

  void read_radius(const xml::Element& element) {
    expect_attributes(reading_, element, {"uom"});
    const xml::Attribute* unit = element.attribute("uom");
    if (unit == nullptr) {
      valid_ = false;
      reading_.report(Code::invalid_uom, element.span(),
                      fmt::format("{} has no `uom`: the circle matches no place", quoted_tag(element)),
                      fmt::format("give the radius in metres and add `uom=\"{}\"`", kMetre));
    } else if (trim_xml_space(unit->value) != kMetre) {
      // RFC 5491 section 5.2.3: lengths are in metres.
      valid_ = false;
      reading_.report(Code::invalid_uom, unit->span,
                      fmt::format("the `uom` {} of {} is not the metre: the circle matches no place",
                                  quoted(unit->value), quoted_tag(element)),
                      fmt::format("convert the radius to metres and write `uom=\"{}\"`", kMetre));
    }
    const auto text = simple_text(reading_, element);
    if (!text) return;
    const auto metres = parse_xs_double(*text);
    if (metres && *metres > 0) {
      radius_ = metres;
      return;
    }
    valid_ = false;
    const auto meant = meant_metres(*text, false);
    reading_.report(Code::invalid_radius, element.span(),
                    fmt::format("{} is {}, but has to be a number of metres above 0: the circle matches no place",
                                quoted_tag(element), quoted(trim_xml_space(*text))),
                    fmt::format("write a number of metres such as `{}`", meant.value_or("1500")));
  }

  Reading& reading_;
  const xml::Element& element_;
  std::optional<geo::Position> center_;
  std::optional<double> radius_;
  bool center_seen_ = false;
  bool radius_seen_ = false;
  bool valid_ = true;
};

}  // namespace

std::optional<geo::Circle> read_circle(Reading& reading, const xml::Element& element) {
  return CircleReader(reading, element).read();
}

}  // namespace presproof::policy
