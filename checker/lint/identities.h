#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/fixing.h"
#include "lint/lint.h"
#include "policy/rule_set.h"
#include "uri/uri.h"

/// The ids and domains that identity conditions name (RFC 4745 section 7.1), and how they are spelt. Whether two ids
/// name one watcher is uri::equivalent's question.
namespace presproof::lint {

/// One <one>, <many> or <except>, and where it stands.
struct Mention {
  policy::RuleRef ref;
  const policy::Rule* rule = nullptr;
  const policy::IdentityCondition* identity = nullptr;
  const policy::One* one = nullptr;
  const policy::Many* many = nullptr;      ///< of an <except>: the one that it stands in
  const policy::Except* except = nullptr;  ///< null: the <one> or <many> itself

  /// The `id`; null when there is none.
  [[nodiscard]] const uri::Uri* id() const;
  /// The `domain`; null when there is none.
  [[nodiscard]] const policy::Domain* domain() const;
  [[nodiscard]] const SourceSpan& span() const;
  /// What follows when the id or domain is nobody's.
  [[nodiscard]] std::string_view consequence() const {
    return except != nullptr ? "it leaves nobody out" : "nobody matches it";
  }
};

/// Calls `visit(mention)` for every matcher of a rule and every <except> in it, in the order of the document.
template <class Visit>
void each_mention(const policy::Rule& rule, policy::RuleRef ref, Visit visit) {
  for (const auto& condition : rule.conditions) {
    const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
    if (identity == nullptr) continue;
    for (const auto& matcher : identity->matchers) {
      Mention mention{ref, &rule, identity, std::get_if<policy::One>(&matcher), std::get_if<policy::Many>(&matcher)};
      if (mention.one == nullptr && mention.many == nullptr) continue;
      visit(mention);
      if (mention.many == nullptr) continue;
      for (const auto& except : mention.many->excepts) {
        mention.except = &except;
        visit(mention);
      }
    }
  }
}
template <class Visit>
void each_mention(const policy::Policy& policy, Visit visit) {
  for (std::uint32_t document = 0; document < policy.documents.size(); ++document)
    for (std::uint32_t rule = 0; rule < policy.documents[document].rules.size(); ++rule)
      each_mention(policy.documents[document].rules[rule], policy::RuleRef{document, rule}, visit);
}

/// The mention whose element, or whose `domain`, begins at the finding's place; nothing when there is none.
[[nodiscard]] std::optional<Mention> mention_at(const Context& context, const SourceSpan& place);

/// The mention whose element the finding's place is in: its `<`, or one of its attributes.
[[nodiscard]] std::optional<Mention> mention_around(const Fixing& fixing);
/// Whether the mention does something when it names this identity: an <except> is of the domain around it.
[[nodiscard]] bool belongs_in(const Mention& mention, const uri::Uri& id);

/// Whether every identity that is equivalent to `b` is so to `a`. Equivalence alone does not say that, as it is not
/// transitive.
[[nodiscard]] bool covers(const uri::Uri& a, const uri::Uri& b);

/// The text with scheme and host in lower case and without escapes that are not needed, where that is the same
/// identity; otherwise as written.
[[nodiscard]] std::string usual_spelling(const uri::Uri& uri);
/// Of a tel URI: the number without visual separators (RFC 3966 section 3).
[[nodiscard]] std::string without_separators(const uri::Uri& uri);
/// The parts of a sip, sips, pres or im URI that no authenticated identity has, as written: headers, and parameters
/// that RFC 3261 section 19.1.1 (table 1) keeps out of From; in words, and the URI without them.
struct ForeignParts {
  std::string words;
  std::string without;
};
[[nodiscard]] std::optional<ForeignParts> foreign_parts(const uri::Uri& uri);

/// Puts another value into an attribute of the finding's element, in the quotes that are there; false when the element
/// has no such attribute.
bool set_attribute(const Fixing& fixing, text::TextChanges& changes, std::string_view name, std::string_view value);
void set_value(const Fixing& fixing, text::TextChanges& changes, const text::ValueText& range, std::string_view value);
/// Puts the domain that was meant (policy::fault_of_domain) in the place of the finding's; false when it is not clear.
bool set_meant_domain(const Fixing& fixing, text::TextChanges& changes);

}  // namespace presproof::lint
