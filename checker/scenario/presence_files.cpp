#include "scenario/presence_files.h"

#include <fmt/format.h>

#include <limits>
#include <set>
#include <string>

#include "diag/error.h"

namespace presproof::scenario {

std::vector<File> presence_files(const presence::Document& document) {
  struct Published {
    presence::Document document;
    std::set<std::string> ids;
  };
  std::vector<Published> all(1);
  all.front().document.entity = document.entity;
  for (const presence::Part& part : document.parts) {
    std::size_t place = 0;
    while (!part.id.empty() && place < all.size() && all[place].ids.contains(part.id)) ++place;
    if (place == all.size()) {
      all.emplace_back();
      all.back().document.entity = document.entity;
    }
    all[place].document.parts.push_back(part);
    all[place].ids.insert(part.id);
  }
  std::vector<File> files;
  for (const Published& published : all) {
    std::string name = files.empty() ? "presence.xml" : fmt::format("presence-{}.xml", files.size() + 1);
    files.push_back({std::move(name), presence::write_document(published.document)});
  }
  return files;
}

std::vector<presence::Document> read_presence_files(const std::vector<File>& files) {
  constexpr std::size_t no_limit = std::numeric_limits<std::uint32_t>::max();
  diag::Sources sources;
  diag::Sink sink;
  std::vector<presence::Document> documents;
  for (const File& file : files) {
    auto document = presence::read_document(sources, sources.add(file.path, file.text),
                                            {.bytes = no_limit, .depth = 256, .elements = no_limit}, sink);
    if (!document) throw diag::InternalError(fmt::format("the witness document `{}` cannot be read again", file.path));
    documents.push_back(std::move(*document));
  }
  return documents;
}

}  // namespace presproof::scenario
