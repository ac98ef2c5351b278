#include <catch2/catch.hpp>

#include "filter_fixture.h"
#include "presence/known_elements.h"

using namespace presproof;
using namespace presproof::test;
using policy::AttributePermission;
using policy::ComponentKind;
using policy::SelectorKind;
using policy::SubHandling;
using policy::UserInput;

namespace {

constexpr std::string_view kEverything = R"(
  <tuple id="t1">
    <status><basic>open</basic><x:in-status>s</x:in-status></status>
    <rpid:class>biz</rpid:class>
    <dm:deviceID>urn:uuid:tuple-device</dm:deviceID>
    <rpid:privacy><rpid:text/></rpid:privacy>
    <rpid:relationship><rpid:self/></rpid:relationship>
    <rpid:service-class><rpid:electronic/></rpid:service-class>
    <rpid:status-icon>http://example.com/tuple.png</rpid:status-icon>
    <rpid:user-input id="u1" idle-threshold="600" last-input="2026-01-01T00:00:00Z" since="2026-01-01T00:00:00Z" x:more="1">idle</rpid:user-input>
    <x:foo>tuple foo</x:foo>
    <contact priority="0.8">sip:alice@example.com</contact>
    <note xml:lang="en">tuple note</note>
    <timestamp>2026-05-01T00:00:00Z</timestamp>
  </tuple>
  <note>document note</note>
  <x:elsewhere>other child</x:elsewhere>
  <dm:person id="p1">
    <rpid:activities><rpid:note>activity note</rpid:note><rpid:meeting/></rpid:activities>
    <rpid:class>private</rpid:class>
    <rpid:mood><rpid:happy/></rpid:mood>
    <rpid:place-is><rpid:audio><rpid:noisy/></rpid:audio></rpid:place-is>
    <rpid:place-type><rpid:other>office place</rpid:other></rpid:place-type>
    <rpid:sphere><rpid:work/></rpid:sphere>
    <rpid:time-offset>120</rpid:time-offset>
    <c:homepage>http://example.com/home</c:homepage>
    <dm:note>person note</dm:note>
    <dm:timestamp>2026-05-02T00:00:00Z</dm:timestamp>
  </dm:person>
  <dm:device id="d1">
    <rpid:class>mobile</rpid:class>
    <dm:deviceID>urn:uuid:device-one</dm:deviceID>
    <dm:note>device note</dm:note>
    <dm:timestamp>2026-05-03T00:00:00Z</dm:timestamp>
  </dm:device>)";

/// All three kinds of component, and what else is given.
template <class... What>
std::string all_components_and(What... what) {
  return text_for(read_presence(kEverything), all_of(ComponentKind::service), all_of(ComponentKind::person),
                  all_of(ComponentKind::device), what...);
}

/// What only permissions show.
const std::vector<std::string_view> kNeedsPermission = {
    "in-status",  "<rpid:class>",     "tuple-device", "privacy",     "relationship", "status-icon", "user-input", "tuple foo",
    "tuple note", "document note", "activities",  "activity note", "mood",         "place-is",    "place-type", "sphere",
    "time-offset", "homepage",   "person note",  "device note", "other child"};

/// Checks that exactly `expected` of kNeedsPermission is shown.
void shows_only(const std::string& text, const std::vector<std::string_view>& expected) {
  for (const std::string_view part : kNeedsPermission) {
    INFO(part << " in " << text);
    const bool wanted = std::find(expected.begin(), expected.end(), part) != expected.end();
    CHECK(shows(text, part) == wanted);
  }
}

}  // namespace

TEST_CASE("without any permission but allow the document is empty") {
  const std::string text = text_for(read_presence(kEverything));
  CHECK(shows(text, "entity=\"pres:alice@example.com\""));
  CHECK_FALSE(shows(text, "tuple"));
  CHECK_FALSE(shows(text, "person"));
  CHECK_FALSE(shows(text, "device"));
  shows_only(text, {});
}

TEST_CASE("components alone show what is always reported") {
  const std::string text = all_components_and();
  shows_only(text, {});
  for (const std::string_view part :
       {"id=\"t1\"", "id=\"p1\"", "id=\"d1\"", ">open<", "priority=\"0.8\"", "sip:alice@example.com", "service-class", "electronic",
        "2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z", "2026-05-03T00:00:00Z", "urn:uuid:device-one"}) {
    INFO(part);
    CHECK(shows(text, part));
  }
}

TEST_CASE("each attribute permission shows its attribute and no other") {
  const std::vector<std::pair<AttributePermission, std::vector<std::string_view>>> rows = {
      {AttributePermission::activities, {"activities", "activity note"}},
      {AttributePermission::class_, {"<rpid:class>"}},
      {AttributePermission::device_id, {"tuple-device"}},
      {AttributePermission::mood, {"mood"}},
      {AttributePermission::place_is, {"place-is"}},
      {AttributePermission::place_type, {"place-type"}},
      {AttributePermission::privacy, {"privacy"}},
      {AttributePermission::relationship, {"relationship"}},
      {AttributePermission::sphere, {"sphere"}},
      {AttributePermission::status_icon, {"status-icon"}},
      {AttributePermission::time_offset, {"time-offset"}},
      {AttributePermission::note, {"tuple note", "document note", "person note", "device note"}},
  };
  CHECK(rows.size() == policy::kAttributePermissions);
  for (const auto& [attribute, expected] : rows) shows_only(all_components_and(provide(attribute)), expected);
}

TEST_CASE("provide-class shows the class of every kind of component") {
  const std::string text = all_components_and(provide(AttributePermission::class_));
  for (const std::string_view value : {">biz<", ">private<", ">mobile<"}) CHECK(shows(text, value));
}

TEST_CASE("an attribute needs its component, too") {
  const std::string text = text_for(read_presence(kEverything), all_of(ComponentKind::service), provide(AttributePermission::mood),
                                    provide(AttributePermission::class_));
  CHECK_FALSE(shows(text, "mood"));
  CHECK(shows(text, ">biz<"));
  CHECK_FALSE(shows(text, ">private<"));
}

TEST_CASE("a note of the whole document needs some component beside provide-note") {
  const auto document = read_presence(kEverything);
  CHECK_FALSE(shows(text_for(document, provide(AttributePermission::note)), "document note"));
  CHECK(shows(text_for(document, provide(AttributePermission::note), all_of(ComponentKind::device)), "document note"));
  CHECK_FALSE(shows(text_for(document, all_of(ComponentKind::device)), "document note"));
}

TEST_CASE("an element outside its usual component follows its permission") {
  const presence::Document document = read_presence(
      R"(<tuple id="t"><status><rpid:mood><rpid:happy/></rpid:mood><contact>sip:in-status@example.com</contact></status><rpid:activities><rpid:meal/></rpid:activities>
         <basic>loose</basic></tuple>
         <dm:person id="p"><contact>sip:secret@example.com</contact><dm:deviceID>urn:uuid:in-person</dm:deviceID>
         <rpid:service-class><rpid:postal/></rpid:service-class></dm:person>)");
  const std::string some = text_for(document, all_of(ComponentKind::service), all_of(ComponentKind::person),
                                    provide(AttributePermission::activities));
  CHECK(shows(some, "meal"));
  for (const std::string_view part : {"happy", "loose", "in-status", "secret", "in-person", "postal"}) {
    INFO(part << " in " << some);
    CHECK_FALSE(shows(some, part));
  }
  CHECK(shows(text_for(document, all_of(ComponentKind::service), provide(AttributePermission::mood)), "happy"));
  CHECK(shows(text_for(document, all_of(ComponentKind::person), provide(AttributePermission::device_id)), "in-person"));
}

TEST_CASE("user-input shows its attributes by level") {
  const auto with = [](UserInput level) { return all_components_and(level); };
  shows_only(with(UserInput::none), {});
  const std::string bare = with(UserInput::bare);
  CHECK(shows(bare, ">idle<"));
  for (const std::string_view part : {"idle-threshold", "last-input", "since", "more"}) CHECK_FALSE(shows(bare, part));
  const std::string thresholds = with(UserInput::thresholds);
  CHECK(shows(thresholds, "idle-threshold=\"600\""));
  for (const std::string_view part : {"last-input", "since", "more"}) CHECK_FALSE(shows(thresholds, part));
  const std::string full = with(UserInput::full);
  for (const std::string_view part : {"id=\"u1\"", "idle-threshold=\"600\"", "last-input=", "since=", "more=\"1\""}) CHECK(shows(full, part));
  shows_only(full, {"user-input"});
}

TEST_CASE("an unknown attribute needs its name and namespace, in a status too") {
  shows_only(all_components_and(policy::ProvideUnknownAttribute{"urn:x", "foo", true}), {"tuple foo"});
  shows_only(all_components_and(policy::ProvideUnknownAttribute{"urn:x", "in-status", true}), {"in-status"});
  shows_only(all_components_and(policy::ProvideUnknownAttribute{"urn:y", "foo", true}), {});
  shows_only(all_components_and(policy::ProvideUnknownAttribute{"urn:x", "foo", false}), {});
  shows_only(all_components_and(policy::ProvideUnknownAttribute{"urn:ietf:params:xml:ns:pidf:cipid", "homepage", true}), {"homepage"});
}

TEST_CASE("a known attribute is never granted as an unknown one") {
  for (const auto& [ns, local] : std::vector<std::pair<std::string, std::string>>{
           {"urn:ietf:params:xml:ns:pidf:rpid", "mood"}, {"urn:ietf:params:xml:ns:pidf", "note"},
           {"urn:ietf:params:xml:ns:pidf:rpid", "user-input"}, {"urn:ietf:params:xml:ns:pidf:data-model", "deviceID"}}) {
    REQUIRE(presence::find_known(ns, local));
    shows_only(all_components_and(policy::ProvideUnknownAttribute{ns, local, true}), {});
  }
}

TEST_CASE("an unknown child of presence is removed whatever is granted") {
  CHECK_FALSE(shows(all_components_and(policy::ProvideUnknownAttribute{"urn:x", "elsewhere", true}), "other child"));
  CHECK_FALSE(shows(all_components_and(policy::ProvideAllAttributes{}), "other child"));
}

TEST_CASE("provide-all-attributes shows all of the components that are provided") {
  std::vector<std::string_view> all = kNeedsPermission;
  all.pop_back();
  const std::string text = all_components_and(policy::ProvideAllAttributes{});
  shows_only(text, all);
  CHECK(shows(text, "last-input="));
  const std::string persons = text_for(read_presence(kEverything), all_of(ComponentKind::person), policy::ProvideAllAttributes{});
  CHECK(shows(persons, "homepage"));
  CHECK_FALSE(shows(persons, "tuple"));
  CHECK_FALSE(shows(persons, "device"));
}

TEST_CASE("attributes of the component element need provide-all-attributes, but its id") {
  const presence::Document document = read_presence(R"(<tuple id="t" x:secret="1"><status x:hidden="2"><basic>open</basic></status>loose text</tuple>)");
  const std::string some = text_for(document, all_of(ComponentKind::service));
  CHECK(shows(some, "id=\"t\""));
  for (const std::string_view part : {"secret", "hidden", "loose"}) CHECK_FALSE(shows(some, part));
  const std::string all = text_for(document, all_of(ComponentKind::service), policy::ProvideAllAttributes{});
  CHECK(shows(all, "secret=\"1\""));
  CHECK(shows(all, "hidden=\"2\""));
}

TEST_CASE("selectors choose components by what was published") {
  const presence::Document document = read_presence(R"(
    <tuple id="t1"><status/><rpid:class>biz</rpid:class><contact>sip:one@example.com</contact></tuple>
    <tuple id="t2"><status/><contact>MAILTO:two@example.com</contact></tuple>
    <tuple id="t3"><status/></tuple>
    <dm:person id="p1"><rpid:class>biz</rpid:class></dm:person>
    <dm:person id="p2"/>
    <dm:device id="d1"><dm:deviceID>urn:uuid:1</dm:deviceID></dm:device>
    <dm:device id="d2"><rpid:class>biz</rpid:class><dm:deviceID>sip:dev@EXAMPLE.com</dm:deviceID></dm:device>)");
  const auto ids = [&](ComponentKind kind, SelectorKind selector, std::string value) {
    std::string result;
    // With provide-class, since a class that is not shown selects nothing the second time.
    const auto left = get(document, grants(select(kind, selector, {std::move(value)}), provide(AttributePermission::class_)));
    REQUIRE(left);
    for (const presence::Part& part : left->parts) result += part.id + " ";
    return result;
  };
  using enum SelectorKind;
  CHECK(ids(ComponentKind::service, class_, "biz") == "t1 ");
  CHECK(ids(ComponentKind::service, class_, "Biz").empty());
  CHECK(ids(ComponentKind::service, occurrence_id, "t2") == "t2 ");
  CHECK(ids(ComponentKind::service, occurrence_id, "T2").empty());
  CHECK(ids(ComponentKind::service, service_uri, "sip:one@EXAMPLE.COM") == "t1 ");
  CHECK(ids(ComponentKind::service, service_uri, "sip:One@example.com").empty());
  CHECK(ids(ComponentKind::service, service_uri_scheme, "sip") == "t1 ");
  CHECK(ids(ComponentKind::service, service_uri_scheme, "mailto").empty());
  CHECK(ids(ComponentKind::service, service_uri_scheme, "MAILTO") == "t2 ");
  CHECK(ids(ComponentKind::service, service_uri_scheme, "").empty());
  CHECK(ids(ComponentKind::person, class_, "biz") == "p1 ");
  CHECK(ids(ComponentKind::person, occurrence_id, "p2") == "p2 ");
  CHECK(ids(ComponentKind::device, class_, "biz") == "d2 ");
  CHECK(ids(ComponentKind::device, device_id, "urn:uuid:1") == "d1 ");
  CHECK(ids(ComponentKind::device, device_id, "sip:dev@example.com") == "d2 ");
  CHECK(ids(ComponentKind::device, occurrence_id, "d1") == "d1 ");
  CHECK(ids(ComponentKind::device, occurrence_id, "t1").empty());
}

TEST_CASE("a component selected by its class loses the class without provide-class") {
  const semantics::Options options;
  const presence::Document document = read_presence(R"(<dm:person id="p"><rpid:class>biz</rpid:class><rpid:mood/></dm:person>)");
  const policy::Policy policy = policy_of({rule("r", {}, grants(SubHandling::allow, select(ComponentKind::person, SelectorKind::class_, {"biz"})))});
  const auto decision = semantics::Evaluator(policy, options).decide(by("sip:bob@example.com"));
  const auto left = semantics::filter(decision, document, by_nobody().state, options, {});
  REQUIRE(left);
  const std::string text = presence::write_document(*left);
  CHECK(shows(text, "id=\"p\""));
  CHECK_FALSE(shows(text, "biz"));
}

TEST_CASE("block and confirm show no document") {
  const presence::Document document = read_presence(kEverything);
  for (const SubHandling handling : {SubHandling::block, SubHandling::confirm}) {
    semantics::Decision decision;
    decision.permissions.sub_handling = handling;
    decision.permissions.all_attributes = true;
    decision.permissions.components[1].all = true;
    CHECK(!semantics::filter(decision, document, by_nobody().state, {}, {}));
  }
}

TEST_CASE("polite-block shows one closed tuple and nothing of the published document") {
  semantics::Decision decision;
  decision.permissions.sub_handling = SubHandling::polite_block;
  decision.permissions.all_attributes = true;
  for (auto& component : decision.permissions.components) component.all = true;
  const auto closed = semantics::filter(decision, read_presence(kEverything), by_nobody().state, {}, {});
  REQUIRE(closed);
  CHECK(closed->entity == "pres:alice@example.com");
  REQUIRE(closed->parts.size() == 1);
  CHECK(closed->parts[0].kind == presence::PartKind::service);
  const std::string text = presence::write_document(*closed);
  CHECK(shows(text, "<basic>closed</basic>"));
  shows_only(text, {});
  for (const std::string_view part : {"contact", "timestamp", "t1", "person", "device"}) CHECK_FALSE(shows(text, part));

  SECTION("it is the same for every published document") {
    CHECK(semantics::filter(decision, read_presence(""), by_nobody().state, {}, {}) == closed);
    CHECK(semantics::filter(decision, read_presence("<dm:person id='q'/>"), by_nobody().state, {}, {}) == closed);
  }
  SECTION("its id is unlike a published one") {
    const std::string id = closed->parts[0].id;
    CHECK(!id.empty());
    const auto other = semantics::filter(decision, read_presence("<tuple id='" + id + "'><status/></tuple>"), by_nobody().state, {}, {});
    REQUIRE(other);
    CHECK(other->parts.size() == 1);
    CHECK(other->parts[0].id != id);
  }
  SECTION("filtering it again changes nothing") {
    CHECK(semantics::filter(decision, *closed, by_nobody().state, {}, {}) == closed);
  }
}
