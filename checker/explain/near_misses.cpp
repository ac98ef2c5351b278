#include "explain/near_misses.h"

#include <algorithm>

#include "base/lexical.h"

namespace presproof::explain {
namespace {

/// So many are told of one watcher.
constexpr std::size_t kMost = 8;

/// What people take for the watcher: the user and the host in lower case, or a number's digits.
std::string person_of(const uri::Uri& uri) {
  std::string_view text = uri.text;
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos) text.remove_prefix(colon + 1);
  if (uri.scheme == "tel") {
    std::string digits;
    for (const char c : text.substr(0, text.find(';')))
      if (c >= '0' && c <= '9') digits += c;
    return "tel " + digits;
  }
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return {};
  const std::string user = to_lower_ascii(text.substr(0, at));
  return user + "@" + (uri.domain ? *uri.domain : to_lower_ascii(text.substr(at + 1)));
}

}  // namespace

NearMisses::NearMisses(const policy::Policy& policy) {
  for (std::uint32_t document = 0; document < policy.documents.size(); ++document) {
    const auto& rules = policy.documents[document].rules;
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
      for (const auto& condition : rules[rule].conditions) {
        if (const auto* identity = std::get_if<policy::IdentityCondition>(&condition)) add(*identity, {document, rule});
      }
    }
  }
}

void NearMisses::add(const policy::IdentityCondition& condition, policy::RuleRef rule) {
  for (const auto& matcher : condition.matchers) {
    if (const auto* one = std::get_if<policy::One>(&matcher)) add(one->id, rule, false);
    const auto* many = std::get_if<policy::Many>(&matcher);
    if (many == nullptr) continue;
    for (const auto& except : many->excepts)
      if (except.id) add(*except.id, rule, true);
  }
}

void NearMisses::add(const uri::Uri& named, policy::RuleRef rule, bool excepts) {
  const std::string person = person_of(named);
  if (!person.empty()) by_person_[person].push_back({rule, &named, excepts});
}

std::vector<NearMiss> NearMisses::of(const policy::Watcher& watcher, const std::vector<policy::RuleRef>& matching) const {
  std::vector<NearMiss> misses;
  for (const uri::Uri& identity : watcher.identities) {
    const auto found = by_person_.find(person_of(identity));
    if (found == by_person_.end()) continue;
    for (const Mention& mention : found->second) {
      const bool same = uri::equivalent(*mention.named, identity);
      if (mention.excepts != same) continue;  // an exception for another spelling does not concern it
      if (std::binary_search(matching.begin(), matching.end(), mention.rule)) continue;
      const bool told = std::any_of(misses.begin(), misses.end(), [&](const NearMiss& each) { return each.rule == mention.rule; });
      if (told || misses.size() == kMost) continue;
      misses.push_back({mention.rule, mention.excepts ? NearMiss::Reason::excepted : NearMiss::Reason::other_spelling, mention.named->text});
    }
  }
  std::sort(misses.begin(), misses.end(), [](const NearMiss& a, const NearMiss& b) { return a.rule < b.rule; });
  return misses;
}

}  // namespace presproof::explain
