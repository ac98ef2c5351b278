#include "verify/verify.h"

#include <memory>
#include <mutex>

#include "base/workers.h"
#include "smt/sweep.h"
#include "verify/property_check.h"
#include "verify/second_opinion.h"

namespace presproof::verify {
std::vector<Result> verify(const policy::Policy& policy, const property::Properties& properties, const Options& options, const Progress& progress) {
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
