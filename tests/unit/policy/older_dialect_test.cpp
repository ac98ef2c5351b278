#include "support.h"

#include "policy/older_dialect.h"

using namespace presproof;
using namespace presproof::policy;
using namespace presproof::policy::test;

namespace {

Read read_resolutions(std::string_view body) {
  return read_in_transformations(
      fmt::format("<gp:geospatial-loc-transformation>\n{}</gp:geospatial-loc-transformation>", body));
}

const LocationAlternative& location(const Read& result) {
  return result.condition<LocationCondition>().locations.at(0);
}

}  // namespace

TEST_CASE("a civic condition of the older dialect is a location condition") {
  const geo::CivicAddress expected{{"country", "DE"}, {"A1", "Bavaria"}};
  for (const std::string_view prefix : {"gp", "old", "cl", "ca"}) {
    for (const bool wrapped : {false, true}) {
      const std::string fields = fmt::format("<{0}:country>DE</{0}:country><{0}:A1> Bavaria </{0}:A1>", prefix);
      const std::string body =
          wrapped ? fmt::format("<{0}:civicAddress>{1}</{0}:civicAddress>", prefix, fields) : fields;
      CAPTURE(body);
      const Read result = read_in_conditions(fmt::format("<gp:civic-loc-condition>{}</gp:civic-loc-condition>", body));
      CHECK(result.list() == Lines{"older-dialect 2:1"});
      CHECK_FALSE(result.has_error());
      CHECK(std::get<CivicLocation>(location(result).where).fields == expected);
    }
  }
  CHECK(read_in_conditions("<old:civic-loc-condition><old:country>DE</old:country></old:civic-loc-condition>").list() ==
        Lines{"older-dialect 2:1"});
}

TEST_CASE("a civic condition of the older dialect that says nothing is false") {
  const Read empty = read_in_conditions("<gp:civic-loc-condition/>");
  CHECK(empty.list() == Lines{"profile-mismatch 2:1", "older-dialect 2:1"});
  CHECK(std::holds_alternative<UnknownLocation>(location(empty).where));
  const Read wrong = read_in_conditions("<gp:civic-loc-condition>\n<country>DE</country></gp:civic-loc-condition>");
  CHECK(wrong.list() == Lines{"older-dialect 2:1", "wrong-namespace 3:1"});
  CHECK(std::holds_alternative<UnknownLocation>(location(wrong).where));
  const Read shape = read_in_conditions("<gp:civic-loc-condition>\n<gs:Circle/></gp:civic-loc-condition>");
  CHECK(std::holds_alternative<UnknownLocation>(location(shape).where));
  CHECK(shape.has_error());
}

TEST_CASE("the note names what RFC 6772 has instead") {
  const auto [text, replacement] = GENERATE(table<std::string, std::string>({
      {"<gp:distribution-transformation>true</gp:distribution-transformation>", "`<set-retransmission-allowed>`"},
      {"<gp:keep-rules-transformation>true</gp:keep-rules-transformation>", "`<keep-rule-reference>`"},
      {"<gp:retention-transformation>60</gp:retention-transformation>", "`<set-retention-expiry>`"},
      {"<gp:notewell-transformation>text</gp:notewell-transformation>", "`<set-note-well>`"},
      {"<gp:civic-loc-transformation>city</gp:civic-loc-transformation>",
       "`<provide-location profile=\"civic-transformation\">` holding `<provide-civic>`"},
      {"<gp:geospatial-loc-transformation/>",
       "`<provide-location profile=\"geodetic-transformation\">` holding `<provide-geo radius=\"...\">`"},
  }));
  CAPTURE(text);
  const Read result = read_in_transformations(" " + text);
  CHECK(result.list() == Lines{"older-dialect 2:2"});
  CHECK(result.findings.at(0).message.find("has " + replacement + " instead") != std::string::npos);
  CHECK(result.findings.at(0).fix ==
        "write " + replacement + " of the namespace `urn:ietf:params:xml:ns:geolocation-policy`");
}

TEST_CASE("the simple transformations of the older dialect have the meaning of their replacements") {
  const Read result = read_in_transformations(
      "<gp:distribution-transformation>true</gp:distribution-transformation><old:keep-rules-transformation>false</"
      "old:keep-rules-transformation>"
      "<gp:retention-transformation>60</gp:retention-transformation><gp:retention-expiry-transformation>61</"
      "gp:retention-expiry-transformation>"
      "<gp:notewell-transformation>a</gp:notewell-transformation><gp:note-well-transformation "
      "xml:lang=\"en\">b</gp:note-well-transformation>");
  CHECK(result.findings.size() == 6);
  CHECK_FALSE(result.has_error());
  CHECK(result.permission<SetRetransmissionAllowed>(0).value);
  CHECK_FALSE(result.permission<KeepRuleReference>(1).value);
  CHECK(result.permission<SetRetentionExpiry>(2).seconds == 60);
  CHECK(result.permission<SetRetentionExpiry>(3).seconds == 61);
  CHECK(result.permission<SetNoteWell>(4) == SetNoteWell{std::nullopt, "a"});
  CHECK(result.permission<SetNoteWell>(5) == SetNoteWell{"en", "b"});
  CHECK(read_in_transformations("<gp:distribution-transformation>maybe</gp:distribution-transformation>").list() ==
        Lines{"invalid-boolean 2:1", "older-dialect 2:1"});
}

TEST_CASE("the older civic levels are RFC 6772's, with null for none") {
  const std::vector<std::string> names = {"null", "country", "region", "city", "building", "full"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Read result = read_in_transformations(
        fmt::format("<gp:civic-loc-transformation> {} </gp:civic-loc-transformation>", names[i]));
    CHECK_FALSE(result.has_error());
    CHECK(result.permission<ProvideLocation>() == ProvideLocation{std::nullopt, static_cast<geo::CivicLevel>(i)});
  }
  const Read none = read_in_transformations("<gp:civic-loc-transformation>none</gp:civic-loc-transformation>");
  CHECK(none.list() == Lines{"invalid-value 2:1", "older-dialect 2:1"});
  CHECK(none.rule().permissions.empty());
}

TEST_CASE("resolutions in degrees become rounding, with half the latitude step as the nominal radius") {
  const Read result = read_resolutions(
      "<gp:latitude-resolution>0.1</gp:latitude-resolution><gp:longitude-resolution> 0.2 "
      "</gp:longitude-resolution><gp:altitude-resolution>100</gp:altitude-resolution>");
  CHECK(result.list() == Lines{"older-dialect 2:1"});
  const auto& provide = result.permission<ProvideLocation>();
  CHECK(provide.civic == geo::CivicLevel::none);
  CHECK(provide.geodetic->radius_m.value() == Approx(5530));
  CHECK(provide.geodetic->rounding == GeodeticGrant::Rounding{0.1, 0.2});

  const Read brief = read_resolutions(
      "<gp:lat-resolution>0.1</gp:lat-resolution><gp:lon-resolution>0.2</gp:lon-resolution><gp:alt-resolution>1</"
      "gp:alt-resolution>");
  CHECK(brief.permission<ProvideLocation>() == provide);
}

TEST_CASE("a coordinate without a resolution is exact") {
  CHECK(read_resolutions("").permission<ProvideLocation>().geodetic == GeodeticGrant{0.0, std::nullopt});
  CHECK(read_resolutions("<gp:lat-resolution>0</gp:lat-resolution>").permission<ProvideLocation>().geodetic ==
        GeodeticGrant{0.0, std::nullopt});
  CHECK(read_resolutions("<gp:lon-resolution>1</gp:lon-resolution>").permission<ProvideLocation>().geodetic ==
        GeodeticGrant{0.0, GeodeticGrant::Rounding{std::nullopt, 1.0}});
  CHECK(read_resolutions("<gp:lat-resolution>1</gp:lat-resolution>").permission<ProvideLocation>().geodetic ==
        GeodeticGrant{0.0, GeodeticGrant::Rounding{1.0, std::nullopt}});
}

TEST_CASE("a resolution that is none, or stands twice, grants nothing") {
  for (const std::string_view value : {"-1", "", "wide", "1 2"}) {
    CAPTURE(value);
    const Read result = read_resolutions(fmt::format("<gp:lat-resolution>{}</gp:lat-resolution>", value));
    CHECK(result.list() == Lines{"older-dialect 2:1", "invalid-value 3:1"});
    CHECK(result.rule().permissions.empty());
  }
  const Read twice =
      read_resolutions("<gp:lat-resolution>1</gp:lat-resolution>\n<gp:latitude-resolution>2</gp:latitude-resolution>");
  CHECK(twice.list() == Lines{"older-dialect 2:1", "unexpected-content 4:1"});
  CHECK(twice.rule().permissions.empty());
}

TEST_CASE("a resolution in a wrong namespace is ignored") {
  const Read result = read_resolutions("<pr:lat-resolution>1</pr:lat-resolution>\n<x:y/>");
  CHECK(result.list() == Lines{"older-dialect 2:1", "wrong-namespace 3:1", "unknown-permission 4:1"});
  CHECK(result.permission<ProvideLocation>().geodetic == GeodeticGrant{0.0, std::nullopt});
}
