#include <catch2/catch.hpp>
#include <random>

#include "rules.h"
#include "semantics/combine.h"
#include "semantics/match.h"

using namespace presproof;
using namespace presproof::test;
using engine::Reading;

namespace {

/// Rules and requests over a small vocabulary, so that they meet often.
class Random {
 public:
  explicit Random(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool chance(std::size_t one_in) { return below(one_in) == 0; }

  std::string_view uri_text() {
    static constexpr std::string_view kUris[] = {
        "sip:bob@example.com",        "sip:bob@EXAMPLE.com;x=1",  "sip:bob@example.com;x=2", "sip:bob@example.com:5060", "sips:bob@example.com",
        "sip:%62ob@example.com",      "sip:carol@example.org",    "tel:+1-212-555-1234",     "tel:+12125551234",         "mailto:carol@example.org",
        "pres:dave@sub.example.com",  "urn:uuid:1",               "sip:example.com",         "xmpp:erin@example.org",    "nonsense"};
    return kUris[below(std::size(kUris))];
  }
  std::string_view domain_text() {
    static constexpr std::string_view kDomains[] = {"example.com", "EXAMPLE.ORG", "sub.example.com", "b\xC3\xBC" "cher.example", "not a domain"};
    return kDomains[below(std::size(kDomains))];
  }
  policy::Except except() {
    policy::Except except;
    if (!chance(3)) except.id = uri::parse(uri_text());
    if (chance(3)) except.domain = domain(domain_text());
    return except;
  }
  policy::IdentityMatcher matcher() {
    if (chance(2)) return one(uri_text());
    if (chance(8)) return policy::UnknownIdentity{"urn:x", "y", {}};
    policy::Many result;
    if (chance(2)) result.domain = domain(domain_text());
    result.never = chance(8);
    while (chance(2)) result.excepts.push_back(except());
    return result;
  }
  policy::Rule random_rule() {
    std::vector<policy::Condition> conditions;
    while (conditions.size() < 3 && !chance(3)) {
      if (chance(6)) conditions.push_back(sphere({"work"}));
      if (chance(12)) conditions.push_back(unknown_condition());
      std::vector<policy::IdentityMatcher> matchers;
      while (!chance(3)) matchers.push_back(matcher());
      conditions.push_back(identity(std::move(matchers)));
    }
    std::vector<policy::Permission> permissions = grants(static_cast<policy::SubHandling>(below(4)), radius(100.0 * static_cast<double>(below(5))));
    if (chance(2)) permissions = grants(policy::KeepRuleReference{chance(2)}, policy::SetNoteWell{std::nullopt, std::to_string(below(3))});
    return rule("r", std::move(conditions), std::move(permissions));
  }
  policy::Request request() {
    policy::Request result = by_nobody();
    while (!chance(3)) result.watcher.identities.push_back(uri::parse(uri_text()));
    if (chance(2)) result.state.sphere = "work";
    return result;
  }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("the index finds exactly the rules that a loop over all rules finds") {
  std::size_t matches_seen = 0;
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    Random random(seed);
    policy::Policy policy;
    policy.documents.resize(1 + random.below(2));
    for (policy::RuleSet& document : policy.documents) {
      for (std::size_t i = random.below(12); i > 0; --i) document.rules.push_back(random.random_rule());
    }
    auto options = random.chance(4) ? geolocation_options() : presence_options();
    for (const engine::ReadingInfo& row : engine::all_readings()) options.readings.set(row.reading, random.chance(2));
    const semantics::Evaluator evaluator(policy, options);
    semantics::Permissions fast;
    for (int i = 0; i < 10; ++i) {
      const policy::Request request = random.request();
      std::vector<policy::RuleRef> naive;
      std::vector<const policy::Rule*> rules;
      for (std::uint32_t d = 0; d < policy.documents.size(); ++d) {
        for (std::uint32_t r = 0; r < policy.documents[d].rules.size(); ++r) {
          CHECK(evaluator.matches({d, r}, request) == semantics::matches(policy.documents[d].rules[r], request, options));
          if (!semantics::matches(policy.documents[d].rules[r], request, options)) continue;
          naive.push_back({d, r});
          rules.push_back(&policy.documents[d].rules[r]);
        }
      }
      const semantics::Decision decision = evaluator.decide(request);
      REQUIRE(decision.matched == naive);
      REQUIRE(decision.permissions == semantics::combine(rules, options));
      evaluator.permissions(request, fast);
      REQUIRE(fast == decision.permissions);
      matches_seen += naive.size();
    }
  }
  CHECK(matches_seen > 10'000);
}
