#include "lint_baselines.h"

#include <fmt/format.h>

#include <filesystem>
#include <ostream>
#include <utility>

#include "diag/error.h"
#include "diag/printable.h"
#include "inputs.h"

namespace presproof::cli {

void Baselines::open(const LintSettings& settings) {
  if (!settings.baseline) {
    if (!options_.update_baseline) return;
    throw diag::InputError(diag::Problem{
        .span = {}, .message = "there is no baseline to update", .hint = "name one with `--baseline`, or in the configuration"});
  }
  const auto& path = *settings.baseline;
  if (baselines_.contains(path)) return;
  std::error_code error;
  const bool is_new = options_.update_baseline && !std::filesystem::exists(path, error);
  baselines_.emplace(path, is_new ? Baseline(path) : Baseline::read(run_.sources, load_file(run_, path, options_.limits.bytes)));
}

void Baselines::looked_at(const std::string& file, const LintSettings& settings) {
  if (settings.baseline) baselines_.at(*settings.baseline).looked_at(file, settings.checks.disabled);
}

bool Baselines::knows(const diag::Diagnostic& finding, const std::string& file, const LintSettings& settings) {
  if (!settings.baseline) return false;
  auto& baseline = baselines_.at(*settings.baseline);
  return baseline.meet(baseline.key_of(finding, file)) || options_.update_baseline;
}

void Baselines::close() {
  for (const auto& [path, baseline] : baselines_) {
    if (options_.update_baseline) {
      write_file(path, baseline.updated());
      continue;
    }
    const auto gone = baseline.gone();
    for (const auto& [key, times] : gone) {
      run_.environment.err << diag::printable(fmt::format("{}: note: {} {} in {} no longer occurs", path, key.code,
                                                          diag::info(*diag::find_code(key.code)).name, key.file))
                           << '\n';
    }
    if (!gone.empty()) run_.environment.err << "presproof: `--update-baseline` takes what no longer occurs out of the baseline\n";
  }
}

}  // namespace presproof::cli
