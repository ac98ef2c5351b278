#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "diag/sources.h"
#include "report/report.h"

namespace presproof::report {

/// A report over one text, whose findings a test adds.
struct LintFixture {
  explicit LintFixture(std::string text, std::string name = "alice.xml") {
    sources.add(std::move(name), std::move(text));
    lint.sources = &sources;
    lint.files = 1;
  }
  LintFixture(const LintFixture&) = delete;

  diag::Diagnostic& add(diag::Code code, SourceSpan span, std::string message) {
    lint.findings.push_back(
        {.code = code, .span = span, .rule = {}, .message = std::move(message), .fix = {}, .related = {}});
    return lint.findings.back();
  }

  diag::Sources sources;
  Lint lint;
};

}  // namespace presproof::report
