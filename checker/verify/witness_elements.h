#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/request.h"
#include "presence/document.h"

/// The components of a witness document (verify/witness_document.h) in the element order of RFC 3863, RFC 4479, RFC
/// 4480 and RFC 4119.
namespace presproof::verify {

/// Of what no specification knows.
inline constexpr std::string_view kWitnessNamespace = "urn:example:presproof";

struct WitnessComponent {
  presence::PartKind kind = presence::PartKind::service;  ///< service, person or device
  std::string id;
  std::string class_value;
  std::string device_id;                                     ///< of a service and of a device
  std::string contact;                                       ///< of a service
  std::vector<std::pair<std::string, std::string>> unknown;  ///< (namespace, name)
  std::size_t person_number = 0;  ///< persons of an undefined sphere take turns in what they say
};

[[nodiscard]] presence::Element make_element(std::string_view in_ns, std::string_view local, std::string text = {});

/// Whether a <sphere> can say it; nothing, and what is blank or has blanks around it, cannot be said.
[[nodiscard]] bool sphere_can_be_said(const std::optional<std::string>& sphere);

[[nodiscard]] presence::Part make_witness_component(const WitnessComponent& what, const policy::State& state);

}  // namespace presproof::verify
