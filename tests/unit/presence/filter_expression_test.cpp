#include <catch2/catch.hpp>

#include "diag/error.h"
#include "presence/filter_expression.h"

using namespace presproof;
using namespace presproof::presence;

namespace {

const NamespaceBindings kBindings = {{"pidf", "urn:ietf:params:xml:ns:pidf"}, {"r", "urn:r"}};

Selection parse(std::string_view text) {
  return parse_selection(text, kBindings, [](std::size_t offset) {
    return SourceSpan{0, 1, static_cast<std::uint32_t>(offset + 1), 1};
  });
}

/// The column of the error, from 1; 0 when the text is accepted.
std::uint32_t error_column(std::string_view text) {
  try {
    static_cast<void>(parse(text));
    return 0;
  } catch (const diag::InputError& error) {
    return error.problems().at(0).span.column;
  }
}

NameTest pidf(std::string local) { return {false, "urn:ietf:params:xml:ns:pidf", std::move(local)}; }

}  // namespace

TEST_CASE("a path is steps of children and descendants") {
  const Selection selection = parse("/pidf:presence//r:a/*");
  REQUIRE(selection.steps.size() == 3);
  CHECK(selection.steps[0].axis == FilterAxis::child);
  CHECK(selection.steps[0].name == pidf("presence"));
  CHECK(selection.steps[1].axis == FilterAxis::descendant);
  CHECK(selection.steps[1].name == NameTest{false, "urn:r", "a"});
  CHECK(selection.steps[2].name.any);
  CHECK_FALSE(selection.attribute);
}

TEST_CASE("white space between tokens means nothing") {
  CHECK(parse(" \n/ pidf:presence /\n  pidf:tuple [ @id = 'x' ] ") == parse("/pidf:presence/pidf:tuple[@id='x']"));
}

TEST_CASE("a name without a prefix is of no namespace and prefix xml is always bound") {
  CHECK(parse("//tuple").steps[0].name == NameTest{false, "", "tuple"});
  CHECK(parse("//pidf:note/@xml:lang").attribute == NameTest{false, "http://www.w3.org/XML/1998/namespace", "lang"});
}

TEST_CASE("a path may end in an attribute") {
  CHECK(parse("//pidf:contact/@priority").attribute == NameTest{false, "", "priority"});
  const Selection any = parse("//@status");
  REQUIRE(any.steps.size() == 1);
  CHECK(any.steps[0].axis == FilterAxis::descendant_or_self);
  CHECK(any.steps[0].name.any);
  CHECK(parse("/*//@x").steps.size() == 2);
}

TEST_CASE("conditions compare paths, attributes and the element itself") {
  const auto test = [](std::string_view text) {
    return parse(text).steps.at(0).conditions.at(0).alternatives.at(0).at(0);
  };
  CHECK(test("//a[pidf:status/pidf:basic=\"open\"]").path == std::vector{pidf("status"), pidf("basic")});
  CHECK(test("//a[*/pidf:basic=\"open\"]").path[0].any);
  CHECK(test("//a[@x='1']").attribute == NameTest{false, "", "x"});
  CHECK(test("//a[pidf:b/@x='1']").path.size() == 1);
  CHECK(test("//a[.='1']").path.empty());
  CHECK(test("//a[..='1']").start == FilterTest::Start::parent);
  CHECK(test("//a[@x<500]").comparison == Comparison::less);
  CHECK(std::get<double>(test("//a[@x > -1.5]").literal) == -1.5);
  CHECK(std::get<std::string>(test("//a[@x=\"it's\"]").literal) == "it's");
  CHECK(std::get<std::string>(test("//a[@x='  ']").literal) == "  ");
}

TEST_CASE("and binds tighter than or, and names may begin with them") {
  const auto condition = parse("//a[b='1' or c='2' and d='3']").steps[0].conditions.at(0);
  REQUIRE(condition.alternatives.size() == 2);
  CHECK(condition.alternatives[0].size() == 1);
  CHECK(condition.alternatives[1].size() == 2);
  CHECK(parse("//a[order='1' and android='2']").steps[0].conditions.at(0).alternatives.at(0).at(1).path[0].local ==
        "android");
}

TEST_CASE("several conditions and conditions before the last step are read") {
  const Selection selection = parse("//a[b='1'][c='2']/d[e='3']");
  CHECK(selection.steps[0].conditions.size() == 2);
  CHECK(selection.steps[1].conditions.size() == 1);
}

TEST_CASE("an unbound prefix is an error at the prefix") {
  CHECK(error_column("//pidf:tuple/rpid:class") == 14);
  CHECK(error_column("//pidf:tuple[rpid:class='a']") == 14);
}

TEST_CASE("what RFC 4661 leaves out of XPath is an error where it stands") {
  CHECK(error_column("") == 1);
  CHECK(error_column("pidf:tuple") == 1);
  CHECK(error_column("/") == 2);
  CHECK(error_column("//") == 3);
  CHECK(error_column("/pidf:a/") == 9);
  CHECK(error_column("/@id") == 3);
  CHECK(error_column("/pidf:a/text()") == 13);
  CHECK(error_column("/child::a") == 7);
  CHECK(error_column("/pidf:*") == 7);
  CHECK(error_column("/a | /b") == 4);
  CHECK(error_column("/a/../b") == 4);
  CHECK(error_column("/a[1]") == 4);
  CHECK(error_column("/a[b]") == 5);
  CHECK(error_column("/a[b!='1']") == 5);
  CHECK(error_column("/a[b<='1']") == 5);
  CHECK(error_column("/a['1'=b]") == 4);
  CHECK(error_column("/a[b=c]") == 6);
  CHECK(error_column("/a[b=1e3]") == 7);
  CHECK(error_column("/a[b='1]") == 6);
  CHECK(error_column("/a[b='1'") == 9);
  CHECK(error_column("/a[b='1' xor c='2']") == 10);
  CHECK(error_column("/a[(b='1')]") == 4);
  CHECK(error_column("/a[//b='1']") == 4);
  CHECK(error_column("/a[b//c='1']") == 6);
  CHECK(error_column("/a[./b='1']") == 5);
  CHECK(error_column("/a[not(b='1')]") == 7);
  CHECK(error_column("/a/@b[.='1']") == 6);
  CHECK(error_column("/a/@*") == 5);
  CHECK(error_column("/a/@b/c") == 6);
  CHECK(error_column("/a b") == 4);
  CHECK(error_column("/a:") == 3);
  CHECK(error_column("/1a") == 2);
}

TEST_CASE("numbers are XPath's") {
  CHECK(xpath_number(" 12 ") == 12);
  CHECK(xpath_number("-0.5") == -0.5);
  CHECK(xpath_number(".5") == 0.5);
  CHECK(xpath_number("5.") == 5);
  for (const std::string_view text : {"", " ", "+1", "1e3", "0x1", "1.2.3", "--1", "-", ".", "1 2", "inf", "nan"}) {
    CHECK_FALSE(xpath_number(text));
  }
}
