#pragma once

#include <map>
#include <string>
#include <vector>

#include "diag/sources.h"
#include "property/parser.h"
#include "property/property.h"

/// Parsing without a disk, for the tests of this module.
namespace presproof::property::testing {

struct Parsing {
  diag::Sources sources;
  std::map<std::string, std::string> lists;  ///< what `list "..."` finds, by name

  /// Parses one file called `test.props`.
  Properties file(const std::string& text);
  /// Parses arguments of `-p`, after files called `a.props`, `b.props`, ...
  Properties all(const std::vector<std::string>& files, const std::vector<std::string>& arguments);
  /// The problems of a file, each as `line:column+length: message [hint]`; empty when it parses.
  std::vector<std::string> problems(const std::string& text);
  std::vector<std::string> problems(const std::vector<std::string>& files, const std::vector<std::string>& arguments);
};

/// The only property of a file that has this body.
Property property_of(const std::string& body);
/// The claim of `for everyone never CLAIM`, an atom.
ClaimAtom claim_of(const std::string& claim);
/// The first problem of a file; empty when there is none.
std::string problem_of(const std::string& text);
/// The first problem of `for everyone never CLAIM` given by `-p`, whose claim begins in column 20.
std::string claim_problem(const std::string& claim);

}  // namespace presproof::property::testing
