#include "sip/trust.h"

#include <catch2/catch.hpp>
#include <string>

#include "unit/sip/refusal.h"

using namespace presproof;
using namespace presproof::sip;

namespace {

Trust read(const std::string& text) {
  diag::Sources sources;
  return read_trust(sources, sources.add("trust.toml", text));
}

std::vector<std::string> refusals(const std::string& text) {
  std::vector<std::string> all;
  for (const diag::Problem& problem : problems_of([&] { (void)read(text); })) {
    all.push_back(shown(problem) + " -- " + problem.hint);
  }
  return all;
}

}  // namespace

TEST_CASE("a trust file is read", "[sip]") {
  const Trust trust = read(R"(
mechanisms = ["digest", "p-asserted-identity"]
asserters = ["Proxy.Example.com", "[2001:DB8::1]", "192.0.2.1"]
identity_domains = ["bücher.example"]

[digest."example.com"]
ali = "sip:alice@example.com"
"b o b" = "sips:bob@example.com"

[digest.other]
ali = "sip:another@example.com"
)");
  CHECK(trust.believes(Mechanism::digest));
  CHECK(trust.believes(Mechanism::p_asserted_identity));
  CHECK_FALSE(trust.believes(Mechanism::identity));
  CHECK(trust.asserters == std::set<std::string>{"192.0.2.1", "[2001:db8::1]", "proxy.example.com"});
  CHECK(trust.identity_domains == std::set<std::string>{"xn--bcher-kva.example"});
  CHECK(trust.digest.at("example.com").at("ali").text == "sip:alice@example.com");
  CHECK(trust.digest.at("example.com").at("b o b").text == "sips:bob@example.com");
  CHECK(trust.digest.at("other").at("ali").text == "sip:another@example.com");
}

TEST_CASE("an empty trust file trusts nobody", "[sip]") {
  const Trust trust = read("");
  CHECK(trust.mechanisms.empty());
  CHECK(trust.asserters.empty());
  CHECK(trust.identity_domains.empty());
  CHECK(trust.digest.empty());
}

TEST_CASE("a trust file that is not TOML is refused where it ends to be", "[sip]") {
  const auto problems = problems_of([] { (void)read("mechanisms = [\"digest\"]\nasserters = ]\n"); });
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().span.line == 2);
  CHECK(problems.front().span.column >= 13);
  CHECK(problems.front().message.starts_with("not TOML: "));
}

TEST_CASE("unknown keys and mechanisms name the nearest known one", "[sip]") {
  CHECK(refusals("mechanism = []\n") ==
        std::vector<std::string>{"1:1 unknown key `mechanism` in a trust file -- did you mean `mechanisms`?"});
  CHECK(refusals("\nxyzzy = 1\n") ==
        std::vector<std::string>{"2:1 unknown key `xyzzy` in a trust file -- known are `mechanisms`, `asserters`, "
                                 "`identity_domains`, `digest`"});
  CHECK(refusals("mechanisms = [\"digest\", \"p-asserted-identiy\"]\n") ==
        std::vector<std::string>{"1:25 unknown mechanism `p-asserted-identiy` -- did you mean `p-asserted-identity`?"});
}

TEST_CASE("everything wrong in a trust file is told at once", "[sip]") {
  const auto all =
      refusals("asserters = \"proxy.example.com\"\nmechanisms = [1]\nidentity_domains = [\"a b\"]\ndigest = 1\n");
  REQUIRE(all.size() == 4);
  const auto told = [&](std::string_view start) {
    return std::any_of(all.begin(), all.end(), [&](const std::string& problem) { return problem.starts_with(start); });
  };
  CHECK(told("1:13 `asserters` is not an array"));
  CHECK(told("2:15 `mechanisms` holds something that is not a string"));
  CHECK(told("3:21 `a b` is not a host"));
  CHECK(told("4:1 `digest` is not a table of realms"));
}

TEST_CASE("a digest user is bound to a sip or sips URI", "[sip]") {
  for (const std::string value : {"1", "\"alice\"", "\"tel:+12125551234\"", "\"sip:@example.com\"", "\"\""}) {
    CAPTURE(value);
    const auto all = refusals("[digest.\"example.com\"]\nali = " + value + "\n");
    REQUIRE(all.size() == 1);
    CHECK(all.front().starts_with("2:7 user `ali` is not bound to an address of record"));
  }
  CHECK(refusals("[digest]\nali = \"sip:alice@example.com\"\n").front().starts_with("2:1 realm `ali` is not a table"));
  CHECK(refusals("[digest.r]\nAnonymous = \"sip:alice@example.com\"\n")
            .front()
            .starts_with("2:1 the user name `anonymous` is bound"));
}
