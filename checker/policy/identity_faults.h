#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diag/code.h"
#include "uri/uri.h"

/// What somebody meant who wrote an `id` that is no URI, or a `domain` that is no domain name (RFC 4745 sections 7.1.3
/// and 7.2). Such a value equals no watcher's, so it matches nobody, and in an <except> it leaves nobody out.
namespace presproof::policy {

struct IdentityFault {
  diag::Code code;
  std::string reason;  ///< follows the value in a message: `has no scheme, so it is no URI`
  std::string advice;  ///< what to write instead
  /// The value that was meant, where that is clear.
  std::optional<std::string> meant;
  /// Whether `meant` names a single watcher where a domain was expected.
  bool meant_is_id = false;
};

/// Only for URIs that cannot be taken apart (uri::well_formed).
[[nodiscard]] IdentityFault fault_of_id(const uri::Uri& id);
/// Only for texts without an ASCII form (uri::to_ascii_domain).
[[nodiscard]] IdentityFault fault_of_domain(std::string_view domain);

}  // namespace presproof::policy
