#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "diag/printable.h"
#include "report/decision_json.h"
#include "report/report.h"

namespace presproof::report {
namespace {

using semantics::LifeNotify;

void add_names(const presence::Element& element, std::multiset<std::string>& names) {
  names.insert(element.local);
  for (const auto& node : element.children)
    if (const auto* child = std::get_if<presence::Element>(&node.value)) add_names(*child, names);
}

std::multiset<std::string> names_of(const std::vector<presence::Document>& documents) {
  std::multiset<std::string> names;
  for (const auto& document : documents)
    for (const auto& part : document.parts) add_names(part.element, names);
  return names;
}

/// The elements, by name, of which something that is published is not there.
std::vector<std::string> missing(const TimelineEvent& event, const LifeNotify& notify) {
  const auto whole = names_of(event.published);
  const auto there = names_of({*notify.body});
  std::vector<std::string> names;
  for (auto name = whole.begin(); name != whole.end(); name = whole.upper_bound(*name))
    if (there.count(*name) < whole.count(*name)) names.push_back(*name);
  return names;
}

std::string list_words(const semantics::WatcherList& list) {
  if (list.watchers.empty()) return "the list of watchers: nobody";
  std::string words;
  for (const auto& each : list.watchers) words += fmt::format("{}{} ({})", words.empty() ? "" : ", ", diag::printable(each.watcher), each.status);
  return fmt::format("{} of watchers: {}", list.full ? "the list" : "a change in the list", words);
}

std::string disclosed_words(const TimelineEvent& event, const LifeNotify& notify) {
  if (notify.watchers) return list_words(*notify.watchers);
  if (!notify.body) return "no document";
  const auto names = missing(event, notify);
  return names.empty() ? "the whole document" : fmt::format("the document without {}", fmt::join(names, ", "));
}

Json notify_json(const TimelineEvent& event, const LifeNotify& notify) {
  Json json = {{"watcher", notify.watcher}, {"dialog", notify.dialog}, {"state", notify.state}, {"reason", notify.reason.empty() ? Json(nullptr) : Json(notify.reason)}};
  json["whole"] = notify.body ? Json(missing(event, notify).empty()) : Json(nullptr);
  json["document"] = notify.body ? Json(presence::write_document(*notify.body)) : Json(nullptr);
  if (notify.watchers) {
    json["watchers"] = Json::array();
    for (const auto& each : notify.watchers->watchers) json["watchers"].push_back({{"watcher", each.watcher}, {"subscription", each.dialog}, {"status", each.status}});
  }
  return json;
}

Json event_json(const TimelineEvent& event) {
  Json json = {{"event", event.words}, {"response", event.answer ? Json(event.answer->code) : Json(nullptr)}, {"notifies", Json::array()}};
  if (event.answer)
    for (const LifeNotify& notify : event.answer->notifies) json["notifies"].push_back(notify_json(event, notify));
  return json;
}

}  // namespace

std::string timeline_text(const Timeline& timeline, bool with_documents) {
  std::string out = fmt::format("as {} does\n", timeline.engine == "rfc" ? "the RFCs say a server" : "the engine " + timeline.engine);
  for (const TimelineEvent& event : timeline.events) {
    out += fmt::format("{}{}\n", diag::printable(event.words), event.answer ? fmt::format(": {}", event.answer->code) : "");
    if (!event.answer) continue;
    for (const LifeNotify& notify : event.answer->notifies) {
      out += fmt::format("    NOTIFY to {}, subscription {}: {}{}, {}\n", diag::printable(notify.watcher), notify.dialog, notify.state, notify.reason.empty() ? "" : " (" + notify.reason + ")", disclosed_words(event, notify));
      if (!with_documents || !notify.body) continue;
      std::string line;
      for (const char c : presence::write_document(*notify.body)) {
        if (c != '\n') line += c;
        else {
          out += "        " + line + "\n";
          line.clear();
        }
      }
    }
  }
  return out;
}

std::string timeline_json(const Timeline& timeline, bool as_lines) {
  constexpr auto replace = Json::error_handler_t::replace;
  if (as_lines) {
    std::string out;
    for (const TimelineEvent& event : timeline.events) {
      Json json = {{"format", "presproof-timeline/1"}, {"engine", timeline.engine}};
      json.update(event_json(event));
      out += json.dump(-1, ' ', false, replace) + "\n";
    }
    return out;
  }
  Json json = {{"format", "presproof-timeline/1"}, {"engine", timeline.engine}, {"events", Json::array()}};
  for (const TimelineEvent& event : timeline.events) json["events"].push_back(event_json(event));
  return json.dump(2, ' ', false, replace) + "\n";
}

}  // namespace presproof::report
