#include <fmt/format.h>

#include <array>
#include <utility>

#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "lint/server.h"

namespace presproof::lint {
namespace {

/// What the server can be told to take away as a whole, and what it then takes away with it.
struct Hideable {
  std::string_view transformation;
  std::string_view words;
};
constexpr std::array<Hideable, 2> kHideable = {{{"provide-services", "services"}, {"provide-persons", "persons"}}};

std::vector<Hideable> not_named(const RuleElement& each) {
  std::vector<Hideable> missing;
  const auto transformations = child_named(each.element, "transformations");
  for (const Hideable& row : kHideable)
    if (!transformations || !child_named(*transformations, row.transformation)) missing.push_back(row);
  return missing;
}

}  // namespace

/// RFC 5025 section 3.3: what no permission names is hidden.
void check_shown_unless_named(const Context& context, diag::Sink& sink) {
  if (!shows_what_is_not_named(context)) return;
  each_rule_element(context, [&](const RuleElement& each) {
    if (each.rule == nullptr || !server_allows(each)) return;
    const auto missing = not_named(each);
    if (missing.empty()) return;
    std::string words;
    for (const Hideable& row : missing) words += fmt::format("{}{}", words.empty() ? "" : " and ", row.words);
    sink.report(finding(diag::Code::shown_unless_named, *each.rule, each.element.span(),
                        fmt::format("{} names no {}: {} shows them whole, with their notes and locations", name_of(*each.rule), words, server_words(context)),
                        missing.size() == 1 ? fmt::format("write an empty `{}`, which grants nothing and which the server takes for hiding all", missing.front().transformation)
                                            : "write empty `provide-services` and `provide-persons`, which grant nothing and which the server takes for hiding all"));
  });
}

bool fix_shown_unless_named(const Fixing& fixing, text::TextChanges& changes) {
  bool mended = false;
  each_rule_element(fixing.context, [&](const RuleElement& each) {
    const SourceSpan place = each.element.span();
    if (place.file != fixing.finding.span.file || place.line != fixing.finding.span.line || place.column != fixing.finding.span.column) return;
    const auto actions = child_named(each.element, "actions");
    const auto handling = actions ? child_named(*actions, "sub-handling") : std::nullopt;
    if (!handling) return;
    const std::string prefix = handling->prefix().empty() ? std::string() : fmt::format("{}:", handling->prefix());
    const auto transformations = child_named(each.element, "transformations");
    std::vector<std::string> added;
    for (const Hideable& row : not_named(each)) added.push_back(fmt::format("<{}{}/>", prefix, row.transformation));
    if (transformations) {
      const auto element = fixing.element(transformations->span());
      const auto children = text::children_of(fixing.text(), element);
      const std::string indentation = children.empty() ? std::string() : changes.indentation(children.back().begin);
      changes.append_child(element, fmt::format("{}", fmt::join(added, indentation.empty() ? std::string() : std::string(changes.line_break()) + indentation)));
    } else {
      const auto rule = fixing.element(each.element.span());
      const auto before = fixing.element(actions->span());
      const std::string indentation = changes.indentation(before.begin);
      const std::string line = indentation.empty() ? std::string() : std::string(changes.line_break()) + indentation;
      std::string inner;
      for (const auto& element : added) inner += line + (line.empty() ? "" : "  ") + element;
      changes.insert_after(before, fmt::format("<{0}transformations>{1}{2}</{0}transformations>", rule.prefix(), inner, line));
    }
    mended = true;
  });
  return mended;
}

}  // namespace presproof::lint
