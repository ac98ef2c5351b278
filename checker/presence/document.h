#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "base/source_span.h"
#include "diag/diagnostic.h"
#include "diag/sources.h"
#include "policy/request.h"
#include "xml/document.h"

/// Presence documents: PIDF (RFC 3863) with the data model (RFC 4479), RPID (RFC 4480), CIPID (RFC 4482) and PIDF-LO
/// (RFC 4119, 5491, 5139). Everything is kept as it is, known or not, so that a filtered document loses only what was
/// withheld.
namespace presproof::presence {

struct ElementAttribute {
  std::string ns;
  std::string local;
  std::string value;
  friend bool operator==(const ElementAttribute&, const ElementAttribute&) = default;
};

struct Node;

/// An element with all that is in it. Of comments and processing instructions it is known where one stands, which some servers look at.
struct Element {
  std::string ns;
  std::string local;
  std::vector<ElementAttribute> attributes;
  std::vector<Node> children;
  SourceSpan span;
  bool after_comment = false;  ///< one stands between it and the element before; makes no difference between two elements

  [[nodiscard]] bool is(std::string_view in_ns, std::string_view name) const { return local == name && ns == in_ns; }
  [[nodiscard]] const Element* child(std::string_view in_ns, std::string_view name) const;  ///< the first, or null
  [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const;     ///< of no namespace
  [[nodiscard]] std::string text() const;                                                   ///< own text, trimmed
  friend bool operator==(const Element&, const Element&);
};

struct Node {
  std::variant<Element, std::string> value;
  friend bool operator==(const Node&, const Node&) = default;
};

enum class PartKind : std::uint8_t { service, person, device, note, other };

/// A child of <presence>. RFC 4479 calls the first three data components; a service is a <tuple>.
struct Part {
  PartKind kind = PartKind::other;
  std::string id;  ///< the occurrence id; empty when it has none
  std::optional<Instant> timestamp;
  Element element;
  friend bool operator==(const Part&, const Part&) = default;
};

struct Document {
  std::string entity;
  std::vector<Part> parts;
  friend bool operator==(const Document&, const Document&) = default;
};

/// Reads the presence document in `file`; findings as in policy::read_rule_set. Nothing when it is not well-formed,
/// over a limit or has another root than pidf's <presence>.
[[nodiscard]] std::optional<Document> read_document(diag::Sources& sources, std::uint32_t file,
                                                    const xml::Limits& limits, diag::Sink& sink);

/// The canonical text (xml::Writer).
[[nodiscard]] std::string write_document(const Document& document);

/// Several published sources as one: union of the parts; of two components with the same kind and id the one with the
/// later timestamp, else the later given, in the place of the first. Of several documents, equal parts without an id
/// are one. Entity: the first one's.
[[nodiscard]] Document compose(std::span<const Document> documents);

/// RFC 5025 section 3.1.2: the sphere that all persons of all published documents agree on, spelt as the first has it;
/// nothing when none has one or they differ. Two that differ in case alone agree, as no rule can tell them apart; an
/// empty <sphere>, or one with two values, agrees with none.
[[nodiscard]] std::optional<std::string> sphere_of(std::span<const Document> documents);

/// The location that a condition sees: the first by the order of precedence of RFC 5491 section 3, rule 8, over the
/// composed document; geodetic and civic from the same place. One that cannot be read is unknown, and hides the others.
[[nodiscard]] policy::TargetLocation location_of(const Document& document);

}  // namespace presproof::presence
