#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/instant.h"
#include "html/markup.h"
#include "html/page.h"
#include "report/explanation_style.h"
#include "report/explanation_svg.h"
#include "report/explanation_words.h"
#include "report/report.h"
#include "report/words.h"

namespace presproof::report {
namespace {

using explain::Explanation;
using html::escaped;
using html::shortened;

/// Larger tables are folded, so that the page opens quickly.
constexpr std::size_t kUnfolded = 150;
/// Of more moments the first.
constexpr std::size_t kMomentsShown = 1000;
constexpr std::size_t kLongestSentence = 1500;

std::string anchor_of(policy::RuleRef rule) { return fmt::format("r{}-{}", rule.document, rule.rule); }

std::string rule_link(const Explanation& explanation, policy::RuleRef rule) {
  return fmt::format(R"(<a href="#{}">{}</a>)", anchor_of(rule), html::name(name_of_rule(*explanation.policy, rule)));
}
std::string rule_links(const Explanation& explanation, const std::vector<policy::RuleRef>& rules) {
  constexpr std::size_t most = 8;
  std::string links;
  for (std::size_t i = 0; i < rules.size() && i < most; ++i) links += (i == 0 ? "" : ", ") + rule_link(explanation, rules[i]);
  if (rules.size() > most) links += fmt::format(" and {} more", rules.size() - most);
  return links;
}

std::string section(std::string_view id, std::string_view title, const std::string& content) {
  return fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n{2}</section>\n", id, title, content);
}

std::string header(const Explanation& explanation) {
  std::string files;
  for (const auto& document : explanation.policy->documents) files += (files.empty() ? "" : ", ") + html::name(document.file);
  std::string out = fmt::format("<a class=\"skip\" href=\"#watchers\">To who sees what</a>\n<header>\n<h1>Who can see what</h1>\n<p class=\"soft\">{}</p>\n", files);
  if (explanation.profile->name != engine::rfc().name)
    out += fmt::format("<p>Decided as the server <strong>{}</strong> ({}) does. What that leaves out stands at the <a href=\"#premises\">end</a>.</p>\n", escaped(engine::designation(*explanation.profile)), escaped(explanation.profile->title));
  const auto fact = [](std::size_t number, std::string_view what) { return fmt::format("<li><strong>{}</strong>{}</li>", number, what); };
  out += "<ul class=\"facts\">" + fact(explanation.rules.size(), "rules") + fact(explanation.rows.size(), "kinds of watchers") + fact(explanation.timeline.moments.size(), "moments of change");
  const auto broken = static_cast<std::size_t>(
      std::count_if(explanation.properties.begin(), explanation.properties.end(), [](const auto& judged) { return judged.result.verdict != verify::Verdict::proved; }));
  if (!explanation.properties.empty()) out += fact(explanation.properties.size() - broken, "promises kept") + fact(broken, "promises not kept");
  if (explanation.leaks) out += fact(explanation.leaks->leaks.size(), "things to be inferred");
  out += "</ul>\n<nav aria-label=\"Sections\"><ul><li><a href=\"#watchers\">Who sees what</a></li>";
  if (!explanation.timeline.windows.empty()) out += "<li><a href=\"#times\">When views change</a></li>";
  if (explanation.map) out += "<li><a href=\"#places\">How much of the place</a></li>";
  if (!explanation.properties.empty()) out += "<li><a href=\"#promises\">What was promised</a></li>";
  if (explanation.leaks) out += "<li><a href=\"#leaks\">What can be inferred</a></li>";
  return out + "<li><a href=\"#rules\">The rules</a></li></ul></nav>\n</header>\n";
}

/// A mark (by the style, for its class) and words: colour is never all that tells.
std::string entry_html(const Explanation& explanation, std::size_t column, const explain::Entry& entry, std::string_view element) {
  const bool settled = entry.when.always();
  return fmt::format(R"(<{0} class="{1}">{2}{3}</{0}>)", element, settled ? "yes" : "some", shortened(value_word(explanation.columns[column], entry.value)),
                     settled ? (entry.at_least ? ", otherwise" : "") : " (at times)");
}

std::string cell_html(const Explanation& explanation, std::size_t column, const std::vector<explain::Entry>& entries) {
  if (entries.empty()) return fmt::format(R"(<td class="no">{}</td>)", nothing_word(explanation.columns[column], explanation.usage));
  if (entries.size() == 1) return entry_html(explanation, column, entries.front(), "td");
  std::string out = "<td>";
  for (std::size_t i = 0; i < entries.size(); ++i) out += (i == 0 ? "" : "<br/>") + entry_html(explanation, column, entries[i], "span");
  return out + "</td>";
}

/// Why a row is as it is: what gives each value, when, and what nearly matched.
std::string derivation(const Explanation& explanation, const std::vector<std::uint32_t>& rows) {
  const explain::Row& first = explanation.rows[rows.front()];
  // Entries for the same reason are one item.
  std::vector<std::pair<std::string, std::string>> reasons;  ///< because of what, and which values
  for (std::size_t column = 0; column < first.cells.size(); ++column) {
    for (const explain::Entry& entry : first.cells[column]) {
      const std::string because = fmt::format("{}, by {}", shortened(entry_when(entry), kLongestSentence), entry.rules.empty() ? "no rule" : rule_links(explanation, entry.rules));
      const std::string what = fmt::format("{} {}", escaped(column_title(explanation.columns[column])), shortened(value_word(explanation.columns[column], entry.value)));
      const auto known = std::find_if(reasons.begin(), reasons.end(), [&](const auto& each) { return each.first == because; });
      if (known == reasons.end()) reasons.emplace_back(because, what);
      else known->second += "; " + what;
    }
  }
  std::string items;
  for (const auto& [because, what] : reasons) items += fmt::format("<li>{}: {}</li>", what, because);
  if (reasons.empty()) items += first.rules.empty() ? "<li>no rule is for them</li>" : fmt::format("<li>what {} gives comes to nothing</li>", rule_links(explanation, first.rules));
  for (const std::uint32_t row : rows) {
    for (const auto& miss : explanation.rows[row].near_misses) items += fmt::format("<li>nearly, {}: {}</li>", html::name(row_name(explanation.rows[row])), shortened(near_miss_words(*explanation.policy, miss), kLongestSentence));
  }
  return fmt::format(R"(<details><summary>why</summary><ul>{}</ul></details>)", items);
}

std::string row_html(const Explanation& explanation, const std::vector<std::uint32_t>& rows) {
  std::string names;
  for (std::size_t i = 0; i < rows.size() && i < 12; ++i) names += (i == 0 ? "" : "<br/>") + html::name(row_name(explanation.rows[rows[i]]));
  if (rows.size() > 12) names += fmt::format("<br/>and {} more", rows.size() - 12);
  const std::string groups = group_names(explanation, rows);
  std::string out = fmt::format(R"(<tr><th scope="row">{}{}</th>)", names, groups.empty() ? "" : fmt::format("<br/><span class=\"small soft\">{}</span>", shortened(groups)));
  const explain::Row& first = explanation.rows[rows.front()];
  out += fmt::format("<td class=\"why\">{}</td>", derivation(explanation, rows));
  for (std::size_t column = 0; column < first.cells.size(); ++column) out += cell_html(explanation, column, first.cells[column]);
  return out + "</tr>\n";
}

using RowGroups = std::vector<std::vector<std::uint32_t>>;

std::string watcher_table(const Explanation& explanation, const RowGroups& groups, std::string_view caption) {
  std::string out = fmt::format("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table><caption>{0}</caption><thead><tr><th scope=\"col\">Watchers</th><th scope=\"col\">Why</th>", caption);
  for (const auto& column : explanation.columns) out += fmt::format("<th scope=\"col\">{}</th>", escaped(column_title(column)));
  out += "</tr></thead><tbody>\n";
  for (const auto& rows : groups) out += row_html(explanation, rows);
  return out + "</tbody></table></div>\n";
}

/// The domain under which a row is folded.
std::string fold_of(const explain::Row& row) {
  if (row.watcher.identities.empty() || row.kind == diff::WatcherKind::stranger) return {};
  return row.watcher.identities.front().domain.value_or("");
}

std::string watchers(const Explanation& explanation) {
  std::string out =
      "<p>Whom the rules cannot tell apart is one row. ● always, ◐ at times or at some places, ○ never. Under “why”: the rules, when they hold, and "
      "what nearly matched.</p>\n<div class=\"tools\"><label for=\"filter\">Filter</label> <input type=\"search\" id=\"filter\" autocomplete=\"off\"/> "
      "<span id=\"count\" class=\"small soft\" role=\"status\"></span></div>\n";
  const RowGroups all = rows_alike(explanation);
  if (all.size() <= kUnfolded) return out + watcher_table(explanation, all, "Who sees what");
  std::map<std::string, RowGroups> folds;
  for (const auto& rows : all) folds[fold_of(explanation.rows[rows.front()])].push_back(rows);
  for (const auto& [domain, groups] : folds) {
    const std::string title = domain.empty() ? std::string("Watchers of no domain in particular") : fmt::format("Watchers of {}", html::name(domain));
    const std::string caption = domain.empty() ? "Watchers of no domain in particular" : "Watchers of " + shortened(domain);
    const bool open = groups.size() <= 3;
    out += fmt::format("<details class=\"fold\" data-open=\"{}\"{}><summary>{} ({} rows)</summary>\n", open ? "yes" : "no", open ? " open=\"open\"" : "", title, groups.size());
    out += watcher_table(explanation, groups, caption) + "</details>\n";
  }
  return out;
}

std::string rule_card(const Explanation& explanation, const explain::RuleView& view) {
  const policy::Policy& policy = *explanation.policy;
  std::string out = fmt::format("<article class=\"rule\" id=\"{}\"><h3>{} <span class=\"small soft\">{}:{}</span></h3>", anchor_of(view.rule), html::name(name_of_rule(policy, view.rule)),
                                shortened(policy.documents[view.rule.document].file), rule_at(policy, view.rule).span.line);
  std::string text;
  for (const auto& sentence : rule_sentences(explanation, view)) text += (text.empty() ? "" : " ") + sentence;
  out += fmt::format("<p>{}</p>", shortened(text, kLongestSentence));
  if (const auto remark = rule_remark(explanation, view); !remark.empty()) out += fmt::format("<p class=\"remark\">{}</p>", html::message(remark, kLongestSentence));
  return out + "</article>\n";
}

std::string rules(const Explanation& explanation) {
  if (explanation.rules.empty()) return "<p>There is none: nobody gets anything.</p>\n";
  std::string out;
  for (std::size_t from = 0; from < explanation.rules.size(); from += kUnfolded) {
    const std::size_t until = std::min(from + kUnfolded, explanation.rules.size());
    const bool fold = explanation.rules.size() > kUnfolded;
    if (fold) out += fmt::format("<details class=\"fold\"><summary>Rules {} to {}</summary>\n", from + 1, until);
    out += "<div class=\"rules\">\n";
    for (std::size_t i = from; i < until; ++i) out += rule_card(explanation, explanation.rules[i]);
    out += fold ? "</div></details>\n" : "</div>\n";
  }
  return out;
}

std::string times(const Explanation& explanation) {
  const auto& timeline = explanation.timeline;
  std::string out;
  if (auto picture = timeline_svg(explanation); !picture.empty()) {
    out += fmt::format("<figure><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"When rules hold\">{}</div><figcaption>When rules hold, and (dashed) when somebody's view changes.{}</figcaption></figure>\n", picture,
                       timeline.windows.size() > kBarsDrawn ? fmt::format(" The first {} of {} rules.", kBarsDrawn, timeline.windows.size()) : "");
  }
  if (timeline.moments.empty()) return out + "<p>No view changes at a moment that could be told.</p>\n";
  std::string table = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Moments\"><table><caption>Moments at which views change</caption><thead><tr><th scope=\"col\">When</th><th "
                      "scope=\"col\">What changes</th></tr></thead><tbody>\n";
  const std::size_t shown = std::min(timeline.moments.size(), kMomentsShown);
  for (std::size_t at = 0; at < shown; ++at) {
    const auto& moment = timeline.moments[at];
    table += fmt::format("<tr><th scope=\"row\">{}</th><td>", to_rfc3339(moment.at));
    for (std::size_t i = 0; i < moment.changes.size(); ++i) table += (i == 0 ? "" : "<br/>") + shortened(change_words(explanation, moment.changes[i]), kLongestSentence);
    table += "</td></tr>\n";
  }
  table += "</tbody></table></div>\n";
  if (shown < timeline.moments.size()) table += fmt::format("<p>The first {} of {} moments; the others are in the output of --format json.</p>\n", shown, timeline.moments.size());
  if (timeline.moments.size() <= kUnfolded) return out + table;
  return out + fmt::format("<details class=\"fold\"><summary>{} moments</summary>\n{}</details>\n", timeline.moments.size(), table);
}

std::string places(const Explanation& explanation) {
  const auto& map = *explanation.map;
  std::string out = fmt::format("<p>The place (✕) is {} {}.</p>\n", map.place.latitude, map.place.longitude);
  if (map.disclosed.empty()) return out + "<p>Nobody sees anything of it.</p>\n";
  out += "<p class=\"soft\">The coloured cell is what a server treats as one place: whoever knows the algorithm and sees the circle again and again learns the cell (RFC 6772 section 13). Dashed: "
         "regions that conditions of rules ask for.</p>\n<div class=\"maps\">\n";
  for (const auto& disclosed : map.disclosed) {
    if (!disclosed.radius_m) continue;
    const std::string words = fmt::format("{}: {}{}", row_names(explanation, disclosed.rows), value_word("provide-location", disclosed.value), disclosed.always ? "" : ", at times");
    out += fmt::format("<figure>{}<figcaption>{}</figcaption></figure>\n", map_svg(explanation, disclosed), shortened(words));
  }
  out += "</div>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"How much of the place is seen\"><table><caption>How much of the place is seen</caption><thead><tr><th scope=\"col\">Precision</th><th "
         "scope=\"col\">Watchers</th><th scope=\"col\">Circle shown</th></tr></thead><tbody>\n";
  for (const auto& disclosed : map.disclosed) {
    const std::string circle = disclosed.shown ? fmt::format("{:.5f} {:.5f}, {}", disclosed.shown->center.latitude, disclosed.shown->center.longitude, length_words(disclosed.shown->radius_m)) : "none";
    out += fmt::format("<tr><th scope=\"row\">{}{}</th><td>{}</td><td>{}</td></tr>\n", shortened(value_word("provide-location", disclosed.value)), disclosed.always ? "" : " (at times)",
                       shortened(row_names(explanation, disclosed.rows)), circle);
  }
  return out + "</tbody></table></div>\n";
}

std::string promises(const Explanation& explanation) {
  std::string out = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Promises\"><table><caption>Properties and their verdicts</caption><thead><tr><th scope=\"col\">Promise</th><th scope=\"col\">Verdict</th><th "
                    "scope=\"col\">Because</th></tr></thead><tbody>\n";
  for (const auto& judged : explanation.properties) {
    const auto& [property, result] = judged;
    const bool proved = result.verdict == verify::Verdict::proved;
    std::string because = result.rules.empty() ? std::string() : (proved ? "rests on " : "because of ") + rule_links(explanation, result.rules);
    for (const auto& line : judged_words(judged)) because += (because.empty() ? "" : "<br/>") + html::message(line, kLongestSentence);
    out += fmt::format("<tr><th scope=\"row\">{}<br/><span class=\"small soft\">{}</span></th><td class=\"{}\">{}</td><td>{}</td></tr>\n",
                       shortened(property.name), shortened(property.text), proved ? "kept" : "bad", verify::kVerdictNames[static_cast<std::size_t>(result.verdict)], because);
  }
  return out + "</tbody></table></div>\n";
}

std::string leaks(const Explanation& explanation) {
  std::string out;
  for (const auto& leak : explanation.leaks->leaks) {
    out += fmt::format("<li>{}{} <span class=\"soft\">What to do: {}</span></li>\n", html::message(leak.message, kLongestSentence), leak.message.ends_with('.') ? "" : ".", html::message(leak.fix, kLongestSentence));
  }
  if (out.empty()) out = "<li>Nothing was found.</li>\n";
  for (const auto& undecided : explanation.leaks->undecided) out += fmt::format("<li class=\"some\">Undecided: {}</li>\n", html::message(undecided, kLongestSentence));
  return "<ul>\n" + out + "</ul>\n";
}

}  // namespace

std::string explanation_html(const Explanation& explanation) {
  std::string body = header(explanation) + "<main>\n";
  body += section("watchers", "Who sees what", watchers(explanation));
  if (!explanation.timeline.windows.empty()) body += section("times", "When views change", times(explanation));
  if (explanation.map) body += section("places", "How much of the place is seen", places(explanation));
  if (!explanation.properties.empty()) body += section("promises", "What was promised", promises(explanation));
  if (explanation.leaks) body += section("leaks", "What can be inferred", leaks(explanation));
  body += section("rules", "The rules", rules(explanation)) + "</main>\n<footer id=\"premises\">\n";
  for (const auto& line : premises(explanation)) body += fmt::format("<p>{}</p>\n", html::message(line, kLongestSentence));
  body += "</footer>\n";
  return html::write_page({"Who can see what", kExplanationStyle, kExplanationScript, body});
}

}  // namespace presproof::report
