#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "diag/sources.h"
#include "lint/lint.h"
#include "text/element_text.h"
#include "xml/document.h"

/// Documents whose texts are rewritten and read again, each new text kept only when it is accepted.
namespace presproof::lint {

/// What a fix does to one document.
struct DocumentChanges {
  std::size_t document = 0;
  std::vector<text::TextChanges::Change> changes;  ///< ascending
};

/// The sink has what other readers found in the document.
using ReadAlso = std::function<void(const xml::Document& document, diag::Sink& sink)>;

class FixedDocuments {
 public:
  /// `found`: what the readers reported, about other inputs, too. `also`: what reads accepted texts besides; may be null.
  FixedDocuments(Subject subject, const diag::Sink& found, diag::Sources& sources, const xml::Limits& limits, ReadAlso also = nullptr);

  [[nodiscard]] const Subject& subject() const { return subject_; }
  [[nodiscard]] Subject take_subject() { return std::move(subject_); }
  /// What the readers say of the texts as they are now.
  [[nodiscard]] diag::Sink readers_findings() const;
  /// The number of the document that a place is in; nothing for other inputs.
  [[nodiscard]] std::optional<std::size_t> document_of(const SourceSpan& span) const;
  /// False: it was re-encoded, and what is here are not the file's bytes.
  [[nodiscard]] bool is_editable(std::size_t document) const;
  /// Where a place of the present text was in the first one; what was put in is where it replaced something.
  [[nodiscard]] SourceSpan first_place(const SourceSpan& span) const;

  /// Reads the documents with these changes, none of which touch each other. The policy that they then are, or nothing when one of them cannot
  /// be read any more.
  [[nodiscard]] std::optional<policy::Policy> read_with(const std::vector<const DocumentChanges*>& changes);
  /// Makes the changes of the last read_with, which succeeded, the present ones.
  void accept();

 private:
  struct Draft {
    std::size_t document = 0;
    std::vector<text::TextChanges::Change> changes;  ///< ascending
    std::optional<xml::Document> read;
    std::vector<diag::Diagnostic> findings;
  };
  struct Text {
    std::uint32_t first = 0;             ///< number of the text before all changes
    std::optional<std::uint32_t> spare;  ///< one that may be overwritten
    std::vector<diag::Diagnostic> findings;
    std::vector<std::vector<text::TextChanges::Change>> accepted;
  };
  [[nodiscard]] std::uint32_t present(std::size_t document) const { return subject_.documents[document].file(); }
  [[nodiscard]] std::optional<policy::RuleSet> read(Draft& draft);

  Subject subject_;
  diag::Sources& sources_;
  xml::Limits limits_;
  ReadAlso also_;
  std::vector<Text> texts_;
  std::vector<diag::Diagnostic> others_;
  std::vector<Draft> drafts_;
  policy::Policy drafted_;
};

}  // namespace presproof::lint
