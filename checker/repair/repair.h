#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "diag/sources.h"
#include "diff/compare.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "repair/edit.h"
#include "verify/verify.h"

/// Repairs of a policy that breaks a property: the fewest edits after which the property is proved under all readings, and of those the
/// ones that take least away. Found by counterexamples: each names the rules behind it, and only those are edited, until there is none.
namespace presproof::repair {

/// A policy and the texts that its documents were read from.
struct Subject {
  policy::Policy policy;
  std::vector<std::uint32_t> files;  ///< for each document its number in the run's sources
};

/// Where an edit was made, in the text with the edits before it.
struct EditReport {
  SourceSpan span;  ///< of the rule
  std::string file;
  std::string rule;  ///< its id
  Kind kind = Kind::coarsen_location;
  std::string summary;
  std::string before;  ///< the rule's XML; empty for a new rule
  std::string after;   ///< what stands in its place; empty when it went
};

struct Proposal {
  std::string summary;
  std::vector<EditReport> edits;
  /// What changes beside, for whom: lost, or, for a property that asks for more, gained.
  std::vector<diff::Change> changes;
  std::string diff;  ///< unified, of all documents
  Subject after;
};
struct NoProposal {
  std::string reason;
};
using Outcome = std::variant<Proposal, NoProposal>;

struct Bounds {
  std::size_t edits = 4;
  std::size_t proofs = 300;  ///< properties asked again, in one repair
};

/// `result` is the property's, and has a counterexample. `kept`: properties that must still hold. The texts after the edits are added to
/// `sources`. Throws diag::InternalError when an edited text does not read as the edited policy.
[[nodiscard]] Outcome propose(const Subject& subject, const property::Property& property, const verify::Result& result,
                              const property::Properties& kept, const verify::Options& options, diag::Sources& sources, const Bounds& bounds = {});

}  // namespace presproof::repair
