#include "scenario/rule_set_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "diag/error.h"
#include "diag/printable.h"

namespace presproof::scenario {
namespace {

const std::set<std::string, std::less<>> kReserved = {"README.txt", "command",       "expected.json", "scenario.json",
                                                      "second",     "subscribe.sip", "trust.toml"};

std::string base_name(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

/// Names with `presence` are for the presence documents.
bool is_plain(const std::string& name) {
  if (name.empty() || name == "." || name == ".." || name.front() == '-' || name.front() == '<') return false;
  return !kReserved.contains(name) && !name.starts_with("presence") && diag::printable(name) == name;
}

std::string file_name(std::string_view path, std::size_t number, const std::set<std::string>& taken) {
  std::string name = base_name(path);
  if (is_plain(name) && !taken.contains(name)) return name;
  for (;; ++number) {
    name = fmt::format("policy-{}.xml", number);
    if (!taken.contains(name)) return name;
  }
}

std::string_view text_of(const policy::RuleSet& document, const diag::Sources& sources, std::string_view& encoding) {
  for (std::uint32_t file = 0; file < sources.size(); ++file) {
    if (sources.name(file) != document.file) continue;
    encoding = sources.encoding(file);
    return sources.text(file);
  }
  throw diag::InternalError(fmt::format("the text of the rule set `{}` is not there", document.file));
}

/// XML 1.0 section 4.3.3: the declaration has to name the encoding that the text is in.
std::string declared_as_utf8(std::string_view text) {
  std::string copy(text);
  if (!text.starts_with("<?xml")) return copy;
  const std::size_t end = copy.find("?>");
  const std::size_t name = copy.find("encoding");
  const std::size_t open = copy.find_first_of("\"'", name);
  if (name >= end || open >= end) return copy;
  const std::size_t close = copy.find(copy[open], open + 1);
  if (close < end) copy.replace(open + 1, close - open - 1, "UTF-8");
  return copy;
}

}  // namespace

std::vector<File> rule_set_files(const policy::Policy& policy, const diag::Sources& sources) {
  std::vector<File> files;
  std::set<std::string> taken;
  for (const policy::RuleSet& document : policy.documents) {
    std::string_view encoding;
    const std::string_view text = text_of(document, sources, encoding);
    std::string name = file_name(document.file, files.size() + 1, taken);
    taken.insert(name);
    files.push_back({std::move(name), encoding == "UTF-8" ? std::string(text) : declared_as_utf8(text)});
  }
  return files;
}

}  // namespace presproof::scenario
