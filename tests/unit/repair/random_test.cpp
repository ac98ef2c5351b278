// Random policies that break random properties: whatever is proposed reads back as it was meant (else propose throws), is proved, takes
// nothing from nobody's point of view that it does not list, and leaves every line alone that its diff does not name.

#include <catch2/catch.hpp>

#include "generator/random_policy.h"
#include "policy/reader.h"
#include "policy/writer.h"
#include "repair/repair.h"
#include "semantics/evaluator.h"
#include "claims/claim.h"
#include "claims/scope.h"

namespace presproof {
namespace {

using generator::Random;

struct Broken {
  diag::Sources sources;
  repair::Subject subject;
};

void read_back(const policy::Policy& policy, Broken& broken) {
  for (const auto& document : policy.documents) {
    diag::Sink sink;
    broken.subject.files.push_back(broken.sources.add(document.file, policy::write_rule_set(document)));
    auto read = policy::read_rule_set(broken.sources, broken.subject.files.back(), {}, sink);
    REQUIRE(read);
    broken.subject.policy.documents.push_back(std::move(*read));
  }
}

}  // namespace

TEST_CASE("repairs of random policies are proved, and lose what they say alone") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t repaired = 0;
  std::size_t given_up = 0;
  std::size_t kinds = 0;
  for (std::uint64_t seed = 1; seed <= 700; ++seed) {
    Random random(seed * 15485863);
    Broken broken;
    read_back(generator::random_policy(random, vocabulary, {.documents = 2, .rules = 5, .conditions = 2, .permissions = 4}), broken);
    const auto properties = generator::random_properties(random, vocabulary, {.properties = 1, .depth = 1, .location = true});
    verify::Options options;
    options.usage = policy::usage_of(broken.subject.policy);
    options.timeout_s = 0;
    const auto& property = properties.properties.front();
    const auto result = verify::verify(broken.subject.policy, properties, options).front();
    if (result.verdict != verify::Verdict::violated || !result.counterexample) continue;
    INFO("seed " << seed << ": " << property.text);
    auto outcome = repair::propose(broken.subject, property, result, {{}, properties.persons}, options, broken.sources, {.edits = 3, .proofs = 60});
    if (std::holds_alternative<repair::NoProposal>(outcome)) {
      given_up += property.quantifier == property::Quantifier::never ? 1 : 0;
      continue;
    }
    ++repaired;
    const auto& proposal = std::get<repair::Proposal>(outcome);
    for (const auto& edit : proposal.edits) kinds |= std::size_t{1} << static_cast<std::size_t>(edit.kind);
    REQUIRE(verify::verify(proposal.after.policy, properties, options).front().verdict == verify::Verdict::proved);
    REQUIRE_FALSE(proposal.diff.empty());
    const semantics::Evaluator before(broken.subject.policy, {options.usage, &engine::rfc(), {}});
    const semantics::Evaluator after(proposal.after.policy, {options.usage, &engine::rfc(), {}});
    for (int i = 0; i < 60; ++i) {
      const auto request = generator::random_request(random, vocabulary, {.identities = 1, .areas = false});
      const auto old_handling = before.decide(request).permissions.sub_handling;
      const auto new_handling = after.decide(request).permissions.sub_handling;
      if (property.quantifier == property::Quantifier::never) REQUIRE(new_handling <= old_handling);
      const bool listed = std::any_of(proposal.changes.begin(), proposal.changes.end(), [](const auto& change) { return change.permission == "sub-handling"; });
      if (old_handling != new_handling) REQUIRE(listed);
    }
  }
  CHECK(repaired > 80);
  CHECK(repaired > 2 * given_up);
  CHECK((kinds & (kinds - 1)) != 0);
}

}  // namespace presproof
