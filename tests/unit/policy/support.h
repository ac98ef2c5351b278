#pragma once

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/sources.h"
#include "policy/reader.h"

/// Rule sets written down in tests, and what reading them gives.
namespace presproof::policy::test {

struct Read {
  std::optional<RuleSet> rules;
  std::vector<diag::Diagnostic> findings;

  /// `name line:column` of each finding, in the order of the document.
  [[nodiscard]] std::vector<std::string> list() const {
    std::vector<std::string> lines;
    for (const diag::Diagnostic& each : findings) {
      lines.push_back(fmt::format("{} {}:{}", diag::info(each.code).name, each.span.line, each.span.column));
    }
    return lines;
  }
  [[nodiscard]] const Rule& rule(std::size_t index = 0) const { return rules.value().rules.at(index); }
  /// The only condition, as a T.
  template <class T>
  [[nodiscard]] const T& condition(std::size_t index = 0) const {
    return std::get<T>(rule().conditions.at(index));
  }
  template <class T>
  [[nodiscard]] const T& permission(std::size_t index = 0) const {
    return std::get<T>(rule().permissions.at(index).what);
  }
  [[nodiscard]] bool has_error() const {
    for (const diag::Diagnostic& each : findings) {
      if (diag::info(each.code).severity == diag::Severity::error) return true;
    }
    return false;
  }
};

inline Read read(std::string_view text, std::string name = "test.xml") {
  diag::Sources sources;
  diag::Sink sink;
  const std::uint32_t file = sources.add(std::move(name), std::string(text));
  Read result;
  result.rules = read_rule_set(sources, file, xml::Limits{}, sink);
  sink.sort();
  result.findings = sink.diagnostics();
  return result;
}

inline constexpr std::string_view kRoot =
    "<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\" xmlns:cp=\"urn:ietf:params:xml:ns:common-policy\""
    " xmlns:pr=\"urn:ietf:params:xml:ns:pres-rules\" xmlns:gp=\"urn:ietf:params:xml:ns:geolocation-policy\""
    " xmlns:lp=\"urn:ietf:params:xml:ns:basic-location-profiles\" xmlns:old=\"urn:ietf:params:xml:ns:geopriv-policy\""
    " xmlns:ca=\"urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr\" "
    "xmlns:cl=\"urn:ietf:params:xml:ns:pidf:geopriv10:civicLoc\""
    " xmlns:gml=\"http://www.opengis.net/gml\" xmlns:gs=\"http://www.opengis.net/pidflo/1.0\""
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:x=\"urn:example:x\">";

/// `body` begins at line 2, column 1 in each of these.
inline Read read_in_ruleset(std::string_view body) { return read(fmt::format("{}\n{}</ruleset>", kRoot, body)); }
inline Read read_in_rule(std::string_view body) {
  return read(fmt::format("{}<rule id=\"a\">\n{}</rule></ruleset>", kRoot, body));
}
inline Read read_in_conditions(std::string_view body) {
  return read(fmt::format("{}<rule id=\"a\"><conditions>\n{}</conditions></rule></ruleset>", kRoot, body));
}
inline Read read_in_identity(std::string_view body) {
  return read(
      fmt::format("{}<rule id=\"a\"><conditions><identity>\n{}</identity></conditions></rule></ruleset>", kRoot, body));
}
inline Read read_in_actions(std::string_view body) {
  return read(fmt::format("{}<rule id=\"a\"><actions>\n{}</actions></rule></ruleset>", kRoot, body));
}
inline Read read_in_transformations(std::string_view body) {
  return read(fmt::format("{}<rule id=\"a\"><transformations>\n{}</transformations></rule></ruleset>", kRoot, body));
}

using Lines = std::vector<std::string>;

}  // namespace presproof::policy::test
