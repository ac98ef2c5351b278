#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "policy/rule_set.h"
#include "policy/vocabulary.h"
#include "semantics/decision.h"
#include "claims/claim.h"

/// What a watcher gets for the worst document, read off one decision of the reference evaluator: two decisions have equal views exactly when
/// they filter every presence document to the same one (RFC 5025 section 3.3, RFC 6772 section 6). Nothing here is shared with the encoding in
/// smt/view_shapes.h.
///
/// Polite-block shows one closed tuple with an id that no filtered document has; so an allow that shows nothing has another view. What claims do
/// not count as shown (below allow, without a component) is no part of it. Documents are those whose attributes stand where RFC 4480 puts them.
namespace presproof::verify {

struct View {
  enum class Document : std::uint8_t { none, politely_closed, filtered };
  struct Component {
    bool all = false;
    /// Of the selectors that some rule of the policy names, those that a component is kept by.
    std::set<std::pair<policy::SelectorKind, std::string>> selectors;
    friend bool operator==(const Component&, const Component&) = default;
  };
  /// RFC 6772: what is left of a location. As published counts as exact and in full.
  struct Location {
    semantics::ProvidedLocation precision;
    std::optional<bool> retransmission;  ///< nothing: as published
    std::optional<std::int64_t> retention_s;
    std::set<policy::SetNoteWell> notes;
    bool drops_rule_reference = false;
    friend bool operator==(const Location&, const Location&) = default;
  };
  Document document = Document::none;
  std::array<Component, policy::kComponentKinds> components;
  std::array<bool, policy::kAttributePermissions> attributes{};
  policy::UserInput user_input = policy::UserInput::none;
  bool all_attributes = false;
  std::set<std::pair<std::string, std::string>> unknown_attributes;  ///< (namespace, name); none beside all attributes
  std::optional<Location> location;
  friend bool operator==(const View&, const View&) = default;
};

[[nodiscard]] View view_of(const semantics::Decision& decision, const claims::ClaimContext& context);

/// Whether the response code and the subscription state of the first NOTIFY are the same (in geolocation usage: whether both are granted).
[[nodiscard]] bool same_response(const semantics::Decision& first, const semantics::Decision& second, policy::Usage usage);

}  // namespace presproof::verify
