#pragma once

#include <cstddef>
#include <cstdint>

/// Deliberate bugs in the two translations of a policy, for the tests that ask whether the differential comparisons would notice
/// them (tests/faults; mutation analysis after DeMillo, Lipton and Sayward, "Hints on Test Data Selection", 1978).
///
/// A decision that can go wrong is written with its wrong alternative beside it:
///
///     seeded(Fault::match_until_included) ? time <= until : time < until
///
/// In the program `seeded` is the constant false, and the compiler leaves nothing of it. The tests compile the sources a second time
/// with PRESPROOF_FAULTS, and select one fault after the other. Names say what the faulty code does.
namespace presproof {

enum class Fault : std::uint8_t {
  none,

  // The evaluator: semantics/match.cpp.
  match_except_id_forgotten,
  match_except_domain_forgotten,
  match_except_of_first_identity_only,
  match_one_by_core_alone,
  match_sphere_minding_case,
  match_from_excluded,
  match_until_included,
  match_absent_civic_field_fits,
  match_unknown_condition_holds,
  // semantics/identity_index.*, evaluator.cpp.
  index_domain_as_written,
  index_first_identity_alone,
  index_trusted_despite_excepts,
  index_envelope_of_last_pair,
  // semantics/effect.cpp.
  combine_last_handling_wins,
  combine_finest_radius_always,
  combine_absent_radius_is_exact_always,
  combine_no_beats_yes,
  combine_selectors_forgotten,
  // verify/claim.cpp, scope.cpp.
  claim_attribute_without_its_component,
  claim_radius_included,
  claim_location_as_published_always,
  scope_until_included,
  scope_minus_forgotten,

  // The encoder: smt/identity_names.cpp.
  names_parameters_forgotten,
  names_first_equivalent_only,
  names_no_other_spellings,
  // smt/identity_rules.cpp.
  rules_except_domains_forgotten,
  rules_first_identity_condition_only,
  rules_unauthenticated_is_a_stranger,
  rules_empty_identity_is_unauthenticated_always,
  rules_unknown_child_of_many_ignored,
  rules_domains_not_indexed,
  // smt/partition.cpp.
  partition_without_stranger,
  partition_without_strangers_of_first_domain,
  partition_without_unauthenticated,
  partition_without_pairs_of_identities,
  partition_domain_loses_nothing,
  partition_own_loses_nothing,
  partition_two_domains_like_one,
  partition_group_except_forgotten,
  // smt/rule_conditions.cpp.
  conditions_every_sphere_token,
  conditions_last_validity_wins,
  conditions_first_location_only,
  conditions_everybody_is_authenticated,
  // smt/cells.cpp, finite_variable.cpp.
  cells_start_belongs_to_cell_before,
  cells_until_included,
  cells_merged_within_a_second,
  cells_last_range_ends,
  variable_one_bit_short,
  // smt/symbolic_state.cpp.
  state_sphere_minding_case,
  state_undefined_sphere_is_another,
  state_next_civic_text_fits,
  state_circles_of_one_center_merged,
  state_end_of_during_cuts_nothing,
  // smt/threshold.cpp, claim_terms.cpp.
  threshold_radius_included,
  threshold_retention_included,
  threshold_attribute_without_its_component,
  threshold_location_as_published_always,
  threshold_finest_radius_always,
  threshold_absent_radius_is_exact_always,
  threshold_uris_as_written,
  terms_and_for_or,
  // smt/some_matching.cpp.
  matching_left_out_rules_stay,
  matching_left_out_blocks_stay,
  matching_domain_loses_nothing,
  matching_unlike_rules_merged,
  matching_one_list_of_unauthenticated,
  // smt/geometry.cpp.
  geometry_bounds_inward,
  geometry_margin_is_impossible,
  geometry_core_outside_of_all,
  geometry_overlapping_is_disjoint,
  // smt/decode.cpp, prover.cpp.
  decode_rounded_unchecked,
  prover_guard_of_authenticated,

  last = prover_guard_of_authenticated
};
inline constexpr std::size_t kFaults = static_cast<std::size_t>(Fault::last);

#ifdef PRESPROOF_FAULTS
inline Fault seeded_fault = Fault::none;  ///< for tests to set, between two comparisons
inline bool seeded(Fault fault) { return fault == seeded_fault; }
#else
constexpr bool seeded(Fault) { return false; }
#endif

}  // namespace presproof
