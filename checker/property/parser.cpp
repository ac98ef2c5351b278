#include "property/parser.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/lexical.h"

#include "base/utf8.h"
#include "diag/error.h"
#include "property/claim_parser.h"
#include "property/group_parser.h"
#include "property/guard_parser.h"
#include "property/resource_lists.h"
#include "property/scope.h"

namespace presproof::property {
namespace {

constexpr std::array<std::string_view, 3> kQuantifiers = {"never", "always", "sometimes"};

/// Reads texts one after the other; what one defines, the later ones see.
class Parser {
 public:
  Parser(diag::Sources& sources, const FileLoader& load, const xml::Limits& limits);
  void parse_file(std::uint32_t file);
  /// `-p`: a body alone, or statements with at least one property.
  void parse_argument(std::uint32_t file);
  Properties finish();

 private:
  [[nodiscard]] bool readable(std::uint32_t file);
  void parse_statements(Cursor& cursor);
  /// Reads one statement; a problem in it ends it at the next one.
  template <class Statement>
  void guarded(Cursor& cursor, const Statement& statement);
  void parse_statement(Cursor& cursor);
  void parse_group_statement(Cursor& cursor);
  void parse_person_statement(Cursor& cursor);
  void parse_region_statement(Cursor& cursor);
  void parse_resolution_statement(Cursor& cursor);
  void parse_property_statement(Cursor& cursor, const Token& keyword);
  void parse_body(Cursor& cursor, Property property);
  std::optional<TwoRunClaim> parse_two_run_claim(Cursor& cursor);
  static Subscription parse_subscription(Cursor& cursor, const Property& property);
  void define(Cursor& cursor, const Token& name, KnownGroup group);
  std::vector<uri::Uri> read_list(Cursor& cursor, const Token& path);

  diag::Sources& sources_;
  const FileLoader& load_;
  const xml::Limits& limits_;
  std::vector<diag::Problem> problems_;
  Scope scope_;
  Properties result_;
  std::string beside_;                                    ///< the file being read; empty for `-p`
  std::map<std::string, SourceSpan, std::less<>> names_;  ///< of the properties in this text
  std::map<std::pair<std::string, std::string>, std::vector<uri::Uri>> list_cache_;  ///< by path and file beside
};

Parser::Parser(diag::Sources& sources, const FileLoader& load, const xml::Limits& limits)
    : sources_(sources), load_(load), limits_(limits) {
  scope_.read_list = [this](Cursor& cursor, const Token& path) { return read_list(cursor, path); };
}

bool Parser::readable(std::uint32_t file) {
  const std::string_view text = sources_.text(file);
  if (text.size() > limits_.bytes) {
    problems_.push_back({sources_.span_at(file, 0, 0), fmt::format("the text is larger than {} bytes", limits_.bytes),
                         "raise the limit with `--max-bytes`"});
    return false;
  }
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = decode_utf8(text, i);
    const bool control = point.value < 0x20 ? text[i] != '\t' && text[i] != '\r' && text[i] != '\n'
                                            : point.value >= 0x7F && point.value < 0xA0;
    if (!point.valid || control) {
      problems_.push_back({sources_.span_at(file, i, point.length),
                           point.valid
                               ? fmt::format("control character U+{:04X}", static_cast<std::uint32_t>(point.value))
                               : "invalid UTF-8",
                           "properties are text in UTF-8"});
      return false;
    }
    i += point.length;
  }
  return true;
}

void Parser::parse_file(std::uint32_t file) {
  beside_ = sources_.name(file);
  names_.clear();
  if (!readable(file)) return;
  Cursor cursor(sources_, file, problems_);
  parse_statements(cursor);
}

void Parser::parse_argument(std::uint32_t file) {
  beside_.clear();
  names_.clear();
  if (!readable(file)) return;
  Cursor cursor(sources_, file, problems_);
  const std::size_t properties = result_.properties.size();
  const std::size_t problems = problems_.size();
  bool body = false;
  guarded(cursor, [&] {
    const Token first = cursor.peek();
    if (!first.is_word("for")) return;
    body = true;
    parse_body(cursor, Property{{}, {}, {}, cursor.span(first), {}, {}, {}, Quantifier::never, {}, {}});
    cursor.expect_end_of_statement(false);
  });
  if (body) return;
  parse_statements(cursor);
  if (result_.properties.size() == properties && problems_.size() == problems) {
    cursor.problem(cursor.peek(), "expected a property, found the end of the text", "write `for GROUP never CLAIM`");
  }
}

Properties Parser::finish() {
  if (!problems_.empty()) throw diag::InputError(std::move(problems_));
  return std::move(result_);
}

template <class Statement>
void Parser::guarded(Cursor& cursor, const Statement& statement) {
  const std::size_t start = cursor.offset();
  try {
    statement();
  } catch (const StatementAbandoned& abandoned) {
    cursor.recover(abandoned, start);
  }
}

void Parser::parse_statements(Cursor& cursor) {
  for (bool more = true; more;) {
    guarded(cursor, [&] {
      more = true;
      if (cursor.peek().kind == TokenKind::end) {
        more = false;
      } else {
        parse_statement(cursor);
        cursor.expect_end_of_statement(true);
      }
    });
    if (problems_.size() >= kMaxProblems) return;
  }
}

void Parser::parse_statement(Cursor& cursor) {
  const Token keyword = cursor.peek();
  if (cursor.accept("group")) return parse_group_statement(cursor);
  if (cursor.accept("person")) return parse_person_statement(cursor);
  if (cursor.accept("region")) return parse_region_statement(cursor);
  if (cursor.accept("civic")) return parse_resolution_statement(cursor);
  if (cursor.accept("property")) return parse_property_statement(cursor, keyword);
  cursor.fail("a statement: `group`, `person`, `region`, `civic resolution` or `property`",
              keyword.is_word("for") ? "name the property: `property \"NAME\": for ...`" : "");
}

void Parser::define(Cursor& cursor, const Token& name, KnownGroup group) {
  group.span = cursor.span(name);
  const auto [place, added] = scope_.groups.try_emplace(name.text, std::move(group));
  if (!added) report_redefinition(cursor, name, place->second.span);
}

void Parser::parse_group_statement(Cursor& cursor) {
  const Token name = expect_new_name(cursor, "group");
  KnownGroup group;
  try {
    cursor.expect_symbol("=");
    group = parse_group(cursor, scope_);
  } catch (const StatementAbandoned&) {
    define(cursor, name, {});
    throw;
  }
  if (group.group) {
    Group named = *group.group;
    named.name = name.text;
    group.group = std::make_shared<const Group>(std::move(named));
    result_.groups.push_back(group.group);
  }
  define(cursor, name, std::move(group));
}

void Parser::parse_person_statement(Cursor& cursor) {
  const Token name = expect_new_name(cursor, "person");
  Person person{name.text, {}, cursor.span(name)};
  try {
    cursor.expect_symbol("=");
    const Token set = cursor.peek();
    person.identities = parse_uri_set(cursor);
    if (person.identities.empty())
      cursor.problem(set, fmt::format("the person {} has no identity", describe(name)), "a person is at least one URI");
  } catch (const StatementAbandoned&) {
    define(cursor, name, {nullptr, 1, 1, true, {}});
    throw;
  }
  define(cursor, name, {std::make_shared<const Group>(Group{PersonMembers{person}, {}, name.text}), 1, 1, true, {}});
  result_.persons.push_back(std::move(person));
}

void Parser::parse_region_statement(Cursor& cursor) {
  const Token name = expect_new_name(cursor, "region");
  KnownRegion known{std::nullopt, cursor.span(name)};
  const auto define_region = [&] {
    const auto [place, added] = scope_.regions.try_emplace(name.text, known);
    if (!added) report_redefinition(cursor, name, place->second.span);
  };
  try {
    cursor.expect_symbol("=");
    known.region = parse_region(cursor);
    if (!known.region) cursor.fail();
  } catch (const StatementAbandoned&) {
    define_region();
    throw;
  }
  define_region();
}

void Parser::parse_resolution_statement(Cursor& cursor) {
  cursor.expect("resolution");
  scope_.resolution = parse_civic_resolution(cursor);
}

void Parser::parse_property_statement(Cursor& cursor, const Token& keyword) {
  const Token name = cursor.expect_string("the name of the property in quotes");
  if (name.text.empty()) cursor.problem(name, "the name of a property is empty");
  const auto [place, added] = names_.try_emplace(name.text, cursor.span(name));
  if (!added) report_redefinition(cursor, name, place->second);
  cursor.expect_symbol(":");
  parse_body(cursor, Property{name.text, {}, {}, cursor.span(keyword), {}, {}, {}, Quantifier::never, {}, {}});
}

void Parser::parse_body(Cursor& cursor, Property property) {
  const std::size_t start = cursor.taken();
  const std::size_t problems = problems_.size();
  cursor.expect("for");
  property.group = parse_group(cursor, scope_).group;
  for (bool more = true; more;) {
    if (cursor.accept("when")) {
      property.guards.push_back(parse_condition(cursor, scope_));
    } else if (cursor.accept("during")) {
      property.during.push_back(parse_interval(cursor));
    } else {
      more = false;
    }
  }
  property.two_run = parse_two_run_claim(cursor);
  if (!property.two_run) {
    const auto quantifier = std::find_if(kQuantifiers.begin(), kQuantifiers.end(),
                                         [&](std::string_view word) { return cursor.accept(word); });
    if (quantifier == kQuantifiers.end()) cursor.fail("`never`, `always` or `sometimes`");
    property.quantifier = static_cast<Quantifier>(quantifier - kQuantifiers.begin());
    if (cursor.peek().is_word("response") || cursor.peek().is_word("reveals")) {
      cursor.fail("a claim", fmt::format("`{}` stands without `{}`", cursor.peek().text, *quantifier));
    }
    property.claim = parse_claim(cursor, scope_);
    if (cursor.are_next("over", "any")) property.subscription = parse_subscription(cursor, property);
  }
  property.text = cursor.text_since(start);
  if (property.name.empty()) property.name = property.text;
  property.file = sources_.name(cursor.file());
  if (problems_.size() == problems && property.group) result_.properties.push_back(std::move(property));
}

/// `over any subscription [of N events]`.
Subscription Parser::parse_subscription(Cursor& cursor, const Property& property) {
  const Token over = cursor.take();
  cursor.expect("any");
  cursor.expect("subscription");
  if (property.quantifier != Quantifier::never) cursor.problem(over, "only a `never` can be `over any subscription`", "say what no NOTIFY may show");
  bool of_documents = true;
  each_atom(property.claim, [&](const ClaimAtom& atom) {
    const auto* location = std::get_if<LocationShown>(&atom);
    of_documents = of_documents && !std::holds_alternative<Handling>(atom) && !std::holds_alternative<RuleMatches>(atom) && !(location != nullptr && location->over_time);
  });
  if (!of_documents) cursor.problem(over, "`over any subscription` is about what documents show", "leave out `handling`, `rule` and `over time`");
  Subscription subscription;
  if (!cursor.accept("of")) return subscription;
  const Token number = cursor.take();
  const auto events = parse_xs_integer(number.text);
  if (!events || *events < 1 || *events > static_cast<std::int64_t>(Subscription::kMostEvents)) cursor.problem(number, fmt::format("`{}` is no number of events from 1 to {}", number.text, Subscription::kMostEvents));
  else subscription.events = static_cast<std::size_t>(*events);
  if (!cursor.accept("event")) cursor.expect("events");
  return subscription;
}

/// `response [and content] same as GROUP` and `reveals nothing about SECRET` compare two runs.
std::optional<TwoRunClaim> Parser::parse_two_run_claim(Cursor& cursor) {
  if (cursor.accept("response")) {
    SameAs same;
    same.content = cursor.accept("and");
    if (same.content) cursor.expect("content");
    cursor.expect("same");
    cursor.expect("as");
    same.other = parse_group(cursor, scope_).group;
    return same;
  }
  if (cursor.accept("reveals")) {
    cursor.expect("nothing");
    cursor.expect("about");
    return RevealsNothingAbout{static_cast<Secret>(cursor.expect_one_of(kSecretWords))};
  }
  return std::nullopt;
}

std::vector<uri::Uri> Parser::read_list(Cursor& cursor, const Token& path) {
  const auto [place, added] = list_cache_.try_emplace({path.text, beside_});
  if (!added) return place->second;
  try {
    const std::uint32_t file = load_(path.text, beside_);
    place->second = read_resource_lists(sources_, file, limits_, problems_);
  } catch (const diag::InputError& error) {
    for (diag::Problem problem : error.problems()) {
      if (!problem.span.known()) problem.span = cursor.span(path);
      problems_.push_back(std::move(problem));
    }
  }
  return place->second;
}

}  // namespace

Properties parse(diag::Sources& sources, const std::vector<std::uint32_t>& files, const std::vector<std::string>& texts,
                 const FileLoader& load, const xml::Limits& limits) {
  Parser parser(sources, load, limits);
  for (const std::uint32_t file : files) parser.parse_file(file);
  for (const std::string& text : texts) parser.parse_argument(sources.add("-p", text));
  return parser.finish();
}

}  // namespace presproof::property
