#pragma once

#include <memory>

#include "engine/profile.h"
#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "semantics/decision.h"

namespace presproof::semantics {

/// How to decide: which kind of policy, as which server, under which readings.
struct Options {
  policy::Usage usage = policy::Usage::presence;
  const engine::Profile* profile = &engine::rfc();
  engine::Readings readings;
};

/// The reference evaluator: match (RFC 4745 section 7), combine (section 10.2), respond (RFC 5025 section 3.2.1).
///
/// Built once for a policy (which must outlive it); rules are indexed by the identities they name, so that a decision looks only at
/// rules that could match the watcher. Decisions are const and may run in parallel.
class Evaluator {
 public:
  Evaluator(const policy::Policy& policy, Options options);
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;

  /// With matched rules and `granted_by`.
  [[nodiscard]] Decision decide(const policy::Request& request) const;
  /// The combined permissions alone, into `permissions`, whose memory is used again: the fast path.
  void permissions(const policy::Request& request, Permissions& permissions) const;
  [[nodiscard]] bool matches(policy::RuleRef rule, const policy::Request& request) const;

  [[nodiscard]] const Options& options() const;
  [[nodiscard]] const policy::Policy& policy() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace presproof::semantics
