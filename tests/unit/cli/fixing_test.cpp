// `lint --fix`, `--fix-unsafe` and `--dry-run`: what is printed, what is written, and what is left alone when writing fails.

#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "running.h"
#include "small_files.h"

namespace presproof {
namespace {

using test::Folder;
using test::run;
using test::SmallFiles;

const std::string kGood = [] {
  std::string text = test::kPolicy;
  const std::string persons = "      <pr:provide-persons><pr:all-persons/></pr:provide-persons>\n";
  return text.insert(text.find(persons) + persons.size(), "      <pr:provide-mood>true</pr:provide-mood>\n");
}();
const std::string kBad = [] {
  std::string text = kGood;
  return text.replace(text.find("true"), 4, "1");
}();
const std::string kMended = "fixed PP412 boolean-spelling: `<pr:provide-mood>` is `1`, which some servers do not take for `true`\n";

}  // namespace

TEST_CASE("--fix writes the mended file, says so, keeps the mode, and reports what is left") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kBad);
  REQUIRE(::chmod(file.c_str(), 0640) == 0);
  const auto ran = run({"lint", file, "--fix", "--fail-on", "note"});
  CHECK(ran.status == 0);
  CHECK(ran.err == file + ":9:7: " + kMended);
  CHECK(ran.out == "no findings in 1 file, 1 rule\n");
  CHECK(folder.read("alice.xml") == kGood);
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
  const auto again = run({"lint", file, "--fix"});
  CHECK(again.err.empty());
  CHECK(folder.read("alice.xml") == kGood);
}

TEST_CASE("--dry-run prints a diff alone and writes nothing") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kBad);
  const auto ran = run({"lint", file, "--fix", "--dry-run"});
  CHECK(ran.status == 0);
  CHECK(ran.out.starts_with("--- " + file + "\n+++ " + file + "\n@@ -6,7 +6,7 @@\n"));
  CHECK(ran.out.find("\n-      <pr:provide-mood>1</pr:provide-mood>\n+      <pr:provide-mood>true</pr:provide-mood>\n") != std::string::npos);
  CHECK(ran.err.find("would fix PP412") != std::string::npos);
  CHECK(folder.read("alice.xml") == kBad);
  CHECK(run({"lint", "-", "--fix", "--dry-run"}, kBad).out.starts_with("--- <stdin>\n"));
}

TEST_CASE("wishes that cannot be met are refused before anything is read") {
  CHECK(run({"lint", "-", "--fix"}, kBad).err.find("`--fix` cannot write to standard input") != std::string::npos);
  CHECK(run({"lint", "-", "--dry-run"}, kBad).err.find("`--dry-run` is about fixes") != std::string::npos);
  const auto json = run({"lint", "-", "--fix", "--dry-run", "--format", "json"}, kBad);
  CHECK(json.status == 2);
  CHECK(json.err.find("`--dry-run` prints a diff, in no other format") != std::string::npos);
}

TEST_CASE("--enable and --disable choose what is mended") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kBad);
  CHECK(run({"lint", file, "--fix", "--disable", "PP412"}).status == 0);
  CHECK(run({"lint", file, "--fix", "--enable", "unused-namespace"}).status == 0);
  CHECK(folder.read("alice.xml") == kBad);
  CHECK(run({"lint", file, "--fix", "--enable", "PP412"}).status == 0);
  CHECK(folder.read("alice.xml") == kGood);
}

TEST_CASE("JSON says what was fixed beside what is left") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kBad);
  const auto json = nlohmann::json::parse(run({"lint", file, "--fix", "--format", "json"}).out);
  CHECK(json["format"] == "presproof-lint/1");
  CHECK(json["findings"].empty());
  REQUIRE(json["fixed"].size() == 1);
  const auto& fixed = json["fixed"][0];
  CHECK(fixed["code"] == "PP412");
  CHECK(fixed["name"] == "boolean-spelling");
  CHECK(fixed["file"] == file);
  CHECK(fixed["line"] == 9);
  CHECK(fixed["column"] == 7);
  CHECK(fixed["rule"] == "friends");
  CHECK(fixed["kind"] == "safe");
  CHECK(fixed["losses"].empty());
  CHECK(json["not_fixed"].empty());
  CHECK_FALSE(nlohmann::json::parse(run({"lint", file, "--format", "json"}).out).contains("fixed"));
}

TEST_CASE("a symbolic link stays one, a byte order mark stays, and CR LF stays") {
  const Folder folder;
  std::string bad = "\xEF\xBB\xBF" + kBad;
  std::string good = "\xEF\xBB\xBF" + kGood;
  for (auto* text : {&bad, &good})
    for (auto at = text->find('\n'); at != std::string::npos; at = text->find('\n', at + 2)) text->replace(at, 1, "\r\n");
  folder.write("alice.xml", bad);
  std::filesystem::create_symlink("alice.xml", folder.path("link.xml"));
  CHECK(run({"lint", folder.path("link.xml"), "--fix"}).status == 0);
  CHECK(std::filesystem::is_symlink(folder.path("link.xml")));
  CHECK(folder.read("alice.xml") == good);
}

TEST_CASE("a read-only file is refused when something is to be mended in it, and no other file is written then") {
  const Folder folder;
  const auto locked = folder.write("locked.xml", kBad);
  const auto other = folder.write("a.xml", kBad);
  const auto fine = folder.write("fine.xml", kGood);
  REQUIRE(::chmod(locked.c_str(), 0444) == 0);
  REQUIRE(::chmod(fine.c_str(), 0444) == 0);
  const auto ran = run({"lint", folder.path(""), "--fix"});
  CHECK(ran.status == 2);
  CHECK(ran.err.find("`--fix` cannot write `" + locked + "`: it is read-only") != std::string::npos);
  CHECK(folder.read("locked.xml") == kBad);
  CHECK(folder.read("a.xml") == kBad);
  CHECK(run({"lint", fine, "--fix"}).status == 0);
}

TEST_CASE("a full disk leaves the old file, and nothing beside it") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kBad);
  test::Ran ran;
  {
    const SmallFiles limit(64);
    ran = run({"lint", file, "--fix"});
  }
  CHECK(ran.status == 2);
  CHECK(ran.err.find("cannot write `") != std::string::npos);
  CHECK(ran.out.empty());
  CHECK(folder.read("alice.xml") == kBad);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path("")), {}) == 1);
}

TEST_CASE("a file that is named twice is written once") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kBad);
  CHECK(run({"lint", file, folder.path(""), "--fix", "--enable", "PP412"}).status == 0);
  CHECK(folder.read("alice.xml") == kGood);
}

TEST_CASE("UTF-16 is not edited, what is not well-formed is left, and the reason is said") {
  const Folder folder;
  std::string wide = "\xff\xfe";
  for (const char c : kBad) wide += std::string{c, '\0'};
  const auto file = folder.write("wide.xml", wide);
  const auto ran = run({"lint", file, "--fix"});
  CHECK(ran.status == 0);
  CHECK(ran.err.find("not fixed PP412") != std::string::npos);
  CHECK(ran.err.find("the document is not in UTF-8") != std::string::npos);
  CHECK(folder.read("wide.xml") == wide);
  const auto broken = folder.write("broken.xml", kBad.substr(0, 300));
  CHECK(run({"lint", broken, "--fix"}).status == 1);
  CHECK(folder.read("broken.xml") == kBad.substr(0, 300));
}

TEST_CASE("the list says which flag mends a finding") {
  const auto list = run({"lint", "--list"}).out;
  CHECK(list.find("PP412  boolean-spelling               note     fix        a boolean is written as a digit\n") != std::string::npos);
  CHECK(list.find("PP100  not-well-formed                error               the document is not well-formed XML\n") != std::string::npos);
}

}  // namespace presproof
