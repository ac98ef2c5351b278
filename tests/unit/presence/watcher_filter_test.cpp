#include <catch2/catch.hpp>

#include "presence/watcher_filter.h"
#include "reading.h"
#include "xml/namespaces.h"

using namespace presproof;
using namespace presproof::presence;
using namespace presproof::presence::test;

namespace {

WatcherFilterSet filters(const std::string& content) {
  diag::Sources sources;
  return read_watcher_filters(
      sources,
      sources.add("filter.xml",
                  "<filter-set xmlns='urn:ietf:params:xml:ns:simple-filter'><ns-bindings>"
                  "<ns-binding prefix='pidf' urn='urn:ietf:params:xml:ns:pidf'/><ns-binding prefix='rpid' "
                  "urn='urn:ietf:params:xml:ns:pidf:rpid'/>"
                  "<ns-binding prefix='dm' urn='urn:ietf:params:xml:ns:pidf:data-model'/><ns-binding prefix='gml' "
                  "urn='http://www.opengis.net/gml'/>"
                  "<ns-binding prefix='gp' urn='urn:ietf:params:xml:ns:pidf:geopriv10'/><ns-binding prefix='x' "
                  "urn='urn:x'/></ns-bindings>" +
                      content + "</filter-set>"),
      xml::Limits{});
}

std::string include(const std::string& expression) { return "<include>" + expression + "</include>"; }
std::string exclude(const std::string& expression) { return "<exclude>" + expression + "</exclude>"; }
std::string include_ns(const std::string& ns) { return "<include type='namespace'>" + ns + "</include>"; }
std::string exclude_ns(const std::string& ns) { return "<exclude type='namespace'>" + ns + "</exclude>"; }

Document filtered(const std::string& what, const Document& document) {
  return apply(filters("<filter id='1'><what>" + what + "</what></filter>"), document);
}
Document filtered(const std::string& what, const std::string& parts) { return filtered(what, document_of(parts)); }

/// RFC 4660 section 7.1, and a person and a device.
const std::string kIm =
    "<tuple id='im'><status><basic>closed</basic></status><rpid:class>IM</rpid:class>"
    "<contact priority='0.8'>im:alice@example.com</contact></tuple>";
const std::string kVoice =
    "<tuple id='voice'><status><basic>open</basic></status><rpid:class>voice</rpid:class>"
    "<contact priority='0.2'>tel:+12225550000</contact></tuple>";
const std::string kPerson =
    "<dm:person id='p'><rpid:mood><rpid:note>why</rpid:note><x:grim/></rpid:mood><rpid:sphere>work</rpid:sphere>"
    "<dm:note>hi</dm:note><dm:timestamp>2026-03-02T09:00:00Z</dm:timestamp></dm:person>";
const std::string kDevice =
    "<dm:device id='d'><gp:geopriv><gp:location-info>"
    "<gs:Circle srsName='urn:ogc:def:crs:EPSG::4326'><gml:pos>1 2</gml:pos>"
    "<gs:radius uom='urn:ogc:def:uom:EPSG::9001'>30</gs:radius></gs:Circle></gp:location-info>"
    "<gp:usage-rules><x:r/></gp:usage-rules><gp:method>GPS</gp:method></gp:geopriv>"
    "<rpid:user-input idle-threshold='600' last-input='2026-03-02T09:00:00Z'>idle</rpid:user-input>"
    "<dm:deviceID>urn:x:1</dm:deviceID></dm:device>";
const std::string kAll = kIm + kVoice + kPerson + kDevice;

}  // namespace

TEST_CASE("a filter without content rules leaves the document alone") {
  const Document document = document_of(kAll);
  CHECK(apply(filters("<filter id='1'><what/></filter>"), document) == document);
  CHECK(apply(filters("<filter id='1'><trigger><changed>//pidf:basic</changed></trigger></filter>"), document) ==
        document);
  CHECK(apply(filters("<filter id='1' enabled='false'><what>" + include("//x:none") + "</what></filter>"), document) ==
        document);
  CHECK(apply(filters("<filter id='1' uri='sip:bob@example.com'><what>" + include("//x:none") + "</what></filter>"),
              document) == document);
  CHECK(filtered(include("/pidf:presence"), document) == document);
  CHECK(filtered(include("//*"), document) == document);
}

TEST_CASE("messaging tuples with class and contact, as in RFC 4660 section 7.1.1") {
  const std::string im = "//pidf:tuple[rpid:class=\"IM\" or rpid:class=\"SMS\" or rpid:class=\"MMS\"]";
  CHECK(filtered(include(im + "/pidf:status/pidf:basic") + include(im + "/rpid:class") + include(im + "/pidf:contact"),
                 kIm + kVoice) == document_of(kIm));
}

TEST_CASE("open tuples, as in RFC 4660 section 7.1.2") {
  CHECK(filtered(include("//pidf:tuple/pidf:status[pidf:basic=\"open\"]/pidf:basic") +
                     include("//pidf:tuple[pidf:status/pidf:basic=\"open\"]/rpid:class") +
                     include("//pidf:tuple[pidf:status/pidf:basic=\"open\"]/pidf:contact"),
                 kIm + kVoice) == document_of(kVoice));
}

TEST_CASE("a selected element comes with all that is in it and its ancestors, nothing beside it") {
  CHECK(filtered(include("//pidf:status"), kIm) ==
        document_of("<tuple id='im'><status><basic>closed</basic></status></tuple>"));
  CHECK(filtered(include("//rpid:sphere"), kAll) ==
        document_of("<dm:person id='p'><rpid:sphere>work</rpid:sphere></dm:person>"));
}

TEST_CASE("includes add up") {
  CHECK(filtered(include("//rpid:sphere") + include("//dm:note"), kPerson) ==
        document_of("<dm:person id='p'><rpid:sphere>work</rpid:sphere><dm:note>hi</dm:note></dm:person>"));
}

TEST_CASE("a tuple keeps its status, which keeps its basic or all that it has") {
  CHECK(filtered(include("//pidf:contact"), kIm) ==
        document_of("<tuple id='im'><status><basic>closed</basic></status><contact "
                    "priority='0.8'>im:alice@example.com</contact></tuple>"));
  CHECK(filtered(include("//pidf:contact"),
                 "<tuple id='t'><status><basic>open</basic><x:a/></status><contact>sip:a@b.c</contact></tuple>") ==
        document_of("<tuple id='t'><status><basic>open</basic></status><contact>sip:a@b.c</contact></tuple>"));
  CHECK(filtered(include("//pidf:contact"),
                 "<tuple id='t'><status><x:a/><x:b/></status><contact>sip:a@b.c</contact></tuple>") ==
        document_of("<tuple id='t'><status><x:a/><x:b/></status><contact>sip:a@b.c</contact></tuple>"));
}

TEST_CASE("a device keeps its deviceID, a geopriv its location and rules, a shape all of itself") {
  CHECK(filtered(include("//gp:method"), kDevice) ==
        document_of("<dm:device id='d'><gp:geopriv><gp:location-info><gs:Circle "
                    "srsName='urn:ogc:def:crs:EPSG::4326'><gml:pos>1 2</gml:pos>"
                    "<gs:radius uom='urn:ogc:def:uom:EPSG::9001'>30</gs:radius></gs:Circle></gp:location-info>"
                    "<gp:usage-rules><x:r/></gp:usage-rules><gp:method>GPS</gp:method></"
                    "gp:geopriv><dm:deviceID>urn:x:1</dm:deviceID></dm:device>"));
  CHECK(filtered(include("//gml:pos"), kDevice) == filtered(include("//gp:location-info"), kDevice));
}

TEST_CASE("an attribute is selected with its element and without the other attributes") {
  CHECK(filtered(include("//rpid:user-input/@idle-threshold"), kDevice) ==
        document_of("<dm:device id='d'><rpid:user-input "
                    "idle-threshold='600'>idle</rpid:user-input><dm:deviceID>urn:x:1</dm:deviceID></dm:device>"));
  CHECK(filtered(include("//pidf:tuple/@id"), kIm) ==
        document_of("<tuple id='im'><status><basic>closed</basic></status></tuple>"));
  CHECK(filtered(include("//@last-input"), kAll).parts.size() == 1);
  CHECK(filtered(include("//pidf:contact//@priority"), kIm) == filtered(include("//pidf:contact/@priority"), kIm));
  CHECK_FALSE(filtered(include("//pidf:contact//@priority"), kIm).parts.empty());
}

TEST_CASE("a namespace selects its elements, with what they need") {
  CHECK(filtered(include_ns("urn:ietf:params:xml:ns:pidf"), kIm + kPerson) ==
        document_of("<tuple id='im'><status><basic>closed</basic></status><contact "
                    "priority='0.8'>im:alice@example.com</contact></tuple>"));
  // <mood> consists of another namespace's element, and needs it
  CHECK(filtered(include_ns("urn:ietf:params:xml:ns:pidf:rpid"), kPerson) ==
        document_of("<dm:person "
                    "id='p'><rpid:mood><rpid:note>why</rpid:note><x:grim/></rpid:mood><rpid:sphere>work</rpid:sphere></"
                    "dm:person>"));
  CHECK(filtered(include_ns("urn:ietf:params:xml:ns:pidf:data-model"), kPerson) ==
        document_of(
            "<dm:person id='p'><dm:note>hi</dm:note><dm:timestamp>2026-03-02T09:00:00Z</dm:timestamp></dm:person>"));
}

TEST_CASE("what selects nothing leaves no parts") {
  CHECK(filtered(include("//x:none"), kAll).parts.empty());
  CHECK(filtered(include("/pidf:tuple"), kAll).parts.empty());
  CHECK(filtered(include("/presence/tuple"), kAll).parts.empty());  // names without a prefix are of no namespace
  CHECK(filtered(include("//x:none"), kAll).entity == "sip:alice@example.com");
}

TEST_CASE("excludes alone take away from the whole document") {
  CHECK(filtered(exclude("//rpid:class"), kIm) ==
        document_of("<tuple id='im'><status><basic>closed</basic></status><contact "
                    "priority='0.8'>im:alice@example.com</contact></tuple>"));
  CHECK(filtered(exclude("//pidf:tuple") + exclude("//dm:device"), kAll) == document_of(kPerson));
  CHECK(filtered(exclude("//pidf:contact/@priority"), kIm) ==
        document_of("<tuple "
                    "id='im'><status><basic>closed</basic></status><rpid:class>IM</"
                    "rpid:class><contact>im:alice@example.com</contact></tuple>"));
  CHECK(filtered(exclude_ns("urn:ietf:params:xml:ns:pidf:rpid"), kPerson) ==
        document_of(
            "<dm:person id='p'><dm:note>hi</dm:note><dm:timestamp>2026-03-02T09:00:00Z</dm:timestamp></dm:person>"));
}

TEST_CASE("excludes are exceptions to includes, chosen by the given document") {
  CHECK(filtered(include("//pidf:tuple") + exclude("//pidf:tuple[rpid:class='IM']"), kIm + kVoice) ==
        document_of(kVoice));
  CHECK(filtered(include("//pidf:contact") + exclude("//pidf:tuple[rpid:class='IM']"), kIm).parts.empty());
}

TEST_CASE("an exclude that leaves an invalid document has no effect at all") {
  const Document document = document_of(kAll);
  for (const std::string expression :
       {"/pidf:presence", "//pidf:status", "//pidf:basic", "//dm:deviceID", "//gp:location-info", "//gp:usage-rules",
        "//gml:pos", "//pidf:tuple/@id", "//@srsName", "/pidf:presence/@entity", "//x:grim", "//*"}) {
    CHECK(filtered(exclude(expression), document) == document);
  }
  CHECK(filtered(exclude_ns("urn:ietf:params:xml:ns:pidf"), document) == document);
  // the next one still has its effect
  CHECK(filtered(exclude("//pidf:status") + exclude("//rpid:class") + exclude("//pidf:contact"), kIm) ==
        document_of("<tuple id='im'><status><basic>closed</basic></status></tuple>"));
}

TEST_CASE("an exclude of one child of several is no loss of what is required") {
  CHECK(filtered(exclude("//x:a"), "<tuple id='t'><status><basic>open</basic><x:a/></status></tuple>") ==
        document_of("<tuple id='t'><status><basic>open</basic></status></tuple>"));
}

TEST_CASE("the timestamp of a part goes with its element") {
  CHECK_FALSE(filtered(exclude("//dm:timestamp"), kPerson).parts.at(0).timestamp);
  CHECK(filtered(include("//dm:timestamp"), kPerson).parts.at(0).timestamp);
}

TEST_CASE("conditions compare as XPath does") {
  const auto selects = [](const std::string& expression) { return !filtered(include(expression), kAll).parts.empty(); };
  CHECK(selects("//pidf:contact[@priority&lt;0.5]"));
  CHECK(selects("//pidf:contact[@priority>'0.5']"));
  CHECK(selects("//pidf:contact[@priority=0.80]"));
  CHECK_FALSE(selects("//pidf:contact[@priority='0.80']"));
  CHECK_FALSE(selects("//pidf:contact[@priority>0.8]"));
  CHECK_FALSE(selects("//pidf:contact[@q=0]"));
  CHECK_FALSE(selects("//pidf:basic[.>0]"));  // no number
  CHECK_FALSE(selects("//pidf:basic[.='Open']"));
  CHECK_FALSE(selects("//pidf:basic[.='openly']"));
  CHECK_FALSE(selects("//pidf:basic[.='ope']"));
  CHECK_FALSE(selects("//pidf:basic[.='']"));
  CHECK(selects("//pidf:status[.='open']"));  // the text of its child
  CHECK(selects("//pidf:basic[..='open']"));
  CHECK(selects("/pidf:presence[..>-1 or dm:person/@id='p']"));
  CHECK(selects("/pidf:presence/*[*/pidf:basic='open']"));
  CHECK_FALSE(selects("//pidf:tuple[rpid:class='IM' and pidf:status/pidf:basic='open']"));
  CHECK(selects("//pidf:tuple[rpid:class='IM' and pidf:status/pidf:basic='closed' or rpid:class='x']"));
  CHECK_FALSE(selects("//pidf:tuple[rpid:class='IM'][rpid:class='voice']"));
  CHECK_FALSE(selects("//pidf:tuple//pidf:tuple"));
  CHECK(selects("/pidf:presence//gml:pos"));
}

TEST_CASE("mixed content and text of ancestors do not come along") {
  const Document document = document_of("<x:a>secret <x:b>shown</x:b> secret</x:a>");
  CHECK(filtered(include("//x:b"), document) == document_of("<x:a><x:b>shown</x:b></x:a>"));
  CHECK(filtered(exclude("//x:b"), document).parts.at(0).element.text() == "secret  secret");
}

TEST_CASE("the filter of the resource and then the general one are applied") {
  const WatcherFilterSet both = filters("<filter id='1'><what>" + exclude("//pidf:contact") +
                                        "</what></filter>"
                                        "<filter id='2' uri='sip:alice@example.com'><what>" +
                                        include("//pidf:tuple") + "</what></filter>");
  CHECK(apply(both, document_of(kAll)) ==
        document_of("<tuple id='im'><status><basic>closed</basic></status><rpid:class>IM</rpid:class></tuple>"
                    "<tuple id='voice'><status><basic>open</basic></status><rpid:class>voice</rpid:class></tuple>"));
}

TEST_CASE("a large polygon and many tuples are filtered in linear time") {
  std::string ring;
  for (int i = 0; i < 20000; ++i) ring += "<gml:pos>0 0</gml:pos>";
  std::string parts = "<tuple id='big'><status><gml:LinearRing>" + ring + "</gml:LinearRing></status></tuple>";
  for (int i = 0; i < 20000; ++i)
    parts += "<tuple id='t" + std::to_string(i) + "'><status><basic>open</basic></status></tuple>";
  const Document document = document_of(parts);
  CHECK(filtered(include("//gml:pos") + include("//pidf:basic"), document) == document);
}
