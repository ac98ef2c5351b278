// Identities and removals of the SER family.

#include <catch2/catch.hpp>

#include "semantics/filter_removals.h"
#include "semantics/text_identity.h"

namespace presproof::semantics {
namespace {

const engine::Profile& profile(const std::string& name) { return *engine::find_profile(name); }

std::string text_of(const std::string& uri, const std::string& name = "kamailio") {
  const auto who = text_watcher({{uri::parse(uri)}}, profile(name));
  return who.watcher ? who.watcher->uri : std::to_string(who.code);
}

bool fits(const policy::IdentityCondition& condition, const std::string& uri, const std::string& name) {
  return text_identity_holds(condition, *text_watcher({{uri::parse(uri)}}, profile(name)).watcher, profile(name).identity);
}

bool holds(const policy::IdentityCondition& condition, const std::string& uri) { return fits(condition, uri, "kamailio"); }

policy::Domain domain(const std::string& text) { return {text, uri::to_ascii_domain(text), {}}; }

presence::Element element(const std::string& name, std::vector<presence::Node> children = {}) { return {"urn:x", name, {}, std::move(children), {}}; }
presence::Part part(presence::PartKind kind, presence::Element element) { return {kind, {}, {}, std::move(element)}; }

std::string names(const presence::Document& document) {
  std::string text;
  for (const auto& part : document.parts) {
    text += part.element.local + "(";
    for (const auto& node : part.element.children)
      if (const auto* child = std::get_if<presence::Element>(&node.value)) text += child->local + ",";
    text += ")";
  }
  return text;
}

}  // namespace

TEST_CASE("a watcher is user and host of From", "[ser]") {
  CHECK(text_of("sip:bob@example.com") == "sip:bob@example.com");
  CHECK(text_of("sips:bob:secret@Example.com:5061;transport=tls?x=y") == "sip:bob@Example.com");
  CHECK(text_of("sip:bob@[2001:db8::1]:5060") == "sip:bob@[2001:db8::1]");
  CHECK(text_of("tel:+1201;ext=1") == "sip:+1201@");
  CHECK(text_of("pres:bob@example.com") == "400");
  CHECK(text_of("sip:example.com") == "500");
  CHECK(text_watcher({}, profile("kamailio")).watcher->uri == "sip:anonymous@anonymous.invalid");
}

TEST_CASE("compared exactly, a domain is itself, and exceptions exclude", "[ser]") {
  policy::Many company{domain("example.com"), {}, false, {}};
  company.excepts.push_back({uri::parse("sip:eve@example.com"), std::nullopt, {}});
  const policy::IdentityCondition condition{{policy::One{uri::parse("sip:x@y.example"), {}}, company}, {}};
  CHECK(fits(condition, "sip:a@example.com", "opensips-oma"));
  CHECK(fits(condition, "sips:x@y.example:5061", "opensips-oma"));
  for (const char* uri : {"sip:eve@example.com", "sip:a@example.org", "sip:a@Example.com", "sip:a@example", "tel:+1"}) CHECK_FALSE(fits(condition, uri, "opensips-oma"));
  const policy::IdentityCondition anybody{{policy::Many{std::nullopt, {{std::nullopt, domain("example.org"), {}}}, false, {}}}, {}};
  CHECK(fits(anybody, "tel:+1", "opensips-oma"));
  CHECK_FALSE(fits(anybody, "sip:a@example.org", "opensips-oma"));
}

TEST_CASE("an asserted identity counts for <one>, the domain of From for <many>", "[ser]") {
  const policy::Watcher both{{uri::parse("sip:bob@example.com"), uri::parse("sip:x@elsewhere.example")}};
  engine::Profile trusting = profile("kamailio");
  trusting.parameters.identity = engine::IdentitySource::asserted;
  const auto asserted = *text_watcher(both, trusting).watcher;
  CHECK(asserted.uri == "sip:bob@example.com");
  CHECK(asserted.domain == "elsewhere.example");
  CHECK(text_watcher(both, profile("kamailio")).watcher->domain == "example.com");
  CHECK(text_watcher({{both.identities[0], uri::parse("pres:x@y.example")}}, trusting).code == 400);
}

TEST_CASE("a domain fits by its length or its beginning; the last <many> that fits decides", "[ser]") {
  const policy::IdentityCondition company{{policy::Many{domain("example.com"), {}, false, {}}}, {}};
  for (const char* uri : {"sip:a@example.com", "sip:a@example.org", "sip:a@example", "sip:a@e", "tel:+1"}) CHECK(holds(company, uri));
  for (const char* uri : {"sip:a@example.community", "sip:a@other", "sip:a@mail.example.com"}) CHECK(!holds(company, uri));
  const policy::Except bob{uri::parse("sip:bob@example.com"), {}, {}};
  const policy::Except bobb{uri::parse("sip:bob@example.comm"), {}, {}};
  const policy::Except here{{}, domain("example.com"), {}};
  CHECK(holds({{policy::Many{{}, {bob}, false, {}}}, {}}, "sip:bob@example.com"));
  CHECK(!holds({{policy::Many{{}, {bobb}, false, {}}}, {}}, "sip:bob@example.com"));
  CHECK(!holds({{policy::One{uri::parse("sip:bob@example.com"), {}}, policy::Many{{}, {here}, false, {}}}, {}}, "sip:bob@example.com"));
  CHECK(holds({{policy::Many{{}, {here}, false, {}}, policy::Many{domain("example.com"), {}, false, {}}}, {}}, "sip:bob@example.com"));
}

TEST_CASE("removals take the first element of the name, and those beside it", "[ser]") {
  using presence::PartKind;
  const presence::Document document{"sip:alice@example.com",
                                    {part(PartKind::service, element("tuple", {{element("class", {{std::string("biz")}})}})), part(PartKind::service, element("tuple")),
                                     part(PartKind::person, element("person", {{element("mood")}, {element("note")}})), part(PartKind::note, element("note")), part(PartKind::service, element("tuple"))}};
  const auto left = [&](const std::string& name, const std::string& text, std::vector<policy::WrittenElement> children = {}) { return names(without_removed(document, {{name, text, std::move(children)}})); };
  const std::string all = "tuple(class,)tuple()person(mood,note,)note()tuple()";
  CHECK(left("provide-mood", "true") == all);
  CHECK(left("provide-mood", "FALSE") == "tuple(class,)tuple()person(note,)note()tuple()");
  CHECK(left("provide-note", "false") == "tuple(class,)tuple()person(mood,)tuple()");
  CHECK(left("provide-note", "0") == "tuple(class,)tuple()person(mood,)note()tuple()");
  CHECK(left("provide-services", "", {{"all-services", "", {}}}) == all);
  CHECK(left("provide-services", "biz", {{"class", "biz", {}}}) == "tuple(class,)person(mood,note,)note()tuple()");
  CHECK(left("provide-services", "") == "person(mood,note,)note()tuple()");
  CHECK(left("provide-location", "", {{"provide-geo", "", {}}}) == all);
  CHECK(left("mood", "false") == all);
  CHECK(left("provide-a-name-that-is-longer-than-the-engine-can-hold", "false") == all);
}

}  // namespace presproof::semantics
