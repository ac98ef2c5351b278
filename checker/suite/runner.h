#pragma once

#include <string>
#include <vector>

#include "presence/document.h"
#include "property/property.h"
#include "semantics/evaluator.h"
#include "suite/suite.h"
#include "verify/verify.h"

namespace presproof::suite {

/// What a suite is run against.
struct Subject {
  const policy::Policy* policy = nullptr;
  semantics::Options how;
  const presence::Document* document = nullptr;  ///< composed; null: cases that expect something of one fail
};

/// One expectation that was not met.
struct Failure {
  std::string what;      ///< `response`, `permissions.provide-mood`, `document: person/mood`
  std::string expected;
  std::string actual;
  std::string replacement = {};  ///< what to write in a suite instead of what was expected; empty where that is not one value
  std::string path = {};         ///< one that is present and should be absent, or the other way round
};
struct CaseOutcome {
  const Case* one = nullptr;
  std::vector<Failure> failures;
};

/// Decided by the reference evaluator and its filter, case by case.
[[nodiscard]] std::vector<CaseOutcome> run_cases(const std::vector<Case>& cases, const Subject& subject);
/// Whether some case fails; stops at the first one.
[[nodiscard]] bool some_case_fails(const std::vector<Case>& cases, const Subject& subject);

/// A case with the request, and with all that the evaluator decides as its expectation.
[[nodiscard]] Case case_of(std::string name, const policy::Request& request, const Subject& subject);

struct PropertyOutcome {
  const PropertyExpectation* expected = nullptr;
  verify::Result result;
  [[nodiscard]] bool passed() const { return result.verdict == expected->verdict; }
};

}  // namespace presproof::suite
