#pragma once

#include "base/instant.h"
#include "policy/rule_set.h"
#include "report/report.h"
#include "semantics/evaluator.h"

/// One small policy and what it decides, for the renderers of simulations.
namespace presproof::test {

inline policy::Rule plain_rule(std::string id, std::uint32_t line, std::vector<policy::Permission> permissions) {
  return {.id = std::move(id), .conditions = {}, .permissions = std::move(permissions), .span = {0, line, 3, 5}, .id_span = {}};
}

/// Rules that all match, and `rfc`'s decision about bob, called by two names, at noon.
struct SimulationFixture {
  policy::Policy policy;
  report::Simulation simulation;

  explicit SimulationFixture(std::vector<policy::Rule> rules, semantics::Options options = {}) {
    policy.documents.push_back({.file = "alice.xml", .rules = std::move(rules), .has_presence_rules = true});
    simulation.policy = &policy;
    simulation.engine = "rfc";
    simulation.usage = options.usage;
    simulation.request.watcher.identities = {uri::parse("tel:+12125551234"), uri::parse("sip:bob@example.com")};
    simulation.request.state.time = parse_rfc3339("2026-06-01T12:00:00Z").value();
    simulation.decision = semantics::Evaluator(policy, options).decide(simulation.request);
  }
  SimulationFixture(const SimulationFixture&) = delete;
  SimulationFixture& operator=(const SimulationFixture&) = delete;
};

}  // namespace presproof::test
