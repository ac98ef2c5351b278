#include <fmt/format.h>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "lint/written.h"
#include "policy/elements.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

using policy::Tag;

/// The number without a plus sign and without zeros before its first digit, `-0` as `0`; the text is a number.
std::string plain(std::string_view number) {
  const bool negative = number.starts_with('-');
  if (negative || number.starts_with('+')) number.remove_prefix(1);
  while (number.size() > 1 && number[0] == '0' && number[1] >= '0' && number[1] <= '9') number.remove_prefix(1);
  return fmt::format("{}{}", negative && number != "0" ? "-" : "", number);
}

/// A number that its reader accepts, be it oddly written.
bool is_accepted(Tag tag, std::string_view text) {
  if (tag == Tag::radius) return parse_xs_double(text).value_or(0) > 0;
  const auto number = parse_xs_integer(text);
  return number && (tag == Tag::provide_geo ? *number > 0 : *number >= 0);
}

}  // namespace

void check_number_spelling(const Context& context, diag::Sink& sink) {
  each_element(context, [&](const xml::Element& element, const policy::Rule* rule) {
    const Tag tag = policy::tag_of(element.name());
    const xml::Attribute* attribute = tag == Tag::provide_geo ? element.attribute("radius") : nullptr;
    if (attribute == nullptr && tag != Tag::radius && tag != Tag::set_retention_expiry && tag != Tag::retention_transformation) return;
    const std::string text = attribute != nullptr ? std::string(attribute->value) : element.text();
    const std::string_view value = trim_xml_space(text);
    if (!is_accepted(tag, value) || plain(value) == value) return;
    const std::string what = attribute != nullptr ? "the `radius` of " + policy::quoted_tag(element) : policy::quoted_tag(element);
    sink.report(finding_in(diag::Code::number_spelling, rule, attribute != nullptr ? attribute->span : element.span(),
                           fmt::format("{} is {}, an unusual spelling of {}", what, policy::quoted(value), policy::quoted(plain(value))),
                           fmt::format("write {}", policy::quoted(plain(value)))));
  });
}

bool fix_number_spelling(const Fixing& fixing, text::TextChanges& changes) {
  const auto written = written_value(fixing);
  if (!written) return false;
  changes.replace(written->trimmed.begin, written->trimmed.end,
                  plain(fixing.text().substr(written->trimmed.begin, written->trimmed.end - written->trimmed.begin)));
  return true;
}

}  // namespace presproof::lint
