#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
std::string retention(std::string_view seconds) {
  return "<gp:set-retention-expiry>" + std::string(seconds) + "</gp:set-retention-expiry>";
}
}  // namespace

TEST_CASE("retention-beyond-a-year fires above 365 days", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, retention("34560000"))).message(Code::retention_beyond_a_year) ==
        "rule `a` lets its watchers keep each location for 400 days, more than 365 days");
  CHECK(Linted(rule("a", kBob, kAllow, retention("31536001"))).message(Code::retention_beyond_a_year) ==
        "rule `a` lets its watchers keep each location for 31536001 seconds, more than 365 days");
  CHECK(Linted(rule("a", kBob, kAllow, retention("31536000"))).count(Code::retention_beyond_a_year) == 0);
}

TEST_CASE("retention-beyond-a-year follows the owner's limit", "[lint]") {
  Linted linted(rule("a", kBob, kAllow, retention("3601")));
  CHECK(linted.count(Code::retention_beyond_a_year) == 0);
  linted.options().thresholds.retention_s = 3600;
  CHECK(linted.message(Code::retention_beyond_a_year) ==
        "rule `a` lets its watchers keep each location for 3601 seconds, more than 3600 seconds");
}

TEST_CASE("note-well-empty fires for a text of nothing but blanks, and its fix removes it", "[lint]") {
  Linted linted(rule("a", kBob, kAllow, "<gp:set-note-well> </gp:set-note-well>"));
  CHECK(linted.message(Code::note_well_empty) ==
        "the note-well text of rule `a` is empty: it replaces what a location says by nothing");
  CHECK(linted.fixed(Code::note_well_empty) == rule("a", kBob, kAllow));
  CHECK(Linted(rule("a", kBob, kAllow, "<gp:set-note-well/>")).count(Code::note_well_empty) == 1);
  CHECK(Linted(rule("a", kBob, kAllow, "<gp:set-note-well>x</gp:set-note-well>")).count(Code::note_well_empty) == 0);
}

TEST_CASE("sub-handling-in-location-rules fires when a location server reads the rules", "[lint]") {
  Linted linted(rule("a", kBob, handling("block")));
  CHECK(linted.count(Code::sub_handling_in_location_rules) == 0);
  linted.options().usage = policy::Usage::geolocation;
  CHECK(linted.message(Code::sub_handling_in_location_rules) ==
        "the `block` of rule `a` has no effect: a location server knows no `sub-handling`");
}

TEST_CASE("sub-handling-in-location-rules is silent without the element", "[lint]") {
  Linted linted(rule("a", kBob, "", "<gp:provide-location/>"));
  REQUIRE(linted.options().usage == policy::Usage::geolocation);
  CHECK(linted.count(Code::sub_handling_in_location_rules) == 0);
}

}  // namespace presproof::lint
