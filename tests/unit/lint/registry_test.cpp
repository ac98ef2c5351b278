#include <set>

#include "diag/code.h"
#include "generator/random_policy.h"
#include "policy/writer.h"
#include "unit/lint/fixture.h"

namespace presproof::lint {

TEST_CASE("every check has a code of its own, in the order of the codes but for none", "[lint]") {
  std::set<diag::Code> codes;
  for (const auto& check : all_checks()) {
    CHECK((check.run != nullptr || check.fix != nullptr));
    CHECK((check.fix != nullptr) == (check.fix_kind != FixKind::none));
    CHECK((codes.empty() || *codes.rbegin() < check.code));
    CHECK(codes.insert(check.code).second);
  }
  CHECK(codes.size() >= 12);
}

TEST_CASE("every code has a page that begins with its id and name", "[lint]") {
  for (const auto& row : diag::all_codes()) {
    const auto text = page(row.code);
    CHECK(text.starts_with("# " + std::string(row.id) + " " + std::string(row.name) + "\n"));
    for (const auto* section :
         {"\n## Why it matters\n", "\n## Bad\n", "\n## Good\n", "\n## How to fix it\n", "\n## Specification\n"})
      CHECK(text.find(section) != std::string_view::npos);
  }
}

TEST_CASE("findings that are not wanted are dropped, and the others sorted", "[lint]") {
  diag::Sink sink;
  const auto report = [&](diag::Code code, std::uint32_t line) {
    sink.report({.code = code, .span = {0, line, 1, 1}, .rule = {}, .message = "m", .fix = {}, .related = {}});
  };
  report(diag::Code::rule_expired, 9);
  report(diag::Code::older_dialect, 1);
  report(diag::Code::validity_empty, 3);
  const auto wanted = drop_disabled(sink, {diag::Code::older_dialect});
  REQUIRE(wanted.size() == 2);
  CHECK(wanted[0].code == diag::Code::validity_empty);
  CHECK(wanted[1].code == diag::Code::rule_expired);
}

TEST_CASE("a policy without documents has no findings", "[lint]") {
  const Subject subject;
  const diag::Sources sources;
  const Options options;
  diag::Sink sink;
  Context context(subject, sources, options);
  context.facts = std::make_shared<verify::RuleFacts>();
  run_checks(context, sink);
  CHECK(sink.diagnostics().empty());
}

namespace {

/// Random rule sets, as they are written.
Linted random_rule_sets(generator::Random& random) {
  Linted linted("");
  for (const auto& document : generator::random_policy(random, generator::small_vocabulary()).documents)
    linted.add_document(policy::write_rule_set(document));
  linted.options().rlimit = 200'000;
  return linted;
}

std::vector<std::string> listed(diag::Sink sink) {
  sink.sort();
  std::vector<std::string> found;
  for (const auto& each : sink.diagnostics()) found.push_back(each.message);
  return found;
}

}  // namespace

TEST_CASE("an early check makes nothing that others use, and minds nothing that was found", "[lint]") {
  generator::Random random(20'261'127);
  std::size_t findings = 0;
  for (int round = 0; round < 60; ++round) {
    const Linted linted = random_rule_sets(random);
    const Context context = linted.context();
    diag::Sink all = linted.sink();
    run_checks(linted.context(), all);
    for (const auto& check : all_checks()) {
      if (check.turn != Turn::early) continue;
      diag::Sink alone;
      check.run(context, alone);
      diag::Sink beside = all;
      check.run(context, beside);
      INFO(diag::info(check.code).name);
      REQUIRE(beside.diagnostics().size() == all.diagnostics().size() + alone.diagnostics().size());
      REQUIRE((!context.facts && !context.overlap && !context.equals && !context.disclosure));
      findings += alone.diagnostics().size();
    }
  }
  CHECK(findings > 100);
}

TEST_CASE("two threads find what one does", "[lint]") {
  generator::Random random(20'261'128);
  Workers workers(2);
  for (int round = 0; round < 40; ++round) {
    Linted linted = random_rule_sets(random);
    diag::Sink one = linted.sink();
    run_checks(linted.context(), one);
    linted.options().workers = &workers;
    diag::Sink two = linted.sink();
    run_checks(linted.context(), two);
    REQUIRE(listed(one) == listed(two));
  }
}

}  // namespace presproof::lint
