#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

TEST_CASE("validity-empty fires for a period that ends before it begins", "[lint]") {
  Linted linted(rule("a", validity("2026-03-06T18:00:00Z", "2026-03-02T09:00:00Z")));
  CHECK(
      linted.message(Code::validity_empty) ==
      "this validity begins at 2026-03-06T18:00:00Z and ends before that, at 2026-03-02T09:00:00Z, so it never holds");
}

TEST_CASE("validity-empty fires for a period of no length, since the end is exclusive", "[lint]") {
  Linted linted(rule("a", validity("2026-03-02T10:00:00+01:00", "2026-03-02T09:00:00Z")));
  CHECK(linted.message(Code::validity_empty) ==
        "this validity begins and ends at 2026-03-02T09:00:00Z, so it never holds");
}

TEST_CASE("validity-empty is silent for a period of a second", "[lint]") {
  CHECK(Linted(rule("a", validity("2026-03-02T09:00:00Z", "2026-03-02T09:00:01Z"))).count(Code::validity_empty) == 0);
}

TEST_CASE("validity-empty compares instants and not wall clocks", "[lint]") {
  CHECK(Linted(rule("a", validity("2026-03-02T10:00:00Z", "2026-03-02T09:30:00-01:00"))).count(Code::validity_empty) ==
        0);
}

TEST_CASE("validity-empty leaves times without an offset to the reader's finding", "[lint]") {
  CHECK(Linted(rule("a", validity("2026-03-06T18:00:00", "2026-03-02T09:00:00"))).count(Code::validity_empty) == 0);
}

TEST_CASE("rule-expired is silent without a time", "[lint]") {
  CHECK(Linted(rule("a", validity("2000-01-01T00:00:00Z", "2001-01-01T00:00:00Z"))).count(Code::rule_expired) == 0);
}

TEST_CASE("rule-expired fires at the very moment of the end, which is exclusive", "[lint]") {
  Linted linted(rule("a", validity("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")));
  CHECK(linted.at("2026-01-31T23:59:59Z").count(Code::rule_expired) == 0);
  CHECK(linted.at("2026-02-01T00:00:00Z").message(Code::rule_expired) ==
        "rule `a` expired at 2026-02-01T00:00:00Z and never matches again");
}

TEST_CASE("rule-expired looks at the last of several periods", "[lint]") {
  Linted linted(rule("a",
                     "<validity><from>2026-05-01T00:00:00Z</from><until>2026-06-01T00:00:00Z</until>"
                     "<from>2026-01-01T00:00:00Z</from><until>2026-02-01T00:00:00Z</until></validity>"));
  CHECK(linted.at("2026-03-01T00:00:00Z").count(Code::rule_expired) == 0);
  CHECK(linted.at("2026-06-01T00:00:00Z").message(Code::rule_expired) ==
        "rule `a` expired at 2026-06-01T00:00:00Z and never matches again");
}

TEST_CASE("rule-expired fires once when one of two validity conditions is over", "[lint]") {
  Linted linted(rule("a", validity("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z") +
                              validity("2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z")));
  CHECK(linted.at("2026-03-01T00:00:00Z").count(Code::rule_expired) == 1);
}

TEST_CASE("rule-expired is silent for a period that never held, which is another finding", "[lint]") {
  Linted linted(rule("a", validity("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z")));
  CHECK(linted.at("2027-01-01T00:00:00Z").count(Code::rule_expired) == 0);
}

TEST_CASE("validity-empty exchanges two times in the wrong order, and leaves the rest alone", "[lint]") {
  Linted linted(
      "<rule id='a'>\n <conditions>\n  <validity>\n   <from> 2026-03-06T18:00:00Z</from>\n"
      "   <until>2026-03-02T09:00:00+01:00</until>\n  </validity>\n </conditions>\n</rule>");
  CHECK(linted.fixed(Code::validity_empty) ==
        "<rule id='a'>\n <conditions>\n  <validity>\n   <from>2026-03-02T09:00:00+01:00</from>\n"
        "   <until> 2026-03-06T18:00:00Z</until>\n  </validity>\n </conditions>\n</rule>");
}

TEST_CASE("validity-empty exchanges no times that are equal, or that would disturb the other periods", "[lint]") {
  CHECK_FALSE(Linted(rule("a", validity("2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z"))).fixed(Code::validity_empty));
  const auto beside = [](const std::string& from, const std::string& until) {
    return rule("a", "<validity><from>2026-03-06T00:00:00Z</from><until>2026-03-02T00:00:00Z</until><from>" + from +
                         "</from><until>" + until + "</until></validity>");
  };
  CHECK(Linted(beside("2026-03-07T00:00:00Z", "2026-03-08T00:00:00Z")).fixed(Code::validity_empty));
  CHECK_FALSE(Linted(beside("2026-03-06T00:00:00Z", "2026-03-08T00:00:00Z")).fixed(Code::validity_empty));
  CHECK_FALSE(Linted(beside("2026-03-01T00:00:00Z", "2026-03-01T12:00:00Z")).fixed(Code::validity_empty));
}

TEST_CASE("rule-expired removes the rule, but none with a comment", "[lint]") {
  const auto over = validity("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
  Linted linted("\n  " + rule("a", over) + "\n  " + rule("b", kBob) + "\n");
  CHECK(linted.at("2026-03-01T00:00:00Z").fixed(Code::rule_expired) == "\n  " + rule("b", kBob) + "\n");
  Linted commented(rule("a", "<!-- my holiday -->" + over));
  CHECK_FALSE(commented.at("2026-03-01T00:00:00Z").fixed(Code::rule_expired));
}

}  // namespace presproof::lint
