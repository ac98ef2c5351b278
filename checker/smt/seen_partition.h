#pragma once

#include <optional>

#include "engine/profile.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "smt/partition.h"
#include "smt/text_identities.h"

namespace presproof::smt {

/// The classes of watchers whom an engine can tell apart, each with the rules for it as the engine compares identities.
struct SeenPartition {
  /// `policy` and `properties` must outlive it. Throws diag::InputError for persons with too many identities.
  SeenPartition(const policy::Policy& policy, const property::Properties& properties, const engine::Profile& profile)
      : seen(seen_by(policy, properties, profile)), partition(seen ? seen->policy : policy, properties, options_for(profile, seen)) {}
  SeenPartition(const SeenPartition&) = delete;
  SeenPartition& operator=(const SeenPartition&) = delete;

  std::optional<TextIdentities> seen;  ///< for engines that compare identities in their own way
  Partition partition;

 private:
  static std::optional<TextIdentities> seen_by(const policy::Policy& policy, const property::Properties& properties, const engine::Profile& profile) {
    if (profile.identity != engine::IdentityTest::uri_equivalence) return with_text_identities(policy, properties, profile.identity);
    return std::nullopt;
  }
  static PartitionOptions options_for(const engine::Profile& profile, const std::optional<TextIdentities>& seen) {
    if (!seen) return {profile.combining};
    return {profile.combining, uri::parse(kAnonymousText), true, seen->complete, seen->others, seen->refused};
  }
};

}  // namespace presproof::smt
