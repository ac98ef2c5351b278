#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

/// The codes that the reader alone reports for these rules.
std::vector<Code> read(const std::string& rules) {
  const Linted linted(rules);
  std::vector<Code> codes;
  for (const auto& finding : linted.sink().diagnostics()) codes.push_back(finding.code);
  return codes;
}

std::vector<Code> read_file(const std::string& text, const xml::Limits& limits = {}) {
  diag::Sources sources;
  diag::Sink sink;
  CHECK_FALSE(policy::read_rule_set(sources, sources.add("rules.xml", text), limits, sink).has_value());
  std::vector<Code> codes;
  for (const auto& finding : sink.diagnostics()) codes.push_back(finding.code);
  return codes;
}

using Codes = std::vector<Code>;

}  // namespace

TEST_CASE("lint gets the reader's findings about the document", "[lint]") {
  CHECK(read_file("<ruleset>") == Codes{Code::not_well_formed});
  CHECK(read_file("<ruleset/>") == Codes{Code::not_a_rule_set});
  CHECK(read_file("<a><b/></a>", {.depth = 1}) == Codes{Code::over_limit});
}

TEST_CASE("lint gets the reader's findings about rules", "[lint]") {
  CHECK(read(rule("a", kBob) + rule("a", kBob)) == Codes{Code::duplicate_rule_id});
  CHECK(read(rule("1", kBob)) == Codes{Code::invalid_rule_id});
  CHECK(read(rule("a", kBob, "<sub-handling>allow</sub-handling>")) == Codes{Code::wrong_namespace});
  CHECK(read(rule("a", kBob, "", kAllow)) == Codes{Code::misplaced_element});
  CHECK(read(rule("a", kBob, "", "<pr:provide-services><pr:all-services/><pr:all-services/></pr:provide-services>")) ==
        Codes{Code::unexpected_content});
  CHECK(read(rule("a", kBob, handling("perhaps"))) == Codes{Code::invalid_value});
}

TEST_CASE("lint gets the reader's findings about conditions", "[lint]") {
  CHECK(read(rule("a", identity("<one/>"))).front() == Code::missing_attribute);
  CHECK(read(rule("a", "<identity/>")) == Codes{Code::empty_identity});
  CHECK(read(rule("a", identity("<many><except/></many>"))) == Codes{Code::except_names_nobody});
  CHECK(read(rule("a", "<validity><from>2026-01-01T00:00:00Z</from></validity>")) == Codes{Code::incomplete_validity});
  CHECK(read(rule("a", validity("2026-01-01T00:00:00", "2027-01-01T00:00:00Z"))) ==
        Codes{Code::validity_without_offset});
  CHECK(read(rule("a", "<x:y xmlns:x='urn:x'/>")) == Codes{Code::unknown_condition});
  CHECK(
      read(rule(
          "a",
          R"(<gp:location-condition><gp:location profile="geodetic-condition"><gs:Circle srsName="urn:x"><gml:pos>1 2</gml:pos>
      <gs:radius uom="urn:ogc:def:uom:EPSG::9001">5</gs:radius></gs:Circle></gp:location></gp:location-condition>)")) ==
      Codes{Code::unsupported_crs});
}

TEST_CASE("lint gets the reader's findings about permissions", "[lint]") {
  CHECK(read(rule("a", kBob, "", "<x:y xmlns:x='urn:x'/>")) == Codes{Code::unknown_permission});
  CHECK(read(rule("a", kBob, "",
                  "<pr:provide-services><pr:all-services/><pr:class>x</pr:class></pr:provide-services>")) ==
        Codes{Code::all_beside_selectors});
  CHECK(
      read(
          rule(
              "a", kBob, "",
              R"(<gp:provide-location profile="civic-transformation"><lp:provide-geo radius="5"/></gp:provide-location>)"))
          .front() == Code::profile_mismatch);
  CHECK(read(rule("a", kBob, "", "<gp:civic-loc-transformation>city</gp:civic-loc-transformation>")) ==
        Codes{Code::older_dialect});
}

}  // namespace presproof::lint
