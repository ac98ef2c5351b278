#include "report/snippet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "diag/printable.h"

namespace presproof::report {
namespace {

constexpr std::size_t kWindow = 104;  ///< columns of source text in one line of output
constexpr std::size_t kBefore = 60;   ///< of them before the caret, when the line is cut
constexpr std::size_t kTab = 4;

/// One code point of the line, or one byte that belongs to none, as it is shown.
struct Cell {
  std::string text;
  std::size_t width = 1;
};

struct Range {
  char32_t first;
  char32_t last;
};

bool within(char32_t value, std::span<const Range> ranges) {
  return std::ranges::any_of(ranges, [&](const Range& range) { return range.first <= value && value <= range.last; });
}

/// An approximation of Unicode's East Asian Width and of combining marks, good for placing a caret.
std::size_t width_of(char32_t value) {
  static constexpr std::array kCombining = {Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD},
                                            Range{0x0610, 0x061A}, Range{0x064B, 0x065F}, Range{0x0E34, 0x0E3A},
                                            Range{0x0E47, 0x0E4E}, Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF},
                                            Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}};
  static constexpr std::array kWide = {Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},  Range{0x3041, 0xA4CF},
                                       Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},  Range{0xFE30, 0xFE6F},
                                       Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},  Range{0x1F300, 0x1F64F},
                                       Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};
  if (value < 0x0300) return 1;
  if (within(value, kCombining)) return 0;
  return within(value, kWide) ? 2 : 1;
}

Cell cell_of(std::string_view line, std::size_t at, const CodePoint& point) {
  const auto bytes = line.substr(at, point.length);
  if (bytes == "\t") return {std::string(kTab, ' '), kTab};
  auto shown = diag::printable(bytes);
  const auto width = shown == bytes ? width_of(point.value) : shown.size();
  return {std::move(shown), width};
}

/// The line around a column: cells of at most kWindow columns, and what was cut away.
struct Window {
  std::vector<Cell> cells;
  std::size_t caret = 0;  ///< cells before the caret
  bool cut_left = false;
  bool cut_right = false;
};

template <class Cells>
std::size_t width_of(const Cells& cells) {
  std::size_t width = 0;
  for (const auto& cell : cells) width += cell.width;
  return width;
}

/// Where code point number `wanted` of the line begins. Whole blocks of ASCII are stepped over at once.
std::size_t offset_of(std::string_view line, std::size_t wanted) {
  constexpr std::size_t kBlock = 4096;
  std::size_t at = 0;
  for (std::size_t passed = 0; passed < wanted && at < line.size();) {
    const auto block = line.substr(at, kBlock);
    if (wanted - passed >= block.size() && is_ascii(block)) {
      passed += block.size();
      at += block.size();
    } else {
      ++passed;
      at += decode_utf8(line, at).length;
    }
  }
  return at;
}

/// The last cells before `column`, at most as many as could be shown, and where the column is in the text. A line of
/// megabytes costs one pass over it.
std::deque<Cell> cells_before(std::string_view line, std::size_t column, std::size_t& at, bool& cut) {
  const auto before = column - 1;
  const auto skipped = before > kWindow ? before - kWindow : 0;
  cut = skipped > 0;
  at = offset_of(line, skipped);
  std::deque<Cell> cells;
  for (std::size_t i = skipped; i < before && at < line.size(); ++i) {
    const auto point = decode_utf8(line, at);
    cells.push_back(cell_of(line, at, point));
    at += point.length;
  }
  return cells;
}

Window window_around(std::string_view line, std::size_t column) {
  Window window;
  std::size_t at = 0;
  auto left = cells_before(line, column, at, window.cut_left);
  std::vector<Cell> right;
  for (std::size_t width = 0; at < line.size();) {
    const auto point = decode_utf8(line, at);
    auto cell = cell_of(line, at, point);
    if (width + cell.width > kWindow) break;
    width += cell.width;
    right.push_back(std::move(cell));
    at += point.length;
  }
  window.cut_right = at < line.size();

  const auto left_limit = std::max(kBefore, kWindow - width_of(right));
  for (auto width = width_of(left); width > left_limit; left.pop_front()) {
    width -= left.front().width;
    window.cut_left = true;
  }
  for (auto width = width_of(left) + width_of(right); width > kWindow; right.pop_back()) {
    width -= right.back().width;
    window.cut_right = true;
  }
  window.caret = left.size();
  window.cells.assign(std::make_move_iterator(left.begin()), std::make_move_iterator(left.end()));
  window.cells.insert(window.cells.end(), std::make_move_iterator(right.begin()), std::make_move_iterator(right.end()));
  return window;
}

}  // namespace

std::string place(const diag::Sources& sources, const SourceSpan& span) {
  if (!span.known() || span.file >= sources.size()) return "";
  return fmt::format("{}:{}:{}", diag::printable(sources.name(span.file)), span.line, span.column);
}

std::string snippet(const diag::Sources& sources, const SourceSpan& span, const TextStyle& style) {
  if (!span.known() || span.file >= sources.size()) return "";
  const auto window = window_around(sources.line(span.file, span.line), std::max<std::size_t>(span.column, 1));
  std::string source;
  std::string marks;
  if (window.cut_left) {
    source += "...";
    marks += "   ";
  }
  const auto marked_end = std::min(window.cells.size(), window.caret + std::max<std::size_t>(span.length, 1));
  for (std::size_t i = 0; i < window.cells.size(); ++i) {
    source += window.cells[i].text;
    const char mark = i < window.caret ? ' ' : '~';
    if (i < marked_end) marks.append(window.cells[i].width, mark);
  }
  if (window.cut_right) source += "...";
  const auto caret = marks.find('~');
  if (caret == std::string::npos)
    marks += '^';  // just behind the end of the line
  else
    marks[caret] = '^';
  while (!source.empty() && source.back() == ' ') source.pop_back();
  if (style.color) {
    const auto start = marks.find('^');
    marks = fmt::format("{}\x1b[1;32m{}\x1b[0m", marks.substr(0, start), marks.substr(start));
  }
  return fmt::format("{:>5} |{}{}\n      | {}\n", span.line, source.empty() ? "" : " ", source, marks);
}

}  // namespace presproof::report
