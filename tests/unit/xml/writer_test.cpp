#include "xml/writer.h"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "unit/xml/reading.h"
#include "xml/namespaces.h"
#include "xml/prefixes.h"

using namespace presproof;
using namespace presproof::xml;

namespace {

const std::string kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string sample() {
  Writer writer;
  writer.start(ns::kPidf, "presence");
  writer.attribute("", "entity", "pres:alice@example.com");
  writer.start(ns::kPidf, "tuple");
  writer.attribute("", "id", "t1");
  writer.start(ns::kPidf, "status");
  writer.start("urn:example:own", "mood");
  writer.attribute("urn:example:other", "strength", "<\"&'>\t\n\r\xC3\xA4");
  writer.end();
  writer.end();
  writer.start(ns::kRpid, "class");
  writer.text("a & b < c > d ]]>\r\n\xC3\xA4");
  writer.end();
  writer.comment(" made -- by - hand-");
  writer.end();
  writer.start(ns::kPidf, "note");
  writer.attribute(ns::kXml, "lang", "en");
  writer.end();
  writer.end();
  return writer.finish();
}

}  // namespace

TEST_CASE("a document is written with its prefixes on the root, indented") {
  CHECK(sample() == kHead +
                        "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:ns1=\"urn:example:own\" "
                        "xmlns:ns2=\"urn:example:other\" xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\" "
                        "entity=\"pres:alice@example.com\">\n"
                        "  <tuple id=\"t1\">\n"
                        "    <status>\n"
                        "      <ns1:mood ns2:strength=\"&lt;&quot;&amp;'&gt;&#x9;&#xA;&#xD;\xC3\xA4\"/>\n"
                        "    </status>\n"
                        "    <rpid:class>a &amp; b &lt; c &gt; d ]]&gt;&#xD;\n\xC3\xA4</rpid:class>\n"
                        "    <!-- made - - by - hand- -->\n"
                        "  </tuple>\n"
                        "  <note xml:lang=\"en\"/>\n"
                        "</presence>\n");
}

TEST_CASE("the same calls give the same bytes") { CHECK(sample() == sample()); }

TEST_CASE("what was written is read again with the same names and values") {
  const Reading reading(sample());
  REQUIRE(reading.document);
  const Element root = reading.document->root();
  CHECK(root.is(ns::kPidf, "presence"));
  const Element tuple = *root.children().begin();
  auto child = tuple.children().begin();
  const Element mood = *(*child).children().begin();
  CHECK(mood.is("urn:example:own", "mood"));
  CHECK(mood.attribute(Name{"urn:example:other", "strength"})->value == "<\"&'>\t\n\r\xC3\xA4");
  const Element cls = *++child;
  CHECK(cls.is(ns::kRpid, "class"));
  CHECK(cls.text() == "a & b < c > d ]]>\r\n\xC3\xA4");
}

TEST_CASE("mixed content is not indented, nor what is inside") {
  Writer writer;
  writer.start("", "a");
  writer.start("", "b");
  writer.start("", "c");
  writer.start("", "d");
  writer.end();
  writer.end();
  writer.comment("x");
  writer.text("late text");
  writer.end();
  writer.start("", "e");
  writer.start("", "f");
  writer.end();
  writer.end();
  writer.end();
  CHECK(writer.finish() == kHead + "<a>\n  <b><c><d/></c><!--x-->late text</b>\n  <e>\n    <f/>\n  </e>\n</a>\n");
}

TEST_CASE("comments may stand around the root") {
  Writer writer;
  writer.comment("before");
  writer.start("u", "a");
  writer.end();
  writer.comment("after");
  const std::string text = writer.finish();
  CHECK(text == kHead + "<!--before-->\n<a xmlns=\"u\"/>\n<!--after-->\n");
  CHECK(Reading(text).document);
}

TEST_CASE("an element in no namespace keeps the document from having a default one") {
  Writer writer;
  writer.start(ns::kPidf, "presence");
  writer.start("", "plain");
  writer.end();
  writer.end();
  const std::string text = writer.finish();
  CHECK(text == kHead + "<pidf:presence xmlns:pidf=\"urn:ietf:params:xml:ns:pidf\">\n  <plain/>\n</pidf:presence>\n");
}

TEST_CASE("an attribute in the namespace of the root has a prefix") {
  Writer writer;
  writer.start("u", "a");
  writer.attribute("u", "b", "1");
  writer.attribute("", "b", "2");
  writer.end();
  const std::string text = writer.finish();
  CHECK(text == kHead + "<a xmlns=\"u\" xmlns:ns1=\"u\" ns1:b=\"1\" b=\"2\"/>\n");
}

TEST_CASE("a prefix of the table that is taken gives way to a number") {
  REQUIRE(usual_prefix(ns::kGeopriv) == usual_prefix(ns::kGeolocationPolicy));
  Writer writer;
  writer.start("", "a");
  writer.start(ns::kGeopriv, "b");
  writer.end();
  writer.start(ns::kGeolocationPolicy, "c");
  writer.end();
  writer.start(ns::kGeopriv, "d");
  writer.end();
  writer.end();
  const std::string text = writer.finish();
  CHECK_THAT(text, Catch::Contains("<gp:b/>") && Catch::Contains("<ns1:c/>") && Catch::Contains("<gp:d/>"));
  CHECK(Reading(text).document);
}

TEST_CASE("characters that XML forbids are replaced") {
  Writer writer;
  writer.start("", "a");
  writer.attribute("", "b", std::string_view("\0\x1B\xFF", 3));
  writer.text("x\xEF\xBF\xBFy\xED\xA0\x80");
  writer.comment("\x01");
  writer.end();
  const Reading reading(writer.finish());
  REQUIRE(reading.document);
  const std::string replacement = "\xEF\xBF\xBD";
  CHECK(reading.document->root().attribute("b")->value == replacement + replacement + replacement);
  CHECK(reading.document->root().text() == "x" + replacement + "y" + replacement + replacement + replacement);
}

TEST_CASE("misuse of the writer is a logic error") {
  Writer writer;
  CHECK_THROWS_AS(writer.end(), std::logic_error);
  CHECK_THROWS_AS(writer.text("x"), std::logic_error);
  CHECK_THROWS_AS(writer.attribute("", "a", "x"), std::logic_error);
  CHECK_THROWS_AS(writer.finish(), std::logic_error);
  CHECK_THROWS_AS(writer.start("", "a b"), std::logic_error);
  CHECK_THROWS_AS(writer.start("", ""), std::logic_error);
  CHECK_THROWS_AS(writer.start("", "p:a"), std::logic_error);
  writer.start("", "a");
  writer.attribute("", "b", "1");
  CHECK_THROWS_AS(writer.attribute("", "b", "2"), std::logic_error);
  CHECK_THROWS_AS(writer.attribute("", "xmlns", "u"), std::logic_error);
  CHECK_THROWS_AS(writer.attribute("http://www.w3.org/2000/xmlns/", "p", "u"), std::logic_error);
  CHECK_THROWS_AS(writer.finish(), std::logic_error);
  writer.text("x");
  CHECK_THROWS_AS(writer.attribute("", "c", "1"), std::logic_error);
  writer.end();
  CHECK_THROWS_AS(writer.start("", "b"), std::logic_error);
  CHECK_THROWS_AS(writer.text("x"), std::logic_error);
  CHECK(writer.finish() == kHead + "<a b=\"1\">x</a>\n");
}

TEST_CASE("every namespace that presproof knows has a usual prefix") {
  for (const std::string_view ns : {ns::kXml,
                                    ns::kCommonPolicy,
                                    ns::kPresRules,
                                    ns::kGeolocationPolicy,
                                    ns::kBasicLocationProfiles,
                                    ns::kGeoprivPolicy,
                                    ns::kOmaCommonPolicy,
                                    ns::kOmaPresRules,
                                    ns::kPidf,
                                    ns::kDataModel,
                                    ns::kRpid,
                                    ns::kCipid,
                                    ns::kGeopriv,
                                    ns::kBasicPolicy,
                                    ns::kCivicLoc,
                                    ns::kCivicAddr,
                                    ns::kGml,
                                    ns::kPidfloShapes,
                                    ns::kResourceLists,
                                    ns::kSimpleFilter}) {
    INFO(ns);
    CHECK_FALSE(usual_prefix(ns).empty());
  }
  CHECK(usual_prefix("urn:example:unknown").empty());
}
