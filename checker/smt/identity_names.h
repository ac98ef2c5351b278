#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "uri/uri.h"

/// The URIs and domains that a policy and its properties name, as numbers, and what is to be known of any other URI: which
/// of the named ones it is equivalent to, and which named domain it has. No rule and no group can tell two URIs apart that agree in
/// this (RFC 4745 section 7.1: identities are compared with named ones, and domains with named ones).
namespace presproof::smt {

using NameId = std::uint32_t;
using DomainId = std::uint32_t;

/// One asserted identity, as rules and groups see it.
struct Identity {
  uri::Uri uri;
  std::vector<NameId> names;  ///< the named URIs that it is equivalent to, ascending
  std::optional<DomainId> domain;
};

class IdentityNames {
 public:
  NameId add(const uri::Uri& uri);
  DomainId add_domain(const std::string& ascii);

  [[nodiscard]] std::size_t names() const { return names_.size(); }
  [[nodiscard]] std::size_t domains() const { return domains_.size(); }
  [[nodiscard]] const uri::Uri& name(NameId id) const { return names_[id]; }

  /// Everything below sees the names added so far.
  [[nodiscard]] Identity identify(const uri::Uri& uri) const;
  [[nodiscard]] Identity stranger_of(DomainId domain) const;
  /// Of no named domain.
  [[nodiscard]] Identity stranger() const;

  /// One identity for every set of named URIs with this core that some URI is equivalent to, but the empty set. Equivalence of sip URIs is
  /// not transitive (RFC 3261 section 19.1.4), so for each parameter that a named URI has beyond its core the
  /// identities have none, each named value, or another. `complete` becomes false when that is over the limit.
  [[nodiscard]] std::vector<Identity> spellings(const std::string& core, bool& complete) const;
  /// The cores in order of their first name.
  [[nodiscard]] const std::vector<std::string>& cores() const { return cores_; }

  static constexpr std::size_t kMaxSpellings = 4096;

 private:
  using Parameters = std::vector<std::pair<std::string, std::string>>;
  std::vector<uri::Uri> names_;
  std::vector<std::string> cores_;
  std::map<std::string, std::vector<NameId>> by_core_;
  std::map<std::string, DomainId> domains_;
  std::vector<std::string> domain_texts_;
};

}  // namespace presproof::smt
