#include <algorithm>
#include <array>

#include "diag/code.h"
#include "lint/checks/checks.h"
#include "lint/lint.h"

namespace presproof::lint {
namespace {

using diag::Code;

/// In this order they run: a check may look at what earlier ones found.
constexpr std::array kChecks = {
    Check{Code::wrong_namespace, nullptr, false, fix_wrong_namespace, FixKind::changes_meaning},
    Check{Code::duplicate_rule_id, nullptr, false, fix_duplicate_rule_id, FixKind::safe},
    Check{Code::invalid_rule_id, nullptr, false, fix_invalid_rule_id, FixKind::safe},
    Check{Code::all_beside_selectors, nullptr, false, fix_all_beside_selectors, FixKind::safe},
    Check{Code::except_names_nobody, nullptr, false, fix_except_names_nobody, FixKind::safe},
    Check{Code::unusual_document_name, check_unusual_document_name},
    Check{Code::unusual_application, check_unusual_application},
    Check{Code::invalid_date_time, nullptr, false, fix_invalid_date_time, FixKind::changes_meaning},
    Check{Code::invalid_boolean, nullptr, false, fix_invalid_boolean, FixKind::changes_meaning},
    Check{Code::missing_srs_name, nullptr, false, fix_missing_srs_name, FixKind::changes_meaning},
    Check{Code::invalid_uom, nullptr, false, fix_invalid_uom, FixKind::changes_meaning},
    Check{Code::invalid_radius, nullptr, false, fix_invalid_radius, FixKind::changes_meaning},
    Check{Code::misplaced_element, nullptr, false, fix_misplaced_element, FixKind::changes_meaning},
    Check{Code::parts_out_of_order, nullptr, false, fix_parts_out_of_order, FixKind::safe},
    Check{Code::repeated_part, nullptr, false, fix_repeated_part, FixKind::safe},
    Check{Code::unexpected_text, nullptr, false, fix_unexpected_text, FixKind::safe},
    Check{Code::unexpected_attribute, nullptr, false, fix_unexpected_attribute, FixKind::safe},
    Check{Code::misspelt_element, nullptr, false, fix_misspelt_element, FixKind::changes_meaning},
    Check{Code::invalid_uri, nullptr, false, fix_invalid_uri, FixKind::changes_meaning},
    Check{Code::validity_empty, check_validity_empty, false, fix_validity_empty, FixKind::changes_meaning},
    Check{Code::rule_expired, check_rule_expired, false, fix_rule_expired, FixKind::changes_meaning},
    Check{Code::rule_never_matches, check_rule_never_matches, true, fix_rule_never_matches, FixKind::safe},
    Check{Code::rule_redundant, check_rule_redundant, true, fix_rule_redundant, FixKind::safe},
    Check{Code::except_without_effect, check_except_without_effect, false, fix_except_without_effect, FixKind::safe},
    Check{Code::block_overridden, check_block_overridden},
    Check{Code::allow_shows_nothing, check_allow_shows_nothing},
    Check{Code::attribute_without_component, check_attribute_without_component},
    Check{Code::note_well_joined, check_note_well_joined},
    Check{Code::obfuscation_unavailable, check_obfuscation_unavailable},
    Check{Code::identity_without_scheme, nullptr, false, fix_identity_without_scheme, FixKind::changes_meaning},
    Check{Code::domain_with_scheme, nullptr, false, fix_domain_with_scheme, FixKind::changes_meaning},
    Check{Code::domain_with_port, nullptr, false, fix_domain_with_port, FixKind::changes_meaning},
    Check{Code::domain_with_user, nullptr, false, fix_domain_with_user, FixKind::changes_meaning},
    Check{Code::tel_and_sip_number, check_tel_and_sip_number},
    Check{Code::one_person_several_spellings, check_one_person_several_spellings},
    Check{Code::except_outside_domain, check_except_outside_domain, false, fix_except_outside_domain, FixKind::changes_meaning},
    Check{Code::except_beside_many, nullptr, false, fix_except_beside_many, FixKind::changes_meaning},
    Check{Code::identity_with_parameters, check_identity_with_parameters, false, fix_identity_with_parameters, FixKind::changes_meaning},
    Check{Code::conditions_exclude_each_other, check_conditions_exclude_each_other},
    Check{Code::validity_out_of_order, check_validity_out_of_order, false, fix_validity_out_of_order, FixKind::safe},
    Check{Code::validity_overlapping, check_validity_overlapping, false, fix_validity_overlapping, FixKind::safe},
    Check{Code::sphere_comma, check_sphere_comma, false, fix_sphere_comma, FixKind::changes_meaning},
    Check{Code::sphere_unused, check_sphere_unused},
    Check{Code::handling_depends_on_sphere, check_handling_depends_on_sphere},
    Check{Code::handling_depends_on_location, check_handling_depends_on_location},
    Check{Code::sphere_repeated, check_sphere_repeated, false, fix_sphere_repeated, FixKind::safe},
    Check{Code::rule_not_yet_valid, check_rule_not_yet_valid},
    Check{Code::location_covered, check_location_covered, false, fix_location_covered, FixKind::safe},
    Check{Code::condition_on_unpublished_place, check_condition_on_unpublished_place},
    Check{Code::confirm_overridden, check_confirm_overridden},
    Check{Code::handling_without_effect, check_handling_without_effect, true},
    Check{Code::transformations_without_allow, check_transformations_without_allow},
    Check{Code::grant_of_false, check_grant_of_false, false, fix_grant_of_false, FixKind::safe},
    Check{Code::denial_without_effect, check_denial_without_effect},
    Check{Code::duplicate_rule, check_duplicate_rule, false, fix_duplicate_rule, FixKind::safe},
    Check{Code::rules_differ_in_order, check_rules_differ_in_order, false, fix_rules_differ_in_order, FixKind::safe},
    Check{Code::rule_subsumed, check_rule_subsumed, true, fix_rule_subsumed, FixKind::safe},
    Check{Code::permission_repeated, check_permission_repeated, false, fix_permission_repeated, FixKind::safe},
    Check{Code::selector_covered, check_selector_covered, false, fix_selector_covered, FixKind::safe},
    Check{Code::unknown_attribute_known, check_unknown_attribute_known, false, fix_unknown_attribute_known,
          FixKind::changes_meaning},
    Check{Code::unknown_attribute_prefixed, nullptr, false, fix_unknown_attribute_prefixed, FixKind::changes_meaning},
    Check{Code::attribute_beside_all, check_attribute_beside_all, false, fix_attribute_beside_all, FixKind::safe},
    Check{Code::retention_beyond_a_year, check_retention_beyond_a_year},
    Check{Code::note_well_empty, check_note_well_empty, false, fix_note_well_empty, FixKind::changes_meaning},
    Check{Code::sub_handling_in_location_rules, check_sub_handling_in_location_rules},
    Check{Code::identity_never_authenticated, check_identity_never_authenticated},
    Check{Code::open_to_unauthenticated, check_open_to_unauthenticated},
    Check{Code::any_authenticated_watcher, check_any_authenticated_watcher},
    Check{Code::exact_location_widely, check_exact_location_widely},
    Check{Code::civic_finer_than_geodetic, check_civic_finer_than_geodetic},
    Check{Code::two_radii, check_two_radii},
    Check{Code::radius_below_threshold, check_radius_below_threshold},
    Check{Code::condition_region_smaller, check_condition_region_smaller},
    Check{Code::attributes_disclose_location, check_attributes_disclose_location},
    Check{Code::retransmission_of_fine_location, check_retransmission_of_fine_location, false, fix_retransmission_of_fine_location, FixKind::changes_meaning},
    Check{Code::blocked_can_tell, check_blocked_can_tell},
    Check{Code::time_offset_tells_place, check_time_offset_tells_place},
    Check{Code::place_type_tells_place, check_place_type_tells_place},
    Check{Code::filter_not_idempotent, check_filter_not_idempotent, false, fix_filter_not_idempotent, FixKind::changes_meaning},
    Check{Code::except_as_block_list, check_except_as_block_list},
    Check{Code::device_id_widely, check_device_id_widely},
    Check{Code::older_dialect, nullptr, false, fix_older_dialect, FixKind::safe},
    Check{Code::domain_upper_case, check_domain_upper_case, false, fix_domain_upper_case, FixKind::safe},
    Check{Code::tel_visual_separators, check_tel_visual_separators, false, fix_tel_visual_separators, FixKind::safe},
    Check{Code::repeated_identity, check_repeated_identity, false, fix_repeated_identity, FixKind::safe},
    Check{Code::uri_spelling, check_uri_spelling, false, fix_uri_spelling, FixKind::safe},
    Check{Code::identity_covered, check_identity_covered, false, fix_identity_covered, FixKind::safe},
    Check{Code::unused_namespace, check_unused_namespace, false, fix_unused_namespace, FixKind::safe},
    Check{Code::boolean_spelling, check_boolean_spelling, false, fix_boolean_spelling, FixKind::safe},
    Check{Code::namespace_declared_again, check_namespace_declared_again, false, fix_namespace_declared_again, FixKind::safe},
    Check{Code::misleading_prefix, check_misleading_prefix},
    Check{Code::number_spelling, check_number_spelling, false, fix_number_spelling, FixKind::safe},
    Check{Code::value_with_blanks, check_value_with_blanks, false, fix_value_with_blanks, FixKind::safe},
    Check{Code::unused_ignore, nullptr, false, fix_unused_ignore, FixKind::safe},
};

}  // namespace

std::span<const Check> all_checks() { return kChecks; }

const Check* check_of(Code code) {
  const auto* row = std::ranges::find(kChecks, code, &Check::code);
  return row == kChecks.end() ? nullptr : row;
}

void run_checks(const Context& context, diag::Sink& sink) {
  for (const auto& check : kChecks)
    if (check.run != nullptr && (!check.by_solver || !context.options.disabled.contains(check.code))) check.run(context, sink);
}

std::vector<diag::Diagnostic> drop_disabled(const diag::Sink& sink, const std::set<Code>& disabled) {
  auto wanted = sink;
  wanted.sort();
  auto findings = wanted.diagnostics();
  std::erase_if(findings, [&](const auto& each) { return disabled.contains(each.code); });
  return findings;
}

}  // namespace presproof::lint
