#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/lexical.h"
#include "presence/document.h"
#include "presence/geopriv.h"
#include "presence/namespace_check.h"
#include "uri/uri.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

namespace ns = xml::ns;
using diag::Code;

constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

/// The components of RFC 4479 with where each keeps its timestamp.
struct ComponentRow {
  PartKind kind;
  std::string_view ns;
  std::string_view local;
};
constexpr std::array kComponents = {ComponentRow{PartKind::service, ns::kPidf, "tuple"},
                                    ComponentRow{PartKind::person, ns::kDataModel, "person"},
                                    ComponentRow{PartKind::device, ns::kDataModel, "device"}};

class Reader {
 public:
  explicit Reader(diag::Sink& sink) : sink_(&sink) {}

  Document read(const xml::Element& root) {
    Document document;
    read_root_attributes(root, document);
    if (!trim_xml_space(root.text()).empty()) {
      report(Code::unexpected_content, root.span(), "text directly in `<presence>`, which is not kept",
             "put it into a `<note>`");
    }
    check_namespace(root);
    bool commented = false;
    for (const xml::Node& node : root.nodes()) {
      if (!node.element) {
        commented = commented || node.kind != xml::NodeKind::text;
        continue;
      }
      document.parts.push_back(read_part(*node.element));
      document.parts.back().element.after_comment = std::exchange(commented, false);
    }
    return document;
  }

 private:
  void report(Code code, SourceSpan span, std::string message, std::optional<std::string> fix = std::nullopt,
              std::vector<diag::Related> related = {}) {
    sink_->report({code, span, std::nullopt, std::move(message), std::move(fix), std::move(related)});
  }

  /// RFC 3863 section 4.1.1: `entity` is all that the schema allows; xsi:schemaLocation and the like say nothing about
  /// anybody.
  void read_root_attributes(const xml::Element& root, Document& document) {
    for (const xml::Attribute& attribute : root.attributes()) {
      if (attribute.name == xml::Name{"", "entity"} || attribute.name.ns == kSchemaInstance) continue;
      report(Code::unexpected_content, attribute.span,
             fmt::format("`<presence>` has no attribute `{}`; it is not kept", attribute.name.local));
    }
    const xml::Attribute* entity = root.attribute("entity");
    if (entity == nullptr) {
      report(Code::missing_attribute, root.span(), "`<presence>` without `entity`: whose presence it is stays open",
             "add `entity` with the URI of the presentity");
      return;
    }
    document.entity = std::string(trim_xml_space(entity->value));
    if (uri::parse(document.entity).scheme.empty()) {
      report(Code::invalid_value, entity->span,
             fmt::format("`entity` must be a URI, and `{}` has no scheme", document.entity),
             "write it like `sip:alice@example.com`");
    }
  }

  Part read_part(const xml::Element& source) {
    Part part;
    part.kind = kind_of(source);
    part.element = convert(source);
    if (part.kind == PartKind::service || part.kind == PartKind::person || part.kind == PartKind::device) {
      part.id = read_id(source);
      part.timestamp = read_timestamp(part);
      check_locations(part);
    }
    return part;
  }

  PartKind kind_of(const xml::Element& source) {
    const xml::Name name = source.name();
    for (const ComponentRow& row : kComponents) {
      if (name.local != row.local) continue;
      if (name.ns == row.ns) return row.kind;
      if (!intended_namespace(name.ns)) {  // else check_namespace says it
        report(Code::wrong_namespace, source.span(),
               fmt::format("`<{}>` is of the namespace `{}`; here it is in `{}` and counts as unknown", row.local,
                           row.ns, name.ns),
               fmt::format("put it into `{}`", row.ns));
      }
      return PartKind::other;
    }
    if (name.local == "note" && (name.ns == ns::kPidf || name.ns == ns::kDataModel)) return PartKind::note;
    // RFC 3863 section 4.1.1 has tuples and notes; RFC 4119 section 2.2 and RFC 5491 section 3 put <geopriv> into a
    // component.
    if (name.ns == ns::kPidf || name == xml::Name{ns::kGeopriv, "geopriv"}) {
      report(
          Code::unexpected_content, source.span(),
          fmt::format("`<{}>` directly in `<presence>`: no condition looks at it and no watcher gets it", name.local),
          "put it into a `<tuple>`, `<person>` or `<device>`");
    }
    return PartKind::other;
  }

  /// RFC 3863 section 4.1.2, RFC 4479 section 5: required, an xs:ID, unique in the document.
  std::string read_id(const xml::Element& source) {
    const xml::Attribute* id = source.attribute("id");
    if (id == nullptr) {
      report(Code::missing_attribute, source.span(), fmt::format("`<{}>` without `id`", source.name().local),
             "add an `id` that no other element of the document has");
      return {};
    }
    std::string value(trim_xml_space(id->value));
    if (!is_ncname(value)) {
      report(Code::invalid_value, id->span,
             fmt::format("the id `{}` is not an XML name: it must begin with a letter or `_`, without blanks or colons",
                         value));
    }
    const auto [first, inserted] = ids_.emplace(value, id->span);
    if (!inserted) {
      report(Code::invalid_value, id->span, fmt::format("the id `{}` is used twice", value),
             "give each component an id of its own", {{first->second, "first used here"}});
    }
    return value;
  }

  /// RFC 3863 section 4.1.7: an RFC 3339 time. One without an offset cannot be ordered and counts as absent.
  std::optional<Instant> read_timestamp(const Part& part) {
    const Element* stamp = part.element.child(part.kind == PartKind::service ? ns::kPidf : ns::kDataModel, "timestamp");
    if (stamp == nullptr) return std::nullopt;
    const std::string text = stamp->text();
    const auto time = parse_xs_datetime(text);
    if (time && time->has_offset) return time->instant;
    report(Code::invalid_value, stamp->span,
           time ? fmt::format("the timestamp `{}` has no offset from UTC, so it names no instant and is not used", text)
                : fmt::format("the timestamp `{}` is not a date and time, and is not used", text),
           "write it like `2026-03-02T09:00:00Z`");
    return std::nullopt;
  }

  /// A shape that cannot be read is an unknown location to every condition: say so.
  void check_locations(const Part& part) {
    for (const Element* geopriv : geoprivs_of(part)) {
      for (const LocationInfo& info : read_geopriv(*geopriv).locations) {
        if (!is_shape_element(info.source) || std::holds_alternative<geo::Shape>(info.what)) continue;
        const std::string_view srs = srs_name_of(info.source);
        if (!is_wgs84(srs)) {
          report(Code::unsupported_crs, info.source.span,
                 srs.empty()
                     ? fmt::format("`<{}>` names no coordinate reference system; the location counts as unknown",
                                   info.source.local)
                     : fmt::format("`{}` is not WGS 84; the location counts as unknown", srs),
                 "write `srsName=\"urn:ogc:def:crs:EPSG::4326\"` with latitude first");
        } else {
          report(Code::invalid_value, info.source.span,
                 fmt::format("`<{}>` is not a shape of RFC 5491 section 5.2; the location counts as unknown",
                             info.source.local),
                 "two numbers a position in EPSG 4326 and three in EPSG 4979, separated by blanks; measures with their "
                 "`uom`");
        }
      }
    }
  }

  void check_namespace(const xml::Element& element) {
    const std::string_view written = element.name().ns;
    if (written == last_namespace_ || !namespaces_.emplace(written).second) return;
    last_namespace_ = *namespaces_.find(written);
    const auto intended = intended_namespace(written);
    if (!intended) return;
    report(Code::wrong_namespace, element.span(),
           fmt::format("the namespace `{}` of `<{}>` is none that is known", written, element.name().local),
           fmt::format("write `{}`", *intended));
  }

  /// As it is, without comments and processing instructions, and without the blanks between elements. Recursion: the
  /// depth is limited by xml::Limits.
  Element convert(const xml::Element& source) {
    check_namespace(source);
    Element element;
    element.ns = std::string(source.name().ns);
    element.local = std::string(source.name().local);
    element.span = source.span();
    for (const xml::Attribute& attribute : source.attributes()) {
      element.attributes.push_back(
          {std::string(attribute.name.ns), std::string(attribute.name.local), std::string(attribute.value)});
    }
    bool has_elements = false;
    bool has_text = false;
    bool commented = false;
    for (const xml::Node& node : source.nodes()) {
      if (node.element) {
        Element child = convert(*node.element);
        child.after_comment = std::exchange(commented, false);
        element.children.push_back({std::move(child)});
        has_elements = true;
      } else if (node.kind != xml::NodeKind::text) {
        commented = true;
      } else if (!node.text.empty()) {
        append_text(element, node.text);
        has_text = has_text || !trim_xml_space(node.text).empty();
      }
    }
    if (has_elements && !has_text) {
      std::erase_if(element.children, [](const Node& node) { return std::holds_alternative<std::string>(node.value); });
    }
    return element;
  }

  static void append_text(Element& element, std::string_view text) {
    auto* last = element.children.empty() ? nullptr : std::get_if<std::string>(&element.children.back().value);
    if (last != nullptr) {
      last->append(text);
    } else {
      element.children.push_back({std::string(text)});
    }
  }

  diag::Sink* sink_;
  std::map<std::string, SourceSpan> ids_;
  std::set<std::string, std::less<>> namespaces_;  ///< met so far: each is reported once
  std::string_view last_namespace_;
};

}  // namespace

std::optional<Document> read_document(diag::Sources& sources, std::uint32_t file, const xml::Limits& limits,
                                      diag::Sink& sink) {
  const auto document = xml::Document::read(sources, file, limits, sink);
  if (!document) return std::nullopt;
  const xml::Element root = document->root();
  if (!root.is(ns::kPidf, "presence")) {
    const xml::Name name = root.name();
    const std::string where = name.ns.empty() ? "no namespace" : fmt::format("the namespace `{}`", name.ns);
    sink.report(
        {Code::not_a_presence_document,
         root.span(),
         std::nullopt,
         fmt::format("the root element is `<{}>` of {}, not `<presence>` of `{}`", name.local, where, ns::kPidf),
         name.local == "presence" ? std::optional(fmt::format("declare `xmlns=\"{}\"`", ns::kPidf)) : std::nullopt,
         {}});
    return std::nullopt;
  }
  return Reader(sink).read(root);
}

}  // namespace presproof::presence
