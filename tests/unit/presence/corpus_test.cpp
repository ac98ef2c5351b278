#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "diag/error.h"
#include "presence/geopriv.h"
#include "presence/watcher_filter.h"
#include "reading.h"

/// Published documents, when the collection is at hand: each is read without nonsense, or refused for a reason.

using namespace presproof;
using namespace presproof::presence;
using namespace presproof::presence::test;
namespace fs = std::filesystem;

namespace {

/// Name to text, sorted; empty when there is no collection.
std::map<std::string, std::string> texts_in(const std::string& folder) {
  const char* given = std::getenv("PRESPROOF_SHARED");
  const fs::path path = fs::path(given != nullptr ? given : PRESPROOF_SHARED) / "corpus" / folder;
  std::map<std::string, std::string> texts;
  if (!fs::is_directory(path)) {
    WARN("no collection of published documents at " << path);
    return texts;
  }
  for (const auto& entry : fs::directory_iterator(path)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    texts.emplace(entry.path().filename().string(), text.str());
  }
  return texts;
}

bool is_another_kind(const std::string& name) {
  return name.find("pidf-diff") != std::string::npos || name.find("pidf-full") != std::string::npos ||
         name.find("locationResponse") != std::string::npos || name == "resiprocate_SipTortureTests-1.xml";
}

}  // namespace

TEST_CASE("every published presence document is read, and what is written of it reads back equal") {
  std::size_t with_location = 0;
  for (const auto& [name, text] : texts_in("presence")) {
    INFO(name);
    const Reading reading = read_text(text);
    if (is_another_kind(name)) {
      CHECK_FALSE(reading.document);
      CHECK(reading.codes() == std::vector{diag::Code::not_a_presence_document});
      continue;
    }
    REQUIRE(reading.document);
    const Reading again = read_text(write_document(*reading.document));
    REQUIRE(again.document);
    CHECK(*again.document == *reading.document);
    CHECK(write_document(*again.document) == write_document(*reading.document));
    const auto location = location_of(*reading.document);
    if (location.geodetic || location.civic) ++with_location;
  }
  CHECK((with_location == 0 || with_location > 40));
}

TEST_CASE("documents that their specifications publish as valid give no finding") {
  // Ids that are no XML names, and one example without entity, in the specifications themselves.
  const std::set<std::string> flawed = {"rfc4479_s7-1_presence.xml", "rfc4660_s7-1_presence.xml",
                                        "rfc4660_s7-1-1_presence.xml", "rfc4660_s7-1-3_presence-2.xml",
                                        "rfc8148_s11_presence.xml"};
  for (const auto& [name, text] : texts_in("presence")) {
    if (!name.starts_with("rfc") || is_another_kind(name)) continue;
    INFO(name);
    CHECK(read_text(text).findings.empty() != flawed.contains(name));
  }
}

TEST_CASE("every published geopriv element is written as it was read") {
  for (const auto& [name, text] : texts_in("presence")) {
    const Reading reading = read_text(text);
    if (!reading.document) continue;
    for (const Part& part : reading.document->parts) {
      for (const Element* geopriv : geoprivs_of(part)) {
        INFO(name);
        // One example has two <location-info> elements, which RFC 4119 forbids: they become one.
        CHECK((write_geopriv(read_geopriv(*geopriv)) == *geopriv) == (name != "dec112_valid-1.xml"));
      }
    }
  }
}

TEST_CASE("the locations of RFC 5491's examples are the ones that its text names") {
  const auto texts = texts_in("presence");
  if (texts.empty()) return;
  const auto location = [&](const std::string& name) {
    return location_of(read_text(texts.at(name)).document.value());
  };
  const auto compound = location("rfc5491_s3-2_presence.xml");
  CHECK(compound.geodetic == geo::Shape(geo::Position{-43.5723, 153.2176}));
  CHECK(compound.civic == geo::CivicAddress{{"FLR", "2"}});
  const auto vanessa = location("rfc5491_s3-4_presence.xml");  // her PC's location, not the person's circle
  CHECK_FALSE(vanessa.geodetic);
  CHECK(vanessa.civic.value().at("A3") == "Wollongong");
  CHECK(std::get<geo::Polygon>(location("rfc5491_s5-2-2_presence.xml").geodetic.value()).ring.size() == 6);
  CHECK(location("rfc5491_s5-2-2_presence.xml") == location("rfc5491_s5-2-2_presence-2.xml"));
}

TEST_CASE("every published filter is read, or refused for the mistake that it has") {
  const std::map<std::string, std::string> refusals = {
      {"rfc4660_s7-2-3_filter-set.xml", "simple-winfo-filter"},  // for watcher information, by its root
      {"rfc4661_s6-5_filter-set.xml", "`pidf` is not bound"},    // uses a prefix that it does not bind
  };
  const auto documents = texts_in("presence");
  for (const auto& [name, text] : texts_in("filters")) {
    INFO(name);
    diag::Sources sources;
    const auto file = sources.add(name, text);
    const auto refusal = refusals.find(name);
    try {
      const WatcherFilterSet set = read_watcher_filters(sources, file, xml::Limits{});
      CHECK(refusal == refusals.end());
      for (const auto& [document_name, document_text] : documents) {
        const Reading reading = read_text(document_text);
        if (reading.document) CHECK(apply(set, *reading.document).parts.size() <= reading.document->parts.size());
      }
    } catch (const diag::InputError& error) {
      REQUIRE(refusal != refusals.end());
      CHECK(std::string(error.what()).find(refusal->second) != std::string::npos);
    }
  }
}
