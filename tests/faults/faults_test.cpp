// Whether the differential comparisons would notice a bug: each seeded fault (base/fault.h) must make one of them disagree, and
// without a fault none may. `test_faults -s` tells after how many seeds each fault was found, and how.

#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "differential/comparison.h"

namespace presproof {
namespace {

struct Row {
  Fault fault;
  std::string_view name;
};
#define PRESPROOF_ROW(fault) Row{Fault::fault, #fault}
constexpr std::array kRows = {
    PRESPROOF_ROW(match_except_id_forgotten),
    PRESPROOF_ROW(match_except_domain_forgotten),
    PRESPROOF_ROW(match_except_of_first_identity_only),
    PRESPROOF_ROW(match_one_by_core_alone),
    PRESPROOF_ROW(match_sphere_minding_case),
    PRESPROOF_ROW(match_from_excluded),
    PRESPROOF_ROW(match_until_included),
    PRESPROOF_ROW(match_absent_civic_field_fits),
    PRESPROOF_ROW(match_unknown_condition_holds),
    PRESPROOF_ROW(index_domain_as_written),
    PRESPROOF_ROW(index_first_identity_alone),
    PRESPROOF_ROW(index_trusted_despite_excepts),
    PRESPROOF_ROW(index_envelope_of_last_pair),
    PRESPROOF_ROW(combine_last_handling_wins),
    PRESPROOF_ROW(combine_finest_radius_always),
    PRESPROOF_ROW(combine_absent_radius_is_exact_always),
    PRESPROOF_ROW(combine_no_beats_yes),
    PRESPROOF_ROW(combine_selectors_forgotten),
    PRESPROOF_ROW(claim_attribute_without_its_component),
    PRESPROOF_ROW(claim_radius_included),
    PRESPROOF_ROW(claim_location_as_published_always),
    PRESPROOF_ROW(scope_until_included),
    PRESPROOF_ROW(scope_minus_forgotten),
    PRESPROOF_ROW(names_parameters_forgotten),
    PRESPROOF_ROW(names_first_equivalent_only),
    PRESPROOF_ROW(names_no_other_spellings),
    PRESPROOF_ROW(rules_except_domains_forgotten),
    PRESPROOF_ROW(rules_first_identity_condition_only),
    PRESPROOF_ROW(rules_unauthenticated_is_a_stranger),
    PRESPROOF_ROW(rules_empty_identity_is_unauthenticated_always),
    PRESPROOF_ROW(rules_unknown_child_of_many_ignored),
    PRESPROOF_ROW(rules_domains_not_indexed),
    PRESPROOF_ROW(partition_without_stranger),
    PRESPROOF_ROW(partition_without_strangers_of_first_domain),
    PRESPROOF_ROW(partition_without_unauthenticated),
    PRESPROOF_ROW(partition_without_pairs_of_identities),
    PRESPROOF_ROW(partition_domain_loses_nothing),
    PRESPROOF_ROW(partition_own_loses_nothing),
    PRESPROOF_ROW(partition_two_domains_like_one),
    PRESPROOF_ROW(partition_group_except_forgotten),
    PRESPROOF_ROW(conditions_every_sphere_token),
    PRESPROOF_ROW(conditions_last_validity_wins),
    PRESPROOF_ROW(conditions_first_location_only),
    PRESPROOF_ROW(conditions_everybody_is_authenticated),
    PRESPROOF_ROW(cells_start_belongs_to_cell_before),
    PRESPROOF_ROW(cells_until_included),
    PRESPROOF_ROW(cells_merged_within_a_second),
    PRESPROOF_ROW(cells_last_range_ends),
    PRESPROOF_ROW(variable_one_bit_short),
    PRESPROOF_ROW(state_sphere_minding_case),
    PRESPROOF_ROW(state_undefined_sphere_is_another),
    PRESPROOF_ROW(state_next_civic_text_fits),
    PRESPROOF_ROW(state_circles_of_one_center_merged),
    PRESPROOF_ROW(state_end_of_during_cuts_nothing),
    PRESPROOF_ROW(threshold_radius_included),
    PRESPROOF_ROW(threshold_retention_included),
    PRESPROOF_ROW(threshold_attribute_without_its_component),
    PRESPROOF_ROW(threshold_location_as_published_always),
    PRESPROOF_ROW(threshold_finest_radius_always),
    PRESPROOF_ROW(threshold_absent_radius_is_exact_always),
    PRESPROOF_ROW(threshold_uris_as_written),
    PRESPROOF_ROW(terms_and_for_or),
    PRESPROOF_ROW(matching_left_out_rules_stay),
    PRESPROOF_ROW(matching_left_out_blocks_stay),
    PRESPROOF_ROW(matching_domain_loses_nothing),
    PRESPROOF_ROW(matching_unlike_rules_merged),
    PRESPROOF_ROW(matching_one_list_of_unauthenticated),
    PRESPROOF_ROW(geometry_bounds_inward),
    PRESPROOF_ROW(geometry_margin_is_impossible),
    PRESPROOF_ROW(geometry_core_outside_of_all),
    PRESPROOF_ROW(geometry_overlapping_is_disjoint),
    PRESPROOF_ROW(decode_rounded_unchecked),
    PRESPROOF_ROW(prover_guard_of_authenticated),
};
#undef PRESPROOF_ROW

constexpr bool is_complete() {
  for (std::size_t i = 0; i < kRows.size(); ++i)
    if (static_cast<std::size_t>(kRows[i].fault) != i + 1) return false;
  return kRows.size() == kFaults;
}
static_assert(is_complete(), "each fault has its row, in the order of base/fault.h");

/// Selects a fault as long as it lives.
class Seeded {
 public:
  explicit Seeded(Fault fault) { seeded_fault = fault; }
  ~Seeded() { seeded_fault = Fault::none; }
  Seeded(const Seeded&) = delete;
  Seeded& operator=(const Seeded&) = delete;
};

constexpr std::uint64_t kSeeds = 1500;
/// Solving for places takes ten times as long as everything else.
constexpr std::uint64_t kSeedsOfPlaces = 200;

const differential::World kRules{generator::small_vocabulary()};
const differential::World kFewRules{generator::small_vocabulary(), {.rules = 2}};
const differential::World kManyRules{generator::small_vocabulary(), {.rules = 300, .fewest_conditions = 3}};

/// What the comparisons disagree about at one seed.
std::string disagreement(std::uint64_t seed) {
  differential::TermTally terms;
  differential::WatcherTally watchers;
  differential::VerdictTally verdicts;
  differential::PlacementTally places;
  std::string found = differential::compare_terms(seed, kRules, terms);
  if (found.empty()) found = differential::compare_terms(seed, kFewRules, terms);
  if (found.empty() && seed % 4 == 0) found = differential::compare_terms(seed, kManyRules, terms);
  if (found.empty()) found = differential::compare_watchers(seed, kRules, watchers);
  // In few rules a watcher or a state that was not thought of stands out.
  if (found.empty()) found = differential::compare_verdicts(seed, seed % 2 == 0 ? kFewRules : kRules, verdicts);
  if (found.empty() && seed <= kSeedsOfPlaces) found = differential::compare_placements(seed, generator::touching_vocabulary(), places);
  return found;
}

}  // namespace

TEST_CASE("without a fault the comparisons agree at every seed") {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) REQUIRE(disagreement(seed) == "");
}

TEST_CASE("every seeded fault makes the comparisons disagree") {
  for (const Row& row : kRows)
    DYNAMIC_SECTION(row.name) {
      const Seeded seeded_here(row.fault);
      std::string found;
      std::uint64_t seed = 0;
      while (found.empty() && seed < kSeeds) found = disagreement(++seed);
      INFO(row.name << ": " << seed << " seeds, " << found);
      CHECK(found != "");
    }
}

}  // namespace presproof
