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

}  // namespace

Update update(const diag::Sources& sources, std::uint32_t file, const std::vector<CaseOutcome>& outcomes) {
  Update result;
  result.text = sources.text(file);
  const toml::table root = toml::parse(result.text);
  std::map<std::uint32_t, std::size_t> cases_at;  ///< by line: those of one table have one
  for (const auto& outcome : outcomes) ++cases_at[outcome.one->span.line];
  std::map<std::uint32_t, const toml::table*> tables;
  if (const auto* array = root.get_as<toml::array>("case"))
    for (const auto& each : *array)
      if (const auto* table = each.as_table()) tables.emplace(static_cast<std::uint32_t>(table->source().begin.line), table);
  std::vector<Edit> edits;
  for (const auto& outcome : outcomes) {
    const auto leave = [&](const Failure& failure, std::string_view why) { result.left.push_back(fmt::format("{}: {}: {}", outcome.one->name, failure.what, why)); };
    const auto table = tables.find(outcome.one->span.line);
    const auto* expect = table == tables.end() ? nullptr : table->second->get_as<toml::table>("expect");
    for (const Failure& failure : outcome.failures) {
      if (cases_at[outcome.one->span.line] > 1) {
        leave(failure, "several watchers share it");
        continue;
      }
      const toml::node* value = expect == nullptr ? nullptr : value_of(*expect, failure.what);
      if (value == nullptr || value->is_table() || failure.replacement.empty()) {
        leave(failure, "it has no value of its own in the suite");
        continue;
      }
      const auto at = [&](const toml::source_position& position) { return sources.offset_of({file, static_cast<std::uint32_t>(position.line), static_cast<std::uint32_t>(position.column), 1}); };
      edits.push_back({at(value->source().begin), at(value->source().end), failure.replacement});
      ++result.changed;
    }
  }
  std::ranges::sort(edits, std::ranges::greater(), &Edit::begin);
  for (const Edit& edit : edits) result.text.replace(edit.begin, edit.end - edit.begin, edit.text);
  return result;
}

}  // namespace presproof::suite
