#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "presence/document.h"
#include "rules.h"
#include "semantics/filter.h"

/// Presence documents in tests: read from text, filtered, and looked at.
namespace presproof::test {

inline presence::Document read_presence(std::string_view content) {
  const std::string text = std::string(R"(<?xml version="1.0" encoding="UTF-8"?>
<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
  xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10"
  xmlns:gbp="urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy" xmlns:cl="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"
  xmlns:c="urn:ietf:params:xml:ns:pidf:cipid" xmlns:gml="http://www.opengis.net/gml" xmlns:x="urn:x"
  entity="pres:alice@example.com">)") + std::string(content) + "</presence>";
  diag::Sources sources;
  diag::Sink sink;
  const auto file = sources.add("presence.xml", text);
  auto document = presence::read_document(sources, file, {}, sink);
  REQUIRE(document);
  return *document;
}

struct Filtering {
  semantics::Options options;
  policy::State state = by_nobody().state;
  semantics::FilterOptions filter_options;
};

/// What a watcher gets of `document` with one rule that gives `permissions`; in presence usage beside `allow`.
inline std::optional<presence::Document> get(const presence::Document& document, std::vector<policy::Permission> permissions,
                                             const Filtering& how = {}) {
  const bool presence = how.options.usage == policy::Usage::presence;
  if (presence) permissions.push_back({policy::SubHandling::allow, {}});
  const policy::Policy policy = policy_of({rule("r", {}, std::move(permissions))});
  const auto decision = semantics::Evaluator(policy, how.options).decide(by("sip:bob@example.com"));
  auto left = semantics::filter(decision, document, how.state, how.options, how.filter_options);
  // RFC 5025 section 4: D = F(D). What a circle becomes when it is obfuscated again is another matter.
  const bool obfuscates = decision.permissions.location.radius_m.value_or(0) > 0;
  if (left && !obfuscates) CHECK(semantics::filter(decision, *left, how.state, how.options, how.filter_options) == left);
  return left;
}

/// The same as text without the XML declaration's line.
template <class... What>
std::string text_for(const presence::Document& document, What... what) {
  const auto left = get(document, grants(what...));
  REQUIRE(left);
  return presence::write_document(*left);
}

inline bool shows(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace presproof::test
