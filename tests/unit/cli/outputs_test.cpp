// Several results of one run: `--output FORMAT=FILE`.

#include <nlohmann/json.hpp>

#include "running.h"

namespace presproof {
namespace {

using nlohmann::json;
using test::Folder;
using test::run;

const std::string kOpen =
    R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"><rule id="all"><conditions/>
<actions><pr:sub-handling>allow</pr:sub-handling></actions>
<transformations><pr:provide-persons><pr:all-persons/></pr:provide-persons></transformations></rule></ruleset>)";

test::Ran lint(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"lint", "-"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments, kOpen);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("results go to files in formats of their own, and that of --format to standard output as well") {
  const Folder folder;
  const auto ran = lint({"--output", "sarif=" + folder.path("out.sarif"), "--output", "junit=" + folder.path("out.xml")});
  CHECK(ran.status == 1);
  CHECK(has(ran.out, "PP301"));
  CHECK(ran.err.empty());
  CHECK(json::parse(folder.read("out.sarif"))["runs"][0]["results"][0]["ruleId"] == "PP301");
  CHECK(has(folder.read("out.xml"), "<testsuites name=\"presproof lint\" tests=\"1\" failures=\"1\""));
}

TEST_CASE("a file without a format takes the place of standard output") {
  const Folder folder;
  const auto ran = lint({"--format", "json", "--output", folder.path("a=b.json"), "--output", "text=" + folder.path("out.txt")});
  CHECK(ran.out.empty());
  CHECK(json::parse(folder.read("a=b.json"))["format"] == "presproof-lint/1");
  CHECK(has(folder.read("out.txt"), "PP301"));
  CHECK(lint({"--output", "json=-"}).out == lint({"--format", "json"}).out);
  CHECK(lint({"--format", "json", "--output", "-"}).out == lint({"--format", "json"}).out);
}

TEST_CASE("two results for one place are refused before anything is done") {
  const Folder folder;
  const auto file = folder.path("out");
  const auto same = lint({"--output", "sarif=" + file, "--output", "junit=" + folder.path("./out")});
  CHECK(same.status == 2);
  CHECK(same.err == "presproof: error: two results would go into `" + folder.path("./out") + "`\n  hint: name another file for one of them\n");
  CHECK(same.out.empty());
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK(has(lint({"--output", "sarif=-", "--output", "json=-"}).err, "two results would go to standard output"));
  CHECK(lint({"--output", "sarif=/dev/null", "--output", "junit=/dev/null"}).status == 1);
}

TEST_CASE("a format that the command lacks is not taken for a file's name") {
  const auto ran = run({"leaks", "-", "--output", "junit=out.xml"}, kOpen);
  CHECK(ran.status == 2);
  CHECK(ran.err ==
        "presproof: error: `--output junit=out.xml`: this command has no format `junit`\n"
        "  hint: its formats are text, json, sarif; a file of that name is `./junit=out.xml`\n");
  CHECK(has(lint({"--output", "sarif="}).err, "names no file"));
}

TEST_CASE("without a text on standard output the summary is told on standard error") {
  const Folder folder;
  const std::string summary = "0 errors, 1 warning, 0 notes in 1 file, 1 rule\n";
  CHECK(lint({}).err.empty());
  CHECK(lint({}).out.ends_with(summary));
  for (const char* const format : {"json", "jsonl", "sarif", "junit", "github"}) {
    INFO(format);
    const auto ran = lint({"--format", format});
    CHECK(ran.status == 1);
    CHECK(ran.err == summary);
    CHECK_FALSE(has(ran.out, summary));
    CHECK(lint({"--format", format}).out == ran.out);
  }
  CHECK(lint({"--output", folder.path("out.txt")}).err == summary);
}

TEST_CASE("prove, leaks and simulate write several results too") {
  const Folder folder;
  const std::string both = "sarif=" + folder.path("out.sarif");
  CHECK(run({"prove", "-", "-p", "for everyone never persons", "--output", both, "--output", "junit=" + folder.path("out.xml")}, kOpen).status == 1);
  CHECK(has(folder.read("out.sarif"), "\"presproof-prove/\""));
  CHECK(has(folder.read("out.xml"), "<testsuites"));
  const auto leaks = run({"leaks", "-", "--output", both}, kOpen);
  CHECK_FALSE(leaks.out.empty());
  CHECK(has(folder.read("out.sarif"), "\"presproof-leaks/\""));
  const auto simulated = run({"simulate", "-", "--watcher", "sip:bob@example.com", "--show", "decision", "--at", "2026-06-01T12:00:00Z", "--output",
                              "json=" + folder.path("out.json")},
                             kOpen);
  CHECK(simulated.status == 0);
  CHECK(has(simulated.out, "allow"));
  CHECK(json::parse(folder.read("out.json"))["format"] == "presproof-simulation/1");
}

}  // namespace presproof
