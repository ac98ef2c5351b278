#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which namespace each prefix has at each element (Namespaces in XML 1.0, section 6).
///
/// Filled in document order by the audit: `declare` for each declaration of a start tag, `close` at the element's
/// end. Afterwards `find` answers for any element. All is looked up by search trees: a document of many
/// declarations costs n log n.
namespace presproof::xml {

/// A namespace of the document, by number, so that equality is cheap.
using NamespaceId = std::uint32_t;

inline constexpr NamespaceId kNoNamespace = 0;
inline constexpr NamespaceId kXmlNamespace = 1;
inline constexpr NamespaceId kXmlnsNamespace = 2;

/// The name of the namespace of namespace declarations.
inline constexpr std::string_view kXmlnsName = "http://www.w3.org/2000/xmlns/";

class Scopes {
 public:
  Scopes();

  [[nodiscard]] NamespaceId intern(std::string_view name);
  [[nodiscard]] std::string_view name(NamespaceId id) const { return names_[id]; }

  /// `prefix` ("" for the default) means `ns` from element number `element` on, until it is closed.
  void declare(std::string_view prefix, NamespaceId ns, std::uint32_t element);
  /// How many declarations are open: what `close` takes to go back to this point.
  [[nodiscard]] std::size_t open_declarations() const { return open_.size(); }
  /// Ends the declarations beyond the first `keep`; `next_element` is the number of the element to come.
  void close(std::size_t keep, std::uint32_t next_element);
  /// What the prefix means at this point of the filling; nothing when undeclared. The default is kNoNamespace then.
  [[nodiscard]] std::optional<NamespaceId> resolve(std::string_view prefix) const;

  /// What the prefix means at an element, after the filling; nothing when undeclared (or undone by `xmlns=""`).
  [[nodiscard]] std::optional<NamespaceId> find(std::string_view prefix, std::uint32_t element) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  struct Binding {
    NamespaceId ns;
    std::uint32_t first;  ///< element that declares it
    std::uint32_t last;   ///< past the last element inside
    std::uint32_t outer;  ///< of the same prefix around it, or kNone
  };
  struct Prefix {
    std::string_view text;
    std::vector<Binding> bindings;  ///< by `first`
    std::uint32_t current = kNone;
  };

  [[nodiscard]] std::uint32_t prefix_number(std::string_view prefix) const;

  std::map<std::string, NamespaceId, std::less<>> ids_;
  std::vector<std::string_view> names_;
  std::map<std::string, std::uint32_t, std::less<>> prefix_numbers_;
  std::vector<Prefix> prefixes_;
  std::vector<std::uint32_t> open_;  ///< prefix numbers
};

}  // namespace presproof::xml
