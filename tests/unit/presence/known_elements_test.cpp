#include <catch2/catch.hpp>

#include <set>

#include "presence/known_elements.h"
#include "xml/namespaces.h"

using namespace presproof;
using namespace presproof::presence;
namespace ns = presproof::xml::ns;
using policy::AttributePermission;

namespace {

std::optional<AttributePermission> attribute_of(std::string_view in, std::string_view local) {
  const auto known = find_known(in, local);
  const auto* permission = known ? std::get_if<AttributePermission>(&known->permission) : nullptr;
  return permission == nullptr ? std::nullopt : std::optional(*permission);
}

bool always(std::string_view in, std::string_view local, PartKind component) {
  const auto known = find_known(in, local);
  return known && known->always_shown_in(component);
}

}  // namespace

TEST_CASE("each attribute permission of RFC 5025 grants its element") {
  CHECK(attribute_of(ns::kRpid, "activities") == AttributePermission::activities);
  CHECK(attribute_of(ns::kRpid, "class") == AttributePermission::class_);
  CHECK(attribute_of(ns::kDataModel, "deviceID") == AttributePermission::device_id);
  CHECK(attribute_of(ns::kRpid, "mood") == AttributePermission::mood);
  CHECK(attribute_of(ns::kRpid, "place-is") == AttributePermission::place_is);
  CHECK(attribute_of(ns::kRpid, "place-type") == AttributePermission::place_type);
  CHECK(attribute_of(ns::kRpid, "privacy") == AttributePermission::privacy);
  CHECK(attribute_of(ns::kRpid, "relationship") == AttributePermission::relationship);
  CHECK(attribute_of(ns::kRpid, "sphere") == AttributePermission::sphere);
  CHECK(attribute_of(ns::kRpid, "status-icon") == AttributePermission::status_icon);
  CHECK(attribute_of(ns::kRpid, "time-offset") == AttributePermission::time_offset);
  CHECK(attribute_of(ns::kPidf, "note") == AttributePermission::note);
  CHECK(attribute_of(ns::kDataModel, "note") == AttributePermission::note);
}

TEST_CASE("user-input and geopriv have permissions of their own kinds") {
  CHECK(std::holds_alternative<UserInputPermission>(find_known(ns::kRpid, "user-input").value().permission));
  CHECK(std::holds_alternative<LocationPermission>(find_known(ns::kGeopriv, "geopriv").value().permission));
}

TEST_CASE("what RFC 5025 always reports is always shown in its component and nowhere else") {
  for (const std::string_view local : {"basic", "contact", "timestamp"}) {
    CHECK(always(ns::kPidf, local, PartKind::service));
    CHECK_FALSE(always(ns::kPidf, local, PartKind::person));
    CHECK_FALSE(always(ns::kPidf, local, PartKind::device));
  }
  CHECK(always(ns::kRpid, "service-class", PartKind::service));
  CHECK_FALSE(always(ns::kRpid, "service-class", PartKind::person));
  CHECK(always(ns::kDataModel, "timestamp", PartKind::person));
  CHECK(always(ns::kDataModel, "timestamp", PartKind::device));
  CHECK_FALSE(always(ns::kDataModel, "timestamp", PartKind::service));
  CHECK(always(ns::kDataModel, "deviceID", PartKind::device));
  CHECK_FALSE(always(ns::kDataModel, "deviceID", PartKind::service));
  CHECK_FALSE(always(ns::kDataModel, "deviceID", PartKind::person));
  for (const std::string_view local : {"activities", "class", "sphere", "user-input"}) {
    CHECK_FALSE(always(ns::kRpid, local, PartKind::service));
    CHECK_FALSE(always(ns::kRpid, local, PartKind::person));
  }
  CHECK_FALSE(always(ns::kDataModel, "timestamp", PartKind::note));
  CHECK_FALSE(always(ns::kPidf, "basic", PartKind::other));
}

TEST_CASE("elements without a permission are unknown") {
  CHECK_FALSE(find_known(ns::kCipid, "card"));
  CHECK_FALSE(find_known(ns::kRpid, "note"));
  CHECK_FALSE(find_known(ns::kRpid, "Activities"));
  CHECK_FALSE(find_known("urn:x", "activities"));
  CHECK_FALSE(find_known("", "note"));
  CHECK_FALSE(find_known(ns::kPidf, "status"));
}
