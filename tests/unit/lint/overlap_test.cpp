#include "unit/lint/fixture.h"

namespace presproof::lint {

using policy::RuleRef;

namespace {

/// Who matches both rules of these conditions, or "nobody".
std::string common(const std::string& first, const std::string& second) {
  const Linted linted(rule("a", first) + rule("b", second));
  const Overlap overlap(linted.policy());
  const auto there = overlap.common_watcher({0, 0}, {0, 1});
  const auto back = overlap.common_watcher({0, 1}, {0, 0});
  CHECK(there.has_value() == back.has_value());
  const auto candidates = overlap.candidates({0, 0});
  if (there) CHECK(std::find(candidates.begin(), candidates.end(), RuleRef{0, 1}) != candidates.end());
  return there.value_or("nobody");
}

const std::string kDomain = identity(R"(<many domain="example.com"/>)");
const std::string kAnybody = identity("<many/>");

}  // namespace

TEST_CASE("rules meet for whom both name", "[lint]") {
  CHECK(common(kBob, kBob) == "`sip:bob@example.com`");
  CHECK(common(kBob, one("sip:bob@EXAMPLE.com")) == "`sip:bob@example.com`");
  CHECK(common(kBob, one("sips:bob@example.com")) == "nobody");
  CHECK(common(kBob, one("sip:Bob@example.com")) == "nobody");
  CHECK(common(kBob, kDomain) == "`sip:bob@example.com`");
  CHECK(common(one("sip:bob@sub.example.com"), kDomain) == "nobody");
  CHECK(common(one("tel:+1212"), kDomain) == "nobody");
  CHECK(common(one("tel:+1212"), kAnybody) == "`tel:+1212`");
}

TEST_CASE("rules meet for strangers of a domain, and of any", "[lint]") {
  CHECK(common(kDomain, kDomain) == "any other watcher of `example.com`");
  CHECK(common(kDomain, identity(R"(<many domain="example.net"/>)")) == "nobody");
  CHECK(common(kDomain, kAnybody) == "any other watcher of `example.com`");
  CHECK(common(kAnybody, kAnybody) == "watchers of any domain");
  CHECK(common(kAnybody, "") == "watchers of any domain");
  CHECK(common("", "") == "every watcher");
}

TEST_CASE("exceptions keep rules apart", "[lint]") {
  CHECK(common(kBob, identity(R"(<many><except id="sip:bob@example.com"/></many>)")) == "nobody");
  CHECK(common(kBob, identity(R"(<many><except domain="example.com"/></many>)")) == "nobody");
  CHECK(common(kDomain, identity(R"(<many><except domain="example.com"/></many>)")) == "nobody");
  CHECK(common(kDomain, identity(R"(<many><except id="sip:bob@example.com"/></many>)")) ==
        "any other watcher of `example.com`");
}

TEST_CASE("several identity conditions are ANDed", "[lint]") {
  CHECK(common(kDomain + kBob, kAnybody) == "`sip:bob@example.com`");
  CHECK(common(kDomain + one("sip:eve@example.net"), kAnybody) == "nobody");
}

TEST_CASE("rules meet only when their times do", "[lint]") {
  const auto day = [](int from, int until) {
    return validity("2026-03-0" + std::to_string(from) + "T00:00:00Z",
                    "2026-03-0" + std::to_string(until) + "T00:00:00Z");
  };
  CHECK(common(day(1, 3), day(2, 4)) == "every watcher");
  CHECK(common(day(1, 3), day(3, 4)) == "nobody");
  CHECK(common(day(1, 3) + day(2, 4), day(3, 5)) == "nobody");
  CHECK(common(day(1, 4) + day(2, 5), day(3, 5)) == "every watcher");
  CHECK(common(day(3, 1), "") == "nobody");
}

TEST_CASE("rules meet only when their spheres do, whatever the letters' case", "[lint]") {
  CHECK(common(R"(<sphere value="work home"/>)", R"(<sphere value="HOME"/>)") == "every watcher");
  CHECK(common(R"(<sphere value="work"/>)", R"(<sphere value="home"/>)") == "nobody");
  CHECK(common(R"(<sphere value="work"/>)", "") == "every watcher");
}

TEST_CASE("locations are taken to meet, but for conditions that never hold", "[lint]") {
  CHECK(common(circle("10 10", "5"), circle("50 50", "5")) == "every watcher");
  CHECK(common("<x:y xmlns:x='urn:x'/>", "") == "nobody");
  CHECK(common(R"(<gp:location-condition><gp:location profile="lunar"/></gp:location-condition>)", "") == "nobody");
}

TEST_CASE("a rule can match unless a condition never holds", "[lint]") {
  const auto can = [](const std::string& conditions) {
    const Linted linted(rule("a", conditions));
    return Overlap(linted.policy()).can_match({0, 0});
  };
  CHECK(can(""));
  CHECK(can(kBob));
  CHECK(can(kAnybody));
  CHECK_FALSE(can("<identity/>"));
  CHECK_FALSE(can(kBob + one("sip:eve@example.net")));
  CHECK_FALSE(can(identity(R"(<many domain="example.com"><except domain="example.com"/></many>)")));
}

TEST_CASE("candidates leave out rules for others", "[lint]") {
  const Linted linted(rule("a", kBob) + rule("b", one("sip:eve@example.com")) + rule("c", kDomain) + rule("d", ""));
  const Overlap overlap(linted.policy());
  const auto of = [&](RuleRef rule) {
    const auto candidates = overlap.candidates(rule);
    return std::vector<RuleRef>(candidates.begin(), candidates.end());
  };
  CHECK(of({0, 0}) == std::vector<RuleRef>{{0, 0}, {0, 2}, {0, 3}});
  CHECK(of({0, 2}) == std::vector<RuleRef>{{0, 0}, {0, 1}, {0, 2}, {0, 3}});
  CHECK(of({0, 3}) == std::vector<RuleRef>{{0, 0}, {0, 1}, {0, 2}, {0, 3}});
}

}  // namespace presproof::lint
