#include "semantics/respond.h"

namespace presproof::semantics {
namespace {

std::string_view state_of(policy::SubHandling sub_handling) {
  if (sub_handling == policy::SubHandling::block) return "terminated;reason=rejected";
  return sub_handling == policy::SubHandling::confirm ? "pending" : "active";
}

}  // namespace

Response error_response(int code) { return {code, code == 400 ? "Bad Request" : "Server Internal Error"}; }

std::optional<Answer> respond(policy::SubHandling sub_handling, const Options& options) {
  if (options.usage == policy::Usage::geolocation) return std::nullopt;
  switch (options.profile->responding) {
    case engine::Responding::by_sub_handling: break;
    case engine::Responding::always_accepts:
      return Answer{options.profile->parameters.subscribe_response == 202 ? Response{202, "Accepted"} : Response{200, "OK"}, state_of(sub_handling)};
  }
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
