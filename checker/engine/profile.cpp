#include "engine/profile.h"

#include <array>

namespace presproof::engine {
namespace {

constexpr std::array<Profile, 1> kProfiles = {{
    {.name = "rfc",
     .title = "as RFC 4745, RFC 5025 and RFC 6772 say",
     .combining = Combining::all_matching_rules,
     .filtering = Filtering::shows_what_is_granted,
     .identity = IdentityTest::uri_equivalence,
     .unknown_condition = UnknownConditionIs::not_met},
}};

}  // namespace

std::span<const Profile> all_profiles() { return kProfiles; }

const Profile& rfc() { return kProfiles[0]; }

const Profile* find_profile(std::string_view name) {
  for (const Profile& profile : kProfiles) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

}  // namespace presproof::engine
