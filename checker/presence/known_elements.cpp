#include "presence/known_elements.h"

#include <algorithm>

#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

namespace ns = xml::ns;
using policy::AttributePermission;

static_assert(static_cast<int>(PartKind::service) == 0 && static_cast<int>(PartKind::person) == 1 &&
              static_cast<int>(PartKind::device) == 2);

constexpr std::array<bool, 3> kNowhere = {false, false, false};
constexpr std::array<bool, 3> kInService = {true, false, false};
constexpr std::array<bool, 3> kInDevice = {false, false, true};
constexpr std::array<bool, 3> kInPersonAndDevice = {false, true, true};

const std::array kKnownElements = {
    // RFC 5025 section 3.3.2, first paragraph: always reported.
    KnownElement{ns::kPidf, "basic", NoPermission{}, kInService},
    KnownElement{ns::kPidf, "contact", NoPermission{}, kInService},
    KnownElement{ns::kPidf, "timestamp", NoPermission{}, kInService},
    KnownElement{ns::kRpid, "service-class", NoPermission{}, kInService},
    KnownElement{ns::kDataModel, "timestamp", NoPermission{}, kInPersonAndDevice},
    // Section 3.3.2.3: the deviceID of a device is always reported, that of a tuple needs its permission.
    KnownElement{ns::kDataModel, "deviceID", AttributePermission::device_id, kInDevice},
    // Sections 3.3.2.1 to 3.3.2.12.
    KnownElement{ns::kRpid, "activities", AttributePermission::activities, kNowhere},
    KnownElement{ns::kRpid, "class", AttributePermission::class_, kNowhere},
    KnownElement{ns::kRpid, "mood", AttributePermission::mood, kNowhere},
    KnownElement{ns::kRpid, "place-is", AttributePermission::place_is, kNowhere},
    KnownElement{ns::kRpid, "place-type", AttributePermission::place_type, kNowhere},
    KnownElement{ns::kRpid, "privacy", AttributePermission::privacy, kNowhere},
    KnownElement{ns::kRpid, "relationship", AttributePermission::relationship, kNowhere},
    KnownElement{ns::kRpid, "sphere", AttributePermission::sphere, kNowhere},
    KnownElement{ns::kRpid, "status-icon", AttributePermission::status_icon, kNowhere},
    KnownElement{ns::kRpid, "time-offset", AttributePermission::time_offset, kNowhere},
    KnownElement{ns::kRpid, "user-input", UserInputPermission{}, kNowhere},
    // Section 3.3.2.13: PIDF's note in a tuple, the data model's in a person or device.
    KnownElement{ns::kPidf, "note", AttributePermission::note, kNowhere},
    KnownElement{ns::kDataModel, "note", AttributePermission::note, kNowhere},
    // RFC 6772 section 6.5.
    KnownElement{ns::kGeopriv, "geopriv", LocationPermission{}, kNowhere},
};

}  // namespace

std::optional<KnownElement> find_known(std::string_view element_ns, std::string_view local) {
  const auto row = std::find_if(kKnownElements.begin(), kKnownElements.end(), [&](const KnownElement& known) {
    return known.local == local && known.ns == element_ns;
  });
  if (row == kKnownElements.end()) return std::nullopt;
  return *row;
}

}  // namespace presproof::presence
