#include "semantics/match.h"

#include <algorithm>

#include "base/fault.h"
#include "base/lexical.h"
#include "base/overloaded.h"
#include "geo/geodesic.h"
#include "semantics/text_identity.h"

namespace presproof::semantics {
namespace {

bool excludes(const policy::Except& except, const uri::Uri& identity) {
  if (except.id && uri::equivalent(*except.id, identity)) return !seeded(Fault::match_except_id_forgotten);
  return except.domain && except.domain->ascii && identity.domain == except.domain->ascii &&
         !seeded(Fault::match_except_domain_forgotten);
}

// RFC 4745 section 7.1.3: everybody of the domain, or every authenticated identity, but the excepted. RFC 5025
// section 3.1.1.2 lets any of the asserted URIs match an <except>, so one excepted identity excludes the watcher.
bool matches_many(const policy::Many& many, const policy::Watcher& watcher) {
  if (many.never) return false;
  const auto listed = [&](const uri::Uri& identity) {
    return !many.domain || (many.domain->ascii && identity.domain == many.domain->ascii);
  };
  const auto excepted = [&](const uri::Uri& identity) {
    if (seeded(Fault::match_except_of_first_identity_only) && &identity != &watcher.identities.front()) return false;
    return std::any_of(many.excepts.begin(), many.excepts.end(),
                       [&](const policy::Except& except) { return excludes(except, identity); });
  };
  return std::any_of(watcher.identities.begin(), watcher.identities.end(), listed) &&
         std::none_of(watcher.identities.begin(), watcher.identities.end(), excepted);
}

bool matches_matcher(const policy::IdentityMatcher& matcher, const policy::Watcher& watcher) {
  return std::visit(
      Overloaded{
          [&](const policy::One& one) {
            return std::any_of(watcher.identities.begin(), watcher.identities.end(),
                               [&](const uri::Uri& identity) {
                                 return seeded(Fault::match_one_by_core_alone) ? one.id.core == identity.core
                                                                               : uri::equivalent(one.id, identity);
                               });
          },
          [&](const policy::Many& many) { return matches_many(many, watcher); },
          [](const policy::UnknownIdentity&) { return false; },
      },
      matcher);
}

bool is_at(const policy::LocationAlternative& alternative, const policy::TargetLocation& location) {
  return std::visit(Overloaded{
                        [&](const geo::Circle& circle) {
                          return location.geodetic && geo::completely_within(*location.geodetic, circle);
                        },
                        [&](const policy::CivicLocation& civic) {
                          // A location without fields would be everywhere: nobody asked for that, so it is nowhere.
                          if (!location.civic || civic.fields.empty()) return false;
                          return std::all_of(civic.fields.begin(), civic.fields.end(), [&](const auto& field) {
                            const auto known = location.civic->find(field.first);
                            return known != location.civic->end() ? known->second == field.second
                                                                  : seeded(Fault::match_absent_civic_field_fits);
                          });
                        },
                        [](const policy::UnknownLocation&) { return false; },
                    },
                    alternative.where);
}

bool unknown_condition_holds(engine::UnknownConditionIs unknown) {
  switch (unknown) {
    case engine::UnknownConditionIs::not_met: return seeded(Fault::match_unknown_condition_holds);  // RFC 4745 section 10.1
    case engine::UnknownConditionIs::not_seen: return true;
  }
  return false;
}

bool identity_holds(const policy::IdentityCondition& condition, const policy::Watcher& watcher, const Options& options) {
  if (options.profile->identity == engine::IdentityTest::uri_equivalence) return holds(condition, watcher, options.readings);
  const auto who = text_watcher(watcher, *options.profile);
  return who.watcher && text_identity_holds(condition, *who.watcher, options.profile->identity);
}

bool sphere_holds(const policy::SphereCondition& condition, const std::optional<std::string>& sphere, engine::SphereTest test) {
  switch (test) {
    case engine::SphereTest::tokens: break;
    case engine::SphereTest::text_or_undefined: return !sphere || holds(condition, sphere);
    case engine::SphereTest::none_of_the_tokens: return !holds(condition, sphere);
  }
  return holds(condition, sphere);
}

}  // namespace

bool holds(const policy::IdentityCondition& condition, const policy::Watcher& watcher,
           const engine::Readings& readings) {
  if (condition.unauthenticated && !watcher.authenticated()) return true;
  if (condition.matchers.empty()) return !condition.unauthenticated && readings.empty_identity_is_unauthenticated() && !watcher.authenticated();
  return std::any_of(condition.matchers.begin(), condition.matchers.end(),
                     [&](const policy::IdentityMatcher& matcher) { return matches_matcher(matcher, watcher); });
}

bool holds(const policy::SphereCondition& condition, const std::optional<std::string>& sphere) {
  return sphere && std::any_of(condition.tokens.begin(), condition.tokens.end(), [&](const std::string& token) {
           return seeded(Fault::match_sphere_minding_case) ? token == *sphere : equal_ignoring_case(token, *sphere);
         });
}

bool holds(const policy::ValidityCondition& condition, Instant time) {
  return std::any_of(condition.pairs.begin(), condition.pairs.end(), [&](const policy::ValidityPair& pair) {
    return pair.from && pair.until &&
           (seeded(Fault::match_from_excluded) ? *pair.from < time : *pair.from <= time) &&
           (seeded(Fault::match_until_included) ? time <= *pair.until : time < *pair.until);
  });
}

bool holds(const policy::LocationCondition& condition, const policy::TargetLocation& location) {
  return std::any_of(condition.locations.begin(), condition.locations.end(),
                     [&](const policy::LocationAlternative& alternative) { return is_at(alternative, location); });
}

bool holds(const policy::Condition& condition, const policy::Request& request, const Options& options) {
  return std::visit(
      Overloaded{
          [&](const policy::IdentityCondition& identity) { return identity_holds(identity, request.watcher, options); },
          [&](const policy::SphereCondition& sphere) { return sphere_holds(sphere, request.state.sphere, options.profile->sphere); },
          [&](const policy::ValidityCondition& validity) { return holds(validity, request.state.time); },
          [&](const policy::LocationCondition& location) { return holds(location, request.state.location); },
          [&](const policy::UnknownCondition&) { return unknown_condition_holds(options.profile->unknown_condition); },
      },
      condition);
}

bool matches(const policy::Rule& rule, const policy::Request& request, const Options& options) {
  return std::all_of(rule.conditions.begin(), rule.conditions.end(),
                     [&](const policy::Condition& condition) { return holds(condition, request, options); });
}

bool holds_beside_identity(const policy::Rule& rule, const policy::Request& request, const Options& options) {
  return std::all_of(rule.conditions.begin(), rule.conditions.end(), [&](const policy::Condition& condition) {
    return is_identity(condition) || holds(condition, request, options);
  });
}

}  // namespace presproof::semantics
