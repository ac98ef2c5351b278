#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

/// A period of 2026, from one day of March until another one.
std::string pair(std::string_view from, std::string_view until) {
  return "<from>2026-03-" + std::string(from) + "T00:00:00Z</from><until>2026-03-" + std::string(until) +
         "T00:00:00Z</until>";
}
std::string validity_of(std::string_view pairs) { return rule("a", "<validity>" + std::string(pairs) + "</validity>"); }
std::size_t out_of_order(const std::string& pairs) {
  return Linted(validity_of(pairs)).count(Code::validity_out_of_order);
}
std::size_t overlapping(const std::string& pairs) {
  return Linted(validity_of(pairs)).count(Code::validity_overlapping);
}

}  // namespace

TEST_CASE("validity-out-of-order fires once for a period that begins before the one above it", "[lint]") {
  Linted linted(validity_of(pair("20", "21") + pair("10", "11") + pair("01", "02")));
  CHECK(linted.message(Code::validity_out_of_order) ==
        "this period begins at 2026-03-10T00:00:00Z, before the one above it, which begins at 2026-03-20T00:00:00Z");
  CHECK(linted.run(Code::validity_out_of_order)[0].related.size() == 1);
}

TEST_CASE("validity-out-of-order is silent for periods in order, and for those that begin together", "[lint]") {
  CHECK(out_of_order(pair("10", "11") + pair("20", "21")) == 0);
  CHECK(out_of_order(pair("10", "15") + pair("10", "11")) == 0);
}

TEST_CASE("validity-out-of-order leaves periods that never hold to what else is said of them", "[lint]") {
  CHECK(out_of_order(pair("20", "21") + pair("11", "10")) == 0);
  CHECK(out_of_order(pair("20", "21") + "<from>2026-03-10T00:00:00</from><until>2026-03-11T00:00:00Z</until>") == 0);
}

TEST_CASE("validity-out-of-order sorts the pairs and keeps the text of each", "[lint]") {
  const auto text = [](std::string_view first, std::string_view second) {
    return "<rule id='a'><conditions><validity>\n  " + std::string(first) + "\n  " + std::string(second) +
           "\n</validity></conditions></rule>";
  };
  const std::string later = "<from>2026-03-20T01:00:00+01:00</from>  <until>2026-03-21T00:00:00Z</until>";
  const std::string earlier = "<from> 2026-03-10T00:00:00.0Z</from>\n <until>2026-03-11T00:00:00Z</until>";
  CHECK(Linted(text(later, earlier)).fixed(Code::validity_out_of_order) == text(earlier, later));
  CHECK_FALSE(Linted(text(later, "<!-- the fair -->" + earlier)).fixed(Code::validity_out_of_order));
}

TEST_CASE("validity-overlapping fires for periods that overlap", "[lint]") {
  Linted linted(validity_of(pair("10", "15") + pair("12", "20")));
  CHECK(
      linted.message(Code::validity_overlapping) ==
      "this period begins at 2026-03-12T00:00:00Z, before that in line 3 ends, at 2026-03-15T00:00:00Z: they are one");
  CHECK(linted.fixed(Code::validity_overlapping) == validity_of(pair("10", "20")));
}

TEST_CASE("validity-overlapping fires for periods that touch, and not for a second between them", "[lint]") {
  Linted linted(validity_of(pair("10", "15") + pair("15", "20")));
  CHECK(linted.message(Code::validity_overlapping) ==
        "this period begins at 2026-03-15T00:00:00Z, when that in line 3 ends: they are one");
  CHECK(linted.fixed(Code::validity_overlapping) == validity_of(pair("10", "20")));
  CHECK(overlapping("<from>2026-03-10T00:00:00Z</from><until>2026-03-14T23:59:59Z</until>" + pair("15", "20")) == 0);
}

TEST_CASE("validity-overlapping fires for a period within another one, and removes it", "[lint]") {
  Linted inside(validity_of(pair("10", "20") + pair("12", "15")));
  CHECK(inside.message(Code::validity_overlapping) == "this period lies within that in line 3, and adds nothing");
  CHECK(inside.fixed(Code::validity_overlapping) == validity_of(pair("10", "20")));
  Linted before(validity_of(pair("12", "15") + pair("10", "20")));
  CHECK(before.fixed(Code::validity_overlapping) == validity_of(pair("10", "20")));
  Linted same(validity_of(pair("10", "20") + pair("10", "20")));
  CHECK(same.message(Code::validity_overlapping) == "this period is the same as that in line 3");
  CHECK(same.fixed(Code::validity_overlapping) == validity_of(pair("10", "20")));
}

TEST_CASE("validity-overlapping compares with the period that ends last, not with the neighbour", "[lint]") {
  CHECK(overlapping(pair("01", "20") + pair("02", "03") + pair("10", "12")) == 2);
  CHECK(overlapping(pair("01", "05") + pair("02", "03") + pair("10", "12")) == 1);
}

TEST_CASE("validity-overlapping removes the lines of a pair, and none where a comment stands", "[lint]") {
  const std::string begin = "<rule id='a'><conditions><validity>\n  <from>2026-03-10T00:00:00Z</from>\n";
  const std::string end = "</validity></conditions></rule>";
  const std::string second = "  <from>2026-03-12T00:00:00Z</from>\n  <until>2026-03-20T00:00:00Z</until>\n";
  CHECK(Linted(begin + "  <until>2026-03-15T00:00:00Z</until>\n" + second + end).fixed(Code::validity_overlapping) ==
        begin + "  <until>2026-03-20T00:00:00Z</until>\n" + end);
  CHECK_FALSE(Linted(begin + "  <until>2026-03-15T00:00:00Z</until><!-- later -->\n" + second + end)
                  .fixed(Code::validity_overlapping));
}

TEST_CASE("validity-overlapping is silent for two validity conditions, which are ANDed", "[lint]") {
  CHECK(Linted(rule("a", "<validity>" + pair("10", "15") + "</validity><validity>" + pair("12", "20") + "</validity>"))
            .count(Code::validity_overlapping) == 0);
}

TEST_CASE("rule-not-yet-valid fires until the first period begins", "[lint]") {
  Linted linted(validity_of(pair("20", "21") + pair("10", "11")));
  CHECK(linted.count(Code::rule_not_yet_valid) == 0);
  CHECK(linted.at("2026-03-09T23:59:59Z").message(Code::rule_not_yet_valid) ==
        "rule `a` does not match before 2026-03-10T00:00:00Z");
  CHECK(linted.at("2026-03-10T00:00:00Z").count(Code::rule_not_yet_valid) == 0);
  CHECK(linted.at("2026-03-15T00:00:00Z").count(Code::rule_not_yet_valid) == 0);
}

TEST_CASE("rule-not-yet-valid takes of two validity conditions the later one", "[lint]") {
  Linted linted(
      rule("a", "<validity>" + pair("10", "25") + "</validity><validity>" + pair("20", "26") + "</validity>"));
  CHECK(linted.at("2026-03-01T00:00:00Z").message(Code::rule_not_yet_valid) ==
        "rule `a` does not match before 2026-03-20T00:00:00Z");
}

TEST_CASE("rule-not-yet-valid is silent for a rule that is over by another condition", "[lint]") {
  Linted linted(
      rule("a", "<validity>" + pair("10", "11") + "</validity><validity>" + pair("20", "26") + "</validity>"));
  const auto context = linted.at("2026-03-15T00:00:00Z").context();
  diag::Sink sink;
  run_checks(context, sink);
  for (const auto& found : sink.diagnostics()) CHECK(found.code != Code::rule_not_yet_valid);
}

}  // namespace presproof::lint
