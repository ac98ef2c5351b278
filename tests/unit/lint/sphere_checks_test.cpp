#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

std::string sphere(std::string_view value) { return rule("a", "<sphere value=\"" + std::string(value) + "\"/>"); }

/// A presence document whose persons have these contents.
std::string published(const std::vector<std::string>& persons) {
  std::string text = R"(<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
      xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="pres:alice@example.com">)";
  for (std::size_t i = 0; i < persons.size(); ++i)
    text += "<dm:person id=\"p" + std::to_string(i) + "\">" + persons[i] + "</dm:person>";
  return text + "</presence>";
}
const std::string kAtHome = "<rpid:sphere><rpid:home/></rpid:sphere>";

}  // namespace

TEST_CASE("sphere-comma fires for a word with a comma in it", "[lint]") {
  Linted linted(sphere("work,home"));
  CHECK(linted.message(Code::sphere_comma) ==
        "rule `a` names the sphere `work,home`, comma included, since blanks alone separate spheres: it stands for "
        "neither `work` "
        "nor `home`");
  CHECK(linted.fixed(Code::sphere_comma) == sphere("work home"));
}

TEST_CASE("sphere-comma fires for a comma before a blank, and alone", "[lint]") {
  Linted linted(sphere(" work, home ,"));
  CHECK(linted.message(Code::sphere_comma) ==
        "rule `a` names the sphere `work,`, comma included, since blanks alone separate spheres: it does not stand for "
        "`work`");
  CHECK(linted.fixed(Code::sphere_comma) == sphere(" work home"));
  Linted alone(sphere("work ,"));
  CHECK(alone.message(Code::sphere_comma) ==
        "rule `a` names the sphere `,`, comma included, since blanks alone separate spheres");
  CHECK(alone.fixed(Code::sphere_comma) == sphere("work"));
}

TEST_CASE("sphere-comma mends nothing where words would repeat, or a reference hides the comma", "[lint]") {
  CHECK_FALSE(Linted(sphere("work,home Work")).fixed(Code::sphere_comma));
  CHECK_FALSE(Linted(sphere("work&#44;home")).fixed(Code::sphere_comma));
  CHECK_FALSE(Linted(sphere(",")).fixed(Code::sphere_comma));
}

TEST_CASE("sphere-comma is silent for blanks and for other signs", "[lint]") {
  CHECK(Linted(sphere("work home")).count(Code::sphere_comma) == 0);
  CHECK(Linted(sphere("work-home")).count(Code::sphere_comma) == 0);
}

TEST_CASE("sphere-repeated fires for a word that is there already, whatever its case", "[lint]") {
  CHECK(Linted(sphere("work home work")).message(Code::sphere_repeated) == "this `sphere` names `work` twice");
  CHECK(Linted(sphere("work home WORK")).message(Code::sphere_repeated) ==
        "this `sphere` names `work` and `WORK`, which are the same: the case of letters does not count");
  CHECK(Linted(sphere("work workshop")).count(Code::sphere_repeated) == 0);
}

TEST_CASE("sphere-repeated takes the later words away and keeps the blanks between the others", "[lint]") {
  CHECK(Linted(sphere(" work  home Work work\ttravel ")).fixed(Code::sphere_repeated) ==
        sphere(" work  home\ttravel "));
  CHECK_FALSE(Linted(sphere("work &#119;ork")).fixed(Code::sphere_repeated));
}

TEST_CASE("sphere-unused is silent without presence documents", "[lint]") {
  CHECK(Linted(sphere("work")).count(Code::sphere_unused) == 0);
}

TEST_CASE("sphere-unused fires for each word that no document has", "[lint]") {
  Linted linted(sphere("hoem home work"));
  linted.presence(published({kAtHome}));
  const auto found = linted.run(Code::sphere_unused);
  REQUIRE(found.size() == 2);
  CHECK(found[0].message == "no presence document has the sphere `hoem`");
  CHECK(found[0].fix == "did you mean `home`?");
  CHECK(found[1].message == "no presence document has the sphere `work`");
  CHECK(found[1].fix == "name a sphere that is published (`home`), or publish this one");
}

TEST_CASE("sphere-unused knows the spheres of all persons of all documents, in any case", "[lint]") {
  Linted linted(sphere("Home work travel"));
  linted.presence(published({kAtHome, "<rpid:sphere>Work</rpid:sphere>"}));
  CHECK(linted.count(Code::sphere_unused) == 1);
  linted.presence(published({"<rpid:sphere>travel</rpid:sphere>"}));
  CHECK(linted.count(Code::sphere_unused) == 0);
}

TEST_CASE("sphere-unused says once for a condition that no document has a sphere", "[lint]") {
  Linted linted(sphere("home work"));
  CHECK(linted.presence(published({""})).message(Code::sphere_unused) ==
        "no presence document has a sphere, so rule `a` never matches");
}

TEST_CASE("sphere-unused leaves words with a comma to sphere-comma", "[lint]") {
  Linted linted(sphere("work,home"));
  CHECK(linted.presence(published({kAtHome})).count(Code::sphere_unused) == 0);
}

TEST_CASE("condition-on-unpublished-place fires when no document has a location", "[lint]") {
  Linted linted(rule("a", circle("52 13", "500")));
  CHECK(linted.count(Code::condition_on_unpublished_place) == 0);
  linted.presence(published({kAtHome}));
  CHECK(linted.message(Code::condition_on_unpublished_place) ==
        "no presence document has a location, so rule `a` never matches");
}

TEST_CASE("condition-on-unpublished-place fires for a civic location alone where a circle is asked for", "[lint]") {
  const auto located = [](std::string_view info) {
    return published({R"(<g:geopriv xmlns:g="urn:ietf:params:xml:ns:pidf:geopriv10"><g:location-info>)" +
                      std::string(info) + "</g:location-info><g:usage-rules/></g:geopriv>"});
  };
  Linted linted(rule("a", circle("52 13", "500")));
  linted.presence(located(
      R"(<civicAddress xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"><country>DE</country></civicAddress>)"));
  CHECK(linted.message(Code::condition_on_unpublished_place) ==
        "no presence document has a geodetic location, so rule `a` never matches");
  linted.presence(located(
      R"(<gml:Point xmlns:gml="http://www.opengis.net/gml" srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>1 1</gml:pos></gml:Point>)"));
  CHECK(linted.count(Code::condition_on_unpublished_place) == 0);
}

}  // namespace presproof::lint
