// Bad usage and bad input: the exit status, and a message that says what, where and what to do.

#include "running.h"

namespace presproof {
namespace {

using test::Folder;
using test::run;

bool says(const std::string& text, const std::string& part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("help and version are answers, not errors") {
  CHECK(run({"--version"}).status == 0);
  CHECK(run({"--version"}).out == "presproof 0.1.0\n");
  const auto help = run({"--help"});
  CHECK(help.status == 0);
  for (const auto* word : {"lint", "simulate", "prove", "Exit status"}) CHECK(says(help.out, word));
  for (const auto* command : {"lint", "simulate", "prove"}) CHECK(run({command, "--help"}).status == 0);
}

TEST_CASE("bad usage is status 2 and names the way to help") {
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {}, {"prov"}, {"prove"}, {"lint", "--nonsense", "x.xml"}, {"prove", "-", "--format", "yaml"}, {"simulate", "-", "--usage", "email"}}) {
    const auto ran = run(arguments, test::kPolicy);
    CHECK(ran.status == 2);
    CHECK(says(ran.err, "--help"));
    CHECK(ran.out.empty());
  }
}

TEST_CASE("a length that is none is status 2, and the hint shows one") {
  for (const auto* length : {"2", "2 miles", "2 km 3", "0 m", ""}) {
    const auto ran = run({"lint", "-", "--finest-radius", length}, test::kPolicy);
    CHECK(ran.status == 2);
    CHECK(says(ran.err, "is not a length"));
    CHECK(says(ran.err, "`2 km`"));
  }
}

TEST_CASE("unknown words of an option name the nearest known one") {
  const auto engine = run({"prove", "-", "-p", "for everyone never mood", "--engine", "rcf"}, test::kPolicy);
  CHECK(engine.status == 2);
  CHECK(says(engine.err, "unknown engine `rcf`"));
  CHECK(says(engine.err, "`rfc`"));
  const auto reading = run({"prove", "-", "-p", "for everyone never mood", "--reading", "geo-radus=finest"}, test::kPolicy);
  CHECK(reading.status == 2);
  CHECK(says(reading.err, "geo-radius"));
  CHECK(run({"prove", "-", "-p", "for everyone never mood", "--reading", "geo-radius=big"}, test::kPolicy).status == 2);
}

TEST_CASE("unreadable input is status 2 for every command") {
  const Folder folder;
  const auto missing = folder.path("missing.xml");
  const auto prove = run({"prove", missing, "-p", "for everyone never mood"});
  CHECK(prove.status == 2);
  CHECK(says(prove.err, "missing.xml"));
  CHECK(says(prove.err, "No such file"));
  CHECK(run({"simulate", missing, "--anonymous", "--show", "decision"}).status == 2);
  CHECK(run({"lint", missing}).status == 2);
  CHECK(run({"prove", folder.path(""), "-p", "for everyone never mood"}).status == 2);
}

TEST_CASE("malformed input names file, line and column with the source line") {
  const Folder folder;
  const auto policy = folder.write("p.xml", "<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\">\n  <rule id=\"a\">\n</ruleset>\n");
  const auto ran = run({"prove", policy, "-p", "for everyone never mood"});
  CHECK(ran.status == 2);
  CHECK(says(ran.err, "p.xml:3:"));
  CHECK(says(ran.err, "</ruleset>"));
  CHECK(says(ran.err, "^"));
  const auto lint = run({"lint", policy});
  CHECK(lint.status == 1);
  CHECK(says(lint.out, "not-well-formed"));
}

TEST_CASE("another root element is status 2, and a finding for lint") {
  const auto ran = run({"simulate", "-", "--anonymous", "--show", "decision"}, test::kPresence);
  CHECK(ran.status == 2);
  CHECK(says(ran.err, "not-a-rule-set"));
  CHECK(run({"lint", "-"}, test::kPresence).status == 1);
}

TEST_CASE("a limit names itself and its flag") {
  const auto deep = run({"prove", "-", "-p", "for everyone never mood", "--max-depth", "3"}, test::kPolicy);
  CHECK(deep.status == 2);
  CHECK(says(deep.err, "--max-depth"));
  const auto big = run({"prove", "-", "-p", "for everyone never mood", "--max-bytes", "100"}, test::kPolicy);
  CHECK(big.status == 2);
  CHECK(says(big.err, "--max-bytes"));
  const auto many = run({"prove", "-", "-p", "for everyone never mood", "--max-elements", "5"}, test::kPolicy);
  CHECK(many.status == 2);
  CHECK(says(many.err, "--max-elements"));
}

TEST_CASE("a property that does not parse is status 2 with its place") {
  const Folder folder;
  const auto props = folder.write("a.props", "property \"x\":\n  for everyone nevr location\n");
  const auto ran = run({"prove", "-", "--properties", props}, test::kPolicy);
  CHECK(ran.status == 2);
  CHECK(says(ran.err, "a.props:2:16: error: "));
  CHECK(says(ran.err, "`never`"));
  CHECK(ran.out.empty());
}

TEST_CASE("a stranger without a scheme is an error") {
  const auto ran = run({"leaks", "-", "--stranger", "someone"}, test::kPolicy);
  CHECK(ran.status == 2);
  CHECK(says(ran.err, "`someone` has no scheme"));
}

TEST_CASE("nothing to prove is an error") {
  const auto ran = run({"prove", "-"}, test::kPolicy);
  CHECK(ran.status == 2);
  CHECK(says(ran.err, "nothing to prove"));
}

TEST_CASE("a time without an offset is an error") {
  const auto ran = run({"simulate", "-", "--anonymous", "--show", "decision", "--at", "2026-06-01T12:00:00"}, test::kPolicy);
  CHECK(ran.status == 2);
  CHECK(says(ran.err, "offset"));
}

TEST_CASE("a rule set with errors is evaluated with its findings on stderr, and refused by --strict") {
  std::string policy = test::kPolicy;
  policy.replace(policy.find("id=\"friends\""), 12, "id=\"1friend\"");
  const std::vector<std::string> prove = {"prove", "-", "-p", "for everyone never exact location"};
  const auto ran = run(prove, policy);
  CHECK(ran.status == 0);
  CHECK(says(ran.err, "invalid-rule-id"));
  auto strict = prove;
  strict.push_back("--strict");
  const auto refused = run(strict, policy);
  CHECK(refused.status == 2);
  CHECK(refused.out.empty());
}

TEST_CASE("undecided is status 3 and never success, and violated comes first") {
  // The limit has passed before the first question, whatever the machine.
  const std::string hard = "for { sip:bob@example.com } when inside circle 10 10 radius 5 km never location";
  const auto ran = run({"prove", "-", "--timeout", "0.000000001", "-p", hard, "--format", "json"}, test::kPolicy);
  CHECK(ran.status == 3);
  CHECK(says(ran.out, "\"verdict\": \"undecided\""));
  CHECK(says(ran.out, "time limit"));
  CHECK(run({"prove", "-", "--timeout", "0.000000001", "-p", hard, "--allow-vacuous"}, test::kPolicy).status == 3);
  // What needs no solver is still refuted.
  const auto both = run({"prove", "-", "--timeout", "0.000000001", "-p", hard, "-p", "for { sip:bob@example.com } never location"}, test::kPolicy);
  CHECK(both.status == 1);
}

TEST_CASE("a vacuous property fails unless it is allowed") {
  const std::vector<std::string> prove = {"prove", "-", "-p",
                                          "for everyone when sphere is \"a\" and sphere is \"b\" never location"};
  const auto ran = run(prove, test::kPolicy);
  CHECK(ran.status == 1);
  CHECK(says(ran.out, "vacuous"));
  auto allowed = prove;
  allowed.push_back("--allow-vacuous");
  CHECK(run(allowed, test::kPolicy).status == 0);
}

TEST_CASE("raw control characters of a document never reach the output") {
  std::string policy = test::kPolicy;
  policy.replace(policy.find("id=\"friends\""), 12, "id=\"fr&#x85;&#x202E;ends\"");
  for (const auto& arguments : std::vector<std::vector<std::string>>{{"lint", "-"}, {"prove", "-", "-p", "for everyone never location"}}) {
    const auto ran = run(arguments, policy);
    for (const auto& text : {ran.out, ran.err}) {
      CHECK(text.find("\xC2\x85") == std::string::npos);
      CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
    }
  }
}

}  // namespace presproof
