#include "semantics/combine.h"

#include "base/overloaded.h"

namespace presproof::semantics {
namespace {

void clear_sets(Permissions& permissions) {
  for (ProvidedComponents& component : permissions.components) {
    for (auto& values : component.values) values.clear();
  }
  permissions.unknown_attributes.clear();
  permissions.set_note_well.clear();
}

void add_selectors(const policy::ProvideComponents& granted, Permissions& permissions) {
  ProvidedComponents& component = permissions.components[static_cast<std::size_t>(granted.kind)];
  for (std::size_t kind = 0; kind < policy::kSelectorKinds; ++kind) {
    component.values[kind].insert(granted.values[kind].begin(), granted.values[kind].end());
  }
}

}  // namespace

Combination::Combination(const Options& options, Permissions& permissions)
    : options_(options), permissions_(permissions) {
  clear_sets(permissions_);
}

void Combination::add_sets(const policy::Rule& rule) {
  const bool presence = options_.usage == policy::Usage::presence;
  for (const policy::Permission& permission : rule.permissions) {
    std::visit(Overloaded{
                   [&](const policy::SetNoteWell& set) { permissions_.set_note_well.insert(set); },
                   [&](const policy::ProvideComponents& granted) {
                     if (presence) add_selectors(granted, permissions_);
                   },
                   [&](const policy::ProvideUnknownAttribute& granted) {
                     if (presence && granted.value) permissions_.unknown_attributes.emplace(granted.ns, granted.name);
                   },
                   [](const auto&) {},
               },
               permission.what);
  }
}

Permissions combine(std::span<const policy::Rule* const> rules, const Options& options) {
  Permissions permissions;
  Combination combination(options, permissions);
  for (const policy::Rule* rule : rules) combination.add(*rule);
  combination.finish();
  return permissions;
}

}  // namespace presproof::semantics
