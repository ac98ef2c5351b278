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
  CHECK(run({"explain", kStory, "--watcher", "sip:bob@example.com", "--format", "html"}).status == 2);
}

}  // namespace presproof::test
