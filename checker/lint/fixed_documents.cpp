#include "lint/fixed_documents.h"

#include <algorithm>
#include <map>
#include <utility>

#include "policy/reader.h"

namespace presproof::lint {
namespace {

using Change = text::TextChanges::Change;

/// Where the byte at `offset` of the new text was in the old one.
std::size_t old_offset(const std::vector<Change>& changes, std::size_t offset) {
  std::size_t old_at = 0;  // these two are the same place
  std::size_t new_at = 0;
  for (const Change& change : changes) {
    const std::size_t kept = change.begin - old_at;
    if (offset < new_at + kept) break;
    new_at += kept;
    if (offset < new_at + change.replacement.size()) return change.begin;
    old_at = change.end;
    new_at += change.replacement.size();
  }
  return old_at + (offset - new_at);
}

}  // namespace

FixedDocuments::FixedDocuments(Subject subject, const diag::Sink& found, diag::Sources& sources, const xml::Limits& limits,
                               ReadAlso also)
    : subject_(std::move(subject)), sources_(sources), limits_(limits), also_(std::move(also)), texts_(subject_.documents.size()) {
  for (std::size_t i = 0; i < texts_.size(); ++i) texts_[i].first = present(i);
  for (const auto& finding : found.diagnostics()) {
    const auto document = document_of(finding.span);
    (document ? texts_[*document].findings : others_).push_back(finding);
  }
}

diag::Sink FixedDocuments::readers_findings() const {
  diag::Sink sink;
  for (const auto& finding : others_) sink.report(finding);
  for (const Text& text : texts_)
    for (const auto& finding : text.findings) sink.report(finding);
  return sink;
}

std::optional<std::size_t> FixedDocuments::document_of(const SourceSpan& span) const {
  const auto found = std::ranges::find(subject_.documents, span.file, &xml::Document::file);
  if (found == subject_.documents.end()) return std::nullopt;
  return static_cast<std::size_t>(found - subject_.documents.begin());
}

bool FixedDocuments::is_editable(std::size_t document) const { return sources_.encoding(texts_[document].first) == "UTF-8"; }

SourceSpan FixedDocuments::first_place(const SourceSpan& span) const {
  const auto document = document_of(span);
  if (!document || !span.known() || texts_[*document].accepted.empty()) return span;
  std::size_t offset = sources_.offset_of(span);
  const auto& accepted = texts_[*document].accepted;
  for (auto changes = accepted.rbegin(); changes != accepted.rend(); ++changes) offset = old_offset(*changes, offset);
  return sources_.span_at(texts_[*document].first, offset, 1);
}

std::optional<policy::RuleSet> FixedDocuments::read(Draft& draft) {
  Text& text = texts_[draft.document];
  text::TextChanges changes(sources_.text(present(draft.document)));
  for (const Change& change : draft.changes) changes.replace(change.begin, change.end, change.replacement);
  std::string rewritten = changes.applied();
  if (text.spare)
    sources_.replace_text(*text.spare, std::move(rewritten));
  else
    text.spare = sources_.add(std::string(sources_.name(text.first)), std::move(rewritten));
  diag::Sink sink;
  draft.read = xml::Document::read(sources_, *text.spare, limits_, sink);
  if (!draft.read) return std::nullopt;
  auto rules = policy::read_rule_set(*draft.read, sources_, sink);
  draft.findings = sink.diagnostics();
  return rules;
}

std::optional<policy::Policy> FixedDocuments::read_with(const std::vector<const DocumentChanges*>& changes) {
  std::map<std::size_t, Draft> drafts;
  for (const DocumentChanges* each : changes) {
    Draft& draft = drafts[each->document];
    draft.document = each->document;
    draft.changes.insert(draft.changes.end(), each->changes.begin(), each->changes.end());
  }
  drafts_.clear();
  drafted_ = subject_.policy;
  for (auto& [document, draft] : drafts) {
    std::ranges::stable_sort(draft.changes, {}, &Change::begin);
    auto rules = read(draft);
    if (!rules) return std::nullopt;
    drafted_.documents[document] = std::move(*rules);
    drafts_.push_back(std::move(draft));
  }
  return drafted_;
}

void FixedDocuments::accept() {
  for (Draft& draft : drafts_) {
    Text& text = texts_[draft.document];
    const std::uint32_t before = present(draft.document);
    subject_.documents[draft.document] = std::move(*draft.read);
    text.spare = before == text.first ? std::nullopt : std::optional(before);  // the first text stays as it is
    text.findings = std::move(draft.findings);
    if (also_) {
      diag::Sink sink;
      for (auto& finding : text.findings) sink.report(std::move(finding));
      also_(subject_.documents[draft.document], sink);
      text.findings = sink.diagnostics();
    }
    text.accepted.push_back(std::move(draft.changes));
  }
  subject_.policy = std::move(drafted_);
  drafts_.clear();
}

}  // namespace presproof::lint
