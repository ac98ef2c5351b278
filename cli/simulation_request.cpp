#include "simulation_request.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ostream>

#include "base/instant.h"
#include "base/lexical.h"
#include "diag/error.h"
#include "diag/printable.h"
#include "engine/identification.h"
#include "inputs.h"

namespace presproof::cli {
namespace {

using diag::fail;

uri::Uri watcher_uri(std::string_view text, SourceSpan span = {}) {
  uri::Uri parsed = uri::parse(text);
  if (parsed.scheme.empty()) {
    fail(fmt::format("`{}` is no URI, and a watcher is known by one", parsed.text),
         "write it with its scheme, such as `sip:bob@example.com` or `tel:+12125551234`", span);
  }
  return parsed;
}

policy::Watcher watcher_of_request(Run& run, const WatcherOptions& options, const engine::Profile& profile, std::size_t limit_bytes) {
  sip::Trust trust;
  if (!options.trust.empty()) trust = sip::read_trust(run.sources, load_file(run, options.trust, limit_bytes));
  const sip::Subscribe request = sip::read_subscribe(run.sources, load_file(run, options.request, limit_bytes));
  const sip::WatcherIdentity identity = engine::identify(request, trust, profile);
  for (const std::string& line : identity.explanation) {
    run.environment.err << fmt::format("{}: {}\n", diag::printable(options.request), diag::printable(line));
  }
  return {identity.identities};
}

std::optional<geo::Shape> chosen_location(const std::string& text) {
  if (text == "none") return std::nullopt;
  return parse_position("--location", text);
}

std::optional<geo::CivicAddress> chosen_civic(const std::vector<std::string>& fields) {
  if (fields == std::vector<std::string>{"none"}) return std::nullopt;
  geo::CivicAddress address;
  for (const std::string& field : fields) {
    const std::size_t equals = field.find('=');
    const std::string name(trim_xml_space(std::string_view(field).substr(0, equals)));
    if (equals == std::string::npos || name.empty()) {
      fail(fmt::format("`--civic {}` is not `FIELD=VALUE`", field),
           field == "none" ? "`none` stands alone" : "write it as in `--civic A3=Munich`, or `--civic none`");
    }
    const std::string value(trim_xml_space(std::string_view(field).substr(equals + 1)));
    if (!address.emplace(name, value).second) fail(fmt::format("the civic field `{}` is given twice", name), "keep one");
  }
  return address;
}

Instant now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count(), 0};
}

}  // namespace

void add_watcher_options(CLI::App& app, WatcherOptions& options) {
  app.add_option("--watcher", options.identities, "Who asks, as a URI; repeated: several asserted URIs of one watcher")
      ->allow_extra_args(false)
      ->group("Watcher (one of)");
  app.add_flag("--anonymous", options.anonymous, "An unauthenticated watcher")->group("Watcher (one of)");
  app.add_option("--request", options.request, "Whoever sends this SIP SUBSCRIBE; see --trust")->type_name("FILE")->group("Watcher (one of)");
  app.add_option("--watchers", options.watchers_file, "Many watchers, one URI a line; best with --format jsonl")->type_name("FILE")
      ->group("Watcher (one of)");
  app.add_option("--trust", options.trust, "Which asserters and mechanisms to believe in the --request (TOML); without it nobody, but From by an --engine that does")->type_name("FILE")
      ->needs("--request");
}

/// Blank lines and lines that begin with # are skipped.
std::vector<policy::Watcher> watchers_of_file(Run& run, const std::string& path, std::size_t limit_bytes) {
  const std::uint32_t file = load_file(run, path, limit_bytes);
  const std::string_view text = run.sources.text(file);
  std::vector<policy::Watcher> watchers;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = trim_xml_space(text.substr(begin, end - begin));
    if (!line.empty() && line.front() != '#') {
      const auto offset = static_cast<std::size_t>(line.data() - text.data());
      if (line == "anonymous") watchers.emplace_back();
      else watchers.push_back({{watcher_uri(line, run.sources.span_at(file, offset, line.size()))}});
    }
    begin = end + 1;
  }
  if (watchers.empty()) fail(fmt::format("`{}` names no watcher", path), "write one URI a line");
  return watchers;
}

std::vector<policy::Watcher> chosen_watchers(Run& run, const WatcherOptions& options, const engine::Profile& profile, const xml::Limits& limits) {
  const int kinds = (options.identities.empty() ? 0 : 1) + (options.anonymous ? 1 : 0) + (options.request.empty() ? 0 : 1) +
                    (options.watchers_file.empty() ? 0 : 1);
  if (kinds != 1) {
    fail(kinds == 0 ? "it is not said who asks" : "it is said in two ways who asks",
         "give one of `--watcher URI`, `--anonymous`, `--request FILE` and `--watchers FILE`");
  }
  if (options.anonymous) return {policy::Watcher{}};
  if (!options.request.empty()) return {watcher_of_request(run, options, profile, limits.bytes)};
  if (!options.watchers_file.empty()) return watchers_of_file(run, options.watchers_file, limits.bytes);
  policy::Watcher watcher;
  for (const std::string& text : options.identities) watcher.identities.push_back(watcher_uri(text));
  return {std::move(watcher)};
}

void add_state_options(CLI::App& app, StateOptions& options) {
  app.add_option("--at", options.at, "The time of the request, RFC 3339 with an offset; default: now")->group("State");
  app.add_option("--sphere", options.sphere, "The presentity's sphere, empty for undefined; default: what the documents say")
      ->group("State");
  app.add_option("--location", options.location, "Where the presentity is for conditions, as LAT,LON in degrees, or `none`; default: what the documents say")
      ->group("State");
  app.add_option("--civic", options.civic, "The same as a civic address: FIELD=VALUE (repeatable), or `none`")
      ->allow_extra_args(false)
      ->group("State");
}

policy::State chosen_state(const StateOptions& options, const std::vector<presence::Document>& published,
                           const presence::Document& composed) {
  policy::State state;
  state.time = now();
  if (options.at) {
    const auto time = parse_rfc3339(*options.at);
    if (!time) {
      fail(fmt::format("`--at {}` is no RFC 3339 time with an offset", *options.at), "write it as in `2026-06-01T12:00:00Z`");
    }
    state.time = *time;
  }
  state.sphere = presence::sphere_of(published);
  if (options.sphere) {
    const std::string_view value = trim_xml_space(*options.sphere);
    state.sphere = value.empty() ? std::nullopt : std::optional(std::string(value));
  }
  state.location = presence::location_of(composed);
  if (options.location) state.location.geodetic = chosen_location(*options.location);
  if (!options.civic.empty()) state.location.civic = chosen_civic(options.civic);
  return state;
}

geo::Position parse_position(const std::string& flag, const std::string& text) {
  const std::size_t comma = std::min(text.find(','), text.size());
  const auto latitude = parse_xs_double(std::string_view(text).substr(0, comma));
  const auto longitude = parse_xs_double(std::string_view(text).substr(std::min(comma + 1, text.size())));
  if (!latitude || !longitude) {
    fail(fmt::format("`{} {}` is not `LAT,LON`", flag, text), fmt::format("write degrees as in `{} 52.52,13.405`", flag));
  }
  if (*latitude < -90 || *latitude > 90 || *longitude < -180 || *longitude > 180) {
    fail(fmt::format("`{} {}` is no place on earth", flag, text),
         "the latitude comes first, from -90 to 90, then the longitude, from -180 to 180");
  }
  return {*latitude, *longitude};
}

}  // namespace presproof::cli
