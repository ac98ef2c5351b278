#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "lint/grants.h"
#include "lint/lint.h"
#include "lint/overlap.h"
#include "policy/rule_set.h"
#include "xml/namespaces.h"

/// The checks, one per file, in the order of their codes; registry.cpp has the table. And what they share.
namespace presproof::lint {

bool fix_wrong_namespace(const Fixing& fixing, text::TextChanges& changes);
bool fix_duplicate_rule_id(const Fixing& fixing, text::TextChanges& changes);
bool fix_invalid_rule_id(const Fixing& fixing, text::TextChanges& changes);
bool fix_all_beside_selectors(const Fixing& fixing, text::TextChanges& changes);
bool fix_except_names_nobody(const Fixing& fixing, text::TextChanges& changes);
void check_unusual_document_name(const Context& context, diag::Sink& sink);
void check_unusual_application(const Context& context, diag::Sink& sink);
bool fix_invalid_date_time(const Fixing& fixing, text::TextChanges& changes);
bool fix_invalid_boolean(const Fixing& fixing, text::TextChanges& changes);
bool fix_missing_srs_name(const Fixing& fixing, text::TextChanges& changes);
bool fix_invalid_uom(const Fixing& fixing, text::TextChanges& changes);
bool fix_invalid_radius(const Fixing& fixing, text::TextChanges& changes);
bool fix_misplaced_element(const Fixing& fixing, text::TextChanges& changes);
bool fix_parts_out_of_order(const Fixing& fixing, text::TextChanges& changes);
bool fix_repeated_part(const Fixing& fixing, text::TextChanges& changes);
bool fix_unexpected_text(const Fixing& fixing, text::TextChanges& changes);
bool fix_unexpected_attribute(const Fixing& fixing, text::TextChanges& changes);
bool fix_misspelt_element(const Fixing& fixing, text::TextChanges& changes);
bool fix_invalid_uri(const Fixing& fixing, text::TextChanges& changes);
void check_validity_empty(const Context& context, diag::Sink& sink);
bool fix_validity_empty(const Fixing& fixing, text::TextChanges& changes);
void check_rule_expired(const Context& context, diag::Sink& sink);
bool fix_rule_expired(const Fixing& fixing, text::TextChanges& changes);
void check_rule_never_matches(const Context& context, diag::Sink& sink);
bool fix_rule_never_matches(const Fixing& fixing, text::TextChanges& changes);
void check_rule_redundant(const Context& context, diag::Sink& sink);
bool fix_rule_redundant(const Fixing& fixing, text::TextChanges& changes);
void check_except_without_effect(const Context& context, diag::Sink& sink);
bool fix_except_without_effect(const Fixing& fixing, text::TextChanges& changes);
void check_block_overridden(const Context& context, diag::Sink& sink);
void check_allow_shows_nothing(const Context& context, diag::Sink& sink);
void check_attribute_without_component(const Context& context, diag::Sink& sink);
void check_note_well_joined(const Context& context, diag::Sink& sink);
void check_obfuscation_unavailable(const Context& context, diag::Sink& sink);
bool fix_identity_without_scheme(const Fixing& fixing, text::TextChanges& changes);
bool fix_domain_with_scheme(const Fixing& fixing, text::TextChanges& changes);
bool fix_domain_with_port(const Fixing& fixing, text::TextChanges& changes);
bool fix_domain_with_user(const Fixing& fixing, text::TextChanges& changes);
void check_tel_and_sip_number(const Context& context, diag::Sink& sink);
void check_one_person_several_spellings(const Context& context, diag::Sink& sink);
void check_except_outside_domain(const Context& context, diag::Sink& sink);
bool fix_except_outside_domain(const Fixing& fixing, text::TextChanges& changes);
bool fix_except_beside_many(const Fixing& fixing, text::TextChanges& changes);
void check_identity_with_parameters(const Context& context, diag::Sink& sink);
bool fix_identity_with_parameters(const Fixing& fixing, text::TextChanges& changes);
void check_conditions_exclude_each_other(const Context& context, diag::Sink& sink);
void check_validity_out_of_order(const Context& context, diag::Sink& sink);
bool fix_validity_out_of_order(const Fixing& fixing, text::TextChanges& changes);
void check_validity_overlapping(const Context& context, diag::Sink& sink);
bool fix_validity_overlapping(const Fixing& fixing, text::TextChanges& changes);
void check_sphere_comma(const Context& context, diag::Sink& sink);
bool fix_sphere_comma(const Fixing& fixing, text::TextChanges& changes);
void check_sphere_unused(const Context& context, diag::Sink& sink);
void check_handling_depends_on_sphere(const Context& context, diag::Sink& sink);
void check_handling_depends_on_location(const Context& context, diag::Sink& sink);
void check_sphere_repeated(const Context& context, diag::Sink& sink);
bool fix_sphere_repeated(const Fixing& fixing, text::TextChanges& changes);
void check_rule_not_yet_valid(const Context& context, diag::Sink& sink);
void check_location_covered(const Context& context, diag::Sink& sink);
bool fix_location_covered(const Fixing& fixing, text::TextChanges& changes);
void check_condition_on_unpublished_place(const Context& context, diag::Sink& sink);
void check_confirm_overridden(const Context& context, diag::Sink& sink);
void check_handling_without_effect(const Context& context, diag::Sink& sink);
void check_transformations_without_allow(const Context& context, diag::Sink& sink);
void check_grant_of_false(const Context& context, diag::Sink& sink);
bool fix_grant_of_false(const Fixing& fixing, text::TextChanges& changes);
void check_denial_without_effect(const Context& context, diag::Sink& sink);
void check_duplicate_rule(const Context& context, diag::Sink& sink);
bool fix_duplicate_rule(const Fixing& fixing, text::TextChanges& changes);
void check_rules_differ_in_order(const Context& context, diag::Sink& sink);
bool fix_rules_differ_in_order(const Fixing& fixing, text::TextChanges& changes);
void check_rule_subsumed(const Context& context, diag::Sink& sink);
bool fix_rule_subsumed(const Fixing& fixing, text::TextChanges& changes);
void check_permission_repeated(const Context& context, diag::Sink& sink);
bool fix_permission_repeated(const Fixing& fixing, text::TextChanges& changes);
void check_selector_covered(const Context& context, diag::Sink& sink);
bool fix_selector_covered(const Fixing& fixing, text::TextChanges& changes);
void check_unknown_attribute_known(const Context& context, diag::Sink& sink);
bool fix_unknown_attribute_known(const Fixing& fixing, text::TextChanges& changes);
bool fix_unknown_attribute_prefixed(const Fixing& fixing, text::TextChanges& changes);
void check_attribute_beside_all(const Context& context, diag::Sink& sink);
bool fix_attribute_beside_all(const Fixing& fixing, text::TextChanges& changes);
void check_retention_beyond_a_year(const Context& context, diag::Sink& sink);
void check_note_well_empty(const Context& context, diag::Sink& sink);
bool fix_note_well_empty(const Fixing& fixing, text::TextChanges& changes);
void check_sub_handling_in_location_rules(const Context& context, diag::Sink& sink);
void check_identity_never_authenticated(const Context& context, diag::Sink& sink);
void check_open_to_unauthenticated(const Context& context, diag::Sink& sink);
void check_any_authenticated_watcher(const Context& context, diag::Sink& sink);
void check_exact_location_widely(const Context& context, diag::Sink& sink);
void check_civic_finer_than_geodetic(const Context& context, diag::Sink& sink);
void check_two_radii(const Context& context, diag::Sink& sink);
void check_radius_below_threshold(const Context& context, diag::Sink& sink);
void check_condition_region_smaller(const Context& context, diag::Sink& sink);
void check_attributes_disclose_location(const Context& context, diag::Sink& sink);
void check_retransmission_of_fine_location(const Context& context, diag::Sink& sink);
bool fix_retransmission_of_fine_location(const Fixing& fixing, text::TextChanges& changes);
void check_blocked_can_tell(const Context& context, diag::Sink& sink);
void check_time_offset_tells_place(const Context& context, diag::Sink& sink);
void check_place_type_tells_place(const Context& context, diag::Sink& sink);
void check_filter_not_idempotent(const Context& context, diag::Sink& sink);
bool fix_filter_not_idempotent(const Fixing& fixing, text::TextChanges& changes);
void check_except_as_block_list(const Context& context, diag::Sink& sink);
void check_device_id_widely(const Context& context, diag::Sink& sink);
bool fix_older_dialect(const Fixing& fixing, text::TextChanges& changes);
void check_domain_upper_case(const Context& context, diag::Sink& sink);
bool fix_domain_upper_case(const Fixing& fixing, text::TextChanges& changes);
void check_tel_visual_separators(const Context& context, diag::Sink& sink);
bool fix_tel_visual_separators(const Fixing& fixing, text::TextChanges& changes);
void check_repeated_identity(const Context& context, diag::Sink& sink);
bool fix_repeated_identity(const Fixing& fixing, text::TextChanges& changes);
void check_uri_spelling(const Context& context, diag::Sink& sink);
bool fix_uri_spelling(const Fixing& fixing, text::TextChanges& changes);
void check_identity_covered(const Context& context, diag::Sink& sink);
bool fix_identity_covered(const Fixing& fixing, text::TextChanges& changes);
void check_unused_namespace(const Context& context, diag::Sink& sink);
bool fix_unused_namespace(const Fixing& fixing, text::TextChanges& changes);
void check_boolean_spelling(const Context& context, diag::Sink& sink);
bool fix_boolean_spelling(const Fixing& fixing, text::TextChanges& changes);
void check_namespace_declared_again(const Context& context, diag::Sink& sink);
bool fix_namespace_declared_again(const Fixing& fixing, text::TextChanges& changes);
void check_misleading_prefix(const Context& context, diag::Sink& sink);
void check_number_spelling(const Context& context, diag::Sink& sink);
bool fix_number_spelling(const Fixing& fixing, text::TextChanges& changes);
void check_value_with_blanks(const Context& context, diag::Sink& sink);
bool fix_value_with_blanks(const Fixing& fixing, text::TextChanges& changes);
bool fix_unused_ignore(const Fixing& fixing, text::TextChanges& changes);
void check_comment_ends_rules(const Context& context, diag::Sink& sink);
bool fix_comment_ends_rules(const Fixing& fixing, text::TextChanges& changes);
void check_rule_without_conditions(const Context& context, diag::Sink& sink);
void check_rule_without_identity(const Context& context, diag::Sink& sink);
void check_first_rule_decides(const Context& context, diag::Sink& sink);
bool fix_first_rule_decides(const Fixing& fixing, text::TextChanges& changes);
void check_except_id_not_read(const Context& context, diag::Sink& sink);
bool fix_except_id_not_read(const Fixing& fixing, text::TextChanges& changes);
void check_occurrence_id_not_read(const Context& context, diag::Sink& sink);
void check_digit_hides(const Context& context, diag::Sink& sink);
bool fix_digit_hides(const Fixing& fixing, text::TextChanges& changes);
void check_time_read_otherwise(const Context& context, diag::Sink& sink);
void check_permission_not_filtered(const Context& context, diag::Sink& sink);
void check_shown_unless_named(const Context& context, diag::Sink& sink);
bool fix_shown_unless_named(const Fixing& fixing, text::TextChanges& changes);
void check_domain_fits_others(const Context& context, diag::Sink& sink);
void check_condition_not_read(const Context& context, diag::Sink& sink);
void check_anonymous_admitted(const Context& context, diag::Sink& sink);
void check_period_counts_later(const Context& context, diag::Sink& sink);
void check_identity_never_equal(const Context& context, diag::Sink& sink);
void check_handling_with_blanks(const Context& context, diag::Sink& sink);
bool fix_handling_with_blanks(const Fixing& fixing, text::TextChanges& changes);
void check_document_not_read(const Context& context, diag::Sink& sink);

/// Calls `visit(ref, rule)` for every rule, in policy order.
template <class Visit>
void each_rule(const policy::Policy& policy, Visit visit) {
  for (std::uint32_t document = 0; document < policy.documents.size(); ++document) {
    const auto& rules = policy.documents[document].rules;
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) visit(policy::RuleRef{document, rule}, rules[rule]);
  }
}

/// Calls `visit(condition)` for every condition of that type.
template <class Condition, class Visit>
void each_condition(const policy::Rule& rule, Visit visit) {
  for (const auto& condition : rule.conditions)
    if (const auto* wanted = std::get_if<Condition>(&condition)) visit(*wanted);
}

/// Calls `visit(element, rule)` for every element below the roots, in document order; `rule` is the one that it is or
/// stands in, null outside of rules.
template <class Visit>
void each_element(const Context& context, Visit visit) {
  std::vector<xml::Element> open;
  for (std::size_t document = 0; document < context.subject.documents.size(); ++document) {
    const auto& rules = context.policy.documents[document].rules;
    std::size_t next_rule = 0;
    for (const xml::Element& top : context.subject.documents[document].root().children()) {
      const policy::Rule* rule = nullptr;
      if (top.is(xml::ns::kCommonPolicy, "rule")) rule = &rules.at(next_rule++);
      open.push_back(top);
      while (!open.empty()) {
        const xml::Element element = open.back();
        open.pop_back();
        visit(element, rule);
        const auto first = static_cast<std::ptrdiff_t>(open.size());
        for (const xml::Element& child : element.children()) open.push_back(child);
        std::reverse(open.begin() + first, open.end());
      }
    }
  }
}

/// How messages name a rule: rule `friends`, or `the rule in line 12`.
[[nodiscard]] std::string name_of(const policy::Rule& rule);
/// rule `a`, rule `b` and 4 more.
[[nodiscard]] std::string names_of(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules);

/// A finding about a rule; the place is where the fault lies within it.
[[nodiscard]] diag::Diagnostic finding(diag::Code code, const policy::Rule& rule, const SourceSpan& span,
                                       std::string message, std::string fix);

/// Which rules earlier findings explained already, so that one fault is not reported twice.
class Explained {
 public:
  Explained(const diag::Sink& sink, std::initializer_list<diag::Code> codes);
  [[nodiscard]] bool contains(const policy::Rule& rule) const;

 private:
  std::set<std::pair<std::uint32_t, std::string>> rules_;
};

/// Findings after which a rule's value is not all that its text says.
inline constexpr std::initializer_list<diag::Code> kUnreadableRules = {
    diag::Code::wrong_namespace,     diag::Code::invalid_value,      diag::Code::missing_attribute,
    diag::Code::unexpected_content,  diag::Code::empty_identity,     diag::Code::except_names_nobody,
    diag::Code::incomplete_validity, diag::Code::unsupported_crs,    diag::Code::profile_mismatch,
    diag::Code::unknown_condition,   diag::Code::unknown_permission, diag::Code::validity_without_offset,
    diag::Code::older_dialect,       diag::Code::unknown_attribute_prefixed};
/// Findings about rules that can go whatever else they are.
inline constexpr std::initializer_list<diag::Code> kDeadRules = {diag::Code::rule_expired, diag::Code::rule_never_matches};

/// A rule without which every decision is the same.
struct RedundantRule {
  policy::RuleRef rule;
  const std::vector<policy::RuleRef>* covered_by;
};
/// Those that no other code tells better: rules equal to another, and rules that only block, are not among them.
[[nodiscard]] std::vector<RedundantRule> redundant_rules(const Context& context, const diag::Sink& sink);
/// The finding about one that others cover.
void report_redundant(const Context& context, diag::Sink& sink, diag::Code code, const RedundantRule& redundant);
/// Findings about rules that are equal to an earlier one, in the order of everything or not.
void report_twins(const Context& context, diag::Sink& sink, diag::Code code, bool in_order, std::string_view says);

}  // namespace presproof::lint
