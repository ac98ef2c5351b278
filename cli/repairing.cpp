#include "repairing.h"

#include "rewriting.h"

namespace presproof::cli {
namespace {

using verify::Verdict;

const EditingFlag kApply{"--apply", "print the diff with `--repair`"};

bool is_broken(Verdict verdict) { return verdict == Verdict::violated || verdict == Verdict::depends; }

/// Property by property; what holds at first, and what was repaired, has to go on holding.
class Repairs {
 public:
  Repairs(Run& run, const LoadedPolicy& loaded, const property::Properties& properties, const verify::Options& options)
      : run_(run), properties_(properties), options_(options), subject_{loaded.policy, loaded.files} {
    options_.smt2_directory.clear();
  }

  RepairRun all(const std::vector<verify::Result>& results) {
    RepairRun repaired;
    std::vector<bool> holds;
    for (const verify::Result& result : results) holds.push_back(result.verdict == Verdict::proved);
    bool edited = false;
    for (std::size_t i = 0; i < results.size(); ++i) {
      report::Repaired& repair = repaired.repairs.emplace_back();
      if (results[i].verdict == Verdict::undecided) repair.reason = "it is undecided, so nobody knows what would mend it";
      if (!is_broken(results[i].verdict)) continue;
      const verify::Result now = edited ? asked_again(i) : results[i];
      if (now.verdict == Verdict::proved) {
        repair.reason = "the repairs before this one mend it, too";
        holds[i] = true;
        continue;
      }
      repair::Outcome outcome = repair::propose(subject_, properties_.properties[i], now, kept(holds), options_, run_.sources);
      if (auto* none = std::get_if<repair::NoProposal>(&outcome)) {
        repair.reason = std::move(none->reason);
        continue;
      }
      repair.proposal = std::get<repair::Proposal>(std::move(outcome));
      subject_ = repair.proposal->after;
      holds[i] = edited = true;
    }
    repaired.after = std::move(subject_);
    return repaired;
  }

 private:
  [[nodiscard]] verify::Result asked_again(std::size_t number) const {
    return verify::verify(subject_.policy, {{properties_.properties[number]}, properties_.persons}, options_).front();
  }
  [[nodiscard]] property::Properties kept(const std::vector<bool>& holds) const {
    property::Properties kept{{}, properties_.persons};
    for (std::size_t i = 0; i < holds.size(); ++i) {
      if (holds[i]) kept.properties.push_back(properties_.properties[i]);
    }
    return kept;
  }

  Run& run_;
  const property::Properties& properties_;
  verify::Options options_;
  repair::Subject subject_;
};

}  // namespace

RepairRun repair_all(Run& run, const LoadedPolicy& loaded, const property::Properties& properties, const std::vector<verify::Result>& results,
                     const verify::Options& options) {
  return Repairs(run, loaded, properties, options).all(results);
}

void refuse_unwritable(const Run& run, const LoadedPolicy& loaded) {
  for (const std::uint32_t file : loaded.files) refuse_unwritable(run, file, kApply);
}

void apply_repairs(const Run& run, const LoadedPolicy& loaded, RepairRun& repaired) {
  std::vector<RewrittenFile> files;
  for (std::size_t i = 0; i < loaded.files.size(); ++i) {
    if (loaded.files[i] != repaired.after.files[i])
      files.push_back({loaded.files[i], std::string(run.sources.text(repaired.after.files[i]))});
  }
  rewrite_files(run, files, kApply);
  for (report::Repaired& repair : repaired.repairs) repair.applied = repair.proposal.has_value();
}

}  // namespace presproof::cli
