#pragma once

#include <optional>
#include <string>

#include "diag/diagnostic.h"
#include "diag/sources.h"
#include "xml/document.h"

namespace presproof::xml {

/// A document read from a text, with what the reading said.
struct Reading {
  explicit Reading(std::string text, const Limits& limits = {}) {
    file = sources.add("test.xml", std::move(text));
    document = Document::read(sources, file, limits, sink);
  }

  /// `line:column message` of the only finding.
  [[nodiscard]] std::string finding() const {
    if (sink.diagnostics().size() != 1) return std::to_string(sink.diagnostics().size()) + " findings";
    return place(sink.diagnostics().front().span) + " " + sink.diagnostics().front().message;
  }
  [[nodiscard]] static std::string place(const SourceSpan& span) {
    return std::to_string(span.line) + ":" + std::to_string(span.column);
  }

  diag::Sources sources;
  diag::Sink sink;
  std::uint32_t file = 0;
  std::optional<Document> document;
};

}  // namespace presproof::xml
