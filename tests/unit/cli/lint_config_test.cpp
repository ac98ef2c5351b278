#include <catch2/catch.hpp>

#include "running.h"

namespace presproof::cli {
namespace {

using test::Folder;
using test::run;

/// Open to everybody: PP302, a warning.
const std::string kOpen = R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules">
<rule id="open"><conditions><identity><many/></identity></conditions><actions><pr:sub-handling>allow</pr:sub-handling></actions>
<transformations><pr:provide-services><pr:all-services/></pr:provide-services></transformations></rule>
</ruleset>
)";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the nearest configuration above a file counts, and the command line before it") {
  const Folder folder;
  std::filesystem::create_directories(folder.path("a/b"));
  const auto file = folder.write("a/b/open.xml", kOpen);
  CHECK(run({"lint", file}).status == 1);
  folder.write(".presproof.toml", "[lint]\ndisable = [\"any-authenticated-watcher\"]\n");
  CHECK(run({"lint", file}).out == "no findings in 1 file, 1 rule\n");
  CHECK(run({"lint", file, "--no-config"}).status == 1);
  CHECK(run({"lint", file, "--enable", "PP302"}).status == 1);
  const auto other = folder.write("a/.presproof.toml", "[lint]\nfail-on = \"error\"\n");
  CHECK(run({"lint", file}).status == 0);
  CHECK(has(run({"lint", file}).out, "PP302"));
  CHECK(run({"lint", file, "--fail-on", "warning"}).status == 1);
  CHECK(run({"lint", file, "--config", folder.path(".presproof.toml")}).out == "no findings in 1 file, 1 rule\n");
}

TEST_CASE("a severity of the configuration reaches the report and the exit status") {
  const Folder folder;
  const auto file = folder.write("open.xml", kOpen);
  folder.write(".presproof.toml", "[lint.severity]\nPP302 = \"note\"\n");
  const auto text = run({"lint", file});
  CHECK(text.status == 0);
  CHECK(has(text.out, ": note: "));
  CHECK(has(text.out, "0 errors, 0 warnings, 1 note in 1 file"));
  CHECK(has(run({"lint", file, "--format", "json"}).out, "\"severity\": \"note\""));
  folder.write(".presproof.toml", "[lint.severity]\nPP302 = \"error\"\n");
  CHECK(run({"lint", file, "--fail-on", "error"}).status == 1);
  folder.write(".presproof.toml", "[lint.severity]\nPP302 = \"off\"\n");
  CHECK(run({"lint", file}).out == "no findings in 1 file, 1 rule\n");
}

TEST_CASE("mistakes in a configuration are told with their places, all together") {
  const Folder folder;
  const auto file = folder.write("open.xml", kOpen);
  const auto config = folder.write(".presproof.toml",
                                   "engin = \"rfc\"\nfail-on = \"error\"\n[lint]\ndisable = [\"PP3O2\"]\n[lint.thresholds]\nretention = \"30 days\"\n");
  const auto ran = run({"lint", file, "--config", config});
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(has(ran.err, config + ":1:1: error: unknown key `engin` at the top of the configuration"));
  CHECK(has(ran.err, "did you mean `engine`?"));
  CHECK(has(ran.err, ":2:1: error: unknown key `fail-on`"));
  CHECK(has(ran.err, "write `fail-on` below `[lint]`"));
  CHECK(has(ran.err, ":4:12: error: unknown finding `PP3O2`"));
  CHECK(has(ran.err, ":6:13: error: "));
  folder.write(".presproof.toml", "[lint\n");
  CHECK(has(run({"lint", file, "--config", config}).err, ":1:6: error: not TOML"));
}

TEST_CASE("the engine of a configuration decides what is looked for and what is proved") {
  const Folder folder;
  const auto file = folder.write("policy.xml", test::kPolicy);
  folder.write("policy.props", "property \"never finer\": for { sip:bob@example.com } never location finer than 5 km\n");
  folder.write(".presproof.toml", "properties = [\"policy.props\"]\n");
  CHECK_FALSE(has(run({"lint", file}).out, "PP260"));
  CHECK_FALSE(has(run({"lint", file}).out, "PP5"));
  folder.write(".presproof.toml", "engine = \"kamailio\"\nproperties = [\"policy.props\"]\n");
  const auto ran = run({"lint", file});
  CHECK(ran.status == 1);
  CHECK(has(ran.out, "`never finer` is violated by "));
  CHECK(has(ran.out, ", as `kamailio` decides [PP260 property-not-proved]"));
  CHECK(has(ran.out, "[PP509 permission-not-filtered]"));
  CHECK_FALSE(has(run({"lint", file, "--engine", "rfc"}).out, "PP509"));
  folder.write(".presproof.toml", "engine = \"kamailio,time-zone=noon\"\n");
  CHECK(run({"lint", file}).status == 2);
  // Of two documents the server looks at one: nothing is proved of both.
  folder.write(".presproof.toml", "engine = \"kamailio\"\nproperties = [\"policy.props\"]\n");
  CHECK(has(run({"lint", file, folder.write("second.xml", test::kPolicy)}).out, "is not decided"));
}

TEST_CASE("with an engine only what it makes of the rules is mended") {
  const Folder folder;
  const auto file = folder.write("policy.xml", test::kPolicy);
  const auto ran = run({"lint", file, "--engine", "kamailio", "--fix", "--dry-run"});
  CHECK(has(ran.err, "would fix PP5"));
  for (const char* other : {"would fix PP1", "would fix PP2", "would fix PP3", "would fix PP4"}) CHECK_FALSE(has(ran.err, other));
}

TEST_CASE("the properties of a configuration are proved along") {
  const Folder folder;
  const auto file = folder.write("policy.xml", test::kPolicy);
  folder.write("groups.props", "group friends = { sip:bob@example.com }\n");
  folder.write("policy.props", "property \"never finer\": for friends never location finer than 9 km\n");
  folder.write(".presproof.toml", "properties = [\"policy.props\"]\n[groups]\nfile = \"groups.props\"\n");
  const auto ran = run({"lint", file});
  CHECK(ran.status == 1);
  CHECK(has(ran.out, "policy.props:1:1: error: `never finer` is violated by "));
  folder.write("policy.props", "property \"never finer\": for friends never location finer than 5 km\n");
  CHECK(run({"lint", file}).out == "no findings in 1 file, 1 rule\n");
  folder.write("policy.props", "property for");
  CHECK(run({"lint", file}).status == 2);
}

TEST_CASE("a baseline hides what was there, wherever it moves to, and no more") {
  const Folder folder;
  const auto file = folder.write("open.xml", kOpen);
  const auto baseline = folder.path("baseline.json");
  CHECK(run({"lint", file, "--baseline", baseline}).status == 2);
  CHECK(run({"lint", file, "--baseline", baseline, "--update-baseline"}).status == 0);
  const auto written = folder.read("baseline.json");
  CHECK(has(written, R"({"file":"open.xml","code":"PP302","name":"any-authenticated-watcher","rule":"open",)"));
  folder.write("open.xml", "\n\n<!-- moved -->\n" + kOpen);
  const auto hidden = run({"lint", file, "--baseline", baseline});
  CHECK(hidden.status == 0);
  CHECK(hidden.out == "no findings in 1 file, 1 rule (1 more in the baseline)\n");
  CHECK(hidden.err.empty());
  // Another rule is not in it.
  auto second = kOpen;
  second.replace(second.find("\"open\""), 6, "\"wide\"");
  folder.write("open.xml", second);
  const auto changed = run({"lint", file, "--baseline", baseline});
  CHECK(changed.status == 1);
  CHECK(has(changed.err, "note: PP302 any-authenticated-watcher in open.xml no longer occurs"));
  // Files that are not checked keep their entries.
  const auto good = folder.write("good.xml", test::kPolicy);
  CHECK(run({"lint", good, "--baseline", baseline}).err.empty());
  CHECK(run({"lint", good, "--baseline", baseline, "--update-baseline"}).status == 0);
  CHECK(folder.read("baseline.json") == written);
}

TEST_CASE("a broken baseline ends the run with its place") {
  const Folder folder;
  const auto file = folder.write("open.xml", kOpen);
  const auto with = [&](const std::string& text) { return run({"lint", file, "--baseline", folder.write("b.json", text)}); };
  CHECK(with("{\n  \"format\": ,").status == 2);
  CHECK(has(with("{\n  \"format\": ,").err, "b.json:2:13: error: not JSON"));
  CHECK(has(with("[]").err, "this is no baseline"));
  CHECK(has(with("{\"format\": \"presproof-baseline/1\",\n\"findings\": [\n  {\"file\": \"a\"}]}").err, "b.json:3:3: error: this entry has no string `code`"));
  CHECK(has(run({"lint", file, "--update-baseline"}).err, "there is no baseline to update"));
}

}  // namespace presproof::cli
