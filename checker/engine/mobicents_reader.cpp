#include <algorithm>
#include <array>
#include <optional>

#include "base/instant.h"
#include "base/lexical.h"
#include "diag/error.h"
#include "engine/elements.h"
#include "engine/readers.h"
#include "xml/namespaces.h"

namespace presproof::engine {
namespace {

namespace ns = xml::ns;
using policy::AttributePermission;
using policy::ComponentKind;
using policy::Rule;
using policy::SelectorKind;
using policy::SubHandling;

constexpr std::uint8_t kWhenNoneMatches = 1;
constexpr std::int64_t kFurthestOffset_s = 14 * 3600;  ///< of local time from UTC, by XML Schema

struct Handling {
  std::string_view word;
  std::string_view number;
};
constexpr std::array<Handling, 4> kHandlings = {{{"block", "0"}, {"confirm", "10"}, {"polite-block", "20"}, {"allow", "30"}}};

[[noreturn]] void throws(std::string_view what, const SourceSpan& span) {
  diag::fail("this server throws an exception on " + std::string(what) + ", and nothing can be said of what happens then", "mend it, as `presproof lint` says", span);
}

Rule when_none_matches(SubHandling handling) {
  Rule rule = nobody_matches(handling);
  rule.rank = kWhenNoneMatches;
  return rule;
}

/// The end of the millisecond, for what is compared in whole ones.
Instant behind(Instant time) {
  constexpr std::int32_t kMillisecond_ns = 1000000;
  const std::int32_t next = (time.nanoseconds / kMillisecond_ns + 1) * kMillisecond_ns;
  return next == 1000 * kMillisecond_ns ? Instant{time.seconds + 1, 0} : Instant{time.seconds, next};
}

/// What a rule gives, collected from its transformations in order: a later one of a kind takes the place of an earlier one.
class Granting {
 public:
  void read(const xml::Element& transformation) {
    const auto [space, local] = transformation.name();
    if (space == ns::kOmaPresRules) return read_oma(local, transformation);
    if (space != ns::kPresRules) return;
    if (local == "provide-all-attributes") all_attributes_ = true;
    if (local == "provide-unknown-attribute") read_unknown(transformation);
    if (local == "provide-user-input") read_user_input(transformation);
    for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind)
      if (local == policy::kProvideComponentNames[kind]) read_components(static_cast<ComponentKind>(kind), transformation);
    for (std::size_t i = 0; i < policy::kAttributePermissions; ++i)
      if (local == policy::kAttributePermissionNames[i]) attributes_[i] = boolean(transformation);
  }

  void give_to(Rule& rule) const {
    const auto add = [&](auto what) { rule.permissions.push_back({std::move(what), rule.span}); };
    for (const auto& components : components_)
      if (components) add(*components);
    for (std::size_t i = 0; i < policy::kAttributePermissions; ++i)
      if (attributes_[i] || all_attributes_) add(policy::ProvideAttribute{static_cast<AttributePermission>(i), true});
    // The class of a component that is shown is never taken out.
    if (!all_attributes_) add(policy::ProvideAttribute{AttributePermission::class_, true});
    if (user_input_ != policy::UserInput::none) add(user_input_);
    if (all_attributes_) add(policy::ProvideAllAttributes{});
    for (const auto& unknown : unknown_) add(unknown);
    // What stands in the <status> of a service is shown with it, and the location stands there.
    if (geopriv_ || all_attributes_ || components_[static_cast<std::size_t>(ComponentKind::service)])
      add(policy::ProvideLocation{policy::GeodeticGrant{0.0, std::nullopt}, geo::CivicLevel::full});
    if (geopriv_) add(policy::ProvideUnknownAttribute{std::string(ns::kGeopriv), "geopriv", true});
  }

 private:
  static bool boolean(const xml::Element& element) {
    const auto value = parse_xs_boolean(element.text());
    if (!value) throws("a permission whose value is neither true nor false", element.span());
    return *value;
  }

  void read_oma(std::string_view local, const xml::Element& transformation) {
    if (local == "provide-geopriv") geopriv_ = trim_xml_space(transformation.text()) == "full";
    if (local == "provide-willingness") willing(boolean(transformation));
    for (const std::string_view name : {"network-availability", "registration-state", "barring-state", "session-participation"})
      if (local == "provide-" + std::string(name)) oma(name, boolean(transformation));
  }
  void willing(bool value) {
    oma("willingness", value);
    oma("overriding-willingness", value);
  }
  void oma(std::string_view element, bool value) {
    std::erase_if(unknown_, [&](const policy::ProvideUnknownAttribute& known) { return known.ns == ns::kOmaPres && known.name == element; });
    if (value) unknown_.push_back({std::string(ns::kOmaPres), std::string(element), true});
  }

  /// Whatever its value. <geopriv> is none of them.
  void read_unknown(const xml::Element& element) {
    const auto* name = element.attribute("name");
    const auto* space = element.attribute("ns");
    const bool geopriv = name != nullptr && space != nullptr && name->value == "geopriv" && space->value == ns::kGeopriv;
    if (name != nullptr && !geopriv) unknown_.push_back({std::string(space == nullptr ? "" : space->value), std::string(name->value), true});
  }

  void read_user_input(const xml::Element& element) {
    const std::string text = to_lower_ascii(trim_xml_space(element.text()));
    for (std::size_t i = 0; i < policy::kUserInputNames.size(); ++i) {
      if (text != policy::kUserInputNames[i]) continue;
      user_input_ = static_cast<policy::UserInput>(i);
      return;
    }
    throws("a <provide-user-input> that is none of its values", element.span());
  }

  void read_components(ComponentKind kind, const xml::Element& element) {
    auto& given = components_[static_cast<std::size_t>(kind)];
    policy::ProvideComponents provided{kind, false, {}};
    if (given) provided.values = given->values;
    const std::string_view names = policy::kProvideComponentNames[static_cast<std::size_t>(kind)];
    for (const xml::Element& selector : element.children()) {
      if (selector.name().ns != ns::kPresRules) continue;
      const std::string_view local = selector.name().local;
      if (local == "all-" + std::string(names.substr(std::string_view("provide-").size()))) provided.all = true;
      for (std::size_t i = 0; i < policy::kSelectorKinds; ++i) {
        // No component has an element `id`, with which occurrence-id is compared.
        if (local != policy::kSelectorNames[i] || static_cast<SelectorKind>(i) == SelectorKind::occurrence_id || !suits(kind, static_cast<SelectorKind>(i))) continue;
        provided.values[i].emplace_back(trim_xml_space(selector.text()));
      }
    }
    const bool any = provided.all || std::any_of(provided.values.begin(), provided.values.end(), [](const auto& values) { return !values.empty(); });
    given = any ? std::optional(std::move(provided)) : std::nullopt;
  }
  static bool suits(ComponentKind kind, SelectorKind selector) {
    switch (selector) {
      case SelectorKind::class_: return true;
      case SelectorKind::occurrence_id: return false;
      case SelectorKind::device_id: return kind == ComponentKind::device;
      case SelectorKind::service_uri:
      case SelectorKind::service_uri_scheme: return kind == ComponentKind::service;
    }
    return false;
  }

  std::array<std::optional<policy::ProvideComponents>, policy::kComponentKinds> components_;
  std::array<bool, policy::kAttributePermissions> attributes_{};
  policy::UserInput user_input_ = policy::UserInput::none;
  bool all_attributes_ = false;
  bool geopriv_ = false;
  std::vector<policy::ProvideUnknownAttribute> unknown_;
};

class MobicentsReader {
 public:
  explicit MobicentsReader(policy::RuleSet read) : result_(std::move(read)) { result_.rules.clear(); }

  policy::RuleSet read(const xml::Document& document) {
    if (!document.root().is(ns::kCommonPolicy, "ruleset")) throws("a document that is no rule set", document.root().span());
    for (const xml::Element& element : document.root().children())
      if (element.is(ns::kCommonPolicy, "rule")) read_rule(element);
    result_.rules.push_back(when_none_matches(SubHandling::confirm));
    return std::move(result_);
  }

 private:
  /// The last child of the name.
  static std::optional<xml::Element> child_of(const xml::Element& parent, std::string_view local) {
    std::optional<xml::Element> found;
    for (const xml::Element& child : parent.children())
      if (child.is(ns::kCommonPolicy, local)) found = child;
    return found;
  }

  static std::optional<SubHandling> handling_of_rule(const xml::Element& rule) {
    const auto actions = child_of(rule, "actions");
    if (!actions) return std::nullopt;
    std::vector<xml::Element> all;
    for (const xml::Element& child : actions->children()) all.push_back(child);
    if (all.size() != 1 || !all.front().is(ns::kPresRules, "sub-handling")) return std::nullopt;
    const std::string text = all.front().text();
    const std::string_view word = trim_xml_space(text);
    for (std::size_t i = 0; i < kHandlings.size(); ++i)
      if (word == kHandlings[i].word || word == kHandlings[i].number) return static_cast<SubHandling>(i);
    return std::nullopt;
  }

  void read_rule(const xml::Element& element) {
    const auto handling = handling_of_rule(element);
    if (!handling) return;
    const auto conditions = child_of(element, "conditions");
    if (!conditions) throws("a rule with <actions> and without <conditions>", element.span());
    Rule rule = named_rule(element);
    bool some = false;
    bool never = false;
    for (const xml::Element& condition : conditions->children()) {
      some = true;
      if (condition.name().ns != ns::kCommonPolicy) continue;  // not there
      if (condition.name().local == "identity") rule.conditions.emplace_back(read_identity(condition));
      if (condition.name().local == "validity") rule.conditions.emplace_back(read_validity(condition));
      if (condition.name().local != "sphere") continue;
      const auto* value = condition.attribute("value");
      if (value == nullptr) never = true;
      else rule.conditions.emplace_back(policy::SphereCondition{words(value->value), condition.span()});
    }
    const auto transformations = child_of(element, "transformations");
    if (!some || never || !transformations) return;
    Granting granting;
    for (const xml::Element& transformation : transformations->children()) granting.read(transformation);
    give(rule, *handling);
    granting.give_to(rule);
    result_.rules.push_back(std::move(rule));
  }

  static std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      if (end > begin) all.emplace_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    return all;
  }

  static policy::IdentityCondition read_identity(const xml::Element& identity) {
    policy::IdentityCondition condition{{}, identity.span()};
    for (const xml::Element& child : identity.children()) {
      if (child.is(ns::kCommonPolicy, "one")) {
        if (const auto* id = child.attribute("id")) condition.matchers.emplace_back(policy::One{text_uri(id->value), child.span()});
      } else if (child.is(ns::kCommonPolicy, "many")) {
        condition.matchers.emplace_back(read_many(child));
      } else {
        throws("an element in <identity> that it does not know", child.span());
      }
    }
    if (condition.matchers.empty()) condition.matchers.emplace_back(policy::UnknownIdentity{"", "nobody", identity.span()});
    return condition;
  }

  static policy::Many read_many(const xml::Element& element) {
    policy::Many many;
    many.span = element.span();
    if (const auto* domain = element.attribute("domain")) many.domain = text_domain(*domain);
    for (const xml::Element& child : element.children()) {
      if (!child.is(ns::kCommonPolicy, "except")) throws("an element in <many> that it does not know", child.span());
      if (const auto* id = child.attribute("id")) many.excepts.push_back({text_uri(id->value), std::nullopt, child.span()});
      if (const auto* domain = child.attribute("domain")) many.excepts.push_back({std::nullopt, text_domain(*domain), child.span()});
    }
    return many;
  }

  /// Both ends count, in whole milliseconds. Of a time without an offset it is enough that `until` may not be over, and `from` must be over everywhere.
  static policy::ValidityCondition read_validity(const xml::Element& validity) {
    policy::ValidityCondition condition{{}, validity.span()};
    std::vector<xml::Element> times;
    for (const xml::Element& child : validity.children())
      if (child.is(ns::kCommonPolicy, "from") || child.is(ns::kCommonPolicy, "until")) times.push_back(child);
    if (times.size() % 2 != 0) throws("a <validity> with a <from> or <until> that is left over", validity.span());
    for (std::size_t i = 0; i < times.size(); i += 2) {
      if (times[i].name().local != "from" || times[i + 1].name().local != "until") break;
      const auto from = parse_xs_datetime(times[i].text());
      const auto until = parse_xs_datetime(times[i + 1].text());
      if (!from || !until) throws("a time that cannot be read", (from ? times[i + 1] : times[i]).span());
      const auto local = [](const DateTime& time) { return Instant{time.instant.seconds + (time.has_offset ? 0 : kFurthestOffset_s), time.instant.nanoseconds}; };
      condition.pairs.push_back({from->has_offset ? from->instant : behind(local(*from)), behind(local(*until)), times[i].span()});
    }
    return condition;
  }

  policy::RuleSet result_;
};

}  // namespace

policy::RuleSet read_as_mobicents(const xml::Document& document, policy::RuleSet read) { return MobicentsReader(std::move(read)).read(document); }

policy::RuleSet without_rules_in_mobicents() {
  policy::RuleSet all;
  all.rules.push_back(when_none_matches(SubHandling::allow));
  return all;
}

}  // namespace presproof::engine
