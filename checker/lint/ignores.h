#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "lint/lint.h"

/// Comments by which a document's owner takes findings away, each with its reason:
///
///     <!-- presproof: ignore PP302 everybody may see the reception -->
///     <rule id="reception"> ... </rule>
///
/// Codes or names, several with commas between them, then the reason. Such a comment concerns one element and all in it:
/// as the first thing in an element other than the root, that element; otherwise the next element beside it. So before
/// the root element it concerns the whole document.
namespace presproof::lint {

/// What one such comment says, by byte offsets in its text.
struct IgnoreComment {
  struct Named {
    std::string_view word;
    std::size_t offset = 0;
    std::optional<diag::Code> code;  ///< nothing: unknown
  };
  std::size_t begin = 0;  ///< its `<`
  std::size_t end = 0;    ///< behind its `>`
  std::string_view verb;  ///< `ignore`, or what was written instead of it
  std::vector<Named> codes;
  std::string_view reason;
  /// The element concerned; `from == until` when there is none.
  std::size_t from = 0;
  std::size_t until = 0;
};

/// The comments of a text that was read as well-formed. A comment that begins with `presproof:` and has another verb is
/// one only when the verb is nearly `ignore`.
[[nodiscard]] std::vector<IgnoreComment> find_ignores(std::string_view text);

/// Takes away what the documents' comments ignore, and reports comments that do not count: without reason, with a code
/// that is unknown, without a finding to ignore. `sink` holds everything else that was found. Gives how many it took.
std::size_t apply_ignores(const Context& context, diag::Sink& sink);

/// Runs every check (run_checks), then applies what the documents' comments ignore. Gives how many findings they took.
std::size_t run_checks_and_ignore(const Context& context, diag::Sink& sink);

}  // namespace presproof::lint
