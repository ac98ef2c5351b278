#include "lint/equal_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/overloaded.h"
#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

/// Texts that are equal when the values are: each part has its length before it, and lists without an order are sorted.
class Key {
 public:
  Key& add(char kind) {
    text_ += kind;
    return *this;
  }
  Key& add(std::string_view part) {
    fmt::format_to(std::back_inserter(text_), "{}:{}", part.size(), part);
    return *this;
  }
  Key& add(double number) {
    fmt::format_to(std::back_inserter(text_), "{};", number);
    return *this;
  }
  Key& add(std::int64_t number) {
    fmt::format_to(std::back_inserter(text_), "{};", number);
    return *this;
  }
  Key& add(const std::optional<policy::Domain>& domain) { return domain ? add('d').add(domain->text) : add('-'); }
  Key& add_sorted(std::vector<std::string> parts) {
    std::ranges::sort(parts);
    add(static_cast<std::int64_t>(parts.size()));
    for (const auto& part : parts) add(std::string_view(part));
    return *this;
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

template <class List, class Make>
std::vector<std::string> each_of(const List& list, Make make) {
  std::vector<std::string> parts;
  parts.reserve(list.size());
  for (const auto& item : list) parts.push_back(make(item));
  return parts;
}

std::string key_of(const policy::Except& except) {
  Key key;
  if (except.id) key.add('i').add(except.id->text);
  return key.add(except.domain).take();
}

std::string key_of(const policy::IdentityMatcher& matcher) {
  return std::visit(Overloaded{[](const policy::One& one) { return Key().add('o').add(one.id.text).take(); },
                               [](const policy::Many& many) {
                                 const auto excepts =
                                     each_of(many.excepts, [](const auto& except) { return key_of(except); });
                                 return Key().add(many.never ? 'n' : 'm').add(many.domain).add_sorted(excepts).take();
                               },
                               [](const policy::UnknownIdentity& unknown) {
                                 return Key().add('u').add(unknown.ns).add(unknown.local).take();
                               }},
                    matcher);
}

std::string key_of(const std::optional<Instant>& time) {
  if (!time) return "-";
  return Key().add(time->seconds).add(static_cast<std::int64_t>(time->nanoseconds)).take();
}

std::string key_of(const policy::LocationAlternative& location) {
  Key key;
  key.add(std::string_view(location.label));
  std::visit(Overloaded{[&](const geo::Circle& circle) {
                          key.add('c').add(circle.center.latitude).add(circle.center.longitude).add(circle.radius_m);
                        },
                        [&](const policy::CivicLocation& civic) {
                          for (const auto& [field, text] : civic.fields) key.add('f').add(field).add(text);
                        },
                        [&](const policy::UnknownLocation& unknown) { key.add('u').add(unknown.profile); }},
             location.where);
  return key.take();
}

std::string key_of(const policy::Condition& condition) {
  return std::visit(
      Overloaded{[](const policy::IdentityCondition& identity) {
                   const auto parts = each_of(identity.matchers, [](const auto& matcher) { return key_of(matcher); });
                   return Key().add('i').add_sorted(parts).take();
                 },
                 [](const policy::SphereCondition& sphere) { return Key().add('s').add_sorted(sphere.tokens).take(); },
                 [](const policy::ValidityCondition& validity) {
                   const auto parts = each_of(
                       validity.pairs, [](const auto& pair) { return key_of(pair.from) + " " + key_of(pair.until); });
                   return Key().add('v').add_sorted(parts).take();
                 },
                 [](const policy::LocationCondition& location) {
                   const auto parts = each_of(location.locations, [](const auto& where) { return key_of(where); });
                   return Key().add('l').add_sorted(parts).take();
                 },
                 [](const policy::UnknownCondition& unknown) {
                   return Key().add('u').add(unknown.ns).add(unknown.local).take();
                 }},
      condition);
}

std::string key_of(const policy::ProvideLocation& location) {
  Key key;
  key.add('L').add(static_cast<std::int64_t>(location.civic)).add(location.geodetic ? 'g' : '-');
  if (!location.geodetic) return key.take();
  key.add(location.geodetic->radius_m.value_or(-1));
  if (const auto& rounding = location.geodetic->rounding)
    key.add('r').add(rounding->latitude_deg.value_or(-1)).add(rounding->longitude_deg.value_or(-1));
  return key.take();
}

std::string key_of(const policy::Permission& permission) {
  const auto number = [](char kind, auto value) {
    return Key().add(kind).add(static_cast<std::int64_t>(value)).take();
  };
  return std::visit(Overloaded{[&](policy::SubHandling value) { return number('h', value); },
                               [](const policy::ProvideComponents& provide) {
                                 Key key;
                                 key.add('p').add(static_cast<std::int64_t>(provide.kind)).add(provide.all ? 'a' : '-');
                                 for (const auto& values : provide.values) key.add_sorted(values);
                                 return key.take();
                               },
                               [&](const policy::ProvideAttribute& provide) {
                                 return number(provide.value ? 'A' : 'a', provide.attribute);
                               },
                               [&](policy::UserInput value) { return number('i', value); },
                               [](const policy::ProvideUnknownAttribute& provide) {
                                 return Key().add(provide.value ? 'U' : 'u').add(provide.ns).add(provide.name).take();
                               },
                               [](const policy::ProvideAllAttributes&) { return std::string("*"); },
                               [](const policy::ProvideLocation& location) { return key_of(location); },
                               [&](const policy::SetRetransmissionAllowed& set) { return number('t', set.value); },
                               [&](const policy::SetRetentionExpiry& set) { return number('e', set.seconds); },
                               [](const policy::SetNoteWell& set) {
                                 return Key().add(set.lang ? 'N' : 'n').add(set.lang.value_or("")).add(set.text).take();
                               },
                               [&](const policy::KeepRuleReference& keep) { return number('k', keep.value); },
                               [](const policy::UnknownPermission& unknown) {
                                 return Key().add('?').add(unknown.ns).add(unknown.local).take();
                               }},
                    permission.what);
}

bool is_known(const policy::Rule& rule) {
  const auto unknown_condition = [](const policy::Condition& condition) {
    return std::holds_alternative<policy::UnknownCondition>(condition);
  };
  const auto unknown_permission = [](const policy::Permission& permission) {
    return std::holds_alternative<policy::UnknownPermission>(permission.what);
  };
  return std::ranges::none_of(rule.conditions, unknown_condition) &&
         std::ranges::none_of(rule.permissions, unknown_permission);
}

/// Equal for equal rules, and seldom for others; cheap.
std::size_t rough_hash(const policy::Rule& rule) {
  const std::hash<std::string_view> hash;
  std::size_t sum = rule.conditions.size() * 31 + rule.permissions.size();
  each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
    for (const auto& matcher : identity.matchers)
      if (const auto* one = std::get_if<policy::One>(&matcher)) sum += hash(one->id.text);
  });
  each_condition<policy::ValidityCondition>(rule, [&](const policy::ValidityCondition& validity) {
    for (const auto& pair : validity.pairs)
      if (pair.from) sum += static_cast<std::size_t>(pair.from->seconds) * 1000003;
  });
  return sum;
}

std::string key_of(const policy::Rule& rule) {
  const auto conditions = each_of(rule.conditions, [](const auto& condition) { return key_of(condition); });
  const auto permissions = each_of(rule.permissions, [](const auto& permission) { return key_of(permission); });
  return Key().add_sorted(conditions).add_sorted(permissions).take();
}

}  // namespace

EqualRules::EqualRules(const policy::Policy& policy) {
  std::vector<std::pair<std::size_t, policy::RuleRef>> rules;
  each_rule(policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    if (is_known(rule)) rules.emplace_back(rough_hash(rule), ref);
  });
  std::ranges::sort(rules);
  for (auto begin = rules.begin(); begin != rules.end();) {
    const auto end = std::find_if(begin, rules.end(), [&](const auto& each) { return each.first != begin->first; });
    std::unordered_map<std::string, policy::RuleRef> first;
    for (; begin != end; ++begin) {
      if (first.empty() && std::next(begin) == end) continue;
      const auto ref = begin->second;
      const auto& rule = policy::rule_at(policy, ref);
      const auto [known, is_new] = first.emplace(key_of(rule), ref);
      if (is_new) continue;
      const auto& earlier = policy::rule_at(policy, known->second);
      const bool in_order = rule.conditions == earlier.conditions && rule.permissions == earlier.permissions;
      twins_.emplace(ref, Twin{known->second, in_order});
    }
  }
}

}  // namespace presproof::lint
