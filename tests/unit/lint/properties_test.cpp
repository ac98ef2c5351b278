#include "lint/properties.h"

#include "diag/error.h"
#include "property/parser.h"
#include "unit/lint/fixture.h"

namespace presproof::lint {
namespace {

using diag::Code;

std::vector<diag::Diagnostic> not_proved(const Linted& linted, const std::string& text) {
  diag::Sources sources;
  const auto no_file = [](std::string_view, std::string_view) -> std::uint32_t { throw diag::InternalError("no file is named"); };
  const auto properties = property::parse(sources, {}, {text}, no_file, xml::Limits{});
  diag::Sink sink;
  prove_properties(linted.context(), properties, 30, sink);
  return sink.diagnostics();
}

}  // namespace

TEST_CASE("a property that is violated is a finding with its counterexample") {
  const Linted linted(rule("friends", kBob, kAllow, kServices));
  const auto found = not_proved(linted, "for everyone never services");
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == Code::property_not_proved);
  CHECK(found[0].message.starts_with("`for everyone never services` is violated by `rules0.xml`: `sip:bob@example.com` at "));
  REQUIRE(found[0].related.size() == 1);
  CHECK(found[0].related[0].message == "rule `friends` has a part in it");
}

TEST_CASE("a property that is proved is no finding, one that holds for want of cases is") {
  const Linted linted(rule("friends", kBob, kAllow, kServices));
  CHECK(not_proved(linted, "for everyone never mood").empty());
  const auto found = not_proved(linted, "for everyone minus everyone never services");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "`for everyone minus everyone never services` holds for `rules0.xml` only for want of cases");
}

}  // namespace presproof::lint
