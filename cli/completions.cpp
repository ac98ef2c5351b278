#include "completions.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "diag/code.h"
#include "engine/profile.h"
#include "engine/readings.h"

namespace presproof::cli {
namespace {

std::vector<std::string> code_words() {
  std::vector<std::string> words;
  for (const auto& row : diag::all_codes()) words.insert(words.end(), {std::string(row.id), std::string(row.name)});
  return words;
}

std::vector<std::string> engine_words() {
  std::vector<std::string> words;
  for (const auto& profile : engine::all_profiles()) words.emplace_back(profile.name);
  return words;
}

std::vector<std::string> reading_words() {
  std::vector<std::string> words;
  for (const auto& row : engine::all_readings())
    for (const auto value : row.values) words.push_back(fmt::format("{}={}", row.key, value));
  return words;
}

/// The words of a CLI::IsMember, which describes itself as `{text,json}`.
std::vector<std::string> member_words(const std::string& type) {
  std::vector<std::string> words;
  const auto open = type.find('{');
  const auto close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return words;
  for (auto at = open + 1; at < close;) {
    const auto end = std::min(type.find(',', at), close);
    words.push_back(type.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

void set_kind(Completion& completion, const std::string& type) {
  completion.takes = Takes::words;
  completion.words = member_words(type);
  if (type == "CODE") completion.words = code_words();
  if (type == "ENGINE") completion.words = engine_words();
  if (type == "KEY=VALUE") completion.words = reading_words();
  if (!completion.words.empty()) return;
  completion.takes = Takes::free;
  if (type == "FILE") completion.takes = Takes::file;
  if (type == "DIR") completion.takes = Takes::folder;
  if (type == "[FORMAT=]FILE") completion.takes = Takes::output;
}

Completion completion_of(const CLI::Option& option) {
  Completion completion;
  for (const auto& name : option.get_lnames()) completion.names.push_back("--" + name);
  for (const auto& name : option.get_snames()) completion.names.push_back("-" + name);
  completion.description = option.get_description();
  completion.repeatable = option.get_items_expected_max() > 1;
  if (option.get_items_expected_max() > 0) set_kind(completion, option.get_type_name());
  return completion;
}

CommandCompletion command_of(const CLI::App& app, const std::string& name) {
  CommandCompletion command{.name = name, .description = app.get_description(), .options = {}, .argument = {}};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      command.argument = completion_of(*option);
    } else if (!option->get_group().empty()) {
      command.options.push_back(completion_of(*option));
    }
  }
  std::vector<std::string> formats;
  for (const auto& option : command.options)
    if (std::ranges::find(option.names, "--format") != option.names.end()) formats = option.words;
  for (auto& option : command.options)
    if (option.takes == Takes::output) option.words = formats;
  return command;
}

}  // namespace

std::vector<CommandCompletion> completions_of(const CLI::App& app) {
  std::vector<CommandCompletion> commands = {command_of(app, "")};
  commands.front().argument.takes = Takes::words;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); })) {
    commands.front().argument.words.push_back(command->get_name());
    commands.push_back(command_of(*command, command->get_name()));
  }
  return commands;
}

}  // namespace presproof::cli
