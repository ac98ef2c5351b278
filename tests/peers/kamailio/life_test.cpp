// What is predicted of a whole case: every response and every NOTIFY, with its document.

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <set>

#include "engine/composition.h"
#include "peers/kamailio/recorded.h"
#include "semantics/ser_life.h"

namespace presproof::kamailio {
namespace {

/// The rule sets of the presentity: whatever their names, the first stored is the one that counts.
class Uploads {
 public:
  explicit Uploads(const engine::Profile& profile) : profile_(engine::over_time(profile)) {}

  /// False when the text is not well-formed; then nothing changes.
  bool put(const std::string& name, const std::string& text) {
    diag::Sources sources;
    diag::Sink sink;
    const auto document = xml::Document::read(sources, sources.add("policy.xml", fill_in_times(text)), {}, sink);
    if (!document) return false;
    const auto known = std::find_if(files_.begin(), files_.end(), [&](const auto& file) { return file.first == name; });
    auto rules = engine::as_read_by(profile_, *document, {});
    if (known != files_.end()) known->second = std::move(rules);
    else files_.emplace_back(name, std::move(rules));
    return true;
  }
  bool remove(const std::string& name) { return std::erase_if(files_, [&](const auto& file) { return file.first == name; }) > 0; }
  [[nodiscard]] std::optional<policy::RuleSet> rules() const {
    if (files_.empty()) return std::nullopt;
    return files_.front().second;
  }

 private:
  engine::Profile profile_;
  std::vector<std::pair<std::string, policy::RuleSet>> files_;
};

std::string list_text(const semantics::WatcherList& list) {
  std::string text = fmt::format("watchers, version {}, {}\n", list.version, list.full ? "full" : "partial");
  for (const auto& each : list.watchers) text += fmt::format("    {} {} {}\n", each.watcher, each.dialog, each.status);
  return text;
}

/// A <watcherinfo>, whose watchers have ids that end in the number of their dialog.
semantics::WatcherList list_of(const std::string& text) {
  diag::Sources sources;
  diag::Sink sink;
  const auto document = xml::Document::read(sources, sources.add("watcherinfo.xml", text), {}, sink);
  REQUIRE(document.has_value());
  const auto value = [](const xml::Element& element, std::string_view name) {
    const auto* attribute = element.attribute(name);
    REQUIRE(attribute != nullptr);
    return std::string(attribute->value);
  };
  semantics::WatcherList list{static_cast<std::size_t>(std::stoul(value(document->root(), "version"))), value(document->root(), "state") == "full", {}};
  for (const xml::Element& package : document->root().children()) {
    CHECK(value(package, "resource") == "sip:alice@example.com");
    for (const xml::Element& watcher : package.children()) {
      const std::string id = value(watcher, "id");
      list.watchers.push_back({watcher.text(), static_cast<std::size_t>(std::stoul(id.substr(id.rfind('-') + 1))), value(watcher, "status")});
    }
  }
  return list;
}

std::string line_of(const std::string& watcher, std::size_t dialog, const std::string& state, const std::string& reason, const std::string& body) {
  return fmt::format("  {} {} {} {}\n{}", watcher, dialog, state, reason, body.empty() ? "no body\n" : body);
}

std::string described(const semantics::LifeAnswer& answer) {
  std::string text = fmt::format("{}\n", answer.code);
  for (const auto& notify : answer.notifies) {
    const std::string body = notify.watchers ? list_text(*notify.watchers) : notify.body ? presence::write_document(*notify.body) : std::string();
    text += line_of(notify.watcher, notify.dialog, notify.state, notify.reason, body);
  }
  return text;
}

std::string described(const Json& row) {
  std::string text = fmt::format("{}\n", row["response"].is_null() ? 0 : row["response"].get<int>());
  for (const Json& notify : row["notifies"]) {
    const std::string body = notify["body"].is_null() ? std::string() : notify["body"].get<std::string>();
    const bool list = body.find("<watcherinfo ") != std::string::npos;
    text += line_of(notify["watcher"], notify["dialog"], notify["subscription_state"], notify["reason"].is_null() ? "" : notify["reason"].get<std::string>(),
                    body.empty() ? body : list ? list_text(list_of(body)) : presence::write_document(document_of(body).value()));
  }
  return text;
}

void add(semantics::LifeAnswer& all, semantics::LifeAnswer more) { all.notifies.insert(all.notifies.end(), more.notifies.begin(), more.notifies.end()); }

/// What is found where spheres are looked up without the cache.
std::optional<std::string> published_sphere(const engine::Profile& profile, const std::vector<std::pair<std::string, presence::Document>>& published) {
  std::vector<presence::Document> documents;
  for (const auto& [source, document] : published) documents.push_back(document);
  for (const auto& part : engine::compose_by(profile, documents).parts)
    if (auto sphere = sphere_in(part.element)) return sphere;
  return std::nullopt;
}

/// What the case gives, event by event; in the form of the record.
std::vector<std::string> predicted(const Json& each) {
  const engine::Profile profile = profile_of(each["parameters"]);
  const Json& parameters = each["parameters"];
  semantics::SerLife life(profile, {kNow, {}, {}});
  Uploads uploads(profile);
  if (!each["policy"].is_null()) {
    REQUIRE(uploads.put("pres-rules/index", each["policy"]));
    life.store_rules(uploads.rules());
  }
  const auto told = [&](semantics::LifeAnswer answer) {
    life.store_rules(uploads.rules());
    if (parameters.value("update_watchers", true)) add(answer, life.update_watchers());
    if (parameters.value("refresh_watchers", true)) add(answer, life.refresh_watchers());
    return answer;
  };
  std::vector<std::pair<std::string, presence::Document>> published;
  std::vector<std::string> texts;
  for (const Json& event : each["events"]) {
    const std::string source = event.value("source", "one");
    const std::string file = event.value("auid", "pres-rules") + "/" + event.value("file", "index");
    const auto uri = [&](const char* key) { return uri::parse(event[key].get<std::string>()); };
    semantics::LifeAnswer answer;
    if (event.contains("publish")) {
      const auto document = document_of(each["documents"][event["publish"].get<std::size_t>()]).value();
      std::erase_if(published, [&](const auto& known) { return known.first == source; });
      published.emplace_back(source, document);
      life.set_state({kNow, published_sphere(profile, published), {}});
      answer = life.publish(source, document);
    } else if (event.contains("subscribe") && event.contains("asserted")) answer = life.subscribe_as(uri("subscribe"), uri("asserted"));
    else if (event.contains("winfo")) answer = life.subscribe_to_watchers(uri("winfo"));
    else if (event.contains("unpublish")) answer = life.unpublish(source);
    else if (event.contains("subscribe")) answer = life.subscribe(uri("subscribe"));
    else if (event.contains("second-dialog")) answer = life.subscribe(uri("second-dialog"));
    else if (event.contains("fetch")) answer = life.subscribe(uri("fetch"), true);
    else if (event.contains("refresh")) answer = life.refresh(uri("refresh"));
    else if (event.contains("unsubscribe")) answer = life.refresh(uri("unsubscribe"), true);
    else if (event.contains("put")) answer = uploads.put(file, event["put"]) ? told({}) : semantics::LifeAnswer{500, {}};
    else if (event.contains("delete")) answer = uploads.remove(file) ? told({}) : semantics::LifeAnswer{500, {}};
    else if (event.contains("update-watchers")) answer = life.update_watchers();
    else if (event.contains("refresh-watchers")) answer = life.refresh_watchers();
    texts.push_back(described(answer));
  }
  return texts;
}

/// Not those in which real time passes, or with a From that is more than a URI.
bool is_life(const Json& each) {
  for (const Json& event : each["events"])
    if (event.contains("wait") || event.contains("address")) return false;
  return true;
}

}  // namespace

TEST_CASE("the profile predicts every NOTIFY of Kamailio over the life of subscriptions") {
  const auto results = recorded_results();
  std::size_t right = 0;
  for (const Json& each : recorded_cases()) {
    const std::string name = each["name"];
    if (!is_life(each)) {
      INFO(name << " is predicted nowhere");
      CHECK(is_first_notify(each));
      continue;
    }
    const auto expected = predicted(each);
    const Json& recorded = results.at(name)["result"];
    REQUIRE(expected.size() == recorded.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      INFO(name << ", event " << i + 1);
      CHECK(expected[i] == described(recorded[i]));
    }
    ++right;
  }
  CHECK(right >= 300);
}

}  // namespace presproof::kamailio
