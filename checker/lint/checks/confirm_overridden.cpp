#include "lint/checks/checks.h"
#include "lint/overridden.h"

namespace presproof::lint {

/// RFC 5025 section 3.2.1 orders the values: confirm is 10 and polite-block 20, so the watcher is blocked politely and
/// the owner is never asked. Where allow wins, nobody is refused without being asked for, and many rules say so on
/// purpose.
void check_confirm_overridden(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  const OverriddenHandling handling(context);
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule&) {
    if (handling.value(ref) != policy::SubHandling::confirm) return;
    if (const auto overridden = handling.of(ref))
      sink.report(handling.report(diag::Code::confirm_overridden, ref, *overridden, "does not ask its owner about"));
  });
}

}  // namespace presproof::lint
