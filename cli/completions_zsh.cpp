#include <fmt/format.h>

#include "completions.h"

namespace presproof::cli {
namespace {

constexpr std::string_view kHead = R"(#compdef presproof
# zsh completion of presproof(1), made by `presproof completion zsh`

# A file, or one of the formats given before `=FILE`.
_presproof_output() {
  if compset -P '*='; then
    _files
  else
    compadd -S '=' -- "$@"
    _files
  fi
}

_presproof() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  local -a commands=(
)";

/// For single quotes; brackets would end an explanation, and colons a part of a specification, which is evaluated again.
std::string quoted(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += R"('\'')";
    } else {
      if (std::string_view("[]:\\$`").find(c) != std::string_view::npos) result += '\\';
      result += c;
    }
  }
  return result;
}

std::string joined(const Completion& completion) {
  std::string words;
  for (const auto& word : completion.words) words += (words.empty() ? "" : " ") + word;
  return words;
}

std::string action_of(const Completion& completion) {
  switch (completion.takes) {
    case Takes::nothing:
      return {};
    case Takes::words:
      return fmt::format(":word:({})", joined(completion));
    case Takes::file:
      return ":file:_files";
    case Takes::folder:
      return ":folder:_files -/";
    case Takes::output:
      return fmt::format(":file: _presproof_output {}", joined(completion));
    case Takes::free:
      return ":value: ";
  }
  return {};
}

std::string options_of(const CommandCompletion& command, std::string_view indent) {
  std::string text;
  for (const auto& option : command.options) {
    for (const auto& name : option.names) {
      const std::string_view joint = option.takes == Takes::nothing ? "" : name.starts_with("--") ? "=" : "+";
      text += fmt::format("{}'{}{}{}[{}]{}' \\\n", indent, option.repeatable ? "*" : "", name, joint, quoted(option.description), action_of(option));
    }
  }
  return text;
}

}  // namespace

std::string zsh_completion(const std::vector<CommandCompletion>& commands) {
  std::string text(kHead);
  for (std::size_t i = 1; i < commands.size(); ++i) text += fmt::format("    '{}:{}'\n", commands[i].name, quoted(commands[i].description));
  text += "  )\n  _arguments -C \\\n" + options_of(commands.front(), "    ");
  text += "    '1:command:->command' \\\n    '*::argument:->argument' && return\n  case $state in\n";
  text += "    command) _describe -t commands command commands ;;\n    argument)\n      case $line[1] in\n";
  for (std::size_t i = 1; i < commands.size(); ++i) {
    text += fmt::format("        {})\n          _arguments \\\n{}", commands[i].name, options_of(commands[i], "            "));
    text += fmt::format("            '*{}'\n          ;;\n", commands[i].argument.takes == Takes::nothing ? "::argument: " : action_of(commands[i].argument));
  }
  text += "      esac\n      ;;\n  esac\n}\n\n";
  // Loaded by compinit as the function itself, or sourced.
  return text + "if [ \"$funcstack[1]\" = _presproof ]; then\n  _presproof \"$@\"\nelse\n  compdef _presproof presproof\nfi\n";
}

}  // namespace presproof::cli
