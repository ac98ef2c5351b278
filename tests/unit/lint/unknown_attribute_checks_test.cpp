#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
std::string unknown(std::string_view ns, std::string_view name, std::string_view value = "true") {
  return "<pr:provide-unknown-attribute ns=\"" + std::string(ns) + "\" name=\"" + std::string(name) + "\">" +
         std::string(value) + "</pr:provide-unknown-attribute>";
}
constexpr auto kRpid = "urn:ietf:params:xml:ns:pidf:rpid";
std::size_t known(const std::string& permission) {
  return Linted(rule("a", kBob, kAllow, permission)).count(Code::unknown_attribute_known);
}
}  // namespace

TEST_CASE("unknown-attribute-known fires for an element that another permission governs, and its fix writes that",
          "[lint]") {
  Linted linted(rule("a", kBob, kAllow, kPersons + unknown(kRpid, "mood")));
  CHECK(linted.message(Code::unknown_attribute_known) ==
        "`provide-unknown-attribute` for `mood` is ignored: the element is not unknown, `provide-mood` governs it");
  CHECK(linted.fixed(Code::unknown_attribute_known) ==
        rule("a", kBob, kAllow, kPersons + "<pr:provide-mood>true</pr:provide-mood>"));
  CHECK(Linted(rule("a", "", "", unknown(kRpid, "user-input"))).fixed(Code::unknown_attribute_known) ==
        rule("a", "", "", "<pr:provide-user-input>full</pr:provide-user-input>"));
}

TEST_CASE("unknown-attribute-known fires for an element that is shown without a permission, and knows no fix",
          "[lint]") {
  Linted linted(rule("a", kBob, kAllow, unknown("urn:ietf:params:xml:ns:pidf", "contact")));
  CHECK(linted.message(Code::unknown_attribute_known) ==
        "`provide-unknown-attribute` for `contact` is ignored: the element is not unknown, and shown without a "
        "permission");
  CHECK(linted.fixed(Code::unknown_attribute_known) == std::nullopt);
}

TEST_CASE("unknown-attribute-known is silent about unknown elements, other namespaces, false, and location", "[lint]") {
  CHECK(known(unknown("urn:x", "mood")) == 0);
  CHECK(known(unknown("urn:ietf:params:xml:ns:pidf:cipid", "homepage")) == 0);
  CHECK(known(unknown(kRpid, "nothing-of-the-kind")) == 0);
  CHECK(known(unknown(kRpid, "mood", "false")) == 0);
  CHECK(known(unknown("urn:ietf:params:xml:ns:pidf:geopriv10", "geopriv")) == 0);
  Linted linted(rule("a", kBob, "", unknown(kRpid, "mood")));
  linted.options().usage = policy::Usage::geolocation;
  CHECK(linted.count(Code::unknown_attribute_known) == 0);
}

TEST_CASE("unknown-attribute-prefixed is reported by the reader, and its fix takes the prefix away", "[lint]") {
  Linted linted(rule("a", kBob, kAllow, kPersons + unknown("urn:x", "x:foo")));
  CHECK(linted.message(Code::unknown_attribute_prefixed) ==
        "the `name` `x:foo` of `<pr:provide-unknown-attribute>` is no unqualified element name: it is ignored");
  CHECK(linted.fixed(Code::unknown_attribute_prefixed) == rule("a", kBob, kAllow, kPersons + unknown("urn:x", "foo")));
}

TEST_CASE("unknown-attribute-prefixed is silent about plain names, and leaves other mistakes to invalid-value",
          "[lint]") {
  CHECK(Linted(rule("a", "", "", unknown("urn:x", "foo"))).count(Code::unknown_attribute_prefixed) == 0);
  for (const auto* name : {"", "a b", ":foo", "x:", "x:1"}) {
    Linted linted(rule("a", "", "", unknown("urn:x", name)));
    CHECK(linted.count(Code::unknown_attribute_prefixed) == 0);
    CHECK(linted.count(Code::invalid_value) == 1);
  }
}

}  // namespace presproof::lint
