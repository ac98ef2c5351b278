#include "lint/same_meaning.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "diff/compare.h"
#include "lint/normal_form.h"
#include "lint/overlap.h"
#include "policy/reader.h"
#include "policy/reading.h"
#include "verify/relevant_readings.h"

namespace presproof::lint {
namespace {

/// All their subsets are tried.
constexpr std::size_t kMostIdentities = 8;

/// What the rules of both policies can tell apart in one identity of a watcher.
class Identities {
 public:
  void add(const policy::Policy& policy) {
    for (const auto& document : policy.documents)
      for (const auto& rule : document.rules)
        for (const auto& condition : rule.conditions)
          if (const auto* identity = std::get_if<policy::IdentityCondition>(&condition)) add(*identity);
  }

  /// A watcher who may have any of them; nothing when there are too many.
  [[nodiscard]] std::optional<property::Person> person() const {
    if (spelled_apart_ || by_core_.size() + domains_.size() + 1 > kMostIdentities) return std::nullopt;
    property::Person person{"somebody", {stranger(std::nullopt)}, {}};
    for (const auto& [core, uri] : by_core_) person.identities.push_back(uri);
    for (const std::string& domain : domains_) {
      uri::Uri member = stranger(domain);
      member.text += "@" + domain;  // told apart from those of other domains
      member.core = member.text;
      person.identities.push_back(std::move(member));
    }
    return person;
  }

 private:
  void add(const policy::IdentityCondition& condition) {
    for (const auto& matcher : condition.matchers) {
      if (const auto* one = std::get_if<policy::One>(&matcher)) add(one->id);
      const auto* many = std::get_if<policy::Many>(&matcher);
      if (many == nullptr) continue;
      add(many->domain);
      for (const auto& except : many->excepts) {
        if (except.id) add(*except.id);
        add(except.domain);
      }
    }
  }
  void add(const uri::Uri& uri) {
    by_core_.emplace(uri.core, uri);
    if (uri.domain) domains_.insert(*uri.domain);
    spelled_apart_ = spelled_apart_ || !uri.others.empty();
  }
  void add(const std::optional<policy::Domain>& domain) {
    if (domain && domain->ascii) domains_.insert(*domain->ascii);
  }

  std::map<std::string, uri::Uri> by_core_;
  std::set<std::string> domains_;
  bool spelled_apart_ = false;  ///< parameters make more than one watcher of a core
};

std::vector<engine::Readings> all_readings(const policy::Policy& before, const policy::Policy& after, policy::Usage usage) {
  policy::Policy both = before;
  both.documents.insert(both.documents.end(), after.documents.begin(), after.documents.end());
  std::vector<engine::Readings> all{engine::Readings{}};
  for (const auto reading : verify::readings_of_content(verify::ambiguous_parts(both), usage)) {
    const std::size_t known = all.size();
    for (std::size_t i = 0; i < known; ++i) {
      all.push_back(all[i]);
      all.back().set(reading, true);
    }
  }
  return all;
}

/// ` for a watcher who is \`a\` and \`b\``; nothing for one who asserts one identity.
std::string of_several(const policy::Watcher& watcher) {
  if (watcher.identities.size() < 2) return {};
  std::string words;
  for (const auto& identity : watcher.identities) words += fmt::format("{}{}", words.empty() ? "" : " and ", policy::quoted(identity.text));
  return fmt::format(" for a watcher who asserts several identities: {}", words);
}

std::string readings_in_words(const engine::Readings& readings) {
  std::string words;
  for (const auto& row : engine::all_readings())
    if (readings.alternative(row.reading)) words += fmt::format("{}`{}={}`", words.empty() ? "" : ", ", row.key, readings.value(row.reading));
  return words.empty() ? std::string() : fmt::format(", under the reading {}", words);
}

}  // namespace

std::optional<std::string> why_not_same(const policy::Policy& before, const policy::Policy& after, const Options& options) {
  if (before == after) return std::nullopt;
  if (policy::usage_of(before) != policy::usage_of(after)) return "it decides whether these are a presence agent's rules or a location server's";
  if (normal_form(before) == normal_form(after)) return std::nullopt;
  diff::Options how;
  how.usage = options.usage;
  how.timeout_s = 0;  // the deterministic limit decides, so that a fix does not depend on the machine
  how.rlimit = options.rlimit;
  Identities identities;
  identities.add(before);
  identities.add(after);
  auto person = identities.person();
  if (person) how.persons = {std::move(*person)};
  for (const auto& readings : all_readings(before, after, options.usage)) {
    how.readings = readings;
    const auto found = diff::first_difference(before, after, how);
    if (found.verdict == diff::Verdict::different)
      return fmt::format("{} would be {}{}{}", found.changes.front().permission, diff::kDirectionNames[static_cast<std::size_t>(found.changes.front().direction)],
                         of_several(found.changes.front().witness.watcher), readings_in_words(readings));
    if (found.verdict == diff::Verdict::undecided) return fmt::format("{}{}", found.reason, readings_in_words(readings));
  }
  if (!person) return "it is proved for watchers who assert one identity, not for those who assert several";
  return std::nullopt;
}

}  // namespace presproof::lint
