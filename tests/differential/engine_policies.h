#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "engine/profile.h"
#include "generator/random.h"
#include "generator/random_policy.h"

/// Random rule sets as engines read them that take the first rule or the first kind of rules, and look at the letters of URIs; and watchers whom they
/// take for others than the RFCs do.
namespace presproof::differential {

inline generator::Vocabulary engine_vocabulary() {
  generator::Vocabulary words = generator::small_vocabulary();
  words.named.clear();
  for (const char* text : {"sip:bob@example.com", "sip:eve@example.org", "sip:carol@club.example", "sips:dave@example.com", "tel:+1201", "sip:+1202@", "sip:frank@example.com;user=phone", "sip:gina@example.com:5060"}) words.named.push_back(uri::parse(text));
  words.domains = {"example.com", "example.org", "club.example", "example.community", "a.example"};
  return words;
}

inline constexpr std::array<const char*, 5> kEngines = {"kamailio", "opensips-oma", "mobicents", "kaleo", "oma"};

inline policy::Policy random_engine_policy(generator::Random& random, const generator::Vocabulary& words, const engine::Profile& profile) {
  policy::Policy policy = generator::random_policy(random, words, {.documents = 1, .rules = 6});
  for (policy::Rule& rule : policy.documents.front().rules) {
    if (profile.combining == engine::Combining::matching_rules_of_first_kind) {
      rule.rank = static_cast<std::uint8_t>(random.below(3));
      if (random.chance(10)) rule.outcome = policy::Outcome::no_rule;
      if (profile.view == engine::RuleSetView::oma && random.chance(20)) rule.conditions.emplace_back(policy::IdentityCondition{{}, {}, true});
      continue;
    }
    if (random.chance(10)) rule.outcome = random.chance(50) ? policy::Outcome::no_rule : policy::Outcome::fails;
    if (rule.outcome == policy::Outcome::fails) rule.permissions.clear();
    if (random.chance(20)) {
      policy::Many everybody;
      everybody.excepts.push_back({random.pick(words.named), std::nullopt, {}});
      rule.conditions = {policy::IdentityCondition{{everybody}, {}}};
    }
    for (policy::Condition& condition : rule.conditions) {
      auto* identity = std::get_if<policy::IdentityCondition>(&condition);
      if (identity == nullptr) continue;
      for (auto& matcher : identity->matchers) {
        auto* many = std::get_if<policy::Many>(&matcher);
        if (many == nullptr) continue;
        for (policy::Except& except : many->excepts)
          if (except.id && random.chance(60)) except.id->text += "m";
      }
    }
  }
  return policy;
}

inline policy::Watcher random_watcher(generator::Random& random, const generator::Vocabulary& words) {
  if (random.chance(8)) return {};
  std::string host = random.pick(words.domains);
  if (random.chance(30)) host = host.substr(0, 1 + random.below(host.size()));
  if (random.chance(20)) host[random.below(host.size())] = 'q';
  if (random.chance(10)) host = "anonymous.invalid";
  if (random.chance(10)) host += "munity";
  std::string text = random.pick(words.named).text;
  if (random.chance(60)) text = (random.chance(20) ? "sips:" : "sip:") + std::string(random.chance(30) ? "bob" : random.chance(20) ? "anonymous" : "someone") + "@" + host;
  else if (random.chance(20)) text = "tel:+120" + std::to_string(random.below(5));
  else if (random.chance(10)) text = "pres:bob@example.com";
  if (text.find('@') != std::string::npos && text.back() != '@' && random.chance(20)) text += random.chance(50) ? ":5061" : ";x=y";
  if (text.starts_with("sip:b") && random.chance(15)) text = "sip:%62" + text.substr(5);
  if (random.chance(5)) std::transform(text.begin() + static_cast<std::ptrdiff_t>(std::min(text.find('@'), text.size())), text.end(), text.begin() + static_cast<std::ptrdiff_t>(std::min(text.find('@'), text.size())), [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return {{uri::parse(text)}};
}

}  // namespace presproof::differential
