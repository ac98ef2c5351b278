#include "support.h"

using namespace presproof;
using namespace presproof::policy;
using namespace presproof::policy::test;

TEST_CASE("a common policy of several rules reads without findings") {
  const Read result = read(R"(<?xml version="1.0" encoding="UTF-8"?>
<ruleset xmlns="urn:ietf:params:xml:ns:common-policy">
  <rule id="office">
    <conditions>
      <sphere value="work travel"/>
      <identity>
        <many>
          <except domain="rival.example"/>
          <except id="tel:+49-30-5550100"/>
        </many>
      </identity>
      <validity>
        <from>2026-12-24T17:00:00+01:00</from>
        <until>2026-12-24T19:00:00+01:00</until>
      </validity>
    </conditions>
    <actions/>
    <transformations/>
  </rule>
</ruleset>
)");
  CHECK(result.list() == Lines{});
  CHECK(result.rule().conditions.size() == 3);
  CHECK(result.condition<SphereCondition>(0).tokens == Lines{"work", "travel"});
  CHECK(std::get<Many>(result.condition<IdentityCondition>(1).matchers.at(0)).excepts.size() == 2);
  CHECK(result.condition<ValidityCondition>(2).pairs.at(0).from == parse_rfc3339("2026-12-24T16:00:00Z"));
  CHECK_FALSE(result.rules->has_presence_rules);
}

TEST_CASE("presence rules with prefixes either way round read alike") {
  const std::string prefixed =
      R"(<cr:ruleset xmlns="urn:ietf:params:xml:ns:pres-rules" xmlns:cr="urn:ietf:params:xml:ns:common-policy">
 <cr:rule id="colleagues">
  <cr:conditions><cr:identity><cr:one id="sip:carol@example.org"/></cr:identity></cr:conditions>
  <cr:actions><sub-handling>allow</sub-handling></cr:actions>
  <cr:transformations>
   <provide-services><service-uri-scheme>sip</service-uri-scheme><service-uri-scheme>xmpp</service-uri-scheme></provide-services>
   <provide-persons><all-persons/></provide-persons>
   <provide-mood>true</provide-mood>
   <provide-user-input>thresholds</provide-user-input>
   <provide-unknown-attribute ns="urn:example:ext" name="weather">true</provide-unknown-attribute>
  </cr:transformations>
 </cr:rule>
</cr:ruleset>)";
  const Read first = read(prefixed);
  CHECK(first.list() == Lines{});
  CHECK(first.rules->has_presence_rules);
  CHECK(first.rule().permissions.size() == 6);
  CHECK(first.permission<UserInput>(4) == UserInput::thresholds);

  const Read second = read(
      R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:p="urn:ietf:params:xml:ns:pres-rules"><rule id="colleagues">
  <conditions><identity><one id="sip:carol@example.org"/></identity></conditions><actions><p:sub-handling>allow</p:sub-handling></actions>
  <transformations><p:provide-services><p:service-uri-scheme>sip</p:service-uri-scheme><p:service-uri-scheme>xmpp</p:service-uri-scheme></p:provide-services>
  <p:provide-persons><p:all-persons/></p:provide-persons><p:provide-mood>1</p:provide-mood><p:provide-user-input>thresholds</p:provide-user-input>
  <p:provide-unknown-attribute name="weather" ns="urn:example:ext">true</p:provide-unknown-attribute></transformations></rule></ruleset>)");
  CHECK(second.list() == Lines{});
  CHECK(second.rules == first.rules);
}

TEST_CASE("a geolocation policy with values on several lines reads without findings") {
  const Read result = read(R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy"
  xmlns:gp="urn:ietf:params:xml:ns:geolocation-policy"
  xmlns:lp="urn:ietf:params:xml:ns:basic-location-profiles"
  xmlns:gml="http://www.opengis.net/gml" xmlns:gs="http://www.opengis.net/pidflo/1.0">
  <rule id="R1">
    <conditions>
      <gp:location-condition>
        <gp:location profile="civic-condition" xml:lang="en" label="the 'old' plant"
          xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">
          <country>AT</country>
          <A3>Graz</A3>
        </gp:location>
        <gp:location profile="geodetic-condition">
          <gs:Circle srsName="urn:ogc:def:crs:EPSG::4326">
            <gml:pos>47.07 15.43</gml:pos>
            <gs:radius uom="urn:ogc:def:uom:EPSG::9001">2500
            </gs:radius>
          </gs:Circle>
        </gp:location>
      </gp:location-condition>
    </conditions>
    <transformations>
      <gp:set-retransmission-allowed>false
      </gp:set-retransmission-allowed>
      <gp:set-note-well xml:lang="en">For the fire brigade alone.
      </gp:set-note-well>
      <gp:provide-location profile="civic-transformation">
        <lp:provide-civic>region</lp:provide-civic>
      </gp:provide-location>
      <gp:provide-location profile="geodetic-transformation"><lp:provide-geo radius="900"/></gp:provide-location>
    </transformations>
  </rule>
</ruleset>)");
  CHECK(result.list() == Lines{});
  const auto& locations = result.condition<LocationCondition>().locations;
  REQUIRE(locations.size() == 2);
  CHECK(locations[0].label == "the 'old' plant");
  CHECK(std::get<CivicLocation>(locations[0].where).fields == geo::CivicAddress{{"country", "AT"}, {"A3", "Graz"}});
  CHECK(std::get<geo::Circle>(locations[1].where) == geo::Circle{{47.07, 15.43}, 2500});
  CHECK_FALSE(result.permission<SetRetransmissionAllowed>(0).value);
  CHECK(result.permission<SetNoteWell>(1) == SetNoteWell{"en", "For the fire brigade alone."});
  CHECK(result.permission<ProvideLocation>(2).civic == geo::CivicLevel::region);
  CHECK(result.permission<ProvideLocation>(3).geodetic->radius_m == 900);
  CHECK(usage_of(Policy{{*result.rules}}) == Usage::geolocation);
}

TEST_CASE("conditions of other vocabularies are warnings alone") {
  const Read result =
      read(R"(<cr:ruleset xmlns="urn:ietf:params:xml:ns:pres-rules" xmlns:cr="urn:ietf:params:xml:ns:common-policy"
  xmlns:ocp="urn:oma:xml:xdm:common-policy" xmlns:op="urn:oma:xml:prs:pres-rules">
<cr:rule id="unlisted"><cr:conditions>
  <ocp:other-identity/>
</cr:conditions><cr:actions><sub-handling>confirm</sub-handling></cr:actions><cr:transformations>
  <op:provide-willingness>true</op:provide-willingness>
</cr:transformations></cr:rule></cr:ruleset>)");
  CHECK(result.list() == Lines{"unknown-condition 4:3", "unknown-permission 6:3"});
  CHECK_FALSE(result.has_error());
}
