#pragma once

#include <string>
#include <string_view>

namespace presproof {

/// `LENGTH:HASH`, the hash FNV-1a with 64 bits (Fowler, Noll and Vo; RFC 9923) in hexadecimal. It tells texts apart that were mixed up;
/// whoever wants two texts of the same digest can have them.
[[nodiscard]] std::string digest(std::string_view text);

}  // namespace presproof
