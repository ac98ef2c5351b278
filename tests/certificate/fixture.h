#pragma once

#include <string>
#include <utility>
#include <vector>

#include "certificate_check/certificate.h"
#include "engine/readings.h"
#include "verify/result.h"

/// A question put to the prover and, with its certificate, to the checker; both read the texts for themselves.
namespace presproof::test {

struct Inputs {
  std::vector<std::string> policies;
  std::string properties;
  std::vector<std::string> readings = {};  ///< KEY=VALUE
  std::string usage = "auto";
};

struct Proved {
  std::vector<verify::Result> results;
  std::vector<std::string> names;
  std::string certificate;
  std::vector<std::pair<std::string, std::string>> not_certified;
};
[[nodiscard]] Proved prove(const Inputs& inputs);

using Status = certificate_check::Answer::Status;
[[nodiscard]] std::vector<certificate_check::Answer> check(const Inputs& inputs, const std::string& certificate);
/// `accepted: NAME: proved` and so on, a line each.
[[nodiscard]] std::string shown(const std::vector<certificate_check::Answer>& answers);
[[nodiscard]] bool some_accepted(const std::vector<certificate_check::Answer>& answers);

/// A rule set around `rules`, with the prefixes pr, gp, lp, gs and gml.
[[nodiscard]] std::string rule_set(const std::string& rules);
[[nodiscard]] std::string rule(const std::string& id, const std::string& conditions, const std::string& radius_m);
[[nodiscard]] std::string one(const std::string& uri);
[[nodiscard]] std::string inside(const std::string& position, const std::string& radius_m);

}  // namespace presproof::test
