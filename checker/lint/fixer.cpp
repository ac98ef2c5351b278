#include "lint/fixer.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "lint/fixed_documents.h"
#include "lint/fixing.h"
#include "lint/ignores.h"
#include "lint/normal_form.h"
#include "lint/same_meaning.h"

namespace presproof::lint {
namespace {

constexpr std::size_t kRounds = 100;
/// Policies that are compared in one round before the rest is given up.
constexpr std::size_t kProofs = 300;
/// Each of these is compared on its own.
constexpr std::size_t kChangingFixes = 32;

constexpr const char* kUnreadable = "the document could not be read afterwards";

struct Candidate {
  diag::Diagnostic finding;  ///< placed in the present text
  FixKind kind = FixKind::safe;
  DocumentChanges changes;
};

bool changes_nothing(const text::TextChanges& changes, std::string_view text) {
  return std::ranges::all_of(changes.sorted(), [&](const auto& change) {
    return text.substr(change.begin, change.end - change.begin) == change.replacement;
  });
}

/// The parts of texts that changes take; nothing may even touch them.
class Taken {
 public:
  bool take(const DocumentChanges& changes) {
    auto& taken = by_document_[changes.document];
    const auto touches = [&](const text::TextChanges::Change& change) {
      const auto after = taken.upper_bound(change.end);
      return after != taken.begin() && std::prev(after)->second >= change.begin;
    };
    if (std::ranges::any_of(changes.changes, touches)) return false;
    for (const auto& change : changes.changes) {
      auto& end = taken.emplace(change.begin, change.end).first->second;
      end = std::max(end, change.end);
    }
    return true;
  }

 private:
  std::map<std::size_t, std::map<std::size_t, std::size_t>> by_document_;  ///< begin to end; those of other fixes never touch
};

class Fixer {
 public:
  Fixer(Subject subject, const diag::Sink& found, diag::Sources& sources, const Options& options, const xml::Limits& limits,
        const FixWishes& wishes)
      : documents_(std::move(subject), found, sources, limits, wishes.read_also), sources_(sources), options_(options), wishes_(wishes) {}

  FixedSubject run() {
    check();
    for (std::size_t round = 0; round < kRounds; ++round) {
      if (!mend_safely() && !(wishes_.changing && mend_with_changes())) break;
      check();
    }
    result_.findings = std::move(findings_);
    result_.subject = documents_.take_subject();
    return std::move(result_);
  }

 private:
  using Key = std::tuple<diag::Code, std::size_t, std::uint32_t, std::uint32_t, std::string>;

  void check() {
    findings_ = documents_.readers_findings();
    result_.ignored = run_checks_and_ignore(Context(documents_.subject(), sources_, options_), findings_);
    findings_.sort();
  }

  [[nodiscard]] Key key(const diag::Diagnostic& finding, std::size_t document) const {
    const SourceSpan place = documents_.first_place(finding.span);
    return {finding.code, document, place.line, place.column, finding.message};
  }
  [[nodiscard]] diag::Diagnostic placed_first(diag::Diagnostic finding) const {
    finding.span = documents_.first_place(finding.span);
    finding.related.clear();
    return finding;
  }
  void refuse(const diag::Diagnostic& finding, std::size_t document, std::string reason) {
    if (settled_.insert(key(finding, document)).second) result_.refused.push_back({placed_first(finding), std::move(reason)});
  }

  /// What mends the finding; nothing when it is not wanted, was settled, or cannot be.
  std::optional<Candidate> candidate(const Context& context, const diag::Diagnostic& finding, FixKind kind) {
    const auto check = std::ranges::find(wishes_.fixes, finding.code, &Check::code);
    if (check == wishes_.fixes.end() || check->fix == nullptr) return std::nullopt;
    if (options_.disabled.contains(finding.code) || !wishes_.wanted(finding)) return std::nullopt;
    const auto document = documents_.document_of(finding.span);
    if (!document || !finding.span.known()) return std::nullopt;
    const Key own = key(finding, *document);
    const bool unproved = check->fix_kind == FixKind::safe_if_proved && unproved_.contains(own);
    if (settled_.contains(own) || kind != (unproved ? FixKind::changes_meaning : check->fix_kind == FixKind::safe_if_proved ? FixKind::safe : check->fix_kind)) return std::nullopt;
    const Fixing fixing{context, finding};
    text::TextChanges changes(fixing.text());
    if (!check->fix(fixing, changes)) return std::nullopt;
    std::string reason;
    if (!documents_.is_editable(*document)) reason = "the document is not in UTF-8; convert it, and its XML declaration";
    if (changes_nothing(changes, fixing.text())) reason = "its fix changes nothing";
    if (applied_.contains(own)) reason = "it is still found after it was mended";
    if (reason.empty()) return Candidate{finding, kind, {*document, changes.sorted()}};
    refuse(finding, *document, std::move(reason));
    return std::nullopt;
  }

  /// Where the last rule before a place begins.
  [[nodiscard]] std::size_t rule_at(const diag::Diagnostic& finding, std::size_t document) const {
    const auto& rules = documents_.subject().policy.documents[document].rules;
    const auto place = [](const SourceSpan& span) { return std::pair(span.line, span.column); };
    const auto after = std::ranges::upper_bound(rules, place(finding.span), {}, [&](const policy::Rule& rule) { return place(rule.span); });
    return static_cast<std::size_t>(after - rules.begin());
  }

  /// A safe fix that is none: it is refused, or made as one that changes the meaning.
  void not_proved(const Candidate& fix, const std::string& reason) {
    const auto* check = check_of(fix.finding.code);
    if (wishes_.changing && check->fix_kind == FixKind::safe_if_proved) unproved_.emplace(key(fix.finding, fix.changes.document), reason);
    else refuse(fix.finding, fix.changes.document, "could not be proved to keep the meaning: " + reason);
  }

  /// In the order of the documents, as many as do not touch each other.
  std::vector<Candidate> candidates(FixKind kind) {
    const Context context(documents_.subject(), sources_, options_);
    std::vector<Candidate> found;
    Taken taken;
    std::set<std::pair<std::size_t, std::size_t>> rules;
    for (const auto& finding : findings_.diagnostics()) {
      auto own = candidate(context, finding, kind);
      if (!own) continue;
      const std::size_t document = own->changes.document;
      if (kind == FixKind::changes_meaning && (found.size() == kChangingFixes || rules.contains({document, rule_at(finding, document)}))) continue;
      if (!taken.take(own->changes)) continue;
      rules.emplace(document, rule_at(finding, document));
      found.push_back(std::move(*own));
    }
    return found;
  }

  std::optional<policy::Policy> read_with(const std::vector<const Candidate*>& fixes) {
    std::vector<const DocumentChanges*> changes;
    for (const Candidate* fix : fixes) changes.push_back(&fix->changes);
    return documents_.read_with(changes);
  }

  void accept(const std::vector<const Candidate*>& fixes) {
    static_cast<void>(read_with(fixes));
    for (const Candidate* fix : fixes) {
      applied_.insert(key(fix->finding, fix->changes.document));
      result_.applied.push_back({placed_first(fix->finding), fix->kind, {}, {}});
    }
    documents_.accept();
  }

  /// False: nothing could be mended.
  bool mend_safely() {
    const std::vector<Candidate> fixes = candidates(FixKind::safe);
    const policy::Policy before = documents_.subject().policy;
    std::vector<const Candidate*> proved;
    std::vector<std::pair<std::size_t, std::size_t>> open;
    if (!fixes.empty()) open.emplace_back(0, fixes.size());
    for (std::size_t proofs = 0; !open.empty(); ++proofs) {
      const auto [begin, end] = open.back();
      open.pop_back();
      std::vector<const Candidate*> tried = proved;
      for (std::size_t i = begin; i < end; ++i) tried.push_back(&fixes[i]);
      const auto after = read_with(tried);
      const auto reason = after ? why_not_same(before, *after, options_) : std::optional<std::string>(kUnreadable);
      if (!reason) {
        proved = std::move(tried);
      } else if (end - begin > 1 && proofs < kProofs) {
        const std::size_t middle = begin + (end - begin) / 2;
        open.emplace_back(middle, end);
        open.emplace_back(begin, middle);
      } else if (proved.empty()) {
        // Beside others it may fail because of them: then the next round tries it again.
        for (std::size_t i = begin; i < end; ++i) not_proved(fixes[i], *reason);
      }
    }
    if (proved.empty()) return false;
    accept(proved);
    return true;
  }

  bool mend_with_changes() {
    const std::vector<Candidate> fixes = candidates(FixKind::changes_meaning);
    policy::Policy before = documents_.subject().policy;
    std::vector<const Candidate*> made;
    std::vector<AppliedFix> reports;
    for (const Candidate& fix : fixes) {
      made.push_back(&fix);
      auto after = read_with(made);
      if (!after) {
        made.pop_back();
        refuse(fix.finding, fix.changes.document, kUnreadable);
        continue;
      }
      reports.push_back(difference(before, *after));
      const auto unproved = unproved_.find(key(fix.finding, fix.changes.document));
      if (unproved != unproved_.end() && reports.back().undecided.empty()) reports.back().undecided = unproved->second;
      before = std::move(*after);
    }
    if (made.empty()) return false;
    const std::size_t first = result_.applied.size();
    accept(made);
    for (std::size_t i = 0; i < reports.size(); ++i) {
      result_.applied[first + i].changes = std::move(reports[i].changes);
      result_.applied[first + i].undecided = std::move(reports[i].undecided);
    }
    return true;
  }

  [[nodiscard]] AppliedFix difference(const policy::Policy& before, const policy::Policy& after) const {
    AppliedFix report{.finding = {}, .kind = FixKind::changes_meaning, .changes = {}, .undecided = {}};
    if (normal_form(before) == normal_form(after)) return report;
    diff::Options how;
    how.usage = options_.usage;
    how.timeout_s = 0;
    how.rlimit = options_.rlimit;
    auto comparison = diff::compare(before, after, how);
    report.changes = std::move(comparison.changes);
    report.undecided = std::move(comparison.reason);
    return report;
  }

  FixedDocuments documents_;
  diag::Sources& sources_;
  const Options& options_;
  const FixWishes& wishes_;
  diag::Sink findings_;
  std::set<Key> applied_;
  std::set<Key> settled_;
  std::map<Key, std::string> unproved_;  ///< with the reason
  FixedSubject result_;
};

}  // namespace

FixedSubject mend(Subject subject, const diag::Sink& found, diag::Sources& sources, const Options& options, const xml::Limits& limits,
                  const FixWishes& wishes) {
  return Fixer(std::move(subject), found, sources, options, limits, wishes).run();
}

}  // namespace presproof::lint
