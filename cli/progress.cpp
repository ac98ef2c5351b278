#include "progress.h"

#include <fmt/format.h>

#include <ostream>

namespace presproof::cli {

Progress::Progress(const Run& run, std::string what)
    : run_(run), what_(std::move(what)), start_(std::chrono::steady_clock::now()) {}

Progress::~Progress() {
  if (shown_) run_.environment.err << "\r\x1b[K" << std::flush;
}

void Progress::update(std::size_t done, std::size_t all) {
  if (run_.no_progress || !run_.environment.err_is_terminal) return;
  const auto elapsed = std::chrono::steady_clock::now() - start_;
  if (elapsed < std::chrono::seconds(1)) return;
  shown_ = true;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(elapsed).count();
  run_.environment.err << fmt::format("\r\x1b[K{} {} of {} ({} s)", what_, done, all, seconds) << std::flush;
}

}  // namespace presproof::cli
