#pragma once

#include "diag/sources.h"
#include "suite/suite.h"

namespace presproof::suite {

/// Reads a suite; paths in it are relative to its own folder. Throws diag::InputError with everything that is wrong, each with its place: not
/// TOML, unknown keys (with the nearest known one), values of the wrong kind, a case without a time, a watcher or an expectation.
[[nodiscard]] Suite read_suite(const diag::Sources& sources, std::uint32_t file);

/// One `[[case]]` as text, the same for equal cases; reading it gives an equal case.
[[nodiscard]] std::string write_case(const Case& one);

/// A value as inline TOML.
[[nodiscard]] std::string write_value(const report::Json& value);

}  // namespace presproof::suite
