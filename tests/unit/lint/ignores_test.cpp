#include "lint/ignores.h"

#include <algorithm>

#include "unit/lint/fixture.h"

namespace presproof::lint {
namespace {

using diag::Code;

/// Open to everybody of any domain: PP302.
std::string open_rule(std::string_view inside = "") {
  return R"(<rule id="r">)" + std::string(inside) + "<conditions>" + identity("<many/>") + "</conditions><actions>" + kAllow + "</actions></rule>";
}
std::string comment(std::string_view words) { return "<!-- presproof: ignore " + std::string(words) + " -->"; }

struct After {
  std::size_t ignored = 0;
  std::vector<diag::Diagnostic> left;
  [[nodiscard]] std::size_t count(Code code) const {
    return static_cast<std::size_t>(std::ranges::count(left, code, &diag::Diagnostic::code));
  }
  [[nodiscard]] std::string message(Code code) const {
    REQUIRE(count(code) == 1);
    return std::ranges::find(left, code, &diag::Diagnostic::code)->message;
  }
};

After after(Linted& linted) {
  auto sink = linted.sink();
  check_of(Code::any_authenticated_watcher)->run(linted.context(), sink);
  After result;
  result.ignored = apply_ignores(linted.context(), sink);
  result.left = sink.diagnostics();
  return result;
}
After after(const std::string& rules) {
  Linted linted(rules);
  return after(linted);
}

}  // namespace

TEST_CASE("a comment before an element ignores what is found in it, and in nothing else") {
  const auto found = after(comment("PP302 the desk answers everybody") + open_rule() + "<rule id=\"s\"><conditions>" + identity("<many/>") + "</conditions><actions>" + kAllow +
                           "</actions></rule>");
  CHECK(found.ignored == 1);
  CHECK(found.count(Code::any_authenticated_watcher) == 1);
  CHECK(found.count(Code::unused_ignore) == 0);
}

TEST_CASE("a comment that is the first thing in an element concerns that element") {
  CHECK(after(open_rule(comment("any-authenticated-watcher because"))).ignored == 1);
  CHECK(after(open_rule("<!-- about this rule -->\n" + comment("PP302 because"))).ignored == 1);
  // Behind the conditions no longer: then it concerns the actions.
  CHECK(after("<rule id=\"r\"><conditions>" + identity("<many/>") + "</conditions>" + comment("PP302 because") + "<actions>" + kAllow + "</actions></rule>").ignored == 0);
}

TEST_CASE("several codes stand with commas between them") {
  const auto found = after(comment("PP301, PP302,PP208 the desk answers everybody") + open_rule());
  CHECK(found.ignored == 1);
  CHECK(found.message(Code::unused_ignore) ==
        "this comment ignores `open-to-unauthenticated` and `except-without-effect`, but nothing of that kind is found in the element that it concerns");
}

TEST_CASE("a comment without a reason does not count") {
  for (const auto* words : {"PP302", "PP302,", "PP302 ..."}) {
    const auto found = after(comment(words) + open_rule());
    CHECK(found.ignored == 0);
    CHECK(found.count(Code::any_authenticated_watcher) == 1);
    CHECK(found.message(Code::ignore_without_reason) == "this comment ignores `PP302` without a reason, so it does not count");
    CHECK(found.count(Code::unused_ignore) == 0);
  }
}

TEST_CASE("a comment that ignores nothing is a note, and can be taken out") {
  const std::string rest = "\n  <rule id=\"r\"><conditions>" + kBob + "</conditions></rule>\n";
  Linted linted("\n  " + comment("PP302 because") + rest);
  const auto found = after(linted);
  CHECK(found.message(Code::unused_ignore) == "this comment ignores `any-authenticated-watcher`, but nothing of that kind is found in the element that it concerns");
  const auto finding = *std::ranges::find(found.left, Code::unused_ignore, &diag::Diagnostic::code);
  const auto text = fixed_text(linted.context(), finding);
  REQUIRE(text.has_value());
  CHECK(text->find(rest) != std::string::npos);
  CHECK(text->find("presproof") == std::string::npos);
}

TEST_CASE("a comment behind the last element concerns nothing") {
  CHECK(after(open_rule() + comment("PP302 because")).message(Code::unused_ignore) ==
        "this comment ignores `any-authenticated-watcher`, but no element follows that it could concern");
}

TEST_CASE("what was not looked for does not make a comment unused") {
  CHECK(after(comment("PP205 kept as an example") + open_rule()).count(Code::unused_ignore) == 0);
  Linted linted(comment("PP301 because") + open_rule());
  linted.options().disabled = {Code::open_to_unauthenticated};
  CHECK(after(linted).count(Code::unused_ignore) == 0);
}

TEST_CASE("a word that is no finding is reported with the nearest one") {
  const auto found = after(comment("any-authenticated-watchers because") + open_rule());
  CHECK(found.message(Code::unknown_ignore) == "`any-authenticated-watchers` is no finding, so this comment does not ignore it");
  CHECK(std::ranges::find(found.left, Code::unknown_ignore, &diag::Diagnostic::code)->fix == "did you mean `any-authenticated-watcher`?");
  CHECK(found.count(Code::any_authenticated_watcher) == 1);
  CHECK(after(comment("PP100 because") + open_rule()).message(Code::unknown_ignore) == "`PP100` cannot be ignored in a document");
  CHECK(after("<!-- presproof: ignroe PP302 because -->" + open_rule()).count(Code::unknown_ignore) == 1);
  CHECK(after("<!-- presproof: made by hand -->" + open_rule()).count(Code::unknown_ignore) == 0);
}

TEST_CASE("comments are looked for where XML has them") {
  CHECK(find_ignores("<a b='<!-- presproof: ignore PP302 x -->'><![CDATA[<!-- presproof: ignore PP302 x -->]]></a>").empty());
  const auto found = find_ignores("<!-- presproof: ignore PP302 all of it --><?pi x?>\n<a><b/><!--presproof:ignore PP301 x--><c d=\">\"/></a>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].from == 51);
  CHECK(found[0].until == 103);
  CHECK(found[1].reason == "x");
  CHECK(found[1].until == 99);
}

}  // namespace presproof::lint
