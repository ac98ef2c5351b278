#include "certificate/fixture.h"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "certificate/certificate.h"
#include "certificate_check/model.h"
#include "policy/reader.h"
#include "property/parser.h"
#include "verify/verify.h"

namespace presproof::test {
namespace {

/// Policies first, then the file of properties: the numbers are their order.
struct Read {
  explicit Read(const Inputs& inputs) {
    for (const std::string& text : inputs.policies) {
      diag::Sink sink;
      auto rules = policy::read_rule_set(sources, sources.add("policy.xml", text), {}, sink);
      REQUIRE(rules);
      policy.documents.push_back(std::move(*rules));
    }
    file = sources.add("test.props", inputs.properties);
    usage = inputs.usage == "presence" ? policy::Usage::presence : inputs.usage == "geolocation" ? policy::Usage::geolocation : policy::usage_of(policy);
    for (std::uint32_t i = 0; i <= file; ++i) texts.push_back(sources.text(i));
  }
  diag::Sources sources;
  policy::Policy policy;
  std::uint32_t file = 0;
  policy::Usage usage = policy::Usage::presence;
  std::vector<std::string_view> texts;
};

std::uint32_t no_file(std::string_view, std::string_view) { throw std::runtime_error("no file"); }

}  // namespace

Proved prove(const Inputs& inputs) {
  Read read(inputs);
  const auto properties = property::parse(read.sources, {read.file}, {}, no_file, {});
  verify::Options options;
  options.usage = read.usage;
  options.timeout_s = 0;
  for (const std::string& reading : inputs.readings) REQUIRE(!engine::fix_reading(reading, options.fixed));
  Proved proved;
  proved.results = verify::verify(read.policy, properties, options);
  for (const auto& property : properties.properties) proved.names.push_back(property.name);
  auto certificate = certificate::certify(read.policy, properties, proved.results, options, read.texts);
  proved.certificate = std::move(certificate.text);
  proved.not_certified = std::move(certificate.not_certified);
  return proved;
}

std::vector<certificate_check::Answer> check(const Inputs& inputs, const std::string& certificate) {
  Read read(inputs);
  const auto properties = certificate_check::read_properties(read.sources, {read.file}, {});
  certificate_check::FixedReadings fixed;
  for (const std::string& reading : inputs.readings) {
    for (std::size_t i = 0; i < certificate_check::kReadings.size(); ++i) {
      const auto& [key, value, other] = certificate_check::kReadings[i];
      if (reading == std::string(key) + "=" + std::string(value)) fixed[i] = false;
      if (reading == std::string(key) + "=" + std::string(other)) fixed[i] = true;
    }
  }
  return certificate_check::check({read.policy, read.usage, fixed, properties, read.texts}, certificate);
}

std::string shown(const std::vector<certificate_check::Answer>& answers) {
  std::string text;
  for (const auto& answer : answers) {
    constexpr const char* words[] = {"accepted", "refused", "not certified"};
    text += std::string(words[static_cast<int>(answer.status)]) + ": " + answer.name + ": " + answer.text + "\n";
  }
  return text;
}

bool some_accepted(const std::vector<certificate_check::Answer>& answers) {
  return std::any_of(answers.begin(), answers.end(), [](const auto& answer) { return answer.status == Status::accepted; });
}

std::string rule_set(const std::string& rules) {
  return R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"
    xmlns:gp="urn:ietf:params:xml:ns:geolocation-policy" xmlns:lp="urn:ietf:params:xml:ns:basic-location-profiles"
    xmlns:gs="http://www.opengis.net/pidflo/1.0" xmlns:gml="http://www.opengis.net/gml"
    xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">)" + rules + "</ruleset>";
}

std::string rule(const std::string& id, const std::string& conditions, const std::string& radius_m) {
  return "<rule id=\"" + id + "\"><conditions>" + conditions +
         "</conditions><actions><pr:sub-handling>allow</pr:sub-handling></actions><transformations>"
         "<pr:provide-persons><pr:all-persons/></pr:provide-persons><pr:provide-activities>true</pr:provide-activities>"
         "<gp:provide-location profile=\"geodetic-transformation\"><lp:provide-geo radius=\"" + radius_m +
         "\"/></gp:provide-location></transformations></rule>";
}

std::string one(const std::string& uri) { return "<identity><one id=\"" + uri + "\"/></identity>"; }

std::string inside(const std::string& position, const std::string& radius_m) {
  return R"(<gp:location-condition><gp:location profile="geodetic-condition"><gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>)" + position +
         R"(</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">)" + radius_m + "</gs:radius></gs:Circle></gp:location></gp:location-condition>";
}

}  // namespace presproof::test
