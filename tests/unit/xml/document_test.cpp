#include "xml/document.h"

#include <catch2/catch.hpp>

#include "unit/xml/reading.h"

using namespace presproof;
using namespace presproof::xml;

namespace {

std::string place(const SourceSpan& span) { return Reading::place(span) + "+" + std::to_string(span.length); }

/// `a` for an element, quotes around text, `!` before a comment, `?` before an instruction.
std::string show_nodes(const Element& element) {
  std::string shown;
  for (const Node& node : element.nodes()) {
    switch (node.kind) {
      case NodeKind::element:
        shown += node.element->name().local;
        break;
      case NodeKind::text:
        shown += "'" + std::string(node.text) + "'";
        break;
      case NodeKind::comment:
        shown += "!" + std::string(node.text);
        break;
      case NodeKind::processing_instruction:
        shown += "?" + std::string(node.text);
        break;
    }
    shown += ";";
  }
  return shown;
}

std::string nodes_of(const std::string& text) {
  const Reading reading(text);
  INFO(text);
  REQUIRE(reading.document);
  return show_nodes(reading.document->root());
}

}  // namespace

TEST_CASE("elements and attributes know where they stand") {
  const Reading reading("<?xml version='1.0'?>\n<!-- x -->\n<a b='1'\n   c='2'>\n  <p:d xmlns:p='u' p:e=\"3\"/>\n</a>");
  REQUIRE(reading.document);
  const Element root = reading.document->root();
  CHECK(place(root.span()) == "3:1+2");
  CHECK(place(root.attributes()[0].span) == "3:4+1");
  CHECK(place(root.attributes()[1].span) == "4:4+1");
  const Element d = *root.children().begin();
  CHECK(place(d.span()) == "5:3+4");
  REQUIRE(d.attributes().size() == 1);
  CHECK(place(d.attributes()[0].span) == "5:20+3");
  CHECK(d.span().file == reading.document->file());
  CHECK(reading.document->element_count() == 2);
}

TEST_CASE("positions count code points, also behind multi-byte characters and CR LF") {
  const Reading reading(
      "<a>\xC3\xA4\xF0\x9F\x98\x80<b/>\r\n\xE4\xBA\xBA<\xE4\xBA\xBA\xE5\x90\x8D x='\xC3\xA4' y=''/>\r<c/></a>");
  REQUIRE(reading.document);
  std::string places;
  for (const Element& child : reading.document->root().children()) {
    places += place(child.span()) + " ";
    for (const Attribute& attribute : child.attributes()) places += place(attribute.span) + " ";
  }
  CHECK(places == "1:6+2 2:2+3 2:6+1 2:12+1 3:1+2 ");
}

TEST_CASE("a byte order mark takes no column") {
  const Reading reading("\xEF\xBB\xBF<a>\n</a>");
  REQUIRE(reading.document);
  CHECK(place(reading.document->root().span()) == "1:1+2");
  CHECK(reading.sources.text(0).substr(0, 2) == "<a");
  CHECK_FALSE(Reading("\xEF\xBB\xBF\xEF\xBB\xBF<a/>").document);
}

TEST_CASE("attribute values are normalised and references in them are not") {
  const Reading reading("<a b='  x\t\n\r\ny  ' c='&#9;&#10;&#13;&#32;' d='&amp;lt;'/>");
  REQUIRE(reading.document);
  const Element root = reading.document->root();
  CHECK(root.attribute("b")->value == "  x   y  ");
  CHECK(root.attribute("c")->value == "\t\n\r ");
  CHECK(root.attribute("d")->value == "&lt;");
  CHECK(root.attribute("e") == nullptr);
  CHECK(root.attribute(Name{"u", "b"}) == nullptr);
}

TEST_CASE("text joins character data and CDATA sections with line ends made one") {
  const Reading reading("<a> x\r\ny\rz&#13;<!-- no --><b>inner</b><![CDATA[<&\r\n]]>&lt;\n</a>");
  REQUIRE(reading.document);
  CHECK(reading.document->root().text() == " x\ny\nz\r<&\n<\n");
  CHECK((*reading.document->root().children().begin()).text() == "inner");
}

TEST_CASE("nodes come in order, with white space where it is content") {
  CHECK(nodes_of("<a>x<b/>y<!-- c --><?p  d ?><![CDATA[z]]></a>") == "'x';b;'y';! c ;?p d ;'z';");
  CHECK(nodes_of("<a>\n  <b/>\n  <c/>\n</a>") == "b;c;");
  CHECK(nodes_of("<a>  </a>") == "'  ';");
  CHECK(nodes_of("<a> <!-- c --> </a>") == "! c ;");
  CHECK(nodes_of("<a>x <b/> <c/> </a>") == "'x ';b;' ';c;' ';");
  CHECK(nodes_of("<a> <b/> <c/> x</a>") == "' ';b;' ';c;' x';");
  CHECK(nodes_of("<a> <b/> &#32; </a>") == "' ';b;'   ';");
  CHECK(nodes_of("<a> <b/> <![CDATA[]]></a>") == "' ';b;' ';'';");
  CHECK(nodes_of("<a><?p?><?q   ?></a>") == "?p;?q;");
  CHECK(nodes_of("<a/>") == "");
}

TEST_CASE("mixed content somewhere does not change white space elsewhere") {
  const std::string plain = "<b>\n <c/>\n <d> </d>\n</b>";
  const Reading alone("<a>" + plain + "</a>");
  const Reading mixed("<a>" + plain + "<e>x<f/> <g/></e></a>");
  REQUIRE((alone.document && mixed.document));
  CHECK(show_nodes(*alone.document->root().children().begin()) == "c;d;");
  CHECK(show_nodes(*mixed.document->root().children().begin()) == "c;d;");
}

TEST_CASE("children are the elements alone and ranges can be empty") {
  const Reading reading("<a> <!-- x --><b><c/></b>text<d/></a>");
  REQUIRE(reading.document);
  std::string names;
  for (const Element& child : reading.document->root().children()) names += child.name().local;
  CHECK(names == "bd");
  const Element d = *++reading.document->root().children().begin();
  CHECK(d.children().empty());
  CHECK(d.nodes().empty());
  CHECK(d.text().empty());
}

TEST_CASE("a document can be moved") {
  Reading reading("<a b='1'><c/></a>");
  REQUIRE(reading.document);
  const std::string_view value = reading.document->root().attribute("b")->value;
  Document moved = std::move(*reading.document);
  CHECK(moved.root().is("", "a"));
  CHECK(moved.root().attribute("b")->value.data() == value.data());
  CHECK((*moved.root().children().begin()).is("", "c"));
}
