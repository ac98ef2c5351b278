#include "base/lexical.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>

using namespace presproof;

TEST_CASE("trimming takes XML white space alone") {
  CHECK(trim_xml_space(" \t\r\n a b \n") == "a b");
  CHECK(trim_xml_space("") == "");
  CHECK(trim_xml_space(" \n ") == "");
  CHECK(trim_xml_space("\v\fa") == "\v\fa");
  CHECK(trim_xml_space("\xC2\xA0"
                       "a") ==
        "\xC2\xA0"
        "a");
}

TEST_CASE("splitting gives the words in order") {
  CHECK(split_xml_space("  52.5\t13.4\n\r 7 ") == std::vector<std::string_view>{"52.5", "13.4", "7"});
  CHECK(split_xml_space("one") == std::vector<std::string_view>{"one"});
  CHECK(split_xml_space(" \n").empty());
}

TEST_CASE("case is that of ASCII letters") {
  CHECK(to_lower_ascii("SIP:Bob@EXAMPLE.com\xC3\x84") == "sip:bob@example.com\xC3\x84");
  CHECK(equal_ignoring_case("SIP", "sip"));
  CHECK_FALSE(equal_ignoring_case("sip", "sips"));
  CHECK_FALSE(equal_ignoring_case("[", "{"));
  CHECK_FALSE(equal_ignoring_case("\xC3\x84", "\xC3\xA4"));
}

TEST_CASE("xs:boolean has four words") {
  CHECK(parse_xs_boolean("true") == true);
  CHECK(parse_xs_boolean(" 1\n") == true);
  CHECK(parse_xs_boolean("false") == false);
  CHECK(parse_xs_boolean("0") == false);
  for (const char* text : {"", "TRUE", "yes", "01", "true false", "t"}) CHECK_FALSE(parse_xs_boolean(text));
}

TEST_CASE("xs:integer saturates at 64 bits") {
  CHECK(parse_xs_integer(" +0042 ") == 42);
  CHECK(parse_xs_integer("-7") == -7);
  CHECK(parse_xs_integer("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  CHECK(parse_xs_integer("9223372036854775808") == std::numeric_limits<std::int64_t>::max());
  CHECK(parse_xs_integer("-9223372036854775809") == std::numeric_limits<std::int64_t>::min());
  for (const char* text : {"", "+", "-", "+-1", "1.0", "1e3", "0x10", "1 2", "one"}) {
    INFO(text);
    CHECK_FALSE(parse_xs_integer(text));
  }
}

TEST_CASE("xs:double is read without a locale, and finite") {
  CHECK(parse_xs_double(" -33.86 ") == -33.86);
  CHECK(parse_xs_double("+.5") == 0.5);
  CHECK(parse_xs_double("5.") == 5.0);
  CHECK(parse_xs_double("1E+3") == 1000.0);
  CHECK(parse_xs_double("1e-2") == 0.01);
  CHECK(parse_xs_double("0e99999999999999999999") == 0.0);
  for (const char* text : {"", ".", "+", "e5", "1e", "1e+", "1,5", "0x1p3", "INF", "-INF", "NaN", "inf", "nan", "1.2.3",
                           "--1", "1e5.0", "infinity", "1 2"}) {
    INFO(text);
    CHECK_FALSE(parse_xs_double(text));
  }
}

TEST_CASE("an xs:double too small is zero and one too large is refused") {
  CHECK(parse_xs_double("1e-400") == 0.0);
  CHECK(std::signbit(parse_xs_double("-1e-400").value()));
  CHECK(parse_xs_double("0." + std::string(400, '0') + "1") == 0.0);
  CHECK(parse_xs_double("123456e-99999999999999999999") == 0.0);
  CHECK(parse_xs_double("0." + std::string(400, '0') + "1e401") == Approx(1.0));
  CHECK_FALSE(parse_xs_double("1e400"));
  CHECK_FALSE(parse_xs_double("-1e99999999999999999999"));
  CHECK_FALSE(parse_xs_double(std::string(400, '9')));
  CHECK_FALSE(parse_xs_double("0.001e312"));
  CHECK(parse_xs_double("1.7976931348623157e308") == std::numeric_limits<double>::max());
}

TEST_CASE("an NCName is a name without a colon") {
  for (const char* text : {"a", "_x", "friends-1.2", "\xC3\xA4", "\xE4\xBA\xBA", "a\xC2\xB7", "\xF0\x90\x80\x80"}) {
    INFO(text);
    CHECK(is_ncname(text));
  }
  for (const char* text :
       {"", "1a", "-a", ".a", "a:b", ":", "a b", "a@b", "\xC2\xB7", "\xC3\x97", "a\xFF", "\xCC\x80"}) {
    INFO(text);
    CHECK_FALSE(is_ncname(text));
  }
}

TEST_CASE("the nearest word is within a third of the length") {
  const std::vector<std::string_view> known = {"activities", "location", "always", "mood", "never"};
  CHECK(nearest_word("activites", known) == "activities");
  CHECK(nearest_word("locatoin", known) == "location");
  CHECK(nearest_word("mod", known) == "mood");
  CHECK(nearest_word("never", known) == "never");
  CHECK_FALSE(nearest_word("nvr", known));
  CHECK_FALSE(nearest_word("zebra", known));
  CHECK_FALSE(nearest_word("", known));
  CHECK(nearest_word("cat", {"bat", "hat"}) == "bat");
}
