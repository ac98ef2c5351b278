#include "diag/printable.h"

#include <catch2/catch.hpp>

using presproof::diag::printable;
using namespace std::string_view_literals;

TEST_CASE("plain text of any language stays") {
  CHECK(printable("friends & \"family\" \\ \xC3\xA4 \xE4\xBA\xBA \xF0\x9F\x98\x80") ==
        "friends & \"family\" \\ \xC3\xA4 \xE4\xBA\xBA \xF0\x9F\x98\x80");
  CHECK(printable("") == "");
  CHECK(printable("\xC2\xA0") == "\xC2\xA0");
}

TEST_CASE("control characters become escapes") {
  CHECK(printable("a\x1B[31mb"sv) == "a\\x1B[31mb");
  CHECK(printable("\0\t\n\r\x1F\x7F"sv) == "\\x00\\x09\\x0A\\x0D\\x1F\\x7F");
  CHECK(printable("\xC2\x80\xC2\x9B\xC2\x9F") == "\\u{0080}\\u{009B}\\u{009F}");
}

TEST_CASE("line and bidirectional controls become escapes") {
  CHECK(printable("\xE2\x80\xA8\xE2\x80\xA9") == "\\u{2028}\\u{2029}");
  CHECK(printable("\xE2\x80\xAA\xE2\x80\xAE\xE2\x81\xA6\xE2\x81\xA9") == "\\u{202A}\\u{202E}\\u{2066}\\u{2069}");
  CHECK(printable("\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C") == "\\u{200E}\\u{200F}\\u{061C}");
  CHECK(printable("\xE2\x80\x90\xE2\x80\xAF\xE2\x81\xAA") == "\xE2\x80\x90\xE2\x80\xAF\xE2\x81\xAA");
}

TEST_CASE("invalid UTF-8 becomes one escape per byte") {
  CHECK(printable("a\xFF\xC3z\xED\xA0\x80") == "a\\xFF\\xC3z\\xED\\xA0\\x80");
}
