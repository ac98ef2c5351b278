#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/source_span.h"
#include "engine/profile.h"
#include "engine/readings.h"
#include "policy/request.h"
#include "report/decision_json.h"
#include "verify/result.h"

/// Policy tests: what a rule set is expected to give, kept beside it in TOML (presproof-test(1)).
namespace presproof::suite {

/// What stands for null in a suite, since TOML has no null: that no rule sets something.
inline constexpr const char* kUnset = "unset";

/// One element path of `expect.document` (document_path.h).
struct PathExpectation {
  std::string path;
  bool present = true;
  SourceSpan span;
};

/// One request and what is expected of it. Only what is named is compared.
struct Case {
  std::string name;
  policy::Request request;
  std::optional<int> response_code;
  std::optional<std::string> subscription_state;
  std::optional<std::vector<std::string>> matched;  ///< rule ids, sorted
  report::Json permissions = report::Json::object();  ///< some keys of the contract's `permissions`, objects in part
  std::vector<PathExpectation> document;
  SourceSpan span;  ///< of the case
  [[nodiscard]] bool expects_anything() const {
    return response_code || subscription_state || matched || !permissions.empty() || !document.empty();
  }
};

/// A property by its name in the properties file, or as text.
struct PropertyExpectation {
  std::string name;
  std::string text;  ///< empty: the one of that name in the file
  verify::Verdict verdict = verify::Verdict::proved;
  SourceSpan span;
};

struct Suite {
  std::string file;
  std::vector<std::string> policies;   ///< paths as they are to be opened
  std::vector<std::string> presences;
  std::vector<std::string> properties;
  std::string usage = "auto";
  std::string engine = "rfc";
  std::vector<std::string> readings;  ///< `KEY=VALUE`
  std::vector<Case> cases;
  std::vector<PropertyExpectation> expected_properties;
};

}  // namespace presproof::suite
