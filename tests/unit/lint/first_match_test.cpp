// What the first matching rule alone gives, against what all of them give together.

#include "lint/first_match.h"

#include <array>

#include "generator/random_policy.h"
#include "policy/request.h"
#include "semantics/combine.h"
#include "semantics/evaluator.h"
#include "unit/lint/fixture.h"

namespace presproof::lint {
namespace {

using diag::Code;
using generator::Random;

constexpr std::array kNamed = {"sip:bob@example.com", "sip:carol@example.com", "sip:dave@club.example", "sip:eve@elsewhere.example"};
constexpr std::array kDomains = {"example.com", "club.example"};
const std::array<std::string, 5> kGiven = {kServices, kPersons, "<pr:provide-mood>true</pr:provide-mood>",
                                           "<pr:provide-services><pr:class>work</pr:class></pr:provide-services>", "<pr:provide-user-input>bare</pr:provide-user-input>"};

std::string many(std::string_view domain, const std::string& excepts) {
  return "<many" + (domain.empty() ? std::string() : " domain=\"" + std::string(domain) + "\"") + ">" + excepts + "</many>";
}

std::string random_identity(Random& random) {
  std::string matchers;
  for (std::size_t i = random.below(3); i > 0; --i) matchers += "<one id=\"" + std::string(kNamed[random.below(kNamed.size())]) + "\"/>";
  if (matchers.empty() || random.chance(40)) {
    std::string excepts;
    if (random.chance(40)) excepts += "<except id=\"" + std::string(kNamed[random.below(kNamed.size())]) + "\"/>";
    const bool any = random.chance(40);
    if (any && random.chance(30)) excepts += "<except domain=\"" + std::string(kDomains[random.below(2)]) + "\"/>";
    matchers += many(any ? "" : kDomains[random.below(2)], excepts);
  }
  return identity(matchers);
}

std::string random_rules(Random& random) {
  std::string rules;
  const std::size_t count = 1 + random.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    std::string conditions = random_identity(random);
    if (random.chance(20)) conditions += "<sphere value=\"" + std::string(random.chance(50) ? "work" : "work home") + "\"/>";
    if (random.chance(20)) conditions += random.chance(50) ? validity("2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z") : validity("2026-03-01T00:00:00Z", "2026-09-01T00:00:00Z");
    std::string given;
    for (std::size_t each = 0; each < kGiven.size(); ++each)
      if (random.chance(30)) given += kGiven[each];
    constexpr std::array kHandlings = {"block", "confirm", "polite-block", "allow", "allow"};
    rules += rule("r" + std::to_string(i), conditions, handling(kHandlings[random.below(kHandlings.size())]), given);
  }
  return rules;
}

/// Somebody of each kind that these rules tell apart, at times and in spheres that they tell apart.
std::vector<policy::Request> requests() {
  std::vector<policy::Request> all;
  for (const char* watcher : {kNamed[0], kNamed[1], kNamed[2], kNamed[3], "sip:x@example.com", "sip:x@club.example", "sip:x@elsewhere.example"})
    for (const char* time : {"2025-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-07-01T00:00:00Z", "2027-01-01T00:00:00Z"})
      for (const char* sphere : {"", "work", "home"}) {
        policy::Request request;
        request.watcher.identities = {uri::parse(watcher)};
        request.state.time = parse_rfc3339(time).value();
        if (*sphere != '\0') request.state.sphere = sphere;
        all.push_back(std::move(request));
      }
  return all;
}

semantics::Permissions first_alone(const policy::Policy& policy, const policy::Request& request) {
  const auto matched = semantics::Evaluator(policy, {}).decide(request).matched;
  if (matched.empty()) return {};
  const std::array rules = {&policy::rule_at(policy, matched.front())};
  return simplified(semantics::combine(rules, {}));
}

policy::Policy without_excepted_ids(policy::Policy policy) {
  for (auto& rule : policy.documents.front().rules)
    for (auto& condition : rule.conditions)
      if (auto* identity = std::get_if<policy::IdentityCondition>(&condition))
        for (auto& matcher : identity->matchers)
          if (auto* many = std::get_if<policy::Many>(&matcher)) std::erase_if(many->excepts, [](const auto& except) { return except.id.has_value(); });
  return policy;
}

}  // namespace

TEST_CASE("a rule is told exactly when it adds to the first that matches, and rewritten so that none does") {
  const auto all = requests();
  std::size_t told = 0;
  std::size_t rewritten = 0;
  std::size_t excluding = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed);
    const std::string rules = random_rules(random);
    INFO("seed " << seed << ": " << rules);
    Linted linted(rules);
    linted.options().server = engine::find_profile("kamailio");
    const policy::Policy before = linted.policy();
    const semantics::Evaluator evaluator(before, {});
    bool differs = false;
    for (const auto& request : all) differs = differs || first_alone(before, request) != simplified(evaluator.decide(request).permissions);
    const bool found = linted.count(Code::first_rule_decides) > 0;
    REQUIRE(found == differs);
    told += found ? 1 : 0;
    FixWishes wishes;
    wishes.changing = true;
    wishes.wanted = [](const diag::Diagnostic& finding) { return finding.code == Code::first_rule_decides || finding.code == Code::except_id_not_read; };
    const auto mended = linted.mend(wishes);
    if (mended.applied.empty()) continue;
    ++rewritten;
    REQUIRE(mended.refused.empty());
    const policy::Policy& after = mended.subject.policy;
    const policy::Policy as_read = without_excepted_ids(after);
    if (as_read != after) ++excluding;
    const semantics::Evaluator evaluator_after(after, {});
    for (const auto& request : all) {
      INFO(request.watcher.identities.front().text << " " << to_rfc3339(request.state.time) << " " << request.state.sphere.value_or("-") << "\n"
                                                   << linted.sources().text(mended.subject.documents.front().file()));
      const auto meant = simplified(evaluator.decide(request).permissions);
      REQUIRE(simplified(evaluator_after.decide(request).permissions) == meant);
      REQUIRE(first_alone(after, request) == meant);
      REQUIRE(first_alone(as_read, request) == meant);
    }
  }
  CHECK(told > 100);
  CHECK(rewritten > 100);
  CHECK(excluding > 20);
}

TEST_CASE("what cannot be written for the first match alone is left as it is") {
  const auto refused = [](const std::string& rules) {
    Linted linted(rules);
    linted.options().server = engine::find_profile("kamailio");
    const auto found = linted.run(Code::first_rule_decides);
    REQUIRE(!found.empty());
    return !fixed_text(linted.context(), found.front());
  };
  const std::string first = rule("a", kBob, kAllow, kServices);
  CHECK_FALSE(refused(first + rule("b", kBob, kAllow, kPersons)));
  CHECK(refused(first + rule("b", "", kAllow, kPersons)));                                      // for everybody
  CHECK(refused(first + rule("b", kBob + kBob, kAllow, kPersons)));                             // two identities
  CHECK(refused(first + rule("b", kBob + circle("1 2", "3"), kAllow, kPersons)));               // a place
  CHECK(refused(first + rule("b", kBob, kAllow, blurred("5")) + rule("c", kBob, "", blurred("6"))));  // two radii in one rule
  CHECK(refused(first + R"(<rule id="b" xmlns:x="urn:x"><conditions>)" + kBob + "</conditions><actions>" + kAllow + "</actions><transformations>" + kPersons + "</transformations></rule>"));
}

TEST_CASE("comments stay with the rule that they were about") {
  Linted linted("<!-- one -->" + rule("a", kBob, kAllow, "<!-- inside -->" + kServices) + "<!-- two -->" + rule("b", kBob, kAllow, kPersons) + "<!-- last -->");
  linted.options().server = engine::find_profile("kamailio");
  const auto found = linted.run(Code::first_rule_decides);
  REQUIRE(found.size() == 1);
  const auto text = fixed_text(linted.context(), found.front()).value();
  for (const char* comment : {"<!-- one -->", "<!-- inside -->", "<!-- two -->", "<!-- last -->"}) {
    INFO(comment);
    const auto place = text.find(comment);
    REQUIRE(place != std::string::npos);
    CHECK(text.find(comment, place + 1) == std::string::npos);
  }
  CHECK(text.find("<!-- one -->") < text.find("<rule id=\"a-and-b\">"));
  CHECK(text.find("<!-- inside -->") < text.find("<conditions>"));
  CHECK(text.find("<!-- last -->") > text.find("</rule>"));
}

}  // namespace presproof::lint
