#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_span.h"
#include "property/cursor.h"
#include "property/property.h"
#include "uri/uri.h"

/// The names that statements define, and what else is in force while the statements of all texts are read in turn.
namespace presproof::property {

/// A group or a person as the parser knows it. Nothing in `group`: its definition has a problem, which was reported
/// there.
struct KnownGroup {
  std::shared_ptr<const Group> group;
  std::size_t depth = 1;  ///< groups of groups
  std::size_t nodes = 1;  ///< groups in it, each counted as often as it is used
  bool person = false;
  SourceSpan span;  ///< of the name where it is defined
};
/// Larger groups are refused: a few lines that each use the group before twice would make one without end.
inline constexpr std::size_t kMaxGroupNodes = 10'000;

struct KnownRegion {
  std::optional<Region> region;  ///< nothing: as above
  SourceSpan span;
};

inline constexpr CivicResolution kDefaultCivicResolution = {1'000'000, 200'000, 10'000, 50, 5};

/// Reads the members of the resource list that a token names; problems are reported by it.
using ListReader = std::function<std::vector<uri::Uri>(Cursor& cursor, const Token& path)>;

struct Scope {
  template <class Value>
  using Names = std::map<std::string, Value, std::less<>>;

  Names<KnownGroup> groups;  ///< persons, too
  Names<KnownRegion> regions;
  CivicResolution resolution = kDefaultCivicResolution;
  ListReader read_list;
};

/// Takes the name that a statement defines; a word of the language is none. `what` is `group`, `person` or `region`.
[[nodiscard]] Token expect_new_name(Cursor& cursor, std::string_view what);

/// Whether the language uses the word, so that nothing can have it as its name.
[[nodiscard]] bool is_reserved(std::string_view word);

/// Reports that `name` is defined already, and where.
void report_redefinition(Cursor& cursor, const Token& name, SourceSpan first);

/// Reports that nothing is called `name`, with the nearest of the names that are known.
void report_unknown(Cursor& cursor, const Token& name, std::string_view what,
                    const std::vector<std::string_view>& known);

template <class Value>
void report_unknown(Cursor& cursor, const Token& name, std::string_view what, const Scope::Names<Value>& names) {
  std::vector<std::string_view> known;
  known.reserve(names.size());
  for (const auto& [key, value] : names) known.push_back(key);
  report_unknown(cursor, name, what, known);
}

}  // namespace presproof::property
