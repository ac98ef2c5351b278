#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "unit/xml/reading.h"

using namespace presproof;
using namespace presproof::xml;
using namespace std::string_literals;

namespace {

struct Case {
  std::string text;
  std::string place;    ///< line:column
  std::string message;  ///< a part of it
};

void check_refused(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const Reading reading(c.text);
    INFO(c.text);
    CHECK_FALSE(reading.document);
    REQUIRE(reading.sink.diagnostics().size() == 1);
    const diag::Diagnostic& found = reading.sink.diagnostics().front();
    CHECK((found.code == diag::Code::not_well_formed || found.code == diag::Code::unsupported_encoding));
    CHECK(Reading::place(found.span) == c.place);
    CHECK_THAT(found.message, Catch::Contains(c.message));
  }
}

void check_read(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const Reading reading(text);
    INFO(text);
    if (!reading.sink.diagnostics().empty()) UNSCOPED_INFO(reading.finding());
    CHECK(reading.document);
    CHECK(reading.sink.diagnostics().empty());
  }
}

}  // namespace

TEST_CASE("a document has exactly one root and nothing but comments, instructions and space around it") {
  check_refused({
      {"", "1:1", "no root element"},
      {"\n \n", "3:1", "no root element"},
      {"<!-- only -->", "1:14", "no root element"},
      {"<a/><b/>", "1:5", "`b` is a second root element"},
      {"<a></a>\n<a/>", "2:1", "second root"},
      {"x<a/>", "1:1", "text stands before the root element"},
      {"<a/>\n x", "2:2", "text stands after the root element"},
      {"<a/>&amp;", "1:5", "text stands after the root element"},
      {"<a/><![CDATA[x]]>", "1:5", "CDATA section stands outside"},
      {"<![CDATA[x]]><a/>", "1:1", "CDATA section stands outside"},
      {"<a/></a>", "1:5", "`</a>` ends no element"},
      {"</a>", "1:1", "`</a>` ends no element"},
  });
  check_read({"<a/>", " \n<a/>\n ", "<!-- a --><a/><!-- b --><?c?>", "<?p data?>\n<a></a>\t", "<a />", "<a></a >"});
}

TEST_CASE("tags are balanced and the message names both") {
  check_refused({
      {"<a><b></a></b>", "1:7", "the end tag of `a` stands where that of `b` is expected"},
      {"<a>\n  <b>\n</a>", "3:1", "the end tag of `a` stands where that of `b` is expected"},
      {"<a></A>", "1:4", "the end tag of `A` stands where that of `a` is expected"},
      {"<a></ab>", "1:4", "the end tag of `ab`"},
      {"<ab></a>", "1:5", "the end tag of `a`"},
      {"<a><b/>", "1:8", "the document ends before the end tag of `a`"},
      {"<a>text", "1:8", "the document ends before the end tag of `a`"},
      {"<a></a b>", "1:8", "`>` is expected behind the name of an end tag, not `b`"},
      {"<a></a", "1:7", "the document ends within an end tag"},
      {"<a></", "1:6", "the document ends within an end tag"},
      {"<a></ a>", "1:6", "an element name is expected here, and none begins with ` `"},
  });
  const Reading reading("<a>\n  <bb c='d'>\n</a>");
  REQUIRE(reading.sink.diagnostics().front().related.size() == 1);
  const diag::Related& related = reading.sink.diagnostics().front().related.front();
  CHECK(Reading::place(related.span) == "2:3");
  CHECK(related.span.length == 3);
  CHECK(related.message == "`bb` begins here");
}

TEST_CASE("names begin and go on as XML 1.0 has it") {
  check_refused({
      {"<1a/>", "1:2", "an element name is expected here, and none begins with `1`"},
      {"< a/>", "1:2", "an element name is expected here, and none begins with ` `"},
      {"<-a/>", "1:2", "none begins with `-`"},
      {"<\xC2\xB7/>", "1:2", "none begins with"},
      {"<a@/>", "1:3", "`@` must not stand here in the start tag of `a`"},
      {"<a \xC3\x97='1'/>", "1:4", "an attribute name is expected here"},
      {"<a b\xC3\x97='1'/>", "1:5", "`=` and a value are expected behind the attribute name `b`"},
      {"<a b:c:d='1' xmlns:b='u'/>", "1:7", "one colon at most"},
      {"<a:b:c/>", "1:5", "one colon at most"},
      {"<:a/>", "1:2", "none begins with `:`"},
      {"<a:/>", "1:4", "none begins with `/`"},
      {"<a:1 xmlns:a='u'/>", "1:4", "none begins with `1`"},
      {"<", "1:2", "the document ends within a tag"},
      {"<a", "1:3", "the document ends within a start tag"},
      {"<a ", "1:4", "the document ends within a start tag"},
      {"<a/", "1:3", "`/` must not stand here"},
      {"<a / >", "1:4", "an attribute name is expected here, and none begins with `/`"},
  });
  check_read({"<_a-1.b/>", "<\xC3\xA4\xC2\xB7/>", "<\xE4\xBA\xBA \xE5\x90\x8D='1'/>", "<\xF0\x90\x80\x80/>"});
}

TEST_CASE("attributes have quoted values, white space between them and no repetition") {
  check_refused({
      {"<a b/>", "1:5", "`=` and a value are expected behind the attribute name `b`, not `/`"},
      {"<a b c='1'/>", "1:6", "`=` and a value are expected"},
      {"<a b=c/>", "1:6", "an attribute value in quotes is expected here, not `c`"},
      {"<a b=/>", "1:6", "an attribute value in quotes"},
      {"<a b=", "1:6", "the document ends where an attribute value is expected"},
      {"<a b", "1:5", "the document ends within a start tag"},
      {"<a b='c", "1:8", "the document ends within an attribute value"},
      {"<a b='1'c='2'/>", "1:9", "white space is required between attributes"},
      {"<a b='1'\"/>", "1:9", "must not stand here in the start tag of `a`"},
      {"<a\n b='<'/>", "2:5", "`<` must not stand in an attribute value"},
      {"<a b='1' c='2'\n  b='3'/>", "2:3", "the attribute `b` stands here a second time"},
      {"<a b='1' b='1'></a>", "1:10", "the attribute `b` stands here a second time"},
      {"<a b='x & y'/>", "1:9", "`&` begins no reference"},
  });
  check_read({"<a b='1'/>", "<a b = \"1\"\n\tc='2'\r\n/>", "<a b='\"' c=\"'\" d='>'/>", "<a b='' c=''></a>"});
  const Reading reading("<a b='1' c='2'\n  b='3'/>");
  REQUIRE(reading.sink.diagnostics().front().related.size() == 1);
  CHECK(Reading::place(reading.sink.diagnostics().front().related.front().span) == "1:4");
}

TEST_CASE("a repetition is found among many attributes, too") {
  std::string tag = "<a";
  for (int i = 0; i < 100; ++i) tag += " b" + std::to_string(i) + "='1'";
  check_read({tag + "/>"});
  check_refused({{tag + "\n b70='1' b3='1'/>", "2:2", "the attribute `b70` stands here a second time"}});
}

TEST_CASE("references are to the five predefined entities and to legal characters") {
  check_refused({
      {"<a>&nbsp;</a>", "1:4", "the entity `&nbsp;` is not declared"},
      {"<a>x &lt y</a>", "1:6", "`&` begins no reference here"},
      {"<a>&;</a>", "1:4", "`&` begins no reference here"},
      {"<a>& </a>", "1:4", "`&` begins no reference here"},
      {"<a>&", "1:4", "`&` begins no reference here"},
      {"<a>&#;</a>", "1:4", "`&#;` is not a character reference"},
      {"<a>&#x;</a>", "1:4", "`&#x;` is not a character reference"},
      {"<a>&#X41;</a>", "1:4", "`&#X41;` is not a character reference"},
      {"<a>&#4A;</a>", "1:4", "`&#4A;` is not a character reference"},
      {"<a>&#0;</a>", "1:4", "refers to a character that XML does not allow"},
      {"<a>&#8;</a>", "1:4", "refers to a character that XML does not allow"},
      {"<a>&#xD800;</a>", "1:4", "refers to a character that XML does not allow"},
      {"<a>&#xFFFE;</a>", "1:4", "refers to a character that XML does not allow"},
      {"<a>&#x110000;</a>", "1:4", "refers to a character that XML does not allow"},
      {"<a>&#99999999999999999999;</a>", "1:4", "refers to a character that XML does not allow"},
      {"<a b='&#1;'/>", "1:7", "refers to a character that XML does not allow"},
      {"<a b='&copy;'/>", "1:7", "the entity `&copy;` is not declared"},
  });
  const Reading reading("<a b='&#x20;&lt;&quot;'>&amp;&lt;&gt;&quot;&apos;&#65;&#x1F600;&#xd;</a>");
  REQUIRE(reading.document);
  CHECK(reading.document->root().text() == "&<>\"'A\xF0\x9F\x98\x80\r");
  CHECK(reading.document->root().attribute("b")->value == " <\"");
}

TEST_CASE("characters that XML does not allow and invalid UTF-8 are refused wherever they stand") {
  check_refused({
      {"<a>\x01</a>", "1:4", "XML does not allow the character U+0001"},
      {"<a>\0</a>"s, "1:4", "XML does not allow the character U+0000"},
      {"<a/>\0"s, "1:5", "XML does not allow the character U+0000"},
      {"\0"s, "1:1", "XML does not allow the character U+0000"},
      {"<a\0/>"s, "1:3", "must not stand here"},
      {"<a b\0='1'/>"s, "1:5", "`=` and a value are expected"},
      {"<a b='\x1F'/>", "1:7", "XML does not allow the character U+001F"},
      {"<a b='\0'/>"s, "1:7", "XML does not allow the character U+0000"},
      {"<a><!--\x02--></a>", "1:8", "XML does not allow the character U+0002"},
      {"<a><?p \x02?></a>", "1:8", "XML does not allow the character U+0002"},
      {"<a><![CDATA[\x02]]></a>", "1:13", "XML does not allow the character U+0002"},
      {"<a>\xEF\xBF\xBE</a>", "1:4", "XML does not allow the character U+FFFE"},
      {"<a>\xEF\xBF\xBF</a>", "1:4", "XML does not allow the character U+FFFF"},
      {"<a>\xC3\xA4\xFF</a>", "1:5", "the byte 0xFF is not valid UTF-8 here"},
      {"<a>\xED\xA0\x80</a>", "1:4", "the byte 0xED is not valid UTF-8 here"},
      {"<a>\xC0\x80</a>", "1:4", "the byte 0xC0 is not valid UTF-8 here"},
      {"<a b='\xE4'/>", "1:7", "the byte 0xE4 is not valid UTF-8 here"},
      {"<a\xE4/>", "1:3", "the byte 0xE4 is not valid UTF-8 here"},
      {"\xE4<a/>", "1:1", "the byte 0xE4 is not valid UTF-8 here"},
      {"<!-- \xE4 --><a/>", "1:6", "the byte 0xE4 is not valid UTF-8 here"},
  });
  check_read({"<a>\t\n\x7F\xC2\x80\xEF\xBF\xBD\xF4\x8F\xBF\xBF</a>", "<a b='\t\xC2\x85'/>"});
}

TEST_CASE("text holds no `]]>`, comments no `--`, and sections end") {
  check_refused({
      {"<a>x]]>y</a>", "1:5", "`]]>` must not stand in text"},
      {"<a>]]]></a>", "1:5", "`]]>` must not stand in text"},
      {"<a><!-- x -- y --></a>", "1:11", "`--` must not stand in a comment"},
      {"<a><!-- x ---></a>", "1:11", "`--` must not stand in a comment"},
      {"<a><!--", "1:8", "the document ends within a comment"},
      {"<a><!-- --", "1:11", "the document ends within a comment"},
      {"<a><!-></a>", "1:4", "begins neither a comment nor a CDATA section"},
      {"<a><!---></a>", "1:14", "the document ends within a comment"},
      {"<a><![CDATA[ ]] > </a>", "1:23", "the document ends within a CDATA section"},
      {"<a><![cdata[ ]]></a>", "1:4", "begins neither a comment nor a CDATA section"},
      {"<a><![INCLUDE[ ]]></a>", "1:4", "begins neither a comment nor a CDATA section"},
      {"<a><!ELEMENT a ANY></a>", "1:4", "begins neither a comment nor a CDATA section"},
  });
  check_read({"<a>]] ]> > ]</a>", "<a><!-- - -><& --></a>", "<a><![CDATA[]]></a>", "<a><![CDATA[<&]]]]></a>",
              "<a><!----></a>"});
}

TEST_CASE("processing instructions have a target other than xml") {
  check_refused({
      {"<a><?xml version='1.0'?></a>", "1:4", "`<?xml` must not stand here"},
      {"\n<?xml version='1.0'?><a/>", "2:1", "`<?xml` must not stand here"},
      {"<!-- c --><?xml version='1.0'?><a/>", "1:11", "`<?xml` must not stand here"},
      {"<?XML version='1.0'?><a/>", "1:1", "`<?XML` must not stand here"},
      {"<? p?><a/>", "1:3", "the target of a processing instruction is expected here"},
      {"<?p:q?><a/>", "1:4", "white space is expected behind the target `p`"},
      {"<?p", "1:4", "the document ends within a processing instruction"},
      {"<?p data", "1:9", "the document ends within a processing instruction"},
      {"<?p data><a/>", "1:14", "the document ends within a processing instruction"},
  });
  check_read({"<?p?><a/>", "<?xml-stylesheet href='x'?><a/>", "<?p ? > ?><a/>", "<a><?p x?\?></a>"});
}

TEST_CASE("a document type is refused and the message says why") {
  check_refused({
      {"<!DOCTYPE a><a/>", "1:1", "entities could expand without bound or read other files"},
      {"<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>", "2:1", "document type"},
      {"<a><!DOCTYPE a></a>", "1:4", "document type"},
  });
}

TEST_CASE("the XML declaration has version, encoding and standalone, in this order") {
  check_refused({
      {"<?xml?><a/>", "1:1", "does not begin with the version"},
      {"<?xml encoding='UTF-8'?><a/>", "1:1", "does not begin with the version"},
      {"<?xml version='2.0'?><a/>", "1:7", "XML version `2.0` is not known"},
      {"<?xml version='1.'?><a/>", "1:7", "XML version `1.` is not known"},
      {"<?xml version='1.0b'?><a/>", "1:7", "XML version `1.0b` is not known"},
      {"<?xml version=1.0?><a/>", "1:15", "an attribute value in quotes"},
      {"<?xml version '1.0'?><a/>", "1:15", "`=` is expected here in the XML declaration"},
      {"<?xml version='1.0'encoding='UTF-8'?><a/>", "1:20", "white space is missing in the XML declaration"},
      {"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "1:21", "the encoding `ISO-8859-1` is not supported"},
      {"<?xml version='1.0' encoding=''?><a/>", "1:21", "the encoding `` is not supported"},
      {"<?xml version='1.0' encoding='UTF-16'?><a/>", "1:21", "is declared, but the file is in UTF-8"},
      {"<?xml version='1.0' encoding='US-ASCII'?>\n<a>\xC3\xA4</a>", "2:4", "declares US-ASCII"},
      {"<?xml version='1.0' standalone='maybe'?><a/>", "1:21", "standalone is yes or no, not `maybe`"},
      {"<?xml version='1.0' standalone='no' encoding='UTF-8'?><a/>", "1:37", "`encoding` has no place here"},
      {"<?xml version='1.0' version='1.0'?><a/>", "1:21", "`version` has no place here"},
      {"<?xml version='1.0' name='x'?><a/>", "1:21", "`name` has no place here"},
      {"<?xml version='1.0' encoding='UTF-8' standalone='no' a='b' c='d'?><a/>", "1:54", "`a` has no place here"},
      {"<?xml version='1.0'", "1:20", "the document ends within the XML declaration"},
      {"<?xml version='1.0'><a/>", "1:20", "white space is missing in the XML declaration"},
  });
  check_read({"<?xml version='1.0'?><a/>", "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\" ?>\n<a/>",
              "<?xml version = '1.1'\nencoding='Utf-8'?><a/>", "<?xml version='1.0' encoding='us-ascii'?><a/>",
              "<?xml version='1.0' standalone='no'?><a/>"});
}

TEST_CASE("hostile names in messages are printable and short") {
  const Reading escape("<a>&\xE2\x80\xAE;</a>");
  CHECK_THAT(escape.finding(), Catch::Contains("`&\\u{202E};`"));
  const Reading long_name("<a><" + std::string(100000, 'b') + "></a>");
  CHECK(long_name.finding().size() < 300);
}
