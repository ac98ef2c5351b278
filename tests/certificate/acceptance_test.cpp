// What certificates can say, and what is left out of them with a reason.

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "certificate/rich_case.h"

namespace presproof::test {

TEST_CASE("every kind of case in a certificate is accepted") {
  const Inputs inputs = rich_case();
  const Proved proved = prove(inputs);
  CHECK(proved.not_certified.empty());
  CHECK(shown(check(inputs, proved.certificate)) ==
        "accepted: away: proved\naccepted: munich: proved\naccepted: work: proved\naccepted: bavaria: proved\naccepted: summer: proved\n"
        "accepted: ann: proved\naccepted: somebody: proved\naccepted: authenticated: proved\naccepted: broken: violated\n"
        "accepted: not always: violated\n");
}

TEST_CASE("certificates are the same to the byte each time") { CHECK(prove(rich_case()).certificate == prove(rich_case()).certificate); }

TEST_CASE("a verdict under fixed readings is accepted under the same alone") {
  Inputs inputs = rich_case();
  inputs.properties = "property \"p\": for everyone minus person ann when not authenticated never anything";
  inputs.properties = "person ann = { sip:ann@one.example }\n" + inputs.properties;
  inputs.readings = {"empty-identity=nobody"};
  const Proved proved = prove(inputs);
  CHECK(shown(check(inputs, proved.certificate)) == "accepted: p: proved\n");
  inputs.readings = {};
  CHECK(shown(check(inputs, proved.certificate)) == "refused: p: (/readings) it was made for other readings\n");
  CHECK(shown(check(inputs, prove(inputs).certificate)) == "not certified: p: the verdict is `depends`\n");
}

TEST_CASE("a `sometimes` has a witness for each combination of readings") {
  Inputs inputs;
  // Under each reading of the empty identity somebody else shows it.
  inputs.policies = {rule_set(rule("nobody", "<identity/>", "50") + rule("bob", one("sip:bob@example.com") + "<sphere value=\"x\"/>", "50"))};
  inputs.properties = "property \"p\": for everyone when sphere is \"x\" sometimes anything\nproperty \"q\": for everyone sometimes location";
  const Proved proved = prove(inputs);
  REQUIRE(shown(check(inputs, proved.certificate)) == "accepted: p: proved\naccepted: q: proved\n");
  auto certificate = nlohmann::ordered_json::parse(proved.certificate);
  for (auto& witness : certificate["properties"][1]["witnesses"]) {
    const std::size_t number = witness["state"]["class"];
    if (certificate["classes"][number]["identities"].empty()) CHECK(certificate["classes"][number]["empty_identity"] == "unauthenticated");
  }
}

TEST_CASE("a proof that needs three circles is not certified, and says so") {
  Inputs inputs;
  // The three cover the region together, none of them does alone.
  inputs.policies = {rule_set(rule("a", one("sip:bob@example.com") + inside("50.000 10.000", "1000"), "5000"))};
  inputs.properties = R"(
region a = circle 50.006 10.000 radius 1000 m
region b = circle 49.997 10.008 radius 1000 m
region c = circle 49.997 9.992 radius 1000 m
region middle = circle 50 10 radius 100 m
property "covered": for { sip:bob@example.com } when inside middle and not inside a and not inside b and not inside c never anything
property "three": for { sip:bob@example.com } when inside far1 and inside far2 and inside far3 never handling allow
)";
  const std::string regions = R"(
region far1 = circle 50.0155 10.000 radius 1000 m
region far2 = circle 50.000 10.0124 radius 1000 m
region far3 = circle 50.0155 10.0248 radius 1000 m
)";
  inputs.properties = regions + inputs.properties;
  const Proved proved = prove(inputs);
  for (const auto& answer : check(inputs, proved.certificate)) CHECK(answer.status != Status::refused);
}

TEST_CASE("a claim over two runs or over time is not certified") {
  Inputs inputs = rich_case();
  inputs.properties = "property \"one\": for { sip:dave@example.com } sometimes anything\n";
  const Proved proved = prove(inputs);
  CHECK(shown(check(inputs, proved.certificate)) == "accepted: one: proved\n");
  // The checker reads such properties, so that a file may hold them, and answers for none.
  inputs.properties += "property \"two\": for everyone reveals nothing about sphere\n";
  const auto answers = check(inputs, proved.certificate);
  REQUIRE(answers.size() == 2);
  CHECK(answers[1].status == Status::not_certified);
  CHECK(answers[1].text == "it compares two runs");
}

TEST_CASE("a vacuous or undecided verdict is not certified") {
  Inputs inputs = rich_case();
  inputs.properties = "property \"p\": for { } never anything\nproperty \"q\": for everyone when sphere is \"a\" and sphere is \"b\" never anything";
  CHECK(shown(check(inputs, prove(inputs).certificate)) == "not certified: p: the verdict is `vacuous`\nnot certified: q: the verdict is `vacuous`\n");
}

}  // namespace presproof::test
