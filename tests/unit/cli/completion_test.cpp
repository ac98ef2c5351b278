// Completion scripts: that they have everything; tests/samples/completion.sh runs them in the shells that are there.

#include <CLI/CLI.hpp>

#include "completions.h"
#include "diag/code.h"
#include "running.h"

namespace presproof {
namespace {

using cli::Takes;
using test::run;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The option tables of all commands.
struct Tables {
  Tables() {
    add_lint(app, world);
    add_simulate(app, world);
    add_prove(app, world);
    add_leaks(app, world);
    add_diff(app, world);
    add_explain(app, world);
    add_test(app, world);
    add_load(app, world);
    add_compare(app, world);
    add_engines(app, world);
    add_init(app, world);
    add_completion(app, world);
  }
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  cli::Environment environment{.in = in, .out = out, .err = err, .out_is_terminal = false, .err_is_terminal = false};
  cli::Run world{.environment = environment, .sources = {}, .sink = {}, .color = "auto", .no_progress = false, .action = {}};
  CLI::App app{"presproof", "presproof"};
};

const cli::Completion& option(const std::vector<cli::CommandCompletion>& commands, const std::string& command, const std::string& name) {
  for (const auto& each : commands)
    for (const auto& candidate : each.options)
      if (each.name == command && std::ranges::find(candidate.names, name) != candidate.names.end()) return candidate;
  throw std::runtime_error("no option " + name);
}

}  // namespace

TEST_CASE("a shell is told what each kind of option takes") {
  const Tables tables;
  const auto commands = cli::completions_of(tables.app);
  CHECK(option(commands, "lint", "--fail-on").words == std::vector<std::string>{"error", "warning", "note"});
  CHECK(option(commands, "lint", "--disable").words.size() == 2 * diag::all_codes().size());
  CHECK(option(commands, "lint", "--output").takes == Takes::output);
  CHECK(option(commands, "lint", "--output").words == option(commands, "lint", "--format").words);
  CHECK(option(commands, "lint", "--list").takes == Takes::nothing);
  CHECK(option(commands, "lint", "--at").takes == Takes::free);
  CHECK(option(commands, "prove", "--engine").words == std::vector<std::string>{"rfc", "oma", "kamailio", "opensips", "opensips-oma", "mobicents", "kaleo"});
  CHECK(option(commands, "prove", "--reading").words.front() == "geo-radius=finest");
  CHECK(option(commands, "prove", "--smt2").takes == Takes::folder);
  CHECK(option(commands, "prove", "-p").names == std::vector<std::string>{"--property", "-p"});
  CHECK(option(commands, "prove", "-p").repeatable);
  CHECK(commands.front().argument.words == std::vector<std::string>{"lint", "simulate", "prove", "leaks", "diff", "explain", "test", "load", "compare", "engines", "init", "completion"});
  CHECK(commands.back().argument.words == std::vector<std::string>{"bash", "zsh", "fish"});
}

TEST_CASE("an option that speaks of a file or a folder is completed with files or folders: give it type_name FILE or DIR") {
  const Tables tables;
  for (const auto& command : cli::completions_of(tables.app)) {
    for (const auto& option : command.options) {
      INFO(command.name << " " << option.names.front() << ": " << option.description);
      const bool speaks = has(option.description, "this file") || has(option.description, "folder") || has(option.names.front(), "file");
      if (speaks) CHECK((option.takes == Takes::file || option.takes == Takes::folder || option.takes == Takes::output));
    }
  }
}

TEST_CASE("completion prints the script of a shell, the same every time") {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    INFO(shell);
    const auto ran = run({"completion", shell});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(run({"completion", shell}).out == ran.out);
    CHECK(has(ran.out, shell + " completion of presproof(1)"));
    for (const char* const part : {"fail-on", "max-bytes", "PP101", "wrong-namespace", "geo-radius=coarsest", "simulate", "sarif", "no-progress"})
      CHECK(has(ran.out, part));
  }
  CHECK(run({"completion", "csh"}).status == 2);
  CHECK(run({"completion"}).status == 2);
}

}  // namespace presproof
