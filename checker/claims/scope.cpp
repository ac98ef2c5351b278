#include "claims/scope.h"

#include <algorithm>

#include "base/fault.h"
#include "base/lexical.h"
#include "base/overloaded.h"
#include "geo/geodesic.h"

namespace presproof::claims {
namespace {

bool is_one_of(const uri::Uri& identity, const std::vector<uri::Uri>& uris) {
  return std::any_of(uris.begin(), uris.end(), [&](const uri::Uri& uri) { return uri::equivalent(uri, identity); });
}

bool in_base(const property::Group& group, const policy::Watcher& watcher) {
  const auto& identities = watcher.identities;
  return std::visit(
      Overloaded{
          [](const property::Everyone&) { return true; },
          [&](const property::Members& members) {
            return std::any_of(identities.begin(), identities.end(), [&](const uri::Uri& identity) { return is_one_of(identity, members.uris); });
          },
          [&](const property::DomainMembers& members) {
            return std::any_of(identities.begin(), identities.end(), [&](const uri::Uri& identity) {
              return identity.domain && identity.domain == members.domain.ascii && !is_one_of(identity, members.except);
            });
          },
          [&](const property::PersonMembers& members) {
            return watcher.authenticated() && std::all_of(identities.begin(), identities.end(), [&](const uri::Uri& identity) {
                     return is_one_of(identity, members.person.identities);
                   });
          },
          [&](const std::shared_ptr<const property::Group>& base) { return in_group(*base, watcher); },
      },
      group.base);
}

bool inside(const property::Region& region, const policy::TargetLocation& location) {
  return std::visit(Overloaded{
                        [&](const geo::Circle& circle) { return location.geodetic && geo::completely_within(*location.geodetic, circle); },
                        [&](const property::CivicRegion& civic) {
                          if (!location.civic || civic.fields.empty()) return false;
                          return std::all_of(civic.fields.begin(), civic.fields.end(), [&](const auto& field) {
                            const auto known = location.civic->find(field.first);
                            return known != location.civic->end() && known->second == field.second;
                          });
                        },
                    },
                    region);
}

bool holds(const property::Formula<property::GuardAtom>& guard, const policy::Request& request) {
  const auto operand_holds = [&](const auto& operand) { return holds(operand, request); };
  switch (guard.op) {
    case property::Operator::atom: return guard_atom_holds(guard.atom, request);
    case property::Operator::and_: return std::all_of(guard.operands.begin(), guard.operands.end(), operand_holds);
    case property::Operator::or_: return std::any_of(guard.operands.begin(), guard.operands.end(), operand_holds);
    case property::Operator::not_: return !holds(guard.operands.front(), request);
  }
  return false;
}

}  // namespace

bool in_group(const property::Group& group, const policy::Watcher& watcher) {
  return in_base(group, watcher) &&
         (seeded(Fault::scope_minus_forgotten) ||
          std::none_of(group.minus.begin(), group.minus.end(), [&](const auto& other) { return in_group(*other, watcher); }));
}

bool guard_atom_holds(const property::GuardAtom& atom, const policy::Request& request) {
  return std::visit(Overloaded{
                        [&](const property::SphereIs& sphere) {
                          const auto& now = request.state.sphere;
                          if (!sphere.value || !now) return !sphere.value && !now;
                          return equal_ignoring_case(*sphere.value, *now);
                        },
                        [&](const property::Inside& guard) { return inside(guard.region, request.state.location); },
                        [&](const property::Authenticated&) { return request.watcher.authenticated(); },
                    },
                    atom);
}

bool guard_holds(const property::Property& property, const policy::Request& request) {
  const Instant now = request.state.time;
  return std::all_of(property.during.begin(), property.during.end(),
                     [&](const property::Interval& interval) {
                       return interval.from <= now && (seeded(Fault::scope_until_included) ? now <= interval.until : now < interval.until);
                     }) &&
         std::all_of(property.guards.begin(), property.guards.end(), [&](const auto& guard) { return holds(guard, request); });
}

}  // namespace presproof::claims
