#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/composition.h"

namespace presproof::semantics {

/// What the sources of a presentity have published, in the order in which they did.
class Publications {
 public:
  explicit Publications(const engine::Profile& profile) : profile_(&profile) {}

  /// Behind all others.
  void add(const std::string& source, presence::Document document) {
    remove(source);
    all_.emplace_back(source, std::move(document));
  }
  /// In the place of what the source published before.
  void replace(const std::string& source, presence::Document document) {
    const auto known = std::find_if(all_.begin(), all_.end(), [&](const auto& each) { return each.first == source; });
    if (known != all_.end()) known->second = std::move(document);
    else all_.emplace_back(source, std::move(document));
  }
  void remove(const std::string& source) {
    std::erase_if(all_, [&](const auto& known) { return known.first == source; });
  }
  /// All of it, put together as the engine does; nothing where nothing is published.
  [[nodiscard]] std::optional<presence::Document> document() const {
    if (all_.empty()) return std::nullopt;
    std::vector<presence::Document> documents;
    for (const auto& [source, document] : all_) documents.push_back(document);
    return engine::compose_by(*profile_, documents);
  }

 private:
  const engine::Profile* profile_;
  std::vector<std::pair<std::string, presence::Document>> all_;
};

}  // namespace presproof::semantics
