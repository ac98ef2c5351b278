#include <catch2/catch.hpp>

#include "unit/xml/reading.h"
#include "xml/namespaces.h"
#include "xml/scopes.h"

using namespace presproof;
using namespace presproof::xml;

namespace {

void check_refused(const std::string& text, const std::string& place, const std::string& message) {
  const Reading reading(text);
  INFO(text);
  CHECK_FALSE(reading.document);
  CHECK_THAT(reading.finding(), Catch::StartsWith(place + " ") && Catch::Contains(message));
}

std::string expanded(const Name& name) { return "{" + std::string(name.ns) + "}" + std::string(name.local); }

}  // namespace

TEST_CASE("prefixes are declared before use, on the element or around it") {
  check_refused("<p:a/>", "1:2", "the prefix `p` is not declared");
  check_refused("<a p:b='1'/>", "1:4", "the prefix `p` is not declared");
  check_refused("<a><b xmlns:p='u'/><p:c/></a>", "1:21", "the prefix `p` is not declared");
  check_refused("<a><b xmlns:p='u'></b><p:c/></a>", "1:24", "the prefix `p` is not declared");
  check_refused("<xmlns:a/>", "1:2", "an element must not have the prefix `xmlns`");
  CHECK(Reading("<p:a p:b='1' xmlns:p='u'><p:c/></p:a>").document);
}

TEST_CASE("the reserved prefixes and namespaces keep their meaning") {
  check_refused("<a xmlns:p=''/>", "1:4", "the prefix `p` must not be bound to no namespace");
  check_refused("<a xmlns:xmlns='u'/>", "1:4", "the prefix `xmlns` must not be declared");
  check_refused("<a xmlns:xml='u'/>", "1:4", "the prefix `xml` must not be bound to another namespace");
  check_refused("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", "1:4", "must not be bound by `xmlns:p`");
  check_refused("<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "1:4", "must not be bound by `xmlns`");
  check_refused("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", "1:4", "must not be bound by `xmlns:p`");
  check_refused("<a xmlns='http://www.w3.org/2000/xmlns/'/>", "1:4", "must not be bound by `xmlns`");
  check_refused("<a xmlns:p='u' xmlns:p='u'/>", "1:16", "the attribute `xmlns:p` stands here a second time");
  check_refused("<a xmlns='u' xmlns='u'/>", "1:14", "the attribute `xmlns` stands here a second time");

  const Reading reading("<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:lang='de' lang='en' xmlns:xmlx='u'/>");
  REQUIRE(reading.document);
  const Element root = reading.document->root();
  CHECK(root.attributes().size() == 2);
  CHECK(root.attribute(Name{ns::kXml, "lang"})->value == "de");
  CHECK(root.attribute("lang")->value == "en");
}

TEST_CASE("attributes are the same when their expanded names are") {
  const std::string both = "<a xmlns:p='u' xmlns:q='u' p:b='1'\n q:b='2'/>";
  check_refused(both, "2:2", "the attributes `p:b` and `q:b` are the same: both prefixes mean `u`");
  check_refused("<a xmlns:p='u' xmlns:q='&#117;' p:b='1' q:b='2'/>", "1:41", "are the same");
  // No prefix, no namespace, whatever the default is.
  CHECK(Reading("<a xmlns='u' xmlns:p='u' b='1' p:b='2'/>").document);
  CHECK(Reading("<a xmlns:p='u' xmlns:q='v' p:b='1' q:b='2'/>").document);
}

TEST_CASE("element names take the default namespace and attribute names do not") {
  const Reading reading("<a xmlns='u' b='1'><c/><d xmlns=''><e/></d><f xmlns='v'/><p:g xmlns:p='w' p:h='2'/></a>");
  REQUIRE(reading.document);
  const Element root = reading.document->root();
  CHECK(expanded(root.name()) == "{u}a");
  CHECK(expanded(root.attributes()[0].name) == "{}b");
  std::string children;
  for (const Element& child : root.children()) children += expanded(child.name());
  CHECK(children == "{u}c{}d{v}f{w}g");
  for (const Element& child : root.children()) {
    if (child.is("", "d")) CHECK(expanded((*child.children().begin()).name()) == "{}e");
    if (!child.is("w", "g")) continue;
    CHECK(child.prefix() == "p");
    CHECK(expanded(child.attributes()[0].name) == "{w}h");
    CHECK(child.attributes()[0].prefix == "p");
  }
}

TEST_CASE("namespace names are normalised as attribute values and compared as they are") {
  const Reading reading("<a xmlns=' u\t&amp;\r\nv'><b xmlns='u'/><c xmlns='U'/></a>");
  REQUIRE(reading.document);
  CHECK(reading.document->root().name().ns == " u & v");
  std::string names;
  for (const Element& child : reading.document->root().children()) names += expanded(child.name());
  CHECK(names == "{u}b{U}c");
}

TEST_CASE("the namespace of a prefix can be asked at every element") {
  const Reading reading(
      "<a xmlns='u' xmlns:p='1'><b xmlns:p='2'><c xmlns=''/></b><d xmlns:q='3'/><e/><f xmlns:p='4'><g/></f></a>");
  REQUIRE(reading.document);
  const auto show = [](const Element& e) {
    std::string text;
    for (const char* prefix : {"", "p", "q"}) text += std::string(e.namespace_of(prefix).value_or("-")) + " ";
    return text;
  };
  std::string all;
  std::vector<Element> pending{reading.document->root()};
  while (!pending.empty()) {
    const Element e = pending.back();
    pending.pop_back();
    all += std::string(e.name().local) + ": " + show(e);
    std::vector<Element> children(e.children().begin(), e.children().end());
    pending.insert(pending.end(), children.rbegin(), children.rend());
  }
  CHECK(all == "a: u 1 - b: u 2 - c: - 2 - d: u 1 3 e: u 1 - f: u 4 - g: u 4 - ");
  CHECK(reading.document->root().namespace_of("xml") == ns::kXml);
  CHECK_FALSE(Reading("<a/>").document->root().namespace_of(""));
}

TEST_CASE("many prefixes on one element cost no more than their number") {
  std::string text = "<a";
  for (int i = 0; i < 20000; ++i) text += " xmlns:p" + std::to_string(i) + "='u" + std::to_string(i) + "'";
  text += ">";
  for (int i = 0; i < 20000; ++i) text += "<p" + std::to_string(i) + ":b p" + std::to_string(19999 - i) + ":c='1'/>";
  const Reading reading(text + "</a>");
  REQUIRE(reading.document);
  int i = 0;
  for (const Element& child : reading.document->root().children()) {
    REQUIRE(child.name().ns == "u" + std::to_string(i));
    REQUIRE(child.namespace_of("p" + std::to_string(i)) == "u" + std::to_string(i));
    ++i;
  }
  CHECK(i == 20000);
}
