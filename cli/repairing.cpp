#include "repairing.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace presproof::cli {
namespace {

using verify::Verdict;

[[noreturn]] void fail(std::string message, std::string hint) {
  throw diag::InputError(diag::Problem{.span = {}, .message = std::move(message), .hint = std::move(hint)});
}

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
  for (const std::uint32_t file : loaded.files) {
    const std::string name(run.sources.name(file));
    if (name == "<stdin>") fail("`--apply` cannot write to standard input", "name the files, or print the diff with `--repair`");
    if (run.sources.encoding(file) != "UTF-8") {
      fail(fmt::format("`--apply` cannot edit `{}`: it is in {}", name, run.sources.encoding(file)), "convert it to UTF-8, and its XML declaration");
    }
    struct stat status {};
    const bool found = ::stat(name.c_str(), &status) == 0;
    if (found && !S_ISREG(status.st_mode)) fail(fmt::format("`--apply` cannot replace `{}`: it is no regular file", name), "name a file");
    // A rename would replace a file that its owner has made read-only, too.
    if (found && ((status.st_mode & 0222) == 0 || ::access(name.c_str(), W_OK) != 0)) {
      fail(fmt::format("`--apply` cannot write `{}`: it is read-only", name), "make it writable, or print the diff with `--repair`");
    }
  }
}

void apply_repairs(const Run& run, const LoadedPolicy& loaded, RepairRun& repaired) {
  for (std::size_t i = 0; i < loaded.files.size(); ++i) {
    if (loaded.files[i] == repaired.after.files[i]) continue;
    std::error_code error;
    const auto target = std::filesystem::canonical(std::string(run.sources.name(loaded.files[i])), error);  // through symbolic links
    if (error) fail(fmt::format("cannot write `{}`: {}", run.sources.name(loaded.files[i]), error.message()), "");
    write_result(run, {.format = "", .output = target.string()}, std::string(run.sources.text(repaired.after.files[i])));
  }
  for (report::Repaired& repair : repaired.repairs) repair.applied = repair.proposal.has_value();
}

}  // namespace presproof::cli
