#include "verify/verify.h"

#include "smt/prover.h"
#include "verify/property_check.h"

namespace presproof::verify {

std::vector<Result> verify(const policy::Policy& policy, const property::Properties& properties, const Options& options, const Progress& progress) {
  smt::Prover prover(policy, properties, options.usage, *options.profile);
  Replayer replayer(policy, options);
  PropertyCheck check(policy, options, prover, replayer);
  std::vector<Result> results;
  for (const property::Property& property : properties.properties) {
    if (progress) progress(results.size(), properties.properties.size());
    results.push_back(check.run(property, results.size() + 1));
  }
  return results;
}

}  // namespace presproof::verify
