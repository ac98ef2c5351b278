#include <nlohmann/json.hpp>

#include "running.h"

namespace presproof::test {
namespace {

std::string rule_set(const std::string& rules) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules">)" + rules + "</ruleset>\n";
}
std::string rule(const std::string& id, const std::string& who, const std::string& transformations) {
  return "<rule id=\"" + id + "\"><conditions><identity><one id=\"" + who + "\"/></identity></conditions><actions><pr:sub-handling>allow</pr:sub-handling></actions><transformations>"
         "<pr:provide-persons><pr:all-persons/></pr:provide-persons>" + transformations + "</transformations></rule>";
}
const std::string kMood = "<pr:provide-mood>true</pr:provide-mood>";
const std::string kPlain = rule_set(rule("a", "sip:bob@example.com", ""));
const std::string kMore = rule_set(rule("a", "sip:bob@example.com", kMood));

}  // namespace

TEST_CASE("diff: equivalence is proved and exits with 0") {
  const Folder folder;
  const auto old_file = folder.write("old.xml", kPlain);
  const auto new_file = folder.write("new.xml", rule_set(rule("another-name", "sip:bob@example.com", "")));
  const auto ran = run({"diff", old_file, new_file, "--format", "json"});
  CHECK(ran.status == 0);
  const auto json = nlohmann::json::parse(ran.out);
  CHECK(json["format"] == "presproof-diff/1");
  CHECK(json["equivalent"] == true);
  CHECK(json["changes"].empty());
  CHECK(run({"diff", old_file, new_file}).out.find("equivalent") != std::string::npos);
}

TEST_CASE("diff: as a server decides") {
  const Folder folder;
  const auto old_file = folder.write("old.xml", rule_set(rule("a", "sip:bob@example.com", "") + rule("b", "sip:bob@example.com", kMood)));
  const auto new_file = folder.write("new.xml", rule_set(rule("b", "sip:bob@example.com", kMood) + rule("a", "sip:bob@example.com", "")));
  CHECK(run({"diff", old_file, new_file}).status == 0);
  // The first rule decides, and what provide-mood names is taken away or not.
  const auto ran = run({"diff", old_file, new_file, "--engine", "kamailio"});
  CHECK(ran.status == 1);
  CHECK(ran.out.find("now get documents from which other transformations take something away, at any time") != std::string::npos);
  CHECK(ran.out.find("decided as the engine `kamailio` does") != std::string::npos);
  CHECK(ran.out.find("--engine kamailio --show decision") != std::string::npos);
  const auto other = folder.write("other.xml", rule_set(rule("b", "sip:carol@example.com", kMood) + rule("a", "sip:bob@example.com", "")));
  const auto json = nlohmann::json::parse(run({"diff", old_file, other, "--engine", "mobicents", "--format", "json"}).out);
  CHECK(json["engine"] == "mobicents");
  REQUIRE_FALSE(json["changes"].empty());
  CHECK(json["changes"][0]["witness"]["new"]["engine"] == "mobicents");
  CHECK(run({"diff", old_file, old_file, "--engine", "kaleo"}).out.find("equivalent: it is proved") != std::string::npos);
  // A rule set that is not there is what the server does without.
  const auto gone = run({"diff", old_file, "/dev/null", "--engine", "mobicents", "--fail-on", "gained"});
  CHECK(gone.status == 1);
  CHECK(gone.out.find("everybody else who is authenticated") != std::string::npos);
  CHECK(run({"diff", old_file, new_file, "--engine", "kamailo"}).err.find("kamailio") != std::string::npos);
}

TEST_CASE("diff: a gain has the contract's keys, and a witness on both sides") {
  const Folder folder;
  const auto old_file = folder.write("old.xml", kPlain);
  const auto new_file = folder.write("new.xml", kMore);
  const auto ran = run({"diff", old_file, new_file, "--format", "json"});
  CHECK(ran.status == 1);
  const auto json = nlohmann::json::parse(ran.out);
  REQUIRE(json["changes"].size() == 1);
  const auto& change = json["changes"][0];
  CHECK(change["direction"] == "gained");
  CHECK(change["permission"] == "provide-mood");
  CHECK(change["watchers"] == "sip:bob@example.com");
  CHECK(change["witness"]["old"]["permissions"]["provide-mood"] == false);
  CHECK(change["witness"]["new"]["permissions"]["provide-mood"] == true);
  CHECK(change["witness"]["watcher"]["identities"][0] == "sip:bob@example.com");
  CHECK(change["rules"]["new"].size() == 1);
  CHECK(run({"diff", old_file, new_file}).out.find("sip:bob@example.com now gets mood, at any time") != std::string::npos);
}

TEST_CASE("diff: --fail-on gained lets losses pass") {
  const Folder folder;
  const auto old_file = folder.write("old.xml", kMore);
  const auto new_file = folder.write("new.xml", kPlain);
  CHECK(run({"diff", old_file, new_file}).status == 1);
  CHECK(run({"diff", old_file, new_file, "--fail-on", "gained"}).status == 0);
  CHECK(run({"diff", new_file, old_file, "--fail-on", "gained"}).status == 1);
}

TEST_CASE("diff: folders are compared file by file, what one side lacks with an empty rule set") {
  const Folder folder;
  std::filesystem::create_directories(folder.path("old"));
  std::filesystem::create_directories(folder.path("new"));
  folder.write("old/same.xml", kPlain);
  folder.write("new/same.xml", kPlain);
  folder.write("new/added.xml", kMore);
  const auto ran = run({"diff", folder.path("old"), folder.path("new")});
  CHECK(ran.status == 1);
  CHECK(ran.out.find("added.xml (new; compared with an empty rule set)") != std::string::npos);
  CHECK(ran.out.find("2 documents compared: 1 equivalent, 1 different") != std::string::npos);
  CHECK(run({"diff", folder.path("old"), folder.path("old")}).status == 0);
}

TEST_CASE("diff: what cannot be compared is refused with what to do") {
  const Folder folder;
  const auto file = folder.write("old.xml", kPlain);
  CHECK(run({"diff", file}).status == 2);
  CHECK(run({"diff", file, folder.path("missing.xml")}).status == 2);
  CHECK(run({"diff", file, folder.write("broken.xml", "<ruleset>")}).status == 2);
  const auto revision = run({"diff", "--git", "--upload-pack=x", file});
  CHECK(revision.status == 2);
  const auto no_repository = run({"diff", "--git", "HEAD", file});
  CHECK(no_repository.status == 2);
  CHECK_FALSE(no_repository.err.empty());
}

TEST_CASE("diff: hostile names are shown as text in every format") {
  const Folder folder;
  const std::string who = "sip:&lt;b&gt;|`\xe2\x80\xae@example.com";
  const auto old_file = folder.write("old.xml", kPlain);
  const auto new_file = folder.write("new.xml", rule_set(rule("a", "sip:bob@example.com", "") + rule("b", who, kMood)));
  for (const char* format : {"text", "markdown", "junit"}) {
    INFO(format);
    const auto ran = run({"diff", old_file, new_file, "--format", format});
    CHECK(ran.status == 1);
    CHECK(ran.out.find("\xe2\x80\xae") == std::string::npos);
  }
  CHECK(run({"diff", old_file, new_file, "--format", "junit"}).out.find("sip:<b>") == std::string::npos);
  CHECK(nlohmann::json::parse(run({"diff", old_file, new_file, "--format", "sarif"}).out)["version"] == "2.1.0");
}

}  // namespace presproof::test
