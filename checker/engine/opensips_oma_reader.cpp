#include <algorithm>

#include "base/lexical.h"
#include "diag/error.h"
#include "engine/elements.h"
#include "engine/readers.h"
#include "uri/escape.h"

namespace presproof::engine {
namespace {

using policy::Outcome;
using policy::Rule;

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
    result_.rules.push_back(nobody_matches(policy::SubHandling::confirm));
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
    rule = named_rule(element);
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
      give(rule, policy::SubHandling::confirm);
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

policy::RuleSet read_as_opensips_oma(const xml::Document& document, policy::RuleSet read) { return OmaReader(std::move(read)).read(document); }

}  // namespace presproof::engine
