// Scenarios are run as their reader would run them: what `command` says, inside the folder, with nothing but the files.

#include <nlohmann/json.hpp>

#include <map>

#include "generator/random_policy.h"
#include "policy/reader.h"
#include "policy/writer.h"
#include "property/parser.h"
#include "report/decision_json.h"
#include "running.h"
#include "scenario/scenario.h"
#include "scenario_folders.h"
#include "claims/claim.h"
#include "verify/verify.h"

namespace presproof {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::Folder;
using test::run;

/// The words of a command line in which nothing but single quotes, and quotes behind a backslash, is special.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  bool quoted = false;
  bool inside = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool ends = !quoted && (c == ' ' || c == '\n');
    if (ends) {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    if (c == '\'') {
      quoted = !quoted;
    } else {
      words.back() += !quoted && c == '\\' ? line[++i] : c;
    }
  }
  return words;
}

/// Runs a scenario's command in its folder.
test::Ran run_command(const fs::path& folder) {
  std::ifstream in(folder / "command");
  std::string line;
  std::getline(in, line);
  auto words = words_of(line);
  REQUIRE(words.size() > 2);
  CHECK(words.front() == "presproof");
  words.erase(words.begin());
  const fs::path before = fs::current_path();
  fs::current_path(folder);
  auto ran = run(words);
  fs::current_path(before);
  return ran;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// All files below a folder, by their paths in it.
std::map<std::string, std::string> files_below(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = text_of(entry.path());
  }
  return files;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Reads what a generator made, as a run would.
policy::Policy read_written(const policy::Policy& made, diag::Sources& sources) {
  policy::Policy policy;
  diag::Sink sink;
  for (std::size_t i = 0; i < made.documents.size(); ++i) {
    const auto file =
        sources.add("user " + std::to_string(i) + "/rules.xml", policy::write_rule_set(made.documents[i]));
    auto document = policy::read_rule_set(sources, file, {}, sink);
    REQUIRE(document);
    policy.documents.push_back(std::move(*document));
  }
  return policy;
}

/// What the example shows: the claim's value is the one that the verdict needs.
bool example_says(const property::Property& property, const verify::Result& result, const report::Proof& proof) {
  const verify::Counterexample& example = *result.counterexample;
  const bool wanted = property.quantifier != property::Quantifier::always;
  return claims::claim_holds(property.claim, example.decision, {*proof.policy, proof.usage, example.readings}) == wanted;
}

}  // namespace

TEST_CASE("the commands of scenarios of random policies print what the proofs found") {
  std::size_t replayed = 0;
  std::size_t by_request = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    generator::Random random(seed);
    const auto& vocabulary = generator::small_vocabulary();
    diag::Sources sources;
    const auto policy = read_written(generator::random_policy(random, vocabulary), sources);
    const auto properties = generator::random_properties(random, vocabulary, {.properties = 4});
    verify::Options options;
    options.usage = random.chance(80)   ? policy::usage_of(policy)
                    : random.chance(50) ? policy::Usage::presence
                                        : policy::Usage::geolocation;
    options.timeout_s = 0;
    options.rlimit = 20'000'000;
    const auto readings = generator::random_readings(random);
    for (const auto& row : engine::all_readings()) {
      if (random.chance(50)) options.fixed[static_cast<std::size_t>(row.reading)] = readings.alternative(row.reading);
    }
    report::Proof proof;
    proof.policy = &policy;
    proof.sources = &sources;
    proof.usage = options.usage;
    proof.properties = properties.properties;
    proof.results = verify::verify(policy, properties, options);

    const Folder folder;
    const auto scenarios = scenario::scenarios(proof, {});
    cli::write_scenarios(folder.path(""), scenarios);
    std::size_t next = 0;
    for (std::size_t i = 0; i < proof.results.size(); ++i) {
      if (!proof.results[i].counterexample) continue;
      const auto& example = *proof.results[i].counterexample;
      REQUIRE(next < scenarios.size());
      const fs::path path = folder.path(scenarios[next++].folder);
      INFO("seed " << seed << ", " << text_of(path / "README.txt"));
      CHECK(example_says(proof.properties[i], proof.results[i], proof));
      const auto ran = run_command(path);
      CHECK(ran.status == 0);
      CHECK(ran.out == text_of(path / "expected.json"));
      const json printed = json::parse(ran.out);
      CHECK(printed["permissions"] == json(report::permissions_json(example.decision.permissions)));
      CHECK(printed["matched_rules"].size() == example.decision.matched.size());
      CHECK(printed["watcher"] == json(report::watcher_json(example.request.watcher)));
      // The document says the state, so the command need not.
      CHECK_FALSE(has(text_of(path / "command"), "--sphere"));
      CHECK_FALSE(has(text_of(path / "command"), "--location"));
      CHECK_FALSE(has(text_of(path / "command"), "--civic"));
      by_request += has(text_of(path / "command"), "--request") ? 1U : 0U;
      ++replayed;
    }
    CHECK(next == scenarios.size());
  }
  CHECK(replayed > 40);
  CHECK(by_request > replayed / 2);
}

TEST_CASE("the other run of a property over two runs stands in second, and is replayed there") {
  diag::Sources sources;
  policy::Policy policy;
  diag::Sink sink;
  policy.documents.push_back(*policy::read_rule_set(sources, sources.add("rules.xml", test::kPolicy), {}, sink));
  const auto no_file = [](std::string_view, std::string_view) -> std::uint32_t { throw std::runtime_error("no file"); };
  const auto properties =
      property::parse(sources, {}, {"for everyone never persons", "for everyone always persons"}, no_file, {});
  report::Proof proof;
  proof.policy = &policy;
  proof.sources = &sources;
  proof.properties = properties.properties;
  proof.results = verify::verify(policy, properties, {});
  REQUIRE(proof.results.size() == 2);
  REQUIRE(proof.results[1].counterexample);
  proof.results[0].second = proof.results[1].counterexample;
  proof.results[0].remaining_area_m2 = 250000;
  proof.results[0].assumptions = {"the target does not move"};

  const Folder folder;
  cli::write_scenarios(folder.path("s"), scenario::scenarios(proof, {}));
  const fs::path path = folder.path("s/1-for-everyone-never-persons");
  CHECK(run_command(path).out == text_of(path / "expected.json"));
  CHECK(run_command(path / "second").out == text_of(path / "second/expected.json"));
  CHECK(text_of(path / "expected.json") != text_of(path / "second/expected.json"));
  CHECK(has(text_of(path / "scenario.json"), "\"second/command\""));
  CHECK(has(text_of(path / "README.txt"), "leaves an area of 250000 square metres"));
  CHECK(has(text_of(path / "README.txt"), "- the target does not move\n"));
  CHECK_FALSE(fs::exists(folder.path("s/2-for-everyone-always-persons/second")));
}

TEST_CASE("two runs write the same bytes, and a second run replaces the first") {
  const Folder folder;
  const auto policy = folder.write("rules.xml", test::kPolicy);
  const auto prove = [&](const std::string& into, const std::string& property) {
    return run({"prove", policy, "-p", property, "--scenario", folder.path(into)});
  };
  CHECK(prove("a", "for everyone never location").status == 1);
  CHECK(prove("b", "for everyone never location").status == 1);
  const auto first = files_below(folder.path("a"));
  CHECK(first.size() == 8);
  CHECK(first == files_below(folder.path("b")));

  const std::string own = "1-for-everyone-never-location";
  folder.write("a/" + own + "/mine.txt", "kept");
  folder.write("a/" + own + "/expected.json", "old");
  CHECK(prove("a", "for everyone never location").status == 1);
  auto again = files_below(folder.path("a"));
  CHECK(again.extract(own + "/mine.txt").mapped() == "kept");
  CHECK(again == first);
}

TEST_CASE("files that only the earlier scenario had are taken away") {
  const Folder folder;
  scenario::Scenario scenario{
      "1-x",
      {{"scenario.json",
        R"({"format": "presproof-scenario/1", "files": ["scenario.json", "presence-2.xml", "second/command"]})"},
       {"presence-2.xml", "x"},
       {"second/command", "y"}}};
  cli::write_scenarios(folder.path("s"), {scenario});
  scenario.files = {{"scenario.json", R"({"format": "presproof-scenario/1", "files": ["scenario.json"]})"}};
  cli::write_scenarios(folder.path("s"), {scenario});
  CHECK(files_below(folder.path("s")).size() == 1);
  CHECK_FALSE(fs::exists(folder.path("s/1-x/second")));
}

TEST_CASE("a folder that holds something else is refused, and stays as it is") {
  const Folder folder;
  const auto policy = folder.write("rules.xml", test::kPolicy);
  const std::string own = folder.path("s/1-for-everyone-never-location");
  const auto prove = [&] {
    return run({"prove", policy, "-p", "for everyone never location", "--scenario", folder.path("s")});
  };
  fs::create_directories(own);
  for (const std::string content : {"{", "[]", "{\"format\": \"other\"}", R"({"format": "presproof-scenario/1"})",
                                    R"({"format": "presproof-scenario/1", "files": ["../../rules.xml"]})",
                                    R"({"format": "presproof-scenario/1", "files": ["/etc/passwd"]})",
                                    R"({"format": "presproof-scenario/1", "files": ["second/../x"]})"}) {
    folder.write("s/1-for-everyone-never-location/scenario.json", content);
    const auto ran = prove();
    CHECK(ran.status == 2);
    CHECK(ran.err == "presproof: error: the folder `" + own +
                         "` holds something that is no scenario of presproof; it stays as it is\n"
                         "  hint: name another folder with `--scenario`, or empty this one\n");
    CHECK(has(ran.out, "violated"));  // the proof is not lost
    CHECK(files_below(folder.path("s")).size() == 1);
  }
  fs::remove_all(own);
  folder.write("s/1-for-everyone-never-location", "a file");
  CHECK(has(prove().err, "it is no folder"));
  fs::remove_all(own);
  fs::create_directories(own);
  CHECK(prove().status == 1);  // empty
}

TEST_CASE("a folder for scenarios that cannot be made stops the run before the proof") {
  const Folder folder;
  const auto file = folder.write("file", "");
  const auto ran = run({"prove", "-", "-p", "for everyone never location", "--scenario", file + "/s"}, test::kPolicy);
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(has(ran.err, "cannot make the folder"));
}

TEST_CASE("a proof without counterexample writes no scenario, and a witness is one") {
  const Folder folder;
  const auto policy = folder.write("rules.xml", test::kPolicy);
  CHECK(run({"prove", policy, "-p", "for everyone never mood", "--scenario", folder.path("none")}).status == 0);
  CHECK(files_below(folder.path("none")).empty());
  CHECK(run({"prove", policy, "-p", "for everyone sometimes persons", "--scenario", folder.path("some")}).status == 0);
  const fs::path path = folder.path("some/1-for-everyone-sometimes-persons");
  CHECK(has(text_of(path / "scenario.json"), "\"shows\": \"witness\""));
  CHECK(run_command(path).out == text_of(path / "expected.json"));
}

TEST_CASE(
    "rule sets of equal names, of names that scenarios need, from standard input and in UTF-16 are all replayed") {
  const Folder folder;
  fs::create_directories(folder.path("a"));
  fs::create_directories(folder.path("b"));
  const auto twin = folder.write("a/rules.xml", test::kPolicy);
  const auto other = folder.write("b/rules.xml", test::kPolicy);
  const auto taken = folder.write("presence.xml", test::kPolicy);
  const auto blank = folder.write("my rules'.xml", test::kPolicy);
  std::string wide = "\xFE\xFF";
  for (const char c :
       std::string("<?xml version=\"1.0\" encoding=\"UTF-16\"?>") + test::kPolicy.substr(test::kPolicy.find("?>") + 2))
    (wide += '\0') += c;
  const auto utf16 = folder.write("wide.xml", wide);
  const auto ran = run({"prove", twin, other, taken, blank, utf16, "-", "-p", "for everyone never location",
                        "--scenario", folder.path("s")},
                       test::kPolicy);
  CHECK(ran.status == 1);
  const fs::path path = folder.path("s/1-for-everyone-never-location");
  CHECK(has(
      text_of(path / "command"),
      "presproof simulate rules.xml policy-2.xml policy-3.xml 'my rules'\\''.xml' wide.xml policy-6.xml --request"));
  const auto again = run_command(path);
  CHECK(again.status == 0);
  CHECK(again.out == text_of(path / "expected.json"));
  CHECK(json::parse(again.out)["matched_rules"].size() == 6);
}

TEST_CASE("an id that rules name for two kinds of component makes two documents, which are replayed together") {
  const Folder folder;
  std::string rules = test::kPolicy;
  rules.replace(rules.find("<pr:all-persons/>"), 17, "<pr:occurrence-id>x</pr:occurrence-id>");
  rules.insert(rules.find("<pr:provide-persons>"),
               "<pr:provide-services><pr:occurrence-id>x</pr:occurrence-id></pr:provide-services>");
  const auto policy = folder.write("rules.xml", rules);
  CHECK(run({"prove", policy, "-p", "for everyone never persons", "--scenario", folder.path("s")}).status == 1);
  const fs::path path = folder.path("s/1-for-everyone-never-persons");
  CHECK(has(text_of(path / "command"), "--presence presence.xml --presence presence-2.xml"));
  const auto ran = run_command(path);
  CHECK(ran.out == text_of(path / "expected.json"));
  const std::string shown = json::parse(ran.out)["document"];
  CHECK(has(shown, "<tuple id=\"x\">"));
  CHECK(has(shown, "person id=\"x\">"));
  CHECK_FALSE(has(ran.err, "error"));
}

TEST_CASE("what breaks a property under another reading is replayed under that reading") {
  const Folder folder;
  std::string rules = test::kPolicy;
  rules.replace(rules.find("</rule>"), 7,
                "</rule><rule id=\"exact\"><transformations><gp:provide-location profile=\"geodetic-transformation\">"
                "<lp:provide-geo radius=\"100\"/></gp:provide-location></transformations></rule>");
  const auto policy = folder.write("rules.xml", rules);
  const auto ran = run({"prove", policy, "-p", "for { sip:bob@example.com } always geodetic finer than 1 km",
                        "--scenario", folder.path("s")});
  CHECK(has(ran.out, "depends"));
  const fs::path path = folder.path("s/1-for-sip-bob-example-com-always-geodetic-finer-than");
  CHECK(has(text_of(path / "command"), "--reading geo-radius=coarsest"));
  CHECK(has(text_of(path / "README.txt"), "geo-radius=coarsest\n"));
  CHECK(has(text_of(path / "expected.json"), "\"radius_m\": 5000"));
  CHECK(run_command(path).out == text_of(path / "expected.json"));
}

TEST_CASE("a watcher whom no request can tell is named by flags, and the reader is told") {
  const Folder folder;
  std::string rules = test::kPolicy;
  rules.replace(rules.find("sip:bob@example.com"), 19, "urn:uuid:00000000-0000-4000-8000-0000000000ff");
  const auto policy = folder.write("rules.xml", rules);
  CHECK(run({"prove", policy, "-p", "for everyone never location", "--scenario", folder.path("s")}).status == 1);
  const fs::path path = folder.path("s/1-for-everyone-never-location");
  CHECK(has(text_of(path / "command"), " --watcher urn:uuid:"));
  CHECK(has(text_of(path / "README.txt"), "No request can assert all identities of this watcher"));
  CHECK(run_command(path).out == text_of(path / "expected.json"));
}

}  // namespace presproof
