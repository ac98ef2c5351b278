#pragma once

#include <span>
#include <string>
#include <vector>

#include "smt/solver.h"
#include "smt/term.h"

/// Queries as SMT-LIB 2 text (version 2.6), complete with (check-sat), for other solvers and for people.
namespace presproof::smt {

/// A finite double as a decimal fraction `m/d` or an integer, exactly.
[[nodiscard]] std::string exact_rational(double value);

/// `legend` is written as comments, one line each; it must be printable.
[[nodiscard]] std::string write_smt2(const TermStore& terms, std::span<const Term> assertions, const std::vector<std::string>& legend);
[[nodiscard]] std::string write_smt2(std::span<const HalfSpace> bounds, const std::vector<std::string>& legend);

}  // namespace presproof::smt
