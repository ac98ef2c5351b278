#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "unit/xml/reading.h"

using namespace presproof;
using namespace presproof::xml;
namespace fs = std::filesystem;

namespace {

fs::path corpus() {
  const char* const shared = std::getenv("PRESPROOF_SHARED");
  return fs::path(shared != nullptr ? shared : PRESPROOF_SHARED_DEFAULT) / "corpus";
}

std::vector<fs::path> documents() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(corpus())) {
    if (entry.path().extension() == ".xml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The files that the manifest calls not well-formed.
std::vector<std::string> called_not_well_formed() {
  std::vector<std::string> names;
  std::ifstream manifest(corpus() / "manifest.tsv");
  for (std::string line; std::getline(manifest, line);) {
    if (line.find("\tnot well-formed") != std::string::npos) names.push_back(line.substr(0, line.find('\t')));
  }
  return names;
}

// Its one fault is a namespace name that begins with a blank: no URI, but well-formed.
constexpr std::string_view kOddNamespaceName = "invalid/rfc4119_s2-3_presence.xml";

}  // namespace

TEST_CASE("every good document of the corpus is read") {
  if (!fs::exists(corpus())) {
    WARN("no corpus at " << corpus());
    return;
  }
  std::size_t count = 0;
  for (const fs::path& file : documents()) {
    if (file.parent_path().filename() == "invalid" && file.filename() != fs::path(kOddNamespaceName).filename())
      continue;
    const Reading reading(content(file));
    INFO(file);
    if (!reading.sink.diagnostics().empty()) UNSCOPED_INFO(reading.finding());
    CHECK(reading.document);
    ++count;
  }
  CHECK(count > 100);
}

TEST_CASE("the documents of the corpus that are not well-formed are refused") {
  if (!fs::exists(corpus())) {
    WARN("no corpus at " << corpus());
    return;
  }
  std::size_t count = 0;
  for (const std::string& name : called_not_well_formed()) {
    if (name == kOddNamespaceName) continue;
    const Reading reading(content(corpus() / name));
    INFO(name);
    CHECK_FALSE(reading.document);
    ++count;
  }
  CHECK(count >= 5);
}
