#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/server.h"
#include "lint/written.h"
#include "policy/elements.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

using policy::Tag;

/// What comes of a transformation that the server does not carry out; nothing when it shows no more than it is to show.
std::optional<std::string_view> shown_whole(const xml::Element& element) {
  switch (policy::tag_of(element.name())) {
    case Tag::provide_devices: return child_named(element, "all-devices") ? std::nullopt : std::optional<std::string_view>("all devices are shown");
    case Tag::provide_user_input: {
      const std::string text = element.text();
      return text == "bare" || text == "thresholds" ? std::optional<std::string_view>("the first user-input goes, and the others are shown with their times") : std::nullopt;
    }
    case Tag::provide_unknown_attribute: return element.text() == "false" ? std::optional<std::string_view>("the attribute is shown") : std::nullopt;
    case Tag::provide_location: return "locations are shown as they were published";
    default: return std::nullopt;
  }
}

/// The same of RestComm's server.
std::optional<std::string_view> shown_by_mobicents(const xml::Element& element) {
  switch (policy::tag_of(element.name())) {
    case Tag::provide_unknown_attribute: return element.text() == "false" ? std::optional<std::string_view>("the attribute is shown") : std::nullopt;
    case Tag::provide_location: return "a location in the status of a service is shown as it was published";
    default: break;
  }
  const bool hides_class = element.is(xml::ns::kPresRules, "provide-class") && element.text() == "false";
  return hides_class ? std::optional<std::string_view>("the class is shown") : std::nullopt;
}

}  // namespace

/// RFC 5025 section 3.3 and RFC 6772 section 6: what a permission does not grant is hidden.
void check_permission_not_filtered(const Context& context, diag::Sink& sink) {
  const bool is_mobicents = reads_as(context, engine::RuleSetView::mobicents);
  const bool shows_all = context.options.server->filtering == engine::Filtering::shows_all_or_nothing;
  if (!shows_what_is_not_named(context) && !is_mobicents && !shows_all) return;
  each_rule_element(context, [&](const RuleElement& each) {
    if (!server_allows(each)) return;
    for (const xml::Element& element : transformations_of(each)) {
      const auto what = shows_all ? std::optional<std::string_view>("the whole document is shown") : is_mobicents ? shown_by_mobicents(element) : shown_whole(element);
      if (!what) continue;
      sink.report(finding_in(diag::Code::permission_not_filtered, each.rule, element.span(),
                             fmt::format("{} does not filter by {}: {}", server_words(context), policy::quoted_tag(element), *what),
                             "publish no more than everybody whom the rule allows may see, or hide whole services and persons"));
    }
  });
}

}  // namespace presproof::lint
