#include <catch2/catch.hpp>

#include "filter_fixture.h"
#include "semantics/usage_rules.h"

using namespace presproof;
using namespace presproof::test;
using policy::ComponentKind;

namespace {

const std::string kPublished =
    "<gp:usage-rules><gbp:retransmission-allowed>true</gbp:retransmission-allowed>"
    "<gbp:retention-expiry>2030-01-01T00:00:00Z</gbp:retention-expiry>"
    "<gbp:external-ruleset>https://example.com/rules</gbp:external-ruleset>"
    "<gbp:note-well xml:lang='de'>bitte nicht</gbp:note-well></gp:usage-rules>";

template <class... What>
std::string with(const std::string& usage_rules, What... what) {
  const presence::Document document = read_presence(
      "<dm:person id='p'><gp:geopriv><gp:location-info><cl:civicAddress><cl:country>DE</cl:country></cl:civicAddress>"
      "</gp:location-info>" + usage_rules + "<gp:method>GPS</gp:method></gp:geopriv></dm:person>");
  return text_for(document, all_of(ComponentKind::person), exact_and_full(), what...);
}

}  // namespace

TEST_CASE("without set permissions the usage rules stay as published") {
  const std::string text = with(kPublished);
  for (const std::string_view part : {">true<", "2030-01-01T00:00:00Z", "https://example.com/rules", "bitte nicht", "xml:lang=\"de\""})
    CHECK(shows(text, part));
  CHECK_FALSE(shows(with(""), "usage-rules"));
}

TEST_CASE("set-retransmission-allowed changes or creates the value") {
  const std::string no = with(kPublished, policy::SetRetransmissionAllowed{false});
  CHECK(shows(no, "retransmission-allowed>false<"));
  CHECK_FALSE(shows(no, ">true<"));
  CHECK(shows(with("", policy::SetRetransmissionAllowed{true}), "retransmission-allowed>true<"));
  CHECK(shows(with("<gp:usage-rules/>", policy::SetRetransmissionAllowed{false}), "retransmission-allowed>false<"));
}

TEST_CASE("a value in RFC 4119's example namespace is the same value") {
  const std::string text = with("<gp:usage-rules><gp:retransmission-allowed>yes</gp:retransmission-allowed></gp:usage-rules>",
                                policy::SetRetransmissionAllowed{false});
  CHECK(shows(text, ">false<"));
  CHECK_FALSE(shows(text, ">yes<"));
}

TEST_CASE("retention counts from the time of the request") {
  const std::string day = with(kPublished, policy::SetRetentionExpiry{86400});
  CHECK(shows(day, "retention-expiry>2026-06-02T12:00:00Z<"));
  CHECK_FALSE(shows(day, "2030"));
  CHECK(shows(with("", policy::SetRetentionExpiry{0}), "retention-expiry>2026-06-01T12:00:00Z<"));
  CHECK(shows(with("", policy::SetRetentionExpiry{std::numeric_limits<std::int64_t>::max()}), "9999-12-31T23:59:59Z"));
}

TEST_CASE("note-well texts become one, a line each") {
  const std::string two = with(kPublished, policy::SetNoteWell{"en", "second"}, policy::SetNoteWell{"en", "first"});
  CHECK(shows(two, "first\nsecond"));
  CHECK(shows(two, "xml:lang=\"en\""));
  CHECK_FALSE(shows(two, "bitte nicht"));
  const std::string mixed = with("", policy::SetNoteWell{"en", "keep"}, policy::SetNoteWell{"de", "behalten"});
  CHECK(shows(mixed, "behalten\nkeep"));
  CHECK_FALSE(shows(mixed, "xml:lang"));
}

TEST_CASE("keep-rule-reference false removes the reference, true and nothing keep it") {
  CHECK_FALSE(shows(with(kPublished, policy::KeepRuleReference{false}), "https://example.com/rules"));
  CHECK(shows(with(kPublished, policy::KeepRuleReference{true}), "https://example.com/rules"));
  CHECK_FALSE(shows(with("", policy::KeepRuleReference{false}), "usage-rules"));
}

TEST_CASE("new usage rules and fields take the place that the schema gives them") {
  const std::string text = with("", policy::SetNoteWell{std::nullopt, "n"}, policy::SetRetentionExpiry{1}, policy::SetRetransmissionAllowed{true});
  const auto place = [&](std::string_view part) { return text.find(part); };
  CHECK(place("location-info") < place("usage-rules"));
  CHECK(place("usage-rules") < place("retransmission-allowed"));
  CHECK(place("retransmission-allowed") < place("retention-expiry"));
  CHECK(place("retention-expiry") < place("note-well"));
  CHECK(place("note-well") < place("method"));
}

TEST_CASE("the set permissions reach location that goes out as published, too") {
  const presence::Document document = read_presence(
      "<dm:person id='p'><gp:geopriv><gp:location-info><x:y/></gp:location-info>" + kPublished + "</gp:geopriv></dm:person>");
  const std::string text = text_for(document, all_of(ComponentKind::person), policy::ProvideAllAttributes{},
                                    policy::SetRetransmissionAllowed{false});
  CHECK(shows(text, "retransmission-allowed>false<"));
}
