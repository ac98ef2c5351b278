#include <fmt/format.h>

#include <optional>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"

namespace presproof::lint {
namespace {

std::optional<Crowd> unlimited_crowd(const Reach& a, const Reach& b) {
  auto crowd = crowd_in(a, b);
  if (crowd && crowd->size == Crowd::Size::domain) return std::nullopt;
  return crowd;
}

}  // namespace

/// RFC 5025 section 3.3.2.3, RFC 4479 section 3.4: a device ID is globally unique and does not change.
void check_device_id_widely(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  const auto& disclosures = context.disclosures();
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    const auto* permission = disclosures.of(ref).attribute(policy::AttributePermission::device_id);
    if (permission == nullptr) return;
    const auto crowd = disclosures.reached(ref, kServiceComponent, unlimited_crowd);
    if (!crowd) return;
    sink.report(finding(diag::Code::device_id_widely, rule, permission->span,
                        fmt::format("{} shows to {} which of the services run on one device, by an id that never changes",
                                    name_of(rule), crowd->words),
                        "remove it, or name with `one` whom the device IDs are for"));
  });
}

}  // namespace presproof::lint
