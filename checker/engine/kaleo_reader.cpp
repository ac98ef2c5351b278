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
using policy::Rule;
using policy::SubHandling;

/// The groups in which rules are looked for, one after the other; before each stand those in which an exception is thrown.
enum class Group : std::uint8_t { identity, anonymous, other };
std::uint8_t rank_of(Group group, bool fails) { return static_cast<std::uint8_t>(2 * static_cast<int>(group) + (fails ? 0 : 1)); }

class KaleoReader {
 public:
  explicit KaleoReader(policy::RuleSet read) : result_(std::move(read)) { result_.rules.clear(); }

  policy::RuleSet read(const xml::Document& document) {
    if (!document.root().is(ns::kCommonPolicy, "ruleset")) return std::move(result_);
    for (const xml::Element& element : document.root().children())
      if (element.is(ns::kCommonPolicy, "rule")) read_rule(element);
    return std::move(result_);
  }

 private:
  void add(const xml::Element& element, Group group, std::optional<policy::IdentityCondition> identity, std::optional<SubHandling> handling) {
    Rule rule = named_rule(element);
    rule.rank = rank_of(group, !handling);
    if (identity) rule.conditions.emplace_back(std::move(*identity));
    give_as(rule, handling.value_or(SubHandling::block));
    result_.rules.push_back(std::move(rule));
  }

  static std::optional<xml::Element> child_of(const xml::Element& parent, std::string_view space, std::string_view local) {
    for (const xml::Element& child : parent.children())
      if (child.is(space, local)) return child;
    return std::nullopt;
  }

  static std::optional<SubHandling> handling_of_rule(const xml::Element& rule) {
    const auto actions = child_of(rule, ns::kCommonPolicy, "actions");
    const auto handling = actions ? child_of(*actions, ns::kPresRules, "sub-handling") : std::nullopt;
    if (!handling) return std::nullopt;
    const std::string text = handling->text();
    const std::string_view word = trim_xml_space(text);
    for (std::size_t i = 0; i < policy::kSubHandlingNames.size(); ++i)
      if (policy::kSubHandlingNames[i] == word) return static_cast<SubHandling>(i);
    return std::nullopt;
  }

  void read_rule(const xml::Element& element) {
    const auto conditions = child_of(element, ns::kCommonPolicy, "conditions");
    if (!conditions) return add(element, Group::identity, std::nullopt, std::nullopt);
    const auto handling = handling_of_rule(element);
    std::optional<policy::IdentityCondition> identity;
    bool has_validity = false;
    bool readable = true;
    bool anonymous = false;
    bool other = false;
    for (const xml::Element& condition : conditions->children()) {
      if (condition.is(ns::kCommonPolicy, "identity")) {
        if (!identity) identity = policy::IdentityCondition{{}, condition.span()};
        read_identity(element, condition, *identity);
      } else if (condition.is(ns::kCommonPolicy, "validity")) {
        has_validity = true;
        for (const xml::Element& time : condition.children()) readable = readable && (!time.is(ns::kCommonPolicy, "from") || parse_xs_datetime(time.text()));
      } else if (condition.is(ns::kOmaCommonPolicy, "external-list")) {
        diag::fail("this server asks a resource list who is in `external-list`, which is not read here: nothing can be said of it", "name the persons with <one> in an <identity>", condition.span());
      }
      anonymous = anonymous || condition.is(ns::kOmaCommonPolicy, "anonymous-request");
      other = other || condition.is(ns::kOmaCommonPolicy, "other-identity");
    }
    // A period never holds: a calendar is compared with what is none. One that cannot be read is not even compared.
    if (has_validity && !readable) add(element, Group::identity, identity, std::nullopt);
    if (identity && !has_validity) add(element, Group::identity, std::move(identity), handling);
    if (anonymous) add(element, Group::anonymous, policy::IdentityCondition{{policy::One{text_uri("sip:anonymous@anonymous.invalid"), element.span()}}, element.span()}, handling);
    if (other) add(element, Group::other, std::nullopt, handling);
  }

  /// Several are alternatives.
  void read_identity(const xml::Element& rule, const xml::Element& identity, policy::IdentityCondition& condition) {
    for (const xml::Element& child : identity.children()) {
      if (child.is(ns::kCommonPolicy, "one")) {
        const auto* id = child.attribute("id");
        if (id == nullptr) add(rule, Group::identity, std::nullopt, std::nullopt);
        else condition.matchers.emplace_back(policy::One{text_uri(id->value), child.span()});
      } else if (child.is(ns::kCommonPolicy, "many")) {
        const auto* domain = child.attribute("domain");
        if (domain == nullptr) add(rule, Group::identity, std::nullopt, std::nullopt);
        else condition.matchers.emplace_back(read_many(rule, child, *domain));
      }
    }
    // No identity that is known is nobody's.
    if (condition.matchers.empty()) condition.matchers.emplace_back(policy::UnknownIdentity{"", "nobody", identity.span()});
  }

  policy::Many read_many(const xml::Element& rule, const xml::Element& element, const xml::Attribute& domain) {
    policy::Many many{text_domain(domain), {}, false, element.span()};
    for (const xml::Element& child : element.children()) {
      if (!child.is(ns::kCommonPolicy, "except")) continue;
      if (const auto* id = child.attribute("id")) many.excepts.push_back({text_uri(id->value), std::nullopt, child.span()});
      else add(rule, Group::identity, policy::IdentityCondition{{policy::Many{text_domain(domain), {}, false, element.span()}}, element.span()}, std::nullopt);
    }
    return many;
  }

  policy::RuleSet result_;
};

}  // namespace

policy::RuleSet read_as_kaleo(const xml::Document& document, policy::RuleSet read) { return KaleoReader(std::move(read)).read(document); }

}  // namespace presproof::engine
