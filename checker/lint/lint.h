#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "base/instant.h"
#include "diag/diagnostic.h"
#include "policy/rule_set.h"
#include "verify/verify.h"

/// Mistakes in rule sets that read well: rules that do nothing, rules that undo each other, rules that show more than
/// their owner may expect. What is wrong with a document itself was reported by its reader.
///
/// A check that misses cases is better than one that cries wolf: each fires only where the rules alone, whatever the
/// presentity publishes, prove it right.
namespace presproof::lint {

class Overlap;

struct Options {
  policy::Usage usage = policy::Usage::presence;
  const engine::Profile* profile = &engine::rfc();
  std::optional<Instant> at;  ///< for expiry; nothing: those checks are silent
  std::uint32_t rlimit = 0;   ///< for the solver-backed checks
  /// Codes whose findings nobody wants: costly checks do not run for them (cheap ones do, since others look at what
  /// they found), and `drop_disabled` takes their findings away.
  std::set<diag::Code> disabled;
};

/// What the checks look at. The costly views are made when first asked for, and once.
struct Context {
  const policy::Policy& policy;
  const Options& options;
  mutable std::shared_ptr<const verify::RuleFacts> facts = nullptr;
  mutable std::shared_ptr<const Overlap> overlap = nullptr;

  /// Rules that cannot match, and rules without effect, by the solver.
  [[nodiscard]] const verify::RuleFacts& rule_facts() const;
  /// Which rules can match together.
  [[nodiscard]] const Overlap& overlaps() const;
};

/// One check: what it reports carries exactly this code.
struct Check {
  diag::Code code;
  void (*run)(const Context& context, diag::Sink& sink);
  bool by_solver = false;
};

/// All checks; the findings that readers report have no row here.
[[nodiscard]] std::span<const Check> all_checks();

/// Runs every check over documents that apply together. `sink` holds what the readers found in them, so that a check
/// can be silent about what they explained.
void run_checks(const Context& context, diag::Sink& sink);

/// The findings that are wanted, in order.
[[nodiscard]] std::vector<diag::Diagnostic> drop_disabled(const diag::Sink& sink, const std::set<diag::Code>& disabled);

/// The page man/checks/<name>.md of a code: what it means, with an example and a way out.
[[nodiscard]] std::string_view page(diag::Code code);

}  // namespace presproof::lint
