#include "diag/diagnostic.h"

#include <catch2/catch.hpp>

using namespace presproof;
using namespace presproof::diag;

namespace {

Diagnostic make(Code code, SourceSpan span, std::string message) {
  return {code, span, std::nullopt, std::move(message), std::nullopt, {}};
}

}  // namespace

TEST_CASE("findings are sorted by file, line, column, code and message") {
  Sink sink;
  sink.report(make(Code::invalid_value, {1, 1, 1, 0}, "f"));
  sink.report(make(Code::invalid_value, {0, 2, 1, 0}, "e"));
  sink.report(make(Code::invalid_value, {0, 1, 2, 0}, "d"));
  sink.report(make(Code::invalid_value, {0, 1, 1, 0}, "c"));
  sink.report(make(Code::invalid_value, {0, 1, 1, 0}, "b"));
  sink.report(make(Code::wrong_namespace, {0, 1, 1, 9}, "z"));
  sink.sort();
  std::string order;
  for (const Diagnostic& d : sink.diagnostics()) order += d.message;
  CHECK(order == "zbcdef");
}

TEST_CASE("exact repetitions are dropped and near ones are kept") {
  Sink sink;
  const Diagnostic first = make(Code::rule_expired, {0, 3, 1, 2}, "m");
  sink.report(first);
  Diagnostic other_rule = first;
  other_rule.rule = "a";
  sink.report(other_rule);
  Diagnostic other_fix = first;
  other_fix.fix = "write something";
  sink.report(other_fix);
  Diagnostic other_length = first;
  other_length.span.length = 3;
  sink.report(other_length);
  Diagnostic related = first;
  related.related.push_back({{0, 9, 9, 1}, "there"});
  sink.report(related);
  Diagnostic related_elsewhere = first;
  related_elsewhere.related.push_back({{0, 9, 8, 1}, "there"});
  sink.report(related_elsewhere);
  sink.report(first);
  sink.report(related);
  sink.sort();
  CHECK(sink.diagnostics().size() == 6);
}

TEST_CASE("a sink has errors when a code of that severity was reported") {
  Sink sink;
  CHECK_FALSE(sink.has_errors());
  sink.report(make(Code::rule_expired, {}, "m"));
  CHECK(sink.has_errors() == (info(Code::rule_expired).severity == Severity::error));
  sink.report(make(Code::not_well_formed, {}, "m"));
  CHECK(sink.has_errors());
}
