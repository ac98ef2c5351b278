#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "policy/rule_set.h"
#include "smt/identity_names.h"

/// The identity conditions of all rules (RFC 4745 section 7.1), compiled to numbers and indexed by what they name.
namespace presproof::smt {

/// A rule's place in the policy: by document as given, then position.
using RuleNumber = std::uint32_t;

/// A watcher as identity conditions see it; no identity at all: unauthenticated.
struct IdentityFacts {
  bool authenticated = false;
  std::vector<NameId> names;      ///< ascending
  std::vector<DomainId> domains;  ///< ascending
};
[[nodiscard]] IdentityFacts facts_of(std::span<const Identity> identities);

class RuleTable {
 public:
  /// Adds what the rules name to `names`.
  RuleTable(const policy::Policy& policy, IdentityNames& names);

  [[nodiscard]] RuleNumber size() const { return static_cast<RuleNumber>(rules_.size()); }
  [[nodiscard]] const policy::Rule& rule(RuleNumber number) const { return *rules_[number]; }
  [[nodiscard]] policy::RuleRef ref(RuleNumber number) const { return refs_[number]; }

  /// Whether all identity conditions of the rule hold; true without any.
  [[nodiscard]] bool applies(RuleNumber number, const IdentityFacts& watcher, bool empty_identity) const;

  /// The rules that name it, ascending.
  [[nodiscard]] const std::vector<RuleNumber>& naming(NameId name) const;
  [[nodiscard]] const std::vector<RuleNumber>& naming_domain(DomainId domain) const;

  /// RFC 5025 section 3.1.1.2: excluded when any identity is excepted.
  struct Many {
    std::vector<NameId> except_names;      ///< ascending
    std::vector<DomainId> except_domains;  ///< ascending
  };
  /// One <identity>: its children are ORed.
  struct Condition {
    bool empty = false;
    bool unauthenticated = false;
    std::vector<NameId> ones;  ///< ascending
    std::vector<Many> everyone;
    std::map<DomainId, std::vector<Many>> of_domain;
  };
  [[nodiscard]] std::span<const Condition> conditions(RuleNumber number) const { return conditions_[number]; }

 private:
  void compile(const policy::Rule& rule, RuleNumber number, IdentityNames& names);
  [[nodiscard]] Condition compile(const policy::IdentityCondition& condition, RuleNumber number, IdentityNames& names);
  void note(std::vector<std::vector<RuleNumber>>& index, std::uint32_t key, RuleNumber number);

  std::vector<const policy::Rule*> rules_;
  std::vector<policy::RuleRef> refs_;
  std::vector<std::vector<Condition>> conditions_;
  std::vector<std::vector<RuleNumber>> by_name_;
  std::vector<std::vector<RuleNumber>> by_domain_;
};

}  // namespace presproof::smt
