#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "commands/command.h"
#include "completions.h"
#include "exit_code.h"
#include "outputs.h"

namespace presproof::cli {
namespace {

constexpr const char* kCompletionFooter = R"(The Debian package installs all three. For this shell alone:
  source <(presproof completion bash)
  source <(presproof completion zsh)
  presproof completion fish | source)";

std::string script_for(const std::string& shell, const CLI::App& app) {
  const auto commands = completions_of(app);
  if (shell == "bash") return bash_completion(commands);
  return shell == "zsh" ? zsh_completion(commands) : fish_completion(commands);
}

}  // namespace

void add_completion(CLI::App& app, Run& run) {
  auto shell = std::make_shared<std::string>();
  auto* command = app.add_subcommand("completion", "Print a shell's completion script");
  command->add_option("SHELL", *shell, "Whose script")->check(CLI::IsMember({"bash", "zsh", "fish"}))->required();
  command->footer(kCompletionFooter);
  command->callback([&run, &app, shell] {
    run.action = [&run, &app, shell] {
      write_outputs(run, {{.format = "text", .file = ""}}, {script_for(*shell, app)});
      return static_cast<int>(kDone);
    };
  });
}

}  // namespace presproof::cli
