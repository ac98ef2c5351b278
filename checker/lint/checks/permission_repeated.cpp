#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/overloaded.h"
#include "lint/checks/checks.h"
#include "lint/removal.h"

namespace presproof::lint {
namespace {

using policy::Permission;

/// So many permissions of one kind in one rule are compared.
constexpr std::size_t kMaxCompared = 32;

/// Permissions that can stand in for each other have the same slot; unequal ones can have it, too.
using Slot = std::pair<std::size_t, std::size_t>;
Slot slot_of(const Permission& permission) {
  const std::hash<std::string> hash;
  const auto part = std::visit(
      Overloaded{
          [](const policy::ProvideComponents& provide) { return static_cast<std::size_t>(provide.kind); },
          [](const policy::ProvideAttribute& provide) { return static_cast<std::size_t>(provide.attribute); },
          [&](const policy::ProvideUnknownAttribute& provide) { return hash(provide.ns) * 31 + hash(provide.name); },
          [&](const policy::SetNoteWell& set) { return hash(set.text); }, [](const auto&) { return std::size_t{0}; }},
      permission.what);
  return {permission.what.index(), part};
}

bool covers_components(const policy::ProvideComponents& strong, const policy::ProvideComponents& weak) {
  if (strong.all) return true;
  for (std::size_t kind = 0; kind < policy::kSelectorKinds; ++kind)
    for (const auto& value : weak.values[kind])
      if (std::ranges::find(strong.values[kind], value) == strong.values[kind].end()) return false;
  return !weak.all;
}

/// Geodetic grants are left to what they are unless they are equal: which of two radii counts is a reading.
bool covers_location(const policy::ProvideLocation& strong, const policy::ProvideLocation& weak) {
  if (weak == strong) return true;
  return !weak.geodetic && weak.civic != geo::CivicLevel::none && strong.civic >= weak.civic;
}

/// Whether the rule gives the same without `weak`, under every reading. Both have one slot. What is false without a
/// true beside it is grant-of-false's.
bool implies(const Permission& strong, const Permission& weak) {
  return std::visit(
      Overloaded{[&](policy::SubHandling value) { return value >= std::get<policy::SubHandling>(weak.what); },
                 [&](const policy::ProvideComponents& provide) {
                   return covers_components(provide, std::get<policy::ProvideComponents>(weak.what));
                 },
                 [](const policy::ProvideAttribute& provide) { return provide.value; },
                 [&](policy::UserInput value) {
                   return value != policy::UserInput::none && value >= std::get<policy::UserInput>(weak.what);
                 },
                 [&](const policy::ProvideUnknownAttribute& provide) {
                   const auto& other = std::get<policy::ProvideUnknownAttribute>(weak.what);
                   return provide.value && provide.ns == other.ns && provide.name == other.name;
                 },
                 [](const policy::ProvideAllAttributes&) { return true; },
                 [&](const policy::ProvideLocation& location) {
                   return covers_location(location, std::get<policy::ProvideLocation>(weak.what));
                 },
                 [&](const policy::SetRetransmissionAllowed& set) {
                   return set.value || !std::get<policy::SetRetransmissionAllowed>(weak.what).value;
                 },
                 [&](const policy::SetRetentionExpiry& set) {
                   return set.seconds >= std::get<policy::SetRetentionExpiry>(weak.what).seconds;
                 },
                 [&](const policy::SetNoteWell& set) { return set == std::get<policy::SetNoteWell>(weak.what); },
                 [&](const policy::KeepRuleReference& keep) {
                   return keep.value || !std::get<policy::KeepRuleReference>(weak.what).value;
                 },
                 [](const policy::UnknownPermission&) { return false; }},
      strong.what);
}

std::string name_of_permission(const Permission& permission) {
  return std::visit(
      Overloaded{[](policy::SubHandling) { return std::string("sub-handling"); },
                 [](const policy::ProvideComponents& provide) {
                   return std::string(policy::kProvideComponentNames[static_cast<std::size_t>(provide.kind)]);
                 },
                 [](const policy::ProvideAttribute& provide) {
                   return std::string(policy::kAttributePermissionNames[static_cast<std::size_t>(provide.attribute)]);
                 },
                 [](policy::UserInput) { return std::string("provide-user-input"); },
                 [](const policy::ProvideUnknownAttribute&) { return std::string("provide-unknown-attribute"); },
                 [](const policy::ProvideAllAttributes&) { return std::string("provide-all-attributes"); },
                 [](const policy::ProvideLocation&) { return std::string("provide-location"); },
                 [](const policy::SetRetransmissionAllowed&) { return std::string("set-retransmission-allowed"); },
                 [](const policy::SetRetentionExpiry&) { return std::string("set-retention-expiry"); },
                 [](const policy::SetNoteWell&) { return std::string("set-note-well"); },
                 [](const policy::KeepRuleReference&) { return std::string("keep-rule-reference"); },
                 [](const policy::UnknownPermission& unknown) { return unknown.local; }},
      permission.what);
}

struct Repetition {
  const Permission* weak;
  const Permission* strong;
  bool covered;  ///< false: two radii, of which a reading chooses
};

bool has_another_radius(const Permission& a, const Permission& b) {
  const auto* one = std::get_if<policy::ProvideLocation>(&a.what);
  const auto* other = std::get_if<policy::ProvideLocation>(&b.what);
  return one != nullptr && other != nullptr && one->geodetic && other->geodetic && one->geodetic != other->geodetic;
}

/// Of equal ones the first stays.
std::optional<Repetition> repetition_of(const std::vector<const Permission*>& same_slot, std::size_t index) {
  const auto& weak = *same_slot[index];
  for (std::size_t other = 0; other < same_slot.size(); ++other) {
    const auto& strong = *same_slot[other];
    if (other != index && implies(strong, weak) && (other < index || !implies(weak, strong)))
      return Repetition{&weak, &strong, true};
  }
  for (std::size_t other = 0; other < index; ++other)
    if (has_another_radius(*same_slot[other], weak)) return Repetition{&weak, same_slot[other], false};
  return std::nullopt;
}

std::vector<Repetition> repetitions_of(const policy::Rule& rule) {
  std::vector<std::pair<Slot, const Permission*>> slots;
  for (const auto& permission : rule.permissions) slots.emplace_back(slot_of(permission), &permission);
  std::ranges::stable_sort(slots, {}, &std::pair<Slot, const Permission*>::first);
  std::vector<Repetition> found;
  for (auto first = slots.begin(); first != slots.end();) {
    std::vector<const Permission*> same;
    const auto slot = first->first;
    for (; first != slots.end() && first->first == slot; ++first)
      if (same.size() < kMaxCompared) same.push_back(first->second);
    for (std::size_t index = 0; index < same.size() && same.size() > 1; ++index)
      if (const auto repetition = repetition_of(same, index)) found.push_back(*repetition);
  }
  return found;
}

}  // namespace

/// RFC 4745 section 10.2 combines within a rule as it does between rules, so the weaker of two adds nothing.
void check_permission_repeated(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    for (const auto& [weak, strong, covered] : repetitions_of(rule)) {
      const auto name = name_of_permission(*weak);
      auto report = finding(
          diag::Code::permission_repeated, rule, weak->span,
          covered ? fmt::format("this `{}` adds nothing: another one in {} already gives as much", name, name_of(rule))
                  : fmt::format("{} gives location with two radii, and servers differ in which of them counts",
                                name_of(rule)),
          covered ? "remove it, or the other one if that was not meant" : "keep the radius that was meant");
      report.related.push_back({strong->span, "the other one stands here"});
      sink.report(std::move(report));
    }
  });
}

bool fix_permission_repeated(const Fixing& fixing, text::TextChanges& changes) {
  bool covered = false;
  each_rule(fixing.context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    const auto here = [&](const Permission& permission) { return same_place(permission.span, fixing.finding.span); };
    // An element with two permissions is a <provide-location> that keeps the other.
    if (covered || std::ranges::count_if(rule.permissions, here) != 1) return;
    covered = std::ranges::any_of(repetitions_of(rule),
                                  [&](const Repetition& each) { return each.covered && here(*each.weak); });
  });
  return covered && remove_element(fixing, changes);
}

}  // namespace presproof::lint
