#include <fmt/format.h>

#include <array>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "lint/written.h"
#include "policy/elements.h"
#include "xml/namespaces.h"

namespace presproof::lint {
namespace {

using policy::Tag;

/// How elements of a namespace are called at a place: with a prefix that it has there, else with one that is declared on the spot.
struct Named {
  std::string prefix;       ///< with its colon
  std::string declaration;  ///< with the blank before it, or nothing
};
Named named(const xml::Element& place, std::string_view ns, std::string_view usual) {
  for (const std::string_view prefix : {place.prefix(), usual, std::string_view("gp"), std::string_view("bp"), std::string_view("")}) {
    if (place.namespace_of(prefix) == ns) return {prefix.empty() ? std::string() : fmt::format("{}:", prefix), {}};
  }
  return {fmt::format("{}:", usual), fmt::format(" xmlns:{}=\"{}\"", usual, ns)};
}

std::string_view new_name(Tag tag) {
  switch (tag) {
    case Tag::distribution_transformation: return "set-retransmission-allowed";
    case Tag::retention_transformation: return "set-retention-expiry";
    case Tag::note_well_transformation: return "set-note-well";
    case Tag::keep_rules_transformation: return "keep-rule-reference";
    case Tag::civic_loc_transformation: return "provide-location";
    case Tag::civic_loc_condition: return "location-condition";
    default: return {};
  }
}

class Rewriting {
 public:
  Rewriting(const Fixing& fixing, const xml::Element& element, text::TextChanges& changes)
      : fixing_(fixing),
        element_(element),
        tag_(policy::tag_of(element.name())),
        text_(fixing.element()),
        changes_(changes),
        gp_(named(element, xml::ns::kGeolocationPolicy, "gp")) {}

  bool run() {
    const std::string_view name = new_name(tag_);
    if (name.empty()) return false;  // coordinates that are rounded have no radius of the same meaning
    if (tag_ == Tag::civic_loc_transformation) return transformation();
    if (tag_ == Tag::civic_loc_condition) return condition();
    rename_start(name, {});
    rename_end(name, {});
    return true;
  }

 private:
  /// `<gp:name declarations` in the place of the name, and `behind` after the start tag.
  void rename_start(std::string_view name, const std::string& behind, std::string_view attributes = {}) {
    const std::size_t begin = text_.begin + 1;
    changes_.replace(begin, begin + text_.name.size(), fmt::format("{}{}{}{}", gp_.prefix, name, gp_.declaration, attributes));
    if (!behind.empty()) changes_.replace(text_.open_end, text_.open_end, behind);
  }
  void rename_end(std::string_view name, const std::string& before) {
    if (text_.self_closing()) return;
    const std::size_t begin = text_.close_begin + 2;
    if (!before.empty()) changes_.replace(text_.close_begin, text_.close_begin, before);
    changes_.replace(begin, begin + text_.name.size(), fmt::format("{}{}", gp_.prefix, name));
  }

  bool transformation() {
    const auto inner = plain_inner(fixing_.text(), text_);
    if (!inner || !element_.attributes().empty()) return false;
    const Named lp = named(element_, xml::ns::kBasicLocationProfiles, "lp");
    const std::string_view level = trim_xml_space(*inner);
    rename_start("provide-location", {}, " profile=\"civic-transformation\"");
    changes_.replace(text_.open_end, text_.close_begin,
                     fmt::format("<{0}provide-civic{1}>{2}</{0}provide-civic>", lp.prefix, lp.declaration, level == "null" ? "none" : level));
    rename_end("provide-location", {});
    return true;
  }

  /// The fields stay what they are; in RFC 6772 they are of RFC 5139's namespace alone.
  bool condition() {
    if (text_.self_closing() || !element_.attributes().empty()) return false;
    for (const xml::Element& field : element_.children())
      if (field.name().ns != xml::ns::kCivicAddr) return false;
    rename_start("location-condition", fmt::format("<{}location profile=\"civic-condition\">", gp_.prefix));
    rename_end("location-condition", fmt::format("</{}location>", gp_.prefix));
    return true;
  }

  const Fixing& fixing_;
  const xml::Element& element_;
  Tag tag_;
  text::ElementText text_;
  text::TextChanges& changes_;
  Named gp_;
};

}  // namespace

bool fix_older_dialect(const Fixing& fixing, text::TextChanges& changes) {
  const auto element = element_at_place(fixing.context, fixing.finding.span);
  return element && Rewriting(fixing, *element, changes).run();
}

}  // namespace presproof::lint
