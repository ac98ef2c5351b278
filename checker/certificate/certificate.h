#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/rule_set.h"
#include "property/property.h"
#include "verify/verify.h"

/// What verdicts rest on, as JSON that another program can check (presproof-check(1)): the watchers as classes with the rules whose
/// identity conditions hold for them, and for each property and class a tree of cases with the rules that match in each, or
/// states that show it. It holds nothing that has to be believed.
namespace presproof::certificate {

/// Certificates over this size are not written: what nobody can load nobody checks.
inline constexpr std::size_t kMaxListedRules = 50'000'000;

struct Certificate {
  std::string text;
  /// Names of the properties whose verdict is left out, each with the reason.
  std::vector<std::pair<std::string, std::string>> not_certified;
};

/// `results` are verify()'s for these properties; `inputs` the texts of policies, property files and properties given as text, in the
/// order in which presproof-check will be given them. Throws diag::InputError when there can be no certificate.
[[nodiscard]] Certificate certify(const policy::Policy& policy, const property::Properties& properties,
                                  const std::vector<verify::Result>& results, const verify::Options& options,
                                  const std::vector<std::string_view>& inputs);

}  // namespace presproof::certificate
