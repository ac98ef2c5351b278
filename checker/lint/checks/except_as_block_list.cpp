#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"

namespace presproof::lint {

/// RFC 4745 section 7.1.3.2: an except takes identities out of the `many`. The person behind one is let in again under any
/// other.
void check_except_as_block_list(const Context& context, diag::Sink& sink) {
  const bool presence = context.options.usage == policy::Usage::presence;
  const auto somebody = stranger(std::nullopt);
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    const auto& reach = context.overlaps().reach(ref);
    const auto* many = many_of_any_domain(rule);
    if (many == nullptr || !excludes(*many) || !reach.possible || !reach.admits(somebody)) return;
    const auto& given = context.disclosures().of(ref);
    if (presence ? given.sub_handling != policy::SubHandling::allow : !given.locates()) return;
    const auto count = many->excepts.size();
    const auto& first = many->excepts.front();
    sink.report(finding(diag::Code::except_as_block_list, rule, first.span,
                        fmt::format("{} {} everybody who is authenticated, but for {}: {} back under another identity",
                                    name_of(rule), presence ? "allows" : "gives location to",
                                    count == 1 ? "one exception" : fmt::format("{} exceptions", count),
                                    count == 1 ? "who is excepted comes" : "they come"),
                        "name the watchers with `one`, or their domain with `many domain=\"...\"`; for people that you do "
                        "not know, give `confirm`"));
  });
}

}  // namespace presproof::lint
