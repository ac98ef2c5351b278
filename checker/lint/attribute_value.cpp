#include "lint/attribute_value.h"

#include <fmt/format.h>

#include "policy/reading.h"
#include "policy/vocabulary.h"
#include "xml/namespaces.h"

namespace presproof::lint {

std::optional<AttributeValue> attribute_of(const policy::Permission& permission) {
  if (const auto* known = std::get_if<policy::ProvideAttribute>(&permission.what)) {
    const auto name = policy::kAttributePermissionNames[static_cast<std::size_t>(known->attribute)];
    return AttributeValue{std::string(name), fmt::format("`{}`", name), known->value};
  }
  if (const auto* input = std::get_if<policy::UserInput>(&permission.what))
    return AttributeValue{"provide-user-input", "`provide-user-input`", *input != policy::UserInput::none};
  if (const auto* unknown = std::get_if<policy::ProvideUnknownAttribute>(&permission.what)) {
    return AttributeValue{fmt::format("{{{}}}{}", unknown->ns, unknown->name),
                          fmt::format("`provide-unknown-attribute` for {}", policy::quoted(unknown->name)),
                          unknown->value, unknown->ns == xml::ns::kGeopriv && unknown->name == "geopriv"};
  }
  return std::nullopt;
}

}  // namespace presproof::lint
