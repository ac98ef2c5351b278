#include "diag/sources.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "base/utf8.h"
#include "diag/error.h"

namespace presproof::diag {
namespace {

// Columns in a text with multi-byte characters are counted from the mark before, never from the start of the line,
// which may be as long as the text.
constexpr std::size_t kMarkDistance = 256;

std::vector<std::uint32_t> find_line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  if (text.find('\r') == std::string_view::npos) {
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      starts.push_back(static_cast<std::uint32_t>(at + 1));
    }
    return starts;
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool lone_cr = text[at] == '\r' && !(at + 1 < text.size() && text[at + 1] == '\n');
    if (text[at] == '\n' || lone_cr) starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return starts;
}

}  // namespace

void Sources::index(File& file) {
  file.line_starts.clear();
  file.marks.clear();
  if (file.text.size() >= std::numeric_limits<std::uint32_t>::max()) {
    throw InputError({{}, "`" + file.name + "` is larger than 4 GiB", "split the document"});
  }
  file.line_starts = find_line_starts(file.text);
  if (is_ascii(file.text)) return;

  std::uint32_t count = 0;
  std::size_t next_mark = 0;
  for (std::size_t at = 0; at < file.text.size(); ++count) {
    if (at >= next_mark) {
      file.marks.push_back({static_cast<std::uint32_t>(at), count});
      next_mark += kMarkDistance;
    }
    at += decode_utf8(file.text, at).length;
  }
}

std::size_t Sources::code_points_before(const File& file, std::size_t offset) {
  if (file.marks.empty()) return offset;
  // An offset inside of a character may lie before its mark; the character before the mark is then the last to count.
  const std::size_t mark = std::min(offset / kMarkDistance, file.marks.size() - 1);
  std::size_t count = file.marks[mark].code_points;
  for (std::size_t at = file.marks[mark].offset; at < offset; ++count) at += decode_utf8(file.text, at).length;
  return count;
}

std::uint32_t Sources::add(std::string name, std::string text, std::string encoding) {
  File file;
  file.name = std::move(name);
  file.text = std::move(text);
  file.encoding = std::move(encoding);
  index(file);
  files_.push_back(std::move(file));
  return static_cast<std::uint32_t>(files_.size() - 1);
}

std::string_view Sources::name(std::uint32_t file) const { return files_.at(file).name; }

std::string_view Sources::text(std::uint32_t file) const { return files_.at(file).text; }

std::string_view Sources::line(std::uint32_t file, std::uint32_t line) const {
  const File& f = files_.at(file);
  if (line == 0 || line > f.line_starts.size()) return {};
  const std::size_t start = f.line_starts[line - 1];
  const std::size_t end = line < f.line_starts.size() ? f.line_starts[line] : f.text.size();
  std::string_view result = std::string_view(f.text).substr(start, end - start);
  if (!result.empty() && result.back() == '\n') result.remove_suffix(1);
  if (!result.empty() && result.back() == '\r') result.remove_suffix(1);
  return result;
}

SourceSpan Sources::span_at(std::uint32_t file, std::size_t offset, std::size_t length) const {
  const File& f = files_.at(file);
  offset = std::min(offset, f.text.size());
  length = std::min(length, f.text.size() - offset);
  const auto after = std::upper_bound(f.line_starts.begin(), f.line_starts.end(), offset);
  const std::size_t start = *std::prev(after);
  const std::size_t before = code_points_before(f, offset);
  const std::size_t column = before - code_points_before(f, start) + 1;
  const std::size_t points = f.marks.empty() ? length : code_points_before(f, offset + length) - before;
  return {file, static_cast<std::uint32_t>(after - f.line_starts.begin()), static_cast<std::uint32_t>(column),
          static_cast<std::uint32_t>(points)};
}

std::size_t Sources::offset_of(const SourceSpan& span) const {
  const File& f = files_.at(span.file);
  const std::size_t start = f.line_starts.at(span.line - 1);
  const std::size_t column = std::max(span.column, 1U) - 1;
  if (f.marks.empty()) return std::min(start + column, f.text.size());
  const std::size_t wanted = code_points_before(f, start) + column;
  const auto after = std::ranges::upper_bound(f.marks, wanted, {}, &Mark::code_points);
  const Mark& mark = *std::prev(after);
  std::size_t at = mark.offset;
  for (std::size_t count = mark.code_points; count < wanted && at < f.text.size(); ++count) at += decode_utf8(f.text, at).length;
  return at;
}

void Sources::replace_text(std::uint32_t file, std::string text, std::string encoding) {
  File& f = files_.at(file);
  f.text = std::move(text);
  f.encoding = std::move(encoding);
  index(f);
}

std::string_view Sources::encoding(std::uint32_t file) const { return files_.at(file).encoding; }

SpanCursor::SpanCursor(const Sources& sources, std::uint32_t file) : file_(sources.files_.at(file)), number_(file) {}

SourceSpan SpanCursor::at(std::size_t offset, std::size_t length) {
  const std::string_view text = file_.text;
  offset = std::min(offset, text.size());
  length = std::min(length, text.size() - offset);
  const std::vector<std::uint32_t>& starts = file_.line_starts;
  while (line_ + 1 < starts.size() && starts[line_ + 1] <= offset) {
    ++line_;
    offset_ = starts[line_];
    points_ = 0;
  }
  const bool ascii = file_.marks.empty();
  const std::size_t between = offset - offset_;
  points_ += ascii ? between : count_code_points(text.substr(offset_, between));
  offset_ = offset;
  const std::size_t points = ascii ? length : count_code_points(text.substr(offset, length));
  return {number_, static_cast<std::uint32_t>(line_ + 1), static_cast<std::uint32_t>(points_ + 1),
          static_cast<std::uint32_t>(points)};
}

}  // namespace presproof::diag
