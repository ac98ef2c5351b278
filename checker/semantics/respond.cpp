#include "semantics/respond.h"

namespace presproof::semantics {

std::optional<Answer> respond(policy::SubHandling sub_handling, const Options& options) {
  if (options.usage == policy::Usage::geolocation) return std::nullopt;
  switch (sub_handling) {
    case policy::SubHandling::block: return Answer{{403, "Forbidden"}, "terminated;reason=rejected"};
    case policy::SubHandling::confirm:
      // RFC 5025 section 3.2.1 says 202; RFC 6665 section 8.3.1 wants 200 in its place.
      return Answer{options.readings.pending_code() == 202 ? Response{202, "Accepted"} : Response{200, "OK"}, "pending"};
    case policy::SubHandling::polite_block:
    case policy::SubHandling::allow: return Answer{{200, "OK"}, "active"};
  }
  return std::nullopt;
}

}  // namespace presproof::semantics
