#include "lint/checks/checks.h"
#include "lint/unsteady_handling.h"

namespace presproof::lint {

/// What RFC 5025 section 3.1.2 says of spheres is so for places: who moves changes them as often.
void check_handling_depends_on_location(const Context& context, diag::Sink& sink) {
  report_unsteady_handling(context, ChangingState::location, diag::Code::handling_depends_on_location, sink);
}

}  // namespace presproof::lint
