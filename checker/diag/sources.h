#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_span.h"

namespace presproof::diag {

/// The texts of one run, numbered as they are added; `SourceSpan::file` is such a number. Texts are kept as UTF-8
/// and stay where they are, so views into them live as long as this object. Line breaks are LF, CR LF and CR.
class Sources {
 public:
  /// `name` is what messages show (a path, or `<stdin>`). Throws InputError for a text of 4 GiB or more.
  /// `encoding` is what the file itself is in; the text is in UTF-8.
  std::uint32_t add(std::string name, std::string text, std::string encoding = "UTF-8");

  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] std::string_view name(std::uint32_t file) const;
  [[nodiscard]] std::string_view text(std::uint32_t file) const;
  /// Line `line` (from 1) without its line break; empty when there is no such line.
  [[nodiscard]] std::string_view line(std::uint32_t file, std::uint32_t line) const;
  /// The span of `length` bytes at byte `offset`, in lines and code points; invalid UTF-8 counts one per byte. What
  /// lies beyond the text's end is taken as its end.
  [[nodiscard]] SourceSpan span_at(std::uint32_t file, std::size_t offset, std::size_t length) const;
  /// The byte at which a span begins, in the text of its file.
  [[nodiscard]] std::size_t offset_of(const SourceSpan& span) const;
  /// Puts another text (re-encoded to UTF-8, say) in the place of an added one; views into the old one end.
  /// `encoding` is what the file itself is in.
  void replace_text(std::uint32_t file, std::string text, std::string encoding = "UTF-8");
  /// What the file was in before its text was made UTF-8: `UTF-8` unless replace_text said otherwise.
  [[nodiscard]] std::string_view encoding(std::uint32_t file) const;

 private:
  friend class SpanCursor;

  /// How many code points end before a byte offset, which is between two code points.
  struct Mark {
    std::uint32_t offset;
    std::uint32_t code_points;
  };

  struct File {
    std::string name;
    std::string text;
    std::string encoding = "UTF-8";
    std::vector<std::uint32_t> line_starts;
    std::vector<Mark> marks;  ///< one for each kMarkDistance bytes; none when the text is ASCII
  };

  static void index(File& file);
  static std::size_t code_points_before(const File& file, std::size_t offset);

  std::deque<File> files_;
};

/// Spans at ascending offsets of one text, all together in one pass over it. Sources must not change meanwhile.
class SpanCursor {
 public:
  SpanCursor(const Sources& sources, std::uint32_t file);
  /// As Sources::span_at; `offset` must not be before that of the call before.
  [[nodiscard]] SourceSpan at(std::size_t offset, std::size_t length);

 private:
  const Sources::File& file_;
  std::uint32_t number_;
  std::size_t line_ = 0;  ///< index into the line starts
  std::size_t offset_ = 0;
  std::size_t points_ = 0;  ///< code points between the start of the line and `offset_`
};

}  // namespace presproof::diag
