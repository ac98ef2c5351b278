#include "lint/fixer.h"

#include <array>

#include "unit/lint/fixture.h"

namespace presproof::lint {
namespace {

using diag::Code;

/// The text of the first document after all fixes, without the <ruleset> around.
std::string inner(const Linted& linted, const FixedSubject& mended) {
  const std::string text(linted.sources().text(mended.subject.documents[0].file()));
  const auto begin = text.find('>') + 1;
  return text.substr(begin, text.rfind('<') - begin);
}

const std::string kMood = "<pr:provide-mood>1</pr:provide-mood>";
const std::string kMany = identity("<many/>");

/// The <many/> becomes one of a domain.
bool name_domain(const Fixing& fixing, text::TextChanges& changes) {
  const auto element = fixing.element();
  changes.replace(element.begin, element.end, "<many domain=\"example.com\"/>");
  return true;
}
/// Leaves what is found.
bool rename_nothing(const Fixing& fixing, text::TextChanges& changes) {
  const auto element = fixing.element();
  changes.replace(element.begin, element.end, "<many ></many>");
  return true;
}
bool break_document(const Fixing& fixing, text::TextChanges& changes) {
  const auto element = fixing.element();
  changes.replace(element.begin, element.end, "<");
  return true;
}

FixWishes wish(const Check& check) {
  static std::array<Check, 1> table;
  table[0] = check;
  return {.changing = check.fix_kind == FixKind::changes_meaning, .fixes = table};
}
const Check kTrueToItsName{Code::any_authenticated_watcher, check_any_authenticated_watcher, Turn::any, name_domain, FixKind::changes_meaning};

}  // namespace

TEST_CASE("safe fixes are made in one round where they do not touch, and every other byte stays", "[lint]") {
  Linted linted("<!-- a --><rule id='a'><conditions><identity><one  id=' sip:bob@example.com' /></identity></conditions><actions>" + kAllow +
                "</actions>\n<transformations>" + kPersons + "<!-- m -->" + kMood + "</transformations></rule>");
  const auto mended = linted.mend();
  CHECK(inner(linted, mended) == "<!-- a --><rule id='a'><conditions><identity><one  id='sip:bob@example.com' /></identity></conditions><actions>" +
                                     kAllow + "</actions>\n<transformations>" + kPersons +
                                     "<!-- m --><pr:provide-mood>true</pr:provide-mood></transformations></rule>");
  REQUIRE(mended.applied.size() == 6);  // the four prefixes that nothing uses, too
  CHECK(mended.refused.empty());
  CHECK(mended.applied[0].finding.code == Code::unused_namespace);
  CHECK(std::ranges::all_of(mended.applied, [](const auto& fix) { return fix.kind == FixKind::safe && fix.changes.empty(); }));
}

TEST_CASE("a finding that was mended in a later round is placed in the first text", "[lint]") {
  Linted linted(rule("a", kBob, kAllow, kPersons + "<pr:provide-mood> 1 </pr:provide-mood>"));
  const auto mended = linted.mend({.wanted = [](const auto& finding) { return finding.code != Code::unused_namespace; }});
  CHECK(inner(linted, mended) == rule("a", kBob, kAllow, kPersons + "<pr:provide-mood>true</pr:provide-mood>"));
  REQUIRE(mended.applied.size() == 2);
  CHECK(mended.applied[0].finding.span.column == mended.applied[1].finding.span.column);
  CHECK(linted.sources().text(mended.applied[1].finding.span.file).find("> 1 <") != std::string_view::npos);
}

TEST_CASE("a second run mends nothing", "[lint]") {
  Linted linted(rule("a", kBob, kAllow, kPersons + kMood));
  const auto mended = linted.mend();
  Linted again(inner(linted, mended));
  const auto twice = again.mend({.wanted = [](const auto& finding) { return finding.code != Code::unused_namespace; }});
  CHECK(twice.applied.empty());
  CHECK(twice.refused.empty());
}

TEST_CASE("codes that are disabled or not wanted are not mended", "[lint]") {
  Linted linted(rule("a", kBob, kAllow, kPersons + kMood));
  linted.options().disabled = {Code::boolean_spelling};
  CHECK(linted.mend({.wanted = [](const auto& finding) { return finding.code != Code::unused_namespace; }}).applied.empty());
}

TEST_CASE("a fix that changes the meaning is made only when that is wanted, and says who loses what", "[lint]") {
  const std::string rules = rule("a", kMany, kAllow, kPersons);
  Linted careful(rules);
  FixWishes wishes = wish(kTrueToItsName);
  wishes.changing = false;
  CHECK(careful.mend(wishes).applied.empty());

  Linted linted(rules);
  const auto mended = linted.mend(wish(kTrueToItsName));
  CHECK(inner(linted, mended) == rule("a", identity("<many domain=\"example.com\"/>"), kAllow, kPersons));
  REQUIRE(mended.applied.size() == 1);
  const auto& fix = mended.applied[0];
  CHECK(fix.kind == FixKind::changes_meaning);
  CHECK(fix.undecided.empty());
  REQUIRE(!fix.changes.empty());
  CHECK(std::ranges::all_of(fix.changes, [](const auto& change) { return change.direction == diff::Direction::lost; }));
}

TEST_CASE("a fix that calls itself safe and is not is refused, and the others of its round are made", "[lint]") {
  Linted linted(rule("a", kMany, kAllow, kPersons) + rule("b", kBob, kAllow, kPersons + kMood));
  static const std::array table = {Check{Code::any_authenticated_watcher, check_any_authenticated_watcher, Turn::any, name_domain, FixKind::safe},
                                   Check{Code::boolean_spelling, check_boolean_spelling, Turn::any, fix_boolean_spelling, FixKind::safe}};
  const auto mended = linted.mend({.fixes = table});
  CHECK(inner(linted, mended) == rule("a", kMany, kAllow, kPersons) +
                                     rule("b", kBob, kAllow, kPersons + "<pr:provide-mood>true</pr:provide-mood>"));
  REQUIRE(mended.applied.size() == 1);
  REQUIRE(mended.refused.size() == 1);
  CHECK(mended.refused[0].finding.code == Code::any_authenticated_watcher);
  CHECK(mended.refused[0].reason.starts_with("could not be proved to keep the meaning: "));
  CHECK(mended.refused[0].reason.ends_with(" would be lost"));
}

TEST_CASE("a fix that leaves its finding, changes nothing, or breaks the document is refused", "[lint]") {
  const auto reason = [](bool (*fix)(const Fixing&, text::TextChanges&), FixKind kind) {
    Linted linted(rule("a", kMany, kAllow, kPersons));
    const auto mended = linted.mend(wish({Code::any_authenticated_watcher, check_any_authenticated_watcher, Turn::any, fix, kind}));
    REQUIRE(mended.refused.size() == 1);
    return mended.refused[0].reason;
  };
  CHECK(reason(rename_nothing, FixKind::safe) == "it is still found after it was mended");
  CHECK(reason(break_document, FixKind::safe) == "could not be proved to keep the meaning: the document could not be read afterwards");
  CHECK(reason(break_document, FixKind::changes_meaning) == "the document could not be read afterwards");
  CHECK(reason([](const Fixing&, text::TextChanges&) { return true; }, FixKind::safe) == "its fix changes nothing");
}

TEST_CASE("a document that was UTF-16 is not edited", "[lint]") {
  diag::Sources sources;
  std::string wide = "\xff\xfe";
  const std::string text = "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:pr='urn:ietf:params:xml:ns:pres-rules'>" +
                           rule("a", kBob, kAllow, kPersons + kMood) + "</ruleset>";
  for (const char c : text) wide += std::string{c, '\0'};
  diag::Sink sink;
  Subject subject;
  auto document = xml::Document::read(sources, sources.add("wide.xml", wide), {}, sink);
  REQUIRE(document.has_value());
  subject.policy.documents.push_back(*policy::read_rule_set(*document, sources, sink));
  subject.documents.push_back(std::move(*document));
  const auto mended = mend(std::move(subject), sink, sources, {}, {}, {});
  CHECK(mended.applied.empty());
  REQUIRE(mended.refused.size() == 1);
  CHECK(mended.refused[0].reason == "the document is not in UTF-8; convert it, and its XML declaration");
}

}  // namespace presproof::lint
