#include "verify/verify.h"

#include <memory>
#include <mutex>

#include "base/workers.h"
#include "diag/error.h"
#include "smt/sweep.h"
#include "verify/property_check.h"
#include "verify/second_opinion.h"

namespace presproof::verify {
namespace {

void refuse_unsupported(const property::Property& property) {
  const auto* location = std::get_if<property::LocationShown>(&property.claim.atom);
  const bool over_time = location != nullptr && location->over_time;
  if (!over_time) return;
  throw diag::InputError(diag::Problem{.span = property.span, .message = "claims over time are not supported yet", .hint = {}});
}

}  // namespace

std::vector<Result> verify(const policy::Policy& policy, const property::Properties& properties, const Options& options, const Progress& progress) {
  for (const property::Property& property : properties.properties) refuse_unsupported(property);
  const auto ground = std::make_shared<const smt::Ground>(policy, properties, options.usage, *options.profile);
  const AmbiguousParts parts = ambiguous_parts(policy);
  Replayer replayer(policy, options);
  SecondOpinion opinion(policy, properties, options);
  Workers workers(options.jobs);
  const std::size_t all = properties.properties.size();
  std::vector<Result> results(all);
  std::mutex mutex;
  std::size_t done = 0;
  const auto report = [&](std::size_t newly_done) {
    const std::lock_guard lock(mutex);
    done += newly_done;
    if (progress && done < all) progress(done, all);
  };
  workers.run(all, [&](std::size_t number) {
    const property::Property& property = properties.properties[number];
    report(0);
    // A sweep of its own: what is found depends on no other property.
    smt::Sweep sweep(ground, property, workers);
    results[number] = PropertyCheck(policy, options, parts, sweep, replayer, opinion).run(property, number + 1);
    report(1);
    return false;
  });
  return results;
}

}  // namespace presproof::verify
