// The comparison of two policies against the reference evaluator: random policies and the same with one rule changed, asked for
// many watchers and states.

#include <catch2/catch.hpp>
#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "diff/compare.h"
#include "generator/random_policy.h"
#include "semantics/evaluator.h"
#include "uri/uri.h"
#include "smt/partition.h"
#include "claims/claim.h"

namespace presproof {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::size_t kShare = 10;
#else
constexpr std::size_t kShare = 1;
#endif

/// What a decision gives, permission by permission, written down without the list of observations that the comparison uses.
class Given {
 public:
  Given(const semantics::Decision& decision, const claims::ClaimContext& context) : decision_(decision), context_(context) {}

  [[nodiscard]] std::set<std::string> differing(const Given& other, const std::set<std::string>& named) const {
    std::set<std::string> names;
    const auto compare = [&](const std::string& name, const auto& one, const auto& two) {
      if (one != two) names.insert(name);
    };
    compare("sub-handling", handling(), other.handling());
    for (std::size_t i = 0; i < policy::kComponentKinds; ++i)
      compare(std::string(policy::kProvideComponentNames[i]), components(i), other.components(i));
    for (std::size_t i = 0; i < policy::kAttributePermissions; ++i) {
      const property::AttributeShown claim{static_cast<policy::AttributePermission>(i)};
      compare(std::string(policy::kAttributePermissionNames[i]), holds(claim), other.holds(claim));
    }
    for (const auto level : {policy::UserInput::bare, policy::UserInput::thresholds, policy::UserInput::full})
      compare("provide-user-input", holds(property::UserInputShown{level}), other.holds(property::UserInputShown{level}));
    compare("provide-all-attributes", holds(property::AllAttributesShown{}), other.holds(property::AllAttributesShown{}));
    for (const auto& [ns, name] : generator::small_vocabulary().attributes) {
      if (named.contains(ns + " " + name))
        compare("provide-unknown-attribute", holds(property::UnknownAttributeShown{name, ns}), other.holds(property::UnknownAttributeShown{name, ns}));
    }
    compare("provide-location", location(), other.location());
    compare("set-retention-expiry", retention(), other.retention());
    compare("set-note-well", notes(), other.notes());
    if (allowed() && other.allowed()) {
      compare("set-retransmission-allowed", decision_.permissions.set_retransmission_allowed, other.decision_.permissions.set_retransmission_allowed);
      compare("keep-rule-reference", decision_.permissions.keep_rule_reference, other.decision_.permissions.keep_rule_reference);
    }
    return names;
  }

 private:
  [[nodiscard]] bool holds(property::ClaimAtom atom) const {
    property::Formula<property::ClaimAtom> claim;
    claim.atom = std::move(atom);
    return claims::claim_holds(claim, decision_, context_);
  }
  [[nodiscard]] bool presence() const { return context_.usage == policy::Usage::presence; }
  [[nodiscard]] policy::SubHandling handling() const {
    if (presence()) return decision_.permissions.sub_handling;
    return decision_.matched.empty() ? policy::SubHandling::block : policy::SubHandling::allow;
  }
  [[nodiscard]] bool allowed() const { return handling() == policy::SubHandling::allow; }
  [[nodiscard]] semantics::ProvidedComponents components(std::size_t kind) const {
    semantics::ProvidedComponents shown = decision_.permissions.components[kind];
    if (!presence() || !allowed()) return {};
    if (shown.all) shown.values = {};
    // Selectors that are URIs select by equivalence (RFC 5025 section 3.3.1); none of the vocabulary has parameters of its own.
    for (const auto selector : {policy::SelectorKind::device_id, policy::SelectorKind::service_uri}) {
      auto& values = shown.values[static_cast<std::size_t>(selector)];
      std::set<std::string> cores;
      for (const std::string& value : values) cores.insert(uri::parse(value).core);
      values = std::move(cores);
    }
    return shown;
  }
  [[nodiscard]] semantics::ProvidedLocation location() const {
    if (!allowed()) return {};
    if (presence()) {
      if (!holds(property::AnythingShown{})) return {};
      const bool published = (context_.readings.all_attributes_include_location() && decision_.permissions.all_attributes) ||
                             (context_.readings.unknown_attribute_location_honoured() &&
                              decision_.permissions.unknown_attributes.contains({"urn:ietf:params:xml:ns:pidf:geopriv10", "geopriv"}));
      if (published) return {0, std::nullopt, geo::CivicLevel::full};
    }
    return decision_.permissions.location;
  }
  [[nodiscard]] std::int64_t retention() const { return allowed() ? decision_.permissions.set_retention_expiry_s.value_or(-1) : -1; }
  [[nodiscard]] std::set<policy::SetNoteWell> notes() const { return allowed() ? decision_.permissions.set_note_well : std::set<policy::SetNoteWell>(); }

  const semantics::Decision& decision_;
  const claims::ClaimContext& context_;
};

std::vector<policy::Rule*> rules_of(policy::Policy& policy) {
  std::vector<policy::Rule*> rules;
  for (auto& document : policy.documents) {
    for (auto& rule : document.rules) rules.push_back(&rule);
  }
  return rules;
}

/// One rule loses or gains something, or two change places; sometimes nothing changes.
policy::Policy changed(Random& random, const policy::Policy& original) {
  policy::Policy result = original;
  const auto rules = rules_of(result);
  policy::Policy donor = generator::random_policy(random, generator::small_vocabulary());
  const policy::Rule& other = *random.pick(rules_of(donor));
  policy::Rule& rule = *random.pick(rules);
  switch (random.below(7)) {
    case 0: rule = other; break;
    case 1: rule.permissions = other.permissions; break;
    case 2: rule.conditions = other.conditions; break;
    case 3:
      if (!rule.permissions.empty()) rule.permissions.erase(rule.permissions.begin() + static_cast<std::ptrdiff_t>(random.below(rule.permissions.size())));
      break;
    case 4:
      if (!rule.conditions.empty()) rule.conditions.erase(rule.conditions.begin() + static_cast<std::ptrdiff_t>(random.below(rule.conditions.size())));
      break;
    case 5: result.documents.front().rules.push_back(other); break;
    default: std::swap(rule, *rules[random.below(rules.size())]); break;
  }
  return result;
}

/// The permissions on attributes that some rule names; what provide-all-attributes takes along is not listed one by one.
std::set<std::string> named(const policy::Policy& before, const policy::Policy& after) {
  std::set<std::string> names;
  for (policy::Policy policy : {before, after}) {
    for (const policy::Rule* rule : rules_of(policy)) {
      for (const auto& permission : rule->permissions) {
        if (const auto* given = std::get_if<policy::ProvideAttribute>(&permission.what))
          names.emplace(policy::kAttributePermissionNames[static_cast<std::size_t>(given->attribute)]);
        if (const auto* given = std::get_if<policy::ProvideUnknownAttribute>(&permission.what);
            given != nullptr && given->value && given->name != "geopriv")
          names.insert(given->ns + " " + given->name);
        if (const auto* given = std::get_if<policy::UserInput>(&permission.what); given != nullptr && *given != policy::UserInput::none)
          names.insert("provide-user-input");
      }
    }
  }
  return names;
}

bool is_attribute(const std::string& name) {
  const auto& names = policy::kAttributePermissionNames;
  return name == "provide-user-input" || std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("comparing two policies agrees with asking the evaluator for many requests") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t equivalent = 0;
  std::size_t different = 0;
  std::size_t undecided = 0;
  std::size_t seen = 0;
  for (std::uint64_t seed = 1; seed <= 3000 / kShare; ++seed) {
    Random random(seed * 104729);
    const auto before = generator::random_policy(random, vocabulary);
    const auto after = changed(random, before);
    diff::Options options;
    options.usage = random.chance(80) ? policy::Usage::presence : policy::Usage::geolocation;
    if (random.chance(50)) options.readings = generator::random_readings(random);
    options.timeout_s = 0;
    const auto result = diff::compare(before, after, options);
    std::set<std::string> found;
    for (const auto& change : result.changes) found.insert(change.permission);

    INFO("seed " << seed);
    REQUIRE((result.verdict == diff::Verdict::different) == !result.changes.empty());
    equivalent += result.verdict == diff::Verdict::equivalent ? 1 : 0;
    different += result.verdict == diff::Verdict::different ? 1 : 0;
    undecided += result.reason.empty() ? 0 : 1;
    if (!result.reason.empty()) continue;
    const auto names = named(before, after);
    const semantics::Evaluator old_side(before, {options.usage, &engine::rfc(), options.readings});
    const semantics::Evaluator new_side(after, {options.usage, &engine::rfc(), options.readings});
    const claims::ClaimContext old_context{before, options.usage, options.readings};
    const claims::ClaimContext new_context{after, options.usage, options.readings};
    for (int i = 0; i < 150; ++i) {
      const auto request = generator::random_request(random, vocabulary, {.identities = 1, .areas = false});
      const auto old_decision = old_side.decide(request);
      const auto new_decision = new_side.decide(request);
      for (const auto& name : Given(old_decision, old_context).differing(Given(new_decision, new_context), names)) {
        INFO("permission " << name);
        if (is_attribute(name) && !names.contains(name)) continue;
        REQUIRE(found.contains(name));
        ++seen;
      }
    }
  }
  CHECK(equivalent > 500 / kShare);
  CHECK(different > 500 / kShare);
  CHECK(undecided <= 60 / kShare + 1);
  CHECK(seen > 5000 / kShare);
}

TEST_CASE("a large policy is equivalent to itself in another order, and one changed radius is found") {
  const auto before = generator::make_large_policy(2000, 2000, 7);
  auto after = before;
  auto& rules = after.documents.front().rules;
  std::reverse(rules.begin(), rules.end());
  diff::Options options;
  options.timeout_s = 0;
  CHECK(diff::compare(before, after, options).verdict == diff::Verdict::equivalent);
  for (std::size_t i = 1000; i < 1005; ++i) {
    for (auto& permission : rules[i].permissions) {
      if (auto* location = std::get_if<policy::ProvideLocation>(&permission.what)) location->geodetic->radius_m = 3;
    }
  }
  const auto result = diff::compare(before, after, options);
  REQUIRE(result.verdict == diff::Verdict::different);
  for (const auto& change : result.changes) CHECK(change.permission == "provide-location");
}

}  // namespace presproof
