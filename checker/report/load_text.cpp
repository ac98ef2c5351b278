#include <array>

#include <fmt/format.h>

#include "diag/printable.h"
#include "report/decision_json.h"
#include "report/report.h"
#include "report/run_text.h"

namespace presproof::report {
namespace {

using load::Hazard;

constexpr std::array<std::string_view, 4> kHazardNames = {"accepts-unauthenticated", "leaves-pending", "accepts-anybody", "changes-answers"};

/// Why it costs, and what to do.
std::string_view hazard_words(Hazard::Kind kind) {
  switch (kind) {
    case Hazard::Kind::accepts_unauthenticated: return "answers watchers who are not authenticated, so anybody can make the server keep subscriptions: add an <identity>";
    case Hazard::Kind::leaves_pending: return "leaves subscriptions pending, which the server keeps and refreshes although nobody sees anything: decide about these watchers";
    case Hazard::Kind::accepts_anybody: return "answers every authenticated watcher, so their number has no bound: name domains or watchers";
    case Hazard::Kind::changes_answers: return "makes answers change with time or sphere, all at once: give the sub-handling in a rule without the condition";
  }
  return {};
}

}  // namespace

std::string load_text(const policy::Policy& policy, const load::Load& load) {
  std::string out = fmt::format("{} watchers: {} active, {} politely blocked, {} pending, {} refused\n", load.watchers, load.answers.active, load.answers.politely_blocked, load.answers.pending, load.answers.refused);
  out += fmt::format("{:g} filter operations and {:g} NOTIFYs a second; {} different view{} among the active ones\n", load.filters_per_s, load.notifies_per_s, load.different_views, load.different_views == 1 ? "" : "s");
  if (load.bytes_per_publication) out += fmt::format("{} bytes of bodies for each publication\n", *load.bytes_per_publication);
  if (!load.bursts.empty()) out += "at once:\n";
  for (const auto& burst : load.bursts)
    out += fmt::format("  {}: {} watchers get another answer, {} see something else, by {}\n", diag::printable(burst.what), burst.answers, burst.views, rule_list(policy, burst.rules));
  if (!load.hazards.empty()) out += "what makes it worse:\n";
  for (const auto& hazard : load.hazards) out += fmt::format("  {} {} ({} of the watchers)\n", rule_list(policy, {hazard.rule}), hazard_words(hazard.kind), hazard.watchers);
  return out;
}

std::string load_json(const policy::Policy& policy, const load::Load& load) {
  Json object;
  object["format"] = "presproof-load/1";
  object["watchers"] = load.watchers;
  object["active"] = load.answers.active;
  object["politely_blocked"] = load.answers.politely_blocked;
  object["pending"] = load.answers.pending;
  object["refused"] = load.answers.refused;
  object["filters_per_second"] = load.filters_per_s;
  object["notifies_per_second"] = load.notifies_per_s;
  object["different_views"] = load.different_views;
  object["bytes_per_publication"] = load.bytes_per_publication ? Json(*load.bytes_per_publication) : Json(nullptr);
  object["bursts"] = Json::array();
  for (const auto& burst : load.bursts) object["bursts"].push_back({{"what", burst.what}, {"answers", burst.answers}, {"views", burst.views}, {"rules", matched_rules_json(policy, burst.rules)}});
  object["hazards"] = Json::array();
  for (const auto& hazard : load.hazards) {
    object["hazards"].push_back({{"kind", kHazardNames[static_cast<std::size_t>(hazard.kind)]}, {"rule", matched_rules_json(policy, {hazard.rule}).front()}, {"watchers", hazard.watchers}, {"why", hazard_words(hazard.kind)}});
  }
  return dump(object, false);
}

std::string upload_cost_text(const load::UploadCost& cost) {
  return fmt::format("uploaded now, of {} watchers: {} subscriptions are terminated, {} become active, {} become pending, {} see something else: {} NOTIFYs at once; {} more would be let in if they ask again\n", cost.watchers, cost.terminated,
                     cost.activated, cost.suspended, cost.seeing_other, cost.notifies(), cost.admitted);
}

}  // namespace presproof::report
