#include "inputs.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "base/lexical.h"
#include "diag/printable.h"
#include "engine/view.h"
#include "policy/reader.h"
#include "property/parser.h"
#include "report/snippet.h"
#include "xml/namespaces.h"

namespace presproof::cli {
namespace {

/// What the RFCs do not know, and servers do that know what OMA adds.
bool is_known_to(const engine::Profile& profile, const diag::Diagnostic& diagnostic) {
  if (!profile.knows_oma || (diagnostic.code != diag::Code::unknown_condition && diagnostic.code != diag::Code::unknown_permission)) return false;
  return diagnostic.message.find(xml::ns::kOmaCommonPolicy) != std::string::npos || diagnostic.message.find(xml::ns::kOmaPresRules) != std::string::npos;
}

using diag::fail;

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known) {
  if (const auto near = nearest_word(word, known)) return fmt::format("did you mean `{}`?", *near);
  return fmt::format("known: {}", fmt::join(known, ", "));
}

std::vector<std::string> comma_separated(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ',') words.emplace_back();
    else words.back() += c;
  }
  return words;
}

std::string system_error() { return std::strerror(errno); }

std::string read_stream(std::istream& in, const std::string& name, std::size_t limit_bytes) {
  std::string text;
  std::vector<char> chunk(std::size_t{1} << 16);
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())), in.gcount() > 0) {
    text.append(chunk.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > limit_bytes)
      fail(fmt::format("`{}` is larger than {} bytes", name, limit_bytes), "`--max-bytes` raises the limit");
  }
  if (in.bad()) fail(fmt::format("cannot read `{}`", name));
  return text;
}

}  // namespace

void add_limit_options(CLI::App& app, xml::Limits& limits) {
  app.add_option("--max-bytes", limits.bytes, "Largest input, in bytes")->capture_default_str()->group("Limits");
  app.add_option("--max-depth", limits.depth, "Deepest nesting of XML elements")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str()
      ->group("Limits");
  app.add_option("--max-elements", limits.elements, "Most XML elements in a document")->capture_default_str()->group("Limits");
}

void add_policy_options(CLI::App& app, PolicyOptions& options) {
  app.add_option("POLICY", options.files, "Rule sets that apply together; `-` is standard input")->type_name("FILE")->required();
  add_decision_options(app, options);
}

void add_decision_options(CLI::App& app, PolicyOptions& options) {
  app.add_option("--usage", options.usage, "Whose rules these are: a presence agent's (RFC 5025) or a location server's (RFC 6772)")
      ->check(CLI::IsMember({"auto", "presence", "geolocation"}))
      ->capture_default_str();
  app.add_option("--engine", options.engine, "Decide as this server does: NAME, or NAME,key=value,...; `presproof engines` lists them")->type_name("ENGINE")->capture_default_str();
  app.add_option("--reading", options.readings, "Fix an answer where the RFCs leave a choice: KEY=VALUE (repeatable)")->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  add_limit_options(app, options.limits);
}

const engine::Profile& chosen_profile(const std::string& text) {
  const auto words = comma_separated(text);
  const auto* known = engine::find_profile(words.front());
  if (known == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& profile : engine::all_profiles()) names.push_back(profile.name);
    fail(fmt::format("unknown engine `{}`", words.front()), did_you_mean(words.front(), names));
  }
  if (words.size() == 1) return *known;
  static std::map<std::string, engine::Profile> configured;  // profiles are passed on by reference
  engine::Profile profile = *known;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    const std::string key = words[i].substr(0, equals);
    std::vector<std::string_view> keys;
    for (const auto& parameter : engine::parameters_of(*known)) keys.push_back(parameter.key);
    if (std::ranges::find(keys, key) == keys.end()) {
      if (keys.empty()) fail(fmt::format("the engine `{}` has no parameters", known->name));
      fail(fmt::format("the engine `{}` has no parameter `{}`", known->name, key), did_you_mean(key, keys));
    }
    if (equals == std::string::npos) fail(fmt::format("`{}` has no value", key), fmt::format("write `--engine {},{}=...`; see `presproof engines {}`", known->name, key, known->name));
    if (auto message = engine::set_parameter(profile, key, words[i].substr(equals + 1))) fail(*message);
  }
  return configured.emplace(engine::designation(profile), profile).first->second;
}

void require_rfc(const engine::Profile& profile, std::string_view command) {
  if (profile.name == engine::rfc().name) return;
  fail(fmt::format("`{}` does not decide as the engine `{}` does", command, profile.name), "`presproof simulate` does; without `--engine` the RFCs decide");
}

engine::FixedReadings chosen_readings(const std::vector<std::string>& readings) {
  engine::FixedReadings fixed;
  for (const auto& reading : readings)
    if (auto message = engine::fix_reading(reading, fixed)) fail(*message);
  return fixed;
}

std::string read_file(const std::string& path, std::size_t limit_bytes) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) fail(fmt::format("cannot read `{}`: {}", path, system_error()));
  if (S_ISDIR(status.st_mode)) fail(fmt::format("cannot read `{}`: it is a directory", path), "name a file");
  std::ifstream in(path, std::ios::binary);
  if (!in) fail(fmt::format("cannot read `{}`: {}", path, system_error()));
  return read_stream(in, path, limit_bytes);
}

std::string read_standard_input(const Run& run, std::size_t limit_bytes) {
  return read_stream(run.environment.in, "<stdin>", limit_bytes);
}

std::uint32_t load_file(Run& run, const std::string& path, std::size_t limit_bytes) {
  if (path == "-") return run.sources.add("<stdin>", read_standard_input(run, limit_bytes));
  return run.sources.add(path, read_file(path, limit_bytes));
}

void refuse(const std::vector<diag::Diagnostic>& diagnostics) {
  std::vector<diag::Problem> problems;
  for (const auto& diagnostic : diagnostics) {
    const auto& row = diag::info(diagnostic.code);
    if (row.severity != diag::Severity::error) continue;
    problems.push_back({.span = diagnostic.span,
                        .message = fmt::format("{} [{} {}]", diagnostic.message, row.id, row.name),
                        .hint = diagnostic.fix.value_or("")});
  }
  throw diag::InputError(std::move(problems));
}

policy::RuleSet read_rules(Run& run, std::uint32_t file, const xml::Limits& limits, const engine::Profile& profile) {
  diag::Sink found;
  const auto document = xml::Document::read(run.sources, file, limits, found);
  auto rules = document ? policy::read_rule_set(*document, run.sources, found) : std::nullopt;
  // What is no rule set by the RFCs may be one for a server.
  const bool may_be_another = document && profile.view != engine::RuleSetView::as_written;
  if (!rules && may_be_another) rules = policy::RuleSet{std::string(run.sources.name(file)), {}, false};
  if (!rules) refuse(found.diagnostics());
  for (const auto& diagnostic : found.diagnostics())
    if (!is_known_to(profile, diagnostic)) run.sink.report(diagnostic);
  return engine::as_read_by(profile, *document, std::move(*rules));
}

policy::Usage usage_under(const engine::Profile& profile, const std::string& word, const policy::Policy& policy) {
  if (profile.view != engine::RuleSetView::as_written) return policy::Usage::presence;
  if (word == "presence") return policy::Usage::presence;
  if (word == "geolocation") return policy::Usage::geolocation;
  return policy::usage_of(policy);
}

void require_one_rule_set(const engine::Profile& profile, std::size_t documents) {
  if (!profile.one_rule_set || documents <= 1) return;
  fail(fmt::format("the engine `{}` applies one rule set, the first that was stored, and {} are given", profile.name, documents), "give the one that is stored first");
}

LoadedPolicy load_policy(Run& run, const PolicyOptions& options) {
  LoadedPolicy loaded;
  loaded.profile = &chosen_profile(options.engine);
  loaded.fixed = chosen_readings(options.readings);
  for (const auto& path : options.files) {
    loaded.files.push_back(load_file(run, path, options.limits.bytes));
    loaded.policy.documents.push_back(read_rules(run, loaded.files.back(), options.limits, *loaded.profile));
  }
  require_one_rule_set(*loaded.profile, loaded.policy.documents.size());
  loaded.usage = usage_under(*loaded.profile, options.usage, loaded.policy);
  return loaded;
}

property::Properties load_properties(Run& run, const std::vector<std::string>& paths, const std::vector<std::string>& texts, const xml::Limits& limits) {
  std::vector<std::uint32_t> files;
  for (const auto& path : paths) files.push_back(load_file(run, path, limits.bytes));
  const auto load = [&](std::string_view path, std::string_view beside) {
    const auto folder = std::filesystem::path(beside).parent_path();
    return load_file(run, (folder / std::filesystem::path(path)).string(), limits.bytes);
  };
  return property::parse(run.sources, files, texts, load, limits);
}

void print_findings(Run& run, bool strict) {
  run.sink.sort();
  const report::TextStyle style{.color = run.color_err()};
  for (const auto& diagnostic : run.sink.diagnostics()) {
    const auto& row = diag::info(diagnostic.code);
    if (row.severity == diag::Severity::note) continue;
    run.environment.err << fmt::format("{}: {}: {} [{} {}]\n", report::place(run.sources, diagnostic.span),
                                       diag::to_string(row.severity), diag::printable(diagnostic.message), row.id, row.name)
                        << report::snippet(run.sources, diagnostic.span, style);
  }
  if (strict && run.sink.has_errors())
    fail("the input has errors, and `--strict` refuses such input", "`presproof lint` explains each of them");
}

void print_problems(const Run& run, const std::vector<diag::Problem>& problems) {
  const report::TextStyle style{.color = run.color_err()};
  for (const auto& problem : problems) {
    auto where = report::place(run.sources, problem.span);
    if (where.empty()) where = "presproof";
    auto& err = run.environment.err;
    err << where << ": error: " << diag::printable(problem.message) << '\n';
    err << report::snippet(run.sources, problem.span, style);
    if (!problem.hint.empty()) err << "  hint: " << diag::printable(problem.hint) << '\n';
  }
}

}  // namespace presproof::cli
