#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "policy/rule_set.h"
#include "uri/uri.h"

/// Which rules can match together (RFC 4745 section 10: the permissions of all matching rules combine).
///
/// Exact for a watcher who asserts one identity, for validity and for spheres: a common watcher is looked for among the
/// identities that the rules name, a stranger of each domain that they name, and a stranger of another domain, which
/// are all the kinds of watchers that they can tell apart. Location conditions are taken to hold together, unless one
/// of them can never hold.
namespace presproof::lint {

/// An <identity>, indexed: a watcher's identity matches or does not.
class IdentityTest {
 public:
  explicit IdentityTest(const policy::IdentityCondition& condition);
  [[nodiscard]] bool matches(const uri::Uri& identity) const;
  [[nodiscard]] const policy::IdentityCondition& condition() const { return *condition_; }

 private:
  using UrisByCore = std::unordered_multimap<std::string_view, const uri::Uri*>;
  struct ManyTest {
    std::optional<std::string_view> domain;
    UrisByCore except_ids;
    std::vector<std::string_view> except_domains;  ///< sorted
    [[nodiscard]] bool matches(const uri::Uri& identity) const;
  };
  static bool contains(const UrisByCore& uris, const uri::Uri& identity);
  void add(const policy::Many& many);

  const policy::IdentityCondition* condition_;
  UrisByCore ones_;
  std::vector<ManyTest> manies_;
};

/// Whether two URIs name one watcher is uri::equivalent; this is somebody whom no rule names, of a domain or of none
/// that is named.
[[nodiscard]] uri::Uri stranger(std::optional<std::string> domain);

/// When and to whom a rule can apply. An interval is half-open, as RFC 4745 section 7.4 has it.
struct Reach {
  using Interval = std::pair<Instant, Instant>;
  bool possible = true;                             ///< false: a condition can never hold
  std::vector<IdentityTest> identities;             ///< ANDed; none: everybody
  std::optional<std::vector<Interval>> times;       ///< sorted and disjoint; nothing: always
  std::optional<std::vector<std::string>> spheres;  ///< lower case, sorted; nothing: in any

  [[nodiscard]] bool admits(const uri::Uri& identity) const;
};
[[nodiscard]] Reach reach_of(const policy::Rule& rule);
/// Whether time and sphere let both rules match at one moment.
[[nodiscard]] bool at_one_moment(const Reach& a, const Reach& b);

/// A watcher whom rules let in, and what messages call it.
struct Somebody {
  uri::Uri identity;
  std::string words;
};
/// Somebody whom both let in, each at some time of its own; nothing when there is nobody.
[[nodiscard]] std::optional<Somebody> somebody_in(const Reach& a, const Reach& b);

/// Rules in policy order. Those that an Overlap keeps live as long as it does.
class Candidates {
 public:
  explicit Candidates(std::span<const policy::RuleRef> kept) : rules_(kept) {}
  explicit Candidates(std::vector<policy::RuleRef>&& own) : own_(std::move(own)), rules_(own_) {}
  Candidates(const Candidates&) = delete;
  Candidates& operator=(const Candidates&) = delete;
  [[nodiscard]] auto begin() const { return rules_.begin(); }
  [[nodiscard]] auto end() const { return rules_.end(); }
  [[nodiscard]] std::size_t size() const { return rules_.size(); }

 private:
  std::vector<policy::RuleRef> own_;
  std::span<const policy::RuleRef> rules_;
};

class Overlap {
 public:
  explicit Overlap(const policy::Policy& policy);

  [[nodiscard]] const Reach& reach(policy::RuleRef rule) const { return reaches_[rule.document][rule.rule]; }
  /// Whether some watcher can match the rule at some time, as far as this index can tell.
  [[nodiscard]] bool can_match(policy::RuleRef rule) const;
  /// In words, somebody who matches both at one moment; nothing when there is nobody.
  [[nodiscard]] std::optional<std::string> common_watcher(policy::RuleRef a, policy::RuleRef b) const;
  /// Whether there is such a watcher.
  [[nodiscard]] bool together(policy::RuleRef a, policy::RuleRef b) const;
  /// The rules that may match together with `rule`, and more, `rule` itself among them; in policy order. Narrow it by
  /// common_watcher.
  [[nodiscard]] Candidates candidates(policy::RuleRef rule) const;
  /// Whether every rule is a candidate.
  [[nodiscard]] bool is_general(policy::RuleRef rule) const { return is_general(reach(rule)); }

 private:
  using Rules = std::vector<policy::RuleRef>;
  void index(policy::RuleRef rule);
  [[nodiscard]] bool is_general(const Reach& reach) const;

  std::vector<std::vector<Reach>> reaches_;
  mutable std::vector<std::vector<Rules>> candidates_;  ///< once asked for, where they are few; never empty then
  Rules all_;
  Rules general_;  ///< not told apart by identity
  std::unordered_map<std::string_view, Rules> by_core_;
  std::unordered_map<std::string_view, Rules> ones_by_domain_;
  std::unordered_map<std::string_view, Rules> manies_by_domain_;
};

/// Rules of one kind, asked whether one of them can match together with a rule.
class Companions {
 public:
  explicit Companions(const Overlap& overlaps) : overlaps_(&overlaps) {}
  /// In policy order.
  void add(policy::RuleRef rule) { rules_.push_back(rule); }
  /// The first one, the rule itself if it is one and can match; nothing when there is none.
  [[nodiscard]] std::optional<policy::RuleRef> first_with(policy::RuleRef rule) const;

 private:
  const Overlap* overlaps_;
  std::vector<policy::RuleRef> rules_;
};

}  // namespace presproof::lint
