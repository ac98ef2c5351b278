#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "diag/error.h"

/// The problems for which `read` refuses its input; fails the test when it does not.
namespace presproof::sip {

template <class Read>
std::vector<diag::Problem> problems_of(Read read) {
  try {
    read();
  } catch (const diag::InputError& error) {
    return error.problems();
  }
  FAIL("the input was not refused");
  return {};
}

/// `line:column message`
inline std::string shown(const diag::Problem& problem) {
  return std::to_string(problem.span.line) + ":" + std::to_string(problem.span.column) + " " + problem.message;
}

}  // namespace presproof::sip
