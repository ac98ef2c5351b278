#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/lexical.h"
#include "lint/ignores.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

using diag::Code;

/// What keeps a document from being read is found before its comments are; what is said about comments, after.
bool can_be_ignored(Code code) {
  constexpr std::array kNever = {Code::not_well_formed,       Code::not_a_rule_set, Code::over_limit,   Code::property_not_proved,
                                 Code::ignore_without_reason, Code::unused_ignore,  Code::unknown_ignore};
  return std::ranges::find(kNever, code) == kNever.end();
}

/// Whether this run would have found it.
bool was_looked_for(Code code, const Context& context) {
  const auto& options = context.options;
  if (options.disabled.contains(code)) return false;
  switch (code) {
    case Code::rule_expired:
    case Code::rule_not_yet_valid: return options.at.has_value();
    case Code::sphere_unused:
    case Code::condition_on_unpublished_place: return !context.subject.presences.empty();
    case Code::radius_below_threshold: return options.thresholds.effective_radius_m > 0;
    case Code::schema_invalid: return options.validated;
    default: return true;
  }
}

using Place = std::pair<std::uint32_t, std::uint32_t>;
Place place_of(const SourceSpan& span) { return {span.line, span.column}; }

class Ignoring {
 public:
  Ignoring(const Context& context, const diag::Sink& found) : context_(context), findings_(found.diagnostics()), taken_(findings_.size()) {}

  void in_document(std::uint32_t file) {
    const auto comments = find_ignores(context_.sources.text(file));
    if (comments.empty()) return;
    std::map<Code, std::vector<std::pair<Place, std::size_t>>> by_code;
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      if (findings_[i].span.file == file && findings_[i].span.known())
        by_code[findings_[i].code].emplace_back(place_of(findings_[i].span), i);
    }
    for (auto& [code, places] : by_code) std::ranges::sort(places);
    diag::SpanCursor spans(context_.sources, file);
    for (const auto& comment : comments) {
      span_ = spans.at(comment.begin, 4);
      file_ = file;
      if (!check_words(comment)) continue;
      std::vector<Code> unused;
      for (const auto& named : comment.codes) {
        if (named.code && !take(comment, by_code[*named.code]) && was_looked_for(*named.code, context_)) unused.push_back(*named.code);
      }
      if (!unused.empty()) report_unused(comment, unused);
    }
  }

  std::size_t finish(diag::Sink& sink) {
    diag::Sink left;
    for (std::size_t i = 0; i < findings_.size(); ++i)
      if (!taken_[i]) left.report(findings_[i]);
    for (auto& each : about_comments_) left.report(std::move(each));
    const auto count = static_cast<std::size_t>(std::ranges::count(taken_, true));
    sink = std::move(left);
    return count;
  }

 private:
  void report(Code code, std::string message, std::string fix) {
    about_comments_.push_back({.code = code, .span = span_, .rule = {}, .message = std::move(message), .fix = std::move(fix), .related = {}});
  }

  /// Whether the comment counts; some of its codes may be unknown.
  bool check_words(const IgnoreComment& comment) {
    if (comment.verb != "ignore") {
      report(Code::unknown_ignore, fmt::format("{} is nothing that a comment can ask of presproof, so this comment does not count", policy::quoted(comment.verb)),
             "did you mean `ignore`?");
      return false;
    }
    if (comment.codes.empty())
      report(Code::unknown_ignore, "this comment names no finding, so it ignores none", "write `<!-- presproof: ignore CODE reason -->`");
    bool some_known = false;
    for (const auto& named : comment.codes) {
      some_known = some_known || (named.code && can_be_ignored(*named.code));
      if (!named.code) report(Code::unknown_ignore, fmt::format("{} is no finding, so this comment does not ignore it", policy::quoted(named.word)), nearest(named.word));
      if (named.code && !can_be_ignored(*named.code))
        report(Code::unknown_ignore, fmt::format("{} cannot be ignored in a document", policy::quoted(named.word)), "take it out of the comment");
    }
    if (some_known && comment.reason.empty()) {
      report(Code::ignore_without_reason, fmt::format("this comment ignores {} without a reason, so it does not count", policy::quoted(comment.codes.front().word)),
             "say behind the code why the finding does not matter here");
    }
    return some_known && !comment.reason.empty();
  }

  static std::string nearest(std::string_view word) {
    std::vector<std::string_view> known;
    for (const auto& row : diag::all_codes()) known.insert(known.end(), {row.id, row.name});
    const auto near = nearest_word(word, known);
    return near ? fmt::format("did you mean `{}`?", *near) : "`presproof lint --list` shows all codes and names";
  }

  /// Takes the findings in the element concerned; whether there is one.
  bool take(const IgnoreComment& comment, const std::vector<std::pair<Place, std::size_t>>& places) {
    if (comment.from >= comment.until || places.empty()) return false;
    const auto from = place_of(context_.sources.span_at(file_, comment.from, 0));
    const auto until = place_of(context_.sources.span_at(file_, comment.until, 0));
    auto at = std::ranges::lower_bound(places, from, {}, &std::pair<Place, std::size_t>::first);
    bool some = false;
    for (; at != places.end() && at->first < until; ++at) {
      if (!can_be_ignored(findings_[at->second].code)) continue;
      taken_[at->second] = true;
      some = true;
    }
    return some;
  }

  void report_unused(const IgnoreComment& comment, const std::vector<Code>& unused) {
    std::vector<std::string> words;
    for (const auto code : unused) {
      if (can_be_ignored(code)) words.push_back(fmt::format("`{}`", diag::info(code).name));
    }
    if (words.empty()) return;
    const auto what = fmt::format("{}", fmt::join(words, " and "));
    const bool all = words.size() == comment.codes.size();
    if (comment.from >= comment.until) {
      report(Code::unused_ignore, fmt::format("this comment ignores {}, but no element follows that it could concern", what), "take the comment out, or move it before the element");
    } else {
      report(Code::unused_ignore, fmt::format("this comment ignores {}, but nothing of that kind is found in the element that it concerns", what),
             all ? "take the comment out" : fmt::format("take {} out of the comment", what));
    }
  }

  const Context& context_;
  const std::vector<diag::Diagnostic>& findings_;
  std::vector<bool> taken_;
  std::vector<diag::Diagnostic> about_comments_;
  SourceSpan span_;  ///< of the comment at hand
  std::uint32_t file_ = 0;
};

}  // namespace

std::size_t apply_ignores(const Context& context, diag::Sink& sink) {
  Ignoring ignoring(context, sink);
  for (const auto& document : context.subject.documents) ignoring.in_document(document.file());
  return ignoring.finish(sink);
}

std::size_t run_checks_and_ignore(const Context& context, diag::Sink& sink) {
  run_checks(context, sink);
  return apply_ignores(context, sink);
}

}  // namespace presproof::lint
