#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_span.h"
#include "diag/sources.h"
#include "report/decision_json.h"
#include "text/element_text.h"

/// The Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS standard, 2020), as far as presproof's commands
/// need it: one run, whose rules say what a result means, and results that point into the input. Nothing in it depends
/// on the time or on the machine.
namespace presproof::report::sarif {

enum class Level : std::uint8_t { note, warning, error };

/// A reportingDescriptor (section 3.49). Texts are plain, whole sentences.
struct Rule {
  std::string id;       ///< stable: `property-violated`, `PP101`
  std::string summary;  ///< what a result of this rule says
  std::string why;      ///< what follows from that
  std::string help;     ///< what to do
  std::string source;   ///< the section that decides it; may be empty
  Level level = Level::error;
  std::string name = {};           ///< for people, where the id is none; may be empty
  std::string help_markdown = {};  ///< a whole page; may be empty
  std::vector<std::string> tags = {"privacy", "presence"};
};

/// The column behind a span's last character; nothing for one that does not end on its first line.
[[nodiscard]] std::optional<std::uint32_t> end_column(const diag::Sources& sources, const SourceSpan& span);

/// A path as a URI reference (RFC 3986): `file:///...` when it is absolute, else relative to the folder of the run.
[[nodiscard]] std::string uri_of(std::string_view path);

/// Where a section of an RFC can be read: the rule's helpUri, which has to be absolute (section 3.49.12); empty for other sources.
[[nodiscard]] std::string specification_uri(std::string_view source);

/// A location (section 3.28) at a span, with a message when there is one. Columns count code points.
[[nodiscard]] Json location(const diag::Sources& sources, const SourceSpan& span, const std::string& message = {});
/// A whole file, without a region.
[[nodiscard]] Json file_location(std::string_view path);

/// A result (section 3.27) without locations; add `locations`, `relatedLocations` and so on to it. `rule` is the index
/// in `rules`. `fingerprint` is what stays the same when the input is edited elsewhere: partialFingerprints holds its
/// hash.
[[nodiscard]] Json result(const std::vector<Rule>& rules, std::size_t rule, Level level, const std::string& message,
                          std::string_view fingerprint);

/// One way to a result (section 3.36) through locations with messages; there must be one at least.
[[nodiscard]] Json code_flow(std::vector<Json> locations, const std::string& message);

/// A way to mend a result (section 3.55): changes of one file, in the order of its text. With a line and a column at both ends, since bytes
/// would be those of another encoding when the file is UTF-16.
[[nodiscard]] Json fix(const diag::Sources& sources, std::uint32_t file, const std::vector<text::TextChanges::Change>& changes,
                       const std::string& description);

/// A file that was looked at (section 3.24).
[[nodiscard]] Json artifact(const diag::Sources& sources, std::uint32_t file);

/// The whole log, as text. `results` is an array, and so is `artifacts`, which may be left out. Hosts replace the results of the same
/// `command` by those of a later run, and leave those of other commands alone (section 3.17.3).
[[nodiscard]] std::string log(std::string_view version, std::string_view command, const std::vector<Rule>& rules, Json results,
                              Json artifacts = nullptr);

}  // namespace presproof::report::sarif
