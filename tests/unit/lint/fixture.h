#pragma once

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "diag/sources.h"
#include "lint/checks/checks.h"
#include "lint/fixer.h"
#include "lint/fixing.h"
#include "lint/lint.h"
#include "policy/reader.h"

namespace presproof::lint {

/// Rule sets for one test, read as the program reads them.
class Linted {
 public:
  /// `rules` is the content of a <ruleset>, with the prefixes pr, gp, lp, gs and gml.
  explicit Linted(std::string_view rules) { add(rules); }

  Linted& add(std::string_view rules) {
    std::string text =
        R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"
        xmlns:gp="urn:ietf:params:xml:ns:geolocation-policy" xmlns:lp="urn:ietf:params:xml:ns:basic-location-profiles"
        xmlns:gs="http://www.opengis.net/pidflo/1.0" xmlns:gml="http://www.opengis.net/gml">)";
    return add_document(text.append(rules) + "</ruleset>");
  }
  /// A whole document.
  Linted& add_document(std::string text) {
    const auto file = sources_.add("rules" + std::to_string(subject_.documents.size()) + ".xml", std::move(text));
    auto document = xml::Document::read(sources_, file, xml::Limits{}, sink_);
    REQUIRE(document.has_value());
    auto rule_set = policy::read_rule_set(*document, sources_, sink_);
    REQUIRE(rule_set.has_value());
    subject_.policy.documents.push_back(std::move(*rule_set));
    subject_.documents.push_back(std::move(*document));
    options_.usage = policy::usage_of(subject_.policy);
    return *this;
  }
  /// What the presentity publishes.
  Linted& presence(std::string text) {
    const auto file = sources_.add("presence" + std::to_string(presences_.size()) + ".xml", std::move(text));
    auto document = presence::read_document(sources_, file, xml::Limits{}, sink_);
    REQUIRE(document.has_value());
    presences_.push_back(std::move(*document));
    subject_.presences = presences_;
    return *this;
  }
  Linted& at(std::string_view time) {
    options_.at = parse_rfc3339(time);
    REQUIRE(options_.at.has_value());
    return *this;
  }
  Linted& facts(verify::RuleFacts facts) {
    facts_ = std::make_shared<const verify::RuleFacts>(std::move(facts));
    return *this;
  }

  /// The context of a run over these, with the facts that were given.
  [[nodiscard]] Context context() const {
    Context context(subject_, sources_, options_);
    context.facts = facts_;
    return context;
  }
  /// What one check alone finds, or, for a code that readers report, what they found.
  std::vector<diag::Diagnostic> run(diag::Code code) {
    auto sink = sink_;
    const auto* check = check_of(code);
    if (check != nullptr && check->run != nullptr) check->run(context(), sink);
    auto found = sink.diagnostics();
    std::erase_if(found, [&](const auto& each) { return each.code != code; });
    return found;
  }
  std::size_t count(diag::Code code) { return run(code).size(); }
  /// The only finding's message.
  std::string message(diag::Code code) {
    const auto found = run(code);
    REQUIRE(found.size() == 1);
    return found.front().message;
  }

  /// The first document after the only finding of the code was mended, without the <ruleset> around; nothing when it cannot be.
  std::optional<std::string> fixed(diag::Code code) {
    const auto found = run(code);
    REQUIRE(found.size() == 1);
    const auto text = fixed_text(context(), found.front());
    if (!text) return std::nullopt;
    const auto begin = text->find('>') + 1;
    return text->substr(begin, text->rfind('<') - begin);
  }

  /// All documents mended; what they are then is in the result, and their texts in sources().
  FixedSubject mend(const FixWishes& wishes = {}) {
    return lint::mend(std::move(subject_), sink_, sources_, options_, xml::Limits{}, wishes);
  }

  [[nodiscard]] const policy::Policy& policy() const { return subject_.policy; }
  [[nodiscard]] const Subject& subject() const { return subject_; }
  [[nodiscard]] const diag::Sink& sink() const { return sink_; }
  [[nodiscard]] const diag::Sources& sources() const { return sources_; }
  Options& options() { return options_; }

 private:
  diag::Sources sources_;
  diag::Sink sink_;
  std::vector<presence::Document> presences_;
  Subject subject_;
  Options options_;
  std::shared_ptr<const verify::RuleFacts> facts_;
};

inline std::string rule(std::string_view id, std::string_view conditions, std::string_view actions = "",
                        std::string_view transformations = "") {
  return std::string("<rule id=\"").append(id) + "\"><conditions>" + std::string(conditions) +
         "</conditions><actions>" + std::string(actions) + "</actions><transformations>" +
         std::string(transformations) + "</transformations></rule>";
}
inline std::string identity(std::string_view matchers) { return "<identity>" + std::string(matchers) + "</identity>"; }
inline std::string one(std::string_view id) { return identity("<one id=\"" + std::string(id) + "\"/>"); }
inline std::string handling(std::string_view value) {
  return "<pr:sub-handling>" + std::string(value) + "</pr:sub-handling>";
}
inline const std::string kBob = one("sip:bob@example.com");
inline const std::string kAllow = handling("allow");
inline const std::string kServices = "<pr:provide-services><pr:all-services/></pr:provide-services>";
inline const std::string kPersons = "<pr:provide-persons><pr:all-persons/></pr:provide-persons>";
inline const std::string kDevices = "<pr:provide-devices><pr:all-devices/></pr:provide-devices>";

inline std::string validity(std::string_view from, std::string_view until) {
  return "<validity><from>" + std::string(from) + "</from><until>" + std::string(until) + "</until></validity>";
}
inline std::string circle(std::string_view position, std::string_view radius) {
  return R"(<gp:location-condition><gp:location profile="geodetic-condition"><gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>)" +
         std::string(position) + R"(</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">)" + std::string(radius) +
         "</gs:radius></gs:Circle></gp:location></gp:location-condition>";
}
inline std::string blurred(std::string_view radius) {
  return R"(<gp:provide-location profile="geodetic-transformation"><lp:provide-geo radius=")" + std::string(radius) +
         "\"/></gp:provide-location>";
}

}  // namespace presproof::lint
