#include "suite/result.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "diag/printable.h"
#include "report/words.h"
#include "suite/reader.h"
#include "xml/writer.h"

namespace presproof::suite {
namespace {

using report::Json;

struct KindWords {
  Goal::Kind kind;
  std::string_view plural;
};
constexpr std::array<KindWords, 5> kKinds = {{{Goal::Kind::rule, "rules"},
                                              {Goal::Kind::condition_true, "conditions seen true"},
                                              {Goal::Kind::condition_false, "conditions seen false"},
                                              {Goal::Kind::outcome, "answers"},
                                              {Goal::Kind::disclosure, "disclosures"}}};
constexpr std::array<std::string_view, 4> kFates = {"killed", "survived", "equivalent", "undecided"};

std::string painted(std::string_view text, std::string_view sequence, bool color) { return color ? fmt::format("\x1b[{}m{}\x1b[0m", sequence, text) : std::string(text); }

std::string place(const policy::Policy& policy, policy::RuleRef rule, const SourceSpan& span) { return fmt::format("{}:{}:{}", diag::printable(policy.documents[rule.document].file), span.line, span.column); }

std::string place_of(const policy::Policy& policy, const Goal& goal) {
  const auto& rule = rule_at(policy, goal.rule);
  SourceSpan span = rule.span;
  if (goal.kind == Goal::Kind::condition_true || goal.kind == Goal::Kind::condition_false) span = std::visit([](const auto& condition) { return condition.span; }, rule.conditions[goal.number]);
  if (goal.kind == Goal::Kind::disclosure) span = rule.permissions[goal.number].span;
  return place(policy, goal.rule, span);
}

std::string goal_words(const policy::Policy& policy, const Goal& goal) {
  if (goal.kind == Goal::Kind::outcome) return fmt::format("nobody is answered `{}`", goal.outcome);
  const std::string rule = fmt::format("{}: rule `{}`", place_of(policy, goal), diag::printable(rule_at(policy, goal.rule).id));
  switch (goal.kind) {
    case Goal::Kind::rule: return rule + " matches nobody";
    case Goal::Kind::condition_true: return rule + ": this condition never holds";
    case Goal::Kind::condition_false: return rule + ": this condition never fails";
    default: return rule + ": what this grants is shown to nobody";
  }
}

void add_coverage(std::string& out, const SuiteResult& result, const TextOptions& options) {
  std::vector<std::string> parts;
  for (const auto& [kind, words] : kKinds) parts.push_back(fmt::format("{} of {} {}", result.coverage.covered(kind), result.coverage.possible(kind), words));
  out += fmt::format("  coverage {:.1f} %: {}\n", result.coverage.percent(), fmt::join(parts, ", "));
  if (!options.details) return;
  for (const Goal& goal : result.coverage.goals)
    if (goal.possible && !goal.covered) out += "    not covered: " + goal_words(result.policy, goal) + '\n';
  for (const Goal& goal : result.coverage.goals)
    if (!goal.possible) out += "    cannot happen, not counted: " + goal_words(result.policy, goal) + '\n';
}

void add_mutants(std::string& out, const SuiteResult& result, const TextOptions& options) {
  if (!result.mutants) return;
  std::array<std::size_t, kFates.size()> counts{};
  for (const auto& each : *result.mutants) ++counts[static_cast<std::size_t>(each.fate)];
  out += fmt::format("  mutation score {:.2f}: {} killed, {} survived, {} equivalent (not counted), {} undecided\n", score(*result.mutants), counts[0], counts[1], counts[2], counts[3]);
  for (const auto& each : *result.mutants) {
    if (each.fate != Fate::survived && each.fate != Fate::undecided) continue;
    out += fmt::format("    {}: {}: rule `{}`, {}: {}\n", kFates[static_cast<std::size_t>(each.fate)], place(result.policy, each.mutant.rule, each.mutant.span), diag::printable(rule_at(result.policy, each.mutant.rule).id),
                       each.mutant.operation, diag::printable(each.mutant.words));
    if (options.kill && each.killer) out += '\n' + write_case(*each.killer) + '\n';
  }
}

Json case_json(const CaseOutcome& outcome) {
  Json object;
  object["name"] = outcome.one->name;
  object["line"] = outcome.one->span.line;
  object["passed"] = outcome.failures.empty();
  object["failures"] = Json::array();
  for (const auto& failure : outcome.failures) object["failures"].push_back({{"what", failure.what}, {"expected", failure.expected}, {"actual", failure.actual}});
  return object;
}

}  // namespace

std::size_t SuiteResult::failed() const {
  return static_cast<std::size_t>(std::count_if(cases.begin(), cases.end(), [](const CaseOutcome& each) { return !each.failures.empty(); }) +
                                  std::count_if(properties.begin(), properties.end(), [](const PropertyOutcome& each) { return !each.passed() && each.result.verdict != verify::Verdict::undecided; }));
}

bool SuiteResult::undecided() const {
  return std::any_of(properties.begin(), properties.end(), [](const PropertyOutcome& each) { return !each.passed() && each.result.verdict == verify::Verdict::undecided; });
}

std::string results_text(const diag::Sources&, const std::vector<SuiteResult>& results, const TextOptions& options) {
  std::string out;
  std::size_t all = 0;
  std::size_t failed = 0;
  for (const auto& result : results) {
    for (const auto& outcome : result.cases) {
      if (outcome.failures.empty()) continue;
      out += fmt::format("{}:{}: {}: {}\n", diag::printable(result.suite.file), outcome.one->span.line, painted("failed", "1;31", options.color), diag::printable(outcome.one->name));
      for (const auto& failure : outcome.failures) out += fmt::format("    {}\n      expected {}\n      actual   {}\n", diag::printable(failure.what), diag::printable(failure.expected), diag::printable(failure.actual));
    }
    for (const auto& outcome : result.properties) {
      if (outcome.passed()) continue;
      out += fmt::format("{}:{}: {}: property {}\n    expected {}\n    actual   {}\n", diag::printable(result.suite.file), outcome.expected->span.line, painted("failed", "1;31", options.color),
                         diag::printable(outcome.expected->name.empty() ? outcome.expected->text : outcome.expected->name), verify::kVerdictNames[static_cast<std::size_t>(outcome.expected->verdict)],
                         verify::kVerdictNames[static_cast<std::size_t>(outcome.result.verdict)]);
    }
    const std::size_t count = result.cases.size() + result.properties.size();
    all += count;
    failed += result.failed();
    const bool is_rfc = result.suite.engine == engine::rfc().name;
    out += fmt::format("{}: {} of {} passed{}\n", diag::printable(result.suite.file), count - result.failed(), count, is_rfc ? "" : fmt::format(", decided as the engine `{}` does", diag::printable(result.suite.engine)));
    add_coverage(out, result, options);
    add_mutants(out, result, options);
  }
  if (results.size() > 1) out += fmt::format("{} suites: {} of {} passed\n", results.size(), all - failed, all);
  return out;
}

std::string results_json(const std::vector<SuiteResult>& results) {
  Json object;
  object["format"] = "presproof-test/1";
  object["suites"] = Json::array();
  std::size_t all = 0;
  std::size_t failed = 0;
  for (const auto& result : results) {
    Json suite;
    suite["file"] = result.suite.file;
    suite["engine"] = result.suite.engine;
    suite["cases"] = Json::array();
    for (const auto& outcome : result.cases) suite["cases"].push_back(case_json(outcome));
    suite["properties"] = Json::array();
    for (const auto& outcome : result.properties) {
      suite["properties"].push_back({{"name", outcome.expected->name.empty() ? outcome.expected->text : outcome.expected->name},
                                     {"expected", verify::kVerdictNames[static_cast<std::size_t>(outcome.expected->verdict)]},
                                     {"actual", verify::kVerdictNames[static_cast<std::size_t>(outcome.result.verdict)]},
                                     {"passed", outcome.passed()}});
    }
    Json coverage;
    coverage["percent"] = result.coverage.percent();
    for (const auto& [kind, words] : kKinds) coverage[std::string(words)] = {{"covered", result.coverage.covered(kind)}, {"possible", result.coverage.possible(kind)}};
    coverage["missing"] = Json::array();
    for (const Goal& goal : result.coverage.goals)
      if (goal.possible && !goal.covered) coverage["missing"].push_back(goal_words(result.policy, goal));
    suite["coverage"] = std::move(coverage);
    suite["mutation"] = nullptr;
    if (result.mutants) {
      Json mutants = Json::array();
      for (const auto& each : *result.mutants) {
        mutants.push_back({{"operator", each.mutant.operation},
                           {"rule", rule_at(result.policy, each.mutant.rule).id},
                           {"line", each.mutant.span.line},
                           {"change", each.mutant.words},
                           {"fate", kFates[static_cast<std::size_t>(each.fate)]},
                           {"killer", each.killer ? Json(write_case(*each.killer)) : Json(nullptr)}});
      }
      suite["mutation"] = {{"score", score(*result.mutants)}, {"mutants", std::move(mutants)}};
    }
    object["suites"].push_back(std::move(suite));
    all += result.cases.size() + result.properties.size();
    failed += result.failed();
  }
  object["summary"] = {{"suites", results.size()}, {"passed", all - failed}, {"failed", failed}};
  return report::dump(object, false);
}

std::string results_junit(const std::vector<SuiteResult>& results) {
  xml::Writer writer;
  writer.start("", "testsuites");
  for (const auto& result : results) {
    writer.start("", "testsuite");
    writer.attribute("", "name", diag::printable(result.suite.file));
    writer.attribute("", "tests", std::to_string(result.cases.size() + result.properties.size()));
    writer.attribute("", "failures", std::to_string(result.failed()));
    const auto write = [&](const std::string& name, std::uint32_t line, const std::string& message) {
      writer.start("", "testcase");
      writer.attribute("", "classname", diag::printable(result.suite.file));
      writer.attribute("", "name", diag::printable(name));
      writer.attribute("", "file", diag::printable(result.suite.file));
      writer.attribute("", "line", std::to_string(line));
      if (!message.empty()) {
        writer.start("", "failure");
        writer.attribute("", "message", diag::printable(message));
        writer.end();
      }
      writer.end();
    };
    for (const auto& outcome : result.cases) {
      std::string message;
      for (const auto& failure : outcome.failures) message += fmt::format("{}{}: expected {}, actual {}", message.empty() ? "" : "; ", failure.what, failure.expected, failure.actual);
      write(outcome.one->name, outcome.one->span.line, message);
    }
    for (const auto& outcome : result.properties) {
      const auto verdict = [](verify::Verdict each) { return verify::kVerdictNames[static_cast<std::size_t>(each)]; };
      write("property " + (outcome.expected->name.empty() ? outcome.expected->text : outcome.expected->name), outcome.expected->span.line,
            outcome.passed() ? std::string() : fmt::format("expected {}, actual {}", verdict(outcome.expected->verdict), verdict(outcome.result.verdict)));
    }
    writer.end();
  }
  writer.end();
  return writer.finish();
}

}  // namespace presproof::suite
