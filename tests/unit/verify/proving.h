#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/view.h"
#include "policy/reader.h"
#include "property/parser.h"
#include "verify/verify.h"

/// Proofs in tests: rules as XML, properties as text.
namespace presproof::test {

/// A rule set around `rules`, with the prefixes pr, gp, lp, gs and gml.
/// The rules in a <ruleset>.
inline std::string document_of(const std::string& rules) {
  return R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"
    xmlns:gp="urn:ietf:params:xml:ns:geolocation-policy" xmlns:lp="urn:ietf:params:xml:ns:basic-location-profiles"
    xmlns:gs="http://www.opengis.net/pidflo/1.0" xmlns:gml="http://www.opengis.net/gml"
    xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">)" + rules + "</ruleset>";
}
inline policy::Policy policy_of(const std::string& rules) {
  const std::string text = document_of(rules);
  diag::Sources sources;
  diag::Sink sink;
  auto rule_set = policy::read_rule_set(sources, sources.add("test.xml", text), {}, sink);
  REQUIRE(rule_set);
  return {{std::move(*rule_set)}};
}

/// A rule with id, conditions and what it gives.
inline std::string rule(const std::string& id, const std::string& conditions, const std::string& actions, const std::string& transformations = {}) {
  return "<rule id=\"" + id + "\"><conditions>" + conditions + "</conditions><actions>" + actions + "</actions><transformations>" + transformations +
         "</transformations></rule>";
}
inline std::string one(const std::string& uri) { return "<identity><one id=\"" + uri + "\"/></identity>"; }
inline std::string many(const std::string& inner = {}) { return "<identity><many>" + inner + "</many></identity>"; }
inline std::string domain(const std::string& name, const std::string& inner = {}) {
  return "<identity><many domain=\"" + name + "\">" + inner + "</many></identity>";
}
inline std::string sphere(const std::string& tokens) { return "<sphere value=\"" + tokens + "\"/>"; }
inline std::string valid(const std::string& from, const std::string& until) {
  return "<validity><from>" + from + "</from><until>" + until + "</until></validity>";
}
inline std::string inside(const std::string& position, const std::string& radius) {
  return R"(<gp:location-condition><gp:location profile="geodetic-condition"><gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>)" + position +
         R"(</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">)" + radius + "</gs:radius></gs:Circle></gp:location></gp:location-condition>";
}
inline std::string handling(const std::string& value) { return "<pr:sub-handling>" + value + "</pr:sub-handling>"; }
inline const std::string kAllow = handling("allow");
inline const std::string kPersons = "<pr:provide-persons><pr:all-persons/></pr:provide-persons>";
inline const std::string kServices = "<pr:provide-services><pr:all-services/></pr:provide-services>";
inline std::string within(const std::string& radius) {
  return R"(<gp:provide-location profile="geodetic-transformation"><lp:provide-geo radius=")" + radius + "\"/></gp:provide-location>";
}
inline std::string civic(const std::string& level) {
  return R"(<gp:provide-location profile="civic-transformation"><lp:provide-civic>)" + level + "</lp:provide-civic></gp:provide-location>";
}

inline property::Properties properties_of(const std::string& file, const std::vector<std::string>& texts = {}) {
  diag::Sources sources;
  std::vector<std::uint32_t> files;
  if (!file.empty()) files.push_back(sources.add("test.props", file));
  const auto no_files = [](std::string_view, std::string_view) -> std::uint32_t { throw std::runtime_error("no file"); };
  return property::parse(sources, files, texts, no_files, {});
}

inline verify::Options quick() {
  verify::Options options;
  options.timeout_s = 0;
  return options;
}

/// The result for one property over these rules; groups and persons may stand in `declarations`.
inline verify::Result prove(const std::string& rules, const std::string& property, const std::string& declarations = {},
                            verify::Options options = quick()) {
  const auto policy = policy_of(rules);
  options.usage = policy::usage_of(policy);
  const auto results = verify::verify(policy, properties_of(declarations, {property}), options);
  REQUIRE(results.size() == 1);
  return results.front();
}
inline std::string verdict(const std::string& rules, const std::string& property, const std::string& declarations = {},
                           const verify::Options& options = quick()) {
  return std::string(verify::kVerdictNames[static_cast<std::size_t>(prove(rules, property, declarations, options).verdict)]);
}

inline std::vector<std::string> ids_of(const std::string& rules, const std::vector<policy::RuleRef>& refs) {
  const auto policy = policy_of(rules);
  std::vector<std::string> ids;
  for (const auto ref : refs) ids.push_back(policy::rule_at(policy, ref).id);
  return ids;
}

/// What comes of one property as a server decides, with its parameters.
inline verify::Result on(std::string_view engine, const std::string& rules, const std::string& property, std::initializer_list<std::pair<std::string_view, std::string_view>> parameters = {}) {
  engine::Profile profile = *engine::find_profile(engine);
  for (const auto& [key, value] : parameters) REQUIRE(!engine::set_parameter(profile, key, value));
  diag::Sources sources;
  diag::Sink sink;
  const auto document = xml::Document::read(sources, sources.add("rules.xml", document_of(rules)), {}, sink);
  REQUIRE(document.has_value());
  policy::Policy policy;
  policy.documents.push_back(engine::as_read_by(profile, *document, policy::read_rule_set(*document, sources, sink).value()));
  auto options = quick();
  options.profile = &profile;
  const auto results = verify::verify(policy, properties_of("", {property}), options);
  REQUIRE(results.size() == 1);
  return results.front();
}

}  // namespace presproof::test
