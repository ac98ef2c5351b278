#include <algorithm>

#include "base/lexical.h"
#include "engine/elements.h"
#include "engine/readers.h"
#include "engine/ser_time.h"

namespace presproof::engine {
namespace {

using policy::Outcome;
using policy::Rule;
using policy::ValidityPair;

/// presence_xml, function get_rule_node; and, of the rule that it finds, function pres_watcher_allowed.
class SerReader {
 public:
  SerReader(const Profile& profile, policy::RuleSet read) : profile_(profile), parameters_(profile.parameters), result_(std::move(read)) { result_.rules.clear(); }

  policy::RuleSet read(const xml::Document* document) {
    if (parameters_.force_active) {
      Rule everybody;
      give_everything(everybody);
      result_.rules.push_back(std::move(everybody));
      return std::move(result_);
    }
    const auto rule_set = document == nullptr ? std::nullopt : find(document->root(), "ruleset");
    if (rule_set) {
      for (const xml::Node& node : rule_set->nodes()) {
        if (node.kind == xml::NodeKind::text) continue;
        const auto conditions = node.element ? first_child(*node.element, "conditions") : std::nullopt;
        if (!conditions) {
          stop(node.element ? node.element->span() : rule_set->span(), {});
          break;
        }
        read_rule(*node.element, *conditions);
      }
    }
    stop({}, {});
    return std::move(result_);
  }

 private:
  /// From here on no rule matches, under these conditions.
  void stop(const SourceSpan& span, std::vector<policy::Condition> conditions) {
    Rule rule;
    rule.span = rule.id_span = span;
    rule.conditions = std::move(conditions);
    rule.outcome = Outcome::no_rule;
    give(rule, policy::SubHandling::confirm);
    result_.rules.push_back(std::move(rule));
  }

  void read_rule(const xml::Element& element, const xml::Element& conditions) {
    Rule rule = named_rule(element);
    if (const auto validity = first_child(conditions, "validity")) {
      read_periods(*validity);
      rule.conditions.emplace_back(policy::ValidityCondition{periods_, validity->span()});
    }
    const auto sphere = first_child(conditions, "sphere");
    const bool is_found = parameters_.sphere_check && parameters_.publ_cache != 1;
    if (sphere && is_found) rule.conditions.emplace_back(policy::SphereCondition{{content_of(*sphere)}, sphere->span()});
    if (sphere && !is_found && !profile_.unchecked_sphere_holds) rule.conditions.emplace_back(policy::SphereCondition{{}, sphere->span()});
    const auto identity = first_child(conditions, "identity");
    if (!identity) {
      if (profile_.missing_identity_stops) stop(element.span(), std::move(rule.conditions));
      return;
    }
    const auto beside_identity = rule.conditions;
    const bool whole = read_identity(*identity, rule);
    read_outcome(element, rule);
    result_.rules.push_back(std::move(rule));
    if (!whole) stop(element.span(), beside_identity);
  }

  /// Each <from> with the next <until>. Both ends count, in whole seconds. An earlier rule's period counts for later ones.
  void read_periods(const xml::Element& validity) {
    std::vector<Instant> open;  ///< beginnings that still need an end
    for (const xml::Element& child : validity.children()) {
      const bool from = equal_ignoring_case(child.name().local, "from");
      if (!from && !equal_ignoring_case(child.name().local, "until")) continue;
      const Instant time{parse_ser_time(content_of(child), parameters_.time_zone_s), 0};
      if (from && time.seconds < 0) stop(child.span(), {});
      if (from) open.push_back(time);
      if (from) continue;
      for (const Instant begin : open) {
        if (time.seconds < 0) stop(child.span(), {policy::ValidityCondition{{{begin, kEndOfInstants, child.span()}}, child.span()}});
        else periods_.push_back({begin, Instant{time.seconds + 1, 0}, child.span()});
      }
      open.clear();
    }
    for (const Instant begin : open) stop(validity.span(), {policy::ValidityCondition{{{begin, kEndOfInstants, validity.span()}}, validity.span()}});
  }

  /// False: a <one> without an id stops the walk for those whom no <one> before it names.
  static bool read_identity(const xml::Element& identity, Rule& rule) {
    policy::IdentityCondition condition{{}, identity.span()};
    bool whole = true;
    for (const xml::Element& child : identity.children()) {
      if (!equal_ignoring_case(child.name().local, "one")) continue;
      const auto* id = first_attribute(child, "id");
      if (id == nullptr) {
        whole = false;
        break;
      }
      condition.matchers.emplace_back(policy::One{text_uri(id->value), child.span()});
    }
    for (const xml::Element& child : identity.children()) {
      if (!whole || !equal_ignoring_case(child.name().local, "many")) continue;
      policy::Many many;
      many.span = child.span();
      if (const auto* domain = first_attribute(child, "domain")) many.domain = text_domain(*domain);
      for (const xml::Element& inner : child.children()) {
        if (!equal_ignoring_case(inner.name().local, "except")) continue;
        policy::Except except;
        except.span = inner.span();
        const auto* id = first_attribute(inner, "id");
        const auto* domain = first_attribute(inner, "domain");
        if (id != nullptr) except.id = text_uri(id->value);
        else if (domain != nullptr) except.domain = text_domain(*domain);
        if (id != nullptr || domain != nullptr) many.excepts.push_back(std::move(except));
      }
      condition.matchers.emplace_back(std::move(many));
    }
    rule.conditions.emplace_back(std::move(condition));
    return whole;
  }

  /// Nothing said: the subscription stays pending.
  void read_outcome(const xml::Element& element, Rule& rule) const {
    const std::string word = handling_text(element).value_or("confirm");
    const auto handling = handling_of(word);
    if (handling) give_as(rule, *handling);
    else rule.outcome = Outcome::fails;
    rule.transformations = written_transformations(element);
    if (parameters_.later)
      for (policy::WrittenElement& transformation : rule.transformations)
        for (policy::WrittenElement& selector : transformation.children) selector.name = spelt_as_before(selector.name);
  }

  /// The filter (semantics/filter_removals.h) knows the name that the version has which was run.
  static std::string spelt_as_before(const std::string& selector) {
    if (equal_ignoring_case(selector, "occurrence-id")) return "occurence-id";
    return equal_ignoring_case(selector, "occurence-id") ? "occurrence-id" : selector;
  }

  const Profile& profile_;
  Parameters parameters_;
  policy::RuleSet result_;
  std::vector<ValidityPair> periods_;  ///< of the rules so far
};

}  // namespace

policy::RuleSet read_as_ser(const Profile& profile, const xml::Document* document, policy::RuleSet read) { return SerReader(profile, std::move(read)).read(document); }

}  // namespace presproof::engine
