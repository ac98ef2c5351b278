#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/workers.h"
#include "diag/diagnostic.h"
#include "policy/rule_set.h"
#include "presence/document.h"
#include "text/element_text.h"
#include "verify/verify.h"
#include "xml/document.h"

/// Mistakes in rule sets that read well: rules that do nothing, rules that undo each other, rules that show more than
/// their owner may expect. What is wrong with a document itself was reported by its reader.
///
/// A check that misses cases is better than one that cries wolf: each fires only where the rules alone, whatever the
/// presentity publishes, prove it right.
namespace presproof::lint {

class Disclosures;
class EqualRules;
class Overlap;
struct Fixing;

/// From where on a finding is one: what owners set in .presproof.toml.
struct Thresholds {
  /// The smallest area that anybody may be left in, as the radius of a circle of that area (RFC 6772 section 13.3);
  /// 0: whatever the rules say is meant.
  double effective_radius_m = 0;
  /// A location is fine when its radius is below this.
  double fine_radius_m = 1000;
  /// A retention beyond this is long.
  std::int64_t retention_s = std::int64_t{365} * 24 * 3600;
};

struct Options {
  policy::Usage usage = policy::Usage::presence;
  /// For which the checks of 5xx look; all others look at what the RFCs say.
  const engine::Profile* server = &engine::rfc();
  std::optional<Instant> at;  ///< for expiry; nothing: those checks are silent
  std::uint32_t rlimit = 0;   ///< for the solver-backed checks
  Thresholds thresholds;
  Workers* workers = nullptr;  ///< who helps with a large policy; null: nobody
  bool validated = false;  ///< whether the documents were read against XML schemas, too
  /// Codes whose findings nobody wants: costly checks do not run for them (cheap ones do, since others look at what
  /// they found), and `drop_disabled` takes their findings away.
  std::set<diag::Code> disabled;
};

/// Documents that apply together, as values and as they are written.
struct Subject {
  policy::Policy policy;
  std::vector<xml::Document> documents;           ///< for each of the policy's documents, what it was read from
  std::span<const presence::Document> presences;  ///< what the presentity publishes; none: checks about it are silent
};

/// What the checks look at. The costly views are made when first asked for, and once.
struct Context {
  Context(const Subject& of, const diag::Sources& texts, const Options& how)
      : subject(of), policy(of.policy), sources(texts), options(how) {}

  const Subject& subject;
  const policy::Policy& policy;  ///< the subject's
  const diag::Sources& sources;
  const Options& options;
  mutable std::shared_ptr<const verify::RuleFacts> facts = nullptr;
  mutable std::shared_ptr<const Overlap> overlap = nullptr;
  mutable std::shared_ptr<const EqualRules> equals = nullptr;
  mutable std::shared_ptr<const Disclosures> disclosure = nullptr;

  /// Rules that cannot match, and rules without effect, by the solver.
  [[nodiscard]] const verify::RuleFacts& rule_facts() const;
  /// Which rules can match together.
  [[nodiscard]] const Overlap& overlaps() const;
  /// Which rules say what an earlier one says.
  [[nodiscard]] const EqualRules& equal_rules() const;
  /// What each rule discloses, and with which others.
  [[nodiscard]] const Disclosures& disclosures() const;
};

/// Whether the policy means the same after a fix.
enum class FixKind : std::uint8_t {
  none,
  safe,             ///< made only when that is proved
  safe_if_proved,   ///< as safe ones; what is not proved is made as one that changes the meaning
  changes_meaning,
};

/// When a check runs. What differs runs at the same time in large policies (Options::workers).
enum class Turn : std::uint8_t {
  early,   ///< looks at the documents alone, at nothing that is made for several checks, and not at what was found
  any,     ///< after others of its turn, and beside the early ones: it does not look at what those found
  solver,  ///< asks for rule_facts()
  late,    ///< as a solver-backed check, by what it looks at
};

/// Under whose combination and filter a check is right.
enum class Holds : std::uint8_t {
  everywhere,
  where_rules_add_up,  ///< not where the first matching rule decides, or where what is not named is shown: its advice would change what the server does
};

/// One check: what it reports carries exactly this code.
struct Check {
  diag::Code code;
  /// Null: the readers report this code, and the check only knows how to mend it.
  void (*run)(const Context& context, diag::Sink& sink);
  Turn turn = Turn::any;
  /// Writes what mends one finding of the code into `changes`; false: this one it cannot mend.
  bool (*fix)(const Fixing& fixing, text::TextChanges& changes) = nullptr;
  FixKind fix_kind = FixKind::none;
  Holds holds = Holds::everywhere;
};

/// All checks, by code. Findings that readers report have a row when they can be mended.
[[nodiscard]] std::span<const Check> all_checks();

/// The row of a code; null when there is none.
[[nodiscard]] const Check* check_of(diag::Code code);

/// Runs every check over documents that apply together. `sink` holds what the readers found in them, so that a check
/// can be silent about what they explained.
void run_checks(const Context& context, diag::Sink& sink);

/// The findings that are wanted, in order.
[[nodiscard]] std::vector<diag::Diagnostic> drop_disabled(const diag::Sink& sink, const std::set<diag::Code>& disabled);

/// The page man/checks/<name>.md of a code: what it means, with an example and a way out.
[[nodiscard]] std::string_view page(diag::Code code);

}  // namespace presproof::lint
