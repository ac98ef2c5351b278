#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "leaks/kinds.h"
#include "leaks/words.h"
#include "diag/error.h"
#include "presence/document.h"
#include "semantics/filter.h"
#include "verify/witness_document.h"

namespace presproof::leaks {
namespace {

using smt::ClassPair;
using smt::PairGoal;

/// So many of the watchers who are allowed are compared with one who never is.
constexpr std::size_t kMostAllowed = 8;

void close(presence::Element& element) {
  if (element.local == "basic") element.children = {presence::Node{std::string("closed")}};
  for (presence::Node& node : element.children) {
    if (auto* child = std::get_if<presence::Element>(&node.value)) close(*child);
  }
}

/// The documents of both runs for a presentity that is offline and has published something for every permission.
struct Closed {
  std::optional<presence::Document> polite;  ///< nothing: none is sent
  presence::Document allowed;
};
Closed closed_documents(const Asker& asker, const Case& found) {
  std::vector<const policy::Rule*> rules;
  for (const policy::RuleRef rule : found.second.decision.matched) rules.push_back(&rule_at(asker.policy(), rule));
  const auto usage = asker.options().verify.usage;
  presence::Document document = verify::witness_document_of(rules, found.second.request.state, usage);
  for (presence::Part& part : document.parts) close(part.element);
  const semantics::Options options{usage, asker.options().verify.profile, asker.context().readings};
  const auto filtered = [&](const verify::Counterexample& run) {
    return semantics::filter(run.decision, document, found.second.request.state, options, {});
  };
  auto allowed = filtered(found.second);
  if (!allowed) throw diag::InternalError("no document for a watcher who is allowed");
  Closed closed{filtered(found.first), std::move(*allowed)};
  if (closed.polite == closed.allowed) throw diag::InternalError("the polite document is that of an allowed watcher");
  return closed;
}

/// What tells the allowed document from the polite one: `tuples with ids of their own, persons and a note`.
std::string marks(const presence::Document& allowed) {
  std::set<presence::PartKind> kinds;
  for (const presence::Part& part : allowed.parts) kinds.insert(part.kind);
  std::vector<std::string> words;
  const bool tuples = kinds.contains(presence::PartKind::service);
  if (tuples) words.emplace_back("tuples with ids of their own");
  if (kinds.contains(presence::PartKind::person)) words.emplace_back("persons");
  if (kinds.contains(presence::PartKind::device)) words.emplace_back("devices");
  if (kinds.contains(presence::PartKind::note)) words.emplace_back("a note");
  if (words.empty()) return "an empty document";
  std::string text = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) text += (i + 1 == words.size() ? " and " : ", ") + words[i];
  return tuples ? text : text + " but no tuple";
}

/// What polite-block shows.
std::string polite_words(const Closed& closed) {
  if (!closed.polite) return "polite-block is sent no document";
  if (closed.polite->parts.empty()) return "polite-block shows an empty document";
  return fmt::format("polite-block shows one tuple `{}`", closed.polite->parts.front().id);
}

void report(const Case& found, const Asker& asker, std::vector<Leak>& leaks) {
  Leak leak = leak_of(Kind::polite_block_fingerprint, "handling", Channel::content, asker, found);
  const bool itself = found.first.request.watcher == found.second.request.watcher;
  const Closed closed = closed_documents(asker, found);
  leak.severity = itself ? diag::Severity::warning : diag::Severity::note;
  leak.message = fmt::format("{} can tell polite-block from a presentity that is offline: {}, and {} sees {}", watchers_words(leak.watcher, leak.others), polite_words(closed),
                             itself ? std::string("who is allowed") : watcher_words(found.second.request.watcher), marks(closed.allowed));
  leak.fix = !closed.polite ? "no rule can hide it on this server: let nobody be politely blocked who may know how it looks"
             : itself ? "decide the same in every state, or show an allowed watcher a single tuple and nothing else while offline"
                      : "show those who are allowed a single tuple and nothing else while offline, if politely blocked watchers may compare with them";
  leaks.push_back(std::move(leak));
}

}  // namespace

void find_fingerprints(Asker& asker, std::vector<Leak>& leaks) {
  const Claim polite = handling_is(policy::SubHandling::polite_block);
  const Claim shown{property::Operator::atom, property::AnythingShown{}, {}};
  std::vector<std::uint32_t> open = asker.watchers();
  const auto ask = [&](const PairGoal& goal, const std::vector<ClassPair>& pairs) {
    for (const Case& found : asker.ask(goal, pairs, "polite-block-fingerprint")) {
      report(found, asker, leaks);
      for (const std::uint32_t watcher : found.classes) std::erase(open, watcher);
    }
  };
  std::vector<ClassPair> same;
  for (const std::uint32_t watcher : open) same.push_back({watcher, watcher});
  ask({property::Secret::handling, polite, shown, PairGoal::Apart::no_matter}, same);

  std::vector<std::uint32_t> allowed;
  for (const Case& found : asker.ask({std::nullopt, shown, std::nullopt, PairGoal::Apart::no_matter}, same, "polite-block-fingerprint")) {
    for (const std::uint32_t watcher : found.classes) {
      if (allowed.size() < kMostAllowed) allowed.push_back(watcher);
    }
  }
  for (const std::uint32_t other : allowed) {
    std::vector<ClassPair> pairs;
    for (const std::uint32_t watcher : open) pairs.push_back({watcher, other});
    ask({std::nullopt, polite, shown, PairGoal::Apart::no_matter}, pairs);
  }
}

}  // namespace presproof::leaks
