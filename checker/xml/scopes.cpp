#include "xml/scopes.h"

#include <algorithm>
#include <iterator>

#include "xml/namespaces.h"

namespace presproof::xml {
namespace {

// Documents with more prefixes than these are rare; up to here a plain comparison is faster than the tree.
constexpr std::size_t kFewPrefixes = 12;

}  // namespace

Scopes::Scopes() {
  // In the order of kNoNamespace, kXmlNamespace and kXmlnsNamespace.
  for (const std::string_view name : {std::string_view(), ns::kXml, kXmlnsName}) static_cast<void>(intern(name));
  // Namespaces in XML 1.0, section 3: these two prefixes are bound by definition.
  declare("", kNoNamespace, 0);
  declare("xml", kXmlNamespace, 0);
  declare("xmlns", kXmlnsNamespace, 0);
}

NamespaceId Scopes::intern(std::string_view name) {
  const auto found = ids_.find(name);
  if (found != ids_.end()) return found->second;
  const auto id = static_cast<NamespaceId>(names_.size());
  const auto added = ids_.emplace(std::string(name), id).first;
  names_.push_back(added->first);
  return id;
}

std::uint32_t Scopes::prefix_number(std::string_view prefix) const {
  if (prefixes_.size() <= kFewPrefixes) {
    for (std::uint32_t i = 0; i < prefixes_.size(); ++i) {
      const std::string_view known = prefixes_[i].text;
      if (known.size() == prefix.size() && std::equal(known.begin(), known.end(), prefix.begin())) return i;
    }
    return kNone;
  }
  const auto found = prefix_numbers_.find(prefix);
  return found == prefix_numbers_.end() ? kNone : found->second;
}

void Scopes::declare(std::string_view prefix, NamespaceId ns, std::uint32_t element) {
  std::uint32_t number = prefix_number(prefix);
  if (number == kNone) {
    number = static_cast<std::uint32_t>(prefixes_.size());
    const auto added = prefix_numbers_.emplace(std::string(prefix), number).first;
    prefixes_.push_back({added->first, {}, kNone});
  }
  Prefix& entry = prefixes_[number];
  entry.bindings.push_back({ns, element, kNone, entry.current});
  entry.current = static_cast<std::uint32_t>(entry.bindings.size() - 1);
  open_.push_back(number);
}

void Scopes::close(std::size_t keep, std::uint32_t next_element) {
  while (open_.size() > keep) {
    Prefix& entry = prefixes_[open_.back()];
    open_.pop_back();
    Binding& binding = entry.bindings[entry.current];
    binding.last = next_element;
    entry.current = binding.outer;
  }
}

std::optional<NamespaceId> Scopes::resolve(std::string_view prefix) const {
  const std::uint32_t number = prefix_number(prefix);
  if (number == kNone || prefixes_[number].current == kNone) return std::nullopt;
  return prefixes_[number].bindings[prefixes_[number].current].ns;
}

std::optional<NamespaceId> Scopes::find(std::string_view prefix, std::uint32_t element) const {
  const std::uint32_t number = prefix_number(prefix);
  if (number == kNone) return std::nullopt;
  const std::vector<Binding>& bindings = prefixes_[number].bindings;
  const auto after = std::upper_bound(bindings.begin(), bindings.end(), element,
                                      [](std::uint32_t e, const Binding& b) { return e < b.first; });
  if (after == bindings.begin()) return std::nullopt;
  // The last one that began may be over; what is around it is open longer. At most as many steps as the depth.
  auto at = static_cast<std::uint32_t>(std::distance(bindings.begin(), after) - 1);
  while (at != kNone && bindings[at].last <= element) at = bindings[at].outer;
  if (at == kNone || bindings[at].ns == kNoNamespace) return std::nullopt;
  return bindings[at].ns;
}

}  // namespace presproof::xml
