#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "certificate/part.h"
#include "smt/partition.h"
#include "smt/threshold.h"

/// Why a claim has one value in all states of a guard, as a tree: inner nodes split the states by one question, leaves say why nothing can
/// go wrong there. Whatever the questions are, the leaves cover all states; so the tree is a proof as soon as each leaf is right.
namespace presproof::certificate {

/// The guard does not hold.
struct OutsideGuard {};
/// No place is inside of both, or inside of the first and outside of the second.
struct NoSuchPlace {
  bool disjoint = false;
  std::size_t first = 0;
  std::size_t second = 0;
};
/// The claim is decided, whichever of those that may match do.
struct Decided {
  std::vector<smt::RuleNumber> match;
  std::vector<smt::RuleNumber> may;
};
struct Tree;
/// The first branch is where the answer is yes: before the instant, in the sphere, inside of the circle, with that civic text.
struct Split {
  std::variant<Instant, SphereIs, InCircle, FieldIs> question;
  std::unique_ptr<Tree> yes;
  std::unique_ptr<Tree> no;
};
struct Tree {
  std::variant<OutsideGuard, NoSuchPlace, Decided, Split> node;
};

/// Builds the trees of one property.
class CoverBuilder {
 public:
  /// `wanted`: the value that the claim must have under each of these readings. All must outlive it.
  CoverBuilder(const property::Property& property, bool wanted, const smt::RuleTable& rules, policy::Usage usage,
               std::span<const engine::Readings> readings, Circles& circles);

  /// Those that give something that the claim asks for.
  [[nodiscard]] std::vector<smt::RuleNumber> in_play(std::span<const smt::RuleNumber> rules);
  /// For watchers whose rules in play are these. Nothing when no tree was found: `problem()` says why.
  [[nodiscard]] std::optional<Tree> cover(std::span<const smt::RuleNumber> in_play, bool authenticated);
  [[nodiscard]] const std::string& problem() const { return problem_; }

  static constexpr std::size_t kMaxNodes = 2'000'000;  ///< of all trees of a property
  static constexpr std::size_t kMaxDepth = 800;

 private:
  /// A claim over numbered thresholds.
  using Shape = property::Formula<std::size_t>;
  struct RuleFacts {
    Condition condition;
    std::vector<bool> gives;  ///< by threshold
    bool in_play = false;
  };
  struct State {
    Part part;
    std::vector<smt::RuleNumber> open;  ///< may match, ascending
    std::vector<smt::RuleNumber> sure;
  };
  using Question = decltype(Split::question);

  [[nodiscard]] Shape numbered(const smt::ClaimShape& shape);
  [[nodiscard]] const RuleFacts& facts(smt::RuleNumber rule);
  [[nodiscard]] std::optional<Tree> build(State state, const Condition& guard, std::size_t depth);
  void update(State& state);
  [[nodiscard]] Tri value(const Shape& shape, const State& state) const;
  /// Marks the thresholds to work on so that the shape gets the value; gives how many open rules they depend on.
  std::size_t focus(const Shape& shape, bool wanted, const State& state, std::set<std::size_t>& thresholds) const;
  [[nodiscard]] std::optional<Question> question(const State& state, const Condition& guard, const Shape* undecided) const;
  [[nodiscard]] std::optional<NoSuchPlace> impossible(const Part& part, std::size_t circle) const;

  const property::Property& property_;
  bool wanted_;
  const smt::RuleTable& rules_;
  Circles& circles_;
  std::vector<smt::Threshold> thresholds_;
  std::vector<Shape> shapes_;  ///< one for each way to read the RFCs
  std::vector<std::optional<RuleFacts>> facts_;
  std::size_t nodes_ = 0;
  std::string problem_;
};

}  // namespace presproof::certificate
