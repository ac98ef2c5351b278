#include <catch2/catch.hpp>

#include <array>

#include "reading.h"
#include "xml/namespaces.h"

using namespace presproof;
using namespace presproof::presence;
using namespace presproof::presence::test;

namespace {

std::string person(const std::string& id, const std::string& content, const std::string& time = "") {
  return "<dm:person id='" + id + "'>" + content + (time.empty() ? "" : "<dm:timestamp>" + time + "</dm:timestamp>") +
         "</dm:person>";
}

Document composed(const std::vector<std::string>& texts) {
  std::vector<Document> documents;
  for (const std::string& text : texts) documents.push_back(document_of(text));
  return compose(documents);
}

std::optional<std::string> sphere(const std::vector<std::string>& texts) {
  std::vector<Document> documents;
  for (const std::string& text : texts) documents.push_back(document_of(text));
  return sphere_of(documents);
}

std::string mood_of(const Document& document) {
  const Element* mood = document.parts.at(0).element.child(xml::ns::kRpid, "mood");
  return mood == nullptr ? "" : mood->text();
}

constexpr const char* kEarly = "2026-03-02T09:00:00Z";
constexpr const char* kLate = "2026-03-02T10:00:00Z";

}  // namespace

TEST_CASE("nothing composes to nothing and one document to itself") {
  CHECK(compose({}) == Document{});
  const Document document = document_of(person("a", "") + "<note>n</note><note>n</note>");
  CHECK(compose(std::array{document}) == document);
}

TEST_CASE("composition is the union in the order given, with the first entity") {
  Document first = document_of(person("a", "") + "<note>one</note>");
  Document second = document_of(person("b", "") + "<note>one</note><note>two</note>");
  second.entity = "sip:other@example.com";
  const Document both = compose(std::array{first, second});
  CHECK(both.entity == "sip:alice@example.com");
  CHECK(ids_of(both) == std::vector<std::string>{"a", "", "b", ""});
  CHECK(both.parts[3].element.text() == "two");
}

TEST_CASE("notes that differ in an attribute alone are two") {
  CHECK(composed({"<note xml:lang='en'>one</note>", "<note>one</note>"}).parts.size() == 2);
  CHECK(composed({"<x:a p='1' q='2'/>", "<x:a q='2' p='1'/>"}).parts.size() == 1);
}

TEST_CASE("of two components with the same kind and id the later timestamp wins, whichever is given first") {
  const std::string happy = person("a", "<rpid:mood>happy</rpid:mood>", kLate);
  const std::string sad = person("a", "<rpid:mood>sad</rpid:mood>", kEarly);
  CHECK(mood_of(composed({happy, sad})) == "happy");
  CHECK(mood_of(composed({sad, happy})) == "happy");
  CHECK(composed({sad, happy}).parts.size() == 1);
}

TEST_CASE("the instant counts, not its spelling") {
  const std::string happy = person("a", "<rpid:mood>happy</rpid:mood>", "2026-03-02T11:30:00+02:00");  // 09:30Z
  const std::string sad = person("a", "<rpid:mood>sad</rpid:mood>", "2026-03-02T09:45:00Z");
  CHECK(mood_of(composed({sad, happy})) == "sad");
}

TEST_CASE("without two different timestamps the component given later wins") {
  const std::string sad = "<rpid:mood>sad</rpid:mood>";
  const std::string happy = "<rpid:mood>happy</rpid:mood>";
  CHECK(mood_of(composed({person("a", sad), person("a", happy)})) == "happy");
  CHECK(mood_of(composed({person("a", sad, kLate), person("a", happy)})) == "happy");
  CHECK(mood_of(composed({person("a", sad), person("a", happy, kEarly)})) == "happy");
  CHECK(mood_of(composed({person("a", sad, kEarly), person("a", happy, kEarly)})) == "happy");
}

TEST_CASE("components of different kinds with the same id are two, and ids count case") {
  CHECK(composed({person("a", ""), "<tuple id='a'/>"}).parts.size() == 2);
  CHECK(composed({person("a", ""), person("A", "")}).parts.size() == 2);
}

TEST_CASE("components without an id do not replace each other") {
  const Document anonymous = document_with_findings("<tuple><status><basic>open</basic></status></tuple>");
  const Document other = document_with_findings("<tuple><status><basic>closed</basic></status></tuple>");
  CHECK(compose(std::array{anonymous, other}).parts.size() == 2);
}

TEST_CASE("the sphere is the name of the child element or the text") {
  CHECK(sphere({person("a", "<rpid:sphere><rpid:work/></rpid:sphere>")}) == "work");
  CHECK(sphere({person("a", "<rpid:sphere><rpid:unknown/></rpid:sphere>")}) == "unknown");
  CHECK(sphere({person("a", "<rpid:sphere><x:club/></rpid:sphere>")}) == "club");
  CHECK(sphere({person("a", "<rpid:sphere>\n bowling league </rpid:sphere>")}) == "bowling league");
}

TEST_CASE("the sphere is undefined when no person has one") {
  CHECK_FALSE(sphere({}));
  CHECK_FALSE(sphere({person("a", "")}));
  CHECK_FALSE(sphere({"<tuple id='t'><rpid:sphere>work</rpid:sphere></tuple>"}));
  CHECK_FALSE(sphere({person("a", "<x:sphere>work</x:sphere>")}));
  CHECK_FALSE(sphere({person("a", "<rpid:sphere/>")}));
}

TEST_CASE("all persons of all documents must agree, those without a sphere do not count") {
  const std::string work = "<rpid:sphere>work</rpid:sphere>";
  const std::string home = "<rpid:sphere>home</rpid:sphere>";
  CHECK(sphere({person("a", work), person("b", "")}) == "work");
  CHECK(sphere({person("a", work) + person("b", work)}) == "work");
  CHECK_FALSE(sphere({person("a", work) + person("b", home)}));
  CHECK_FALSE(sphere({person("a", work), person("b", home)}));
  CHECK_FALSE(sphere({person("a", work + home)}));
  CHECK_FALSE(sphere({person("a", work), person("b", "<rpid:sphere/>")}));
}

TEST_CASE("spheres agree as rules compare them: without case, by text or by name") {
  CHECK(sphere({person("a", "<rpid:sphere>Work</rpid:sphere>"),
                person("b", "<rpid:sphere><rpid:work/></rpid:sphere>")}) == "Work");
  CHECK(sphere({person("a", "<rpid:sphere><rpid:work/><x:Work/></rpid:sphere>")}) == "work");
  CHECK_FALSE(sphere({person("a", "<rpid:sphere><rpid:work/><x:club/></rpid:sphere>")}));
}

TEST_CASE("a person that another one replaces in the composition still counts for the sphere") {
  CHECK_FALSE(sphere(
      {person("a", "<rpid:sphere>work</rpid:sphere>", kEarly), person("a", "<rpid:sphere>home</rpid:sphere>", kLate)}));
}
