#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diag/code.h"
#include "fixing.h"
#include "inputs.h"
#include "lint/lint.h"

namespace presproof::cli {

/// What was asked for on the command line of `lint`.
struct LintOptions {
  std::vector<std::string> paths;
  std::string usage = "auto";
  std::string engine = "rfc";
  xml::Limits limits;
  OutputOptions output;
  std::string fail_on = "warning";
  std::vector<std::string> enable;
  std::vector<std::string> disable;
  std::optional<std::string> at;
  std::vector<std::string> presence;
  std::optional<std::string> finest_radius;
  std::optional<std::string> schemas;  ///< a folder of XML schemas
  std::optional<std::string> explain;
  bool list = false;
  FixOptions fixes;
};

/// The code that a word names, by id or name; throws diag::InputError with the nearest one.
[[nodiscard]] diag::Code chosen_code(const std::string& word);
/// The options of the checks; throws diag::InputError for words that mean nothing.
[[nodiscard]] lint::Options chosen_checks(const LintOptions& options);

}  // namespace presproof::cli
