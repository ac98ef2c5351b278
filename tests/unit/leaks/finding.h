#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "../verify/proving.h"
#include "leaks/leaks.h"

/// Leaks in tests: rules as XML, leaks as lines.
namespace presproof::test {

inline std::vector<leaks::Leak> leaks_of(const std::string& rules, engine::FixedReadings fixed = {}) {
  const auto policy = policy_of(rules);
  leaks::Options options;
  options.verify = quick();
  options.verify.usage = policy::usage_of(policy);
  options.verify.fixed = fixed;
  auto found = leaks::find(policy, options);
  REQUIRE(found.undecided.empty());
  return std::move(found.leaks);
}

/// `KIND SECRET CHANNEL SEVERITY WATCHER +OTHERS: RULES` of one kind.
inline std::vector<std::string> lines_of(const std::string& rules, leaks::Kind kind, engine::FixedReadings fixed = {}) {
  constexpr std::array<const char*, 3> severities = {"note", "warning", "error"};
  std::vector<std::string> lines;
  for (const auto& leak : leaks_of(rules, fixed)) {
    if (leak.kind != kind) continue;
    std::string line = std::string(leak.secret) + " " + std::string(leaks::kChannelNames[static_cast<std::size_t>(leak.channel)]) + " " +
                       severities[static_cast<std::size_t>(leak.severity)] + " " +
                       (leak.watcher.authenticated() ? leak.watcher.identities.front().text : "unauthenticated");
    if (leak.others > 0) line += " +" + std::to_string(leak.others);
    for (const auto& id : ids_of(rules, leak.rules)) line += " " + id;
    lines.push_back(line);
  }
  return lines;
}
using Lines = std::vector<std::string>;

inline const std::string kPolite = handling("polite-block");
inline const std::string kBlock = handling("block");
inline const std::string kConfirm = handling("confirm");

}  // namespace presproof::test
