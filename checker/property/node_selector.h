#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// References to an element of an XML document, as XCAP writes them (RFC 4825 section 6): the path of a document,
/// `/~~/`, and the steps from its root, percent-encoded:
/// `.../index/~~/resource-lists/list%5b@name=%22a%22%5d/entry%5b1%5d`.
namespace presproof::property {

/// By name, position, attribute, or position and attribute; tests apply in the order written.
struct SelectorStep {
  std::string name;                     ///< `*`: any
  std::optional<std::size_t> position;  ///< from 1
  std::optional<std::pair<std::string, std::string>> attribute;
  friend bool operator==(const SelectorStep&, const SelectorStep&) = default;
};

struct NodeReference {
  std::string document;  ///< the path before `~~`, decoded
  std::vector<SelectorStep> steps;
};

/// Reads a reference; white space in it is folding and is dropped (a real blank is %20). Nothing when malformed, when
/// it selects an attribute, or when it needs namespace bindings of its own.
[[nodiscard]] std::optional<NodeReference> parse_node_reference(std::string_view text);

}  // namespace presproof::property
