#include <algorithm>
#include <array>

#include "base/workers.h"
#include "diag/code.h"
#include "lint/checks/checks.h"
#include "lint/lint.h"
#include "lint/server.h"

namespace presproof::lint {
namespace {

using diag::Code;

/// In this order they run, turn by turn: a check may look at what earlier ones found.
constexpr std::array kChecks = {
    Check{Code::wrong_namespace, nullptr, Turn::any, fix_wrong_namespace, FixKind::changes_meaning},
    Check{Code::duplicate_rule_id, nullptr, Turn::any, fix_duplicate_rule_id, FixKind::safe},
    Check{Code::invalid_rule_id, nullptr, Turn::any, fix_invalid_rule_id, FixKind::safe},
    Check{Code::all_beside_selectors, nullptr, Turn::any, fix_all_beside_selectors, FixKind::safe},
    Check{Code::except_names_nobody, nullptr, Turn::any, fix_except_names_nobody, FixKind::safe},
    Check{Code::unusual_document_name, check_unusual_document_name},
    Check{Code::unusual_application, check_unusual_application},
    Check{Code::invalid_date_time, nullptr, Turn::any, fix_invalid_date_time, FixKind::changes_meaning},
    Check{Code::invalid_boolean, nullptr, Turn::any, fix_invalid_boolean, FixKind::changes_meaning},
    Check{Code::missing_srs_name, nullptr, Turn::any, fix_missing_srs_name, FixKind::changes_meaning},
    Check{Code::invalid_uom, nullptr, Turn::any, fix_invalid_uom, FixKind::changes_meaning},
    Check{Code::invalid_radius, nullptr, Turn::any, fix_invalid_radius, FixKind::changes_meaning},
    Check{Code::misplaced_element, nullptr, Turn::any, fix_misplaced_element, FixKind::changes_meaning},
    Check{Code::parts_out_of_order, nullptr, Turn::any, fix_parts_out_of_order, FixKind::safe},
    Check{Code::repeated_part, nullptr, Turn::any, fix_repeated_part, FixKind::safe},
    Check{Code::unexpected_text, nullptr, Turn::any, fix_unexpected_text, FixKind::safe},
    Check{Code::unexpected_attribute, nullptr, Turn::any, fix_unexpected_attribute, FixKind::safe},
    Check{Code::misspelt_element, nullptr, Turn::any, fix_misspelt_element, FixKind::changes_meaning},
    Check{Code::invalid_uri, nullptr, Turn::any, fix_invalid_uri, FixKind::changes_meaning},
    Check{Code::validity_empty, check_validity_empty, Turn::any, fix_validity_empty, FixKind::changes_meaning},
    Check{Code::rule_expired, check_rule_expired, Turn::any, fix_rule_expired, FixKind::changes_meaning},
    Check{Code::rule_never_matches, check_rule_never_matches, Turn::solver, fix_rule_never_matches, FixKind::safe},
    Check{Code::rule_redundant, check_rule_redundant, Turn::solver, fix_rule_redundant, FixKind::safe, Holds::where_rules_add_up},
    Check{Code::except_without_effect, check_except_without_effect, Turn::early, fix_except_without_effect,
          FixKind::safe, Holds::where_rules_add_up},
    Check{Code::block_overridden, check_block_overridden, Turn::any, nullptr, FixKind::none, Holds::where_rules_add_up},
    Check{Code::allow_shows_nothing, check_allow_shows_nothing, Turn::any, nullptr, FixKind::none, Holds::where_rules_add_up},
    Check{Code::attribute_without_component, check_attribute_without_component},
    Check{Code::note_well_joined, check_note_well_joined},
    Check{Code::obfuscation_unavailable, check_obfuscation_unavailable},
    Check{Code::identity_without_scheme, nullptr, Turn::any, fix_identity_without_scheme, FixKind::changes_meaning},
    Check{Code::domain_with_scheme, nullptr, Turn::any, fix_domain_with_scheme, FixKind::changes_meaning},
    Check{Code::domain_with_port, nullptr, Turn::any, fix_domain_with_port, FixKind::changes_meaning},
    Check{Code::domain_with_user, nullptr, Turn::any, fix_domain_with_user, FixKind::changes_meaning},
    Check{Code::tel_and_sip_number, check_tel_and_sip_number, Turn::early},
    Check{Code::one_person_several_spellings, check_one_person_several_spellings},
    Check{Code::except_outside_domain, check_except_outside_domain, Turn::early, fix_except_outside_domain,
          FixKind::changes_meaning},
    Check{Code::except_beside_many, nullptr, Turn::any, fix_except_beside_many, FixKind::changes_meaning},
    Check{Code::identity_with_parameters, check_identity_with_parameters, Turn::early, fix_identity_with_parameters,
          FixKind::changes_meaning},
    Check{Code::conditions_exclude_each_other, check_conditions_exclude_each_other, Turn::early},
    Check{Code::validity_out_of_order, check_validity_out_of_order, Turn::early, fix_validity_out_of_order,
          FixKind::safe},
    Check{Code::validity_overlapping, check_validity_overlapping, Turn::early, fix_validity_overlapping, FixKind::safe},
    Check{Code::sphere_comma, check_sphere_comma, Turn::early, fix_sphere_comma, FixKind::changes_meaning},
    Check{Code::sphere_unused, check_sphere_unused},
    Check{Code::handling_depends_on_sphere, check_handling_depends_on_sphere, Turn::late},
    Check{Code::handling_depends_on_location, check_handling_depends_on_location, Turn::late},
    Check{Code::sphere_repeated, check_sphere_repeated, Turn::early, fix_sphere_repeated, FixKind::safe},
    Check{Code::rule_not_yet_valid, check_rule_not_yet_valid, Turn::late},
    Check{Code::location_covered, check_location_covered, Turn::early, fix_location_covered, FixKind::safe},
    Check{Code::condition_on_unpublished_place, check_condition_on_unpublished_place},
    Check{Code::confirm_overridden, check_confirm_overridden, Turn::any, nullptr, FixKind::none, Holds::where_rules_add_up},
    Check{Code::handling_without_effect, check_handling_without_effect, Turn::solver, nullptr, FixKind::none, Holds::where_rules_add_up},
    Check{Code::transformations_without_allow, check_transformations_without_allow, Turn::late},
    Check{Code::grant_of_false, check_grant_of_false, Turn::any, fix_grant_of_false, FixKind::safe, Holds::where_rules_add_up},
    Check{Code::denial_without_effect, check_denial_without_effect, Turn::any, nullptr, FixKind::none, Holds::where_rules_add_up},
    Check{Code::duplicate_rule, check_duplicate_rule, Turn::late, fix_duplicate_rule, FixKind::safe},
    Check{Code::rules_differ_in_order, check_rules_differ_in_order, Turn::late, fix_rules_differ_in_order,
          FixKind::safe},
    Check{Code::rule_subsumed, check_rule_subsumed, Turn::solver, fix_rule_subsumed, FixKind::safe, Holds::where_rules_add_up},
    Check{Code::permission_repeated, check_permission_repeated, Turn::early, fix_permission_repeated, FixKind::safe},
    Check{Code::selector_covered, check_selector_covered, Turn::early, fix_selector_covered, FixKind::safe},
    Check{Code::unknown_attribute_known, check_unknown_attribute_known, Turn::early, fix_unknown_attribute_known,
          FixKind::changes_meaning},
    Check{Code::unknown_attribute_prefixed, nullptr, Turn::any, fix_unknown_attribute_prefixed,
          FixKind::changes_meaning},
    Check{Code::attribute_beside_all, check_attribute_beside_all, Turn::early, fix_attribute_beside_all, FixKind::safe},
    Check{Code::retention_beyond_a_year, check_retention_beyond_a_year},
    Check{Code::note_well_empty, check_note_well_empty, Turn::any, fix_note_well_empty, FixKind::changes_meaning},
    Check{Code::sub_handling_in_location_rules, check_sub_handling_in_location_rules},
    Check{Code::identity_never_authenticated, check_identity_never_authenticated, Turn::early},
    Check{Code::open_to_unauthenticated, check_open_to_unauthenticated},
    Check{Code::any_authenticated_watcher, check_any_authenticated_watcher},
    Check{Code::exact_location_widely, check_exact_location_widely},
    Check{Code::civic_finer_than_geodetic, check_civic_finer_than_geodetic},
    Check{Code::two_radii, check_two_radii},
    Check{Code::radius_below_threshold, check_radius_below_threshold},
    Check{Code::condition_region_smaller, check_condition_region_smaller},
    Check{Code::attributes_disclose_location, check_attributes_disclose_location},
    Check{Code::retransmission_of_fine_location, check_retransmission_of_fine_location, Turn::any,
          fix_retransmission_of_fine_location, FixKind::changes_meaning},
    Check{Code::blocked_can_tell, check_blocked_can_tell},
    Check{Code::time_offset_tells_place, check_time_offset_tells_place},
    Check{Code::place_type_tells_place, check_place_type_tells_place},
    Check{Code::filter_not_idempotent, check_filter_not_idempotent, Turn::any, fix_filter_not_idempotent,
          FixKind::changes_meaning},
    Check{Code::except_as_block_list, check_except_as_block_list},
    Check{Code::device_id_widely, check_device_id_widely},
    Check{Code::older_dialect, nullptr, Turn::any, fix_older_dialect, FixKind::safe},
    Check{Code::domain_upper_case, check_domain_upper_case, Turn::early, fix_domain_upper_case, FixKind::safe},
    Check{Code::tel_visual_separators, check_tel_visual_separators, Turn::early, fix_tel_visual_separators,
          FixKind::safe},
    Check{Code::repeated_identity, check_repeated_identity, Turn::early, fix_repeated_identity, FixKind::safe},
    Check{Code::uri_spelling, check_uri_spelling, Turn::early, fix_uri_spelling, FixKind::safe},
    Check{Code::identity_covered, check_identity_covered, Turn::late, fix_identity_covered, FixKind::safe},
    Check{Code::unused_namespace, check_unused_namespace, Turn::early, fix_unused_namespace, FixKind::safe},
    Check{Code::boolean_spelling, check_boolean_spelling, Turn::early, fix_boolean_spelling, FixKind::safe},
    Check{Code::namespace_declared_again, check_namespace_declared_again, Turn::early, fix_namespace_declared_again,
          FixKind::safe},
    Check{Code::misleading_prefix, check_misleading_prefix, Turn::early},
    Check{Code::number_spelling, check_number_spelling, Turn::early, fix_number_spelling, FixKind::safe},
    Check{Code::value_with_blanks, check_value_with_blanks, Turn::early, fix_value_with_blanks, FixKind::safe},
    Check{Code::unused_ignore, nullptr, Turn::any, fix_unused_ignore, FixKind::safe},
    Check{Code::comment_ends_rules, check_comment_ends_rules, Turn::any, fix_comment_ends_rules, FixKind::safe},
    Check{Code::rule_without_conditions, check_rule_without_conditions, Turn::any},
    Check{Code::rule_without_identity, check_rule_without_identity, Turn::any},
    Check{Code::first_rule_decides, check_first_rule_decides, Turn::any, fix_first_rule_decides, FixKind::safe_if_proved},
    Check{Code::except_id_not_read, check_except_id_not_read, Turn::any, fix_except_id_not_read, FixKind::safe_if_proved},
    Check{Code::occurrence_id_not_read, check_occurrence_id_not_read, Turn::any},
    Check{Code::digit_hides, check_digit_hides, Turn::any, fix_digit_hides, FixKind::safe},
    Check{Code::time_read_otherwise, check_time_read_otherwise, Turn::any},
    Check{Code::permission_not_filtered, check_permission_not_filtered, Turn::any},
    Check{Code::shown_unless_named, check_shown_unless_named, Turn::any, fix_shown_unless_named, FixKind::safe},
    Check{Code::domain_fits_others, check_domain_fits_others, Turn::any},
    Check{Code::condition_not_read, check_condition_not_read, Turn::any},
    Check{Code::anonymous_admitted, check_anonymous_admitted, Turn::any},
    Check{Code::period_counts_later, check_period_counts_later, Turn::any},
    Check{Code::identity_never_equal, check_identity_never_equal, Turn::any},
    Check{Code::handling_with_blanks, check_handling_with_blanks, Turn::any, fix_handling_with_blanks, FixKind::safe},
    Check{Code::document_not_read, check_document_not_read, Turn::any},
};

}  // namespace

std::span<const Check> all_checks() { return kChecks; }

const Check* check_of(Code code) {
  const auto* row = std::ranges::find(kChecks, code, &Check::code);
  return row == kChecks.end() ? nullptr : row;
}

namespace {

bool is_right(const Context& context, const Check& check) {
  return check.holds == Holds::everywhere || (!decides_by_first_rule(context) && !shows_what_is_not_named(context));
}

/// Those of one turn; the solver's only when somebody wants to know.
template <class Wanted>
void run_those(const Context& context, diag::Sink& sink, Wanted wanted) {
  for (const auto& check : kChecks) {
    const bool asked = check.turn != Turn::solver || !context.options.disabled.contains(check.code);
    if (check.run != nullptr && asked && wanted(check.turn) && is_right(context, check)) check.run(context, sink);
  }
}

}  // namespace

void run_checks(const Context& context, diag::Sink& sink) {
  const bool by_solver = std::ranges::any_of(
      kChecks, [&](const Check& check) { return check.turn == Turn::solver && !context.options.disabled.contains(check.code); });
  std::vector<const Check*> early;
  for (const auto& check : kChecks)
    if (check.turn == Turn::early && check.run != nullptr && is_right(context, check)) early.push_back(&check);
  std::vector<diag::Sink> found(early.size());
  Workers alone(1);
  Workers& workers = context.options.workers != nullptr ? *context.options.workers : alone;
  constexpr std::size_t kBeforeEarly = 2;
  (void)workers.run(kBeforeEarly + early.size(), [&](std::size_t piece) {
    if (piece >= kBeforeEarly) early[piece - kBeforeEarly]->run(context, found[piece - kBeforeEarly]);
    if (piece == 0 && by_solver) (void)context.rule_facts();
    if (piece == 1) run_those(context, sink, [](Turn turn) { return turn == Turn::any; });
    return false;
  });
  for (const auto& by_check : found)
    for (const auto& each : by_check.diagnostics()) sink.report(each);
  run_those(context, sink, [](Turn turn) { return turn == Turn::solver || turn == Turn::late; });
}

std::vector<diag::Diagnostic> drop_disabled(const diag::Sink& sink, const std::set<Code>& disabled) {
  auto wanted = sink;
  wanted.sort();
  auto findings = wanted.diagnostics();
  std::erase_if(findings, [&](const auto& each) { return disabled.contains(each.code); });
  return findings;
}

}  // namespace presproof::lint
