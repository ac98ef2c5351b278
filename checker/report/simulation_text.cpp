#include <fmt/format.h>

#include "base/instant.h"
#include "diag/printable.h"
#include "report/report.h"
#include "report/words.h"

namespace presproof::report {
namespace {

std::string painted(std::string_view text, std::string_view sequence, const TextStyle& style) {
  return style.color ? fmt::format("\x1b[{}m{}\x1b[0m", sequence, text) : std::string(text);
}

/// Green for what is shown, red for what is refused, yellow for what is between.
std::string_view color_of(policy::SubHandling handling) {
  switch (handling) {
    case policy::SubHandling::block: return "1;31";
    case policy::SubHandling::confirm:
    case policy::SubHandling::polite_block: return "1;33";
    case policy::SubHandling::allow: return "1;32";
  }
  return "1";
}

/// `sip:bob@example.com gets: allow, 200 OK, active`; of a location server that it grants or refuses.
std::string answer(const Simulation& simulation, const TextStyle& style) {
  const semantics::Decision& decision = simulation.decision;
  const policy::SubHandling handling = decision.permissions.sub_handling;
  std::string what;
  if (simulation.usage == policy::Usage::presence) {
    what = painted(policy::to_string(handling), color_of(handling), style);
    if (decision.response) what += fmt::format(", {} {}", decision.response->code, decision.response->reason);
    if (!decision.subscription_state.empty()) what += fmt::format(", {}", decision.subscription_state);
  } else {
    const bool granted = handling == policy::SubHandling::allow;
    what = painted(granted ? "a grant" : "a refusal", color_of(handling), style);
    what += granted ? " of the location server" : ", for no rule matches";
  }
  return fmt::format("{} gets: {}\n", watcher_words(simulation.request.watcher), what);
}

std::string circumstances(const policy::State& state) {
  return fmt::format("  at {}, sphere {}, location {}\n", to_rfc3339(state.time),
                     state.sphere ? diag::printable(*state.sphere) : "undefined", location_words(state.location));
}

std::string granted(const Simulation& simulation) {
  std::string lines;
  for (const std::string& line : granted_words(*simulation.policy, simulation.decision)) lines += "  " + line + '\n';
  return lines.empty() ? "granted: nothing\n" : "granted:\n" + lines;
}

std::string matched(const Simulation& simulation) {
  std::string lines;
  for (const policy::RuleRef ref : simulation.decision.matched) {
    const policy::Rule& rule = rule_at(*simulation.policy, ref);
    lines += fmt::format("  {}:{} {}\n", diag::printable(simulation.policy->documents[ref.document].file), rule.span.line,
                         diag::printable(rule.id));
  }
  return lines.empty() ? "matching rules: none\n" : "matching rules:\n" + lines;
}

/// Line by line: a line break is the only control character that stays.
std::string printable_lines(std::string_view text, std::string_view indent) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines += fmt::format("{}{}\n", indent, diag::printable(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::string simulation_text(const Simulation& simulation, const TextStyle& style) {
  // The document alone can go into a file; what explains it would be in the way.
  if (!simulation.show_decision && simulation.document) return printable_lines(*simulation.document, "");
  std::string text = answer(simulation, style);
  if (simulation.show_decision) {
    text += circumstances(simulation.request.state);
    text += granted(simulation);
    text += matched(simulation);
  }
  if (simulation.show_document) {
    text += simulation.document ? "document:\n" + printable_lines(*simulation.document, "  ") : "document: none\n";
  }
  return text;
}

}  // namespace presproof::report
