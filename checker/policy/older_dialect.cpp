#include "policy/older_dialect.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "policy/elements.h"
#include "policy/location_reader.h"
#include "xml/namespaces.h"

namespace presproof::policy {
namespace {

using diag::Code;

constexpr double kMetresPerDegree = 110600;  // RFC 6772 section 7.5

struct Replacement {
  Tag tag;
  std::string_view by;
};
constexpr std::array kReplacements = {
    Replacement{Tag::civic_loc_condition, "`<location-condition>` holding a `<location profile=\"civic-condition\">`"},
    Replacement{Tag::civic_loc_transformation,
                "`<provide-location profile=\"civic-transformation\">` holding `<provide-civic>`"},
    Replacement{Tag::geospatial_loc_transformation,
                "`<provide-location profile=\"geodetic-transformation\">` holding `<provide-geo radius=\"...\">`"},
    Replacement{Tag::distribution_transformation, "`<set-retransmission-allowed>`"},
    Replacement{Tag::retention_transformation, "`<set-retention-expiry>`"},
    Replacement{Tag::note_well_transformation, "`<set-note-well>`"},
    Replacement{Tag::keep_rules_transformation, "`<keep-rule-reference>`"},
};

/// As RFC 6772's, but for the lowest.
constexpr std::array<std::string_view, 6> kLevelNames = {"null", "country", "region", "city", "building", "full"};

/// Where the drafts put the civic fields.
constexpr std::array<std::string_view, 4> kFieldNamespaces = {xml::ns::kCivicAddr, xml::ns::kCivicLoc,
                                                              xml::ns::kGeolocationPolicy, xml::ns::kGeoprivPolicy};

/// The resolutions of one transformation; altitude has no part in two dimensions.
class ResolutionReader {
 public:
  explicit ResolutionReader(Reading& reading) : reading_(reading) {}

  void read(const xml::Element& child) {
    const Tag tag = tag_of(child.name());
    if (tag < Tag::latitude_resolution || tag > Tag::altitude_resolution) {
      return report_unknown(reading_, child, Place::resolutions);
    }
    const std::size_t index = static_cast<std::size_t>(tag) - static_cast<std::size_t>(Tag::latitude_resolution);
    if (std::exchange(seen_[index], true)) {
      valid_ = false;
      reading_.report(Code::unexpected_content, child.span(),
                      fmt::format("{} stands for a second time: the transformation grants nothing", quoted_tag(child)),
                      "keep one");
    }
    expect_attributes(reading_, child, {});
    const auto text = simple_text(reading_, child);
    const auto degrees = text ? parse_xs_double(*text) : std::nullopt;
    if (degrees && *degrees >= 0) {
      degrees_[index] = *degrees;
      return;
    }
    valid_ = false;
    if (!text) return;
    reading_.report(
        Code::invalid_value, child.span(),
        fmt::format("{} is {}, but has to be a number of degrees, at least 0: the transformation grants nothing",
                    quoted_tag(child), quoted(*text)),
        "write a number of degrees such as `0.01`");
  }

  [[nodiscard]] std::optional<GeodeticGrant> grant() const {
    if (!valid_) return std::nullopt;
    const auto resolution = [&](std::size_t index) {
      return degrees_[index] > 0 ? std::optional(degrees_[index]) : std::nullopt;
    };
    const GeodeticGrant::Rounding rounding{resolution(0), resolution(1)};
    GeodeticGrant grant{nominal_radius_m(rounding), std::nullopt};
    if (rounding != GeodeticGrant::Rounding{}) grant.rounding = rounding;
    return grant;
  }

 private:
  Reading& reading_;
  std::array<double, 3> degrees_{};  ///< 0: not rounded
  std::array<bool, 3> seen_{};
  bool valid_ = true;
};

}  // namespace

double nominal_radius_m(const GeodeticGrant::Rounding& rounding) {
  return rounding.longitude_deg ? rounding.latitude_deg.value_or(0) * kMetresPerDegree / 2 : 0;
}

void report_older(Reading& reading, const xml::Element& element) {
  const auto row = std::ranges::find(kReplacements, tag_of(element.name()), &Replacement::tag);
  if (row == kReplacements.end()) return;
  reading.report(
      Code::older_dialect, element.span(),
      fmt::format("{} is of the draft that became RFC 6772, which has {} instead", quoted_tag(element), row->by),
      fmt::format("write {} of the namespace `{}`", row->by, xml::ns::kGeolocationPolicy));
}

Condition read_civic_loc_condition(Reading& reading, const xml::Element& element) {
  report_older(reading, element);
  expect_attributes(reading, element, {});
  LocationCondition condition{{}, element.span()};
  LocationAlternative location{UnknownLocation{"civic-condition"}, {}, element.span()};
  if (auto fields = read_civic_fields(reading, element, kFieldNamespaces))
    location.where = CivicLocation{std::move(*fields)};
  condition.locations.push_back(std::move(location));
  return condition;
}

std::optional<ProvideLocation> read_civic_loc_transformation(Reading& reading, const xml::Element& element) {
  report_older(reading, element);
  expect_attributes(reading, element, {});
  const auto text = simple_text(reading, element);
  if (!text) return std::nullopt;
  const auto level = read_enumeration(reading, element, trim_xml_space(*text), kLevelNames);
  return level ? std::optional(ProvideLocation{std::nullopt, static_cast<geo::CivicLevel>(*level)}) : std::nullopt;
}

std::optional<ProvideLocation> read_geospatial_loc_transformation(Reading& reading, const xml::Element& element) {
  report_older(reading, element);
  expect_attributes(reading, element, {});
  ResolutionReader resolutions(reading);
  for_each_child(reading, element, [&](const xml::Element& child) { resolutions.read(child); });
  auto grant = resolutions.grant();
  return grant ? std::optional(ProvideLocation{std::move(grant), geo::CivicLevel::none}) : std::nullopt;
}

}  // namespace presproof::policy
