#include "suite/mutants.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/overloaded.h"
#include "diff/compare.h"
#include "report/words.h"

namespace presproof::suite {
namespace {

using policy::Policy;
using policy::Rule;
using policy::RuleRef;

constexpr std::string_view kOperators[] = {
    "drop-rule",     "drop-condition",  "drop-identity",  "drop-except",    "widen-domain",     "begin-earlier", "end-later",       "drop-period",    "drop-sphere",   "rename-sphere", "grow-circle",
    "shrink-circle", "drop-location",   "raise-handling", "lower-handling", "drop-permission",  "flip-boolean",  "select-all",      "finer-radius",   "coarser-radius", "finer-civic",  "coarser-civic",
    "longer-retention", "add-location", "add-mood"};

/// A day: what a boundary moves by.
constexpr std::int64_t kShift_s = 86400;

class Mutations {
 public:
  explicit Mutations(const Policy& policy) : policy_(policy) {
    for (std::uint32_t document = 0; document < policy.documents.size(); ++document)
      for (std::uint32_t rule = 0; rule < policy.documents[document].rules.size(); ++rule) add_rule({document, rule});
  }
  std::vector<Mutant> take() { return std::move(mutants_); }

 private:
  [[nodiscard]] const Rule& rule() const { return rule_at(policy_, ref_); }

  /// `edit` changes the rule.
  void add(std::string_view operation, const SourceSpan& span, std::string words, std::function<void(Rule&)> edit) {
    mutants_.push_back({operation, ref_, span, std::move(words), [ref = ref_, edit = std::move(edit)](Policy& policy) { edit(policy.documents[ref.document].rules[ref.rule]); }});
  }
  template <class Condition, class Edit>
  void add_to_condition(std::string_view operation, const SourceSpan& span, std::string words, std::size_t number, Edit edit) {
    add(operation, span, std::move(words), [number, edit](Rule& rule) { edit(std::get<Condition>(rule.conditions[number])); });
  }

  void add_rule(RuleRef ref) {
    ref_ = ref;
    mutants_.push_back({"drop-rule", ref, rule().span, "the rule goes", [ref](Policy& policy) {
                          auto& rules = policy.documents[ref.document].rules;
                          rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(ref.rule));
                        }});
    for (std::size_t i = 0; i < rule().conditions.size(); ++i) {
      std::visit([&](const auto& condition) {
        add("drop-condition", condition.span, "the condition goes", [i](Rule& rule) { rule.conditions.erase(rule.conditions.begin() + static_cast<std::ptrdiff_t>(i)); });
        add_condition(condition, i);
      }, rule().conditions[i]);
    }
    for (std::size_t i = 0; i < rule().permissions.size(); ++i) add_permission(rule().permissions[i], i);
    const auto insert = [&](std::string_view operation, std::string words, auto what) {
      add(operation, rule().span, std::move(words), [what](Rule& rule) { rule.permissions.push_back({what, rule.span}); });
    };
    insert("add-location", "it shows the exact location, too", policy::ProvideLocation{policy::GeodeticGrant{0.0, {}}, geo::CivicLevel::full});
    insert("add-mood", "it shows the mood, too", policy::ProvideAttribute{policy::AttributePermission::mood, true});
  }

  void add_condition(const policy::IdentityCondition& identity, std::size_t number) {
    using policy::IdentityCondition;
    for (std::size_t i = 0; i < identity.matchers.size(); ++i) {
      const SourceSpan span = std::visit(Overloaded{[](const auto& matcher) { return matcher.span; }}, identity.matchers[i]);
      if (identity.matchers.size() > 1) {
        add_to_condition<IdentityCondition>("drop-identity", span, "one of its watchers goes", number, [i](IdentityCondition& condition) { condition.matchers.erase(condition.matchers.begin() + static_cast<std::ptrdiff_t>(i)); });
      }
      const auto* many = std::get_if<policy::Many>(&identity.matchers[i]);
      if (many == nullptr) continue;
      for (std::size_t j = 0; j < many->excepts.size(); ++j) {
        add_to_condition<IdentityCondition>("drop-except", many->excepts[j].span, "an exception goes", number, [i, j](IdentityCondition& condition) {
          auto& excepts = std::get<policy::Many>(condition.matchers[i]).excepts;
          excepts.erase(excepts.begin() + static_cast<std::ptrdiff_t>(j));
        });
      }
      if (many->domain) add_to_condition<IdentityCondition>("widen-domain", span, fmt::format("the domain {} becomes any", many->domain->text), number, [i](IdentityCondition& condition) { std::get<policy::Many>(condition.matchers[i]).domain.reset(); });
    }
  }
  void add_condition(const policy::SphereCondition& sphere, std::size_t number) {
    using policy::SphereCondition;
    for (std::size_t i = 0; i < sphere.tokens.size(); ++i) {
      if (sphere.tokens.size() > 1) add_to_condition<SphereCondition>("drop-sphere", sphere.span, fmt::format("the sphere {} goes", sphere.tokens[i]), number, [i](SphereCondition& condition) { condition.tokens.erase(condition.tokens.begin() + static_cast<std::ptrdiff_t>(i)); });
      add_to_condition<SphereCondition>("rename-sphere", sphere.span, fmt::format("the sphere {} becomes another", sphere.tokens[i]), number, [i](SphereCondition& condition) { condition.tokens[i] += "-other"; });
    }
  }
  void add_condition(const policy::ValidityCondition& validity, std::size_t number) {
    using policy::ValidityCondition;
    for (std::size_t i = 0; i < validity.pairs.size(); ++i) {
      const auto& pair = validity.pairs[i];
      if (validity.pairs.size() > 1) add_to_condition<ValidityCondition>("drop-period", pair.span, "a period goes", number, [i](ValidityCondition& condition) { condition.pairs.erase(condition.pairs.begin() + static_cast<std::ptrdiff_t>(i)); });
      if (pair.from) add_to_condition<ValidityCondition>("begin-earlier", pair.span, "the period begins a day earlier", number, [i](ValidityCondition& condition) { condition.pairs[i].from->seconds -= kShift_s; });
      if (pair.until) add_to_condition<ValidityCondition>("end-later", pair.span, "the period ends a day later", number, [i](ValidityCondition& condition) { condition.pairs[i].until->seconds += kShift_s; });
    }
  }
  void add_condition(const policy::LocationCondition& location, std::size_t number) {
    using policy::LocationCondition;
    for (std::size_t i = 0; i < location.locations.size(); ++i) {
      const auto& alternative = location.locations[i];
      if (location.locations.size() > 1) add_to_condition<LocationCondition>("drop-location", alternative.span, "a place goes", number, [i](LocationCondition& condition) { condition.locations.erase(condition.locations.begin() + static_cast<std::ptrdiff_t>(i)); });
      const auto* circle = std::get_if<geo::Circle>(&alternative.where);
      if (circle == nullptr) continue;
      for (const double factor : {2.0, 0.5}) {
        add_to_condition<LocationCondition>(factor > 1 ? "grow-circle" : "shrink-circle", alternative.span, fmt::format("the circle of {} becomes one of {}", report::length_words(circle->radius_m), report::length_words(factor * circle->radius_m)), number,
                                            [i, factor](LocationCondition& condition) { std::get<geo::Circle>(condition.locations[i].where).radius_m *= factor; });
      }
    }
  }
  void add_condition(const policy::UnknownCondition&, std::size_t) {}

  template <class What, class Edit>
  void add_to_permission(std::string_view operation, std::string words, std::size_t number, Edit edit) {
    add(operation, rule().permissions[number].span, std::move(words), [number, edit](Rule& rule) { edit(std::get<What>(rule.permissions[number].what)); });
  }
  void add_permission(const policy::Permission& permission, std::size_t number) {
    add("drop-permission", permission.span, "the permission goes", [number](Rule& rule) { rule.permissions.erase(rule.permissions.begin() + static_cast<std::ptrdiff_t>(number)); });
    std::visit(Overloaded{[&](policy::SubHandling value) {
                            const int step = static_cast<int>(value);
                            for (const int next : {step + 1, step - 1}) {
                              if (next < 0 || next >= static_cast<int>(policy::kSubHandlingNames.size())) continue;
                              add_to_permission<policy::SubHandling>(next > step ? "raise-handling" : "lower-handling", fmt::format("{} becomes {}", policy::to_string(value), policy::kSubHandlingNames[static_cast<std::size_t>(next)]), number,
                                                                     [next](policy::SubHandling& handling) { handling = static_cast<policy::SubHandling>(next); });
                            }
                          },
                          [&](const policy::ProvideComponents& provided) {
                            if (!provided.all) add_to_permission<policy::ProvideComponents>("select-all", "all are shown instead of some", number, [](policy::ProvideComponents& components) { components.all = true; });
                          },
                          [&](const policy::ProvideAttribute& provided) {
                            add_to_permission<policy::ProvideAttribute>("flip-boolean", fmt::format("{} becomes {}", provided.value, !provided.value), number, [](policy::ProvideAttribute& attribute) { attribute.value = !attribute.value; });
                          },
                          [&](const policy::SetRetransmissionAllowed& set) {
                            add_to_permission<policy::SetRetransmissionAllowed>("flip-boolean", fmt::format("{} becomes {}", set.value, !set.value), number, [](policy::SetRetransmissionAllowed& own) { own.value = !own.value; });
                          },
                          [&](const policy::KeepRuleReference& keep) {
                            add_to_permission<policy::KeepRuleReference>("flip-boolean", fmt::format("{} becomes {}", keep.value, !keep.value), number, [](policy::KeepRuleReference& own) { own.value = !own.value; });
                          },
                          [&](const policy::SetRetentionExpiry& set) {
                            add_to_permission<policy::SetRetentionExpiry>("longer-retention", fmt::format("{} s become {} s", set.seconds, 2 * set.seconds + 1), number, [](policy::SetRetentionExpiry& own) { own.seconds = 2 * own.seconds + 1; });
                          },
                          [&](const policy::ProvideLocation& location) { add_location(location, number); }, [](const auto&) {}},
               permission.what);
  }
  void add_location(const policy::ProvideLocation& location, std::size_t number) {
    using policy::ProvideLocation;
    if (location.geodetic && location.geodetic->radius_m.value_or(0) > 0 && !location.geodetic->rounding) {
      const double radius_m = *location.geodetic->radius_m;
      for (const double factor : {0.5, 2.0}) {
        add_to_permission<ProvideLocation>(factor < 1 ? "finer-radius" : "coarser-radius", fmt::format("the radius {} becomes {}", report::length_words(radius_m), report::length_words(factor * radius_m)), number,
                                           [factor](ProvideLocation& own) { *own.geodetic->radius_m *= factor; });
      }
    }
    if (location.civic == geo::CivicLevel::none) return;
    const auto level = static_cast<int>(location.civic);
    for (const int next : {level + 1, level - 1}) {
      if (next >= static_cast<int>(geo::kCivicLevelNames.size())) continue;
      add_to_permission<ProvideLocation>(next > level ? "finer-civic" : "coarser-civic", fmt::format("{} becomes {}", geo::to_string(location.civic), geo::kCivicLevelNames[static_cast<std::size_t>(next)]), number,
                                         [next](ProvideLocation& own) { own.civic = static_cast<geo::CivicLevel>(next); });
    }
  }

  const Policy& policy_;
  RuleRef ref_;
  std::vector<Mutant> mutants_;
};

/// A case of the request that holds fast what the mutant gives differently; nothing when that cannot be written.
std::optional<Case> killer_of(std::string name, const policy::Request& request, const Subject& subject, const Subject& mutated) {
  Case one = case_of(std::move(name), request, subject);
  const auto given = report::permissions_json(semantics::Evaluator(*subject.policy, subject.how).decide(request).permissions);
  const auto changed = report::permissions_json(semantics::Evaluator(*mutated.policy, mutated.how).decide(request).permissions);
  for (const auto& [key, value] : given.items())
    if (value != changed.at(key)) one.permissions[key] = value;
  if (!some_case_fails({one}, mutated)) return std::nullopt;
  return one;
}

}  // namespace

std::vector<Mutant> mutants_of(const Policy& policy) { return Mutations(policy).take(); }

std::vector<std::string_view> operators() { return {std::begin(kOperators), std::end(kOperators)}; }

std::vector<Judged> judge(const std::vector<Case>& cases, const Subject& subject, double timeout_s) {
  std::vector<Judged> judged;
  for (auto& mutant : mutants_of(*subject.policy)) {
    Policy changed = *subject.policy;
    mutant.apply(changed);
    Subject other = subject;
    other.policy = &changed;
    Judged one{std::move(mutant), Fate::killed, std::nullopt};
    if (!some_case_fails(cases, other)) {
      diff::Options how;
      how.usage = subject.how.usage;
      how.profile = subject.how.profile;
      how.readings = subject.how.readings;
      how.timeout_s = timeout_s;
      const auto comparison = diff::first_difference(*subject.policy, changed, how);
      one.fate = comparison.verdict == diff::Verdict::equivalent ? Fate::equivalent : comparison.verdict == diff::Verdict::undecided ? Fate::undecided : Fate::survived;
      if (one.fate == Fate::survived) {
        const auto& change = comparison.changes.front();
        one.killer = killer_of(fmt::format("{}: {}", one.mutant.operation, one.mutant.words), change.witness, subject, other);
      }
    }
    judged.push_back(std::move(one));
  }
  return judged;
}

double score(const std::vector<Judged>& judged) {
  const auto count = [&](Fate fate) { return static_cast<double>(std::count_if(judged.begin(), judged.end(), [&](const Judged& each) { return each.fate == fate; })); };
  const double counted = count(Fate::killed) + count(Fate::survived) + count(Fate::undecided);
  return counted == 0 ? 1 : count(Fate::killed) / counted;
}

}  // namespace presproof::suite
