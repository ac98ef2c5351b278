#include <catch2/catch.hpp>

#include "diag/error.h"
#include "presence/watcher_filter.h"

using namespace presproof;
using namespace presproof::presence;

namespace {

WatcherFilterSet read(const std::string& text) {
  diag::Sources sources;
  return read_watcher_filters(sources, sources.add("filter.xml", text), xml::Limits{});
}

std::string set_of(const std::string& content, const std::string& attributes = "") {
  return "<filter-set xmlns='urn:ietf:params:xml:ns:simple-filter' xmlns:x='urn:x'" + attributes + ">" + content +
         "</filter-set>";
}

const std::string kBindings =
    "<ns-bindings><ns-binding prefix='pidf' urn='urn:ietf:params:xml:ns:pidf'/></ns-bindings>";
const std::string kWhat = "<what><include>//pidf:tuple</include></what>";

diag::Problem problem(const std::string& text) {
  try {
    static_cast<void>(read(text));
  } catch (const diag::InputError& error) {
    return error.problems().at(0);
  }
  return {};
}

bool refused(const std::string& content) { return !problem(set_of(kBindings + content)).message.empty(); }

std::vector<std::string> chosen(const std::string& filters, const std::string& entity) {
  const WatcherFilterSet set = read(set_of(filters));
  std::vector<std::string> ids;
  for (const WatcherFilter* filter : filters_for(set, entity)) ids.push_back(filter->id);
  return ids;
}

std::string filter(const std::string& id, const std::string& attributes) {
  return "<filter id='" + id + "' " + attributes + "><what/></filter>";
}

}  // namespace

TEST_CASE("a filter set is read with all that it says") {
  const WatcherFilterSet set = read(set_of(
      kBindings +
          "<filter id='1' uri='sip:bob@example.com'><what><include type='namespace'> urn:ietf:params:xml:ns:pidf "
          "</include>"
          "<include type='xpath'>//pidf:note</include><exclude>//pidf:contact/@priority</exclude></what></filter>"
          "<filter id='2' domain='EXAMPLE.com' enabled='false'/><filter id='3' remove='1'/>"
          "<filter id='4'><trigger><changed from='a' to='b' by='1'>//pidf:basic</changed><added>//pidf:tuple</added>"
          "<removed>//pidf:tuple</removed></trigger></filter>",
      " package='presence'"));
  REQUIRE(set.filters.size() == 4);
  CHECK(set.filters[0].uri.value().text == "sip:bob@example.com");
  REQUIRE(set.filters[0].includes.size() == 2);
  CHECK(std::get<ContentRule::Namespace>(set.filters[0].includes[0].what).ns == "urn:ietf:params:xml:ns:pidf");
  CHECK(std::get<Selection>(set.filters[0].includes[1].what).steps.size() == 1);
  CHECK(set.filters[0].excludes.size() == 1);
  CHECK(set.filters[0].active);
  CHECK(set.filters[1].domain == "example.com");
  CHECK_FALSE(set.filters[1].active);
  CHECK_FALSE(set.filters[2].active);
  CHECK(set.filters[3].triggers == 1);
  REQUIRE(set.notes.size() == 1);
  CHECK(set.notes[0].message.find("`<trigger>`") != std::string::npos);
}

TEST_CASE("elements of extensions are noted, not applied") {
  const WatcherFilterSet set = read(set_of(
      "<filter id='1'><what><x:kind>civic</x:kind></what><trigger><x:moved>300</x:moved></trigger><x:y/></filter>"));
  CHECK(set.notes.size() == 4);
  CHECK(set.filters[0].includes.empty());
}

TEST_CASE("an error in an expression has its place in the file") {
  const diag::Problem in_text = problem(
      "<filter-set xmlns='urn:ietf:params:xml:ns:simple-filter'>\n<filter id='1'><what>\n"
      "  <include type='xpath'>\n    //\xC3\xA4/pidf:tuple</include></what></filter></filter-set>");
  CHECK(in_text.span.line == 4);
  CHECK(in_text.span.column == 9);
  const diag::Problem in_reference =
      problem(set_of("<filter id='1'><what>\n<include>&#47;/pidf:tuple</include></what></filter>"));
  CHECK(in_reference.span.line == 2);
  CHECK(in_reference.span.column == 1);
}

TEST_CASE("an error in a trigger's expression is told") {
  CHECK(refused("<filter id='1'><trigger><changed>//rpid:mood</changed></trigger></filter>"));
  CHECK(refused("<filter id='1'><trigger><added/></trigger></filter>"));
}

TEST_CASE("another root, another package and text that is not well-formed are refused") {
  CHECK(
      problem("<filter-set xmlns='urn:ietf:params:xml:ns:simple-winfo-filter'/>").message.find("simple-winfo-filter") !=
      std::string::npos);
  CHECK_FALSE(problem(set_of("<filter id='1'><what/></filter>", " package='presence.winfo'")).message.empty());
  CHECK_THROWS_AS(read("<filter-set"), diag::InputError);
  CHECK_THROWS_AS(read(""), diag::InputError);
}

TEST_CASE("what the schema does not allow is refused") {
  CHECK_FALSE(refused("<filter id='1'>" + kWhat + "</filter>"));
  CHECK(refused(""));
  CHECK(refused("<filter>" + kWhat + "</filter>"));
  CHECK(refused("<filter id='1'/>"));
  CHECK(refused("<filter id='1' uri='sip:a@b.c' domain='b.c'>" + kWhat + "</filter>"));
  CHECK(refused("<filter id='1' enabled='yes'>" + kWhat + "</filter>"));
  CHECK(refused("<filter id='1' colour='red'>" + kWhat + "</filter>"));
  CHECK_FALSE(refused("<filter id='1' x:colour='red'>" + kWhat + "</filter>"));
  CHECK(refused("<filter id='1'>" + kWhat + kWhat + "</filter>"));
  CHECK(refused("<filter id='1'>text" + kWhat + "</filter>"));
  CHECK(refused("<filter id='1'><what><exclude>//pidf:a</exclude><include>//pidf:b</include></what></filter>"));
  CHECK(refused("<filter id='1'><what><only>//pidf:a</only></what></filter>"));
  CHECK(refused("<filter id='1'><what><include type='regex'>//pidf:a</include></what></filter>"));
  CHECK(refused("<filter id='1'><what><include><x:a/></include></what></filter>"));
  CHECK(refused("<filter id='1'><what><include type='namespace'> </include></what></filter>"));
  CHECK(refused("<filter id='1'>" + kWhat + "</filter><filter id='1' uri='sip:a@b.c'>" + kWhat + "</filter>"));
  CHECK(refused("<filter id='1'>" + kWhat + "</filter>" + kBindings));
  CHECK(refused(kBindings + "<filter id='1'>" + kWhat + "</filter>"));
  CHECK(refused("<rule/>"));
  CHECK_FALSE(
      problem(set_of("<ns-bindings><ns-binding prefix='p' urn='a'/><ns-binding prefix='p' urn='b'/></ns-bindings>"
                     "<filter id='1'><what/></filter>"))
          .message.empty());
  CHECK_FALSE(
      problem(set_of("<ns-bindings><ns-binding prefix='p:q' urn='a'/></ns-bindings><filter id='1'><what/></filter>"))
          .message.empty());
  CHECK_FALSE(problem(set_of("<ns-bindings><ns-binding prefix='p'/></ns-bindings><filter id='1'><what/></filter>"))
                  .message.empty());
}

TEST_CASE("two filters for the same resource are refused, unless one is not active") {
  CHECK(refused(filter("1", "") + filter("2", "")));
  CHECK(refused(filter("1", "uri='sip:a@b.c'") + filter("2", "uri='sip:a@B.C'")));
  CHECK(refused(filter("1", "domain='b.c'") + filter("2", "domain='B.c'")));
  CHECK_FALSE(refused(filter("1", "uri='sip:a@b.c'") + filter("2", "uri='sip:A@b.c'") + filter("3", "domain='b.c'") +
                      filter("4", "")));
  CHECK_FALSE(refused(filter("1", "") + filter("2", "enabled='false'") + filter("3", "remove='true'")));
}

TEST_CASE("a filter for a resource comes before the general one and replaces the domain's") {
  const std::string all = filter("general", "") + filter("domain", "domain='example.com'") +
                          filter("bob", "uri='sip:bob@example.com'") +
                          filter("off", "uri='sip:carol@example.com' enabled='false'");
  CHECK(chosen(all, "sip:bob@EXAMPLE.com") == std::vector<std::string>{"bob", "general"});
  CHECK(chosen(all, "sip:carol@example.com") == std::vector<std::string>{"domain", "general"});
  CHECK(chosen(all, "sip:carol@sub.example.com") == std::vector<std::string>{"general"});
  CHECK(chosen(all, "tel:+12125551234") == std::vector<std::string>{"general"});
  CHECK(chosen(filter("bob", "uri='sip:bob@example.com'"), "pres:bob@example.com").empty());
}
