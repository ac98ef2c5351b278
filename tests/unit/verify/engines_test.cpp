// Proofs as servers decide: who is written otherwise, and what a proof rests on where rules keep each other from giving anything.

#include "proving.h"

namespace presproof {
namespace {

using namespace test;
using verify::Verdict;

const std::string kBlockBob = rule("bob", one("sip:bob@example.com"), handling("block"));
const std::string kCompany = rule("company", domain("example.com"), kAllow, kServices);

std::vector<std::string> rule_names(const verify::Result& result) {
  std::vector<std::string> names;
  for (const auto ref : result.rules) names.push_back(std::to_string(ref.rule));
  return names;
}

}  // namespace

TEST_CASE("somebody who is written otherwise is nobody whom a rule names, and is meant all the same") {
  const std::string never = "for { sip:bob@example.com } never anything";
  CHECK(on("rfc", kBlockBob, never).verdict == Verdict::proved);
  const auto found = on("kamailio", kBlockBob + kCompany, never);
  REQUIRE(found.verdict == Verdict::violated);
  CHECK(found.counterexample->request.watcher.identities.front().text == "sip:%62ob@example.com");
  // RestComm's rules add up, and what is written otherwise may have no domain, either.
  CHECK(on("mobicents", rule("all", many("<except domain=\"example.com\"/>"), kAllow, kServices), "for domain example.com never anything").verdict == Verdict::violated);
  CHECK(on("kaleo", kBlockBob, never).verdict == Verdict::proved);
}

TEST_CASE("what everybody has who is named is not asked of those who are written otherwise") {
  const std::string allows = rule("bob", one("sip:bob@example.com"), kAllow, kServices);
  const auto held = on("opensips-oma", allows, "for { sip:bob@example.com } always anything");
  CHECK(held.verdict == Verdict::proved);
  CHECK(std::any_of(held.assumptions.begin(), held.assumptions.end(), [](const std::string& each) { return each.starts_with("whom the group names is written as it is named there"); }));
  // But for those of them who are shown something else.
  CHECK(on("opensips-oma", allows + kCompany, "for { sip:bob@example.com } always anything").verdict == Verdict::proved);
  CHECK(on("opensips-oma", rule("bob", one("sip:bob@example.com"), handling("polite-block")) + kCompany, "for { sip:bob@example.com } always handling polite-block").verdict == Verdict::violated);
  CHECK(on("rfc", allows, "for { sip:bob@example.com } always anything").assumptions.empty());
}

TEST_CASE("a proof rests on the rules that keep others from giving something") {
  const std::string others = "<ocp:other-identity xmlns:ocp=\"urn:oma:xml:xdm:common-policy\"/>";
  const auto held = on("oma", kBlockBob + rule("others", others, kAllow, kServices), "for { sip:bob@example.com } never anything");
  CHECK(held.verdict == Verdict::proved);
  CHECK(rule_names(held) == std::vector<std::string>{"0"});
  const auto none = on("kaleo", kBlockBob, "for { sip:eve@example.org } never anything");
  CHECK(none.verdict == Verdict::proved);
  CHECK(none.rules.empty());
}

TEST_CASE("whose sphere conditions are turned round is let in elsewhere") {
  const std::string home = rule("home", one("sip:bob@example.com") + sphere("home"), kAllow, kServices);
  const std::string property = "for everyone when sphere is not \"home\" never anything";
  CHECK(on("rfc", home, property).verdict == Verdict::proved);
  CHECK(on("mobicents", home, property).verdict == Verdict::violated);
  CHECK(on("mobicents", home, "for everyone when sphere is \"home\" never anything").verdict == Verdict::proved);
}

}  // namespace presproof
