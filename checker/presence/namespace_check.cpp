#include "presence/namespace_check.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/lexical.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

namespace ns = xml::ns;

constexpr std::array kKnownNamespaces = {ns::kPidf,    ns::kDataModel,   ns::kRpid,     ns::kCipid,
                                         ns::kGeopriv, ns::kBasicPolicy, ns::kCivicLoc, ns::kCivicAddr,
                                         ns::kGml,     ns::kPidfloShapes};

constexpr std::size_t kMostEdits = 2;

/// Whether Levenshtein's distance is at most kMostEdits; the names are short and of nearly equal length.
bool is_near(std::string_view a, std::string_view b) {
  const std::size_t difference = a.size() < b.size() ? b.size() - a.size() : a.size() - b.size();
  if (difference > kMostEdits) return false;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()] <= kMostEdits;
}

}  // namespace

std::optional<std::string_view> intended_namespace(std::string_view written) {
  if (written.empty() ||
      std::find(kKnownNamespaces.begin(), kKnownNamespaces.end(), written) != kKnownNamespaces.end()) {
    return std::nullopt;
  }
  const std::string folded = to_lower_ascii(trim_xml_space(written));
  for (std::string_view known : kKnownNamespaces) {
    if (folded == to_lower_ascii(known)) return known;
  }
  for (std::string_view known : kKnownNamespaces) {
    if (is_near(folded, to_lower_ascii(known))) return known;
  }
  return std::nullopt;
}

}  // namespace presproof::presence
