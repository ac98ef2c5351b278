#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/workers.h"
#include "certificate/certificate.h"
#include "commands/command.h"
#include "diag/printable.h"
#include "exit_code.h"
#include "inputs.h"
#include "progress.h"
#include "repairing.h"
#include "report/report.h"
#include "scenario/scenario.h"
#include "scenario_folders.h"
#include "verify/over_time.h"
#include "verify/verify.h"
#include "version.h"

namespace presproof::cli {
namespace {

struct ProveOptions {
  PolicyOptions policy;
  OutputOptions output;
  std::vector<std::string> property_files;
  std::vector<std::string> properties;
  double timeout_s = 30;
  std::size_t jobs = Workers::all_cores();
  std::string solver = "z3";
  std::string smt2_directory;
  std::string scenario_directory;
  std::string certificate;
  bool allow_vacuous = false;
  bool strict = false;
  bool repair = false;
  bool apply = false;
};

constexpr const char* kProveFooter = R"(A property says who, when and what, for example:
  for { sip:bob@example.com } never location finer than 5 km
  for everyone when sphere is not "work" never activities
presproof-props(5) has the whole language.

Exit status: 0 all proved; 1 one is violated, vacuous or depends on a reading; 3 one is undecided and none is violated.)";

property::Properties read_properties(Run& run, const ProveOptions& options) {
  auto properties = load_properties(run, options.property_files, options.properties, options.policy.limits);
  if (properties.properties.empty())
    throw diag::InputError(diag::Problem{.span = {},
                                         .message = "there is nothing to prove",
                                         .hint = "give a property with `-p`, or a file of properties with `--properties`"});
  return properties;
}

void make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error)
    throw diag::InputError(
        diag::Problem{.span = {}, .message = fmt::format("cannot make the folder `{}`: {}", path, error.message()), .hint = {}});
}

/// The contract: 1 when one is violated, depends or is vacuous; 3 when one is undecided and none is violated.
int exit_status(const std::vector<verify::Result>& results, bool allow_vacuous) {
  const auto some = [&](verify::Verdict verdict) {
    return std::any_of(results.begin(), results.end(), [&](const auto& result) { return result.verdict == verdict; });
  };
  if (some(verify::Verdict::violated)) return kFound;
  if (some(verify::Verdict::undecided)) return kNotDecided;
  if (some(verify::Verdict::depends) || (some(verify::Verdict::vacuous) && !allow_vacuous)) return kFound;
  return kDone;
}

verify::SolverChoice solver_choice(std::string_view name) {
  const auto place = std::find(verify::kSolverNames.begin(), verify::kSolverNames.end(), name);
  return static_cast<verify::SolverChoice>(place - verify::kSolverNames.begin());
}

std::string rendered(const Run& run, const ProveOptions& options, const report::Proof& proof, const Output& output) {
  const std::string& format = output.format;
  if (format == "json") return report::proof_json(proof);
  if (format == "jsonl") return report::proof_jsonl(proof);
  if (format == "sarif") return report::proof_sarif(proof, kVersion, options.allow_vacuous);
  if (format == "junit") return report::proof_junit(proof, options.allow_vacuous);
  return report::proof_text(proof, style_of(run, output));
}

/// Policies and property files are the first texts of the run, in the order given.
void write_certificate(const Run& run, const ProveOptions& options, const policy::Policy& policy, const property::Properties& properties,
                       const std::vector<verify::Result>& results, const verify::Options& how) {
  std::vector<std::string_view> inputs;
  const std::size_t files = options.policy.files.size() + options.property_files.size();
  for (std::size_t file = 0; file < files; ++file) inputs.push_back(run.sources.text(static_cast<std::uint32_t>(file)));
  inputs.insert(inputs.end(), options.properties.begin(), options.properties.end());
  const auto certificate = certificate::certify(policy, properties, results, how, inputs);
  for (const auto& [name, reason] : certificate.not_certified) {
    run.environment.err << fmt::format("presproof: not certified: {}: {}\n", diag::printable(name), diag::printable(reason));
  }
  write_outputs(run, {{.format = "json", .file = options.certificate == "-" ? "" : options.certificate}}, {certificate.text});
}

/// A second opinion and what comes of a proof rest on how the RFCs combine rules.
void refuse_what_only_the_rfcs_decide(const engine::Profile& profile, const ProveOptions& options) {
  if (options.repair || options.apply) require_rfc(profile, "prove --repair");
  if (!options.certificate.empty()) require_rfc(profile, "prove --certificate");
  if (options.solver == "both") require_rfc(profile, "prove --solver both");
}

int prove(Run& run, const ProveOptions& options) {
  const auto outputs = chosen_outputs(options.output);
  auto loaded = load_policy(run, options.policy);
  auto properties = read_properties(run, options);
  refuse_what_only_the_rfcs_decide(*loaded.profile, options);
  print_findings(run, options.strict);
  if (options.apply) refuse_unwritable(run, loaded);
  if (!options.smt2_directory.empty()) make_directory(options.smt2_directory);
  if (!options.scenario_directory.empty()) make_directory(options.scenario_directory);

  verify::Options how;
  how.usage = loaded.usage;
  how.profile = loaded.profile;
  how.fixed = loaded.fixed;
  how.timeout_s = options.timeout_s;
  how.jobs = options.jobs;
  how.smt2_directory = options.smt2_directory;
  how.solver = solver_choice(options.solver);
  report::Proof proof;
  {
    Progress progress(run, "proving: property");
    proof.results = verify::verify(loaded.policy, properties, how,
                                   [&](std::size_t done, std::size_t all) { progress.update(done, all); });
  }
  if (!options.certificate.empty()) write_certificate(run, options, loaded.policy, properties, proof.results, how);
  std::vector<verify::Result> after;
  if (options.repair || options.apply) {
    auto repaired = repair_all(run, loaded, properties, proof.results, how);
    if (options.apply) {
      apply_repairs(run, loaded, repaired);
      after = verify::verify(repaired.after.policy, properties, how);
    }
    proof.repairs = std::move(repaired.repairs);
  }
  proof.policy = &loaded.policy;
  proof.sources = &run.sources;
  proof.profile = loaded.profile;
  proof.usage = loaded.usage;
  proof.properties = std::move(properties.properties);
  write_rendered(run, outputs, [&](const Output& output) { return rendered(run, options, proof, output); });
  if (!options.scenario_directory.empty()) {
    write_scenarios(options.scenario_directory, scenario::scenarios(proof, options.policy.limits));
  }
  return exit_status(options.apply ? after : proof.results, options.allow_vacuous);
}

}  // namespace

void add_prove(CLI::App& app, Run& run) {
  auto options = std::make_shared<ProveOptions>();
  auto* command = app.add_subcommand("prove", "Prove properties of rule sets, or refute them with a replayed counterexample");
  add_policy_options(*command, options->policy);
  add_output_options(*command, options->output, {"text", "json", "jsonl", "sarif", "junit"});
  command->add_option("--properties", options->property_files, "A file of properties (repeatable)")->type_name("FILE")->allow_extra_args(false);
  command->add_option("-p,--property", options->properties, "A property, in the language of presproof-props(5) (repeatable)")
      ->allow_extra_args(false);
  command->add_option("--timeout", options->timeout_s, "Seconds for each property; 0 is no limit")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--jobs", options->jobs, "Threads (default: one for each core); the output does not depend on their number")
      ->check(CLI::Range(std::size_t{1}, std::size_t{256}));
  command->add_option("--solver", options->solver, "Who decides: Z3; Z3 and cvc5; both Z3 and the enumeration")
      ->check(CLI::IsMember(std::vector<std::string>(verify::kSolverNames.begin(), verify::kSolverNames.end())))
      ->capture_default_str();
  command->add_option("--smt2", options->smt2_directory, "Write each query as SMT-LIB 2 into this folder")->type_name("DIR");
  command->add_option("--scenario", options->scenario_directory,
                      "Write each counterexample and witness as files, to be replayed, into a folder in this folder")->type_name("DIR");
  command->add_option("--certificate", options->certificate, "Write what the verdicts rest on to this file, for presproof-check(1)")->type_name("FILE");
  command->add_flag("--allow-vacuous", options->allow_vacuous, "Let a property that holds for want of cases pass");
  command->add_flag("--strict", options->strict, "Refuse rule sets with error findings");
  command->add_flag("--repair", options->repair, "Propose the smallest edits that make a violated property hold, as a diff");
  command->add_flag("--apply", options->apply, "Repair, and write the edited rule sets over their files");
  command->footer(kProveFooter);
  command->callback([&run, options] { run.action = [&run, options] { return prove(run, *options); }; });
}

}  // namespace presproof::cli
