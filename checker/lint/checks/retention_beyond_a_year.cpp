#include <fmt/format.h>

#include <string>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

std::string in_words(std::int64_t seconds) {
  constexpr std::int64_t kDay = 24 * 3600;
  return seconds >= kDay && seconds % kDay == 0 ? fmt::format("{} days", seconds / kDay)
                                                : fmt::format("{} seconds", seconds);
}

}  // namespace

/// RFC 6772 section 6.2: the seconds are added to the time at which the location is given.
void check_retention_beyond_a_year(const Context& context, diag::Sink& sink) {
  const auto limit = context.options.thresholds.retention_s;
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    for (const auto& permission : rule.permissions) {
      const auto* retention = std::get_if<policy::SetRetentionExpiry>(&permission.what);
      if (retention == nullptr || retention->seconds <= limit) continue;
      sink.report(
          finding(diag::Code::retention_beyond_a_year, rule, permission.span,
                  fmt::format("{} lets its watchers keep each location for {}, more than {}", name_of(rule),
                              in_words(retention->seconds), in_words(limit)),
                  "write a number of seconds after which the location is of no use, such as `86400` for a day"));
    }
  });
}

}  // namespace presproof::lint
