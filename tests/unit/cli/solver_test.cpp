// `prove --solver`: the stories of samples/ under every choice of who decides.

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "running.h"

namespace presproof {
namespace {

using namespace test;

/// The folders that have rules and properties.
std::vector<std::filesystem::path> stories() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(PRESPROOF_SAMPLES)) {
    const auto has = [&](const char* name) { return std::filesystem::exists(entry.path() / name); };
    if (has("policy.xml") && has("policy.props")) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

Ran prove_story(const std::filesystem::path& story, const std::string& solver, const std::string& format) {
  return run({"prove", (story / "policy.xml").string(), "--properties", (story / "policy.props").string(), "--solver", solver, "--format", format,
              "--timeout", "0"});
}

/// PATH, changed until the end of the scope.
class SearchPath {
 public:
  explicit SearchPath(const std::string& path) {
    if (const char* before = std::getenv("PATH")) before_ = before;
    setenv("PATH", path.c_str(), 1);
  }
  ~SearchPath() { setenv("PATH", before_.c_str(), 1); }
  SearchPath(const SearchPath&) = delete;
  SearchPath& operator=(const SearchPath&) = delete;

 private:
  std::string before_;
};

/// Without the lines that say what the enumeration was not asked.
std::string without_notes(std::string text) {
  for (std::size_t at = text.find("    assumes   the enumeration was not asked"); at != std::string::npos;
       at = text.find("    assumes   the enumeration was not asked", at)) {
    text.erase(at, text.find('\n', at) + 1 - at);
  }
  return text;
}

}  // namespace

TEST_CASE("every story is proved and refuted alike with a second opinion") {
  REQUIRE(stories().size() >= 4);
  for (const auto& story : stories()) {
    INFO(story);
    const auto alone = prove_story(story, "z3", "text");
    const auto both = prove_story(story, "both", "text");
    CHECK(both.status == alone.status);
    CHECK(without_notes(both.out) == alone.out);
    CHECK(both.err == alone.err);
    const auto json = nlohmann::json::parse(prove_story(story, "both", "json").out);
    for (const auto& property : json["properties"]) CHECK(property["solver"]["name"] == "z3+enumeration");
  }
}

TEST_CASE("every story is proved and refuted alike with cvc5, where it is installed") {
  for (const auto& story : stories()) {
    INFO(story);
    const auto third = prove_story(story, "cvc5", "text");
    if (third.err.find("cannot find `cvc5`") != std::string::npos) {
      WARN("skipped: cvc5 is not installed");
      return;
    }
    CHECK(third.out == prove_story(story, "z3", "text").out);
  }
}

TEST_CASE("without cvc5, `--solver cvc5` says what to install") {
  const Folder folder;
  const SearchPath nowhere(folder.path("nothing"));
  const auto ran = run({"prove", folder.write("p.xml", kPolicy), "-p", "for everyone never exact location", "--solver", "cvc5"});
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(ran.err == "presproof: error: cannot find `cvc5` on PATH\n  hint: `--solver cvc5` runs the program cvc5: `apt-get install cvc5`\n");
}

TEST_CASE("a contradiction between two solvers ends the run with status 4") {
  const Folder folder;
  const auto policy = folder.write("p.xml", kPolicy);
  const auto liar = folder.write("cvc5", "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'This is cvc5 version 1.0'; else echo unsat; fi\n");
  std::filesystem::permissions(liar, std::filesystem::perms::owner_all);
  const SearchPath only_here(folder.path("."));
  const auto ran = run({"prove", policy, "-p", "for everyone during 2026-01-01T00:00:00Z .. 2027-01-01T00:00:00Z never location finer than 6 km",
                        "--solver", "cvc5"});
  CHECK(ran.status == 4);
  CHECK(ran.out.empty());
  CHECK(ran.err.find("the solvers disagree") != std::string::npos);
  CHECK(ran.err.find("z3 says sat, cvc5 unsat") != std::string::npos);
}

TEST_CASE("a solver that nobody knows is refused") {
  const Folder folder;
  CHECK(run({"prove", folder.write("p.xml", kPolicy), "-p", "for everyone never exact location", "--solver", "yices"}).status == 2);
}

}  // namespace presproof
