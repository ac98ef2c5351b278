#pragma once

#include <optional>
#include <vector>

#include "lint/identities.h"
#include "lint/lint.h"

/// Identities that a person takes for one watcher, although they are two (RFC 5025 section 3.1.1.2: "In terms of this
/// specification, there is no relationship between those aliases. Each would look like a different user").
namespace presproof::lint {

/// Where one identity is named, in policy order.
struct Alias {
  std::vector<Mention> mentions;  ///< never empty
  [[nodiscard]] const Mention& first() const { return mentions.front(); }
  [[nodiscard]] const uri::Uri& id() const { return *mentions.front().id(); }
};

/// A rule that gives something to one of two aliases and does not match the other.
struct ToldApart {
  const policy::Rule* rule = nullptr;
  bool matches_first = false;
};
/// By the rules that name either: the others treat both alike, or do not know them. Nothing when both get the same.
[[nodiscard]] std::optional<ToldApart> told_apart(const Context& context, const Alias& a, const Alias& b);

/// The finding at the first place that names `b`, as far as it is about any two aliases. `because` says what makes them
/// two.
[[nodiscard]] diag::Diagnostic alias_finding(diag::Code code, const Alias& a, const Alias& b, const ToldApart& told,
                                             std::string_view because);

}  // namespace presproof::lint
