#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "presence/document.h"

/// Presence documents from texts in tests.
namespace presproof::presence::test {

struct Reading {
  std::optional<Document> document;
  std::vector<diag::Diagnostic> findings;

  [[nodiscard]] std::vector<diag::Code> codes() const {
    std::vector<diag::Code> found;
    for (const diag::Diagnostic& finding : findings) found.push_back(finding.code);
    return found;
  }
};

inline Reading read_text(std::string text) {
  diag::Sources sources;
  diag::Sink sink;
  const auto file = sources.add("test.xml", std::move(text));
  Reading reading;
  reading.document = read_document(sources, file, xml::Limits{}, sink);
  reading.findings = sink.diagnostics();
  return reading;
}

/// <presence> of alice around `parts`, with the usual prefixes.
inline std::string presence_text(const std::string& parts) {
  return "<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'"
         " xmlns:rpid='urn:ietf:params:xml:ns:pidf:rpid' xmlns:gp='urn:ietf:params:xml:ns:pidf:geopriv10'"
         " xmlns:gml='http://www.opengis.net/gml' xmlns:gs='http://www.opengis.net/pidflo/1.0'"
         " xmlns:ca='urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr' xmlns:x='urn:x'"
         " entity='sip:alice@example.com'>\n" +
         parts + "\n</presence>";
}

/// A document that is read without a finding is expected.
inline Document document_of(const std::string& parts) {
  Reading reading = read_text(presence_text(parts));
  std::string findings;
  for (const diag::Diagnostic& finding : reading.findings) findings += finding.message + "; ";
  if (!reading.document || !findings.empty()) throw std::runtime_error("test document: " + findings);
  return std::move(*reading.document);
}

inline Document document_with_findings(const std::string& parts) {
  return read_text(presence_text(parts)).document.value();
}

/// The element that is the only part of a document.
inline Element element_of(const std::string& text) { return document_with_findings(text).parts.at(0).element; }

inline std::vector<std::string> ids_of(const Document& document) {
  std::vector<std::string> ids;
  for (const Part& part : document.parts) ids.push_back(part.id);
  return ids;
}

}  // namespace presproof::presence::test
