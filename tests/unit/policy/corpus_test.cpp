#include "support.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "policy/writer.h"

using namespace presproof;
using namespace presproof::policy;
using namespace presproof::policy::test;

namespace {

std::filesystem::path policies() {
  const char* shared = std::getenv("PRESPROOF_SHARED");
  return std::filesystem::path(shared == nullptr ? PRESPROOF_SHARED_DEFAULT : shared) / "corpus" / "policies";
}

Read read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return read(std::string(std::istreambuf_iterator<char>(stream), {}), path.filename().string());
}

/// The documents that have findings, each with all of them; every other document has none.
const std::map<std::string, Lines> kFindings = {
    {"dbroeglin_BasicXcapServletTest-1.xml", {"not-a-rule-set 1:1"}},
    // OMA's conditions.
    {"dbroeglin_pres-rules-1.xml",
     {"unknown-condition 26:7", "unknown-condition 46:7", "unknown-condition 54:7", "unknown-condition 76:7"}},
    // Consent rules: recipient and target, and one trans-handling for each URI.
    {"rfc5360_s5-3-1_ruleset.xml",
     {"unknown-condition 11:9", "unknown-condition 14:9", "unknown-permission 19:9", "unknown-permission 22:9",
      "unknown-permission 25:9", "unknown-permission 28:9"}},
    {"rfc7199_s5-1_ruleset.xml", {"incomplete-validity 7:9"}},
    {"rfc7199_s5-1_ruleset-2.xml", {"incomplete-validity 11:9"}},
    // Load control: attributes of the root, a method in the namespace of common policy, months of one digit.
    {"rfc7200_s10-2_ruleset-2.xml",
     {"unexpected-attribute 4:5", "unexpected-attribute 4:17", "unknown-condition 8:13", "unexpected-content 22:13",
      "unknown-permission 29:13"}},
    {"rfc7200_s10-2_ruleset-3.xml",
     {"unexpected-attribute 4:5", "unexpected-attribute 4:17", "unknown-condition 8:13", "unexpected-content 15:13",
      "invalid-date-time 17:17", "invalid-date-time 18:17", "unknown-permission 22:13",
      "unknown-condition 30:13", "unexpected-content 37:13", "invalid-date-time 39:17",
      "invalid-date-time 40:17", "unknown-permission 44:13"}},
};

const std::set<std::string> kRefused = {"dbroeglin_BasicXcapServletTest-1.xml"};

}  // namespace

TEST_CASE("every rule set found in the wild reads, or is refused for the right reason") {
  if (!std::filesystem::is_directory(policies())) {
    WARN("skipped: no corpus at " << policies());
    return;
  }
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(policies())) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".xml") continue;
    CAPTURE(name);
    ++seen;
    const Read result = read_file(entry.path());
    const auto expected = kFindings.find(name);
    CHECK(result.list() == (expected == kFindings.end() ? Lines{} : expected->second));
    CHECK(result.rules.has_value() != kRefused.contains(name));
    if (!result.rules || result.has_error()) continue;
    RuleSet again = read(write_rule_set(*result.rules)).rules.value();
    again.file = name;
    CHECK(again == *result.rules);
  }
  CHECK(seen >= kFindings.size());
}
