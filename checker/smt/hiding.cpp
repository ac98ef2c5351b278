#include "smt/hiding.h"

#include <array>
#include <set>

#include "base/lexical.h"

namespace presproof::smt {
namespace {

constexpr std::string_view kPrefix = "provide-";
constexpr std::size_t kLongestName = 23;
constexpr std::array<std::string_view, 5> kSelectors = {"class", "deviceid", "occurence-id", "service-uri", "service-uri-scheme"};

/// `person: class=work`, or nothing for what takes nothing away.
std::string hiding_of(const policy::WrittenElement& transformation) {
  if (transformation.name.size() < kPrefix.size()) return {};
  const std::string wanted = to_lower_ascii(transformation.name.substr(kPrefix.size()));
  const std::string text = to_lower_ascii(transformation.text);
  if (wanted.size() > kLongestName || text == "true") return {};
  const bool person = transformation.name.substr(kPrefix.size()).starts_with("person");
  const std::string name = wanted == "services" ? "tuple" : person ? "person" : wanted;
  if (text == "false") return name + "!";
  std::set<std::string> kept;
  for (const policy::WrittenElement& child : transformation.children) {
    const std::string selector = to_lower_ascii(child.name);
    if (selector == "all-" + wanted) return {};
    for (const std::string_view known : kSelectors)
      if (selector == known) kept.insert(selector + "=" + to_lower_ascii(child.text));
  }
  std::string hiding = name + ":";
  // Lengths tell where a value ends, whatever is in it.
  for (const std::string& each : kept) hiding += std::to_string(each.size()) + " " + each;
  return hiding;
}

}  // namespace

std::string hiding_of(const policy::Rule& rule) {
  std::string all;
  std::string last;
  for (const policy::WrittenElement& transformation : rule.transformations) {
    std::string hiding = hiding_of(transformation);
    if (hiding.empty() || hiding == last) continue;
    all += std::to_string(hiding.size()) + " " + hiding;
    last = std::move(hiding);
  }
  return all;
}

}  // namespace presproof::smt
