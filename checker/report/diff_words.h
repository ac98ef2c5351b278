#pragma once

#include <string>
#include <string_view>

#include "report/report.h"

/// Differences of two policies in words for people; everything from documents is made printable.
namespace presproof::report {

/// `sip:bob@example.com`, `everybody else of example.com`, `everybody else`, `the unauthenticated`.
[[nodiscard]] std::string class_words(const policy::Watcher& watcher, diff::WatcherKind kind);

/// The contract's `watchers`: `sip:bob@example.com and 12 more`.
[[nodiscard]] std::string watchers_words(const diff::Change& change);

/// Whom a group of changes concerns: named groups first, of many others the first few.
struct Who {
  std::string words;
  bool plural = true;
};
[[nodiscard]] Who who_words(const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group);

/// `now get location at 500 m instead of 5 km`, `no longer gets activities`.
[[nodiscard]] std::string item_words(const diff::Item& item, bool plural);

/// `at any time`, `only in sphere work`, or that it is so in some states.
[[nodiscard]] std::string when_words(const diff::Circumstances& when);
[[nodiscard]] std::string circumstance_words(const diff::Circumstance& when);  ///< without `only`; empty: at any time
[[nodiscard]] std::string places_words(const diff::PlacesTold& places);         ///< `while the presentity is ...`
/// The same; where it cannot be told exactly, with one of the states.
[[nodiscard]] std::string when_words(const diff::ChangeGroup& group);

/// `sip:bob@example.com at 2026-06-01T12:00:00Z, sphere undefined, location unknown`.
[[nodiscard]] std::string witness_words(const policy::Request& request);

/// `friends now get location at 500 m instead of 5 km, at any time`; several items are joined by `; `.
[[nodiscard]] std::string sentence(const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group);

/// `geo-radius=finest, all-attributes-location=includes, ...`.
/// As which server was decided, and what that leaves out; nothing for the RFCs.
[[nodiscard]] std::vector<std::string> engine_words(const engine::Profile& profile);
[[nodiscard]] std::string readings_words(const engine::Readings& readings);
[[nodiscard]] std::string readings_words(const std::vector<std::pair<engine::Reading, bool>>& readings);

/// `different (2 widened, 1 narrowed)`, `equivalent`, `undecided`.
[[nodiscard]] std::string verdict_words(const DiffPart& part);

/// One line: how many documents are equivalent and how many are not.
[[nodiscard]] std::string diff_summary(const Diff& diff);

/// What a part with a file on one side alone was compared with; else empty.
[[nodiscard]] std::string_view side_words(const DiffPart& part);

/// The commands that decide a witness again on either side; empty for what is in no file.
[[nodiscard]] std::vector<std::string> replay_commands(const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group);

}  // namespace presproof::report
