// Policies of people: one property, and every claim of the language at once.

#include <fmt/format.h>

#include "bench/measuring.h"
#include "policy/vocabulary.h"

namespace presproof::bench {
namespace {

/// A property for each of 35 claims over one run, about everybody.
std::string every_claim() {
  const char* const claims[] = {
      "handling block", "handling at least confirm", "handling at most polite-block", "handling allow", "devices", "persons", "services",
      "services with class \"biz\"", "services with scheme \"sip\"", "persons with id \"p1\"", "activities", "class", "deviceID", "mood", "place-is",
      "place-type", "privacy", "relationship", "sphere", "status-icon", "time-offset", "user-input at least bare", "user-input at least full", "note",
      "attribute \"foo\" \"urn:x\"", "all-attributes", "anything", "location", "location finer than 5 km", "geodetic finer than 2 km",
      "civic finer than region", "exact location", "retransmission", "retention longer than 24 h", "rule \"r1\""};
  std::string text;
  for (const char* const claim : claims) text += fmt::format("property \"{0}\": for everyone never {1}\n", text.size(), claim);
  return text;
}

/// A property for each claim over two runs, and one over time, about everybody.
std::string every_inference() {
  std::string text = "property \"0\": for everyone never exact location over time\n";
  for (const char* const claim : {"response same as everyone", "response and content same as everyone", "reveals nothing about sphere",
                                  "reveals nothing about location", "reveals nothing about time", "reveals nothing about handling"}) {
    text += fmt::format("property \"{0}\": for everyone {1}\n", text.size(), claim);
  }
  return text;
}

}  // namespace

void measure_small(const Bench& bench) {
  const std::string claims = bench.file("claims.props", every_claim());
  const std::string inferences = bench.file("inferences.props", every_inference());
  for (const std::size_t rules : {20U, 100U}) {
    const std::string policy = bench.dense_policy(rules);
    const auto of_one = bench.prove(policy, {"-p", "for everyone when not sphere is \"work\" never (persons and geodetic finer than 2 km)"});
    const double one_s = median_of(11, [&] { return run_process(of_one).seconds; });
    row(fmt::format("`prove`, one property, {} dense rules (whole process)", rules), fmt::format("{:.0f} ms", one_s * 1000), "30 ms");
    const double all_s = median_of(5, [&] { return run_process(bench.prove(policy, {"--properties", claims})).seconds; });
    row(fmt::format("`prove`, each of 35 claims over one run, {} dense rules (whole process)", rules), fmt::format("{:.0f} ms", all_s * 1000), "200 ms");
    const double inferred_s = median_of(5, [&] { return run_process(bench.prove(policy, {"--properties", inferences})).seconds; });
    row(fmt::format("`prove`, the claims over two runs and one over time, {} dense rules (whole process)", rules), fmt::format("{:.0f} ms", inferred_s * 1000), "-");
  }
}

}  // namespace presproof::bench
