#include <algorithm>
#include <vector>

#include "diff/compare.h"
#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

/// The codes of all that is found, sorted.
std::vector<Code> all_codes_of(const Linted& linted) {
  auto sink = linted.sink();
  run_checks(linted.context(), sink);
  std::vector<Code> codes;
  for (const auto& found : sink.diagnostics()) codes.push_back(found.code);
  std::ranges::sort(codes);
  return codes;
}

/// Mends the only finding of the code; it is gone then, and none came.
Linted mended(Linted& linted, Code code) {
  const auto text = linted.fixed(code);
  REQUIRE(text.has_value());
  Linted after(*text);
  CHECK(after.count(code) == 0);
  CHECK(std::ranges::includes(all_codes_of(linted), all_codes_of(after)));
  return after;
}

diff::Verdict difference(const Linted& before, const Linted& after) {
  diff::Options how;
  how.timeout_s = 0;
  how.rlimit = 5'000'000;
  return diff::compare(before.policy(), after.policy(), how).verdict;
}

std::string place(std::string_view position, std::string_view radius) {
  const auto whole = circle(position, radius);
  const auto begin = whole.find("<gp:location ");
  return whole.substr(begin, whole.rfind("</gp:location-condition>") - begin);
}

const std::string kMarch = "<from>2026-03-01T00:00:00+01:00</from><until>2026-04-01T00:00:00+02:00</until>";
const std::string kEaster = "<from>2026-03-28T00:00:00Z</from><until>2026-04-07T00:00:00+02:00</until>";
const std::string kMay = "<from>2026-05-01T00:00:00Z</from><until>2026-06-01T00:00:00Z</until>";

}  // namespace

TEST_CASE("safe fixes of conditions leave every decision as it was, which the semantic difference proves", "[lint]") {
  const auto under = [](const std::string& condition) {
    return rule("friends", kBob, kAllow, kServices) + rule("more", kBob + condition, "", kPersons);
  };
  struct Case {
    Code code;
    std::string condition;
  };
  const std::vector<Case> cases = {
      {Code::rule_never_matches, R"(<sphere value="a b"/><sphere value="b c"/><sphere value="c a"/>)"},
      {Code::validity_out_of_order, "<validity>" + kMay + kMarch + "</validity>"},
      {Code::validity_overlapping, "<validity>" + kMarch + kEaster + kMay + "</validity>"},
      {Code::validity_overlapping, "<validity>" + kEaster + kMay + kMarch + "</validity>"},
      {Code::validity_overlapping, "<validity>" + kMarch + kMarch + "</validity>"},
      {Code::sphere_repeated, R"(<sphere value="home work HOME"/>)"},
      {Code::location_covered, "<gp:location-condition>" + place("0 0", "500") + place("0 0.001", "900") +
                                   place("9 9", "1") + "</gp:location-condition>"},
  };
  for (const auto& [code, condition] : cases) {
    CAPTURE(condition);
    CHECK(check_of(code)->fix_kind == FixKind::safe);
    Linted before(under(condition));
    const auto after = mended(before, code);
    CHECK(difference(before, after) == diff::Verdict::equivalent);
  }
}

TEST_CASE("fixes of conditions that change the meaning are not called safe", "[lint]") {
  Linted comma(rule("a", kBob, kAllow, kServices) + rule("b", kBob + R"(<sphere value="home,work"/>)", "", kPersons));
  CHECK(difference(comma, mended(comma, Code::sphere_comma)) == diff::Verdict::different);
  Linted reversed(rule("a", kBob + validity("2026-04-01T00:00:00Z", "2026-03-01T00:00:00Z"), kAllow, kServices));
  CHECK(difference(reversed, mended(reversed, Code::validity_empty)) == diff::Verdict::different);
  for (const auto code : {Code::sphere_comma, Code::validity_empty, Code::rule_expired})
    CHECK(check_of(code)->fix_kind == FixKind::changes_meaning);
}

}  // namespace presproof::lint
