#include "repair/reductions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "uri/uri.h"
#include "xml/namespaces.h"

namespace presproof::repair {
namespace {

using policy::Permission;
using property::ClaimAtom;

bool is_geopriv(std::string_view ns, std::string_view name) { return ns == xml::ns::kGeopriv && name == "geopriv"; }

/// The claim about location that an atom amounts to.
std::optional<property::LocationShown> location_of(const ClaimAtom& claim, policy::Usage usage) {
  const property::LocationShown any{std::numeric_limits<double>::infinity(), geo::CivicLevel::country};
  return std::visit(Overloaded{
                        [](const property::LocationShown& shown) { return std::optional(shown); },
                        [&](const property::UnknownAttributeShown& shown) {
                          return is_geopriv(shown.ns, shown.name) ? std::optional(any) : std::nullopt;
                        },
                        [&](const property::AnythingShown&) { return usage == policy::Usage::geolocation ? std::optional(any) : std::nullopt; },
                        [](const auto&) { return std::optional<property::LocationShown>(); },
                    },
                    claim);
}

bool is_attribute(const ClaimAtom& claim) {
  return std::holds_alternative<property::AttributeShown>(claim) || std::holds_alternative<property::UserInputShown>(claim) ||
         std::holds_alternative<property::UnknownAttributeShown>(claim) || std::holds_alternative<property::AllAttributesShown>(claim);
}

Substitute dropped(std::string words) { return {Kind::drop_permission, {}, std::move(words)}; }

/// One permission against one claim.
class Reducer {
 public:
  Reducer(const ClaimAtom& claim, policy::Usage usage) : claim_(claim), usage_(usage), location_(location_of(claim, usage)) {}

  std::vector<Substitute> operator()(policy::SubHandling value) const {
    if (usage_ == policy::Usage::geolocation) return {};
    std::vector<Substitute> found;
    const auto* handling = std::get_if<property::Handling>(&claim_);
    // Without allow nothing is disclosed; a claim about the handling itself wants it below, or above.
    int below = static_cast<int>(policy::SubHandling::allow);
    if (handling != nullptr) {
      if (handling->comparison == property::Comparison::at_most) return {};
      below = static_cast<int>(handling->value);
      if (handling->comparison == property::Comparison::exactly && value != handling->value) return {};
    } else if (std::holds_alternative<property::RuleMatches>(claim_)) {
      return {};
    }
    if (static_cast<int>(value) < below || below == 0) return {};
    const auto lower = static_cast<policy::SubHandling>(below - 1);
    found.push_back({Kind::lower_handling, {{lower, {}}}, fmt::format("sub-handling becomes {}", policy::to_string(lower))});
    return found;
  }
  std::vector<Substitute> operator()(const policy::ProvideComponents& given) const {
    const std::string name(policy::kProvideComponentNames[static_cast<std::size_t>(given.kind)]);
    if (std::holds_alternative<property::AnythingShown>(claim_) && usage_ == policy::Usage::presence) return {dropped(fmt::format("{} goes", name))};
    const auto* shown = std::get_if<property::ComponentShown>(&claim_);
    if (shown == nullptr || shown->kind != given.kind) return {};
    if (!shown->selector || given.all) return {dropped(fmt::format("{} goes", name))};
    policy::ProvideComponents fewer = given;
    auto& values = fewer.values[static_cast<std::size_t>(shown->selector->kind)];
    const bool uris = shown->selector->kind == policy::SelectorKind::device_id || shown->selector->kind == policy::SelectorKind::service_uri;
    const auto selected = [&](const std::string& value) {
      return value == shown->selector->value || (uris && uri::equivalent(uri::parse(value), uri::parse(shown->selector->value)));
    };
    if (std::erase_if(values, selected) == 0) return {};
    const bool empty = std::all_of(fewer.values.begin(), fewer.values.end(), [](const auto& each) { return each.empty(); });
    if (empty) return {dropped(fmt::format("{} goes", name))};
    return {{Kind::lower_value, {{std::move(fewer), {}}}, fmt::format("{} no longer selects {}", name, shown->selector->value)}};
  }
  std::vector<Substitute> operator()(const policy::ProvideAttribute& given) const {
    const auto* shown = std::get_if<property::AttributeShown>(&claim_);
    if (shown == nullptr || shown->attribute != given.attribute || !given.value) return {};
    return {dropped(fmt::format("{} goes", policy::kAttributePermissionNames[static_cast<std::size_t>(given.attribute)]))};
  }
  std::vector<Substitute> operator()(policy::UserInput value) const {
    const auto* shown = std::get_if<property::UserInputShown>(&claim_);
    if (shown == nullptr || value < shown->at_least || shown->at_least == policy::UserInput::none) return {};
    const auto lower = static_cast<policy::UserInput>(static_cast<int>(shown->at_least) - 1);
    if (lower == policy::UserInput::none) return {dropped("provide-user-input goes")};
    return {{Kind::lower_value, {{lower, {}}}, fmt::format("provide-user-input becomes {}", policy::to_string(lower))}};
  }
  std::vector<Substitute> operator()(const policy::ProvideUnknownAttribute& given) const {
    if (!given.value) return {};
    if (location_ && is_geopriv(given.ns, given.name)) return {dropped("provide-unknown-attribute for geopriv goes")};
    const auto* shown = std::get_if<property::UnknownAttributeShown>(&claim_);
    if (shown == nullptr || shown->ns != given.ns || shown->name != given.name) return {};
    return {dropped(fmt::format("provide-unknown-attribute for {} goes", given.name))};
  }
  std::vector<Substitute> operator()(const policy::ProvideAllAttributes&) const {
    if (usage_ == policy::Usage::geolocation || (!is_attribute(claim_) && !location_)) return {};
    return {dropped("provide-all-attributes goes")};
  }
  std::vector<Substitute> operator()(const policy::ProvideLocation& given) const {
    if (!location_) return {};
    std::vector<Substitute> found;
    if (auto coarser = coarsened(given)) found.push_back(std::move(*coarser));
    found.push_back(dropped("provide-location goes"));
    return found;
  }
  std::vector<Substitute> operator()(const policy::SetRetransmissionAllowed& given) const {
    if (!std::holds_alternative<property::RetransmissionAllowed>(claim_) || !given.value) return {};
    return {dropped("set-retransmission-allowed goes")};
  }
  std::vector<Substitute> operator()(const policy::SetRetentionExpiry& given) const {
    const auto* longer = std::get_if<property::RetentionLongerThan>(&claim_);
    if (longer == nullptr || given.seconds <= longer->seconds) return {};
    return {{Kind::lower_value, {{policy::SetRetentionExpiry{longer->seconds}, {}}}, fmt::format("set-retention-expiry becomes {} s", longer->seconds)}};
  }
  std::vector<Substitute> operator()(const policy::SetNoteWell&) const { return {}; }
  std::vector<Substitute> operator()(const policy::KeepRuleReference&) const { return {}; }
  std::vector<Substitute> operator()(const policy::UnknownPermission&) const { return {}; }

 private:
  /// The radius that the claim lets pass, whole metres as RFC 6772 section 6.5.2 has them; nothing when no radius does.
  [[nodiscard]] std::optional<double> least_radius() const {
    const double length = location_->over_time && location_->over_time->length_m ? *location_->over_time->length_m : location_->geodetic_below_m.value_or(0);
    if (!std::isfinite(length)) return std::nullopt;
    return std::max(1.0, std::ceil(length));
  }
  /// The part that is too fine becomes as fine as it may be; the other part stays.
  [[nodiscard]] std::optional<Substitute> coarsened(const policy::ProvideLocation& given) const {
    std::vector<Permission> parts;
    std::vector<std::string> words;
    std::optional<policy::GeodeticGrant> geodetic = given.geodetic;
    if (geodetic && location_->geodetic_below_m && geodetic->radius_m.value_or(0) < *location_->geodetic_below_m) {
      const auto radius = least_radius();
      geodetic = radius ? std::optional(policy::GeodeticGrant{*radius, std::nullopt}) : std::nullopt;
      words.push_back(radius ? fmt::format("the radius becomes {} m", *radius) : std::string("the position goes"));
    }
    geo::CivicLevel civic = given.civic;
    if (civic != geo::CivicLevel::none && location_->civic_at_least && *location_->civic_at_least != geo::CivicLevel::none && civic >= *location_->civic_at_least) {
      civic = static_cast<geo::CivicLevel>(static_cast<int>(*location_->civic_at_least) - 1);
      words.push_back(fmt::format("the civic level becomes {}", geo::to_string(civic)));
    }
    if (words.empty()) return std::nullopt;
    if (geodetic) {
      // Exact alone has no words in RFC 6772 but beside full civic location.
      if (geodetic->rounding || geodetic->radius_m == 0.0) return std::nullopt;
      parts.push_back({policy::ProvideLocation{std::move(geodetic), geo::CivicLevel::none}, {}});
    }
    if (civic != geo::CivicLevel::none) parts.push_back({policy::ProvideLocation{std::nullopt, civic}, {}});
    if (parts.empty()) return std::nullopt;
    return Substitute{Kind::coarsen_location, std::move(parts), fmt::format("{}", fmt::join(words, ", "))};
  }

  const ClaimAtom& claim_;
  policy::Usage usage_;
  std::optional<property::LocationShown> location_;
};

}  // namespace

std::vector<Substitute> reductions(const Permission& permission, const ClaimAtom& claim, policy::Usage usage) {
  return std::visit(Reducer(claim, usage), permission.what);
}

std::vector<Substitute> raises(const Permission& permission, const ClaimAtom& claim) {
  const auto* value = std::get_if<policy::SubHandling>(&permission.what);
  const auto* handling = std::get_if<property::Handling>(&claim);
  if (value == nullptr) return {};
  policy::SubHandling wanted = policy::SubHandling::allow;
  if (handling != nullptr) wanted = handling->value;
  if (handling != nullptr && handling->comparison == property::Comparison::at_most) return {};
  if (*value >= wanted) return {};
  return {{Kind::raise_handling, {{wanted, {}}}, fmt::format("sub-handling becomes {}", policy::to_string(wanted))}};
}

}  // namespace presproof::repair
