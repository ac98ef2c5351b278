#pragma once

#include <string>
#include <vector>

#include "commands/command.h"
#include "inputs.h"
#include "outputs.h"
#include "simulation_request.h"

namespace presproof::cli {

/// `simulate --events`: the lines of a file are what happens, in order; the POLICY is there from the beginning.
///
///     publish FILE [SOURCE]        a presence document, of one of several sources
///     unpublish [SOURCE]
///     subscribe | fetch | refresh | unsubscribe URI
///     winfo URI                    who asks who watches
///     rules FILE                   uploaded instead of those before
///     delete                       the rules are deleted
///     at TIME                      the clock from here on
///     sphere [WORD]                without one it is what is published
///
/// Empty lines and lines that begin with `#` say nothing. Files are relative to the one with the events. Throws diag::InputError with the line.
[[nodiscard]] int simulate_events(Run& run, const PolicyOptions& policy, const StateOptions& state, const std::string& events, bool with_documents, const std::vector<Output>& outputs);

}  // namespace presproof::cli
