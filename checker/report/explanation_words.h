#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "explain/explanation.h"

/// An explanation in words for people. Texts from documents are as they stand there: renderers make them printable and escape them.
namespace presproof::report {

/// Sentences about one rule: whom it is for, when and where, what becomes of subscriptions, what is shown.
[[nodiscard]] std::vector<std::string> rule_sentences(const explain::Explanation& explanation, const explain::RuleView& view);
/// That it never matches, or says nothing that others do not; empty for most.
[[nodiscard]] std::string rule_remark(const explain::Explanation& explanation, const explain::RuleView& view);

/// `sip:bob@example.com and everybody of example.org except ...`, or `nobody`.
[[nodiscard]] std::string identity_words(const policy::IdentityCondition& identity, const engine::Readings& readings);

/// Its id, or `the rule in line 12`.
[[nodiscard]] std::string name_of_rule(const policy::Policy& policy, policy::RuleRef rule);
/// `friends, family and 3 more`.
[[nodiscard]] std::string names_of_rules(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules);

/// `sip:bob@example.com`, `everybody else of example.com`, `everybody else who is authenticated`, `the unauthenticated`.
[[nodiscard]] std::string row_name(const explain::Row& row);
/// Of several, the first few.
[[nodiscard]] std::string row_names(const explain::Explanation& explanation, const std::vector<std::uint32_t>& rows);

/// Rows of watchers who match the same rules, and so see the same, together; in the order of their first ones.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> rows_alike(const explain::Explanation& explanation);
/// Names of the groups that all of the rows are in.
[[nodiscard]] std::string group_names(const explain::Explanation& explanation, const std::vector<std::uint32_t>& rows);

/// `Mood` for `provide-mood`.
[[nodiscard]] std::string column_title(std::string_view permission);
/// `yes`, `within 5 km`, `exact`, `city`.
[[nodiscard]] std::string value_word(std::string_view permission, std::string_view value);
/// What a cell without entries says: `no`, or of the handling `block`.
[[nodiscard]] std::string_view nothing_word(std::string_view permission, policy::Usage usage);

/// `from ... until ..., in sphere work`; `always`, or that it is an example, with its state.
[[nodiscard]] std::string entry_when(const explain::Entry& entry);
/// `rule x excepts it as ...`.
[[nodiscard]] std::string near_miss_words(const policy::Policy& policy, const explain::NearMiss& miss);
/// `sip:bob@example.com: begins: location within 200 m`.
[[nodiscard]] std::string change_words(const explain::Explanation& explanation, const explain::ViewChange& change);

/// Why a property has its verdict: under which readings, what breaks it (for people who never read XML), a line each. Rules are not named.
[[nodiscard]] std::vector<std::string> judged_words(const explain::Judged& judged);

/// What holds for all of an explanation: the kind of server, the readings.
[[nodiscard]] std::vector<std::string> premises(const explain::Explanation& explanation);

}  // namespace presproof::report
