#include <catch2/catch.hpp>

#include "unit/xml/reading.h"

using namespace presproof;
using namespace presproof::xml;

namespace {

std::string nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += "<a>\n";
  for (std::size_t i = 0; i < depth; ++i) text += "</a>";
  return text;
}

void check_over(const Reading& reading, const std::string& place, const std::string& limit, const std::string& flag) {
  CHECK_FALSE(reading.document);
  REQUIRE(reading.sink.diagnostics().size() == 1);
  const diag::Diagnostic& found = reading.sink.diagnostics().front();
  CHECK(found.code == diag::Code::over_limit);
  CHECK(Reading::place(found.span) == place);
  CHECK_THAT(found.message, Catch::Contains(limit) && Catch::Contains("`" + flag + "`"));
}

}  // namespace

TEST_CASE("256 levels are read and 257 are over the limit") {
  CHECK(Reading(nested(256)).document);
  check_over(Reading(nested(257)), "257:1", "deeper than 256 levels", "--max-depth");
  CHECK(Reading(nested(257), Limits{.depth = 257}).document);
  CHECK(Reading(nested(100000), Limits{.depth = 100000}).document);
}

TEST_CASE("elements are counted up to the limit") {
  const std::string text = "<a><b/>\n<c/><d/></a>";
  CHECK(Reading(text, Limits{.elements = 4}).document);
  check_over(Reading(text, Limits{.elements = 3}), "2:5", "more than 3 elements", "--max-elements");
}

TEST_CASE("bytes are counted up to the limit, of the file as it is") {
  const std::string text = "<a>\xC3\xA4</a>";
  CHECK(Reading(text, Limits{.bytes = text.size()}).document);
  check_over(Reading(text, Limits{.bytes = text.size() - 1}), "1:1", "larger than 8 bytes", "--max-bytes");
}

TEST_CASE("a first violation before the limit is what is reported") {
  const Reading reading("<a><b></a>" + nested(300));
  CHECK(reading.sink.diagnostics().front().code == diag::Code::not_well_formed);
}
