#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "lint/server.h"

namespace presproof::lint {

/// RFC 4745 leaves comments to XML, where they mean nothing; presence_xml's walk over the children of <ruleset> ends at one.
void check_comment_ends_rules(const Context& context, diag::Sink& sink) {
  if (!looks_at_local_names(context)) return;
  for (const auto& document : context.subject.documents) {
    const auto text = context.sources.text(document.file());
    const auto root = text::element_at(text, context.sources.offset_of(document.root().span()));
    const auto rules = text::children_of(text, root);
    for (const auto& markup : text::unnamed_markup_of(text, root)) {
      const auto behind = std::ranges::count_if(rules, [&](const auto& rule) { return rule.begin > markup.begin; });
      if (behind == 0) continue;
      constexpr std::size_t kOpens = 4;  // `<!--`
      sink.report({.code = diag::Code::comment_ends_rules,
                   .span = context.sources.span_at(document.file(), markup.begin, kOpens),
                   .rule = {},
                   .message = fmt::format("{} stops here: {} {} never looked at", server_words(context), rules_behind(static_cast<std::size_t>(behind)), behind == 1 ? "is" : "are"),
                   .fix = "move the comment into a rule",
                   .related = {}});
    }
  }
}

/// To the beginning of the rule that follows, which it is about.
bool fix_comment_ends_rules(const Fixing& fixing, text::TextChanges& changes) {
  const auto text = fixing.text();
  const auto root = text::root_of(text);
  const auto offset = fixing.context.sources.offset_of(fixing.finding.span);
  const auto markups = text::unnamed_markup_of(text, root);
  const auto markup = std::ranges::find(markups, offset, &text::MarkupText::begin);
  const auto rules = text::children_of(text, root);
  const auto next = std::ranges::find_if(rules, [&](const auto& rule) { return rule.begin > offset; });
  if (markup == markups.end() || next == rules.end() || next->self_closing()) return false;
  const auto children = text::children_of(text, *next);
  const std::string indentation = children.empty() ? std::string() : changes.indentation(children.front().begin);
  const std::string before = indentation.empty() ? std::string() : std::string(changes.line_break()) + indentation;
  changes.remove(*markup);
  changes.replace(next->open_end, next->open_end, before + std::string(text.substr(markup->begin, markup->end - markup->begin)));
  return true;
}

}  // namespace presproof::lint
