#pragma once

#include "explain/explain.h"
#include "suite/draft.h"
#include "suite/reader.h"
#include "suite/result.h"
#include "unit/verify/proving.h"

namespace presproof::test {

inline const std::string kBob = one("sip:bob@example.com");

inline suite::Suite suite_of(const std::string& toml) {
  diag::Sources sources;
  return suite::read_suite(sources, sources.add("folder/a.test.toml", toml));
}

inline suite::Subject subject_of(const policy::Policy& policy) { return {&policy, {.usage = policy::usage_of(policy), .profile = &engine::rfc(), .readings = {}}, nullptr}; }

inline explain::Explanation explanation_of(const policy::Policy& policy) {
  explain::Options options;
  options.usage = policy::usage_of(policy);
  options.rlimit = 2'000'000;
  Workers workers(1);
  return explain::explain(policy, options, workers);
}

}  // namespace presproof::test
