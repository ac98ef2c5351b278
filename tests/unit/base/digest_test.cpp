#include "base/digest.h"

#include <catch2/catch.hpp>

#include "base/kleene.h"

namespace presproof {

TEST_CASE("a digest is the length and FNV-1a of the octets") {
  // Test vectors of the FNV reference code.
  CHECK(digest("") == "0:cbf29ce484222325");
  CHECK(digest("a") == "1:af63dc4c8601ec8c");
  CHECK(digest("foobar") == "6:85944171f73967e8");
}

TEST_CASE("what is not known stays so when negated") {
  CHECK((!Tri::yes) == Tri::no);
  CHECK((!Tri::no) == Tri::yes);
  CHECK((!Tri::maybe) == Tri::maybe);
  CHECK(known(true) == Tri::yes);
  CHECK(known(false) == Tri::no);
}

}  // namespace presproof
