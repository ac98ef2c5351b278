#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
std::size_t count(const std::string& conditions, const std::string& transformations) {
  return Linted(rule("a", kBob + conditions, "", transformations)).count(Code::obfuscation_unavailable);
}
}  // namespace

TEST_CASE("obfuscation-unavailable fires for a circle beyond 70 degrees, north or south", "[lint]") {
  CHECK(count(circle("78.2 15.6", "20000"), blurred("1000")) == 1);
  CHECK(count(circle("-78.2 15.6", "20000"), blurred("1000")) == 1);
  CHECK(count(circle("89.9 15.6", "200000"), blurred("1000")) == 1);
}

TEST_CASE("obfuscation-unavailable is silent when a part of the circle may lie within 70 degrees", "[lint]") {
  CHECK(count(circle("70.5 15.6", "60000"), blurred("1000")) == 0);  // half a degree is 55.8 km there
  CHECK(count(circle("70.5 15.6", "55000"), blurred("1000")) == 1);
  CHECK(count(circle("70 15.6", "1"), blurred("1000")) == 0);
  CHECK(count(circle("52.5 13.4", "1000"), blurred("1000")) == 0);
}

TEST_CASE("obfuscation-unavailable is silent where nothing is blurred", "[lint]") {
  CHECK(count(circle("78.2 15.6", "20000"), "<gp:provide-location/>") == 0);
  CHECK(count(circle("78.2 15.6", "20000"), blurred("1000") + "<gp:provide-location/>") == 0);
  CHECK(
      count(
          circle("78.2 15.6", "20000"),
          R"(<gp:provide-location profile="civic-transformation"><lp:provide-civic>city</lp:provide-civic></gp:provide-location>)") ==
      0);
  CHECK(count("", blurred("1000")) == 0);
}

}  // namespace presproof::lint
