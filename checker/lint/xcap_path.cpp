#include "lint/xcap_path.h"

#include <algorithm>
#include <array>
#include <vector>

namespace presproof::lint {
namespace {

/// RFC 5025 section 9.1, RFC 6772 section 10.1, RFC 4826 sections 3.4.1 and 4.4.1, RFC 4827 section 5.1.
constexpr std::array<std::string_view, 5> kApplications = {"pres-rules", "geolocation-policy", "resource-lists",
                                                           "rls-services", "pidf-manipulation"};

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    const std::size_t end = path.find('/');
    if (end != 0) segments.push_back(path.substr(0, end));
    if (end == std::string_view::npos) break;
    path.remove_prefix(end + 1);
  }
  return segments;
}

}  // namespace

std::optional<XcapPath> xcap_path(std::string_view path) {
  const auto segments = segments_of(path);
  for (std::size_t i = segments.size(); i-- > 0;) {
    if (std::ranges::find(kApplications, segments[i]) == kApplications.end()) continue;
    if (i + 3 < segments.size() && segments[i + 1] == "users")
      return XcapPath{segments[i], segments[i + 2], segments.back()};
    if (i + 2 < segments.size() && segments[i + 1] == "global") return XcapPath{segments[i], {}, segments.back()};
  }
  return std::nullopt;
}

}  // namespace presproof::lint
