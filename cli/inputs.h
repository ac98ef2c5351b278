#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "commands/command.h"
#include "diag/diagnostic.h"
#include "diag/error.h"
#include "diag/sources.h"
#include "engine/profile.h"
#include "engine/readings.h"
#include "outputs.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "xml/document.h"

/// The flags and the file handling that commands share.
namespace presproof::cli {

/// --max-bytes, --max-depth, --max-elements.
void add_limit_options(CLI::App& app, xml::Limits& limits);

/// POLICY..., --usage, --engine, --reading and the limits.
struct PolicyOptions {
  std::vector<std::string> files;
  std::string usage = "auto";
  std::string engine = "rfc";
  std::vector<std::string> readings;
  xml::Limits limits;
};
void add_policy_options(CLI::App& app, PolicyOptions& options);
/// The same without POLICY...
void add_decision_options(CLI::App& app, PolicyOptions& options);

struct LoadedPolicy {
  policy::Policy policy;
  std::vector<std::uint32_t> files;  ///< for each document its number in the run's sources
  policy::Usage usage = policy::Usage::presence;
  const engine::Profile* profile = nullptr;
  engine::FixedReadings fixed;
};

/// --usage, --engine and --reading, checked; throws diag::InputError with the nearest known word.
[[nodiscard]] const engine::Profile& chosen_profile(const std::string& text);  ///< `NAME` or `NAME,key=value,...`
/// Throws diag::InputError for another engine: the command would answer for the RFCs.
void require_rfc(const engine::Profile& profile, std::string_view command);
[[nodiscard]] engine::FixedReadings chosen_readings(const std::vector<std::string>& readings);

/// The bytes of a file, or of standard input. Throws diag::InputError when they cannot be read or are more than `limit_bytes`.
[[nodiscard]] std::string read_file(const std::string& path, std::size_t limit_bytes);
[[nodiscard]] std::string read_standard_input(const Run& run, std::size_t limit_bytes);

/// Reads `path` (`-`: standard input) into the run's sources. Throws diag::InputError when it cannot be read or is
/// larger than `limit_bytes`.
[[nodiscard]] std::uint32_t load_file(Run& run, const std::string& path, std::size_t limit_bytes);

/// One rule set among the run's sources, as the profile reads it. Throws as load_policy() does.
[[nodiscard]] policy::RuleSet read_rules(Run& run, std::uint32_t file, const xml::Limits& limits, const engine::Profile& profile);
/// Whose rules these are: presence servers apply whatever they are given as presence rules.
[[nodiscard]] policy::Usage usage_under(const engine::Profile& profile, const std::string& word, const policy::Policy& policy);
/// Throws diag::InputError for several rule sets where the server applies one.
void require_one_rule_set(const engine::Profile& profile, std::size_t documents);

/// Reads every POLICY and checks the words. Documents that cannot be read as rule sets throw diag::InputError with
/// what was found; other findings stay in the run's sink.
[[nodiscard]] LoadedPolicy load_policy(Run& run, const PolicyOptions& options);

/// Property files and properties as text, and the lists that files name, relative to them. Throws diag::InputError.
[[nodiscard]] property::Properties load_properties(Run& run, const std::vector<std::string>& paths, const std::vector<std::string>& texts, const xml::Limits& limits);

/// Turns the errors among `diagnostics` into the exception that ends the run.
[[noreturn]] void refuse(const std::vector<diag::Diagnostic>& diagnostics);

/// Findings as text on stderr, one block each, sorted. With `strict`, throws when one is an error.
void print_findings(Run& run, bool strict);

/// Problems as text on stderr: place, message, source line, hint.
void print_problems(const Run& run, const std::vector<diag::Problem>& problems);

}  // namespace presproof::cli
