#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "lint/removal.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

/// What a <many> matches, as text: two with the same match the same watchers.
std::string key_of(const policy::Many& many) {
  std::set<std::string> excepts;
  for (const auto& except : many.excepts) {
    if (except.id) {
      auto key = "id " + except.id->core;
      for (const auto& [name, value] : except.id->others) key += fmt::format(";{}={}", name, value);
      excepts.insert(std::move(key));
    }
    if (except.domain && except.domain->ascii) excepts.insert("domain " + *except.domain->ascii);
  }
  std::string key = many.domain ? *many.domain->ascii : std::string();
  for (const auto& except : excepts) key += "\n" + except;
  return key;
}

/// How many URIs that differ in lesser parameters alone are compared.
constexpr std::size_t kMostOfACore = 8;

class Seen {
 public:
  /// An earlier matcher of the same condition that matches everybody whom this one does.
  const SourceSpan* earlier(const policy::IdentityMatcher& matcher) {
    if (const auto* one = std::get_if<policy::One>(&matcher)) return earlier_one(*one);
    if (const auto* many = std::get_if<policy::Many>(&matcher)) return earlier_many(*many);
    return nullptr;
  }

 private:
  const SourceSpan* earlier_one(const policy::One& one) {
    auto& before = ones_[one.id.core];
    const auto found = std::ranges::find_if(before, [&](const auto* each) { return covers(each->id, one.id); });
    if (found != before.end()) return &(*found)->span;
    if (before.size() < kMostOfACore) before.push_back(&one);
    return nullptr;
  }
  const SourceSpan* earlier_many(const policy::Many& many) {
    if (many.never || (many.domain && !many.domain->ascii)) return nullptr;
    const auto [entry, is_new] = manies_.try_emplace(key_of(many), &many);
    return is_new ? nullptr : &entry->second->span;
  }

  std::unordered_map<std::string_view, std::vector<const policy::One*>> ones_;
  std::unordered_map<std::string, const policy::Many*> manies_;
};

std::string words(const policy::IdentityMatcher& matcher) {
  if (const auto* one = std::get_if<policy::One>(&matcher)) return policy::quoted(one->id.text);
  const auto& many = std::get<policy::Many>(matcher);
  return many.domain ? "the domain " + policy::quoted(many.domain->text) : "every authenticated watcher";
}

const SourceSpan& span_of(const policy::IdentityMatcher& matcher) {
  const auto* one = std::get_if<policy::One>(&matcher);
  return one != nullptr ? one->span : std::get<policy::Many>(matcher).span;
}

}  // namespace

/// RFC 4745 section 7.1.1: the children of <identity> are ORed, so the second one changes nothing.
void check_repeated_identity(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
      Seen seen;
      for (const auto& matcher : identity.matchers) {
        const auto* earlier = seen.earlier(matcher);
        if (earlier == nullptr) continue;
        auto report = finding(diag::Code::repeated_identity, rule, span_of(matcher),
                              fmt::format("{} names {} twice in one `identity`", name_of(rule), words(matcher)),
                              "remove one of the two");
        report.related.push_back({*earlier, "the first one"});
        sink.report(std::move(report));
      }
    });
  });
}

bool fix_repeated_identity(const Fixing& fixing, text::TextChanges& changes) { return remove_element(fixing, changes); }

}  // namespace presproof::lint
