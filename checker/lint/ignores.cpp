#include "lint/ignores.h"

#include <algorithm>

#include "base/lexical.h"

namespace presproof::lint {
namespace {

constexpr std::string_view kMark = "presproof:";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Words of a comment.
class Words {
 public:
  Words(std::string_view text, std::size_t at, std::size_t end) : text_(text), at_(at), end_(end) { skip_space(); }

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool at_comma() const { return at_ < end_ && text_[at_] == ','; }
  void skip_comma() {
    ++at_;
    skip_space();
  }
  /// Up to a blank or a comma.
  std::string_view take() {
    const std::size_t start = at_;
    while (at_ < end_ && !is_space(text_[at_]) && text_[at_] != ',') ++at_;
    const auto word = text_.substr(start, at_ - start);
    skip_space();
    return word;
  }
  [[nodiscard]] std::string_view rest() const { return trim_xml_space(text_.substr(at_, end_ - at_)); }

 private:
  void skip_space() {
    while (at_ < end_ && is_space(text_[at_])) ++at_;
  }
  std::string_view text_;
  std::size_t at_;
  std::size_t end_;
};

/// A dash or a colon alone gives no reason.
bool says_something(std::string_view reason) {
  return std::ranges::any_of(reason, [](unsigned char c) { return c >= 0x80U || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::optional<IgnoreComment> read_comment(std::string_view text, std::size_t begin, std::size_t end) {
  Words words(text, begin + 4, end - 3);
  const auto content = words.rest();
  if (!content.starts_with(kMark)) return std::nullopt;
  words = Words(text, words.at() + kMark.size(), end - 3);
  IgnoreComment comment;
  comment.begin = begin;
  comment.end = end;
  comment.verb = words.take();
  if (comment.verb != "ignore" && !nearest_word(comment.verb, {"ignore"})) return std::nullopt;
  while (true) {
    const std::size_t offset = words.at();
    const auto word = words.take();
    if (!word.empty()) comment.codes.push_back({word, offset, diag::find_code(word)});
    if (!words.at_comma()) break;
    words.skip_comma();
  }
  if (says_something(words.rest())) comment.reason = words.rest();
  return comment;
}

/// One pass over a text, which is well-formed.
class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  std::vector<IgnoreComment> run() {
    for (std::size_t at = text_.find('<'); at != std::string_view::npos; at = text_.find('<', at)) {
      if (!open_.empty() && open_.back().nothing_yet && !blank(open_.back().open_end, at)) open_.back().nothing_yet = false;
      if (looking_at(at, "<!--")) {
        at = comment(at);
      } else if (looking_at(at, "<![CDATA[")) {
        at = behind("]]>", at);
        not_first();
      } else if (looking_at(at, "<?")) {
        at = behind("?>", at);
      } else if (looking_at(at, "</")) {
        at = end_tag(at);
      } else {
        at = start_tag(at);
      }
    }
    return std::move(found_);
  }

 private:
  /// An element whose end tag is not reached.
  struct Open {
    std::size_t open_end;
    bool nothing_yet = true;                 ///< but white space and comments
    std::vector<std::size_t> waiting = {};   ///< comments for the next element in it
    std::vector<std::size_t> ours = {};      ///< comments that concern it, and end with it
  };

  [[nodiscard]] bool looking_at(std::size_t at, std::string_view word) const { return text_.substr(at, word.size()) == word; }
  [[nodiscard]] std::size_t behind(std::string_view word, std::size_t at) const {
    const auto found = text_.find(word, at);
    return found == std::string_view::npos ? text_.size() : found + word.size();
  }
  /// Of the text between a start tag and `at` only what stands right before `at` was not looked at yet.
  bool blank(std::size_t open_end, std::size_t at) const {
    std::size_t from = std::max(open_end, last_end_);
    while (from < at && is_space(text_[from])) ++from;
    return from >= at;
  }
  void not_first() {
    if (!open_.empty()) open_.back().nothing_yet = false;
  }
  std::vector<std::size_t>& waiting() { return open_.empty() ? outside_ : open_.back().waiting; }

  std::size_t comment(std::size_t at) {
    const std::size_t end = behind("-->", at + 4);
    last_end_ = end;
    auto read = read_comment(text_, at, end);
    if (!read) return end;
    if (open_.size() > 1 && open_.back().nothing_yet) {
      read->from = starts_.back();
      open_.back().ours.push_back(found_.size());
    } else {
      waiting().push_back(found_.size());
    }
    found_.push_back(std::move(*read));
    return end;
  }

  std::size_t start_tag(std::size_t at) {
    not_first();
    std::size_t end = at + 1;
    for (char quote = '\0'; end < text_.size() && (quote != '\0' || text_[end] != '>'); ++end) {
      if (quote != '\0') {
        if (text_[end] == quote) quote = '\0';
      } else if (text_[end] == '"' || text_[end] == '\'') {
        quote = text_[end];
      }
    }
    end = std::min(end + 1, text_.size());
    auto concerned = std::move(waiting());
    waiting().clear();
    for (const auto number : concerned) found_[number].from = at;
    if (looking_at(end - 2, "/>")) {
      for (const auto number : concerned) found_[number].until = end;
    } else {
      open_.push_back({.open_end = end, .ours = std::move(concerned)});
      starts_.push_back(at);
    }
    return end;
  }

  std::size_t end_tag(std::size_t at) {
    const std::size_t end = behind(">", at);
    if (open_.empty()) return end;
    for (const auto number : open_.back().ours) found_[number].until = end;
    open_.pop_back();
    starts_.pop_back();
    return end;
  }

  std::string_view text_;
  std::size_t last_end_ = 0;  ///< of the last comment
  std::vector<Open> open_;
  std::vector<std::size_t> starts_;  ///< of the open elements
  std::vector<std::size_t> outside_;
  std::vector<IgnoreComment> found_;
};

}  // namespace

std::vector<IgnoreComment> find_ignores(std::string_view text) {
  if (text.find(kMark) == std::string_view::npos) return {};
  return Scan(text).run();
}

}  // namespace presproof::lint
