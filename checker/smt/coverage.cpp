#include "smt/coverage.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "xml/namespaces.h"

namespace presproof::smt {
namespace {

using policy::Permission;
using policy::Rule;

/// A predicate on rules from one on single permissions of one type.
template <class What, class Test>
Demand::Predicate some_permission(Test test) {
  return [test](const Rule& rule) {
    return std::any_of(rule.permissions.begin(), rule.permissions.end(), [&](const Permission& permission) {
      const auto* what = std::get_if<What>(&permission.what);
      return what != nullptr && test(*what);
    });
  };
}

/// Geodetic grants from fine to coarse; of equal radii a circle comes before rounding, and finer steps before coarser ones.
using Fineness = std::tuple<double, bool, double, double>;

/// Nothing when the grant is none, which `absent_is_exact` (the reading `geo-radius-absent`) decides for a missing radius.
std::optional<Fineness> fineness(const policy::ProvideLocation& location, bool absent_is_exact) {
  if (!location.geodetic || (!location.geodetic->radius_m && !absent_is_exact)) return std::nullopt;
  const auto& rounding = location.geodetic->rounding;
  return Fineness(location.geodetic->radius_m.value_or(0), rounding.has_value(), rounding ? rounding->latitude_deg.value_or(0) : 0,
                  rounding ? rounding->longitude_deg.value_or(0) : 0);
}

class Demands {
 public:
  explicit Demands(bool presence) : presence_(presence) {}

  void add(const Permission& permission) {
    std::visit([&](const auto& what) { add(what); }, permission.what);
  }

  /// RFC 6772 sections 6.1 and 6.4: true wins; a false counts unless another rule is silent; so does silence.
  template <class Set>
  void add_boolean(const Rule& rule) {
    const auto says = [](bool value) { return some_permission<Set>([value](const Set& set) { return set.value == value; }); };
    const auto yes = says(true);
    const auto no = says(false);
    const auto either = [](const Demand::Predicate& a, const Demand::Predicate& b) { return [a, b](const Rule& other) { return a(other) || b(other); }; };
    const auto silent = [yes, no](const Rule& other) { return !yes(other) && !no(other); };
    if (yes(rule)) return push(yes);
    if (no(rule)) return push(either(yes, no));
    // A silent rule turns another's false into "unchanged", unless a third one is silent too or says yes.
    demands_.push_back({either(yes, silent), no});
  }

  void push(Demand::Predicate met_by) { demands_.push_back({std::move(met_by), nullptr}); }
  [[nodiscard]] std::vector<Demand> take() { return std::move(demands_); }

 private:
  void add(policy::SubHandling value) {
    if (!presence_ || value == policy::SubHandling::block) return;
    push(some_permission<policy::SubHandling>([value](policy::SubHandling other) { return other >= value; }));
  }
  void add(const policy::ProvideComponents& given) {
    if (!presence_) return;
    if (given.all) {
      push(some_permission<policy::ProvideComponents>(
          [kind = given.kind](const policy::ProvideComponents& other) { return other.kind == kind && other.all; }));
    }
    for (std::size_t selector = 0; selector < policy::kSelectorKinds; ++selector) {
      for (const std::string& value : given.values[selector]) {
        push(some_permission<policy::ProvideComponents>([kind = given.kind, selector, value](const policy::ProvideComponents& other) {
          const auto& values = other.values[selector];
          return other.kind == kind && (other.all || std::find(values.begin(), values.end(), value) != values.end());
        }));
      }
    }
  }
  void add(const policy::ProvideAttribute& given) {
    if (presence_ && given.value) push(or_all_attributes(equal_to(given)));
  }
  void add(policy::UserInput value) {
    if (!presence_ || value == policy::UserInput::none) return;
    push(or_all_attributes(some_permission<policy::UserInput>([value](policy::UserInput other) { return other >= value; })));
  }
  void add(const policy::ProvideUnknownAttribute& given) {
    if (!presence_ || !given.value) return;
    // Whether all attributes include location is a question of its own (the reading `all-attributes-location`).
    const bool location = given.name == "geopriv" && given.ns == xml::ns::kGeopriv;
    push(location ? equal_to(given) : or_all_attributes(equal_to(given)));
  }
  void add(const policy::ProvideAllAttributes& given) {
    if (presence_) push(equal_to(given));
  }
  template <class What>
  static Demand::Predicate equal_to(const What& given) {
    return some_permission<What>([given](const What& other) { return other == given; });
  }
  /// RFC 5025 section 3.3.2.15: a macro for every attribute.
  static Demand::Predicate or_all_attributes(const Demand::Predicate& other_way) {
    const auto all = some_permission<policy::ProvideAllAttributes>([](const policy::ProvideAllAttributes&) { return true; });
    return [all, other_way](const Rule& rule) { return all(rule) || other_way(rule); };
  }
  void add(const policy::ProvideLocation& given) {
    using policy::ProvideLocation;
    if (given.civic != geo::CivicLevel::none) {
      push(some_permission<ProvideLocation>([level = given.civic](const ProvideLocation& other) { return other.civic >= level; }));
    }
    for (const bool absent_is_exact : {true, false}) {
      const auto own = fineness(given, absent_is_exact);
      if (!own) continue;
      // Under `finest` one as fine, under `coarsest` one as coarse.
      push(some_permission<ProvideLocation>([own, absent_is_exact](const ProvideLocation& other) {
        const auto its = fineness(other, absent_is_exact);
        return its && *its <= *own;
      }));
      push(some_permission<ProvideLocation>([own, absent_is_exact](const ProvideLocation& other) {
        const auto its = fineness(other, absent_is_exact);
        return its && *its >= *own;
      }));
    }
  }
  void add(const policy::SetRetentionExpiry& given) {
    push(some_permission<policy::SetRetentionExpiry>([given](const policy::SetRetentionExpiry& other) { return other.seconds >= given.seconds; }));
  }
  void add(const policy::SetNoteWell& given) {
    push(some_permission<policy::SetNoteWell>([given](const policy::SetNoteWell& other) { return other == given; }));
  }
  void add(const policy::SetRetransmissionAllowed&) {}  // add_boolean
  void add(const policy::KeepRuleReference&) {}         // add_boolean
  void add(const policy::UnknownPermission&) {}         // ignored

  bool presence_;
  std::vector<Demand> demands_;
};

}  // namespace

std::vector<Demand> demands_of(const Rule& rule, policy::Usage usage) {
  const bool presence = usage == policy::Usage::presence;
  Demands demands(presence);
  // RFC 6772 without sub-handling: that a rule matches is a grant.
  if (!presence) demands.push([](const Rule&) { return true; });
  for (const Permission& permission : rule.permissions) demands.add(permission);
  demands.add_boolean<policy::SetRetransmissionAllowed>(rule);
  demands.add_boolean<policy::KeepRuleReference>(rule);
  return demands.take();
}

std::vector<Demand> demands_to_overrule(const Rule& rule, policy::Usage usage) {
  using policy::SubHandling;
  SubHandling given = SubHandling::block;
  for (const Permission& permission : rule.permissions) {
    if (const auto* value = std::get_if<SubHandling>(&permission.what)) given = std::max(given, *value);
  }
  if (usage != policy::Usage::presence || given == SubHandling::block || given == SubHandling::allow) return {};
  return {{some_permission<SubHandling>([given](SubHandling other) { return other > given; }), nullptr}};
}

}  // namespace presproof::smt
