#include "verify/verify.h"

#include "diag/error.h"
#include "smt/prover.h"
#include "verify/property_check.h"

namespace presproof::verify {
namespace {

void refuse_unsupported(const property::Property& property) {
  const auto* location = std::get_if<property::LocationShown>(&property.claim.atom);
  const bool over_time = location != nullptr && location->over_time;
  if (!property.two_run && !over_time) return;
  throw diag::InputError(diag::Problem{.span = property.span, .message = "claims over two runs and over time are not supported yet", .hint = {}});
}

}  // namespace

std::vector<Result> verify(const policy::Policy& policy, const property::Properties& properties, const Options& options, const Progress& progress) {
  for (const property::Property& property : properties.properties) refuse_unsupported(property);
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
