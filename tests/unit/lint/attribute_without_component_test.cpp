#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
std::size_t count(const std::string& rules) { return Linted(rules).count(Code::attribute_without_component); }
std::string granted(std::string_view attribute) {
  return "<pr:" + std::string(attribute) + ">true</pr:" + std::string(attribute) + ">";
}
}  // namespace

TEST_CASE("attribute-without-component fires for a person's attribute beside services alone", "[lint]") {
  CHECK(
      Linted(rule("a", kBob, kAllow, kServices + granted("provide-mood"))).message(Code::attribute_without_component) ==
      "`provide-mood` shows nothing: it is shown only within a person, and no rule shows one to these watchers");
}

TEST_CASE("attribute-without-component knows what carries what", "[lint]") {
  for (const auto* name : {"provide-activities", "provide-mood", "provide-place-is", "provide-place-type",
                           "provide-sphere", "provide-time-offset"}) {
    CHECK(count(rule("a", kBob, kAllow, kServices + kDevices + granted(name))) == 1);
    CHECK(count(rule("a", kBob, kAllow, kPersons + granted(name))) == 0);
  }
  for (const auto* name : {"provide-deviceID", "provide-relationship"}) {
    CHECK(count(rule("a", kBob, kAllow, kPersons + kDevices + granted(name))) == 1);
    CHECK(count(rule("a", kBob, kAllow, kServices + granted(name))) == 0);
  }
  for (const auto* name : {"provide-privacy", "provide-status-icon"}) {
    CHECK(count(rule("a", kBob, kAllow, kDevices + granted(name))) == 1);
    CHECK(count(rule("a", kBob, kAllow, kPersons + granted(name))) == 0);
    CHECK(count(rule("a", kBob, kAllow, kServices + granted(name))) == 0);
  }
  for (const auto* name : {"provide-class", "provide-note"}) {
    CHECK(count(rule("a", kBob, kAllow, kDevices + granted(name))) == 0);
    CHECK(count(rule("a", kBob, "", granted(name))) == 1);
  }
}

TEST_CASE("attribute-without-component names all attributes with the same need once", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, kServices + granted("provide-mood") + granted("provide-sphere")))
            .message(Code::attribute_without_component) ==
        "`provide-mood` and `provide-sphere` show nothing: they are shown only within a person, and no rule shows one "
        "to these "
        "watchers");
}

TEST_CASE("attribute-without-component is silent for false, and for user input false", "[lint]") {
  CHECK(count(rule("a", kBob, "",
                   "<pr:provide-mood>false</pr:provide-mood><pr:provide-user-input>false</pr:provide-user-input>")) ==
        0);
  CHECK(count(rule("a", kBob, "", "<pr:provide-user-input>bare</pr:provide-user-input>")) == 1);
}

TEST_CASE("attribute-without-component is silent when another rule for the same watcher shows the component",
          "[lint]") {
  CHECK(count(rule("a", kBob, kAllow, granted("provide-mood")) + rule("b", identity("<many/>"), "", kPersons)) == 0);
  CHECK(count(rule("a", kBob, "", granted("provide-mood")) + rule("b", one("sip:carol@example.com"), "", kPersons)) ==
        1);
}

TEST_CASE("attribute-without-component leaves a rule that shows nothing at all to allow-shows-nothing", "[lint]") {
  Linted linted(rule("a", kBob, kAllow, granted("provide-mood")));
  linted.facts({});
  auto sink = linted.sink();
  const auto context = linted.context();
  run_checks(context, sink);
  // The prefixes that all these rule sets declare are not the matter here.
  const auto found = drop_disabled(sink, {Code::unused_namespace});
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == Code::allow_shows_nothing);
}

TEST_CASE("attribute-without-component is silent in a location server's rules", "[lint]") {
  Linted linted(rule("a", kBob, "", granted("provide-mood")));
  linted.options().usage = policy::Usage::geolocation;
  CHECK(linted.count(Code::attribute_without_component) == 0);
}

}  // namespace presproof::lint
