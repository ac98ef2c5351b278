#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace presproof::diag {

enum class Severity : std::uint8_t { note, warning, error };

/// Every kind of finding, once. The digits group them: 1xx what a server refuses on upload, 2xx what the rules mean,
/// 3xx privacy, 4xx style, 5xx what a server makes of the
/// rules that departs from the RFCs (`--engine`). Codes are stable: never renumber, never reuse.
enum class Code : std::uint16_t {
  not_well_formed = 100,
  wrong_namespace = 101,
  not_a_rule_set = 102,
  duplicate_rule_id = 103,
  invalid_rule_id = 104,
  invalid_value = 105,
  missing_attribute = 106,
  unexpected_content = 107,
  all_beside_selectors = 108,
  empty_identity = 109,
  except_names_nobody = 110,
  incomplete_validity = 111,
  unsupported_crs = 112,
  profile_mismatch = 113,
  over_limit = 114,
  not_a_presence_document = 115,
  schema_invalid = 116,
  unsupported_encoding = 117,
  unusual_document_name = 118,
  unusual_application = 119,
  invalid_date_time = 120,
  invalid_boolean = 121,
  missing_srs_name = 122,
  invalid_uom = 123,
  invalid_radius = 124,
  misplaced_element = 125,
  parts_out_of_order = 126,
  repeated_part = 127,
  unexpected_text = 128,
  unexpected_attribute = 129,
  misspelt_element = 130,
  invalid_uri = 131,
  unknown_condition = 201,
  unknown_permission = 202,
  validity_empty = 203,
  validity_without_offset = 204,
  rule_expired = 205,
  rule_never_matches = 206,
  rule_redundant = 207,
  except_without_effect = 208,
  block_overridden = 209,
  allow_shows_nothing = 210,
  attribute_without_component = 211,
  note_well_joined = 212,
  obfuscation_unavailable = 213,
  identity_without_scheme = 214,
  domain_with_scheme = 215,
  domain_with_port = 216,
  domain_glob = 217,
  domain_with_user = 218,
  tel_local_number = 219,
  tel_and_sip_number = 220,
  one_person_several_spellings = 221,
  except_outside_domain = 222,
  except_beside_many = 223,
  identity_with_parameters = 224,
  conditions_exclude_each_other = 225,
  validity_out_of_order = 226,
  validity_overlapping = 227,
  sphere_comma = 228,
  sphere_unused = 229,
  handling_depends_on_sphere = 230,
  handling_depends_on_location = 231,
  sphere_repeated = 232,
  rule_not_yet_valid = 234,
  location_covered = 235,
  condition_on_unpublished_place = 238,
  confirm_overridden = 240,
  handling_without_effect = 241,
  transformations_without_allow = 242,
  grant_of_false = 243,
  denial_without_effect = 244,
  duplicate_rule = 245,
  rules_differ_in_order = 246,
  rule_subsumed = 247,
  permission_repeated = 248,
  selector_covered = 249,
  unknown_attribute_known = 250,
  unknown_attribute_prefixed = 251,
  attribute_beside_all = 252,
  retention_beyond_a_year = 253,
  note_well_empty = 255,
  sub_handling_in_location_rules = 257,
  property_not_proved = 260,
  identity_never_authenticated = 261,
  open_to_unauthenticated = 301,
  any_authenticated_watcher = 302,
  exact_location_widely = 303,
  civic_finer_than_geodetic = 304,
  two_radii = 305,
  radius_below_threshold = 306,
  condition_region_smaller = 307,
  attributes_disclose_location = 308,
  retransmission_of_fine_location = 309,
  blocked_can_tell = 310,
  time_offset_tells_place = 311,
  place_type_tells_place = 312,
  filter_not_idempotent = 313,
  except_as_block_list = 314,
  device_id_widely = 317,
  older_dialect = 401,
  domain_upper_case = 402,
  tel_visual_separators = 403,
  repeated_identity = 404,
  uri_spelling = 405,
  identity_covered = 406,
  unused_namespace = 410,
  boolean_spelling = 412,
  namespace_declared_again = 413,
  misleading_prefix = 414,
  number_spelling = 415,
  value_with_blanks = 416,
  ignore_without_reason = 418,
  unused_ignore = 419,
  unknown_ignore = 420,
  comment_ends_rules = 501,
  rule_without_conditions = 502,
  rule_without_identity = 503,
  first_rule_decides = 504,
  except_id_not_read = 505,
  occurrence_id_not_read = 506,
  digit_hides = 507,
  time_read_otherwise = 508,
  permission_not_filtered = 509,
  shown_unless_named = 510,
  domain_fits_others = 511,
  condition_not_read = 512,
  anonymous_admitted = 513,
  period_counts_later = 514,
  identity_never_equal = 515,
  handling_with_blanks = 516,
  document_not_read = 517,
};

/// A row of the registry: the one place that knows a finding's name, gravity, reason and source.
struct CodeInfo {
  Code code;
  std::string_view id;     ///< `PP101`
  std::string_view name;   ///< `wrong-namespace`
  Severity severity;
  std::string_view title;  ///< one line for `lint --list` and SARIF
  std::string_view why;    ///< why it matters, one or two sentences
  std::string_view spec;   ///< `RFC 5025 section 3.2.1`
};

[[nodiscard]] const CodeInfo& info(Code code);
[[nodiscard]] std::span<const CodeInfo> all_codes();
/// By id or name; nothing when there is no such code.
[[nodiscard]] std::optional<Code> find_code(std::string_view id_or_name);
[[nodiscard]] std::string_view to_string(Severity severity);

}  // namespace presproof::diag
