#include "lint_options.h"

#include <fmt/format.h>

#include "base/lexical.h"
#include "diag/printable.h"
#include "property/quantity.h"

namespace presproof::cli {
namespace {

/// Z3's deterministic resource limit for each question of the solver-backed checks. What it cannot decide within it is
/// not reported.
constexpr std::uint32_t kSolverLimit = 2'000'000;

using diag::fail;

/// A length as the property language writes it.
double chosen_length(const std::string& text) {
  diag::Sources sources;
  std::vector<diag::Problem> problems;
  property::Cursor cursor(sources, sources.add("--finest-radius", text), problems);
  try {
    const double metres = property::parse_length(cursor);
    if (problems.empty() && cursor.peek().kind == property::TokenKind::end) return metres;
  } catch (const property::StatementAbandoned&) {
  }
  fail(fmt::format("`{}` is not a length", diag::printable(text)), "write it like `2 km` or `500 m`");
}

void disable_all(std::set<diag::Code>& disabled) {
  for (const auto& row : diag::all_codes()) disabled.insert(row.code);
}

/// `enable` names those that alone are wanted, `disable` those that are not. What the command line names is not for the
/// configuration to decide.
std::set<diag::Code> disabled_codes(const LintOptions& options, const LintConfig& config) {
  std::set<diag::Code> disabled;
  if (!config.enable.empty() || !options.enable.empty()) disable_all(disabled);
  if (options.enable.empty()) {
    for (const auto code : config.enable) disabled.erase(code);
    for (const auto& [code, severity] : config.severity)
      if (!severity) disabled.insert(code);
    disabled.insert(config.disable.begin(), config.disable.end());
  }
  for (const auto& word : options.enable) disabled.erase(chosen_code(word));
  for (const auto& word : options.disable) disabled.insert(chosen_code(word));
  return disabled;
}

lint::Options chosen_checks(const LintOptions& options, const LintConfig& config) {
  lint::Options how;
  how.server = &chosen_profile(options.engine.value_or(config.engine.value_or("rfc")));
  how.rlimit = kSolverLimit;
  how.disabled = disabled_codes(options, config);
  how.thresholds.effective_radius_m = config.effective_radius_m.value_or(how.thresholds.effective_radius_m);
  if (options.finest_radius) how.thresholds.effective_radius_m = chosen_length(*options.finest_radius);
  how.thresholds.fine_radius_m = config.fine_radius_m.value_or(how.thresholds.fine_radius_m);
  how.thresholds.retention_s = config.retention_s.value_or(how.thresholds.retention_s);
  if (!options.at) return how;
  how.at = parse_rfc3339(*options.at);
  if (!how.at)
    fail(fmt::format("`{}` is not an RFC 3339 time with an offset", *options.at),
         "write it like `2026-06-01T12:00:00Z`");
  return how;
}

/// --fail-on takes no other words.
diag::Severity severity_named(std::string_view word) {
  if (word == "error") return diag::Severity::error;
  return word == "note" ? diag::Severity::note : diag::Severity::warning;
}

}  // namespace

diag::Code chosen_code(const std::string& word) {
  if (const auto code = diag::find_code(word)) return *code;
  std::vector<std::string_view> known;
  for (const auto& row : diag::all_codes()) known.insert(known.end(), {row.id, row.name});
  const auto near = nearest_word(word, known);
  fail(fmt::format("unknown finding `{}`", word),
       near ? fmt::format("did you mean `{}`?", *near) : "`presproof lint --list` shows all codes and names");
}

LintSettings chosen_settings(const LintOptions& options, const LintConfig& config) {
  LintSettings settings;
  settings.checks = chosen_checks(options, config);
  settings.usage = options.usage.value_or(config.usage.value_or(settings.usage));
  settings.levels.fail_on = options.fail_on ? severity_named(*options.fail_on) : config.fail_on.value_or(settings.levels.fail_on);
  for (const auto& [code, severity] : config.severity)
    if (severity) settings.levels.severities.emplace(code, *severity);
  settings.baseline = options.baseline ? options.baseline : config.baseline;
  settings.properties = config.properties;
  return settings;
}

}  // namespace presproof::cli
