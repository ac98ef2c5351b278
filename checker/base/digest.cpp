#include "base/digest.h"

#include <cstdint>

#include <fmt/format.h>

namespace presproof {

std::string digest(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return fmt::format("{}:{:016x}", text.size(), hash);
}

}  // namespace presproof
