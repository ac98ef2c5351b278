// `prove --format` of the whole program; tests/unit/report/ looks at the formats themselves.

#include <nlohmann/json.hpp>

#include "running.h"

namespace presproof {
namespace {

using nlohmann::json;
using test::Folder;
using test::run;

const std::vector<std::string> kProve = {
    "prove", "-", "-p", "for everyone never location", "-p", "for everyone never mood", "-p", "for {} never mood"};

test::Ran prove(const std::string& format, const std::vector<std::string>& more = {}) {
  auto arguments = kProve;
  arguments.insert(arguments.end(), {"--format", format});
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments, test::kPolicy);
}

}  // namespace

TEST_CASE("every format of prove has the same exit status, and nothing but the result on standard output") {
  for (const std::string format : {"text", "json", "jsonl", "sarif", "junit"}) {
    INFO(format);
    const auto ran = prove(format);
    CHECK(ran.status == 1);
    CHECK(ran.err.empty());
    const Folder folder;
    CHECK(prove(format, {"--output", folder.path("out")}).out.empty());
    CHECK_FALSE(folder.read("out").empty());
  }
  CHECK(prove("yaml").status == 2);
}

TEST_CASE("prove --format sarif names the version, and each of the properties that are not proved") {
  const auto log = json::parse(prove("sarif").out);
  CHECK(log["runs"][0]["tool"]["driver"]["version"] ==
        run({"--version"}).out.substr(std::string("presproof ").size(), 5));
  REQUIRE(log["runs"][0]["results"].size() == 2);
  CHECK(log["runs"][0]["results"][0]["ruleId"] == "property-violated");
  CHECK(log["runs"][0]["results"][1]["ruleId"] == "property-vacuous");
  CHECK(prove("sarif").out == prove("sarif").out);
}

TEST_CASE("prove --format junit follows --allow-vacuous, as the exit status does") {
  CHECK(prove("junit").out.find("failures=\"2\" errors=\"0\"") != std::string::npos);
  CHECK(prove("junit", {"--allow-vacuous"}).out.find("failures=\"1\" errors=\"0\"") != std::string::npos);
  CHECK(prove("junit").out == prove("junit").out);
}

TEST_CASE("prove --format jsonl has a line for each property") {
  const auto ran = prove("jsonl");
  CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') == 3);
  CHECK(json::parse(ran.out.substr(0, ran.out.find('\n')))["format"] == "presproof-proof/1");
}

}  // namespace presproof
