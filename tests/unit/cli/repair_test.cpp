// `prove --repair` and `--apply`: what is printed, what is written, and what is left alone when writing fails.

#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "running.h"
#include "small_files.h"

namespace presproof {
namespace {

using test::Folder;
using test::kPolicy;
using test::run;
using test::SmallFiles;

const std::string kProperty = "for { sip:bob@example.com } never location finer than 20 km";
const std::string kRepaired = [] {
  std::string text = kPolicy;
  return text.replace(text.find("5000"), 4, "20000");
}();

}  // namespace

TEST_CASE("--repair prints a diff after the property and writes nothing") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kPolicy);
  const auto ran = run({"prove", file, "-p", kProperty, "--repair"});
  CHECK(ran.status == 1);
  CHECK(ran.out.find("    repair, proved again: in rule `friends` the radius becomes 20000 m\n"
                     "      lost: provide-location radius 5000 m -> 20000 m, for sip:bob@example.com\n--- ") != std::string::npos);
  CHECK(ran.out.find("\n-      <gp:provide-location profile=\"geodetic-transformation\"><lp:provide-geo radius=\"5000\"/></gp:provide-location>\n+") !=
        std::string::npos);
  CHECK(folder.read("alice.xml") == kPolicy);
}

TEST_CASE("the repair in JSON has the keys of the contract") {
  const auto ran = run({"prove", "-", "-p", kProperty, "-p", "for everyone never mood", "--repair", "--format", "json"}, kPolicy);
  const auto json = nlohmann::json::parse(ran.out);
  const auto& repair = json["properties"][0]["repair"];
  CHECK(repair["summary"] == "in rule `friends` the radius becomes 20000 m");
  REQUIRE(repair["edits"].size() == 1);
  const auto& edit = repair["edits"][0];
  CHECK(edit["file"] == "<stdin>");
  CHECK(edit["line"] == 4);
  CHECK(edit["column"] == 3);
  CHECK(edit["rule"] == "friends");
  CHECK(edit["kind"] == "coarsen-location");
  CHECK(edit["before"].get<std::string>().find("radius=\"5000\"") != std::string::npos);
  CHECK(edit["after"].get<std::string>().find("radius=\"20000\"") != std::string::npos);
  REQUIRE(repair["losses"].size() == 1);
  CHECK(repair["losses"][0]["permission"] == "provide-location");
  CHECK(repair["gains"].empty());
  CHECK(repair["applied"] == false);
  CHECK(json["properties"][1]["repair"].is_null());
  CHECK(json["properties"][1]["repair_reason"].is_null());
}

TEST_CASE("--apply writes the repaired text, keeps the mode, ends with 0, and a second time has nothing to do") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kPolicy);
  REQUIRE(::chmod(file.c_str(), 0640) == 0);
  const auto first = run({"prove", file, "-p", kProperty, "--apply"});
  CHECK(first.status == 0);
  CHECK(first.out.find("repaired: in rule `friends`") != std::string::npos);
  CHECK(folder.read("alice.xml") == kRepaired);
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
  const auto second = run({"prove", file, "-p", kProperty, "--apply"});
  CHECK(second.status == 0);
  CHECK(second.out.find("proved") != std::string::npos);
  CHECK(folder.read("alice.xml") == kRepaired);
}

TEST_CASE("--apply through a symbolic link edits the file behind it") {
  const Folder folder;
  folder.write("alice.xml", kPolicy);
  std::filesystem::create_symlink("alice.xml", folder.path("link.xml"));
  CHECK(run({"prove", folder.path("link.xml"), "-p", kProperty, "--apply"}).status == 0);
  CHECK(std::filesystem::is_symlink(folder.path("link.xml")));
  CHECK(folder.read("alice.xml") == kRepaired);
}

TEST_CASE("several properties are repaired one at a time, and one that a repair before it mended is left") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kPolicy);
  const auto ran = run({"prove", file, "-p", "for { sip:bob@example.com } never location finer than 7 km", "-p", kProperty, "-p",
                        "for everyone never location finer than 6 km", "--apply"});
  CHECK(ran.status == 0);
  CHECK(ran.out.find("no repair: the repairs before this one mend it, too") != std::string::npos);
  CHECK(folder.read("alice.xml") == kRepaired);
}

TEST_CASE("what cannot be repaired keeps the status 1, and the file") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kPolicy);
  const auto ran = run({"prove", file, "-p", "for { sip:bob@example.com } sometimes mood", "--apply"});
  CHECK(ran.status == 1);
  CHECK(ran.out.find("no repair: nothing is proposed for a property with `sometimes`") != std::string::npos);
  CHECK(folder.read("alice.xml") == kPolicy);
}

TEST_CASE("--apply refuses standard input, UTF-16 and a read-only file before it proves anything") {
  const Folder folder;
  CHECK(run({"prove", "-", "-p", kProperty, "--apply"}, kPolicy).err.find("cannot write to standard input") != std::string::npos);

  std::string wide = "\xff\xfe";
  for (const char c : kPolicy) wide += std::string{c, '\0'};
  const auto utf16 = folder.write("wide.xml", wide);
  const auto refused = run({"prove", utf16, "-p", kProperty, "--apply"});
  CHECK(refused.status == 2);
  CHECK(refused.err.find("it is in UTF-16") != std::string::npos);
  CHECK(folder.read("wide.xml") == wide);
  CHECK(run({"prove", utf16, "-p", kProperty, "--repair"}).out.find("repair, proved again") != std::string::npos);

  const auto locked = folder.write("locked.xml", kPolicy);
  REQUIRE(::chmod(locked.c_str(), 0444) == 0);
  const auto denied = run({"prove", locked, "-p", kProperty, "--apply"});
  CHECK(denied.status == 2);
  CHECK(denied.err.find("it is read-only") != std::string::npos);
  CHECK(folder.read("locked.xml") == kPolicy);
}

TEST_CASE("a disk that is full leaves the old file, and nothing beside it") {
  const Folder folder;
  const auto file = folder.write("alice.xml", kPolicy);
  test::Ran ran;
  {
    const SmallFiles limit(64);
    ran = run({"prove", file, "-p", kProperty, "--apply"});
  }
  CHECK(ran.status == 2);
  CHECK(ran.err.find("cannot write `") != std::string::npos);
  CHECK(ran.err.find("the old file, if there was one, is as it was") != std::string::npos);
  CHECK(folder.read("alice.xml") == kPolicy);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path("")), {}) == 1);
}

TEST_CASE("what the solver could not decide is not repaired") {
  const auto ran = run({"prove", "-", "-p", "for everyone when sphere is \"x\" never location", "--timeout", "0.000000001", "--repair"}, kPolicy);
  CHECK(ran.status == 3);
  CHECK(ran.out.find("no repair: it is undecided") != std::string::npos);
}

TEST_CASE("a hostile document cannot write to the terminal through a diff") {
  std::string text = kPolicy;
  text.replace(text.find("    <transformations>"), 4, "<!-- \xe2\x80\xae\xc2\x9b" "31m\t-->");
  const auto ran = run({"prove", "-", "-p", kProperty, "--repair"}, text);
  CHECK(ran.out.find("\\u{202E}\\u{009B}31m\t-->") != std::string::npos);
  CHECK(ran.out.find("\xe2\x80\xae") == std::string::npos);
}

}  // namespace presproof
