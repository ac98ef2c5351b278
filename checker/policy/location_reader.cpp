#include "policy/location_reader.h"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "policy/circle_reader.h"
#include "policy/elements.h"
#include "policy/meant.h"
#include "xml/namespaces.h"

namespace presproof::policy {
namespace {

using diag::Code;

// RFC 6772 sections 4.1, 4.2, 6.5.1 and 6.5.2.
constexpr std::string_view kGeodeticCondition = "geodetic-condition";
constexpr std::string_view kCivicCondition = "civic-condition";
constexpr std::string_view kGeodeticTransformation = "geodetic-transformation";
constexpr std::string_view kCivicTransformation = "civic-transformation";

enum class Profile : std::uint8_t { geodetic, civic, unknown };
using ProfileTokens = std::array<std::string_view, 2>;  ///< indexed by Profile

Profile profile_of(std::string_view token, const ProfileTokens& tokens) {
  if (token == tokens[0]) return Profile::geodetic;
  return token == tokens[1] ? Profile::civic : Profile::unknown;
}

void report_unknown_profile(Reading& reading, const xml::Element& element, const xml::Attribute& profile,
                            const ProfileTokens& tokens, std::string_view consequence) {
  const auto word = nearest_word(trim_xml_space(profile.value), {tokens.begin(), tokens.end()});
  reading.report(Code::profile_mismatch, profile.span,
                 fmt::format("{} has the unknown profile {}: {}; known are `{}` and `{}`", quoted_tag(element),
                             quoted(profile.value), consequence, tokens[0], tokens[1]),
                 word ? std::optional(fmt::format("write `{}`", *word)) : std::nullopt);
}

/// Also a Circle of a wrong namespace, so that the finding is about that.
bool is_shape(const xml::Element& element) {
  const auto [ns, local] = element.name();
  return ns == xml::ns::kPidfloShapes || ns == xml::ns::kGml || local == "Circle";
}

/// The profile that the children alone would have; nothing when they are of both kinds or none.
std::optional<Profile> profile_of_children(const xml::Element& location) {
  std::optional<Profile> profile;
  for (const xml::Element& child : location.children()) {
    const Profile own = is_shape(child) ? Profile::geodetic : Profile::civic;
    if (profile && *profile != own) return std::nullopt;
    profile = own;
  }
  return profile;
}

class LocationReader {
 public:
  LocationReader(Reading& reading, const xml::Element& element) : reading_(reading), element_(element) {}

  LocationAlternative read() {
    expect_attributes_and_lang(reading_, element_, {"profile", "label"});
    LocationAlternative location;
    location.span = element_.span();
    if (const xml::Attribute* label = element_.attribute("label")) location.label = std::string(label->value);
    const xml::Attribute* declared = element_.attribute("profile");
    const Profile profile = declared == nullptr ? guessed_profile() : declared_profile(*declared);
    std::optional<decltype(location.where)> where;
    if (profile == Profile::geodetic) where = read_geodetic();
    if (profile == Profile::civic) where = read_civic();
    location.where =
        where ? std::move(*where) : UnknownLocation{std::string(declared == nullptr ? "" : declared->value)};
    return location;
  }

 private:
  static constexpr ProfileTokens kTokens = {kGeodeticCondition, kCivicCondition};

  Profile guessed_profile() {
    const auto profile = profile_of_children(element_);
    const std::string message = fmt::format("{} has no `profile` attribute", quoted_tag(element_));
    if (!profile) {
      reading_.report(Code::profile_mismatch, element_.span(), message + ": it matches no place",
                      fmt::format("add `profile=\"{}\"` or `profile=\"{}\"`", kTokens[0], kTokens[1]));
      return Profile::unknown;
    }
    reading_.report(Code::profile_mismatch, element_.span(), message + ", which says how its content is compared",
                    fmt::format("add `profile=\"{}\"`", kTokens[static_cast<std::size_t>(*profile)]));
    return *profile;
  }

  Profile declared_profile(const xml::Attribute& declared) {
    const Profile profile = profile_of(declared.value, kTokens);
    if (profile == Profile::unknown) {
      report_unknown_profile(reading_, element_, declared, kTokens, "it matches no place");
    }
    return profile;
  }

  /// RFC 6772 section 4.1: one Circle (RFC 5491 section 5.2.3), no other shape.
  std::optional<geo::Circle> read_geodetic() {
    std::optional<xml::Element> circle;
    bool only_circle = true;
    for_each_child(reading_, element_, [&](const xml::Element& child) {
      if (tag_of(child.name()) != Tag::circle) {
        only_circle = false;
        report_no_circle(child);
      } else if (circle) {
        only_circle = false;
        reading_.report(Code::unexpected_content, child.span(),
                        fmt::format("{} has more than one `<Circle>`: it matches no place", quoted_tag(element_)),
                        "write one `<location>` for each circle");
      } else {
        circle = child;
      }
    });
    if (!circle && only_circle) {
      reading_.report(Code::profile_mismatch, element_.span(),
                      fmt::format("{} has no `<Circle>`: it matches no place", quoted_tag(element_)),
                      "add a `<Circle>`");
    }
    if (!circle) return std::nullopt;
    const auto shape = read_circle(reading_, *circle);
    return only_circle ? shape : std::nullopt;
  }

  void report_no_circle(const xml::Element& child) {
    if (child.name().local == "Circle") return report_unknown(reading_, child, Place::location);
    reading_.report(Code::profile_mismatch, child.span(),
                    fmt::format("{} is no `<Circle>`, all that a `{}` may hold: the location matches no place",
                                quoted_tag(child), kGeodeticCondition),
                    is_shape(child) ? "write a `<Circle>`"
                                    : fmt::format("write a `<Circle>`, or the profile `{}`", kCivicCondition));
  }

  /// RFC 6772 section 4.2, in both its forms.
  std::optional<CivicLocation> read_civic() {
    for (const xml::Element& child : element_.children()) {
      if (!is_shape(child)) continue;
      if (tag_of(child.name()) == Tag::none && child.name().local == "Circle") {
        report_unknown(reading_, child, Place::location);
        return std::nullopt;
      }
      reading_.report(Code::profile_mismatch, child.span(),
                      fmt::format("{} is a shape, and a `{}` holds civic address fields: the location matches no place",
                                  quoted_tag(child), kCivicCondition),
                      fmt::format("write the profile `{}`, or civic address fields", kGeodeticCondition));
      return std::nullopt;
    }
    static constexpr std::array<std::string_view, 1> kNamespaces = {xml::ns::kCivicAddr};
    auto fields = read_civic_fields(reading_, element_, kNamespaces);
    return fields ? std::optional(CivicLocation{std::move(*fields)}) : std::nullopt;
  }

  Reading& reading_;
  const xml::Element& element_;
};

/// RFC 6772 section 6.5.
class ProvideLocationReader {
 public:
  ProvideLocationReader(Reading& reading, const xml::Element& element, std::vector<Permission>& permissions)
      : reading_(reading), element_(element), permissions_(permissions) {}

  void read() {
    expect_attributes(reading_, element_, {"profile"});
    declared_ = element_.attribute("profile");
    bool empty = true;
    for_each_child(reading_, element_, [&](const xml::Element& child) {
      if (empty) check_profile();
      empty = false;
      read_child(child);
    });
    if (empty) grant_all();
  }

 private:
  static constexpr ProfileTokens kTokens = {kGeodeticTransformation, kCivicTransformation};

  void grant(std::optional<GeodeticGrant> geodetic, geo::CivicLevel civic) {
    permissions_.push_back({ProvideLocation{std::move(geodetic), civic}, element_.span()});
  }

  /// "If the <provide-location> element has no child elements, then civic as well as geodetic location information is
  /// disclosed without reducing its granularity": also when the profile stands there, although it MUST NOT.
  void grant_all() {
    if (declared_ != nullptr) {
      reading_.report(
          Code::profile_mismatch, declared_->span,
          fmt::format("{} has a profile but no content, so it discloses exact and full location", quoted_tag(element_)),
          "add the content that the profile asks for, or remove the attribute");
    }
    grant(GeodeticGrant{0.0, std::nullopt}, geo::CivicLevel::full);
  }

  /// "MUST contain the 'profile' attribute if it contains child elements".
  void check_profile() {
    if (declared_ == nullptr) {
      reading_.report(
          Code::profile_mismatch, element_.span(),
          fmt::format("{} has no `profile` attribute beside its content", quoted_tag(element_)),
          fmt::format("add `profile=\"{}\"` or `profile=\"{}\"`, one element for each", kTokens[0], kTokens[1]));
    } else if (profile_of(declared_->value, kTokens) == Profile::unknown) {
      report_unknown_profile(reading_, element_, *declared_, kTokens, "it grants nothing");
    }
  }

  void read_child(const xml::Element& child) {
    const Tag tag = tag_of(child.name());
    if (tag == Tag::provide_civic) {
      const auto level = read_civic_level(child);
      if (level && suits(child, Profile::civic)) grant(std::nullopt, *level);
    } else if (tag == Tag::provide_geo) {
      auto geodetic = read_radius(child);
      if (geodetic && suits(child, Profile::geodetic)) grant(std::move(geodetic), geo::CivicLevel::none);
    } else {
      report_unknown(reading_, child, Place::provide_location);
    }
  }

  /// "the child elements MUST be appropriate for the profile".
  bool suits(const xml::Element& child, Profile profile) {
    if (declared_ == nullptr) return true;
    const Profile declared = profile_of(declared_->value, kTokens);
    if (declared == profile) return true;
    if (declared != Profile::unknown) {  // an unknown profile was reported already
      reading_.report(
          Code::profile_mismatch, child.span(),
          fmt::format("{} does not suit the profile `{}`: it grants nothing", quoted_tag(child), declared_->value),
          fmt::format("put it into a `<provide-location>` with `profile=\"{}\"`",
                      kTokens[static_cast<std::size_t>(profile)]));
    }
    return false;
  }

  std::optional<geo::CivicLevel> read_civic_level(const xml::Element& child) {
    expect_attributes(reading_, child, {});
    const auto text = simple_text(reading_, child);
    if (!text) return std::nullopt;
    if (text->empty()) return geo::CivicLevel::none;  // RFC 6772 section 6.5.1: the default
    const std::string_view level = trim_xml_space(*text);
    const auto index = read_enumeration(reading_, child, level, geo::kCivicLevelNames);
    if (index && level.size() != text->size()) {
      // RFC 6772 section 8 has an xs:string here, of which blanks are a part; what is meant is clear all the same.
      reading_.report(Code::invalid_value, child.span(),
                      fmt::format("{} has white space around {}, which the schema counts", quoted_tag(child), quoted(level)),
                      fmt::format("write {} alone", quoted(level)));
    }
    return index ? std::optional(static_cast<geo::CivicLevel>(*index)) : std::nullopt;
  }

  std::optional<GeodeticGrant> read_radius(const xml::Element& child) {
    expect_attributes(reading_, child, {"radius"});
    expect_empty(reading_, child);
    const xml::Attribute* radius = child.attribute("radius");
    if (radius == nullptr) return GeodeticGrant{};
    const auto metres = parse_xs_integer(radius->value);
    if (metres && *metres > 0) return GeodeticGrant{static_cast<double>(*metres), std::nullopt};
    const auto meant = meant_metres(radius->value, true);
    reading_.report(Code::invalid_radius, radius->span,
                    fmt::format("the `radius` {} of {} has to be a whole number of metres above 0: it grants nothing",
                                quoted(radius->value), quoted_tag(child)),
                    fmt::format("write a number of metres such as `{}`", meant.value_or("500")));
    return std::nullopt;
  }

  Reading& reading_;
  const xml::Element& element_;
  std::vector<Permission>& permissions_;
  const xml::Attribute* declared_ = nullptr;
};

}  // namespace

Condition read_location_condition(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  LocationCondition condition{{}, element.span()};
  for_each_child(reading, element, [&](const xml::Element& child) {
    if (tag_of(child.name()) == Tag::location) {
      condition.locations.push_back(LocationReader(reading, child).read());
      return;
    }
    report_unknown(reading, child, Place::location_condition);
    // RFC 6772 section 4: an extension that is not understood is FALSE, the others still count.
    const auto [ns, local] = child.name();
    condition.locations.push_back({UnknownLocation{fmt::format("{{{}}}{}", ns, local)}, {}, child.span()});
  });
  if (condition.locations.empty()) {
    reading.report(Code::unexpected_content, element.span(),
                   fmt::format("{} has no `<location>`: it never matches", quoted_tag(element)), "add a `<location>`");
  }
  return condition;
}

void read_provide_location(Reading& reading, const xml::Element& element, std::vector<Permission>& permissions) {
  ProvideLocationReader(reading, element, permissions).read();
}

}  // namespace presproof::policy
