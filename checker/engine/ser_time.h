#pragma once

#include <cstdint>
#include <string_view>

namespace presproof::engine {

/// An xs:dateTime as the SER family reads it (presence_xml, function xml_parse_dateTime), in seconds since 1970: fractions are dropped; without an
/// offset, and with `Z`, it is in the server's time zone; an offset is taken away from what the rest says in that zone. 0 for what it cannot read.
[[nodiscard]] std::int64_t parse_ser_time(std::string_view text, std::int32_t time_zone_s);

}  // namespace presproof::engine
