#include <catch2/catch.hpp>

#include "glob.h"
#include "running.h"

namespace presproof::cli {
namespace {

using test::Folder;
using test::run;

}  // namespace

TEST_CASE("patterns match names as shells do") {
  CHECK(glob_matches("*.xml", "alice.xml"));
  CHECK_FALSE(glob_matches("*.xml", "alice.xml.bak"));
  CHECK(glob_matches("a?c", "a\xC3\xA9"
                            "c"));
  CHECK_FALSE(glob_matches("a?c", "ac"));
  CHECK(glob_matches("[a-c]*[!0-9]", "b12x"));
  CHECK_FALSE(glob_matches("[a-c]*[!0-9]", "b123"));
  CHECK(glob_matches("[]]", "]"));
  CHECK(glob_matches("[abc", "[abc"));
  CHECK_FALSE(glob_matches("*", ".hidden"));
  CHECK(glob_matches(".*", ".hidden"));
  CHECK(glob_matches("**", "x"));
  CHECK(glob_matches("", ""));
  // In the product of the lengths, not in more.
  CHECK_FALSE(glob_matches("*a*a*a*a*a*a*a*a*a*a*b", std::string(2000, 'a')));
}

TEST_CASE("a pattern finds files in any number of folders, sorted, each a rule set of its own") {
  const Folder folder;
  std::filesystem::create_directories(folder.path("b/deep"));
  std::filesystem::create_directory_symlink(folder.path("b"), folder.path("b/deep/loop"));
  folder.write("a.xml", test::kPolicy);
  folder.write("b/c.xml", test::kPolicy);
  folder.write("b/deep/d.xml", test::kPolicy);
  CHECK(glob_files(folder.path("**/*.xml")) == std::vector<std::string>{folder.path("a.xml"), folder.path("b/c.xml"), folder.path("b/deep/d.xml")});
  CHECK(glob_files(folder.path("?/*.xml")) == std::vector<std::string>{folder.path("b/c.xml")});
  CHECK(glob_files(folder.path("**/nothing")).empty());
  CHECK(run({"lint", folder.path("**/*.xml")}).out == "no findings in 3 files, 3 rules\n");
  CHECK(run({"lint", folder.path("")}).out == "no findings in 3 files, 3 rules\n");
  const auto none = run({"lint", folder.path("*.apxml"), folder.path("a.xml")});
  CHECK(none.status == 2);
  CHECK(none.err.find("no file matches") != std::string::npos);
  CHECK(none.out == "no findings in 1 file, 1 rule\n");
}

TEST_CASE("a list names files by line or NUL, and goes on behind one that cannot be read") {
  const Folder folder;
  const auto a = folder.write("a.xml", test::kPolicy);
  const auto b = folder.write("b.xml", test::kPolicy);
  CHECK(run({"lint", "--files-from", "-"}, a + "\r\n\n" + b + "\n" + a).out == "no findings in 2 files, 2 rules\n");
  CHECK(run({"lint", "--files-from", "-", "--null"}, a + std::string(1, '\0') + b).out == "no findings in 2 files, 2 rules\n");
  const auto missing = run({"lint", "--files-from", folder.write("list", folder.path("none.xml") + "\n" + b)});
  CHECK(missing.status == 2);
  CHECK(missing.out == "no findings in 1 file, 1 rule\n");
  CHECK(run({"lint", "-", "--files-from", "-"}, a).err.find("cannot be both") != std::string::npos);
}

TEST_CASE("the output does not depend on the number of threads") {
  const Folder folder;
  for (int i = 0; i < 40; ++i) folder.write("p" + std::to_string(i) + ".xml", i % 3 == 0 ? "<not-a-rule-set/>" : test::kPolicy);
  const auto one = run({"lint", folder.path(""), "--jobs", "1", "--format", "json"});
  CHECK(one.status == 1);
  CHECK(run({"lint", folder.path(""), "--jobs", "7", "--format", "json"}).out == one.out);
}

}  // namespace presproof::cli
