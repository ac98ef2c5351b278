// Resource lists from the wild and from the RFCs: each reads as a group, or is refused for a reason that is right.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "diag/error.h"
#include "property/parser.h"

namespace presproof {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// What reading the list says: nothing, or the first problem.
std::string problem_with(const fs::path& path) {
  diag::Sources sources;
  const auto load = [&](std::string_view, std::string_view) { return sources.add(path.filename().string(), text_of(path)); };
  const auto props = sources.add("corpus.props", "group g = list \"file\"\nproperty \"p\": for g never mood\n");
  try {
    const auto properties = property::parse(sources, {props}, {}, load, {});
    CHECK(properties.properties.size() == 1);
    return {};
  } catch (const diag::InputError& error) {
    CHECK_FALSE(error.problems().empty());
    return error.problems().front().message;
  }
}

}  // namespace

TEST_CASE("every resource list of the corpus reads, or is refused with a reason") {
  const char* given = std::getenv("PRESPROOF_SHARED");
  const fs::path folder = fs::path(given != nullptr ? given : PRESPROOF_SHARED_DEFAULT) / "corpus" / "lists";
  if (!fs::is_directory(folder)) {
    WARN("skipped: there is no " << folder);
    return;
  }
  std::size_t lists = 0;
  std::size_t read = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    INFO(entry.path());
    const bool is_list = text_of(entry.path()).find("resource-lists") != std::string::npos &&
                         entry.path().filename().string().find("_resource-lists") != std::string::npos;
    const auto problem = problem_with(entry.path());
    if (is_list) ++lists;
    if (problem.empty()) ++read;
    // What is no resource list at all is never taken for one.
    if (entry.path().filename().string().find("_watcherinfo") != std::string::npos) CHECK_FALSE(problem.empty());
    if (entry.path().filename().string().find("_xcap-diff") != std::string::npos) CHECK_FALSE(problem.empty());
  }
  CHECK(lists >= 10);
  CHECK(read >= lists / 2);
}

}  // namespace presproof
