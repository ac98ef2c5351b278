#include <catch2/catch.hpp>

#include "presence/namespace_check.h"
#include "reading.h"
#include "xml/namespaces.h"

using namespace presproof;
using namespace presproof::presence;
using namespace presproof::presence::test;
using diag::Code;

namespace {

const std::string kOneOfEach =
    "<tuple id='t1'><status><basic>open</basic></status><contact priority='0.8'>sip:alice@pc.example.com</contact>"
    "<note xml:lang='en'>at my desk</note><timestamp>2026-03-02T09:00:00Z</timestamp></tuple>"
    "<note>hello</note>"
    "<dm:person "
    "id='p1'><rpid:sphere>work</rpid:sphere><dm:timestamp>2026-03-02T10:00:00+01:00</dm:timestamp></dm:person>"
    "<dm:device id='d1'><dm:deviceID>urn:x:1</dm:deviceID></dm:device>"
    "<x:thing a='1'/>";

Document round_trip(const Document& document) {
  const Reading reading = read_text(write_document(document));
  REQUIRE(reading.findings.empty());
  return reading.document.value();
}

}  // namespace

TEST_CASE("each child of presence becomes a part of its kind, in order") {
  const Document document = document_of(kOneOfEach);
  CHECK(document.entity == "sip:alice@example.com");
  REQUIRE(document.parts.size() == 5);
  CHECK(document.parts[0].kind == PartKind::service);
  CHECK(document.parts[1].kind == PartKind::note);
  CHECK(document.parts[2].kind == PartKind::person);
  CHECK(document.parts[3].kind == PartKind::device);
  CHECK(document.parts[4].kind == PartKind::other);
  CHECK(ids_of(document) == std::vector<std::string>{"t1", "", "p1", "d1", ""});
  CHECK(document.parts[0].timestamp == parse_rfc3339("2026-03-02T09:00:00Z"));
  CHECK(document.parts[2].timestamp == document.parts[0].timestamp);
  CHECK_FALSE(document.parts[3].timestamp);
}

TEST_CASE("a note of the data model directly in presence is a note") {
  CHECK(document_of("<dm:note>hi</dm:note>").parts.at(0).kind == PartKind::note);
}

TEST_CASE("an element gives its children, attributes and trimmed text") {
  const Element tuple = document_of(kOneOfEach).parts[0].element;
  CHECK(tuple.is(xml::ns::kPidf, "tuple"));
  CHECK(tuple.attribute("id") == "t1");
  CHECK_FALSE(tuple.attribute("lang"));
  const Element* note = tuple.child(xml::ns::kPidf, "note");
  REQUIRE(note != nullptr);
  CHECK(note->text() == "at my desk");
  CHECK_FALSE(note->attribute("lang"));  // xml:lang is not of no namespace
  CHECK(tuple.child(xml::ns::kRpid, "note") == nullptr);
  CHECK(element_of("<note> \n two words\t</note>").text() == "two words");
}

TEST_CASE("elements are equal whatever the order of their attributes, and differ in anything else") {
  CHECK(element_of("<x:a p='1' q='2'/>") == element_of("<x:a q='2' p='1'/>"));
  CHECK_FALSE(element_of("<x:a p='1'/>") == element_of("<x:a p='2'/>"));
  CHECK_FALSE(element_of("<x:a p='1'/>") == element_of("<x:a x:p='1'/>"));
  CHECK_FALSE(element_of("<x:a p='1'/>") == element_of("<x:a/>"));
  CHECK_FALSE(element_of("<x:a>1</x:a>") == element_of("<x:a>1 </x:a>"));
  CHECK_FALSE(element_of("<x:a><x:b/><x:c/></x:a>") == element_of("<x:a><x:c/><x:b/></x:a>"));
  CHECK_FALSE(element_of("<x:a/>") == element_of("<rpid:a/>"));
}

TEST_CASE("comments and processing instructions are dropped and the text around them is one") {
  const Element note = element_of("<note>one<!-- no --> two<?go on?></note>");
  REQUIRE(note.children.size() == 1);
  CHECK(std::get<std::string>(note.children[0].value) == "one two");
}

TEST_CASE("blanks between elements go, blanks in text and in mixed content stay") {
  CHECK(element_of("<x:a>\n  <x:b/>\n</x:a>").children.size() == 1);
  CHECK(std::get<std::string>(element_of("<note>  two  </note>").children.at(0).value) == "  two  ");
  CHECK(element_of("<x:a>text <x:b/> </x:a>").children.size() == 3);
  CHECK(element_of("<x:a><x:c>\n  <x:b/>\n</x:c> text</x:a>").children.size() == 2);
}

TEST_CASE("what is written reads back equal") {
  const Document document =
      document_of(kOneOfEach +
                  "<x:mixed>a <x:b y='&lt;&quot;&amp;'>&amp;</x:b> z<x:c xmlns:z='urn:z' z:q='1'/></x:mixed>"
                  "<note xml:lang='de'>  Gr\xC3\xBC\xC3\x9F"
                  "e &amp; \xE2\x9C\x93  </note>");
  CHECK(round_trip(document) == document);
  CHECK(write_document(round_trip(document)) == write_document(document));
}

TEST_CASE("a document without parts is written and read") {
  Document document;
  document.entity = "pres:bob@example.com";
  CHECK(round_trip(document) == document);
}

TEST_CASE("a document without entity is read and stays without") {
  const Reading reading = read_text("<presence xmlns='urn:ietf:params:xml:ns:pidf'><note>x</note></presence>");
  CHECK(reading.codes() == std::vector{Code::missing_attribute});
  REQUIRE(reading.document);
  CHECK(reading.document->entity.empty());
  CHECK(write_document(*reading.document).find("entity") == std::string::npos);
}

TEST_CASE("an entity without a scheme is no URI") {
  const Reading reading = read_text("<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='alice'/>");
  CHECK(reading.codes() == std::vector{Code::invalid_value});
  CHECK(reading.document.value().entity == "alice");
}

TEST_CASE("another root element is refused by name") {
  for (const std::string text : {"<ruleset xmlns='urn:ietf:params:xml:ns:common-policy'/>", "<presence/>",
                                 "<person xmlns='urn:ietf:params:xml:ns:pidf'/>"}) {
    const Reading reading = read_text(text);
    CHECK_FALSE(reading.document);
    REQUIRE(reading.codes() == std::vector{Code::not_a_presence_document});
    CHECK(reading.findings[0].message.find(text.substr(1, 6)) != std::string::npos);
  }
  CHECK(read_text("<presence/>").findings.at(0).fix.has_value());
}

TEST_CASE("what is not well-formed gives nothing and says so") {
  const Reading reading = read_text("<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:a@b.c'>");
  CHECK_FALSE(reading.document);
  CHECK(reading.codes() == std::vector{Code::not_well_formed});
}

TEST_CASE("ids are required, XML names and unique among all components") {
  const auto codes = [](const std::string& parts) { return read_text(presence_text(parts)).codes(); };
  CHECK(codes("<tuple><status><basic>open</basic></status></tuple>") == std::vector{Code::missing_attribute});
  CHECK(codes("<dm:person id='1st'/>") == std::vector{Code::invalid_value});
  CHECK(codes("<dm:person id='a b'/>") == std::vector{Code::invalid_value});
  CHECK(codes("<dm:person id='a:b'/>") == std::vector{Code::invalid_value});
  CHECK(codes("<dm:person id=''/>") == std::vector{Code::invalid_value});
  CHECK(codes("<dm:person id='_a.b-c'/>").empty());
  CHECK(codes("<note/><x:a/>").empty());

  const Reading twice =
      read_text(presence_text("<dm:person id='a'/>\n<dm:device id='a'><dm:deviceID>urn:x:1</dm:deviceID></dm:device>"));
  REQUIRE(twice.codes() == std::vector{Code::invalid_value});
  CHECK(twice.findings[0].span.line == 3);
  REQUIRE(twice.findings[0].related.size() == 1);
  CHECK(twice.findings[0].related[0].span.line == 2);
  CHECK(twice.document.value().parts.size() == 2);
}

TEST_CASE("a timestamp that names no instant counts as absent and is reported") {
  for (const std::string stamp : {"2026-03-02T09:00:00", "yesterday", "2026-02-30T09:00:00Z", ""}) {
    const Reading reading =
        read_text(presence_text("<dm:person id='p'><dm:timestamp>" + stamp + "</dm:timestamp></dm:person>"));
    CHECK(reading.codes() == std::vector{Code::invalid_value});
    CHECK_FALSE(reading.document.value().parts.at(0).timestamp);
    CHECK(reading.document->parts[0].element.child(xml::ns::kDataModel, "timestamp") != nullptr);
  }
}

TEST_CASE("a component's timestamp is the one of its own namespace") {
  CHECK_FALSE(
      document_of("<dm:person id='p'><timestamp>2026-03-02T09:00:00Z</timestamp></dm:person>").parts.at(0).timestamp);
  CHECK_FALSE(
      document_of("<tuple id='t'><dm:timestamp>2026-03-02T09:00:00Z</dm:timestamp></tuple>").parts.at(0).timestamp);
}

TEST_CASE("a component in another namespace is unknown and reported") {
  for (const std::string part : {"<dm:tuple id='t'/>", "<person id='p'/>", "<x:device id='d'/>"}) {
    const Reading reading = read_text(presence_text(part));
    CHECK(reading.codes() == std::vector{Code::wrong_namespace});
    CHECK(reading.document.value().parts.at(0).kind == PartKind::other);
  }
}

TEST_CASE("content that nobody will see is reported") {
  const auto codes = [](const std::string& parts) { return read_text(presence_text(parts)).codes(); };
  CHECK(codes("<gp:geopriv/>") == std::vector{Code::unexpected_content});
  CHECK(codes("<timestamp>2026-03-02T09:00:00Z</timestamp>") == std::vector{Code::unexpected_content});
  CHECK(codes("stray text") == std::vector{Code::unexpected_content});
  CHECK(codes("<x:geopriv/>").empty());
  const Reading attribute = read_text(
      "<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
      " xsi:schemaLocation='a b' entity='sip:a@b.c' version='1'/>");
  CHECK(attribute.codes() == std::vector{Code::unexpected_content});
}

TEST_CASE("a misspelt namespace is reported once, where it is met first") {
  const Reading reading = read_text(presence_text(
      "\n<tuple id='t'><status><gp:geopriv><gp:location-info>"
      "<civicAddress xmlns='urn:ietf:params:xml:ns:pidf:geopriv10:civilAddr'><country>DE</country></civicAddress>"
      "</gp:location-info><gp:usage-rules/></gp:geopriv></status></tuple>"));
  REQUIRE(reading.codes() == std::vector{Code::wrong_namespace});
  CHECK(reading.findings[0].span.line == 3);
  CHECK(reading.findings[0].fix.value().find(xml::ns::kCivicAddr) != std::string::npos);
}

TEST_CASE("a namespace is misspelt when it is a slip of a known one, not when it is another") {
  CHECK(intended_namespace(" urn:ietf:params:xml:ns:pidf:rpid") == xml::ns::kRpid);
  CHECK(intended_namespace("urn:ietf:params:xml:ns:pidf:RPID") == xml::ns::kRpid);
  CHECK(intended_namespace("urn:ietf:params:xml:ns:pidf:rpd") == xml::ns::kRpid);
  CHECK(intended_namespace("urn:ietf:param:xml:ns:pidf") == xml::ns::kPidf);
  CHECK(intended_namespace("urn:ietf:params:xml:ns:pidf:data_modl") == xml::ns::kDataModel);
  CHECK_FALSE(intended_namespace("urn:ietf:params:xml:ns:pidf:data_mod"));
  for (const std::string_view known : {xml::ns::kPidf, xml::ns::kDataModel, xml::ns::kGml, xml::ns::kCivicLoc}) {
    CHECK_FALSE(intended_namespace(known));
  }
  for (const std::string_view other : {"urn:ietf:params:xml:ns:pidf:caps", "urn:ietf:params:xml:ns:pidf:im",
                                       "urn:ietf:params:xml:ns:pidf:timed-status", "urn:ietf:params:xml:ns:pidf-diff",
                                       "urn:ietf:params:xml:ns:pidf:geopriv10:dynamic", "urn:x", ""}) {
    CHECK_FALSE(intended_namespace(other));
  }
}

TEST_CASE("a shape that cannot be read is reported where it stands") {
  const auto codes = [](const std::string& shape) {
    return read_text(
               presence_text(
                   "<dm:device id='d'><gp:geopriv><gp:location-info>" + shape +
                   "</gp:location-info><gp:usage-rules/></gp:geopriv><dm:deviceID>urn:x:1</dm:deviceID></dm:device>"))
        .codes();
  };
  CHECK(codes("<gml:Point srsName='urn:ogc:def:crs:EPSG::4326'><gml:pos>1 2</gml:pos></gml:Point>").empty());
  CHECK(codes("<gml:Point srsName='urn:ogc:def:crs:EPSG::4326'><gml:pos>1</gml:pos></gml:Point>") ==
        std::vector{Code::invalid_value});
  CHECK(codes("<gml:Point srsName='urn:ogc:def:crs:EPSG::31467'><gml:pos>1 2</gml:pos></gml:Point>") ==
        std::vector{Code::unsupported_crs});
  CHECK(codes("<gml:Point><gml:pos>1 2</gml:pos></gml:Point>") == std::vector{Code::unsupported_crs});
  CHECK(codes("<x:place/>").empty());
}
