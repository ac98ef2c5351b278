#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/source_span.h"

/// The expressions of watcher filters (RFC 4661 section 5): a small part of XPath 1.0. A selection is an absolute path
/// of element names and `*`, joined by `/` and `//`, which may end in an attribute; each step may have conditions in
/// brackets that compare an attribute, `.`, `..` or a path of children with a literal by `=`, `<` or `>`, joined by
/// `and` and `or` (`and` binds tighter, as in XPath). The grammar allows one condition behind the last step, the RFC's
/// own examples have them anywhere. Names without a prefix are of no namespace, as XPath 1.0 has it.
namespace presproof::presence {

/// `*` when `any`.
struct NameTest {
  bool any = false;
  std::string ns;
  std::string local;
  friend bool operator==(const NameTest&, const NameTest&) = default;
};

enum class Comparison : std::uint8_t { equal, less, greater };

/// One comparison, true when it is for some of the values that it speaks of (XPath 1.0 section 3.4).
struct FilterTest {
  enum class Start : std::uint8_t { self, parent };
  Start start = Start::self;
  std::vector<NameTest> path;         ///< of child elements; empty: the start itself
  std::optional<NameTest> attribute;  ///< of what the path leads to; without one: its text
  Comparison comparison = Comparison::equal;
  std::variant<std::string, double> literal;
  friend bool operator==(const FilterTest&, const FilterTest&) = default;
};

/// One bracket: an OR of ANDs.
struct FilterCondition {
  std::vector<std::vector<FilterTest>> alternatives;
  friend bool operator==(const FilterCondition&, const FilterCondition&) = default;
};

enum class FilterAxis : std::uint8_t { child, descendant, descendant_or_self };

struct FilterStep {
  FilterAxis axis = FilterAxis::child;
  NameTest name;
  std::vector<FilterCondition> conditions;  ///< all must hold
  friend bool operator==(const FilterStep&, const FilterStep&) = default;
};

/// From the root of the document; with an attribute it selects that attribute of the elements.
struct Selection {
  std::vector<FilterStep> steps;
  std::optional<NameTest> attribute;
  friend bool operator==(const Selection&, const Selection&) = default;
};

/// Prefix to namespace, from <ns-bindings>.
using NamespaceBindings = std::map<std::string, std::string, std::less<>>;

/// Throws diag::InputError for everything else that XPath may say, and for an unbound prefix; `place` gives the span of
/// a byte of `text`.
[[nodiscard]] Selection parse_selection(std::string_view text, const NamespaceBindings& bindings,
                                        const std::function<SourceSpan(std::size_t)>& place);

/// XPath's number(): digits with at most one point, a minus sign before them, white space around; nothing for NaN.
[[nodiscard]] std::optional<double> xpath_number(std::string_view text);

}  // namespace presproof::presence
