#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "generator/random.h"
#include "policy/reader.h"
#include "schema/schemas.h"
#include "text/element_text.h"

/// The readers against the schemas of the RFCs: whatever a server that validates would refuse, they report as an error. Needs the
/// schemas, which are not part of the project.
namespace presproof::schema {
namespace {

namespace fs = std::filesystem;
using generator::Random;

fs::path shared() {
  const char* given = std::getenv("PRESPROOF_SHARED");
  return given == nullptr ? PRESPROOF_SHARED_DEFAULT : given;
}

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Verdict {
  bool readable = false;
  bool reported = false;  ///< by the readers, as an error
  bool extension = false;  ///< what is refused stands in an element of another vocabulary, which the readers do not look into
  std::vector<diag::Diagnostic> refused;
  std::string first_refusal() const { return refused.empty() ? "" : refused.front().message; }
};

bool is_known(std::string_view ns) {
  return ns.starts_with("urn:ietf:params:xml:ns:") || ns.starts_with("http://www.opengis.net/");
}

/// Whether the element at the span has an ancestor of a vocabulary that is not of the RFCs.
bool within_extension(const xml::Document& document, const SourceSpan& span) {
  std::vector<std::pair<xml::Element, bool>> open{{document.root(), false}};
  while (!open.empty()) {
    const auto [element, foreign] = open.back();
    open.pop_back();
    if (element.span().line == span.line && element.span().column == span.column) return foreign;
    for (const xml::Element& child : element.children())
      open.emplace_back(child, foreign || !is_known(element.name().ns));
  }
  return false;
}

Verdict judge(Schemas& schemas, const std::string& text) {
  Verdict verdict;
  diag::Sources sources;
  diag::Sink sink;
  const auto document = xml::Document::read(sources, sources.add("rules.xml", text), xml::Limits{}, sink);
  if (!document) return verdict;
  verdict.readable = true;
  static_cast<void>(policy::read_rule_set(*document, sources, sink));
  verdict.reported = sink.has_errors();
  diag::Sink alone;
  schemas.validate(*document, sources, {}, alone);
  verdict.refused = alone.diagnostics();
  if (!verdict.refused.empty()) verdict.extension = within_extension(*document, verdict.refused.front().span);
  return verdict;
}

std::vector<text::ElementText> elements_of(std::string_view text) {
  std::vector<text::ElementText> all{text::root_of(text)};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto children = text::children_of(text, all[i]);
    all.insert(all.end(), children.begin(), children.end());
  }
  return all;
}

constexpr std::array<std::string_view, 26> kNames = {
    "rule", "conditions", "actions", "transformations", "identity", "one", "many", "except", "sphere", "validity", "from",
    "until", "pr:sub-handling", "pr:provide-services", "pr:all-services", "pr:class", "pr:deviceID", "pr:provide-mood",
    "pr:provide-unknown-attribute", "gp:location-condition", "gp:location", "gp:set-retention-expiry", "gp:provide-location",
    "lp:provide-geo", "lp:provide-civic", "x:strange"};
constexpr std::array<std::string_view, 7> kAttributes = {"id", "domain", "value", "profile", "radius", "name", "colour"};
constexpr std::array<std::string_view, 10> kValues = {"", " ", "yes", "true", "12", "-3", "a b", "sip:bob@example.com", "allow", "1x"};

/// One element deleted, repeated, renamed, moved, filled, or given another attribute. The namespaces of kNames are declared at the root.
std::string mutated(Random& random, const std::string& text) {
  const auto all = elements_of(text);
  const auto& element = all[random.below(all.size())];
  const std::string whole = text.substr(element.begin, element.end - element.begin);
  text::TextChanges changes(text);
  const auto name = kNames[random.below(kNames.size())];
  const auto value = std::string(kValues[random.below(kValues.size())]);
  switch (random.below(7)) {
    case 0: changes.replace(element.begin, element.end, ""); break;
    case 1: changes.replace(element.end, element.end, whole); break;
    case 2:
      changes.replace(element.begin + 1, element.begin + 1 + element.name.size(), std::string(name));
      if (!element.self_closing())
        changes.replace(element.close_begin + 2, element.close_begin + 2 + element.name.size(), std::string(name));
      break;
    case 3: {
      const auto& target = all[random.below(all.size())];
      if (target.begin >= element.begin && target.begin < element.end) return text;
      changes.append_child(target, whole);
      break;
    }
    case 4: changes.set_inner(element, value); break;
    case 5: changes.append_child(element, fmt::format("<{}/>", name)); break;
    default: {
      const auto attribute = kAttributes[random.below(kAttributes.size())];
      if (const auto old = text::attribute_value(text, element, attribute)) {
        if (random.chance(50)) changes.replace(old->begin, old->end, value);
        else changes.replace(old->begin - attribute.size() - 2, old->end + 1, "");
      } else {
        changes.replace(element.begin + 1 + element.name.size(), element.begin + 1 + element.name.size(),
                        fmt::format(" {}=\"{}\"", attribute, value));
      }
    }
  }
  return changes.applied();
}

/// Declares what kNames use, where the document does not.
std::string declaring(std::string text) {
  const auto root = text::root_of(text);
  if (root.local() != "ruleset") return text;
  std::string declarations;
  for (const auto& [prefix, ns] : std::map<std::string, std::string>{
           {"pr", "urn:ietf:params:xml:ns:pres-rules"}, {"gp", "urn:ietf:params:xml:ns:geolocation-policy"},
           {"lp", "urn:ietf:params:xml:ns:basic-location-profiles"}, {"x", "urn:example:x"}}) {
    if (text.substr(root.begin, root.open_end - root.begin).find("xmlns:" + prefix + "=") == std::string::npos)
      declarations += fmt::format(" xmlns:{}=\"{}\"", prefix, ns);
  }
  const std::size_t at = root.begin + 1 + root.name.size();
  return text.insert(at, declarations);
}

std::vector<std::string> documents() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(shared() / "corpus" / "policies")) paths.push_back(entry.path());
  for (const auto& entry : fs::directory_iterator(PRESPROOF_SAMPLES))
    if (fs::exists(entry.path() / "policy.xml")) paths.push_back(entry.path() / "policy.xml");
  std::ranges::sort(paths);
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    const std::string text = read_file(path);
    // Faults within vocabularies that the readers do not know are what `lint --schema` is for.
    if (text.find("consent-rules") == std::string::npos) texts.push_back(declaring(text));
  }
  return texts;
}

bool available() {
  if (fs::is_directory(shared() / "specs" / "xsd")) return true;
  WARN("skipped: no schemas at " << (shared() / "specs" / "xsd"));
  return false;
}

}  // namespace

TEST_CASE("rule sets found in the wild are valid or not, as other validators said", "[schema]") {
  if (!available()) return;
  auto schemas = Schemas::read((shared() / "specs" / "xsd").string());
  std::map<std::string, bool> valid;
  std::ifstream manifest(shared() / "corpus" / "manifest.tsv");
  for (std::string line; std::getline(manifest, line);) {
    if (!line.starts_with("policies/")) continue;
    valid[line.substr(9, line.find('\t') - 9)] = line.find("\tXSD valid") != std::string::npos;
  }
  CHECK(valid.size() >= 19);
  for (const auto& [name, expected] : valid) {
    INFO(name);
    const auto verdict = judge(schemas, read_file(shared() / "corpus" / "policies" / name));
    CHECK(verdict.readable);
    CHECK(verdict.refused.empty() == expected);
  }
}

TEST_CASE("whatever the schemas refuse of a changed document, the readers report as an error", "[schema]") {
  if (!available()) return;
  auto schemas = Schemas::read((shared() / "specs" / "xsd").string());
  const auto texts = documents();
  Random random(2026);
  std::size_t invalid = 0;
  std::size_t missed = 0;
  for (std::size_t attempt = 0; invalid < 2000 && attempt < 20000; ++attempt) {
    const std::string text = mutated(random, texts[random.below(texts.size())]);
    const auto verdict = judge(schemas, text);
    if (!verdict.readable || verdict.refused.empty() || verdict.extension) continue;
    ++invalid;
    if (verdict.reported) continue;
    ++missed;
    if (missed <= 20) UNSCOPED_INFO(verdict.first_refusal() << "\n" << text);
  }
  CHECK(invalid == 2000);
  CHECK(missed == 0);
}

}  // namespace presproof::schema
