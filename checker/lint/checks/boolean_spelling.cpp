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

/// Elements whose content is an xs:boolean.
bool holds_boolean(Tag tag) {
  return (tag >= Tag::provide_activities && tag <= Tag::provide_note) || tag == Tag::provide_unknown_attribute ||
         tag == Tag::set_retransmission_allowed || tag == Tag::keep_rule_reference || tag == Tag::distribution_transformation ||
         tag == Tag::keep_rules_transformation;
}

std::string_view word_for(std::string_view digit) { return digit == "1" ? "true" : "false"; }

}  // namespace

void check_boolean_spelling(const Context& context, diag::Sink& sink) {
  each_element(context, [&](const xml::Element& element, const policy::Rule* rule) {
    if (!holds_boolean(policy::tag_of(element.name()))) return;
    const std::string text = element.text();
    const std::string_view value = trim_xml_space(text);
    if (value != "1" && value != "0") return;
    sink.report(finding_in(diag::Code::boolean_spelling, rule, element.span(),
                           fmt::format("{} is `{}`, which some servers do not take for `{}`", policy::quoted_tag(element), value, word_for(value)),
                           fmt::format("write `{}`", word_for(value))));
  });
}

bool fix_boolean_spelling(const Fixing& fixing, text::TextChanges& changes) {
  const auto element = fixing.element();
  const auto inner = plain_inner(fixing.text(), element);
  if (!inner) return false;
  changes.set_inner(element, std::string(word_for(trim_xml_space(*inner))));
  return true;
}

}  // namespace presproof::lint
