#include "lint/aliases.h"

#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
std::string allowed(std::string_view id, std::string_view matchers, std::string_view shown = kServices) {
  return rule(id, identity(matchers), kAllow, shown);
}
std::string blocked(std::string_view id, std::string_view matchers) {
  return rule(id, identity(matchers), handling("block"));
}
}  // namespace

TEST_CASE("tel-and-sip-number fires when a block of one number holds for one identity alone", "[lint]") {
  Linted linted(allowed("friends", R"(<one id="sip:+1-212-555-1234@example.com;user=phone"/>)") +
                blocked("blocked", R"(<one id="tel:+12125551234"/>)"));
  const auto found = linted.run(Code::tel_and_sip_number);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message ==
        "`tel:+12125551234` and `sip:+1-212-555-1234@example.com;user=phone` are two watchers, as a tel URI never "
        "equals a "
        "SIP URI with the same number: rule `friends` matches `sip:+1-212-555-1234@example.com;user=phone` and not "
        "`tel:+12125551234`");
  CHECK(found[0].related.at(0).message == "rule `blocked` names `tel:+12125551234`");
}

TEST_CASE("tel-and-sip-number fires for an exception that leaves out one of the two", "[lint]") {
  const auto code = Code::tel_and_sip_number;
  CHECK(Linted(allowed("a", R"(<many><except id="tel:+1212555"/></many>)") +
               blocked("b", R"(<one id="sip:+1212555@example.com"/>)"))
            .count(code) == 1);
  CHECK(Linted(allowed("a", R"(<many><except id="tel:+1212555"/><except id="sip:+1212555@example.com"/></many>)"))
            .count(code) == 0);
}

TEST_CASE("tel-and-sip-number is silent when both get the same", "[lint]") {
  const auto code = Code::tel_and_sip_number;
  CHECK(Linted(allowed("a", R"(<one id="tel:+1212555"/><one id="sip:+1212555@example.com"/>)")).count(code) == 0);
  CHECK(Linted(allowed("a", R"(<one id="tel:+1212555"/>)") + allowed("b", R"(<one id="sip:+1212555@example.com"/>)"))
            .count(code) == 0);
  CHECK(Linted(blocked("a", R"(<one id="tel:+1212555"/>)") + blocked("b", R"(<one id="sip:+1212555@example.com"/>)"))
            .count(code) == 0);
}

TEST_CASE("tel-and-sip-number is silent for other numbers and for numbers that are not global", "[lint]") {
  const auto code = Code::tel_and_sip_number;
  const auto pair = [&](const std::string& tel, const std::string& sip) {
    return Linted(allowed("a", "<one id=\"" + tel + "\"/>") + allowed("b", "<one id=\"" + sip + "\"/>", kPersons))
        .count(code);
  };
  CHECK(pair("tel:+1212555", "sip:+1212555@example.com") == 1);
  CHECK(pair("tel:+1212555", "sips:+1(212)555@example.com") == 1);
  CHECK(pair("tel:+1212555", "sip:+1212556@example.com") == 0);
  CHECK(pair("tel:+1212555;ext=1", "sip:+1212555@example.com") == 0);
  CHECK(pair("tel:1212555;phone-context=example.com", "sip:1212555@example.com") == 0);
  CHECK(pair("tel:+1212555", "sip:1212555@example.com;user=phone") == 0);
  CHECK(pair("tel:+1212555", "xmpp:+1212555@example.com") == 0);
}

TEST_CASE("one-person-several-spellings fires when spellings of a watcher get different things", "[lint]") {
  Linted linted(allowed("colleagues", R"(<one id="sip:bob@example.com"/>)") +
                allowed("friends", R"(<one id="sip:Bob@example.com"/>)", kPersons));
  const auto found = linted.run(Code::one_person_several_spellings);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message ==
        "`sip:bob@example.com` and `sip:Bob@example.com` are two watchers, as upper and lower case differ in the user "
        "part: "
        "rule `colleagues` matches `sip:bob@example.com` and not `sip:Bob@example.com`");
  CHECK(found[0].rule == "friends");
  CHECK(found[0].related.at(0).message == "rule `colleagues` names `sip:bob@example.com`");
}

TEST_CASE("one-person-several-spellings says what makes them two", "[lint]") {
  const auto because = [](const std::string& other) {
    const auto text =
        Linted(allowed("a", R"(<one id="sip:bob@example.com"/>)") + blocked("b", "<one id=\"" + other + "\"/>"))
            .message(Code::one_person_several_spellings);
    const auto begin = text.find(", as ") + 5;
    return text.substr(begin, text.find(": rule") - begin);
  };
  CHECK(because("sips:bob@example.com") == "`sip` and `sips` are different schemes");
  CHECK(because("pres:Bob@example.com") == "`sip` and `pres` are different schemes");
  CHECK(because("sip:bob@example.com:5060") == "the port counts");
  CHECK(because("sip:bob@example.com;transport=udp") == "a parameter that only one of them has counts");
}

TEST_CASE("one-person-several-spellings is silent for equal URIs, other users and other hosts", "[lint]") {
  const auto pair = [](const std::string& other) {
    return Linted(allowed("a", R"(<one id="sip:bob@example.com"/>)") +
                  allowed("b", "<one id=\"" + other + "\"/>", kPersons))
        .count(Code::one_person_several_spellings);
  };
  CHECK(pair("sip:Bob@example.com") == 1);
  CHECK(pair("sip:bob@EXAMPLE.com") == 0);
  CHECK(pair("sip:bob@example.com;transport=tcp") == 0);
  CHECK(pair("sip:bob@sales.example.com") == 0);
  CHECK(pair("sip:bobby@example.com") == 0);
  CHECK(pair("mailto:bob@example.com") == 0);
  CHECK(pair("sip:example.com") == 0);
  CHECK(pair("sip:bob@example.com?subject=x") == 0);  // identity-with-parameters
}

TEST_CASE("one-person-several-spellings is silent when all spellings get the same", "[lint]") {
  const auto code = Code::one_person_several_spellings;
  const auto both = R"(<one id="sip:bob@example.com"/><one id="sips:bob@example.com"/>)";
  CHECK(Linted(allowed("a", both) + allowed("b", both, kPersons)).count(code) == 0);
  CHECK(Linted(allowed("a", R"(<one id="sip:bob@example.com"/>)") + allowed("b", R"(<one id="sips:bob@example.com"/>)"))
            .count(code) == 0);
  CHECK(Linted(rule("a", kBob) + rule("b", one("sips:bob@example.com"))).count(code) == 0);
  // Both are in the domain, and both are left out.
  CHECK(Linted(allowed("a", R"(<many domain="example.com"><except id="sip:bob@example.com"/>
      <except id="sips:bob@example.com"/></many>)"))
            .count(code) == 0);
}

TEST_CASE("one-person-several-spellings fires when the body is the same at other times", "[lint]") {
  const auto times = validity("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
  CHECK(Linted(rule("a", kBob, kAllow, kServices) + rule("b", one("sips:bob@example.com") + times, kAllow, kServices))
            .count(Code::one_person_several_spellings) == 1);
}

TEST_CASE("one-person-several-spellings is silent about what a rule that never holds would give", "[lint]") {
  const auto never = validity("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z");
  CHECK(Linted(rule("a", kBob + never, kAllow, kServices) + blocked("b", R"(<one id="sips:bob@example.com"/>)"))
            .count(Code::one_person_several_spellings) == 0);
}

TEST_CASE("many spellings of one watcher are looked at in bounded time", "[lint]") {
  std::string rules;
  for (int i = 0; i < 2000; ++i) {
    std::string user;
    for (int bit = 0; bit < 12; ++bit) user += static_cast<char>(((i >> bit) % 2 == 0 ? 'a' : 'A') + bit);
    rules += allowed("r" + std::to_string(i), "<one id=\"sip:" + user + "@example.com\"/>",
                     i % 2 == 0 ? kServices : kPersons);
  }
  CHECK(Linted(rules).count(Code::one_person_several_spellings) == 4);
}

}  // namespace presproof::lint
