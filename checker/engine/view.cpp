#include "engine/view.h"

#include <algorithm>
#include <ctime>

#include "base/lexical.h"
#include "diag/error.h"
#include "engine/ser_time.h"
#include "uri/escape.h"

namespace presproof::engine {
namespace {

using policy::Outcome;
using policy::Rule;
using policy::SubHandling;
using policy::ValidityPair;

/// The first child with the local name.
std::optional<xml::Element> first_child(const xml::Element& parent, std::string_view name) {
  for (const xml::Element& child : parent.children())
    if (equal_ignoring_case(child.name().local, name)) return child;
  return std::nullopt;
}

/// The first attribute with the local name, whatever its namespace.
const xml::Attribute* first_attribute(const xml::Element& element, std::string_view name) {
  const auto attributes = element.attributes();
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const xml::Attribute& each) { return equal_ignoring_case(each.name.local, name); });
  return found == attributes.end() ? nullptr : &*found;
}

/// All character data in an element and below.
std::string content_of(const xml::Element& element) {
  std::string text;
  for (const xml::Node& node : element.nodes()) {
    if (node.element) text += content_of(*node.element);
    else if (node.kind == xml::NodeKind::text) text += node.text;
  }
  return text;
}

policy::WrittenElement written(const xml::Element& element) {
  policy::WrittenElement result{std::string(element.name().local), content_of(element), {}};
  for (const xml::Element& child : element.children()) result.children.push_back(written(child));
  return result;
}

/// An element of the name in document order, the root first.
std::optional<xml::Element> find(const xml::Element& element, std::string_view name) {
  if (equal_ignoring_case(element.name().local, name)) return element;
  for (const xml::Element& child : element.children())
    if (auto found = find(child, name)) return found;
  return std::nullopt;
}

void give(Rule& rule, SubHandling handling) { rule.permissions.push_back({handling, rule.span}); }

/// Whatever a document can hold.
void give_everything(Rule& rule) {
  give(rule, SubHandling::allow);
  const auto add = [&](auto what) { rule.permissions.push_back({std::move(what), rule.span}); };
  for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind) add(policy::ProvideComponents{static_cast<policy::ComponentKind>(kind), true, {}});
  for (std::size_t attribute = 0; attribute < policy::kAttributePermissions; ++attribute) add(policy::ProvideAttribute{static_cast<policy::AttributePermission>(attribute), true});
  add(policy::UserInput::full);
  add(policy::ProvideAllAttributes{});
  add(policy::ProvideLocation{policy::GeodeticGrant{0.0, std::nullopt}, geo::CivicLevel::full});
}

std::optional<std::string> handling_text(const xml::Element& rule) {
  const auto actions = first_child(rule, "actions");
  const auto handling = actions ? first_child(*actions, "sub-handling") : std::nullopt;
  return handling ? std::optional(content_of(*handling)) : std::nullopt;
}

/// By its beginning, with case.
std::optional<SubHandling> handling_of(std::string_view word) {
  if (word.starts_with("block")) return SubHandling::block;
  if (word.starts_with("confirm")) return SubHandling::confirm;
  if (word.starts_with("polite-block")) return SubHandling::polite_block;
  if (word.starts_with("allow")) return SubHandling::allow;
  return std::nullopt;
}

void give_as(Rule& rule, SubHandling handling) {
  if (handling == SubHandling::allow) give_everything(rule);
  else give(rule, handling);
}

std::vector<policy::WrittenElement> written_transformations(const xml::Element& rule) {
  std::vector<policy::WrittenElement> all;
  if (const auto transformations = first_child(rule, "transformations"))
    for (const xml::Element& child : transformations->children()) all.push_back(written(child));
  return all;
}

/// Texts are compared as they stand, blanks included.
uri::Uri text_uri(std::string_view text) {
  uri::Uri uri = uri::parse(text);
  uri.text = std::string(text);
  return uri;
}
policy::Domain text_domain(const xml::Attribute& attribute) { return {std::string(attribute.value), uri::to_ascii_domain(attribute.value), attribute.span}; }

/// Where no rule matches.
Rule nobody_matches() {
  Rule rule;
  rule.outcome = Outcome::no_rule;
  give(rule, SubHandling::confirm);
  return rule;
}

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
    give(rule, SubHandling::confirm);
    result_.rules.push_back(std::move(rule));
  }

  void read_rule(const xml::Element& element, const xml::Element& conditions) {
    Rule rule;
    rule.span = rule.id_span = element.span();
    if (const auto* id = first_attribute(element, "id")) {
      rule.id = std::string(id->value);
      rule.id_span = id->span;
    }
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
  static void read_outcome(const xml::Element& element, Rule& rule) {
    const std::string word = handling_text(element).value_or("confirm");
    const auto handling = handling_of(word);
    if (handling) give_as(rule, *handling);
    else rule.outcome = Outcome::fails;
    rule.transformations = written_transformations(element);
  }

  const Profile& profile_;
  Parameters parameters_;
  policy::RuleSet result_;
  std::vector<ValidityPair> periods_;  ///< of the rules so far
};

/// presence_xml of OpenSIPS in OMA mode, functions oma_get_rules and get_rule_node.
class OmaReader {
 public:
  explicit OmaReader(policy::RuleSet read) : result_(std::move(read)) { result_.rules.clear(); }

  policy::RuleSet read(const xml::Document& document) {
    const auto rule_set = find(document.root(), "ruleset");
    if (rule_set)
      for (const xml::Element& element : rule_set->children())
        if (const auto conditions = first_child(element, "conditions")) read_rule(element, *conditions);
    // The kinds in this order; in each the greatest sub-handling first, and last what has none that is known, for which nothing is found.
    std::stable_sort(ordered_.begin(), ordered_.end(), [](const Ordered& a, const Ordered& b) { return a.kind != b.kind ? a.kind < b.kind : a.rank > b.rank; });
    for (Ordered& each : ordered_) result_.rules.push_back(std::move(each.rule));
    result_.rules.push_back(nobody_matches());
    return std::move(result_);
  }

 private:
  enum class Kind : std::uint8_t { anonymous, identity, list, other };
  struct Ordered {
    Kind kind = Kind::other;
    int rank = -1;
    Rule rule;
  };

  void read_rule(const xml::Element& element, const xml::Element& conditions) {
    Ordered ordered;
    Rule& rule = ordered.rule;
    rule.span = rule.id_span = element.span();
    if (const auto* id = first_attribute(element, "id")) rule.id = std::string(id->value);
    bool counts = false;
    for (const xml::Element& condition : conditions.children()) {
      const auto is = [&](std::string_view name) { return equal_ignoring_case(condition.name().local, name); };
      if (is("identity")) {
        ordered.kind = Kind::identity;
        rule.conditions.emplace_back(identity_of(condition));
      } else if (is("external-list")) {
        throw diag::InputError(diag::Problem{condition.span(), "this server asks a resource list who is in `external-list`, which is not read here: nothing can be said of it",
                                             "name the persons with <one> in an <identity>"});
      } else if (is("anonymous-request")) {
        ordered.kind = Kind::anonymous;
        rule.conditions.emplace_back(anonymous(condition.span()));
      } else if (!is("other-identity")) {
        continue;  // not known: not looked at
      }
      counts = true;
      break;
    }
    if (!counts) return;
    const auto text = handling_text(element);
    const auto handling = text ? handling_of(*text) : std::nullopt;
    if (handling) {
      ordered.rank = static_cast<int>(*handling);
      give_as(rule, *handling);
      rule.transformations = written_transformations(element);
    } else {
      rule.outcome = Outcome::no_rule;
      give(rule, SubHandling::confirm);
    }
    ordered_.push_back(std::move(ordered));
  }

  /// xcap, function normalize_sip_uri: escapes are resolved, and what has no `sip:` but an `@` gets one. Nothing: it is left out.
  static std::optional<uri::Uri> normalized(std::string_view text) {
    auto plain = uri::percent_decode(text);
    if (!plain || plain->empty()) return std::nullopt;
    constexpr std::string_view kSip = "sip:";
    const bool has_scheme = equal_ignoring_case(std::string_view(*plain).substr(0, kSip.size()), kSip);
    if (!has_scheme && plain->find('@') != std::string::npos) plain->insert(0, kSip);
    return text_uri(*plain);
  }

  static policy::IdentityCondition identity_of(const xml::Element& identity) {
    policy::IdentityCondition condition{{}, identity.span()};
    for (const xml::Element& child : identity.children()) {
      const bool one = equal_ignoring_case(child.name().local, "one");
      if (one) {
        const auto* id = first_attribute(child, "id");
        const auto uri = id == nullptr ? std::nullopt : normalized(id->value);
        if (uri) condition.matchers.emplace_back(policy::One{*uri, child.span()});
      } else if (equal_ignoring_case(child.name().local, "many")) {
        condition.matchers.emplace_back(many_of(child));
      }
    }
    return condition;
  }

  static policy::Many many_of(const xml::Element& element) {
    policy::Many many;
    many.span = element.span();
    if (const auto* domain = first_attribute(element, "domain")) many.domain = text_domain(*domain);
    for (const xml::Element& inner : element.children()) {
      if (!equal_ignoring_case(inner.name().local, "except")) continue;
      policy::Except except;
      except.span = inner.span();
      const auto* id = first_attribute(inner, "id");
      const auto* domain = first_attribute(inner, "domain");
      if (id != nullptr) except.id = normalized(id->value);
      else if (domain != nullptr) except.domain = text_domain(*domain);
      if (except.id || except.domain) many.excepts.push_back(std::move(except));
    }
    return many;
  }

  /// Whose user is a beginning of `anonymous`, and whose host one of `anonymous.invalid`.
  static policy::IdentityCondition anonymous(const SourceSpan& span) {
    constexpr std::string_view kUser = "anonymous";
    constexpr std::string_view kHost = "anonymous.invalid";
    policy::IdentityCondition condition{{}, span};
    for (std::size_t user = kUser.size(); user > 0; --user)
      for (std::size_t host = kHost.size(); host > 0; --host)
        condition.matchers.emplace_back(policy::One{text_uri("sip:" + std::string(kUser.substr(0, user)) + "@" + std::string(kHost.substr(0, host))), span});
    return condition;
  }

  policy::RuleSet result_;
  std::vector<Ordered> ordered_;
};

}  // namespace

policy::RuleSet as_read_by(const Profile& profile, const xml::Document& document, policy::RuleSet read) {
  switch (profile.view) {
    case RuleSetView::as_written: break;
    case RuleSetView::ser: return SerReader(profile, std::move(read)).read(&document);
    case RuleSetView::ser_oma: return profile.parameters.force_active ? SerReader(profile, std::move(read)).read(nullptr) : OmaReader(std::move(read)).read(document);
  }
  return read;
}

Profile over_time(const Profile& profile) {
  Profile kept = profile;
  if (kept.parameters.publ_cache == 1) kept.parameters.publ_cache = 0;
  return kept;
}

policy::RuleSet without_rule_set(const Profile& profile) {
  switch (profile.view) {
    case RuleSetView::as_written: break;
    case RuleSetView::ser:
    case RuleSetView::ser_oma: return SerReader(profile, {}).read(nullptr);
  }
  return {};
}

}  // namespace presproof::engine
