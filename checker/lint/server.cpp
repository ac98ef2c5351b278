#include "lint/server.h"

#include <fmt/format.h>

#include "base/lexical.h"
#include "lint/checks/checks.h"

namespace presproof::lint {

std::string server_words(const Context& context) {
  const engine::Profile& server = *context.options.server;
  return fmt::format("`{}`{}", server.name, server.evidence == engine::Evidence::source ? " (read in its source, not run)" : "");
}

bool departs(const Options& options) { return options.server->name != engine::rfc().name; }
bool is_about_server(diag::Code code) { return code >= diag::Code::comment_ends_rules; }

bool decides_by_first_rule(const Context& context) { return context.options.server->combining == engine::Combining::first_matching_rule; }
bool reads_as(const Context& context, engine::RuleSetView view) { return context.options.server->view == view; }
bool looks_at_local_names(const Context& context) { return reads_as(context, engine::RuleSetView::ser); }
bool compares_text(const Context& context) { return context.options.server->identity == engine::IdentityTest::ser_text; }
bool shows_what_is_not_named(const Context& context) { return context.options.server->filtering == engine::Filtering::shows_what_is_not_removed; }

std::optional<xml::Element> child_named(const xml::Element& parent, std::string_view local) {
  for (const xml::Element& child : parent.children())
    if (equal_ignoring_case(child.name().local, local)) return child;
  return std::nullopt;
}

void each_rule_element(const Context& context, const std::function<void(const RuleElement&)>& visit) {
  for (std::size_t document = 0; document < context.subject.documents.size(); ++document) {
    const auto& rules = context.policy.documents[document].rules;
    std::vector<xml::Element> elements;
    for (const xml::Element& child : context.subject.documents[document].root().children()) elements.push_back(child);
    std::size_t next_rule = 0;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const policy::Rule* rule = elements[i].is(xml::ns::kCommonPolicy, "rule") ? &rules.at(next_rule++) : nullptr;
      visit({elements[i], rule, child_named(elements[i], "conditions"), elements.size() - i - 1});
    }
  }
}

bool server_allows(const RuleElement& each) {
  const auto actions = child_named(each.element, "actions");
  const auto handling = actions ? child_named(*actions, "sub-handling") : std::nullopt;
  return handling && handling->text().starts_with("allow");
}

std::vector<xml::Element> transformations_of(const RuleElement& each) {
  std::vector<xml::Element> children;
  if (const auto transformations = child_named(each.element, "transformations"))
    for (const xml::Element& child : transformations->children()) children.push_back(child);
  return children;
}

std::string rules_behind(std::size_t count) { return count == 1 ? "the rule behind it" : fmt::format("the {} rules behind it", count); }

}  // namespace presproof::lint
