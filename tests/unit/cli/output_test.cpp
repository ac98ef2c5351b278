// Where results go.

#include <sys/stat.h>

#include "running.h"

namespace presproof {

using test::Folder;
using test::run;

TEST_CASE("--output replaces a file whole and keeps its mode") {
  const Folder folder;
  const auto target = folder.write("out.json", "old");
  REQUIRE(::chmod(target.c_str(), 0600) == 0);
  const auto ran = run({"lint", "-", "--format", "json", "--output", target}, test::kPolicy);
  CHECK(ran.status == 0);
  CHECK(ran.out.empty());
  CHECK(folder.read("out.json") == run({"lint", "-", "--format", "json"}, test::kPolicy).out);
  struct stat status {};
  REQUIRE(::stat(target.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a result that cannot be written is status 2 and leaves the old file") {
  const Folder folder;
  const auto ran = run({"lint", "-", "--output", folder.path("no/such/folder/out.txt")}, test::kPolicy);
  CHECK(ran.status == 2);
  CHECK(ran.err.find("cannot write") != std::string::npos);

  const auto old = folder.write("old.txt", "old");
  CHECK(run({"prove", "-", "-p", "for everyone nevr mood", "--output", old}, test::kPolicy).status == 2);
  CHECK(folder.read("old.txt") == "old");
}

TEST_CASE("colour is only where it is asked for or a terminal shows it") {
  const std::vector<std::string> prove = {"prove", "-", "-p", "for everyone never location"};
  CHECK(run(prove, test::kPolicy).out.find('\x1b') == std::string::npos);
  std::vector<std::string> colored = {"--color", "always"};
  colored.insert(colored.end(), prove.begin(), prove.end());
  CHECK(run(colored, test::kPolicy).out.find("\x1b[1;31mviolated") != std::string::npos);
}

TEST_CASE("queries are written as SMT-LIB when they are asked for") {
  const Folder folder;
  const auto directory = folder.path("smt");
  CHECK(run({"prove", "-", "-p", "for everyone when sphere is \"x\" never location", "--smt2", directory}, test::kPolicy).status == 1);
  CHECK(std::filesystem::is_directory(directory));
}

TEST_CASE("the number of threads does not show in a proof") {
  std::vector<std::string> words = {"prove", "-"};
  for (const char* const claim : {"location", "services", "mood", "handling allow", "exact location", "anything"}) {
    words.insert(words.end(), {"-p", std::string("for everyone never ") + claim, "-p", std::string("for { sip:bob@example.com } sometimes ") + claim});
  }
  const auto with_jobs = [&](const char* jobs) {
    auto all = words;
    all.insert(all.end(), {"--jobs", jobs});
    return run(all, test::kPolicy);
  };
  const auto alone = with_jobs("1");
  REQUIRE(alone.status == 1);
  for (const char* const jobs : {"2", "8"}) {
    const auto ran = with_jobs(jobs);
    CHECK(ran.status == alone.status);
    CHECK(ran.out == alone.out);
    CHECK(ran.err == alone.err);
  }
  CHECK(with_jobs("0").status == 2);
}

}  // namespace presproof
