#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/profile.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "smt/identity_names.h"
#include "smt/identity_rules.h"
#include "smt/rule_grants.h"

/// Watchers as finitely many classes, before a solver sees anything. A class is a concrete watcher that stands for all whom no
/// rule and no group can tell from it: every named URI (and every other spelling that is equivalent to another set of named
/// ones), a stranger of each named domain, a stranger, the unauthenticated, and each set of two or more identities of a declared person.
///
/// The rules whose identity conditions a class meets are kept as a shared list and small differences from it, and found by index: a
/// rule is looked at again only for the identities and domains that it names. So cost is near-linear in rules and identities.
namespace presproof::smt {

/// Rules that are there beside those of a shared list, and rules of it that are not. Ascending.
struct RuleChange {
  std::vector<RuleNumber> added;
  std::vector<RuleNumber> removed;
  friend auto operator<=>(const RuleChange&, const RuleChange&) = default;
};

/// Why an engine cannot tell who a watcher is, and answers with an error of its own for each.
enum class Refusal : std::uint8_t { none, scheme, no_user };

struct WatcherClass {
  std::vector<Identity> identities;  ///< none: the unauthenticated
  /// Its rules: those of authenticated strangers, changed as for `domain`, then by `own`. The unauthenticated have a list of their own.
  std::optional<DomainId> domain;
  RuleChange own;
  bool spelt_otherwise = false;  ///< an OtherSpelling
  Refusal refusal = Refusal::none;
  [[nodiscard]] bool authenticated() const { return !identities.empty(); }
  [[nodiscard]] policy::Watcher watcher() const;
};

/// A watcher whom the groups mean that name an equivalent URI, and no rule does that names one: the engine compares texts.
struct OtherSpelling {
  uri::Uri uri;
  bool keeps_domain = true;  ///< the rules for its domain mean it
};

/// What an engine changes.
struct PartitionOptions {
  engine::Combining combining = engine::Combining::all_matching_rules;
  std::optional<uri::Uri> unauthenticated_as = std::nullopt;  ///< whom rules take them for
  bool one_identity = false;  ///< a watcher of several identities is taken for the first of them, so that sets of a person's are no classes
  bool complete = true;                                       ///< false: it is known that some watcher has no class
  std::vector<OtherSpelling> others = {};
  std::map<std::string, Refusal> refused = {};  ///< by the text of the URI
};

class Partition {
 public:
  /// Throws diag::InputError when a person has more than kMaxPersonIdentities identities.
  Partition(const policy::Policy& policy, const property::Properties& properties, const PartitionOptions& options = {});
  Partition(const Partition&) = delete;
  Partition& operator=(const Partition&) = delete;

  [[nodiscard]] std::span<const WatcherClass> classes() const { return classes_; }
  /// False when not every watcher has a class, as when a URI is named with too many parameters; nothing is proved then.
  [[nodiscard]] bool complete() const { return complete_; }

  [[nodiscard]] engine::Combining combining() const { return options_.combining; }
  [[nodiscard]] const RuleTable& rules() const { return rules_; }
  [[nodiscard]] const RuleGrants& grants() const { return grants_; }
  /// The shared lists, ascending.
  [[nodiscard]] const std::vector<RuleNumber>& rules_of_strangers() const { return of_strangers_; }
  [[nodiscard]] const RuleChange& change_of(DomainId domain) const { return of_domains_[domain]; }
  [[nodiscard]] std::size_t domains() const { return of_domains_.size(); }
  /// Under the reading `empty-identity`.
  [[nodiscard]] const std::vector<RuleNumber>& rules_of_unauthenticated(bool empty_identity) const { return of_unauthenticated_[empty_identity ? 1 : 0]; }
  /// The whole list, ascending.
  [[nodiscard]] std::vector<RuleNumber> rules_of(const WatcherClass& watcher, bool empty_identity) const;

  [[nodiscard]] bool contains(const property::Group& group, const WatcherClass& watcher) const;

  static constexpr std::size_t kMaxPersonIdentities = 10;
  static constexpr std::size_t kMaxPersonSubsets = 8192;

 private:
  struct CompiledGroup {
    std::vector<NameId> names;  ///< members', excepted ones' or the person's, ascending
    std::optional<DomainId> domain;
  };
  /// Names what the group names; everything is named before any class is made.
  void compile(const property::Group& group);
  void find_shared_lists();
  void add_class(std::vector<Identity> identities);
  void add_person(const property::Person& person);
  [[nodiscard]] bool in_base(const property::Group& group, const WatcherClass& watcher) const;

  PartitionOptions options_;
  IdentityNames names_;
  RuleTable rules_;
  RuleGrants grants_{rules_};
  std::map<const property::Group*, CompiledGroup> groups_;
  std::vector<WatcherClass> classes_;
  std::vector<RuleNumber> of_strangers_;
  std::vector<bool> is_of_strangers_;
  std::vector<RuleNumber> of_unauthenticated_[2];
  std::vector<RuleChange> of_domains_;
  bool complete_ = true;
};

}  // namespace presproof::smt
