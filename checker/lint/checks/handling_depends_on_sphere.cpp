#include "lint/checks/checks.h"
#include "lint/unsteady_handling.h"

namespace presproof::lint {

/// RFC 5025 section 3.1.2: "Care must be taken in using <sphere> as a condition for determining the subscription
/// handling".
void check_handling_depends_on_sphere(const Context& context, diag::Sink& sink) {
  report_unsteady_handling(context, ChangingState::sphere, diag::Code::handling_depends_on_sphere, sink);
}

}  // namespace presproof::lint
