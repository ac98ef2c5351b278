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

[[noreturn]] void fail(std::string message, std::string hint) {
  throw diag::InputError(diag::Problem{.span = {}, .message = std::move(message), .hint = std::move(hint)});
}

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

/// `--enable` names those that alone are wanted, `--disable` those that are not.
std::set<diag::Code> disabled_codes(const LintOptions& options) {
  std::set<diag::Code> disabled;
  if (!options.enable.empty())
    for (const auto& row : diag::all_codes()) disabled.insert(row.code);
  for (const auto& word : options.enable) disabled.erase(chosen_code(word));
  for (const auto& word : options.disable) disabled.insert(chosen_code(word));
  return disabled;
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

lint::Options chosen_checks(const LintOptions& options) {
  lint::Options how;
  how.profile = &chosen_profile(options.engine);
  how.rlimit = kSolverLimit;
  how.disabled = disabled_codes(options);
  if (options.finest_radius) how.thresholds.effective_radius_m = chosen_length(*options.finest_radius);
  if (!options.at) return how;
  how.at = parse_rfc3339(*options.at);
  if (!how.at)
    fail(fmt::format("`{}` is not an RFC 3339 time with an offset", *options.at),
         "write it like `2026-06-01T12:00:00Z`");
  return how;
}

}  // namespace presproof::cli
