#include "xml/prefixes.h"

#include <utility>

#include "xml/namespaces.h"

namespace presproof::xml {
namespace {

struct Row {
  std::string_view ns;
  std::string_view prefix;
};

constexpr Row kTable[] = {
    {ns::kXml, "xml"},
    {ns::kCommonPolicy, "cr"},
    {ns::kPresRules, "pr"},
    {ns::kGeolocationPolicy, "gp"},
    {ns::kBasicLocationProfiles, "lp"},
    {ns::kGeoprivPolicy, "gpol"},
    {ns::kOmaCommonPolicy, "ocp"},
    {ns::kOmaPresRules, "op"},
    {ns::kPidf, "pidf"},
    {ns::kDataModel, "dm"},
    {ns::kRpid, "rpid"},
    {ns::kCipid, "ci"},
    {ns::kGeopriv, "gp"},
    {ns::kBasicPolicy, "gbp"},
    {ns::kCivicLoc, "cl"},
    {ns::kCivicAddr, "ca"},
    {ns::kGml, "gml"},
    {ns::kPidfloShapes, "gs"},
    {ns::kResourceLists, "rl"},
    {ns::kSimpleFilter, "sf"},
    {"urn:ietf:params:xml:ns:pidf-diff", "pd"},                      // RFC 5262
    {"urn:ietf:params:xml:ns:pidf:im", "im"},                        // RFC 3863
    {"urn:ietf:params:xml:ns:pidf:caps", "caps"},                    // RFC 5196
    {"urn:ietf:params:xml:ns:pidf:timed-status", "ts"},              // RFC 4481
    {"urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr:ext", "cae"},  // RFC 6848
    {"urn:ietf:params:xml:ns:pidf:geopriv10:dynamic", "dyn"},        // RFC 5962
    {"urn:ietf:params:xml:ns:pidf:geopriv10:relative", "rel"},       // RFC 7035
    {"urn:ietf:params:xml:ns:geopriv:conf", "con"},                  // RFC 7459
    {"urn:ietf:params:xml:ns:location-filter", "lf"},                // RFC 6447
    {"urn:ietf:params:xml:ns:location-type", "lt"},                  // RFC 4589
    {"urn:ietf:params:xml:ns:copycontrol", "cp"},                    // RFC 5364
    {"urn:ietf:params:xml:ns:consent-rules", "con"},                 // RFC 5361
    {"urn:ietf:params:xml:ns:rls-services", "rls"},                  // RFC 4826
    {"urn:ietf:params:xml:ns:xcap-diff", "xd"},                      // RFC 5874
    {"urn:oma:xml:prs:pidf:oma-pres", "op"},                         // OMA presence
    {"http://www.w3.org/2001/XMLSchema-instance", "xsi"},
    {"http://www.w3.org/2001/XMLSchema", "xs"},
    {"http://www.w3.org/1999/xlink", "xlink"},
};

}  // namespace

std::string_view usual_prefix(std::string_view ns) {
  for (const Row& row : kTable) {
    if (row.ns == ns) return row.prefix;
  }
  return {};
}

const std::string& PrefixTable::prefix_of(std::string_view ns) {
  const auto found = entries_.find(ns);
  if (found != entries_.end()) return found->second.prefix;
  std::string prefix(usual_prefix(ns));
  while (prefix.empty() || taken(prefix)) prefix = "ns" + std::to_string(next_number_++);
  prefixes_.insert(prefix);
  const auto added = entries_.emplace(std::string(ns), Entry{}).first;
  added->second = {added->first, std::move(prefix)};
  order_.push_back(&added->second);
  return added->second.prefix;
}

}  // namespace presproof::xml
