#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/code.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "uri/uri.h"
#include "verify/result.h"
#include "verify/verify.h"

/// What watchers can tell that nobody meant to tell them: that they are blocked, politely blocked or pending (RFC 3856 section 6.6.2: polite
/// blocking should not reveal itself), and the presentity's sphere, place or time window by what changes with them (the conditions of RFC 4745
/// section 7 and RFC 6772 section 4). Each leak is a pair of runs that the solver found and the reference evaluator repeated.
namespace presproof::leaks {

enum class Kind : std::uint8_t { blocked_visible, pending_visible, polite_block_fingerprint, state_inference, region_inference, existence };
inline constexpr std::array<std::string_view, 6> kKindNames = {"blocked-visible", "pending-visible", "polite-block-fingerprint",
                                                               "state-inference", "region-inference", "existence"};
/// Where it shows: the status code, the state word of the first NOTIFY where the code is the same, or the document under one response.
enum class Channel : std::uint8_t { response_code, subscription_state, content };
inline constexpr std::array<std::string_view, 3> kChannelNames = {"response-code", "subscription-state", "content"};

/// One for each kind, secret, channel and cause: watchers to whom the same rules make the same difference are one leak.
struct Leak {
  Kind kind = Kind::existence;
  diag::Severity severity = diag::Severity::note;
  policy::Watcher watcher;
  std::size_t others = 0;  ///< how many more watchers: named ones, and everybody else of a domain, of no named domain, or without an identity
  std::string_view secret;
  Channel channel = Channel::response_code;
  verify::Counterexample first;                  ///< the watcher's
  std::optional<verify::Counterexample> second;  ///< its other state, or another watcher; none for existence
  std::vector<policy::RuleRef> rules;            ///< that make the difference, in policy order
  std::string message;                           ///< for people
  std::string fix;
};

struct Options {
  /// Its readings that are not fixed have their defaults.
  verify::Options verify;
  /// A watcher whom nobody knows.
  uri::Uri stranger = uri::parse("sip:someone@elsewhere.example");
};

struct Findings {
  std::vector<Leak> leaks;  ///< by kind, secret and channel as in the tables, then as watchers come in the policy
  /// What the solver could not decide, a sentence each; such leaks may exist.
  std::vector<std::string> undecided;
};

[[nodiscard]] Findings find(const policy::Policy& policy, const Options& options);

}  // namespace presproof::leaks
