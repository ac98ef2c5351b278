#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
std::string note(std::string_view text, std::string_view lang = "en") {
  return "<gp:set-note-well xml:lang=\"" + std::string(lang) + "\">" + std::string(text) + "</gp:set-note-well>";
}
std::size_t count(const std::string& rules) { return Linted(rules).count(Code::note_well_joined); }
}  // namespace

TEST_CASE("note-well-joined fires for two texts that one watcher gets", "[lint]") {
  Linted linted(rule("a", kBob, "", note("one")) + rule("b", identity("<many/>"), "", note("two")));
  const auto found = linted.run(Code::note_well_joined);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == "b");
  CHECK(found[0].message ==
        "rule `a` and rule `b` both match for `sip:bob@example.com`, and their note-well texts are joined");
  CHECK(found[0].related.size() == 1);
}

TEST_CASE("note-well-joined fires for two texts of one rule, and for two languages", "[lint]") {
  CHECK(Linted(rule("a", kBob, "", note("one") + note("two"))).message(Code::note_well_joined) ==
        "rule `a` sets two note-well texts, which are joined");
  CHECK(count(rule("a", kBob, "", note("one", "en") + note("eins", "de"))) == 1);
}

TEST_CASE("note-well-joined is silent for equal texts and for rules that never match together", "[lint]") {
  CHECK(count(rule("a", kBob, "", note("one")) + rule("b", identity("<many/>"), "", note("one"))) == 0);
  CHECK(count(rule("a", kBob, "", note("one")) + rule("b", one("sip:carol@example.com"), "", note("two"))) == 0);
  CHECK(count(rule("a", kBob, "", note("one"))) == 0);
}

}  // namespace presproof::lint
