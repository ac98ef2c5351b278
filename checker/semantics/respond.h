#pragma once

#include <optional>
#include <string_view>

#include "policy/vocabulary.h"
#include "semantics/decision.h"
#include "semantics/evaluator.h"

/// What a SUBSCRIBE is told: RFC 5025 section 3.2.1 with RFC 3857's state machine.
namespace presproof::semantics {

struct Answer {
  Response response;
  std::string_view subscription_state;
};

/// Nothing in geolocation usage: RFC 6772 knows no subscriptions. Or as the profile responds.
[[nodiscard]] std::optional<Answer> respond(policy::SubHandling sub_handling, const Options& options);

/// What an engine that cannot decide answers: 400 or 500.
[[nodiscard]] Response error_response(int code);

}  // namespace presproof::semantics
