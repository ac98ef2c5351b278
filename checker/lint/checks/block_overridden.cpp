#include "lint/checks/checks.h"
#include "lint/overridden.h"

namespace presproof::lint {

/// RFC 5025 section 3.2.1, NOTE WELL: "placing a value of block for this element does not guarantee that a subscription
/// is denied".
void check_block_overridden(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  const OverriddenHandling handling(context);
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule&) {
    if (handling.value(ref) == policy::SubHandling::confirm) return;
    if (const auto overridden = handling.of(ref))
      sink.report(handling.report(diag::Code::block_overridden, ref, *overridden, "does not block"));
  });
}

}  // namespace presproof::lint
