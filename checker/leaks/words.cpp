#include "leaks/words.h"

#include <fmt/format.h>

#include "diag/printable.h"

namespace presproof::leaks {

std::string watcher_words(const policy::Watcher& watcher) {
  if (!watcher.authenticated()) return "an unauthenticated watcher";
  std::string words;
  for (const uri::Uri& identity : watcher.identities) words += fmt::format("{}`{}`", words.empty() ? "" : ", ", diag::printable(identity.text));
  return words;
}

std::string watchers_words(const policy::Watcher& watcher, std::size_t others) {
  if (others == 0) return watcher_words(watcher);
  return fmt::format("{} and {} more watcher{}", watcher_words(watcher), others, others == 1 ? "" : "s");
}

std::string answer_words(const semantics::Decision& decision) {
  if (!decision.response) return decision.matched.empty() ? "nothing" : "a location";
  const auto code = fmt::format("{} {}", decision.response->code, decision.response->reason);
  if (decision.subscription_state == "pending") return code + " and a pending subscription";
  const bool accepted = decision.response->code < 300;
  return accepted && decision.subscription_state.starts_with("terminated") ? code + " and a NOTIFY that ends the subscription as rejected" : code;
}

std::string rules_words(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules) {
  constexpr std::size_t most = 4;
  std::string words;
  for (std::size_t i = 0; i < rules.size() && i < most; ++i) {
    words += fmt::format("{}`{}`", i == 0 ? "" : ", ", diag::printable(rule_at(policy, rules[i]).id));
  }
  if (rules.size() > most) words += fmt::format(" and {} more", rules.size() - most);
  if (rules.empty()) return "no rule";
  return fmt::format("{} {}", rules.size() == 1 ? "rule" : "rules", words);
}

}  // namespace presproof::leaks
