#include "text/line_diff.h"

#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>

namespace presproof::text {
namespace {

constexpr std::ptrdiff_t kContext = 3;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

/// One line of the script: kept, of the old text alone, or of the new one alone.
struct Step {
  char sign;
  std::string_view line;
};

using Lines = std::vector<std::string_view>;

/// So many lines may differ before the search settles for the best way so far: its memory grows with the square.
constexpr std::ptrdiff_t kPatience = 500;

/// Myers' greedy forward search in what is left of two texts, and the way back: the steps to both ends, or, when that takes too many, to
/// the furthest place found.
std::vector<Step> next_steps(std::span<const std::string_view> a, std::span<const std::string_view> b) {
  const auto n = static_cast<std::ptrdiff_t>(a.size());
  const auto m = static_cast<std::ptrdiff_t>(b.size());
  const std::ptrdiff_t most = std::min(kPatience, n + m);
  const std::ptrdiff_t offset = most + 1;
  std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * offset + 1), 0);
  const auto at = [&](std::ptrdiff_t k) -> std::ptrdiff_t& { return furthest[static_cast<std::size_t>(k + offset)]; };
  const auto line = [](std::span<const std::string_view> lines, std::ptrdiff_t i) { return lines[static_cast<std::size_t>(i)]; };
  std::vector<std::vector<std::ptrdiff_t>> trace;  // for each d the values for -d .. d before it
  std::ptrdiff_t x = 0;
  std::ptrdiff_t y = 0;
  for (std::ptrdiff_t d = 0; d <= most && (x < n || y < m); ++d) {
    trace.emplace_back();
    for (std::ptrdiff_t k = -d - 1; k <= d + 1; ++k) trace.back().push_back(at(k));
    x = y = 0;  // the furthest of this d
    for (std::ptrdiff_t k = -d; k <= d && (x < n || y < m); k += 2) {
      std::ptrdiff_t own = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      while (own < n && own - k < m && line(a, own) == line(b, own - k)) ++own;
      at(k) = own;
      if (own <= n && own - k <= m && 2 * own - k > x + y) {
        x = own;
        y = own - k;
      }
    }
  }
  std::vector<Step> steps;
  for (auto d = static_cast<std::ptrdiff_t>(trace.size()) - 1; d >= 0; --d) {
    const auto before = [&](std::ptrdiff_t k) { return trace[static_cast<std::size_t>(d)][static_cast<std::size_t>(k + d + 1)]; };
    const std::ptrdiff_t k = x - y;
    const bool down = k == -d || (k != d && before(k - 1) < before(k + 1));
    const std::ptrdiff_t from_x = d == 0 ? 0 : before(down ? k + 1 : k - 1);
    const std::ptrdiff_t from_y = d == 0 ? 0 : from_x - (down ? k + 1 : k - 1);
    while (x > from_x && y > from_y) {
      steps.push_back({' ', line(a, x - 1)});
      --x;
      --y;
    }
    if (d == 0) break;
    steps.push_back(down ? Step{'+', line(b, y - 1)} : Step{'-', line(a, x - 1)});
    x = from_x;
    y = from_y;
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

std::vector<Step> shortest_script(const Lines& a, const Lines& b) {
  std::vector<Step> steps;
  for (std::span<const std::string_view> left(a), right(b); !left.empty() || !right.empty();) {
    const auto next = next_steps(left, right);
    const auto of_one = [&](char other) {
      return static_cast<std::size_t>(std::ranges::count_if(next, [&](const Step& step) { return step.sign != other; }));
    };
    left = left.subspan(of_one('+'));
    right = right.subspan(of_one('-'));
    steps.insert(steps.end(), next.begin(), next.end());
  }
  return steps;
}

std::vector<Step> script(const Lines& a, const Lines& b) {
  std::size_t first = 0;
  while (first < a.size() && first < b.size() && a[first] == b[first]) ++first;
  std::size_t last = 0;
  while (last < a.size() - first && last < b.size() - first && a[a.size() - 1 - last] == b[b.size() - 1 - last]) ++last;
  const auto middle = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end() - static_cast<std::ptrdiff_t>(last));
  };
  std::vector<Step> steps;
  for (std::size_t i = 0; i < first; ++i) steps.push_back({' ', a[i]});
  for (const Step& step : shortest_script(middle(a), middle(b))) steps.push_back(step);
  for (std::size_t i = a.size() - last; i < a.size(); ++i) steps.push_back({' ', a[i]});
  return steps;
}

void write_line(std::string& out, const Step& step) {
  out += step.sign;
  out += step.line;
  if (!step.line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view old_text, std::string_view new_text) {
  if (old_text == new_text) return {};
  const std::vector<Step> steps = script(lines_of(old_text), lines_of(new_text));
  const auto count = static_cast<std::ptrdiff_t>(steps.size());
  const auto changes = [&](std::ptrdiff_t i) { return steps[static_cast<std::size_t>(i)].sign != ' '; };
  std::string out = fmt::format("--- {}\n+++ {}\n", name, name);
  std::ptrdiff_t old_line = 0;
  std::ptrdiff_t new_line = 0;
  for (std::ptrdiff_t i = 0, written = 0; i < count; ++i) {
    if (!changes(i)) continue;
    // A hunk: from here to the last change that is less than two contexts away from the one before.
    const std::ptrdiff_t begin = std::max(written, i - kContext);
    std::ptrdiff_t end = i + 1;
    for (std::ptrdiff_t j = i; j < count && j <= end - 1 + 2 * kContext; ++j) {
      if (changes(j)) end = j + 1;
    }
    end = std::min(count, end + kContext);
    for (; written < begin; ++written) {
      ++old_line;
      ++new_line;
    }
    const auto lines = [&](char other) {
      return std::count_if(steps.begin() + begin, steps.begin() + end, [&](const Step& step) { return step.sign != other; });
    };
    const auto range = [](std::ptrdiff_t line, std::ptrdiff_t length) { return fmt::format("{},{}", length == 0 ? line : line + 1, length); };
    const std::ptrdiff_t olds = lines('+');
    const std::ptrdiff_t news = lines('-');
    out += fmt::format("@@ -{} +{} @@\n", range(old_line, olds), range(new_line, news));
    for (std::ptrdiff_t j = begin; j < end; ++j) write_line(out, steps[static_cast<std::size_t>(j)]);
    old_line += olds;
    new_line += news;
    written = end;
    i = end - 1;
  }
  return out;
}

}  // namespace presproof::text
