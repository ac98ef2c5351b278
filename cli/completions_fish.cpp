#include <fmt/format.h>

#include "completions.h"

namespace presproof::cli {
namespace {

/// For single quotes.
std::string quoted(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string joined(const Completion& completion, std::string_view suffix = "") {
  std::string words;
  for (const auto& word : completion.words) words += fmt::format("{}{}{}", words.empty() ? "" : " ", word, suffix);
  return words;
}

/// `-x`: something must follow, and it is no file; `-r -F`: it is one.
std::string values_of(const Completion& completion) {
  switch (completion.takes) {
    case Takes::nothing:
      return {};
    case Takes::words:
      return fmt::format(" -x -a '{}'", joined(completion));
    case Takes::file:
      return " -r -F";
    case Takes::folder:
      return " -x -a '(__fish_complete_directories)'";
    case Takes::output:
      return fmt::format(" -r -F -a '{}'", joined(completion, "="));
    case Takes::free:
      return " -x";
  }
  return {};
}

std::string names_of(const Completion& option) {
  std::string text;
  for (const auto& name : option.names) text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  return text;
}

/// A line of the script for each option, and one for what stands without.
std::string lines_of(const CommandCompletion& command, const std::string& condition) {
  std::string text;
  for (const auto& option : command.options) {
    text += fmt::format("complete -c presproof -n '{}'{}{} -d '{}'\n", condition, names_of(option), values_of(option), quoted(option.description));
  }
  if (command.argument.takes == Takes::file) text += fmt::format("complete -c presproof -n '{}' -F\n", condition);
  if (command.argument.takes == Takes::words) {
    text += fmt::format("complete -c presproof -n '{}' -a '{}'\n", condition, joined(command.argument));
  }
  return text;
}

}  // namespace

std::string fish_completion(const std::vector<CommandCompletion>& commands) {
  std::string text = "# fish completion of presproof(1), made by `presproof completion fish`\ncomplete -c presproof -f\n";
  CommandCompletion program = commands.front();
  program.argument = {};
  text += lines_of(program, "__fish_use_subcommand");
  for (std::size_t i = 1; i < commands.size(); ++i) {
    const auto& command = commands[i];
    text += fmt::format("complete -c presproof -n __fish_use_subcommand -a {} -d '{}'\n", command.name, quoted(command.description));
    text += lines_of(command, "__fish_seen_subcommand_from " + command.name);
  }
  return text;
}

}  // namespace presproof::cli
