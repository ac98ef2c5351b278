#include "geo/stable_hash.h"

#include <catch2/catch.hpp>
#include <string>

TEST_CASE("the hash gives the numbers of the SipHash paper", "[geo]") {
  // Appendix A of the paper: key 00 01 .. 0f, message 00 01 .. 0e.
  const std::uint64_t k0 = 0x0706050403020100U;
  const std::uint64_t k1 = 0x0f0e0d0c0b0a0908U;
  std::string message;
  for (char byte = 0; byte < 15; ++byte) message += byte;
  CHECK(presproof::geo::siphash(message, k0, k1) == 0xa129ca6149be45e5U);
  CHECK(presproof::geo::siphash("", k0, k1) == 0x726fdb47dd0e0e31U);
}
