#include "repair/repair.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "diag/error.h"
#include "policy/reader.h"
#include "text/line_diff.h"
#include "repair/rewrite.h"
#include "repair/search.h"

namespace presproof::repair {
namespace {

/// Solutions whose losses are compared; the search gives the less drastic kinds first.
constexpr std::size_t kMaxRanked = 24;
constexpr std::size_t kMaxRankedOfMany = 6;
constexpr std::size_t kManyRules = 1000;

bool asks_for_more(const property::Property& property) { return property.two_run || property.quantifier == property::Quantifier::always; }

struct Ranked {
  const Solution* solution;
  std::vector<diff::Change> changes;
  /// Watchers that lose something, once for each thing, and first those whom no rule names; then things; then how drastic the edits are.
  std::tuple<std::size_t, std::size_t, std::size_t, int> cost;
};

/// Makes the edits in the texts, one after another; each text must read as the policy that the edit makes.
class Editor {
 public:
  Editor(Subject subject, diag::Sources& sources) : subject_(std::move(subject)), sources_(sources) {}

  EditReport make(const Edit& edit) {
    const std::uint32_t number = edit.rule.document;
    const policy::RuleSet& document = subject_.policy.documents[number];
    Rewritten rewritten = rewrite(edit, document, sources_, subject_.files[number]);
    EditReport report{{}, document.file, edit.new_rule ? edit.new_rule->id : document.rules[edit.rule.rule].id, edit.kind, edit.summary,
                      std::move(rewritten.before), std::move(rewritten.after)};
    if (!edit.new_rule) report.span = document.rules[edit.rule.rule].span;
    policy::Policy expected = subject_.policy;
    apply(edit, expected);
    diag::Sink sink;
    const std::uint32_t file = sources_.add(document.file, std::move(rewritten.text));
    auto read = policy::read_rule_set(sources_, file, {}, sink);
    if (!read || read->rules != expected.documents[number].rules) {
      throw diag::InternalError(fmt::format("the edited text of `{}` does not read as the edited rules ({})", document.file, edit.summary));
    }
    if (edit.new_rule) report.span = read->rules[edit.rule.rule].span;
    subject_.policy.documents[number] = std::move(*read);
    subject_.files[number] = file;
    return report;
  }
  [[nodiscard]] const Subject& subject() const { return subject_; }

 private:
  Subject subject_;
  diag::Sources& sources_;
};

class Repair {
 public:
  Repair(const Subject& subject, const property::Property& property, const property::Properties& kept, const verify::Options& options)
      : subject_(subject), property_(property), kept_(kept), options_(options) {
    options_.smt2_directory.clear();
  }

  /// The one that takes least away; without those that break a property that held, or give somebody more than was asked for.
  std::optional<Ranked> best(const std::vector<Solution>& solutions) const {
    std::vector<Ranked> all = ranked(solutions);
    if (all.empty()) return std::nullopt;
    std::stable_sort(all.begin(), all.end(), [](const Ranked& a, const Ranked& b) { return a.cost < b.cost; });
    // Costs count watchers, not states: one that gives strictly more of what was there goes before one that is cheaper.
    std::size_t chosen = 0;
    for (std::size_t i = 1; i < all.size() && !asks_for_more(property_); ++i) {
      if (gives_strictly_more(all[i].solution->policy, all[chosen].solution->policy)) chosen = i;
    }
    return std::move(all[chosen]);
  }

  Proposal proposal(const Ranked& ranked, diag::Sources& sources) const;

 private:
  [[nodiscard]] diff::Options how() const {
    return {options_.usage, options_.profile, engine::with_defaults(options_.fixed), options_.timeout_s, options_.rlimit};
  }
  [[nodiscard]] bool gives_strictly_more(const policy::Policy& more, const policy::Policy& less) const {
    const auto comparison = diff::compare(less, more, how());
    return comparison.verdict == diff::Verdict::different && comparison.reason.empty() &&
           std::all_of(comparison.changes.begin(), comparison.changes.end(),
                       [](const diff::Change& change) { return change.direction == diff::Direction::gained; });
  }

  std::vector<Ranked> ranked(const std::vector<Solution>& solutions) const {
    std::vector<Ranked> all;
    std::size_t rules = 0;
    for (const auto& document : subject_.policy.documents) rules += document.rules.size();
    for (const Solution& solution : solutions) {
      if (all.size() == (rules > kManyRules ? kMaxRankedOfMany : kMaxRanked)) break;
      // Without an element of RFC 5025 the documents would be read as a location server's.
      if (!keeps_the_usage(solution.policy) || !keeps_the_others(solution.policy)) continue;
      diff::Comparison comparison = diff::compare(subject_.policy, solution.policy, how());
      if (!comparison.reason.empty()) continue;
      std::size_t unnamed = 0;
      std::size_t losses = 0;
      bool gains = false;
      for (const diff::Change& change : comparison.changes) {
        losses += change.watcher_count;
        unnamed += change.unnamed_count;
        gains = gains || change.direction == diff::Direction::gained;
      }
      if (gains && !asks_for_more(property_)) continue;
      int drastic = 0;
      for (const Edit& edit : solution.edits) drastic += static_cast<int>(edit.kind);
      const std::size_t things = comparison.changes.size();
      all.push_back({&solution, std::move(comparison.changes), {unnamed, losses, things, drastic}});
    }
    return all;
  }

  [[nodiscard]] bool keeps_the_usage(const policy::Policy& policy) const {
    if (options_.usage == policy::Usage::geolocation || policy::usage_of(subject_.policy) == policy::Usage::geolocation) return true;
    return std::any_of(policy.documents.begin(), policy.documents.end(), [](const policy::RuleSet& document) {
      return std::any_of(document.rules.begin(), document.rules.end(), [](const policy::Rule& rule) {
        return std::any_of(rule.permissions.begin(), rule.permissions.end(), is_of_presence);
      });
    });
  }
  [[nodiscard]] static bool is_of_presence(const policy::Permission& permission) {
    using namespace policy;
    return std::visit(Overloaded{
                          [](const ProvideLocation&) { return false; },
                          [](const SetRetransmissionAllowed&) { return false; },
                          [](const SetRetentionExpiry&) { return false; },
                          [](const SetNoteWell&) { return false; },
                          [](const KeepRuleReference&) { return false; },
                          [](const UnknownPermission&) { return false; },
                          [](const auto&) { return true; },
                      },
                      permission.what);
  }
  [[nodiscard]] bool keeps_the_others(const policy::Policy& policy) const {
    if (kept_.properties.empty()) return true;
    const auto results = verify::verify(policy, kept_, options_);
    return std::all_of(results.begin(), results.end(), [](const verify::Result& result) { return result.verdict == verify::Verdict::proved; });
  }

  /// What was read from the edited text, not what was found, is what has to hold.
  void prove_again(const policy::Policy& policy) const {
    const property::Properties asked{{property_}, kept_.persons};
    if (verify::verify(policy, asked, options_).front().verdict == verify::Verdict::proved) return;
    throw diag::InternalError(fmt::format("a repair of the property `{}` is not proved after it was written", property_.name));
  }

  const Subject& subject_;
  const property::Property& property_;
  const property::Properties& kept_;
  verify::Options options_;
};

Proposal Repair::proposal(const Ranked& ranked, diag::Sources& sources) const {
  Editor editor(subject_, sources);
  Proposal made;
  std::vector<std::string> words;
  for (const Edit& edit : ranked.solution->edits) {
    made.edits.push_back(editor.make(edit));
    words.push_back(edit.summary);
  }
  made.summary = fmt::format("{}", fmt::join(words, "; "));
  made.changes = ranked.changes;
  made.after = editor.subject();
  for (std::size_t i = 0; i < subject_.files.size(); ++i) {
    if (subject_.files[i] == made.after.files[i]) continue;
    made.diff += text::unified_diff(subject_.policy.documents[i].file, sources.text(subject_.files[i]), sources.text(made.after.files[i]));
  }
  prove_again(made.after.policy);
  return made;
}

}  // namespace

Outcome propose(const Subject& subject, const property::Property& property, const verify::Result& result, const property::Properties& kept,
                const verify::Options& options, diag::Sources& sources, const Bounds& bounds) {
  if (property.quantifier == property::Quantifier::sometimes && !property.two_run) return NoProposal{"nothing is proposed for a property with `sometimes`"};
  if (!result.counterexample) return NoProposal{"there is no counterexample to begin with"};
  Search search(property, kept, options, bounds);
  const std::vector<Solution> solutions = search.run(subject.policy, result);
  const Repair repair(subject, property, kept, options);
  if (const auto best = repair.best(solutions)) return repair.proposal(*best, sources);
  if (!solutions.empty()) return NoProposal{"every repair that was found breaks another property, or gives somebody more"};
  if (search.exhausted()) return NoProposal{fmt::format("no repair was found within {} proofs", bounds.proofs)};
  return NoProposal{fmt::format("no repair was found within {} edits of the rules that break it", bounds.edits)};
}

}  // namespace presproof::repair
