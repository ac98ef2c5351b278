#include <algorithm>

#include <nlohmann/json.hpp>

#include "running.h"

namespace presproof::test {
namespace {

const std::string kStory = std::string(PRESPROOF_SAMPLES) + "/leaking-friends/policy.xml";

}  // namespace

TEST_CASE("explain: every format, the same each time, whatever the number of threads") {
  for (const char* format : {"text", "markdown", "html", "json"}) {
    INFO(format);
    const auto once = run({"explain", kStory, "--format", format, "--place", "48.15,11.58", "--jobs", "1"});
    const auto again = run({"explain", kStory, "--format", format, "--place", "48.15,11.58", "--jobs", "4"});
    CHECK(once.status == 0);
    CHECK(once.out.size() > 500);
    CHECK(once.out == again.out);
  }
}

TEST_CASE("explain: groups and properties of a file") {
  const std::string props = std::string(PRESPROOF_SAMPLES) + "/leaking-friends/policy.props";
  const auto ran = run({"explain", kStory, "--properties", props, "--format", "json"});
  REQUIRE(ran.status == 0);
  const auto json = nlohmann::json::parse(ran.out);
  REQUIRE(json["properties"].size() == 2);
  CHECK(json["properties"][0]["verdict"] == "violated");
  CHECK(json["watchers"].dump().find("\"friends\"") != std::string::npos);
}

TEST_CASE("explain: why a watcher does not get something, and what would have to change") {
  const auto ran = run({"explain", kStory, "--watcher", "sip:bob@example.com", "--at", "2026-03-03T12:00:00Z", "--why-not", "location"});
  CHECK(ran.status == 0);
  CHECK(ran.out.find("why provide-location:\n  it needs `friends`") != std::string::npos);
  const auto eve = run({"explain", kStory, "--watcher", "sip:eve@example.org", "--at", "2026-03-03T12:00:00Z", "--why-not", "location"});
  CHECK(eve.out.find("it would be given if this held:") != std::string::npos);
  CHECK(eve.out.find("for sip:bob@example.com and sip:carol@example.com") != std::string::npos);
}

TEST_CASE("explain: wrong words are refused with the right ones") {
  const auto ran = run({"explain", kStory, "--watcher", "sip:bob@example.com", "--why-not", "nonsense"});
  CHECK(ran.status == 2);
  CHECK(ran.err.find("provide-location") != std::string::npos);
  CHECK(run({"explain", kStory, "--place", "north"}).status == 2);
  CHECK(run({"explain", kStory, "--why-not", "location"}).status == 2);
}

TEST_CASE("explain: one watcher in every format") {
  const std::vector<std::string> asked = {"explain", kStory, "--watcher", "sip:eve@example.org", "--at", "2026-03-03T12:00:00Z", "--why-not", "location", "--format"};
  const auto ran = [&](const std::string& format) {
    auto words = asked;
    words.push_back(format);
    return run(words);
  };
  const auto json = nlohmann::json::parse(ran("json").out);
  CHECK(json["format"] == "presproof-reasons/1");
  REQUIRE(json["watchers"].size() == 1);
  const auto& eve = json["watchers"][0];
  CHECK(eve["watcher"]["identities"][0] == "sip:eve@example.org");
  CHECK(eve["permissions"]["sub-handling"] == "block");
  CHECK(eve["response"]["code"] == 403);
  CHECK_FALSE(eve["asked"]["given"]);
  REQUIRE_FALSE(eve["asked"]["ways"].empty());
  const auto& way = eve["asked"]["ways"][0];
  CHECK(way["conditions"][0]["id"] == "friends");
  CHECK(way["conditions"][0]["holds"] == "for sip:bob@example.com and sip:carol@example.com");
  CHECK(way["request"]["watcher"]["identities"][0] == "sip:bob@example.com");
  const auto markdown = ran("markdown");
  CHECK(markdown.out.starts_with("## sip&#58;eve&#64;example\\.org at "));
  CHECK(markdown.out.find("\n  - it would be given if this held&#58;\n    - ") != std::string::npos);
  CHECK(markdown.out.find("`presproof simulate ") != std::string::npos);
  const auto html = ran("html");
  CHECK(html.out.find("Content-Security-Policy") != std::string::npos);
  CHECK(html.out.find("<li><code>presproof simulate ") != std::string::npos);
}

TEST_CASE("explain: as a server decides, and what that leaves out") {
  const std::string friends = std::string(PRESPROOF_SAMPLES) + "/friends-and-family/policy.xml";
  const auto ran = run({"explain", friends, "--engine", "kamailio", "--format", "json", "--no-leaks"});
  REQUIRE(ran.status == 0);
  const auto json = nlohmann::json::parse(ran.out);
  CHECK(json["engine"] == "kamailio");
  const auto& rows = json["watchers"];
  const auto mallory = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row["name"] == "sip:mallory@club.example.org"; });
  REQUIRE(mallory != rows.end());
  CHECK((*mallory)["sees"]["provide-location"][0]["value"] == "exact position");
  CHECK((*mallory)["rules"][0]["id"] == "friends");
  const auto text = run({"explain", friends, "--engine", "kamailio", "--no-leaks"});
  CHECK(text.out.find("The first rule that matches decides alone.") != std::string::npos);
  CHECK(text.out.find("Assumed: the NOTIFY is the first one") != std::string::npos);
  CHECK(text.out.find("confirm, always (by no rule)") != std::string::npos);
  const auto one = run({"explain", friends, "--engine", "kamailio", "--watcher", "sip:mallory@club.example.org"});
  CHECK(one.out.find("`mallory` (" + friends + ":60) matches, too, and does not count: the first rule that matches decides") != std::string::npos);
}

}  // namespace presproof::test
