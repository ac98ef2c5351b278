#include "report/sarif.h"

#include "sarif_check.h"

using namespace presproof;
using report::Json;
namespace sarif = presproof::report::sarif;

TEST_CASE("a path becomes a URI reference") {
  CHECK(sarif::uri_of("rules/alice.xml") == "rules/alice.xml");
  CHECK(sarif::uri_of("../a b.xml") == "../a%20b.xml");
  CHECK(sarif::uri_of("/etc/rules.xml") == "file:///etc/rules.xml");
  CHECK(sarif::uri_of("c:d.xml") == "c%3Ad.xml");  // else `c` would be a scheme
  CHECK(sarif::uri_of("100%?#.xml") == "100%25%3F%23.xml");
  CHECK(sarif::uri_of("r\xC3\xA9gles.xml") == "r%C3%A9gles.xml");
  CHECK(sarif::uri_of("<stdin>") == "%3Cstdin%3E");
}

TEST_CASE("a region ends on its line, and is left open where the span does not") {
  diag::Sources sources;
  const auto file = sources.add("a.props", "\xC3\xA9\xC3\xA9 word\nnext");
  const auto region = [&](SourceSpan span) { return sarif::location(sources, span)["physicalLocation"]["region"]; };
  CHECK(region({file, 1, 4, 4}) == Json{{"startLine", 1}, {"startColumn", 4}, {"endColumn", 8}});
  CHECK(region({file, 1, 4, 5}) == Json{{"startLine", 1}, {"startColumn", 4}});
  CHECK(region({file, 2, 1, 0}) == Json{{"startLine", 2}, {"startColumn", 1}});
}

TEST_CASE("a location without a place is its file, and without a file its message") {
  diag::Sources sources;
  const auto file = sources.add("a.props", "x");
  CHECK(sarif::location(sources, {file, 0, 0, 0}, "m") ==
        Json{{"physicalLocation", {{"artifactLocation", {{"uri", "a.props"}}}}}, {"message", {{"text", "m"}}}});
  CHECK(sarif::location(sources, {7, 1, 1, 1}, "m") == Json{{"message", {{"text", "m"}}}});
}

TEST_CASE("a rule's source leads to the section of the RFC, and other sources to no page") {
  CHECK(sarif::specification_uri("RFC 5025 section 3.2.1") == "https://www.rfc-editor.org/rfc/rfc5025#section-3.2.1");
  CHECK(sarif::specification_uri("RFC 4745 section 7.1.1, RFC 5025 section 9") == "https://www.rfc-editor.org/rfc/rfc4745#section-7.1.1");
  CHECK(sarif::specification_uri("RFC 4745 section 7.") == "https://www.rfc-editor.org/rfc/rfc4745#section-7");
  CHECK(sarif::specification_uri("RFC 6772") == "https://www.rfc-editor.org/rfc/rfc6772");
  CHECK(sarif::specification_uri("XML 1.0 section 2.1").empty());
  CHECK(sarif::specification_uri("presproof-prove(1)").empty());
  CHECK(sarif::specification_uri("RFC ").empty());
  CHECK(sarif::specification_uri("").empty());
}

TEST_CASE("square brackets that would make a link of a document's words are escaped") {
  const std::vector<sarif::Rule> rules = {{"PP100", "Summary.", "Why.", "Help.", "", sarif::Level::error}};
  const auto text = [&](const std::string& message) { return sarif::result(rules, 0, sarif::Level::error, message, "")["message"]["text"]; };
  CHECK(text("[here](http://example.com)") == R"(\[here\](http://example.com))");
  CHECK(text("a[1] (b)") == "a[1] (b)");
}

TEST_CASE("a log made of the helpers is SARIF, and the same every time") {
  diag::Sources sources;
  const auto file = sources.add("a.xml", "<a/>");
  const std::vector<sarif::Rule> rules = {
      {"PP100", "Summary.", "Why.", "Help.", "", sarif::Level::error},
      {"PP101", "Summary.", "Why.", "Help.", "RFC 4745 section 7", sarif::Level::note}};
  const auto make = [&] {
    Json result = sarif::result(rules, 1, sarif::Level::warning, "text", "fingerprint");
    result["locations"] = Json::array({sarif::location(sources, {file, 1, 1, 4})});
    result["codeFlows"] = Json::array({sarif::code_flow({sarif::location(sources, {file, 1, 1, 4}, "here")}, "how")});
    return sarif::log("1.0", "lint", rules, Json::array({result}));
  };
  CHECK(make() == make());
  const auto results = test::check_sarif(make());
  REQUIRE(results.size() == 1);
  CHECK(results[0]["ruleId"] == "PP101");
  CHECK(results[0]["level"] == "warning");
  CHECK_THROWS(sarif::result(rules, 2, sarif::Level::error, "text", ""));
}
