#include <fmt/format.h>

#include "completions.h"

namespace presproof::cli {
namespace {

constexpr std::string_view kHead = R"(# bash completion of presproof(1), made by `presproof completion bash`

# What begins like $1 and is a file (-f) or a folder (-d), without what stands before the last `=`.
_presproof_paths() {
  local head=${1%"${1##*=}"} path
  while IFS= read -r path; do
    COMPREPLY+=("${path#"$head"}")
  done < <(compgen "$2" -- "$1")
  # Not for the formats of an output alone, whose `=` it would quote.
  if ((${#COMPREPLY[@]} > 0)); then compopt -o filenames 2>/dev/null; fi
}

_presproof() {
  local word=${COMP_WORDS[COMP_CWORD]} index=$COMP_CWORD command='' option value kind=words words='' i
  COMPREPLY=()
  # bash breaks words at `=`: put the last one together again.
  while ((index > 1)) && [[ $word == =* || ${COMP_WORDS[index - 1]} == '=' ]]; do
    index=$((index - 1))
    word=${COMP_WORDS[index]}$word
  done
)";

constexpr std::string_view kOptionAndValue = R"(  if [[ $word == --*=* ]]; then
    option=${word%%=*} value=${word#*=}
  else
    option=${COMP_WORDS[index - 1]} value=$word
  fi
)";

constexpr std::string_view kTail = R"(  case $kind in
    file) _presproof_paths "$value" -f ;;
    folder) _presproof_paths "$value" -d ;;
    output)
      if [[ " $words " == *" ${value%%=*}= "* && $value == *=* ]]; then
        _presproof_paths "${value#*=}" -f
        return
      fi
      _presproof_paths "$value" -f
      ;;
  esac
  local head=${value%"${value##*=}"} each
  while IFS= read -r each; do
    COMPREPLY+=("${each#"$head"}")
  done < <(compgen -W "$words" -- "$value")
  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
}

complete -F _presproof presproof
)";

std::string kind_of(const Completion& completion) {
  std::string suffix = completion.takes == Takes::output ? "=" : "";
  std::string words;
  for (const auto& word : completion.words) words += (words.empty() ? "" : " ") + word + suffix;
  switch (completion.takes) {
    case Takes::nothing:
    case Takes::words:
      return fmt::format("words='{}'", words);
    case Takes::file:
      return "kind=file";
    case Takes::folder:
      return "kind=folder";
    case Takes::output:
      return fmt::format("kind=output words='{}'", words);
    case Takes::free:
      return "kind=free";
  }
  return {};
}

std::string all_names(const CommandCompletion& command) {
  std::string words;
  for (const auto& option : command.options)
    for (const auto& name : option.names) words += (words.empty() ? "" : " ") + name;
  return words;
}

/// The command among the words before the one that is completed.
std::string find_command(const std::vector<CommandCompletion>& commands) {
  std::string names;
  for (const auto& name : commands.front().argument.words) names += (names.empty() ? "" : " | ") + name;
  return fmt::format(R"(  for ((i = 1; i < index; i++)); do
    case ${{COMP_WORDS[i]}} in
      {})
        command=${{COMP_WORDS[i]}}
        break
        ;;
    esac
  done
)",
                     names);
}

std::string values_of_options(const CommandCompletion& command) {
  std::string text;
  for (const auto& option : command.options) {
    if (option.takes == Takes::nothing) continue;
    std::string patterns;
    for (const auto& name : option.names) patterns += fmt::format("{}'{} {}'", patterns.empty() ? "" : " | ", command.name, name);
    text += fmt::format("    {}) {} ;;\n", patterns, kind_of(option));
  }
  return text;
}

}  // namespace

std::string bash_completion(const std::vector<CommandCompletion>& commands) {
  std::string text(kHead);
  text += find_command(commands);
  text += kOptionAndValue;
  text += "  case \"$command $option\" in\n";
  for (const auto& command : commands) text += values_of_options(command);
  text += "    *)\n      value=$word\n      case \"$command $word\" in\n";
  for (const auto& command : commands) {
    text += fmt::format("        '{} -'*) words='{}' ;;\n", command.name, all_names(command));
    text += fmt::format("        '{} '*) {} ;;\n", command.name, kind_of(command.argument));
  }
  text += "      esac\n      ;;\n  esac\n";
  return text += kTail;
}

}  // namespace presproof::cli
