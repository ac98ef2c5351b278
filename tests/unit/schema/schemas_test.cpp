#include "schema/schemas.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "diag/error.h"

namespace presproof::schema {
namespace {

using diag::Code;
namespace fs = std::filesystem;

/// A folder of schemas for one test.
class Folder {
 public:
  explicit Folder(std::initializer_list<std::pair<const char*, std::string>> files) {
    std::string pattern = (fs::temp_directory_path() / "presproof-schemas-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
    for (const auto& [name, text] : files) std::ofstream(path_ / name) << text;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

std::string schema(const std::string& target, const std::string& body) {
  return "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='" + target + "' xmlns:t='" + target +
         "' elementFormDefault='qualified'>" + body + "</xs:schema>";
}
std::string holding(const std::string& name, const std::string& content) {
  return "<xs:element name='" + name + "'><xs:complexType><xs:sequence>" + content + "</xs:sequence></xs:complexType></xs:element>";
}
const std::string kAny = "<xs:any namespace='##other' processContents='lax' minOccurs='0' maxOccurs='unbounded'/>";

struct Checked {
  explicit Checked(const Folder& folder, const std::string& text, std::vector<diag::Diagnostic> told = {},
                   const std::set<Code>& disabled = {}) {
    const auto file = sources.add("rules.xml", text);
    const auto document = xml::Document::read(sources, file, xml::Limits{}, sink);
    REQUIRE(document.has_value());
    for (auto& each : told) sink.report(std::move(each));
    auto schemas = Schemas::read(folder.path());
    schemas.validate(*document, sources, disabled, sink);
    for (const auto& each : sink.diagnostics())
      if (each.code == Code::schema_invalid) findings.push_back(each);
  }
  diag::Sources sources;
  diag::Sink sink;
  std::vector<diag::Diagnostic> findings;
};

std::string problem(const Folder& folder, const std::string& text) {
  try {
    const Checked checked(folder, text);
  } catch (const diag::InputError& error) {
    return error.problems().front().message;
  }
  return "no problem";
}

const std::string kList = schema("urn:list", holding("list", "<xs:element name='item' type='xs:integer' maxOccurs='30'/>" + kAny));

}  // namespace

TEST_CASE("a document that the schemas allow has no finding", "[schema]") {
  const Folder folder({{"list.xsd", kList}});
  CHECK(Checked(folder, "<list xmlns='urn:list'><item>1</item><x:y xmlns:x='urn:x'/></list>").findings.empty());
}

TEST_CASE("what the schemas refuse is reported at its element, with what libxml2 says about it", "[schema]") {
  const Folder folder({{"list.xsd", kList}});
  const Checked checked(folder, "<list xmlns='urn:list'>\n  <item>1</item><item>two</item>\n</list>");
  REQUIRE(checked.findings.size() == 1);
  CHECK(checked.findings[0].span.line == 2);
  CHECK(checked.findings[0].span.column == 17);
  CHECK(checked.findings[0].message == "the schemas refuse `<item>`: 'two' is not a valid value of the atomic type 'xs:integer'");
  const Checked missing(folder, "<l:list xmlns:l='urn:list'/>");
  REQUIRE(missing.findings.size() == 1);
  CHECK(missing.findings[0].message == "the schemas refuse `<l:list>`: missing child element(s). Expected is ( {urn:list}item )");
  CHECK(Checked(folder, "<other xmlns='urn:other'/>").findings.size() == 1);
}

TEST_CASE("a document gets no more than twenty findings, and none prints control characters", "[schema]") {
  const Folder folder({{"list.xsd", kList}});
  std::string text = "<list xmlns='urn:list'>";
  for (int i = 0; i < 30; ++i) text += "<item>\xC2\x9Bx</item>";
  const Checked checked(folder, text + "</list>");
  REQUIRE(checked.findings.size() == kMostFindings);
  CHECK(checked.findings[0].message.find('\x9B') == std::string::npos);
}

TEST_CASE("what another error explains is not told again, unless nobody wants that one", "[schema]") {
  const Folder folder({{"list.xsd", kList}});
  const std::string text = "<list xmlns='urn:list'><item>two</item></list>";
  const diag::Diagnostic told{.code = Code::invalid_value, .span = {0, 1, 24, 5}, .rule = {}, .message = "m", .fix = {}, .related = {}};
  CHECK(Checked(folder, text, {told}).findings.empty());
  CHECK(Checked(folder, text, {told}, {Code::invalid_value}).findings.size() == 1);
  auto elsewhere = told;
  elsewhere.span.column = 3;
  CHECK(Checked(folder, text, {elsewhere}).findings.size() == 1);
}

TEST_CASE("imports are found by namespace, whatever location they name, and nothing is fetched", "[schema]") {
  const Folder folder(
      {{"a.xsd", schema("urn:a", "<xs:import namespace='urn:b' schemaLocation='http://example.invalid/b.xsd'/>"
                                 "<xs:import namespace='http://www.w3.org/XML/1998/namespace' schemaLocation='http://www.w3.org/2001/xml.xsd'/>"
                                 "<xs:element name='a'><xs:complexType><xs:sequence><xs:element xmlns:b='urn:b' ref='b:b'/></xs:sequence>"
                                 "<xs:attribute ref='xml:lang'/></xs:complexType></xs:element>")},
       {"some.xsd", schema("urn:b", "<xs:element name='b' type='xs:boolean'/>")}});
  CHECK(Checked(folder, "<a xmlns='urn:a' xml:lang='en'><b xmlns='urn:b'>true</b></a>").findings.empty());
  CHECK(Checked(folder, "<a xmlns='urn:a'><b xmlns='urn:b'>yes</b></a>").findings.size() == 1);
}

TEST_CASE("several files of one namespace count together, and an include takes a file of no namespace", "[schema]") {
  const Folder folder({{"one.xsd", schema("urn:a", "<xs:element name='one' type='xs:integer'/>")},
                       {"two.xsd", schema("urn:a", "<xs:include schemaLocation='common.xsd'/><xs:element name='two' type='t:small'/>")},
                       {"rfc0-common.xsd", "<schema xmlns='http://www.w3.org/2001/XMLSchema'><simpleType name='small'><restriction base='byte'/>"
                                           "</simpleType></schema>"}});
  CHECK(Checked(folder, "<one xmlns='urn:a'>1000</one>").findings.empty());
  CHECK(Checked(folder, "<two xmlns='urn:a'>100</two>").findings.empty());
  CHECK(Checked(folder, "<two xmlns='urn:a'>1000</two>").findings.size() == 1);
}

TEST_CASE("a folder without a usable schema ends the run", "[schema]") {
  const std::string document = "<list xmlns='urn:list'><item>1</item></list>";
  const Folder empty({{"list.txt", kList}});
  CHECK(problem(empty, document) == "there is no schema (`*.xsd`) in `" + empty.path() + "`");
  const Folder malformed({{"a.xsd", "<xs:schema"}});
  CHECK(problem(malformed, document).find("a.xsd` is not well-formed: line 1: ") != std::string::npos);
  const Folder other({{"a.xsd", "<schema/>"}});
  CHECK(problem(other, document) == "`" + other.path() + "/a.xsd` is no XML schema");
  const Folder broken({{"a.xsd", schema("urn:list", "<xs:element name='list' type='t:nothing'/>")}});
  CHECK(problem(broken, document).find("the schemas do not fit together: ") == 0);
  CHECK_THROWS_AS(Schemas::read(empty.path() + "/none"), diag::InputError);
}

TEST_CASE("a schema that does not fit together is left out, unless it is the root's", "[schema]") {
  const Folder folder({{"list.xsd", kList}, {"a.xsd", schema("urn:a", "<xs:element name='a' type='t:nothing'/>")}});
  diag::Sources sources;
  diag::Sink sink;
  const auto read = [&](const std::string& text) {
    return xml::Document::read(sources, sources.add("rules.xml", text), xml::Limits{}, sink).value();
  };
  auto schemas = Schemas::read(folder.path());
  schemas.validate(read("<list xmlns='urn:list'><item>1</item><a xmlns='urn:a'/></list>"), sources, {}, sink);
  CHECK(sink.diagnostics().empty());
  REQUIRE(schemas.left_out().size() == 1);
  CHECK(schemas.left_out().begin()->first == "urn:a");
  schemas.validate(read("<list xmlns='urn:list'><item>x</item><a xmlns='urn:a'/></list>"), sources, {}, sink);
  CHECK(sink.diagnostics().size() == 1);
  const auto root = read("<a xmlns='urn:a'/>");
  CHECK_THROWS_AS(schemas.validate(root, sources, {}, sink), diag::InputError);
}

TEST_CASE("a schema that the document does not need may be broken", "[schema]") {
  const Folder folder({{"list.xsd", kList}, {"a.xsd", schema("urn:a", "<xs:element name='a' type='t:nothing'/>")}});
  CHECK(Checked(folder, "<list xmlns='urn:list'><item>1</item></list>").findings.empty());
}

}  // namespace presproof::schema
