#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/source_span.h"
#include "diag/sources.h"
#include "presence/document.h"
#include "presence/filter_expression.h"
#include "uri/uri.h"
#include "xml/document.h"

/// Filters that a watcher asks for: RFC 4660 (what they do) and RFC 4661 (how they are written).
///
/// A filter only takes away from the document. It is applied to what the watcher may see, after the privacy filter and
/// never before: otherwise its conditions could probe what is withheld.
namespace presproof::presence {

/// The content of an <include> or <exclude>.
struct ContentRule {
  struct Namespace {
    std::string ns;
    friend bool operator==(const Namespace&, const Namespace&) = default;
  };
  std::variant<Selection, Namespace> what;
  SourceSpan span;
  friend bool operator==(const ContentRule&, const ContentRule&) = default;
};

struct WatcherFilter {
  std::string id;
  std::optional<uri::Uri> uri;        ///< the resource; with neither of the two: whatever is subscribed to
  std::optional<std::string> domain;  ///< ToASCII, lower case
  bool active = true;                 ///< neither disabled nor one that takes an older filter back
  std::vector<ContentRule> includes;
  std::vector<ContentRule> excludes;
  std::size_t triggers = 0;  ///< they decide when a document is sent, never what is in it
  SourceSpan span;
  friend bool operator==(const WatcherFilter&, const WatcherFilter&) = default;
};

struct WatcherFilterSet {
  std::vector<WatcherFilter> filters;
  /// What has no effect on a single document, for people: triggers, and elements of extensions, which RFC 4661 section
  /// 4 lets a receiver ignore.
  struct Note {
    SourceSpan span;
    std::string message;
    friend bool operator==(const Note&, const Note&) = default;
  };
  std::vector<Note> notes;
  friend bool operator==(const WatcherFilterSet&, const WatcherFilterSet&) = default;
};

/// Throws diag::InputError for what a server answers with 488: not well-formed, not a filter-set for presence, content
/// that the schema does not allow, an expression outside of RFC 4661 section 5, two filters for the same resource.
[[nodiscard]] WatcherFilterSet read_watcher_filters(diag::Sources& sources, std::uint32_t file,
                                                    const xml::Limits& limits);

/// The filters for a document about `entity`, in the order in which they are applied. RFC 4660 section 3.3.1 and 3.3.2:
/// the one with its URI, else the one with its domain; then the one without either.
[[nodiscard]] std::vector<const WatcherFilter*> filters_for(const WatcherFilterSet& set, const std::string& entity);

/// What is left of the document. With <include> elements: the selected elements with all that is in them, selected
/// attributes, their ancestors, and what PIDF, the data model, PIDF-LO and its shapes require. Then each <exclude>
/// takes away what it selects in the given document; one that would leave an invalid document has no effect at all (RFC
/// 4661 section 3.5.2). Without parts in the result nothing is delivered: RFC 4660 section 5.3.1 sends an empty body.
[[nodiscard]] Document apply(const WatcherFilterSet& set, const Document& document);

}  // namespace presproof::presence
