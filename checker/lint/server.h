#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lint/lint.h"
#include "text/element_text.h"
#include "xml/document.h"

/// What the checks of 5xx share: the server that a rule set is written for (Options::server), as it reads the rules (engine/view.h).
namespace presproof::lint {

/// `kamailio`, or `opensips` with the label of a profile that was not run.
[[nodiscard]] std::string server_words(const Context& context);

/// Whether the server is another than the RFCs describe.
[[nodiscard]] bool departs(const Options& options);
/// Whether a code is one of 5xx.
[[nodiscard]] bool is_about_server(diag::Code code);

[[nodiscard]] bool decides_by_first_rule(const Context& context);
[[nodiscard]] bool reads_as(const Context& context, engine::RuleSetView view);
[[nodiscard]] bool looks_at_local_names(const Context& context);    ///< engine::RuleSetView::ser
[[nodiscard]] bool compares_text(const Context& context);           ///< engine::IdentityTest::ser_text
[[nodiscard]] bool shows_what_is_not_named(const Context& context);  ///< engine::Filtering::shows_what_is_not_removed

/// An element in a <ruleset>.
struct RuleElement {
  const xml::Element& element;
  const policy::Rule* rule;             ///< null for what is no rule to the RFCs
  std::optional<xml::Element> conditions;
  std::size_t behind = 0;               ///< how many elements follow it
};
/// Calls `visit` for each, in document order.
void each_rule_element(const Context& context, const std::function<void(const RuleElement&)>& visit);

/// The first child of that local name, without case.
[[nodiscard]] std::optional<xml::Element> child_named(const xml::Element& parent, std::string_view local);

/// Whether the server takes the rule's handling for `allow`, so that it filters.
[[nodiscard]] bool server_allows(const RuleElement& each);
/// Its children, none when there is no <transformations>.
[[nodiscard]] std::vector<xml::Element> transformations_of(const RuleElement& each);

/// `the rule behind it`, `the 3 rules behind it`.
[[nodiscard]] std::string rules_behind(std::size_t count);

}  // namespace presproof::lint
