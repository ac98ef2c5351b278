#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule_set.h"

/// What a rule gives by itself, as far as checks ask. Explicit false values give nothing (RFC 4745 section 10.2:
/// booleans are ORed).
namespace presproof::lint {

/// Which components can carry an attribute (RFC 5025 section 3.3.2); indexed by policy::ComponentKind.
using Components = std::array<bool, policy::kComponentKinds>;
[[nodiscard]] bool any(const Components& components);
[[nodiscard]] bool intersect(const Components& a, const Components& b);
/// `a person`, `a person or a service`, `a device, a person or a service`.
[[nodiscard]] std::string to_words(const Components& components);

struct AttributeGrant {
  std::string_view permission;  ///< `provide-mood`
  Components carriers;          ///< one of these must be shown, too
  SourceSpan span;
};

struct Grants {
  /// The most generous sub-handling element; nothing when there is none.
  const policy::Permission* handling = nullptr;
  policy::SubHandling sub_handling = policy::SubHandling::block;
  /// With `provide-all`, or a selector.
  Components components{};
  std::vector<AttributeGrant> attributes;
  const policy::Permission* location = nullptr;  ///< one that discloses something
  std::vector<const policy::Permission*> note_wells;
  bool other = false;  ///< retention, retransmission, rule reference

  [[nodiscard]] bool nothing() const;
};

/// The places in it are those of `permissions`.
[[nodiscard]] Grants grants_of(std::span<const policy::Permission> permissions);
[[nodiscard]] inline Grants grants_of(const policy::Rule& rule) { return grants_of(rule.permissions); }
[[nodiscard]] bool discloses(const policy::ProvideLocation& location);

}  // namespace presproof::lint
