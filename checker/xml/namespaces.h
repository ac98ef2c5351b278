#pragma once

#include <string_view>

/// The namespaces that presproof knows, each with the document that defines it.
namespace presproof::xml::ns {

inline constexpr std::string_view kXml = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view kCommonPolicy = "urn:ietf:params:xml:ns:common-policy";             // RFC 4745
inline constexpr std::string_view kPresRules = "urn:ietf:params:xml:ns:pres-rules";                   // RFC 5025
inline constexpr std::string_view kGeolocationPolicy = "urn:ietf:params:xml:ns:geolocation-policy";   // RFC 6772
inline constexpr std::string_view kBasicLocationProfiles = "urn:ietf:params:xml:ns:basic-location-profiles";  // RFC 6772
inline constexpr std::string_view kGeoprivPolicy = "urn:ietf:params:xml:ns:geopriv-policy";  // draft-ietf-geopriv-policy
inline constexpr std::string_view kOmaCommonPolicy = "urn:oma:xml:xdm:common-policy";
inline constexpr std::string_view kOmaPresRules = "urn:oma:xml:prs:pres-rules";
inline constexpr std::string_view kOmaPres = "urn:oma:xml:prs:pidf:oma-pres";
inline constexpr std::string_view kPidf = "urn:ietf:params:xml:ns:pidf";                              // RFC 3863
inline constexpr std::string_view kDataModel = "urn:ietf:params:xml:ns:pidf:data-model";              // RFC 4479
inline constexpr std::string_view kRpid = "urn:ietf:params:xml:ns:pidf:rpid";                         // RFC 4480
inline constexpr std::string_view kCipid = "urn:ietf:params:xml:ns:pidf:cipid";                       // RFC 4482
inline constexpr std::string_view kGeopriv = "urn:ietf:params:xml:ns:pidf:geopriv10";                 // RFC 4119
inline constexpr std::string_view kBasicPolicy = "urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy"; // RFC 4119
inline constexpr std::string_view kCivicLoc = "urn:ietf:params:xml:ns:pidf:geopriv10:civicLoc";       // RFC 4119
inline constexpr std::string_view kCivicAddr = "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr";     // RFC 5139
inline constexpr std::string_view kGml = "http://www.opengis.net/gml";
inline constexpr std::string_view kPidfloShapes = "http://www.opengis.net/pidflo/1.0";                // RFC 5491
inline constexpr std::string_view kResourceLists = "urn:ietf:params:xml:ns:resource-lists";           // RFC 4826
inline constexpr std::string_view kSimpleFilter = "urn:ietf:params:xml:ns:simple-filter";             // RFC 4661

}  // namespace presproof::xml::ns
