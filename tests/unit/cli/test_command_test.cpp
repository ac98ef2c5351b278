#include <nlohmann/json.hpp>

#include "running.h"

namespace presproof::test {
namespace {

const std::string kSamples = PRESPROOF_SAMPLES;
const std::string kSuite = kSamples + "/friends-and-family/policy.test.toml";
const std::string kHead = "policy = \"" + kSamples + "/friends-and-family/policy.xml\"\nat = 2026-06-01T12:00:00Z\n";

}  // namespace

TEST_CASE("test: a suite that passes says what it covers") {
  const auto ran = run({"test", kSuite, "--coverage-below", "100"});
  CHECK(ran.status == 0);
  CHECK(ran.out.find("coverage 100.0 %") != std::string::npos);
  CHECK(run({"test", kSuite}).out == run({"test", kSuite}).out);
}

TEST_CASE("test: a failing case shows its values, in every format, and exits with 1") {
  const Folder folder;
  const auto suite = folder.write("a.test.toml", kHead + "[[case]]\nname = \"bob is refused\"\nwatcher = \"sip:bob@example.com\"\nexpect.response = 403\n");
  const auto text = run({"test", suite, "--coverage"});
  CHECK(text.status == 1);
  CHECK(text.out.find("a.test.toml:3: failed: bob is refused\n    response\n      expected 403\n      actual   200\n") != std::string::npos);
  CHECK(text.out.find("not covered: ") != std::string::npos);
  const auto json = nlohmann::json::parse(run({"test", suite, "--format", "json"}).out);
  CHECK(json["format"] == "presproof-test/1");
  CHECK(json["summary"]["failed"] == 1);
  CHECK(json["suites"][0]["cases"][0]["failures"][0]["actual"] == "200");
  const auto junit = run({"test", suite, "--format", "junit"});
  CHECK(junit.out.find("failures=\"1\"") != std::string::npos);
  CHECK(junit.out.find("response: expected 403, actual 200") != std::string::npos);
}

TEST_CASE("test: as a server decides, whatever the suite says") {
  const Folder folder;
  const std::string mallory = "[[case]]\nname = \"mallory sees an empty room\"\nwatcher = \"sip:mallory@club.example.org\"\nexpect.permissions.sub-handling = \"polite-block\"\n";
  const auto suite = folder.write("a.test.toml", kHead + mallory);
  CHECK(run({"test", suite}).status == 0);
  const auto ran = run({"test", suite, "--engine", "kamailio"});
  CHECK(ran.status == 1);
  CHECK(ran.out.find("expected \"polite-block\"\n      actual   \"allow\"") != std::string::npos);
  CHECK(ran.out.find("0 of 1 passed, decided as the engine `kamailio` does") != std::string::npos);
  const auto own = folder.write("b.test.toml", "engine = \"kamailio\"\n" + kHead + mallory);
  CHECK(run({"test", own}).status == 1);
  CHECK(run({"test", own, "--engine", "rfc"}).status == 0);
  const auto drafted = run({"test", "new", kSamples + "/friends-and-family/policy.xml", "--engine", "kamailio"});
  REQUIRE(drafted.status == 0);
  CHECK(drafted.out.find("engine = \"kamailio\"\n") != std::string::npos);
  auto text = drafted.out;
  text.replace(text.find("policy.xml"), 10, kSamples + "/friends-and-family/policy.xml");
  const auto again = run({"test", folder.write("c.test.toml", text), "--mutate", "--coverage-below", "100", "--score-below", "1"});
  CHECK(again.status == 0);
}

TEST_CASE("test: survivors are listed with cases that kill them") {
  const Folder folder;
  const auto suite = folder.write("a.test.toml", kHead + "[[case]]\nname = \"bob\"\nwatcher = \"sip:bob@example.com\"\nexpect.response = 200\n");
  const auto ran = run({"test", suite, "--kill", "--score-below", "0.9"});
  CHECK(ran.status == 1);
  CHECK(ran.out.find("mutation score 0.") != std::string::npos);
  CHECK(ran.out.find("survived: ") != std::string::npos);
  CHECK(ran.out.find("[[case]]\nname = ") != std::string::npos);
  CHECK(run({"test", suite}).status == 0);
}

TEST_CASE("test: properties, filters, folders, and nothing to run") {
  const Folder folder;
  folder.write("a.test.toml", kHead + "properties = \"" + kSamples + "/friends-and-family/policy.props\"\n[[property]]\nname = \"nor does the club\"\n[[property]]\ntext = \"for everyone never mood\"\nexpect = \"violated\"\n");
  CHECK(run({"test", folder.path("")}).status == 0);
  CHECK(run({"test", folder.path(""), "--filter", "club"}).out.find("1 of 1 passed") != std::string::npos);
  const auto nothing = run({"test", folder.path(""), "--filter", "no such name", "--fail-on-empty"});
  CHECK(nothing.status == 1);
  CHECK(nothing.err.find("no case was run") != std::string::npos);
  folder.write("b.test.toml", kHead + "[[property]]\nname = \"no such property\"\n");
  CHECK(run({"test", folder.path("b.test.toml")}).status == 2);
}

TEST_CASE("test: --update writes what is found, and nothing else") {
  const Folder folder;
  const std::string before = kHead + "# who bob is\n[[case]]\nname = \"b\u00f6b\"   # stays\nwatcher = \"sip:bob@example.com\"\nexpect.response   =   403 # why\n"
                                     "expect.matched = [\"x\"]\nexpect.permissions = { provide-mood = true, provide-location = { geodetic = { radius_m = 1 } } }\n";
  const auto suite = folder.write("a.test.toml", before);
  const auto ran = run({"test", suite, "--update"});
  CHECK(ran.status == 0);
  CHECK(ran.err.find("4 values updated") != std::string::npos);
  std::string after = before;
  const auto replace = [&](const std::string& from, const std::string& to) { after.replace(after.find(from), from.size(), to); };
  replace("403", "200");
  replace("[\"x\"]", "[\"friends\"]");
  replace("provide-mood = true", "provide-mood = false");
  replace("radius_m = 1 }", "radius_m = 5000 }");
  CHECK(folder.read("a.test.toml") == after);
  const auto shared = folder.write("b.test.toml", kHead + "[[case]]\nname = \"two\"\nwatchers = [\"sip:bob@example.com\", \"sip:eve@example.com\"]\nexpect.response = 200\n");
  const auto left = run({"test", shared, "--update"});
  CHECK(left.status == 1);
  CHECK(left.err.find("several watchers share it") != std::string::npos);
}

TEST_CASE("test: --update of rows and of paths") {
  const Folder folder;
  const std::string presence = "presence = \"" + kSamples + "/friends-and-family/presence.xml\"\n";
  const std::string before = kHead + presence + R"([[case]]
name = "bob"
watcher = "sip:bob@example.com"
rows = [
  { sphere = "home", expect.response = 403 },  # stays
  { expect = { response = 403, document = { present = ["person/nothing", "tuple"], absent = [] } } },
]
[[case]]
name = "paths"
watcher = "sip:bob@example.com"
expect.document.present = [ "tuple", "person/nothing" ]
[[case]]
name = "a comment"
watcher = "sip:bob@example.com"
expect.document.present = [ "person/nothing", # why
  "tuple" ]
)";
  const auto suite = folder.write("a.test.toml", before);
  const auto ran = run({"test", suite, "--update"});
  CHECK(ran.status == 1);
  CHECK(ran.err.find("a comment, or a `#`, is among the paths") != std::string::npos);
  std::string after = before;
  const auto replace = [&](const std::string& from, const std::string& to) { after.replace(after.find(from), from.size(), to); };
  replace("403", "200");
  replace("403", "200");
  replace("[\"person/nothing\", \"tuple\"]", "[\"tuple\"]");
  replace("absent = []", "absent = [\"person/nothing\"]");
  replace("[ \"tuple\", \"person/nothing\" ]", "[\"tuple\"]\nexpect.document.absent = [\"person/nothing\"]");
  CHECK(folder.read("a.test.toml") == after);
}

TEST_CASE("test: a draft is a suite that passes") {
  const Folder folder;
  std::filesystem::copy(kSamples + "/workplace/policy.xml", folder.path("policy.xml"));
  const auto draft = run({"test", "new", folder.path("policy.xml")});
  REQUIRE(draft.status == 0);
  const auto ran = run({"test", folder.write("policy.test.toml", draft.out), "--mutate", "--coverage-below", "100", "--score-below", "1"});
  CHECK(ran.status == 0);
  CHECK(run({"test", "new"}).status == 2);
}

}  // namespace presproof::test
