// What the profile `kamailio` predicts is what Kamailio 5.6.3 did (cases/expected.jsonl, which the test peers_kamailio compares with the live
// server): the response, the state of the subscription and the document of the first NOTIFY.

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "engine/composition.h"
#include "engine/departures.h"
#include "peers/kamailio/recorded.h"
#include "semantics/evaluator.h"
#include "semantics/filter.h"

namespace presproof::kamailio {
namespace {

/// The prediction for the last event: response, and what the first NOTIFY says; in the form of expected.jsonl, the body as a document.
struct Outcome {
  int response = 0;
  std::string state;  ///< empty: no NOTIFY
  std::string reason;
  std::optional<std::string> body;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};
std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  return out << outcome.response << " " << outcome.state << " " << outcome.reason << "\n" << outcome.body.value_or("no body");
}

Outcome predicted(const Json& each) {
  const engine::Profile profile = profile_of(each["parameters"]);
  policy::Policy policy;
  if (each["policy"].is_null()) {
    policy.documents.push_back(engine::without_rule_set(profile));
  } else {
    diag::Sources sources;
    diag::Sink sink;
    const auto document = xml::Document::read(sources, sources.add("policy.xml", fill_in_times(each["policy"])), {}, sink);
    REQUIRE(document);
    policy.documents.push_back(engine::as_read_by(profile, *document, {}));
  }
  const Json& event = each["events"].back();
  std::string from = event["subscribe"];
  if (event.contains("address")) {
    from = event["address"];
    if (const auto angle = from.find('<'); angle != std::string::npos) from = from.substr(angle + 1, from.find('>') - angle - 1);
  }
  policy::Request request;
  request.state.time = kNow;
  request.watcher.identities = {uri::parse(from)};
  if (event.contains("asserted") && profile.parameters.identity == engine::IdentitySource::asserted)
    request.watcher.identities.insert(request.watcher.identities.begin(), uri::parse(event["asserted"].get<std::string>()));
  // A source that publishes again is the last one.
  std::vector<std::pair<std::string, presence::Document>> sources;
  for (const Json& published : each["events"]) {
    if (!published.contains("publish")) continue;
    const std::string source = published.value("source", "one");
    std::erase_if(sources, [&](const auto& known) { return known.first == source; });
    sources.emplace_back(source, document_of(each["documents"][published["publish"].get<std::size_t>()]).value());
  }
  std::vector<presence::Document> documents;
  for (auto& [source, published] : sources) documents.push_back(std::move(published));
  std::optional<presence::Document> document;
  if (!documents.empty()) document = engine::compose_by(profile, documents);
  if (document) {
    for (const auto& part : document->parts)
      if (auto sphere = sphere_in(part.element); sphere && !request.state.sphere) request.state.sphere = sphere;
  }
  const semantics::Options options{policy::Usage::presence, &profile, {}};
  const auto decision = semantics::Evaluator(policy, options).decide(request);
  Outcome outcome;
  outcome.response = decision.response->code;
  if (decision.subscription_state.empty()) return outcome;
  const std::string state(decision.subscription_state);
  const auto semicolon = state.find(";reason=");
  outcome.state = state.substr(0, semicolon);
  if (semicolon != std::string::npos) outcome.reason = state.substr(semicolon + 8);
  if (!document) return outcome;
  if (const auto shown = semantics::filter(decision, *document, request.state, options, {})) outcome.body = presence::write_document(*shown);
  return outcome;
}

Outcome recorded(const Json& row) {
  const Json& last = row["result"].back();
  Outcome outcome;
  outcome.response = last["response"];
  if (last["notifies"].empty()) return outcome;
  REQUIRE(last["notifies"].size() == 1);
  const Json& notify = last["notifies"][0];
  outcome.state = notify["subscription_state"];
  if (!notify["reason"].is_null()) outcome.reason = notify["reason"];
  if (!notify["body"].is_null()) {
    const auto document = document_of(notify["body"]);
    outcome.body = document ? presence::write_document(*document) : notify["body"].get<std::string>();
  }
  return outcome;
}

std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '<') result += "&lt;";
    else if (c == '|') result += "\\|";
    else result += c;
  }
  return result;
}

/// docs/engines.md.
std::string table(const std::map<std::string, std::size_t>& recorded_of) {
  std::string text =
      "# Where servers depart from the RFCs\n\n"
      "Made from the profiles (`checker/engine/departures.cpp`) and the recorded cases (`tests/peers/kamailio/cases`) by the test `peers_kamailio_prediction`, with\n"
      "`PRESPROOF_BLESS=1`. What was recorded is asked of a live Kamailio 5.6.3 again by the test `peers_kamailio`. A case is a rule set, documents and what\n"
      "happens; of each the profile gives every response and every NOTIFY, with state and document.\n\n";
  for (const auto& profile : engine::all_profiles()) {
    const auto departures = engine::departures_of(profile);
    if (departures.empty()) continue;
    const bool run = profile.evidence == engine::Evidence::run;
    text += "## " + std::string(profile.name) + "\n\n" + std::string(profile.title) + (run ? ", version " + std::string(profile.version) + ", run" : ": read in the source, not run") + ". **!**: somebody can see more than by the RFC.\n\n";
    text += run ? "| departure | the RFCs | here | cases run, all predicted |\n|---|---|---|---|\n" : "| departure | the RFCs | here |\n|---|---|---|\n";
    for (const auto& departure : departures) {
      const std::string key(departure.key);
      text += "| " + std::string(departure.discloses ? "**!** " : "") + key + " | " + cell(departure.rfc) + ": " + cell(departure.says) + " | " + cell(departure.does) + " |";
      if (run) text += " " + std::to_string(recorded_of.at(key)) + " |";
      text += "\n";
    }
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("the profile predicts what the first NOTIFY of Kamailio says") {
  const auto results = recorded_results();
  std::size_t right = 0;
  std::map<std::string, std::size_t> recorded_of;
  for (const Json& each : recorded_cases()) {
    ++recorded_of[each["departure"]];
    if (!is_first_notify(each)) continue;
    const std::string name = each["name"];
    INFO(name);
    CHECK(predicted(each) == recorded(results.at(name)));
    ++right;
  }
  CHECK(right >= 120);
  const std::string path = PRESPROOF_DOCS "/engines.md";
  if (const char* bless = std::getenv("PRESPROOF_BLESS"); bless != nullptr && std::string_view(bless) == "1") std::ofstream(path) << table(recorded_of);
  std::ifstream page(path);
  INFO("PRESPROOF_BLESS=1 writes " << path << " anew");
  CHECK(std::string(std::istreambuf_iterator<char>(page), {}) == table(recorded_of));
}

}  // namespace presproof::kamailio
