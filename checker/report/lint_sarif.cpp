#include <fmt/format.h>

#include <array>
#include <map>
#include <set>

#include "diag/printable.h"
#include "lint/lint.h"
#include "report/lint_summary.h"
#include "report/report.h"
#include "report/sarif.h"

namespace presproof::report {
namespace {

sarif::Level level_of(diag::Severity severity) {
  if (severity == diag::Severity::error) return sarif::Level::error;
  return severity == diag::Severity::warning ? sarif::Level::warning : sarif::Level::note;
}

/// Registry texts are lower case and without a full stop.
std::string sentence(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result.front() >= 'a' && result.front() <= 'z') result.front() = static_cast<char>(result.front() - 'a' + 'A');
  return result.ends_with('.') ? result : result + '.';
}

/// The text below a heading of a page, or the whole page when it has no such heading.
std::string section_of(std::string_view page, std::string_view heading) {
  const auto at = page.find(fmt::format("\n## {}\n", heading));
  if (at == std::string_view::npos) return std::string(page);
  std::string_view section = page.substr(page.find('\n', at + 1) + 1);
  section = section.substr(0, section.find("\n## "));
  const auto first = section.find_first_not_of('\n');
  if (first == std::string_view::npos) return std::string(page);
  return std::string(section.substr(first, section.find_last_not_of('\n') - first + 1));
}

bool is_about_meaning(diag::Code code) {
  const auto group = static_cast<unsigned>(code) / 100;
  return group == 2 || group == 3;
}

std::vector<std::string> tags_of(diag::Code code) {
  constexpr std::array<std::string_view, 5> kGroups = {"", "upload", "meaning", "privacy", "style"};
  const auto group = static_cast<unsigned>(code) / 100;
  std::vector<std::string> tags;
  if (group > 0 && group < kGroups.size()) tags.emplace_back(kGroups[group]);
  const auto* check = lint::check_of(code);
  if (check != nullptr && check->fix != nullptr) tags.emplace_back("fixable");
  return tags;
}

sarif::Rule rule_of(diag::Code code) {
  const auto& row = diag::info(code);
  const auto page = lint::page(code);
  return {.id = std::string(row.id),
          .summary = sentence(row.title),
          .why = sentence(row.why),
          .help = section_of(page, "How to fix it"),
          .source = std::string(row.spec),
          .level = level_of(row.severity),
          .name = std::string(row.name),
          .help_markdown = std::string(page),
          .tags = tags_of(code)};
}

/// What stays when the file is edited elsewhere: the code, the file, the rule, and the text at the place; numbered among those that have the
/// same. Neither the line nor the message, which may name lines.
class Fingerprints {
 public:
  explicit Fingerprints(const diag::Sources& sources) : sources_(sources) {}

  std::string of(const diag::Diagnostic& finding) {
    std::string text = fmt::format("{}\n{}\n", diag::info(finding.code).id, finding.rule.value_or(""));
    if (finding.span.file < sources_.size()) text += fmt::format("{}\n{}", sources_.name(finding.span.file), words_at(finding.span));
    const auto before = seen_[text]++;
    return fmt::format("{}\n{}", text, before);
  }

 private:
  [[nodiscard]] std::string_view words_at(const SourceSpan& span) const {
    constexpr std::size_t kLength = 120;
    if (!span.known()) return {};
    const auto words = sources_.text(span.file).substr(sources_.offset_of(span), kLength);
    return words.substr(0, words.find_first_of("\r\n"));
  }

  const diag::Sources& sources_;
  std::map<std::string, std::size_t> seen_;
};

class Log {
 public:
  explicit Log(const Lint& lint) : lint_(lint), fingerprints_(*lint.sources) {
    std::set<diag::Code> codes;
    for (const auto& finding : lint.findings) codes.insert(finding.code);
    for (const diag::Code code : codes) {
      indexes_.emplace(code, rules_.size());
      rules_.push_back(rule_of(code));
    }
  }

  std::string text(std::string_view version) {
    Json results = Json::array();
    for (std::size_t i = 0; i < lint_.findings.size(); ++i) results.push_back(result(i));
    Json artifacts = Json::array();
    for (const std::uint32_t file : lint_.checked) artifacts.push_back(sarif::artifact(*lint_.sources, file));
    return sarif::log(version, "lint", rules_, std::move(results), std::move(artifacts));
  }

 private:
  Json result(std::size_t index) {
    const auto& finding = lint_.findings[index];
    Json json = sarif::result(rules_, indexes_.at(finding.code), level_of(severity_of(lint_, finding)), diag::printable(finding.message),
                              fingerprints_.of(finding));
    json["locations"] = Json::array({place_of(finding)});
    if (!finding.related.empty()) {
      json["relatedLocations"] = related(finding);
      if (is_about_meaning(finding.code)) json["codeFlows"] = Json::array({derivation(finding)});
    }
    if (auto fix = mended(index)) json["fixes"] = Json::array({std::move(*fix)});
    if (finding.rule) json["properties"]["rule"] = *finding.rule;
    if (finding.fix) json["properties"]["fix"] = *finding.fix;
    return json;
  }

  /// Code hosts want a place for each result: that of one without is the first file.
  Json place_of(const diag::Diagnostic& finding) const {
    if (finding.span.file >= lint_.sources->size() && !lint_.checked.empty())
      return sarif::file_location(lint_.sources->name(lint_.checked.front()));
    return sarif::location(*lint_.sources, finding.span);
  }

  Json related(const diag::Diagnostic& finding) const {
    Json places = Json::array();
    for (const auto& each : finding.related) places.push_back(sarif::location(*lint_.sources, each.span, diag::printable(each.message)));
    return places;
  }

  /// How rules that work together bring the finding about: the others first, then where it stands.
  Json derivation(const diag::Diagnostic& finding) const {
    std::vector<Json> steps;
    for (auto& place : related(finding)) steps.push_back(std::move(place));
    const auto message = diag::printable(finding.message);
    steps.push_back(sarif::location(*lint_.sources, finding.span, message));
    return sarif::code_flow(std::move(steps), message);
  }

  std::optional<Json> mended(std::size_t index) const {
    if (index >= lint_.changes.size() || lint_.changes[index].empty()) return std::nullopt;
    const auto& finding = lint_.findings[index];
    const auto* check = lint::check_of(finding.code);
    const bool safe = check != nullptr && check->fix_kind == lint::FixKind::safe;
    Json json = sarif::fix(*lint_.sources, finding.span.file, lint_.changes[index],
                           finding.fix ? diag::printable(*finding.fix) : "mend " + std::string(diag::info(finding.code).name));
    json["properties"]["meaning"] = safe ? "unchanged" : "changed";
    return json;
  }

  const Lint& lint_;
  Fingerprints fingerprints_;
  std::vector<sarif::Rule> rules_;
  std::map<diag::Code, std::size_t> indexes_;
};

}  // namespace

std::string lint_sarif(const Lint& lint, std::string_view version) { return Log(lint).text(version); }

}  // namespace presproof::report
