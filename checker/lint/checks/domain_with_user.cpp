#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "policy/identity_faults.h"

namespace presproof::lint {
namespace {

/// `<many domain="bob@example.com"/>` becomes a `<one>`; what has exceptions cannot.
bool rename_to_one(const Fixing& fixing, text::TextChanges& changes, const Mention& mention) {
  const auto element = fixing.element(mention.span());
  if (!mention.many->excepts.empty() || mention.many->never || !element.self_closing()) return false;
  const auto name = element.begin + 1 + element.prefix().size();
  changes.replace(name, name + element.local().size(), "one");
  return true;
}

}  // namespace

/// The attribute becomes an `id`, and a <many> that has it a <one>.
bool fix_domain_with_user(const Fixing& fixing, text::TextChanges& changes) {
  const auto mention = mention_around(fixing);
  if (!mention || mention->domain() == nullptr || mention->domain()->ascii) return false;
  const auto fault = policy::fault_of_domain(mention->domain()->text);
  if (!fault.meant_is_id) return set_meant_domain(fixing, changes);
  if (mention->id() != nullptr || !belongs_in(*mention, uri::parse(*fault.meant))) return false;
  if (mention->except == nullptr && !rename_to_one(fixing, changes, *mention)) return false;
  constexpr std::size_t kOldName = std::string_view("domain").size();
  const auto at = fixing.context.sources.offset_of(fixing.finding.span);
  changes.replace(at, at + kOldName, "id");
  set_value(fixing, changes, fixing.attribute(fixing.finding.span).value, *fault.meant);
  return true;
}

}  // namespace presproof::lint
