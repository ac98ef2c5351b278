#include <fmt/format.h>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "lint/written.h"
#include "policy/elements.h"
#include "policy/reading.h"
#include "uri/uri.h"

namespace presproof::lint {
namespace {

using policy::Tag;

/// Elements whose text the readers trim. Not those of places, addresses and booleans where RFC 6772's own
/// examples break lines, nor free text.
bool is_trimmed(Tag tag) {
  return tag == Tag::sub_handling || (tag >= Tag::class_ && tag <= Tag::service_uri_scheme) ||
         (tag >= Tag::provide_activities && tag <= Tag::provide_note) || tag == Tag::provide_unknown_attribute ||
         tag == Tag::provide_civic || tag == Tag::set_retention_expiry;
}

/// The attribute that a reader trims; null when there is none, or none with white space around it.
const xml::Attribute* trimmed_attribute(const xml::Element& element, Tag tag) {
  const auto has_blanks = [](const xml::Attribute* attribute) {
    return attribute != nullptr && !trim_xml_space(attribute->value).empty() && trim_xml_space(attribute->value) != attribute->value;
  };
  if (tag == Tag::one || tag == Tag::except) {
    if (const auto* id = element.attribute("id"); has_blanks(id)) return id;
  }
  if (tag == Tag::many || tag == Tag::except) {
    const auto* domain = element.attribute("domain");
    if (has_blanks(domain) && uri::to_ascii_domain(domain->value)) return domain;
  }
  if (tag == Tag::provide_geo) {
    const auto* radius = element.attribute("radius");
    if (has_blanks(radius) && parse_xs_integer(radius->value).value_or(0) > 0) return radius;
  }
  return nullptr;
}

std::string message(const std::string& what, std::string_view value) {
  return fmt::format("{} has white space around {}: a server that compares texts does not find it equal", what, policy::quoted(value));
}

}  // namespace

void check_value_with_blanks(const Context& context, diag::Sink& sink) {
  each_element(context, [&](const xml::Element& element, const policy::Rule* rule) {
    const Tag tag = policy::tag_of(element.name());
    if (const xml::Attribute* attribute = trimmed_attribute(element, tag)) {
      const std::string_view value = trim_xml_space(attribute->value);
      sink.report(finding_in(diag::Code::value_with_blanks, rule, attribute->span,
                             message(fmt::format("the `{}` of {}", attribute->name.local, policy::quoted_tag(element)), value),
                             fmt::format("write {} alone", policy::quoted(value))));
    }
    if (!is_trimmed(tag) || !element.children().empty()) return;
    const std::string text = element.text();
    const std::string_view value = trim_xml_space(text);
    if (value.empty() || value == text) return;
    sink.report(finding_in(diag::Code::value_with_blanks, rule, element.span(), message(policy::quoted_tag(element), value),
                           fmt::format("write {} alone", policy::quoted(value))));
  });
}

bool fix_value_with_blanks(const Fixing& fixing, text::TextChanges& changes) {
  const auto written = written_value(fixing);
  if (!written) return false;
  changes.replace(written->whole.begin, written->trimmed.begin, "");
  changes.replace(written->trimmed.end, written->whole.end, "");
  return true;
}

}  // namespace presproof::lint
