#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/command.h"
#include "engine/profile.h"
#include "geo/position.h"
#include "policy/request.h"
#include "presence/document.h"
#include "xml/document.h"

/// The watcher and the state of a simulation, from its flags. All functions throw diag::InputError with what is wrong.
namespace presproof::cli {

/// Exactly one kind of watcher is given.
struct WatcherOptions {
  std::vector<std::string> identities;  ///< --watcher: several URIs of one watcher
  bool anonymous = false;
  std::string request;        ///< --request: a SIP SUBSCRIBE
  std::string trust;          ///< --trust: whom to believe in it
  std::string watchers_file;  ///< --watchers: one watcher a line
};
void add_watcher_options(CLI::App& app, WatcherOptions& options);

/// One watcher a line: a URI, or `anonymous`; lines that begin with `#` are comments.
[[nodiscard]] std::vector<policy::Watcher> watchers_of_file(Run& run, const std::string& path, std::size_t limit_bytes);

/// What the watchers of the run are called; of a SIP request, how the engine knows that goes to stderr.
[[nodiscard]] std::vector<policy::Watcher> chosen_watchers(Run& run, const WatcherOptions& options, const engine::Profile& profile, const xml::Limits& limits);

struct StateOptions {
  std::optional<std::string> at;
  std::optional<std::string> sphere;    ///< empty: undefined
  std::optional<std::string> location;  ///< LAT,LON or none
  std::vector<std::string> civic;       ///< FIELD=VALUE, or none
};
void add_state_options(CLI::App& app, StateOptions& options);

/// What the flags say, and what the documents say where a flag is missing; the time is now without --at.
[[nodiscard]] policy::State chosen_state(const StateOptions& options, const std::vector<presence::Document>& published,
                                         const presence::Document& composed);

/// `LAT,LON` in degrees; `flag` is for the message.
[[nodiscard]] geo::Position parse_position(const std::string& flag, const std::string& text);

}  // namespace presproof::cli
