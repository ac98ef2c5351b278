#include "timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "base/lexical.h"
#include "diag/printable.h"
#include "engine/view.h"
#include "exit_code.h"
#include "report/report.h"
#include "semantics/life.h"

namespace presproof::cli {
namespace {

constexpr std::size_t kMostEvents = 10'000;
constexpr const char* kKinds = "publish FILE, unpublish, subscribe URI, fetch URI, refresh URI, unsubscribe URI, winfo URI, rules FILE, delete, at TIME, sphere WORD";

class Timeline {
 public:
  Timeline(Run& run, const PolicyOptions& policy, const StateOptions& state, const std::string& path)
      : run_(run), limits_(policy.limits), state_options_(state), profile_(chosen_profile(policy.engine)), reader_(engine::over_time(profile_)), folder_(std::filesystem::path(path).parent_path()) {
    if (policy.files.size() != 1) diag::fail("--events takes one POLICY", "others are uploaded by `rules FILE` in the file of events");
    state_ = chosen_state(state, {}, {});
    time_ = state_.time;
    life_ = semantics::make_life(profile_, state_);
    file_ = load_file(run, path, limits_.bytes);
    // It is there before anybody subscribes, so that nobody is told.
    (void)life_->set_rules(read_rules(run, load_file(run, policy.files.front(), limits_.bytes), limits_, reader_));
  }

  report::Timeline play() {
    report::Timeline timeline{engine::designation(profile_), {}};
    const std::string text(run_.sources.text(file_));
    std::istringstream lines(text);
    std::uint32_t number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      const std::string_view trimmed = trim_xml_space(line);
      if (trimmed.empty() || trimmed.front() == '#') continue;
      if (timeline.events.size() == kMostEvents) complain(number, fmt::format("more than {} events", kMostEvents));
      auto answer = happen(std::string(trimmed), number);
      timeline.events.push_back({std::string(trimmed), std::move(answer), whole()});
    }
    return timeline;
  }

 private:
  [[noreturn]] void complain(std::uint32_t line, std::string message, std::string hint = {}) const {
    throw diag::InputError(diag::Problem{SourceSpan{file_, line, 1, 1}, std::move(message), std::move(hint)});
  }

  std::optional<semantics::LifeAnswer> happen(const std::string& line, std::uint32_t number) {
    std::istringstream stream(line);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    const std::string& kind = words.front();
    const auto word = [&](const char* what) -> const std::string& {
      if (words.size() < 2) complain(number, fmt::format("`{}` has no {}", kind, what), fmt::format("one of: {}", kKinds));
      return words[1];
    };
    const auto uri = [&] {
      auto parsed = uri::parse(word("URI"));
      if (parsed.scheme.empty()) complain(number, fmt::format("`{}` is no URI: it has no scheme", diag::printable(parsed.text)), "write `sip:` before it");
      return parsed;
    };
    const auto path = [&] { return (folder_ / word("file")).lexically_normal().string(); };
    if (kind == "publish") return publish(words.size() > 2 ? words[2] : "", path());
    if (kind == "unpublish") {
      documents_.erase(words.size() > 1 ? words[1] : "");
      follow_documents();
      return life_->unpublish(words.size() > 1 ? words[1] : "");
    }
    if (kind == "subscribe" || kind == "fetch") return life_->subscribe(uri(), kind == "fetch");
    if (kind == "refresh" || kind == "unsubscribe") return life_->refresh(uri(), kind == "unsubscribe");
    if (kind == "winfo") return life_->subscribe_to_watchers(uri());
    if (kind == "rules") return life_->set_rules(read_rules(run_, load_file(run_, path(), limits_.bytes), limits_, reader_));
    if (kind == "delete") return life_->set_rules(std::nullopt);
    if (kind == "at") {
      const auto time = parse_rfc3339(word("time"));
      if (!time) complain(number, fmt::format("`{}` is no time with an offset", diag::printable(words[1])), "write `at 2026-06-01T12:00:00Z`");
      time_ = *time;
    } else if (kind == "sphere") {
      sphere_ = words.size() < 2 ? std::nullopt : std::optional(words[1]);
    } else {
      complain(number, fmt::format("unknown event `{}`", diag::printable(kind)), fmt::format("one of: {}", kKinds));
    }
    follow_documents();
    return std::nullopt;
  }

  /// Sphere and location are those that are published, unless a flag or an event says otherwise.
  void follow_documents() {
    const auto published = whole();
    state_ = chosen_state(state_options_, published, presence::compose(published));
    state_.time = time_;
    if (sphere_) state_.sphere = sphere_;
    life_->set_state(state_);
  }

  semantics::LifeAnswer publish(const std::string& source, const std::string& path) {
    const auto file = load_file(run_, path, limits_.bytes);
    diag::Sink found;
    auto document = presence::read_document(run_.sources, file, limits_, found);
    if (!document) refuse(found.diagnostics());
    for (const auto& diagnostic : found.diagnostics()) run_.sink.report(diagnostic);
    documents_.insert_or_assign(source, *document);
    follow_documents();
    return life_->publish(source, std::move(*document));
  }

  /// All that is published now, in no order that matters.
  [[nodiscard]] std::vector<presence::Document> whole() const {
    std::vector<presence::Document> all;
    for (const auto& [source, document] : documents_) all.push_back(document);
    return all;
  }

  Run& run_;
  xml::Limits limits_;
  StateOptions state_options_;
  const engine::Profile& profile_;
  engine::Profile reader_;  ///< as which rules are read
  std::filesystem::path folder_;
  policy::State state_;
  Instant time_;
  std::optional<std::string> sphere_;
  std::unique_ptr<semantics::Life> life_;
  std::uint32_t file_ = 0;
  std::map<std::string, presence::Document> documents_;
};

}  // namespace

int simulate_events(Run& run, const PolicyOptions& policy, const StateOptions& state, const std::string& events, bool with_documents, const std::vector<Output>& outputs) {
  const report::Timeline timeline = Timeline(run, policy, state, events).play();
  print_findings(run, false);
  write_rendered(run, outputs, [&](const Output& output) { return output.format == "text" ? report::timeline_text(timeline, with_documents) : report::timeline_json(timeline, output.format == "jsonl"); });
  return kDone;
}

}  // namespace presproof::cli
