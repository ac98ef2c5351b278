#include "lint/xcap_path.h"
#include "policy/reader.h"
#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

/// What a check says of documents that lie at these paths.
std::vector<std::string> messages(Code code, const std::vector<std::string>& paths, std::string_view rules) {
  diag::Sources sources;
  diag::Sink sink;
  Subject subject;
  for (const std::string& path : paths) {
    const auto file = sources.add(path, "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:pr='urn:ietf:params:xml:ns:pres-rules'>" +
                                            std::string(rules) + "</ruleset>");
    auto document = xml::Document::read(sources, file, xml::Limits{}, sink);
    REQUIRE(document.has_value());
    subject.policy.documents.push_back(policy::read_rule_set(*document, sources, sink).value());
    subject.documents.push_back(std::move(*document));
  }
  const Options options;
  check_of(code)->run(Context(subject, sources, options), sink);
  std::vector<std::string> found;
  for (const auto& each : sink.diagnostics())
    if (each.code == code) found.push_back(each.message);
  return found;
}
std::vector<std::string> named(const std::string& path) { return messages(Code::unusual_document_name, {path}, ""); }
std::vector<std::string> placed(const std::string& path, const std::string& rules) {
  return messages(Code::unusual_application, {path}, rules);
}

}  // namespace

TEST_CASE("paths of XCAP servers are told from others", "[lint]") {
  const auto path = xcap_path("/var/xcap/pres-rules/users/sip:a@b.example/sub/index");
  REQUIRE(path.has_value());
  CHECK(path->auid == "pres-rules");
  CHECK(path->user == "sip:a@b.example");
  CHECK(path->document == "index");
  CHECK(xcap_path("pres-rules/global/index")->user.empty());
  CHECK_FALSE(xcap_path("/home/users/alice/rules.xml").has_value());
  CHECK_FALSE(xcap_path("pres-rules/alice/rules.xml").has_value());
  CHECK_FALSE(xcap_path("pres-rules/users/alice").has_value());
  CHECK_FALSE(xcap_path("").has_value());
}

TEST_CASE("the only document of a user has the name that clients look for", "[lint]") {
  CHECK(named("x/pres-rules/users/sip:a@b.example/friends") ==
        std::vector<std::string>{"the only document of `sip:a@b.example` is called `friends`: clients look for `index`"});
  CHECK(named("x/pres-rules/users/sip:a@b.example/index").empty());
  CHECK(named("x/pres-rules/users/sip:a@b.example/index.xml").empty());
  CHECK(named("x/pres-rules/global/friends").empty());
  CHECK(named("geolocation-policy/users/sip:a@b.example/friends").empty());
  CHECK(named("friends.xml").empty());
  CHECK(messages(Code::unusual_document_name, {"pres-rules/users/a/one", "pres-rules/users/a/two"}, "").empty());
}

TEST_CASE("a rule set lies with the application that it is for", "[lint]") {
  const std::string presence = rule("a", kBob, kAllow);
  const std::string location = rule("a", kBob);
  CHECK(placed("resource-lists/users/a/index", location) ==
        std::vector<std::string>{"a rule set lies in `resource-lists`, which holds no rule sets: no server looks for it there"});
  CHECK(placed("geolocation-policy/users/a/index", presence) ==
        std::vector<std::string>{"a presence rule set lies in `geolocation-policy`: a presence agent does not look for it there"});
  CHECK(placed("geolocation-policy/users/a/index", location).empty());
  CHECK(placed("pres-rules/users/a/index", location).empty());
  CHECK(placed("lists/users/a/index", presence).empty());
}

}  // namespace presproof::lint
