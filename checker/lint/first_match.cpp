#include "lint/first_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/lexical.h"
#include "base/overloaded.h"
#include "lint/checks/checks.h"
#include "lint/overlap.h"
#include "policy/reading.h"
#include "semantics/combine.h"

namespace presproof::lint {
namespace {

using policy::Rule;
using RuleNumbers = std::vector<std::uint32_t>;

/// Everybody whom the rules cannot tell apart by one identity.
struct Class {
  enum class Kind : std::uint8_t { person, domain, others };
  Kind kind = Kind::others;
  uri::Uri somebody;
  std::string words;
  std::string text;      ///< the id or the domain, as written
  RuleNumbers rules;     ///< that admit them, in order
};

/// The classes that rules tell apart: each URI that they name, a stranger of each domain, and a stranger of none of these.
class Classes {
 public:
  explicit Classes(const policy::RuleSet& rules) {
    for (const Rule& rule : rules.rules) reaches_.push_back(reach_of(rule));
    for (std::uint32_t i = 0; i < rules.rules.size(); ++i) index(rules.rules[i], i);
    for (auto& [core, uri] : persons_) add({Class::Kind::person, *uri, policy::quoted(uri->text), uri->text, {}});
    for (auto& [ascii, text] : domains_) add({Class::Kind::domain, stranger(ascii), fmt::format("anybody else of {}", policy::quoted(ascii)), text, {}});
    add({Class::Kind::others, stranger(std::nullopt), "a stranger", {}, {}});
  }

  [[nodiscard]] const std::vector<Class>& all() const { return classes_; }
  [[nodiscard]] const Reach& reach(std::uint32_t rule) const { return reaches_[rule]; }

 private:
  void index(const Rule& rule, std::uint32_t number) {
    bool named_alone = false;
    each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
      named_alone = true;
      for (const auto& matcher : identity.matchers)
        std::visit(Overloaded{[&](const policy::One& one) {
                                name(one.id);
                                by_core_[one.id.core].insert(number);
                              },
                              [&](const policy::Many& many) {
                                if (many.domain && many.domain->ascii) {
                                  domains_.emplace(*many.domain->ascii, many.domain->text);
                                  by_domain_[*many.domain->ascii].insert(number);
                                } else {
                                  for_all_.insert(number);
                                }
                                for (const auto& except : many.excepts) {
                                  if (except.id) name(*except.id);
                                  if (except.domain && except.domain->ascii) domains_.emplace(*except.domain->ascii, except.domain->text);
                                }
                              },
                              [](const policy::UnknownIdentity&) {}},
                   matcher);
    });
    if (!named_alone) for_all_.insert(number);
  }
  void name(const uri::Uri& uri) { persons_.emplace(uri.core, &uri); }

  void add(Class each) {
    std::set<std::uint32_t> candidates = for_all_;
    if (const auto named = by_core_.find(each.somebody.core); named != by_core_.end()) candidates.insert(named->second.begin(), named->second.end());
    if (each.somebody.domain)
      if (const auto found = by_domain_.find(*each.somebody.domain); found != by_domain_.end()) candidates.insert(found->second.begin(), found->second.end());
    for (const auto rule : candidates)
      if (reaches_[rule].possible && reaches_[rule].admits(each.somebody)) each.rules.push_back(rule);
    classes_.push_back(std::move(each));
  }

  std::vector<Reach> reaches_;
  std::map<std::string, const uri::Uri*> persons_;
  std::map<std::string, std::string> domains_;  ///< ASCII to as written
  std::unordered_map<std::string, std::set<std::uint32_t>> by_core_;
  std::unordered_map<std::string, std::set<std::uint32_t>> by_domain_;
  std::set<std::uint32_t> for_all_;
  std::vector<Class> classes_;
};

/// Every constellation of periods and spheres that rules can tell apart.
class Moments {
 public:
  Moments(const Classes& classes, const RuleNumbers& rules) : classes_(classes), rules_(rules) {
    std::set<Instant> starts{Instant{std::numeric_limits<std::int64_t>::min(), 0}};  // before all of them
    std::set<std::string> spheres;
    for (const auto rule : rules) {
      const Reach& reach = classes.reach(rule);
      if (reach.times)
        for (const auto& [from, until] : *reach.times) starts.insert({from, until});
      if (reach.spheres) spheres.insert(reach.spheres->begin(), reach.spheres->end());
    }
    starts_.assign(starts.begin(), starts.end());
    spheres_.emplace_back();
    spheres_.insert(spheres_.end(), spheres.begin(), spheres.end());
  }
  /// Calls `visit(rules that hold)` for each; not when there are very many.
  template <class Visit>
  void each(Visit visit) const {
    constexpr std::size_t kMost = 10'000;
    if (starts_.size() * spheres_.size() > kMost) return;
    for (const Instant at : starts_)
      for (const auto& sphere : spheres_) {
        RuleNumbers holding;
        for (const auto rule : rules_)
          if (holds(classes_.reach(rule), at, sphere)) holding.push_back(rule);
        visit(holding);
      }
  }

 private:
  static bool holds(const Reach& reach, Instant at, const std::optional<std::string>& sphere) {
    const bool in_time = !reach.times || std::ranges::any_of(*reach.times, [&](const Reach::Interval& each) { return each.first <= at && at < each.second; });
    return in_time && (!reach.spheres || (sphere && std::ranges::binary_search(*reach.spheres, *sphere)));
  }
  const Classes& classes_;
  const RuleNumbers& rules_;
  std::vector<Instant> starts_;
  std::vector<std::optional<std::string>> spheres_;
};

}  // namespace

semantics::Permissions simplified(semantics::Permissions permissions) {
  for (auto& components : permissions.components)
    if (components.all) components.values = {};
  if (!permissions.all_attributes) return permissions;
  permissions.attributes.fill(true);
  permissions.user_input = policy::UserInput::full;
  permissions.unknown_attributes.clear();
  return permissions;
}

std::vector<NotLookedAt> not_looked_at(const policy::RuleSet& rules) {
  const Classes classes(rules);
  const semantics::Options how;
  std::map<std::uint32_t, NotLookedAt> found;
  std::map<std::pair<std::uint32_t, std::uint32_t>, bool> adds;
  const auto adds_something = [&](std::uint32_t first, std::uint32_t later) {
    const auto [place, is_new] = adds.try_emplace({first, later}, false);
    if (is_new) {
      const std::array both = {&rules.rules[first], &rules.rules[later]};
      place->second = simplified(semantics::combine(std::span(both).first(1), how)) != simplified(semantics::combine(both, how));
    }
    return place->second;
  };
  std::set<RuleNumbers> seen;
  for (const Class& each : classes.all()) {
    if (each.rules.size() < 2 || !seen.insert(each.rules).second) continue;
    Moments(classes, each.rules).each([&](const RuleNumbers& holding) {
      for (std::size_t i = 1; i < holding.size(); ++i)
        if (!found.contains(holding[i]) && adds_something(holding.front(), holding[i])) found.emplace(holding[i], NotLookedAt{holding[i], holding.front(), each.words});
    });
  }
  std::vector<NotLookedAt> all;
  for (auto& [rule, each] : found) all.push_back(std::move(each));
  return all;
}

std::vector<NotExcluded> not_excluded(const policy::RuleSet& rules) {
  std::vector<NotExcluded> found;
  std::set<std::string, std::less<>> named;  // by a rule that always holds for them
  for (std::uint32_t number = 0; number < rules.rules.size(); ++number) {
    const Rule& rule = rules.rules[number];
    each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
      for (const auto& matcher : identity.matchers)
        if (const auto* many = std::get_if<policy::Many>(&matcher))
          for (const auto& except : many->excepts)
            if (except.id && !named.contains(except.id->core)) found.push_back({number, &except});
    });
    if (rule.conditions.size() != 1) continue;
    each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
      for (const auto& matcher : identity.matchers)
        if (const auto* one = std::get_if<policy::One>(&matcher)) named.insert(one->id.core);
    });
  }
  return found;
}

namespace {

/// When rules hold, besides whom they match.
struct When {
  std::optional<std::vector<Reach::Interval>> times;
  std::optional<std::vector<std::string>> spheres;
  friend auto operator<=>(const When&, const When&) = default;
  [[nodiscard]] bool always() const { return !times && !spheres; }
};

When both(const When& a, const When& b) {
  When result = a;
  if (b.times && !a.times) result.times = b.times;
  if (b.times && a.times) {
    std::vector<Reach::Interval> common;
    for (const auto& x : *a.times)
      for (const auto& y : *b.times)
        if (std::max(x.first, y.first) < std::min(x.second, y.second)) common.emplace_back(std::max(x.first, y.first), std::min(x.second, y.second));
    result.times = std::move(common);
  }
  if (b.spheres && !a.spheres) result.spheres = b.spheres;
  if (b.spheres && a.spheres) {
    result.spheres->clear();
    std::ranges::set_intersection(*a.spheres, *b.spheres, std::back_inserter(*result.spheres));
  }
  return result;
}
bool never(const When& when) { return (when.times && when.times->empty()) || (when.spheres && when.spheres->empty()); }

/// A rule to be written: permissions of these rules, at these times.
struct Planned {
  When when;
  RuleNumbers rules;  ///< none: block
  friend auto operator<=>(const Planned&, const Planned&) = default;
};

/// A permission element as written, and what it says.
struct WrittenPermission {
  const policy::Permission* value = nullptr;
  std::string_view text;
};

/// The rules of one document, and their text.
class Writer {
 public:
  Writer(const Context& context, std::size_t document)
      : rules_(context.policy.documents[document]), sources_(context.sources), text_(context.sources.text(context.subject.documents[document].file())), classes_(rules_) {}

  bool write(text::TextChanges& changes) {
    if (rules_.rules.empty() || !can_be_written()) return false;
    const auto begin = element(0).begin;
    const auto end = element(static_cast<std::uint32_t>(rules_.rules.size() - 1)).end;
    if (text_.substr(begin, end - begin).find("xmlns") != std::string_view::npos) return false;
    indentation_ = changes.indentation(begin);
    line_break_ = changes.line_break();
    prefix_ = element(0).prefix();
    read_comments(begin);
    if (!plan()) return false;
    if (planned_.size() > 4 * rules_.rules.size() + 16) return false;
    std::string out;
    for (const auto& [matchers, each] : planned_) {
      const auto written = rule(matchers, each);
      if (!written) return false;
      if (!out.empty()) out += line_break_ + indentation_;
      out += *written;
    }
    changes.replace(begin, end, out);
    return true;
  }

 private:
  [[nodiscard]] text::ElementText element(std::uint32_t rule) const { return text::element_at(text_, sources_.offset_of(rules_.rules[rule].span)); }

  [[nodiscard]] bool can_be_written() const {
    return std::ranges::all_of(rules_.rules, [](const Rule& rule) {
      std::size_t identities = 0;
      for (const auto& condition : rule.conditions) {
        const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
        if (identity != nullptr) {
          ++identities;
          for (const auto& matcher : identity->matchers) {
            if (std::holds_alternative<policy::UnknownIdentity>(matcher)) return false;
            if (const auto* one = std::get_if<policy::One>(&matcher); one != nullptr && !one->id.others.empty()) return false;
            const auto* many = std::get_if<policy::Many>(&matcher);
            if (many != nullptr && (many->never || (many->domain && !many->domain->ascii))) return false;
          }
          if (identity->matchers.empty()) return false;
        } else if (!std::holds_alternative<policy::SphereCondition>(condition) && !std::holds_alternative<policy::ValidityCondition>(condition)) {
          return false;
        }
      }
      return identities == 1 && !rule.id.empty();
    });
  }

  /// Each comment belongs to the rule that it stands in or before.
  void read_comments(std::size_t begin) {
    constexpr std::string_view kOpens = "<!--";
    constexpr std::string_view kCloses = "-->";
    comments_.resize(rules_.rules.size());
    std::size_t from = begin;
    for (std::uint32_t rule = 0; rule < rules_.rules.size(); ++rule) {
      const std::size_t end = element(rule).end;
      for (std::size_t at = text_.find(kOpens, from); at < end; at = text_.find(kOpens, at)) {
        const std::size_t after = text_.find(kCloses, at) + kCloses.size();
        comments_[rule].emplace_back(text_.substr(at, after - at));
        at = after;
      }
      from = end;
    }
  }

  [[nodiscard]] When when_of(std::uint32_t rule) const { return {classes_.reach(rule).times, classes_.reach(rule).spheres}; }

  /// What is to be written for a class, so that the first that holds gives what all that hold give. Nothing: too much.
  [[nodiscard]] std::optional<std::vector<Planned>> rules_for(const Class& each) const {
    std::vector<When> different;
    for (const auto rule : each.rules) {
      const When when = when_of(rule);
      if (!when.always() && std::ranges::find(different, when) == different.end()) different.push_back(when);
    }
    constexpr std::size_t kMostDifferent = 4;
    if (different.size() > kMostDifferent) return std::nullopt;
    std::vector<std::uint32_t> subsets;
    for (std::uint32_t subset = 0; subset < (1U << different.size()); ++subset) subsets.push_back(subset);
    std::ranges::stable_sort(subsets, std::greater{}, [](std::uint32_t subset) { return std::popcount(subset); });
    std::vector<Planned> planned;
    for (const auto subset : subsets) {
      Planned next;
      for (std::size_t i = 0; i < different.size(); ++i)
        if ((subset >> i & 1U) != 0) next.when = both(next.when, different[i]);
      if (never(next.when) || std::ranges::any_of(planned, [&](const Planned& before) { return before.when == next.when; })) continue;
      for (const auto rule : each.rules) {
        const When when = when_of(rule);
        const auto place = std::ranges::find(different, when) - different.begin();
        if (when.always() || (subset >> place & 1U) != 0) next.rules.push_back(rule);
      }
      if (!next.rules.empty()) planned.push_back(std::move(next));
    }
    return planned;
  }

  static bool within(const RuleNumbers& some, const RuleNumbers& all) { return std::ranges::includes(all, some); }

  /// Persons, then domains, then everybody else.
  bool plan() {
    std::map<std::string, const Class*> domains;
    const Class* others = nullptr;
    for (const Class& each : classes_.all()) {
      if (each.kind == Class::Kind::domain) domains.emplace(*each.somebody.domain, &each);
      if (each.kind == Class::Kind::others) others = &each;
    }
    const auto domain_of = [&](const Class& person) -> const Class& {
      const auto found = person.somebody.domain ? domains.find(*person.somebody.domain) : domains.end();
      return found == domains.end() ? *others : *found->second;
    };
    std::vector<std::pair<std::vector<Planned>, std::vector<const Class*>>> groups;  // persons for whom the same is written
    for (const Class* each : in_order_of_rules()) {
      const Class& around = domain_of(*each);
      if (each->rules == around.rules) continue;
      auto planned = rules_for(*each);
      if (!planned) return false;
      const bool caught = !planned->empty() && planned->back().when.always();
      const bool excluded = !within(around.rules, each->rules) || !within(others->rules, each->rules);
      if (!caught && excluded) planned->push_back({{}, {}});
      auto group = std::ranges::find(groups, *planned, [](const auto& known) { return known.first; });
      if (group == groups.end()) group = groups.insert(groups.end(), {std::move(*planned), {}});
      group->second.push_back(each);
    }
    for (const auto& [planned, persons] : groups) {
      std::vector<std::string> ones;
      for (const Class* person : persons) ones.push_back(fmt::format("<{}one id=\"{}\"/>", prefix_, text::escaped(person->text)));
      for (const Planned& each : planned) planned_.emplace_back(ones, each);
    }
    const auto excepted = [&](const Class& crowd) {
      std::vector<std::string> excepts;
      for (const Class& each : classes_.all()) {
        const bool person = each.kind == Class::Kind::person;
        const bool inside = person ? &domain_of(each) == &crowd || (crowd.kind == Class::Kind::others && within(crowd.rules, domain_of(each).rules))
                                   : each.kind == Class::Kind::domain && crowd.kind == Class::Kind::others;
        if (inside && !within(crowd.rules, each.rules)) excepts.push_back(fmt::format("<{}except {}=\"{}\"/>", prefix_, person ? "id" : "domain", text::escaped(each.text)));
      }
      return excepts;
    };
    const auto write_crowd = [&](const Class& crowd) {
      auto planned = rules_for(crowd);
      if (!planned) return false;
      const auto excepts = excepted(crowd);
      const std::string opens = crowd.kind == Class::Kind::domain ? fmt::format("{}many domain=\"{}\"", prefix_, text::escaped(crowd.text)) : prefix_ + "many";
      std::vector<std::string> many{excepts.empty() ? fmt::format("<{}/>", opens) : fmt::format("<{}>", opens)};
      for (const auto& except : excepts) many.push_back("  " + except);
      if (!excepts.empty()) many.push_back(fmt::format("</{}many>", prefix_));
      for (const Planned& each : *planned) planned_.emplace_back(many, each);
      return true;
    };
    for (const Class& each : classes_.all())
      if (each.kind == Class::Kind::domain && each.rules != others->rules && !write_crowd(each)) return false;
    return write_crowd(*others);
  }

  /// The persons, by the first rule that admits them; those whom none admits come first.
  [[nodiscard]] std::vector<const Class*> in_order_of_rules() const {
    std::vector<const Class*> persons;
    for (const Class& each : classes_.all())
      if (each.kind == Class::Kind::person) persons.push_back(&each);
    std::ranges::stable_sort(persons, {}, [](const Class* person) { return person->rules.empty() ? 0 : person->rules.front() + 1; });
    return persons;
  }

  std::string id_for(const RuleNumbers& rules) {
    constexpr std::size_t kNamed = 3;
    std::string id;
    for (std::size_t i = 0; i < std::min(rules.size(), kNamed); ++i) id += (i == 0 ? "" : "-and-") + rules_.rules[rules[i]].id;
    if (rules.size() > kNamed) id += fmt::format("-and-{}-more", rules.size() - kNamed);
    if (rules.empty()) id = "excluded";
    std::string unique = id;
    for (int number = 2; !ids_.insert(unique).second; ++number) unique = fmt::format("{}-{}", id, number);
    return unique;
  }

  /// An element with its children on lines of their own.
  [[nodiscard]] std::string part(std::string_view name, const std::vector<std::string>& children) const {
    if (children.empty()) return {};
    std::string out = fmt::format("{}{}  <{}{}>", line_break_, indentation_, prefix_, name);
    for (const auto& child : children) out += fmt::format("{}{}    {}", line_break_, indentation_, child);
    return out + fmt::format("{}{}  </{}{}>", line_break_, indentation_, prefix_, name);
  }

  [[nodiscard]] std::vector<std::string> conditions(const std::vector<std::string>& matchers, const When& when) const {
    std::vector<std::string> lines{fmt::format("<{}identity>", prefix_)};
    for (const auto& matcher : matchers) lines.push_back("  " + matcher);
    lines.push_back(fmt::format("</{}identity>", prefix_));
    if (when.spheres) lines.push_back(fmt::format("<{}sphere value=\"{}\"/>", prefix_, text::escaped(fmt::format("{}", fmt::join(*when.spheres, " ")))));
    if (when.times) {
      lines.push_back(fmt::format("<{}validity>", prefix_));
      for (const auto& [from, until] : *when.times) {
        lines.push_back(fmt::format("  <{0}from>{1}</{0}from>", prefix_, to_rfc3339(from)));
        lines.push_back(fmt::format("  <{0}until>{1}</{0}until>", prefix_, to_rfc3339(until)));
      }
      lines.push_back(fmt::format("</{}validity>", prefix_));
    }
    return lines;
  }

  std::optional<std::string> rule(const std::vector<std::string>& matchers, const Planned& planned) {
    if (planned.when.times)
      for (const auto& [from, until] : *planned.when.times)
        if (until == kEndOfInstants) return std::nullopt;  // no date has that year
    std::string out = fmt::format("<{}rule id=\"{}\">", prefix_, text::escaped(id_for(planned.rules)));
    for (const auto rule : planned.rules)
      for (const auto& comment : std::exchange(comments_[rule], {})) out += fmt::format("{}{}  {}", line_break_, indentation_, comment);
    out += part("conditions", conditions(matchers, planned.when));
    if (planned.rules.empty()) {
      const auto handling = first_handling();
      if (!handling) return std::nullopt;
      out += part("actions", {*handling});
    } else {
      const auto permissions = joined(planned.rules);
      if (!permissions) return std::nullopt;
      out += part("actions", permissions->first) + part("transformations", permissions->second);
    }
    return out + fmt::format("{}{}</{}rule>", line_break_, indentation_, prefix_);
  }

  /// A `block` with the tag that some rule's sub-handling has.
  [[nodiscard]] std::optional<std::string> first_handling() const {
    for (const Rule& rule : rules_.rules)
      for (const auto& permission : rule.permissions)
        if (std::holds_alternative<policy::SubHandling>(permission.what)) {
          const auto element = text::element_at(text_, sources_.offset_of(permission.span));
          return fmt::format("<{0}>block</{0}>", element.name);
        }
    return std::nullopt;
  }

  /// Actions and transformations that give what the rules give together.
  [[nodiscard]] std::optional<std::pair<std::vector<std::string>, std::vector<std::string>>> joined(const RuleNumbers& rules) const {
    std::vector<std::pair<std::string, std::vector<WrittenPermission>>> by_kind;
    for (const auto number : rules) {
      const Rule& rule = rules_.rules[number];
      if (permission_elements(number) != rule.permissions.size()) return std::nullopt;
      for (const auto& permission : rule.permissions) {
        const auto element = text::element_at(text_, sources_.offset_of(permission.span));
        const std::string key = fmt::format("{} {}", element.local(), discriminator(permission));
        auto kind = std::ranges::find(by_kind, key, [](const auto& known) { return known.first; });
        if (kind == by_kind.end()) kind = by_kind.insert(by_kind.end(), {key, {}});
        kind->second.push_back({&permission, text_.substr(element.begin, element.end - element.begin)});
      }
    }
    std::pair<std::vector<std::string>, std::vector<std::string>> parts;
    for (const auto& [key, written] : by_kind) {
      auto one = joined_element(written);
      if (!one) return std::nullopt;
      (std::holds_alternative<policy::SubHandling>(written.front().value->what) ? parts.first : parts.second).push_back(std::move(*one));
    }
    return parts;
  }

  [[nodiscard]] std::size_t permission_elements(std::uint32_t rule) const {
    std::size_t count = 0;
    for (const auto& part : text::children_of(text_, element(rule)))
      if (part.local() == "actions" || part.local() == "transformations") count += text::children_of(text_, part).size();
    return count;
  }

  static std::string discriminator(const policy::Permission& permission) {
    const auto* unknown = std::get_if<policy::ProvideUnknownAttribute>(&permission.what);
    return unknown == nullptr ? std::string() : fmt::format("{} {}", unknown->ns, unknown->name);
  }

  /// Of one kind; nothing when two of them cannot be one element.
  [[nodiscard]] std::optional<std::string> joined_element(const std::vector<WrittenPermission>& written) const {
    const auto& first = written.front();
    if (std::ranges::all_of(written, [&](const auto& each) { return each.value->what == first.value->what; })) return uncommented(first.text);
    const auto greatest = [&](auto value) { return uncommented(std::ranges::max_element(written, {}, [&](const auto& each) { return value(each.value->what); })->text); };
    if (std::holds_alternative<policy::SubHandling>(first.value->what)) return greatest([](const auto& what) { return std::get<policy::SubHandling>(what); });
    if (std::holds_alternative<policy::UserInput>(first.value->what)) return greatest([](const auto& what) { return std::get<policy::UserInput>(what); });
    if (std::holds_alternative<policy::ProvideAttribute>(first.value->what)) return greatest([](const auto& what) { return std::get<policy::ProvideAttribute>(what).value; });
    if (std::holds_alternative<policy::ProvideUnknownAttribute>(first.value->what))
      return greatest([](const auto& what) { return std::get<policy::ProvideUnknownAttribute>(what).value; });
    if (std::holds_alternative<policy::ProvideComponents>(first.value->what)) return all_selected(written);
    return std::nullopt;
  }

  [[nodiscard]] std::string all_selected(const std::vector<WrittenPermission>& written) const {
    for (const auto& each : written)
      if (std::get<policy::ProvideComponents>(each.value->what).all) return uncommented(each.text);
    std::vector<std::string> selectors;
    for (const auto& each : written)
      for (const auto& child : text::children_of(each.text, text::root_of(each.text))) {
        std::string selector(each.text.substr(child.begin, child.end - child.begin));
        if (std::ranges::find(selectors, selector) == selectors.end()) selectors.push_back(std::move(selector));
      }
    const auto name = text::root_of(written.front().text).name;
    return fmt::format("<{}>{}</{}>", name, fmt::join(selectors, ""), name);
  }

  /// Comments stand at the beginning of the rule.
  static std::string uncommented(std::string_view text) {
    std::string result(text);
    for (std::size_t at = result.find("<!--"); at != std::string::npos; at = result.find("<!--", at)) result.erase(at, result.find("-->", at) + 3 - at);
    return result;
  }

  const policy::RuleSet& rules_;
  const diag::Sources& sources_;
  std::string_view text_;
  Classes classes_;
  std::string indentation_;
  std::string line_break_;
  std::string prefix_;
  std::vector<std::vector<std::string>> comments_;  ///< of each rule
  std::vector<std::pair<std::vector<std::string>, Planned>> planned_;
  std::set<std::string> ids_;
};

}  // namespace

bool write_for_first_match(const Context& context, std::size_t document, text::TextChanges& changes) { return Writer(context, document).write(changes); }

}  // namespace presproof::lint
