#include "smt/query_log.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "base/instant.h"
#include "diag/error.h"
#include "diag/printable.h"
#include "smt/smtlib.h"

namespace presproof::smt {
namespace {

/// What the numbers mean; `inside.N` stands in the query when the circle matters.
std::vector<std::string> legend(const TermStore& terms, const SymbolicState& state, std::span<const std::uint32_t> nodes) {
  std::vector<std::string> lines = {"numbers in binary, the lowest bit first", "time: the number of the cell that begins at"};
  constexpr std::uint32_t most_cells = 1000;
  for (std::uint32_t cell = 0; cell < state.cells().count() && cell < most_cells; ++cell) {
    lines.push_back(fmt::format("  {}  {}", cell, to_rfc3339(state.cells().start(cell))));
  }
  lines.push_back("sphere: 0 undefined, 1 another than");
  for (std::size_t i = 0; i < state.vocabulary().spheres.size(); ++i) {
    lines.push_back(fmt::format("  {}  {}", i + 2, diag::printable(state.vocabulary().spheres[i])));
  }
  std::size_t number = 0;
  for (const auto& [field, texts] : state.vocabulary().civic) {
    lines.push_back(fmt::format("civic{}: the field {}, 0 absent", number++, diag::printable(field)));
    for (std::size_t i = 0; i < texts.size(); ++i) lines.push_back(fmt::format("  {}  {}", i + 1, diag::printable(texts[i])));
  }
  for (const std::uint32_t node : nodes) {
    if (const auto id = state.circle_of(node)) {
      const geo::Circle& circle = state.circle(*id);
      lines.push_back(fmt::format("inside.{}: within {} m of {} {}", *id, circle.radius_m, circle.center.latitude, circle.center.longitude));
    }
  }
  const auto of_second = [&](std::uint32_t node) { return terms.is_variable(node) && terms.name(node).starts_with("second."); };
  if (std::any_of(nodes.begin(), nodes.end(), of_second)) lines.push_back("second.SECRET.NAME: the same in the second run, where the secret may differ");
  return lines;
}

}  // namespace

QueryLog::QueryLog(std::string directory, std::size_t property, std::string title, const ExternalSolver* other)
    : directory_(std::move(directory)), property_(property), title_(diag::printable(title)), other_(other) {}

void QueryLog::write(const TermStore& terms, std::span<const Term> assertions, const SymbolicState& state) {
  if (is_idle()) return;
  std::vector<std::string> lines = legend(terms, state, terms.nodes_below(assertions));
  lines.insert(lines.begin(), title_);
  take(write_smt2(terms, assertions, lines), QueryKind::propositional);
}

void QueryLog::write(std::span<const HalfSpace> bounds) {
  if (is_idle()) return;
  take(write_smt2(bounds, {title_, "(x, y, z): a place as the unit normal of the ellipsoid there; each bound is a circle's, rounded"}),
       QueryKind::geometric);
}

void QueryLog::answered(Outcome outcome, const Limits& limits) {
  if (other_ == nullptr || outcome == Outcome::unknown) return;
  const Outcome other = other_->check(last_, last_kind_, limits);
  ++compared_;
  if (other == Outcome::unknown) ++given_up_;
  if (other == Outcome::unknown || other == outcome) return;
  const auto word = [](Outcome each) { return each == Outcome::sat ? "sat" : "unsat"; };
  throw diag::InternalError(fmt::format("the solvers disagree about a query of the property `{}`: z3 says {}, cvc5 {} (`--smt2` writes the queries)",
                                        title_, word(outcome), word(other)));
}

void QueryLog::take(std::string text, QueryKind kind) {
  if (!directory_.empty()) write_file(text);
  last_ = std::move(text);
  last_kind_ = kind;
}

void QueryLog::write_file(const std::string& text) {
  std::error_code error;
  std::filesystem::create_directories(directory_, error);
  const std::filesystem::path path = std::filesystem::path(directory_) / fmt::format("{}-{}.smt2", property_, next_++);
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw diag::InputError(diag::Problem{{}, fmt::format("cannot write `{}`", path.string()), ""});
}

}  // namespace presproof::smt
