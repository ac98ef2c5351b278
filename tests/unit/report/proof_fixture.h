#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "policy/reader.h"
#include "property/parser.h"
#include "report/report.h"
#include "semantics/evaluator.h"

/// A proof with every verdict, made by hand so that it hangs on no solver; its decisions are the evaluator's.
namespace presproof::test {

inline const std::string kProofRules = R"(<?xml version="1.0"?>
<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"
    xmlns:gp="urn:ietf:params:xml:ns:geolocation-policy" xmlns:lp="urn:ietf:params:xml:ns:basic-location-profiles">
  <rule id="friends">
    <conditions><identity><one id="sip:bob@example.com"/></identity></conditions>
    <actions><pr:sub-handling>allow</pr:sub-handling></actions>
    <transformations>
      <pr:provide-persons><pr:all-persons/></pr:provide-persons>
      <gp:provide-location profile="geodetic-transformation"><lp:provide-geo radius="5000"/></gp:provide-location>
    </transformations>
  </rule>
  <rule id="party">
    <conditions><sphere value="party"/></conditions>
    <transformations><gp:provide-location/></transformations>
  </rule>
</ruleset>
)";

inline const std::string kProofProperties =
    R"(property "no exact <place> & no \"name\"": for everyone never exact location
property "depends": for everyone never location finer than 1 km
property "undecided":
    for everyone never mood
)";

/// `proof` points into it.
class ProofFixture {
 public:
  ProofFixture() {
    diag::Sink sink;
    policy_.documents.push_back(
        *policy::read_rule_set(sources_, sources_.add("rules/alice's rules.xml", kProofRules), {}, sink));
    const std::vector<std::uint32_t> files = {sources_.add("promises.props", kProofProperties)};
    const auto no_file = [](std::string_view, std::string_view) -> std::uint32_t {
      throw std::runtime_error("no file");
    };
    proof.properties =
        property::parse(sources_, files,
                        {"for everyone sometimes persons", "for {} never mood", "for everyone never persons"}, no_file,
                        {})
            .properties;
    proof.policy = &policy_;
    proof.sources = &sources_;
    add(verify::Verdict::violated, "sip:bob@example.com", "party", {{0, 0}, {0, 1}});
    proof.results.back().second = example("", "work");
    add(verify::Verdict::depends, "sip:bob@example.com", {}, {{0, 0}});
    proof.results.back().by_reading = {{{{engine::Reading::geo_radius, false}}, verify::Verdict::violated},
                                       {{{engine::Reading::geo_radius, true}}, verify::Verdict::proved}};
    add(verify::Verdict::undecided, {}, {}, {});
    proof.results.back().reason = "the solver reached its limit \x01";
    add(verify::Verdict::proved, "sip:bob@example.com", {}, {{0, 0}});
    add(verify::Verdict::vacuous, {}, {}, {});
    proof.results.back().reason = "the group is empty";
    add(verify::Verdict::violated, "sip:bob@example.com", {}, {{0, 0}});
  }
  ProofFixture(const ProofFixture&) = delete;
  ProofFixture& operator=(const ProofFixture&) = delete;

  report::Proof proof;

 private:
  verify::Counterexample example(const std::string& watcher, const std::optional<std::string>& sphere) {
    verify::Counterexample made;
    if (!watcher.empty()) made.request.watcher.identities = {uri::parse(watcher)};
    made.request.state.time = *parse_rfc3339("2026-06-01T12:00:00Z");
    made.request.state.sphere = sphere;
    made.decision = semantics::Evaluator(policy_, {}).decide(made.request);
    return made;
  }

  void add(verify::Verdict verdict, const std::string& watcher, const std::optional<std::string>& sphere,
           std::vector<policy::RuleRef> rules) {
    verify::Result result;
    result.verdict = verdict;
    result.solver = {"z3", "4.8.12", 0.0125};
    if (!watcher.empty()) result.counterexample = example(watcher, sphere);
    result.rules = std::move(rules);
    proof.results.push_back(std::move(result));
  }

  diag::Sources sources_;
  policy::Policy policy_;
};

/// Compares with a file of tests/unit/report/golden; PRESPROOF_BLESS=1 writes it anew.
inline void check_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(PRESPROOF_GOLDEN) + "/" + name;
  if (const char* bless = std::getenv("PRESPROOF_BLESS"); bless != nullptr && std::string_view(bless) == "1") {
    std::ofstream(path, std::ios::binary) << text;
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream golden;
  golden << in.rdbuf();
  INFO("PRESPROOF_BLESS=1 accepts a new " << path);
  CHECK(text == golden.str());
}

}  // namespace presproof::test
