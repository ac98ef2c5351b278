#include "verify/documents_apart.h"

#include <array>
#include <set>
#include <vector>

#include "presence/document.h"
#include "semantics/filter.h"
#include "verify/witness_document.h"

namespace presproof::verify {
namespace {

/// Where obfuscation is available (RFC 6772 appendix B), and digits beyond every rounding.
constexpr std::array<geo::Position, 4> kPlaces = {{{48.137431, 11.575498}, {12.345678, -98.765432}, {-33.857213, 151.215297}, {1.234567, 7.654321}}};
/// A field for each level (RFC 6772 section 6.5.1).
const geo::CivicAddress kAddress = {{"country", "DE"}, {"A1", "Bavaria"}, {"A3", "Munich"}, {"RD", "Marienplatz"}, {"HNO", "8"}, {"LOC", "Room 300"}};

void allow_retransmission(presence::Element& element) {
  if (element.local == "retransmission-allowed") element.children = {presence::Node{std::string("true")}};
  for (presence::Node& node : element.children) {
    if (auto* child = std::get_if<presence::Element>(&node.value)) allow_retransmission(*child);
  }
}

/// Those that match first: a document has room for so many names.
std::vector<const policy::Rule*> rules_by_interest(const semantics::Decision& first, const semantics::Decision& second, const policy::Policy& policy) {
  std::set<policy::RuleRef> seen;
  std::vector<const policy::Rule*> rules;
  const auto add = [&](policy::RuleRef ref) {
    if (seen.insert(ref).second) rules.push_back(&rule_at(policy, ref));
  };
  for (const policy::RuleRef ref : first.matched) add(ref);
  for (const policy::RuleRef ref : second.matched) add(ref);
  for (std::uint32_t document = 0; document < policy.documents.size(); ++document) {
    for (std::uint32_t rule = 0; rule < policy.documents[document].rules.size(); ++rule) add({document, rule});
  }
  return rules;
}

}  // namespace

bool documents_apart(const semantics::Decision& first, const semantics::Decision& second, const claims::ClaimContext& context, const engine::Profile& profile) {
  const std::vector<const policy::Rule*> rules = rules_by_interest(first, second, context.policy);
  const semantics::Options options{context.usage, &profile, context.readings};
  for (const geo::Position& place : kPlaces) {
    policy::State state;
    state.time = kUsualInstant;
    state.location = {place, kAddress};
    presence::Document document = witness_document_of(rules, state, context.usage);
    for (const bool retransmission : {false, true}) {
      if (retransmission) {
        for (presence::Part& part : document.parts) allow_retransmission(part.element);
      }
      if (semantics::filter(first, document, state, options, {}) != semantics::filter(second, document, state, options, {})) return true;
    }
  }
  return false;
}

}  // namespace presproof::verify
