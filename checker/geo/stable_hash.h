#pragma once

#include <cstdint>
#include <string_view>

namespace presproof::geo {

/// SipHash-2-4 (Aumasson, Bernstein 2012) of the bytes under the key (k0, k1): the same number on every platform, and
/// not to be foretold without the key.
[[nodiscard]] std::uint64_t siphash(std::string_view bytes, std::uint64_t k0, std::uint64_t k1);

}  // namespace presproof::geo
