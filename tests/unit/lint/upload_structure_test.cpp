#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

std::string parts(std::string_view inner) { return "<rule id=\"a\">" + std::string(inner) + "</rule>"; }
const std::string kConditions = "<conditions>" + kBob + "</conditions>";
const std::string kActions = "<actions>" + kAllow + "</actions>";

}  // namespace

TEST_CASE("a known element in a wrong place is reported, and moved between the parts of its rule", "[lint]") {
  Linted linted(rule("a", kBob, "", kServices + kAllow));
  CHECK(linted.message(Code::misplaced_element) == "`<pr:sub-handling>` belongs in `<actions>`, not in `<transformations>`: it is ignored");
  CHECK(linted.fixed(Code::misplaced_element) == rule("a", kBob, kAllow, kServices));
  CHECK(linted.count(Code::unexpected_content) == 0);
  CHECK_FALSE(Linted(parts("<transformations>" + kAllow + "</transformations>")).fixed(Code::misplaced_element).has_value());
  CHECK_FALSE(Linted(rule("a", identity("<except id='sip:a@b.example'/>"))).fixed(Code::misplaced_element).has_value());
  CHECK(Linted(rule("a", kBob, "", "<pr:provide-services><pr:deviceID>urn:a:b</pr:deviceID></pr:provide-services>"))
            .message(Code::misplaced_element) == "`<pr:deviceID>` does not belong in `<pr:provide-services>`: it selects nothing");
  CHECK(Linted(rule("a", kBob, kAllow, kServices)).count(Code::misplaced_element) == 0);
}

TEST_CASE("parts in a wrong order are reported, and put in order with what stands between them in its place", "[lint]") {
  Linted linted(parts("\n  " + kActions + "<!-- who -->\n  " + kConditions + "\n"));
  CHECK(linted.message(Code::parts_out_of_order) == "`<conditions>` stands after what it has to precede");
  CHECK(linted.fixed(Code::parts_out_of_order) == parts("\n  " + kConditions + "<!-- who -->\n  " + kActions + "\n"));
  CHECK(Linted(parts(kConditions + kActions)).count(Code::parts_out_of_order) == 0);
  CHECK_FALSE(Linted(parts("<actions xmlns:y='urn:y'/>" + kConditions)).fixed(Code::parts_out_of_order).has_value());
}

TEST_CASE("a repeated part is reported, and its content is put into the first", "[lint]") {
  const std::string sphere = "<sphere value=\"work\"/>";
  Linted linted(parts(kConditions + "<conditions> " + sphere + " </conditions>" + kActions));
  CHECK(linted.message(Code::repeated_part) == "the rule has a second `<conditions>`");
  CHECK(linted.fixed(Code::repeated_part) == parts("<conditions>" + kBob + sphere + "</conditions>" + kActions));
  CHECK(Linted(parts("<conditions/><conditions>" + sphere + "</conditions>")).fixed(Code::repeated_part) ==
        parts("<conditions>" + sphere + "</conditions>"));
  CHECK(Linted(parts(kConditions + "<conditions/>")).fixed(Code::repeated_part) == parts(kConditions));
  CHECK(Linted(parts(kConditions + "<actions/>" + kConditions)).count(Code::parts_out_of_order) == 0);
  CHECK(Linted(parts(kConditions + kActions)).count(Code::repeated_part) == 0);
}

TEST_CASE("text where none belongs is reported, and removed without the comments beside it", "[lint]") {
  Linted linted(rule("a", "\n    only friends\n    <!-- Bob -->\n    " + kBob));
  CHECK(linted.message(Code::unexpected_text) == "`<conditions>` holds text, which has no meaning there");
  CHECK(linted.fixed(Code::unexpected_text) == rule("a", "\n    <!-- Bob -->\n    " + kBob));
  CHECK(Linted(rule("a", "x" + kBob + "<![CDATA[y]]>")).fixed(Code::unexpected_text) == rule("a", kBob));
  Linted empty(rule("a", "<sphere value=\"work\"> </sphere>"));
  CHECK(empty.message(Code::unexpected_text) == "`<sphere>` is empty by definition: even white space in it says nothing");
  CHECK(empty.fixed(Code::unexpected_text) == rule("a", "<sphere value=\"work\"></sphere>"));
  CHECK(Linted(rule("a", "\n<!-- Bob -->\n" + kBob)).count(Code::unexpected_text) == 0);
}

TEST_CASE("an unknown attribute is reported, and removed unless a known one was meant", "[lint]") {
  Linted linted("<rule id=\"a\" priority=\"1\"/>");
  CHECK(linted.message(Code::unexpected_attribute) == "`<rule>` takes no attribute `priority`: it says nothing there");
  CHECK(linted.fixed(Code::unexpected_attribute) == "<rule id=\"a\"/>");
  CHECK_FALSE(Linted(rule("a", identity("<many domian=\"example.com\"/>"))).fixed(Code::unexpected_attribute).has_value());
  CHECK(Linted("<rule id=\"a\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"false\"/>")
            .count(Code::unexpected_attribute) == 0);
}

TEST_CASE("a name that is nearly a known one is reported with the allowed ones, and renamed", "[lint]") {
  Linted linted(rule("a", "<idenity><one id='sip:bob@example.com'/></idenity>"));
  CHECK(linted.message(Code::misspelt_element) ==
        "`<idenity>` of the namespace `urn:ietf:params:xml:ns:common-policy` is no known condition: it counts as false and the rule "
        "never matches; `<conditions>` may hold `<identity>`, `<sphere>`, `<validity>`, `<location-condition>`");
  CHECK(linted.fixed(Code::misspelt_element) == rule("a", "<identity><one id='sip:bob@example.com'/></identity>"));
  CHECK(Linted(rule("a", kBob, "<sub-handlin>allow</sub-handlin>")).fixed(Code::misspelt_element) == rule("a", kBob, kAllow));
  CHECK(linted.count(Code::unknown_condition) == 0);
  CHECK(Linted(rule("a", "<x:idenity xmlns:x='urn:x'/>")).count(Code::misspelt_element) == 0);
  CHECK(Linted(rule("a", "<moon/>")).count(Code::misspelt_element) == 0);
}

TEST_CASE("another encoding than UTF-8 and UTF-16 is reported", "[lint]") {
  const auto codes = [](std::string text) {
    diag::Sources sources;
    diag::Sink sink;
    CHECK_FALSE(xml::Document::read(sources, sources.add("rules.xml", std::move(text)), xml::Limits{}, sink).has_value());
    REQUIRE(sink.diagnostics().size() == 1);
    return sink.diagnostics().front().code;
  };
  CHECK(codes("<?xml version='1.0' encoding='ISO-8859-1'?><a/>") == Code::unsupported_encoding);
  CHECK(codes("<a>\xE9</a>") == Code::unsupported_encoding);
  CHECK(codes(std::string("\xFF\xFE\0\0<\0\0\0", 8)) == Code::unsupported_encoding);
  CHECK(codes("<?xml version='1.0' encoding='US-ASCII'?><a>\xC3\xA9</a>") == Code::unsupported_encoding);
  CHECK(codes("<?xml version='1.0' encoding='UTF-16'?><a/>") == Code::not_well_formed);
}

}  // namespace presproof::lint
