#include "lint/disclosure.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/overloaded.h"
#include "property/scope.h"
#include "xml/namespaces.h"

namespace presproof::lint {
namespace {

using policy::Permission;
using policy::RuleRef;

void add(Disclosure& disclosure, const Permission& permission, const policy::ProvideLocation& location) {
  if (location.geodetic && location.geodetic->radius_m && *location.geodetic->radius_m < disclosure.radius_m) {
    disclosure.geodetic = &permission;
    disclosure.radius_m = *location.geodetic->radius_m;
    disclosure.rounded = location.geodetic->rounding.has_value();
  }
  if (location.civic > disclosure.civic_level) {
    disclosure.civic = &permission;
    disclosure.civic_level = location.civic;
  }
}

void add(Disclosure& disclosure, const Permission& permission, const policy::ProvideComponents& provide) {
  const auto kind = static_cast<std::size_t>(provide.kind);
  const bool selects = std::ranges::any_of(provide.values, [](const auto& values) { return !values.empty(); });
  if (provide.all) disclosure.all[kind] = true;
  if (provide.all || selects) disclosure.components[kind] = true;
  const auto& classes = provide.values[static_cast<std::size_t>(policy::SelectorKind::class_)];
  if (!classes.empty() && disclosure.by_class[kind] == nullptr) disclosure.by_class[kind] = &permission;
}

/// The identities that an <identity> speaks of, one for each matcher; nothing when there are too many.
constexpr std::size_t kMostProbes = 64;
std::optional<std::vector<uri::Uri>> probes_of(const IdentityTest& test) {
  std::vector<uri::Uri> probes;
  if (test.condition().matchers.size() > kMostProbes) return std::nullopt;
  for (const auto& matcher : test.condition().matchers) {
    if (const auto* one = std::get_if<policy::One>(&matcher)) probes.push_back(one->id);
    const auto* many = std::get_if<policy::Many>(&matcher);
    if (many != nullptr && many->domain && many->domain->ascii) probes.push_back(stranger(*many->domain->ascii));
    if (many != nullptr && !many->domain) probes.push_back(stranger(std::nullopt));
  }
  return probes;
}

bool covers_states(const policy::Rule& rule_a, const Reach& a, const policy::Rule& rule_b, const Reach& b) {
  if (a.times && a.times != b.times) return false;
  if (a.spheres && a.spheres != b.spheres) return false;
  return std::ranges::all_of(rule_a.conditions, [&](const policy::Condition& condition) {
    if (!std::holds_alternative<policy::LocationCondition>(condition)) return true;
    return std::ranges::find(rule_b.conditions, condition) != rule_b.conditions.end();
  });
}

bool has_excepts(const IdentityTest& test) {
  return std::ranges::any_of(test.condition().matchers, [](const auto& matcher) {
    const auto* many = std::get_if<policy::Many>(&matcher);
    return many != nullptr && !many->excepts.empty();
  });
}

bool has_many(const IdentityTest& test) {
  return std::ranges::any_of(test.condition().matchers,
                             [](const auto& matcher) { return std::holds_alternative<policy::Many>(matcher); });
}

/// Whether everybody whom `test` lets in matches `wide`, too. A stranger stands for a whole domain only where `wide`
/// makes no exceptions.
bool admits_all_of(const Reach& wide, const IdentityTest& test) {
  if (std::ranges::all_of(wide.identities, [&](const auto& each) { return each.condition() == test.condition(); }))
    return true;
  if (has_many(test) && std::ranges::any_of(wide.identities, has_excepts)) return false;
  const auto probes = probes_of(test);
  return probes && std::ranges::all_of(*probes, [&](const auto& probe) { return wide.admits(probe); });
}

/// The location rules that are tried for one rule.
constexpr std::size_t kMostTried = 16;

}  // namespace

double civic_length_m(geo::CivicLevel level) {
  if (level == geo::CivicLevel::none) return std::numeric_limits<double>::infinity();
  return property::kDefaultCivicResolution[static_cast<std::size_t>(level) - 1];
}

std::string length_words(double metres) {
  return metres >= 1000 ? fmt::format("{} km", metres / 1000) : fmt::format("{} m", metres);
}

std::string location_words(const Disclosure& disclosure) {
  if (disclosure.exact_geodetic()) return "exact location";
  if (disclosure.civic_level == geo::CivicLevel::full) return "the full civic address";
  if (disclosure.radius_m <= civic_length_m(disclosure.civic_level))
    return fmt::format("location within {}", length_words(disclosure.radius_m));
  return fmt::format("civic location at level `{}`", geo::to_string(disclosure.civic_level));
}

double Disclosure::resolution_m() const { return std::min(radius_m, civic_length_m(civic_level)); }

const Permission* Disclosure::finest_location() const {
  return radius_m <= civic_length_m(civic_level) && geodetic != nullptr ? geodetic : civic;
}

Disclosure disclosure_of(const policy::Rule& rule) {
  Disclosure disclosure;
  for (const auto& permission : rule.permissions) {
    std::visit(Overloaded{[&](policy::SubHandling value) {
                            if (disclosure.handling != nullptr && value <= disclosure.sub_handling) return;
                            disclosure.handling = &permission;
                            disclosure.sub_handling = value;
                          },
                          [&](const policy::ProvideComponents& provide) { add(disclosure, permission, provide); },
                          [&](const policy::ProvideAttribute& provide) {
                            auto& place = disclosure.attributes[static_cast<std::size_t>(provide.attribute)];
                            if (provide.value && place == nullptr) place = &permission;
                          },
                          [&](const policy::ProvideUnknownAttribute& provide) {
                            if (provide.value && provide.ns == xml::ns::kGeopriv && provide.name == "geopriv")
                              disclosure.geopriv = &permission;
                          },
                          [&](const policy::ProvideAllAttributes&) { disclosure.all_attributes = &permission; },
                          [&](const policy::ProvideLocation& location) { add(disclosure, permission, location); },
                          [&](const policy::SetRetransmissionAllowed& set) {
                            if (set.value) disclosure.retransmissions.push_back(&permission);
                          },
                          [](const auto&) {}},
               permission.what);
  }
  return disclosure;
}

const policy::Many* many_of_any_domain(const policy::Rule& rule) {
  for (const auto& condition : rule.conditions) {
    const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
    if (identity == nullptr) continue;
    for (const auto& matcher : identity->matchers)
      if (const auto* many = std::get_if<policy::Many>(&matcher); many != nullptr && !many->domain && !many->never)
        return many;
  }
  return nullptr;
}

bool excludes(const policy::Many& many) {
  return std::ranges::any_of(many.excepts, [](const auto& except) { return except.id || except.domain; });
}

std::optional<Crowd> crowd_in(const Reach& a, const Reach& b) {
  if (a.identities.empty() && b.identities.empty())
    return Crowd{Crowd::Size::everybody, "anybody, even a watcher who is not authenticated"};
  const auto both_admit = [&](const uri::Uri& identity) { return a.admits(identity) && b.admits(identity); };
  if (both_admit(stranger(std::nullopt))) return Crowd{Crowd::Size::authenticated, "every authenticated watcher"};
  for (const auto* reach : {&a, &b})
    for (const auto& test : reach->identities)
      for (const auto& matcher : test.condition().matchers)
        if (const auto* many = std::get_if<policy::Many>(&matcher);
            many != nullptr && many->domain && many->domain->ascii && both_admit(stranger(*many->domain->ascii)))
          return Crowd{Crowd::Size::domain, fmt::format("every watcher of `{}`", many->domain->text)};
  return std::nullopt;
}

Disclosures::Disclosures(const policy::Policy& policy, policy::Usage usage, const Overlap& overlaps)
    : overlaps_(overlaps), usage_(usage) {
  for (const auto& document : policy.documents) {
    auto& rules = rules_.emplace_back();
    rules.reserve(document.rules.size());
    for (const auto& rule : document.rules) {
      rules.push_back(disclosure_of(rule));
      any_location_ = any_location_ || rules.back().locates();
      any_civic_ = any_civic_ || rules.back().civic != nullptr;
    }
    companions_.emplace_back(document.rules.size());
  }
}

const Disclosures::Companions& Disclosures::companions(RuleRef rule) const {
  auto& cached = companions_[rule.document][rule.rule];
  if (!cached) {
    cached.emplace();
    for (const auto other : overlaps_.candidates(rule)) {
      if (other == rule) continue;
      cached->complete = cached->rules.size() < kMostCompanions;
      if (!cached->complete) break;
      cached->rules.push_back(other);
    }
  }
  return *cached;
}

std::optional<std::string> Disclosures::reached_words(RuleRef rule, const Components& carriers) const {
  if (auto crowd = reached(rule, carriers, crowd_in)) return std::move(crowd->words);
  if (auto somebody = reached(rule, carriers)) return std::move(somebody->words);
  return std::nullopt;
}

bool Disclosures::open(RuleRef a, RuleRef b, const Components& carriers) const {
  if (usage_ == policy::Usage::geolocation) return true;
  const auto& first = of(a);
  const auto& second = of(b);
  return std::max(first.sub_handling, second.sub_handling) == policy::SubHandling::allow &&
         (intersect(first.components, carriers) || intersect(second.components, carriers));
}

bool Disclosures::open_together(RuleRef a, RuleRef b, const Components& carriers) const {
  return open(a, b, carriers) && at_one_moment(overlaps_.reach(a), overlaps_.reach(b));
}

bool covers(const policy::Policy& policy, const Overlap& overlaps, RuleRef a, RuleRef b) {
  const auto& wide = overlaps.reach(a);
  const auto& narrow = overlaps.reach(b);
  if (!wide.possible) return false;
  if (!covers_states(policy::rule_at(policy, a), wide, policy::rule_at(policy, b), narrow)) return false;
  if (wide.identities.empty()) return true;
  return std::ranges::any_of(narrow.identities, [&](const IdentityTest& test) { return admits_all_of(wide, test); });
}

std::optional<CoarseWatcher> coarse_watcher(const Disclosures& disclosures, const Overlap& overlaps, RuleRef rule,
                                            const Components& carriers, double at_least_m) {
  const auto& companions = disclosures.companions(rule);
  if (!companions.complete) return std::nullopt;
  auto rules = companions.rules;
  rules.insert(rules.begin(), rule);
  const auto too_fine = [&](RuleRef other) {
    const auto& given = disclosures.of(other);
    return given.resolution_m() < at_least_m || given.all_attributes != nullptr || given.geopriv != nullptr;
  };
  std::size_t tried = 0;
  for (const auto by : rules) {
    if (!disclosures.of(by).locates() || too_fine(by) || !disclosures.open_together(rule, by, carriers)) continue;
    if (++tried > kMostTried) break;
    auto whom = somebody_in(overlaps.reach(rule), overlaps.reach(by));
    if (!whom) continue;
    const auto gets_finer = [&](RuleRef other) {
      return too_fine(other) && overlaps.reach(other).admits(whom->identity);
    };
    if (std::ranges::none_of(rules, gets_finer)) return CoarseWatcher{std::move(*whom), by};
  }
  return std::nullopt;
}

}  // namespace presproof::lint
