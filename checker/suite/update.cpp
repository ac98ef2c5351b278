#include "suite/update.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <map>

#include "suite/reader.h"

namespace presproof::suite {
namespace {

struct Edit {
  std::size_t begin;
  std::size_t end;
  std::string text;
};

/// `permissions.provide-location.geodetic` below `expect`; null when it is not there.
const toml::node* node_at(const toml::table& expect, std::string_view path) {
  const toml::node* node = &expect;
  while (!path.empty() && node != nullptr) {
    const std::size_t dot = path.find('.');
    const auto* table = node->as_table();
    node = table == nullptr ? nullptr : table->get(path.substr(0, dot));
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
  }
  return node;
}

/// Where the value of a failure stands.
const toml::node* value_of(const toml::table& expect, const std::string& what) {
  const toml::node* response = expect.get("response");
  const auto* parts = response == nullptr ? nullptr : response->as_table();
  if (what == "response") return parts == nullptr ? response : parts->get("code");
  if (what == "subscription state") return parts == nullptr ? nullptr : parts->get("subscription-state");
  return node_at(expect, what);
}

/// Where a case, or a row of one, begins.
using Place = std::pair<std::uint32_t, std::uint32_t>;
Place place_of(const SourceSpan& span) { return {span.line, span.column}; }
Place place_of(const toml::table& table) { return {static_cast<std::uint32_t>(table.source().begin.line), static_cast<std::uint32_t>(table.source().begin.column)}; }

/// The cases of a suite and their rows, by where they begin.
std::map<Place, const toml::table*> tables_of(const toml::table& root) {
  std::map<Place, const toml::table*> tables;
  const auto add = [&](const toml::table& parent, std::string_view key, const auto& then) {
    const auto* array = parent.get_as<toml::array>(key);
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      const auto* table = array->get(i)->as_table();
      if (table == nullptr) continue;
      tables.emplace(place_of(*table), table);
      then(*table);
    }
  };
  add(root, "case", [&](const toml::table& one) { add(one, "rows", [](const toml::table&) {}); });
  return tables;
}

/// Edits of one suite.
class Updating {
 public:
  Updating(const diag::Sources& sources, std::uint32_t file, const std::vector<CaseOutcome>& outcomes)
      : sources_(sources), file_(file), text_(sources.text(file)), root_(toml::parse(text_)), tables_(tables_of(root_)) {
    for (const auto& outcome : outcomes) ++cases_at_[place_of(outcome.one->span)];
  }

  Update with(const std::vector<CaseOutcome>& outcomes) {
    for (const auto& outcome : outcomes) {
      const Place place = place_of(outcome.one->span);
      const auto table = tables_.find(place);
      const auto* expect = table == tables_.end() ? nullptr : table->second->get_as<toml::table>("expect");
      std::vector<const Failure*> moved;
      for (const Failure& failure : outcome.failures) {
        if (cases_at_[place] > 1) leave(outcome, failure, "several watchers share it");
        else if (!failure.path.empty()) moved.push_back(&failure);
        else if (const toml::node* value = expect == nullptr ? nullptr : value_of(*expect, failure.what); value == nullptr || value->is_table() || failure.replacement.empty()) leave(outcome, failure, "it has no value of its own in the suite");
        else replace(*value, failure.replacement);
      }
      if (!moved.empty()) move_paths(outcome, expect, moved);
    }
    std::ranges::sort(edits_, std::ranges::greater(), &Edit::begin);
    for (const Edit& edit : edits_) text_.replace(edit.begin, edit.end - edit.begin, edit.text);
    result_.text = std::move(text_);
    return std::move(result_);
  }

 private:
  void leave(const CaseOutcome& outcome, const Failure& failure, std::string_view why) { result_.left.push_back(fmt::format("{}: {}: {}", outcome.one->name, failure.what, why)); }
  [[nodiscard]] std::size_t at(const toml::source_position& position) const { return sources_.offset_of({file_, static_cast<std::uint32_t>(position.line), static_cast<std::uint32_t>(position.column), 1}); }
  void replace(const toml::node& value, std::string text) {
    edits_.push_back({at(value.source().begin), at(value.source().end), std::move(text)});
    ++result_.changed;
  }

  /// From `present` to `absent` or back: both arrays are written anew where both stand on the lines of their own, without comments.
  void move_paths(const CaseOutcome& outcome, const toml::table* expect, const std::vector<const Failure*>& moved) {
    const auto* document = expect == nullptr ? nullptr : expect->get_as<toml::table>("document");
    const auto* present = document == nullptr ? nullptr : document->get_as<toml::array>("present");
    const auto* absent = document == nullptr ? nullptr : document->get_as<toml::array>("absent");
    const auto refuse = [&](std::string_view why) {
      for (const Failure* failure : moved) leave(outcome, *failure, why);
    };
    if (present == nullptr && absent == nullptr) return refuse("it has no array of its own in the suite");
    for (const auto* array : {present, absent})
      if (array != nullptr && text_.substr(at(array->source().begin), at(array->source().end) - at(array->source().begin)).find('#') != std::string::npos) return refuse("a comment, or a `#`, is among the paths");
    std::vector<std::string> paths[2] = {texts_of(present), texts_of(absent)};
    for (const Failure* failure : moved) {
      const std::size_t from = std::ranges::find(paths[0], failure->path) != paths[0].end() ? 0 : 1;
      if (std::erase(paths[from], failure->path) == 0) {
        leave(outcome, *failure, "it has no path of its own in the suite");
        continue;
      }
      paths[1 - from].push_back(failure->path);
    }
    if (present != nullptr && absent != nullptr) {
      rewrite(*present, paths[0]);
      rewrite(*absent, paths[1]);
      return;
    }
    const auto& only = present != nullptr ? *present : *absent;
    const std::size_t here = present != nullptr ? 0 : 1;
    const std::size_t begin = at(only.source().begin);
    const std::size_t line = text_.rfind('\n', begin) + 1;  // npos + 1 is 0
    const std::string key = text_.substr(line, begin - line);
    const std::string name = here == 0 ? "present" : "absent";
    const auto place = key.rfind(name);
    if (key.find_first_of("{[") != std::string::npos || place == std::string::npos) return refuse("it would need a line of its own in the suite");
    std::string other = key;
    other.replace(place, name.size(), here == 0 ? "absent" : "present");
    const std::size_t end = at(only.source().end);
    edits_.push_back({begin, end, write_value(paths[here]) + "\n" + other + write_value(paths[1 - here])});
    ++result_.changed;
  }
  void rewrite(const toml::array& array, const std::vector<std::string>& paths) {
    if (paths != texts_of(&array)) replace(array, write_value(paths));
  }
  static std::vector<std::string> texts_of(const toml::array* array) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) texts.push_back(array->get(i)->value_or(std::string()));
    return texts;
  }

  const diag::Sources& sources_;
  std::uint32_t file_;
  std::string text_;
  const toml::table root_;
  std::map<Place, const toml::table*> tables_;
  std::map<Place, std::size_t> cases_at_;  ///< those of several watchers have one
  std::vector<Edit> edits_;
  Update result_;
};

}  // namespace

Update update(const diag::Sources& sources, std::uint32_t file, const std::vector<CaseOutcome>& outcomes) { return Updating(sources, file, outcomes).with(outcomes); }

}  // namespace presproof::suite
