// Linting: one large rule set, and very many small ones.

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "bench/measuring.h"
#include "lint/lint.h"
#include "policy/reader.h"

namespace presproof::bench {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A rule set as people have them.
constexpr const char* kSmall = R"(<?xml version="1.0" encoding="UTF-8"?>
<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules">
  <rule id="friends">
    <conditions><identity><one id="sip:bob@example.com"/><one id="sip:carol@example.com"/></identity></conditions>
    <actions><pr:sub-handling>allow</pr:sub-handling></actions>
    <transformations><pr:provide-services><pr:all-services/></pr:provide-services></transformations>
  </rule>
  <rule id="others">
    <conditions><identity><many domain="example.net"/></identity></conditions>
    <actions><pr:sub-handling>polite-block</pr:sub-handling></actions>
  </rule>
</ruleset>
)";

void measure_one(const Bench& bench) {
  const std::string text = text_of(bench.dense_policy(10000));
  double load_s = 0;
  Workers workers(2);
  const double lint_s = median_of(5, [&] {
    diag::Sources sources;
    diag::Sink sink;
    lint::Subject subject;
    load_s = seconds_of([&] {
      auto document = xml::Document::read(sources, sources.add("dense.xml", text), {}, sink);
      subject.policy.documents.push_back(policy::read_rule_set(*document, sources, sink).value());
      subject.documents.push_back(std::move(*document));
    });
    lint::Options how;
    how.usage = policy::usage_of(subject.policy);
    how.rlimit = 2'000'000;
    how.workers = &workers;
    return seconds_of([&] { lint::run_checks(lint::Context(subject, sources, how), sink); });
  });
  row("`lint`, all checks of 10,000 dense rules, loaded, 2 threads", fmt::format("{:.0f} ms, {:.1f} times the loading", lint_s * 1000, lint_s / load_s), "250 ms");
  floor("`lint` of 10,000 dense rules, against loading them", lint_s / load_s, 8);
}

void measure_many(const Bench& bench) {
  const auto folder = bench.folder / "small";
  std::filesystem::create_directories(folder);
  for (int i = 0; i < 5000; ++i) std::ofstream(folder / fmt::format("{}.xml", i)) << kSmall;
  const auto lint = [&](const std::string& path, const char* jobs) {
    return median_of(5, [&] { return run_process({bench.presproof, "lint", path, "--no-config", "--jobs", jobs}).seconds; });
  };
  const double one_s = lint((folder / "0.xml").string(), "1");
  const double alone_s = lint(folder.string(), "1");
  const double two_s = lint(folder.string(), "2");
  row("`lint`, 5,000 small files, 2 threads (whole process)", fmt::format("{:.2f} s, {:.2f} of that with 1 thread", two_s, two_s / alone_s), "2 s");
  // Many files in one run cost less than a run for each, by far.
  floor("5,000 small files in one run, against 5,000 runs", alone_s / (5000 * one_s), 0.2);
  floor("5,000 small files with 2 threads, against 1", two_s / alone_s, 1.2);
}

}  // namespace

void measure_lint(const Bench& bench) {
  measure_one(bench);
  measure_many(bench);
}

}  // namespace presproof::bench
