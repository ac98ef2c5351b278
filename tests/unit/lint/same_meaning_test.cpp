#include "lint/same_meaning.h"

#include "lint/normal_form.h"
#include "unit/lint/fixture.h"

namespace presproof::lint {
namespace {

/// Why the second rules are not proved to mean what the first do; empty when they are.
std::string why_not(const std::string& before, const std::string& after) {
  Options options;
  options.rlimit = 2'000'000;
  return why_not_same(Linted(before).policy(), Linted(after).policy(), options).value_or("");
}
bool same_form(const std::string& before, const std::string& after) {
  return normal_form(Linted(before).policy()) == normal_form(Linted(after).policy());
}

}  // namespace

TEST_CASE("rules that say the same in another way have the same normal form", "[lint]") {
  CHECK(same_form(rule("a", one("SIP:bob@EXAMPLE.com"), kAllow), rule("b", one("sip:bob@example.com"), kAllow)));
  CHECK(same_form(rule("a", one("tel:+1-212-555-1234"), kAllow), rule("a", one("tel:+12125551234"), kAllow)));
  CHECK(same_form(rule("a", kBob, kAllow) + rule("b", kBob, kAllow), rule("a", kBob, kAllow)));
  CHECK(same_form(rule("a", kBob, kAllow + handling("block")), rule("a", kBob, kAllow)));
  CHECK(same_form(rule("a", kBob, kAllow, "<pr:provide-mood>false</pr:provide-mood>"), rule("a", kBob, kAllow)));
  CHECK(same_form(rule("a", kBob, kAllow) + rule("b", "<validity/>", kAllow), rule("a", kBob, kAllow)));
  CHECK(same_form(rule("a", R"(<sphere value="WORK home"/>)", kAllow), rule("a", R"(<sphere value="home work work"/>)", kAllow)));
  CHECK(same_form(rule("a", identity("<one id=\"sip:a@b.c\"/><one id=\"sip:d@b.c\"/><one id=\"sip:a@b.c\"/>"), kAllow),
                  rule("a", identity("<one id=\"sip:d@b.c\"/><one id=\"sip:a@b.c\"/>"), kAllow)));
}

TEST_CASE("what may matter is in the normal form", "[lint]") {
  CHECK_FALSE(same_form(rule("a", kBob, kAllow), rule("a", kBob, handling("confirm"))));
  CHECK_FALSE(same_form(rule("a", "<identity/>", kAllow), rule("a", "", kAllow)));
  CHECK_FALSE(same_form(rule("a", kBob, "", "<gp:keep-rule-reference>false</gp:keep-rule-reference>"), rule("a", kBob)));
  CHECK_FALSE(same_form(rule("a", kBob, "", "<gp:set-retention-expiry>0</gp:set-retention-expiry>"), rule("a", kBob)));
  CHECK_FALSE(same_form(rule("a", kBob), ""));
}

TEST_CASE("a rule that another covers may go, and one that gives more may not", "[lint]") {
  const std::string domain = rule("d", identity("<many domain=\"example.com\"/>"), kAllow, kPersons);
  CHECK(why_not(rule("a", kBob, kAllow, kPersons) + domain, domain).empty());
  CHECK(why_not(rule("a", kBob, kAllow, kServices) + domain, domain) == "provide-services would be lost");
  CHECK(why_not(domain, domain + rule("a", kBob, kAllow, kServices)) == "provide-services would be gained");
  CHECK(why_not(rule("a", kBob, handling("polite-block")), rule("a", kBob, handling("confirm"))) == "sub-handling would be lost");
}

TEST_CASE("an except that only a watcher of two identities could meet may not go", "[lint]") {
  const auto many = [](const std::string& except) {
    return rule("a", identity("<many domain=\"example.com\">" + except + "</many>"), kAllow, kPersons);
  };
  CHECK(why_not(many("<except id=\"sip:carol@example.net\"/>"), many("")).find(" would be gained") != std::string::npos);
  CHECK(why_not(many("<except id=\"sip:carol@example.net\"/><except id=\"sip:carol@example.net\"/>"), many("<except id=\"sip:carol@example.net\"/>")).empty());
}

TEST_CASE("where too many identities are named, nothing is proved for a watcher who has several", "[lint]") {
  std::string others;
  for (int i = 0; i < 9; ++i) others += rule("r" + std::to_string(i), one("sip:u" + std::to_string(i) + "@example.com"), kAllow);
  const std::string domain = rule("d", identity("<many domain=\"example.com\"/>"), kAllow, kPersons);
  CHECK(why_not(rule("a", kBob, kAllow, kPersons) + domain + others, domain + others) ==
        "it is proved for watchers who assert one identity, not for those who assert several");
}

TEST_CASE("a difference under one reading alone is one", "[lint]") {
  const std::string exact = blurred("500");
  CHECK(why_not(rule("a", kBob, kAllow, kPersons + exact + blurred("5000")), rule("a", kBob, kAllow, kPersons + exact)) ==
        "provide-location would be gained, under the reading `geo-radius=coarsest`");
}

TEST_CASE("rules that would become a location server's are not the same", "[lint]") {
  CHECK(why_not(rule("a", kBob, handling("block")), rule("a", kBob)) == "it decides whether these are a presence agent's rules or a location server's");
}

}  // namespace presproof::lint
