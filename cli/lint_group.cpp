#include "lint_group.h"

#include <algorithm>
#include <utility>

#include "lint/fixing.h"
#include "lint/ignores.h"
#include "lint/properties.h"
#include "lint/server.h"
#include "lint_properties.h"
#include "policy/reader.h"

namespace presproof::cli {
namespace {

/// As `prove` has it.
constexpr double kPropertySeconds = 30;
/// From so many rules on it is worth a second thread.
constexpr std::size_t kManyRules = 200;

std::size_t rules_of(const lint::Subject& subject) {
  std::size_t count = 0;
  for (const auto& rule_set : subject.policy.documents) count += rule_set.rules.size();
  return count;
}

class GroupCheck {
 public:
  GroupCheck(const GroupInputs& inputs, const LintSettings& settings) : inputs_(inputs), settings_(settings) {}

  GroupReport run(const LintGroup& group) {
    lint::Subject subject;
    for (const auto& path : group) or_unreadable([&] { read(path, subject); });
    subject.presences = inputs_.presences;
    lint::Options how = settings_.checks;
    how.usage = usage_under(engine::rfc(), settings_.usage, subject.policy);
    how.validated = inputs_.schemas != nullptr;
    if (rules_of(subject) >= kManyRules) how.workers = inputs_.workers;
    if (inputs_.options.fixes.any()) mend(subject, how);
    const lint::Context context(subject, report_.sources, how);
    if (!inputs_.options.fixes.any()) report_.ignored = lint::run_checks_and_ignore(context, sink_);
    report_.rules = rules_of(subject);
    if (!settings_.properties.empty() && !subject.policy.documents.empty() && !how.disabled.contains(diag::Code::property_not_proved)) {
      const auto properties = read_properties(report_.sources, settings_.properties, inputs_.options.limits);
      lint::prove_properties(context, properties, kPropertySeconds, sink_);
    }
    report_.findings = lint::drop_disabled(sink_, how.disabled);
    if (inputs_.with_changes)
      for (const auto& finding : report_.findings) report_.changes.push_back(lint::mending_changes(context, finding));
    return std::move(report_);
  }

 private:
  std::uint32_t load(const std::string& path) {
    const auto limit = inputs_.options.limits.bytes;
    if (path != "-") return report_.sources.add(path, read_file(path, limit));
    if (!inputs_.standard_input) throw diag::InputError(inputs_.standard_input_problems);
    return report_.sources.add("<stdin>", *inputs_.standard_input);
  }

  void read(const std::string& path, lint::Subject& subject) {
    const auto file = load(path);
    report_.checked.push_back(file);
    auto document = xml::Document::read(report_.sources, file, inputs_.options.limits, sink_);
    if (!document) return;
    auto rule_set = policy::read_rule_set(*document, report_.sources, sink_);
    validate(*document, sink_);
    if (!rule_set) return;
    subject.policy.documents.push_back(std::move(*rule_set));
    subject.documents.push_back(std::move(*document));
  }

  void validate(const xml::Document& document, diag::Sink& sink) {
    if (inputs_.schemas != nullptr) inputs_.schemas->validate(document, report_.sources, settings_.checks.disabled, sink);
  }

  /// Afterwards the subject is the mended one, and the sink has what is found in it.
  void mend(lint::Subject& subject, const lint::Options& how) {
    std::vector<std::uint32_t> before;
    for (const auto& document : subject.documents) before.push_back(document.file());
    lint::FixWishes wishes;
    wishes.changing = inputs_.options.fixes.changing;
    // A server that departs from the RFCs may do so in the reading of what a fix makes simpler.
    if (lint::departs(how)) wishes.wanted = [](const diag::Diagnostic& finding) { return lint::is_about_server(finding.code); };
    wishes.read_also = [&](const xml::Document& document, diag::Sink& sink) { validate(document, sink); };
    auto mended = lint::mend(std::move(subject), sink_, report_.sources, how, inputs_.options.limits, wishes);
    subject = std::move(mended.subject);
    sink_ = std::move(mended.findings);
    report_.ignored = mended.ignored;
    report_.applied = std::move(mended.applied);
    report_.refused = std::move(mended.refused);
    for (std::size_t i = 0; i < before.size(); ++i) {
      const auto after = subject.documents[i].file();
      const auto text = report_.sources.text(after);
      std::ranges::replace(report_.checked, before[i], after);
      if (after != before[i] && text != report_.sources.text(before[i])) report_.rewritten.push_back({before[i], std::string(text)});
    }
  }

  /// A path that cannot be read is told, and the others are still checked.
  template <class Work>
  void or_unreadable(Work work) {
    try {
      work();
    } catch (const diag::InputError& error) {
      report_.problems.insert(report_.problems.end(), error.problems().begin(), error.problems().end());
    }
  }

  const GroupInputs& inputs_;
  const LintSettings& settings_;
  diag::Sink sink_;
  GroupReport report_;
};

}  // namespace

GroupReport check_group(const GroupInputs& inputs, const LintGroup& group, const LintSettings& settings) {
  return GroupCheck(inputs, settings).run(group);
}

}  // namespace presproof::cli
