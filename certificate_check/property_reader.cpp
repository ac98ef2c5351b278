#include <fmt/format.h>

#include <filesystem>
#include <limits>

#include "base/lexical.h"
#include "certificate_check/model.h"
#include "diag/error.h"

namespace presproof::certificate_check {
namespace {

struct Token {
  enum class Kind : std::uint8_t { word, string, symbol, end } kind = Kind::end;
  std::size_t begin = 0;
  std::string text = {};  ///< a string's without quotes and escapes
};

/// The words of one text of the property language, taken one after the other. All fail with diag::InputError.
class Tokens {
 public:
  Tokens(const diag::Sources& sources, std::uint32_t file);
  [[nodiscard]] const Token& peek() const { return tokens_[next_]; }
  [[nodiscard]] bool next_is(Token::Kind kind) const { return peek().kind == kind; }
  /// Whether the next is this word or symbol.
  [[nodiscard]] bool next_is(std::string_view text) const { return !next_is(Token::Kind::string) && !next_is(Token::Kind::end) && peek().text == text; }
  const std::string& take() { return tokens_[next_ + 1 < tokens_.size() ? next_++ : next_].text; }
  bool accept(std::string_view text) { return next_is(text) && (take(), true); }
  void expect(std::string_view text) {
    if (!accept(text)) fail("expected `" + std::string(text) + "`");
  }
  const std::string& take(Token::Kind kind) {
    if (!next_is(kind)) fail(kind == Token::Kind::string ? "expected a text in quotes" : "expected a word");
    return take();
  }
  const std::string& word() { return take(Token::Kind::word); }
  const std::string& string() { return take(Token::Kind::string); }
  /// The number of the word that is next.
  template <class Words>
  std::size_t one_of(const Words& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (accept(words[i])) return i;
    }
    fail("something else is expected");
  }
  [[noreturn]] void fail(const std::string& message) const;

 private:
  const diag::Sources& sources_;
  std::uint32_t file_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
};

Tokens::Tokens(const diag::Sources& sources, std::uint32_t file) : sources_(sources), file_(file) {
  const std::string_view text = sources.text(file);
  bool uris = false;  // inside the braces of a set of URIs, whose characters mean something else everywhere outside
  const auto ends = [&](std::size_t at) {
    return at >= text.size() || std::string_view(uris ? " \t\r\n,}" : " \t\r\n{}(),=#\"").find(text[at]) != std::string_view::npos;
  };
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while ((at = text.find_first_not_of(" \t\r\n", at)) < text.size()) {
    if (text[at] == '#') {
      at = text.find_first_of("\r\n", at);
      continue;
    }
    Token token{Token::Kind::symbol, at};
    // Dots separate times; a colon belongs to a word (a time) unless nothing follows it.
    const auto is_mark = [&] { return !uris && (text.substr(at, 2) == ".." || (text[at] == ':' && (at == token.begin || ends(at + 1)))); };
    if (text[at] == '"') {
      token.kind = Token::Kind::string;
      for (++at; at < text.size() && text[at] != '"' && text[at] != '\n'; ++at) token.text += text[at] == '\\' && at + 1 < text.size() ? text[++at] : text[at];
    } else if (is_mark()) {
      token.text = text.substr(at, text[at] == ':' ? 1 : 2);
    } else if (!ends(at)) {
      token.kind = Token::Kind::word;
      while (!ends(at) && !is_mark()) token.text += text[at++];
    } else {
      token.text = text[at];
    }
    if (token.kind == Token::Kind::string) ++at;
    if (token.kind == Token::Kind::symbol) at += token.text.size();
    if (token.kind == Token::Kind::symbol && token.text == "{") uris = tokens_.empty() || (tokens_.back().text != "civic" && tokens_.back().text != "resolution");
    if (token.kind == Token::Kind::symbol && token.text == "}") uris = false;
    tokens_.push_back(std::move(token));
  }
  tokens_.push_back({Token::Kind::end, text.size()});
}

void Tokens::fail(const std::string& message) const {
  throw diag::InputError(diag::Problem{.span = sources_.span_at(file_, peek().begin, 1), .message = message, .hint = {}});
}

/// Metres, from `country` to `full`.
using Resolution = std::array<double, 5>;
constexpr Resolution kDefaultResolution = {1'000'000, 200'000, 10'000, 50, 5};
/// RFC 6772 section 13.3: the obfuscation may leak down to 0.13 of the nominal area; the root of that is for radii.
constexpr double kEffectiveRadius = 0.36055512754639896;
constexpr std::array<std::string_view, 6> kLevels = {"none", "country", "region", "city", "building", "full"};
constexpr std::array<std::string_view, 3> kComponents = {"devices", "persons", "services"};
constexpr std::array<std::string_view, 3> kUserInputs = {"bare", "thresholds", "full"};
constexpr std::array<std::string_view, 2> kBounds = {"least", "most"};
constexpr std::array<std::string_view, 4> kSelectorWords = {"class", "id", "uri", "scheme"};
constexpr std::array<policy::SelectorKind, 4> kSelectors = {policy::SelectorKind::class_, policy::SelectorKind::occurrence_id, policy::SelectorKind::service_uri,
                                                    policy::SelectorKind::service_uri_scheme};
constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> kDurations = {{{"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}}};

/// A number and a unit, together or apart.
std::pair<std::string, std::string> read_quantity(Tokens& tokens) {
  const std::string word = tokens.word();
  const std::size_t digits = word.find_last_of("0123456789.") + 1;  // 0 when there is none
  return {word.substr(0, digits), digits < word.size() ? word.substr(digits) : tokens.word()};
}

double read_length(Tokens& tokens) {
  auto [digits, unit] = read_quantity(tokens);
  // Kilometres by the exponent, so that 4.35 km is the double nearest to 4350.
  const bool exponent = digits.find_first_of("eE") != std::string::npos;
  if (unit == "km" && !exponent) digits += "e3";
  const auto number = parse_xs_double(digits);
  if ((unit != "km" && unit != "m") || !number || !(*number > 0)) tokens.fail("expected a length above 0 in `m` or `km`");
  return unit == "km" && exponent ? *number * 1000 : *number;
}

Resolution read_resolution(Tokens& tokens) {
  Resolution resolution = kDefaultResolution;
  tokens.expect("{");
  do {
    const std::size_t level = tokens.one_of(kLevels);
    if (level == 0) tokens.fail("`none` has no resolution");
    resolution[level - 1] = read_length(tokens);
  } while (tokens.accept(","));
  tokens.expect("}");
  return resolution;
}

std::int64_t read_duration(Tokens& tokens) {
  const auto [digits, unit] = read_quantity(tokens);
  const auto number = parse_xs_integer(digits);
  for (const auto& [name, factor] : kDurations) {
    if (number && name == unit && *number >= 0 && *number <= std::numeric_limits<std::int64_t>::max() / factor) return *number * factor;
  }
  tokens.fail("expected a duration");
}

ClaimAtom read_component(Tokens& tokens, std::size_t component) {
  ClaimAtom claim{.kind = ClaimKind::component, .level = static_cast<int>(component)};
  if (!tokens.accept("with")) return claim;
  claim.selector = kSelectors[tokens.one_of(kSelectorWords)];
  if (component == 0 && claim.selector == policy::SelectorKind::service_uri) claim.selector = policy::SelectorKind::device_id;
  claim.text = trim_xml_space(tokens.string());
  return claim;
}

ClaimAtom finer_than(double metres, const Resolution& resolution) {
  ClaimAtom claim{.kind = ClaimKind::location, .geodetic_below_m = metres};
  for (std::size_t i = resolution.size(); i-- > 0;) {
    if (resolution[i] < metres) claim.civic_at_least = static_cast<geo::CivicLevel>(i + 1);
  }
  return claim;
}

std::optional<ClaimAtom> read_location(Tokens& tokens, const Resolution& resolution) {
  constexpr std::array<std::string_view, 5> words = {"location", "effective", "geodetic", "civic", "exact"};
  const auto* const word = std::find_if(words.begin(), words.end(), [&](std::string_view each) { return tokens.accept(each); });
  if (word == words.end()) return std::nullopt;
  if (*word == "exact" || *word == "effective") tokens.expect("location");
  ClaimAtom claim{.kind = ClaimKind::location, .geodetic_below_m = std::numeric_limits<double>::denorm_min(), .civic_at_least = geo::CivicLevel::full};
  if (*word == "exact") return claim;
  if (*word == "location" && !tokens.next_is("finer")) return finer_than(std::numeric_limits<double>::infinity(), kDefaultResolution);
  tokens.expect("finer");
  tokens.expect("than");
  if (*word == "civic") {
    const std::size_t level = tokens.one_of(kLevels) + 1;
    if (level == kLevels.size()) tokens.fail("nothing is finer than `full`");
    return ClaimAtom{.kind = ClaimKind::location, .civic_at_least = static_cast<geo::CivicLevel>(level)};
  }
  claim = finer_than(read_length(tokens), resolution);
  if (*word == "effective") *claim.geodetic_below_m /= kEffectiveRadius;
  if (*word == "geodetic") claim.civic_at_least = geo::CivicLevel::none;
  return claim;
}

ClaimAtom read_other(Tokens& tokens) {
  if (tokens.accept("handling")) {
    const std::size_t bound = tokens.accept("at") ? tokens.one_of(kBounds) : 2;
    const int level = static_cast<int>(tokens.one_of(policy::kSubHandlingNames));
    return {.kind = ClaimKind::handling, .level = bound == 1 ? 0 : level, .at_most = bound == 0 ? 3 : level};
  }
  for (std::size_t i = 0; i < kComponents.size(); ++i) {
    if (tokens.accept(kComponents[i])) return read_component(tokens, i);
  }
  if (tokens.accept("user-input")) {
    if (!tokens.accept("at")) return {.kind = ClaimKind::user_input, .level = 1};
    return tokens.expect("least"), ClaimAtom{.kind = ClaimKind::user_input, .level = static_cast<int>(tokens.one_of(kUserInputs)) + 1};
  }
  if (tokens.accept("attribute")) {
    const std::string name(trim_xml_space(tokens.string()));
    return {.kind = ClaimKind::unknown_attribute, .text = name, .ns = std::string(trim_xml_space(tokens.string()))};
  }
  if (tokens.accept("all-attributes")) return {.kind = ClaimKind::all_attributes};
  if (tokens.accept("anything")) return {.kind = ClaimKind::anything};
  if (tokens.accept("retransmission")) return {.kind = ClaimKind::retransmission};
  if (tokens.accept("rule")) return {.kind = ClaimKind::rule, .text = tokens.string()};
  if (tokens.accept("retention")) return tokens.expect("longer"), tokens.expect("than"), ClaimAtom{.kind = ClaimKind::retention, .seconds = read_duration(tokens)};
  for (int i = 0; const std::string_view name : policy::kAttributePermissionNames) {
    if (tokens.accept(name.substr(std::string_view("provide-").size()))) return {.kind = ClaimKind::attribute, .level = i};
    ++i;
  }
  tokens.fail("expected a claim");
}

ClaimAtom read_claim_atom(Tokens& tokens, const Resolution& resolution) {
  const auto location = read_location(tokens, resolution);
  return location ? *location : read_other(tokens);
}

/// `not` binds closer than `and`, `and` closer than `or`. `read_atom` gives a formula.
template <class Atom, class ReadAtom>
Formula<Atom> read_formula(Tokens& tokens, const ReadAtom& read_atom, std::size_t depth = 0) {
  using Operator = typename Formula<Atom>::Operator;
  if (depth > 200) tokens.fail("nested too deeply");
  const auto joined = [&](Operator op, std::string_view word, const auto& read_operand) {
    Formula<Atom> formula{op, {}, {read_operand()}};
    while (tokens.accept(word)) formula.operands.push_back(read_operand());
    return formula.operands.size() > 1 ? formula : formula.operands.front();
  };
  const auto read_operand = [&](const auto& self, std::size_t nots) -> Formula<Atom> {
    if (nots > 200) tokens.fail("nested too deeply");
    if (tokens.accept("not")) return Formula<Atom>{Operator::negation, {}, {self(self, nots + 1)}};
    if (!tokens.accept("(")) return read_atom();
    Formula<Atom> inner = read_formula<Atom>(tokens, read_atom, depth + 1);
    tokens.expect(")");
    return inner;
  };
  return joined(Operator::disjunction, "or", [&] { return joined(Operator::conjunction, "and", [&] { return read_operand(read_operand, 0); }); });
}

class Reader {
 public:
  explicit Reader(diag::Sources& sources) : sources_(sources) {}
  void read(std::uint32_t file, bool argument) {
    beside_ = argument ? std::string() : std::string(sources_.name(file));
    Tokens tokens(sources_, file);
    if (argument && tokens.next_is("for")) read_body(tokens, fmt::format("{}", fmt::join(split_xml_space(sources_.text(file)), " ")));
    while (!tokens.next_is(Token::Kind::end)) read_statement(tokens);
  }
  Properties finish() { return std::move(result_); }

 private:
  using Guard = Formula<GuardAtom>;

  void read_statement(Tokens& tokens) {
    constexpr std::array<std::string_view, 5> kinds = {"property", "civic", "region", "group", "person"};
    const std::size_t kind = tokens.one_of(kinds);
    if (kind == 1) return tokens.expect("resolution"), void(resolution_ = read_resolution(tokens));
    const std::string name = kind == 0 ? tokens.string() : tokens.word();
    tokens.expect(kind == 0 ? ":" : "=");
    if (kind == 0) return read_body(tokens, name);
    if (kind == 4) result_.persons.push_back(read_uris(tokens));
    const auto person = [&] { return group_of(Group::Kind::person, result_.persons.back()); };
    const bool is_new = kind == 2 ? regions_.emplace(name, read_region(tokens)).second
                                  : groups_.emplace(name, kind == 3 ? read_group(tokens) : person()).second;
    if (!is_new) tokens.fail("the name `" + name + "` is defined twice");
  }
  void read_body(Tokens& tokens, std::string name) {
    tokens.expect("for");
    Property property{.name = std::move(name), .group = read_group(tokens)};
    if (property.group.unknown()) property.uncheckable = "its group is a resource list that cannot be read here";
    while (tokens.next_is("when") || tokens.next_is("during")) {
      if (tokens.accept("when")) property.guards.push_back(read_formula<GuardAtom>(tokens, [&] { return read_guard_atom(tokens); }));
      if (!tokens.accept("during")) continue;
      const Instant from = read_time(tokens);
      tokens.expect("..");
      property.guards.push_back({{}, Interval{from, read_time(tokens)}});
    }
    const bool same = tokens.next_is("response");
    if (same || tokens.next_is("reveals")) {
      property.uncheckable = "it compares two runs";
      while (!tokens.accept(same ? "as" : "about")) tokens.word();
      same ? (void)read_group(tokens) : (void)tokens.word();
    } else {
      constexpr std::array<std::string_view, 3> quantifiers = {"never", "always", "sometimes"};
      property.quantifier = static_cast<Quantifier>(tokens.one_of(quantifiers));
      property.claim = read_formula<ClaimAtom>(tokens, [&] { return Formula<ClaimAtom>{{}, read_claim_atom(tokens, resolution_)}; });
      if (tokens.accept("over")) {
        property.uncheckable = "it is about more than one state";
        if (!tokens.accept("time")) tokens.expect("any"), tokens.expect("subscription");
        if (tokens.accept("of")) tokens.word(), tokens.word();
      }
    }
    result_.properties.push_back(std::move(property));
  }
  Group read_group(Tokens& tokens) {
    if (++depth_ > 200) tokens.fail("groups are nested too deeply");
    Group group = read_term(tokens);
    while (tokens.accept("minus")) group.minus.push_back(read_term(tokens));
    --depth_;
    return group;
  }
  Group read_term(Tokens& tokens) {
    if (tokens.next_is("{")) return group_of(Group::Kind::members, read_uris(tokens));
    if (tokens.accept("everyone")) return {};
    if (tokens.accept("list")) {
      const auto members = read_resource_list(sources_, std::filesystem::path(beside_).parent_path() / tokens.string());
      return members ? group_of(Group::Kind::members, *members) : Group{.kind = Group::Kind::unknown};
    }
    if (tokens.accept("(")) {
      Group group = read_group(tokens);
      tokens.expect(")");
      return group;
    }
    if (tokens.accept("domain")) {
      const auto domain = uri::to_ascii_domain(tokens.take());
      if (!domain) tokens.fail("expected a domain before this");
      return group_of(Group::Kind::domain, tokens.accept("except") ? read_uris(tokens) : Watcher{}, *domain);
    }
    const bool person = tokens.accept("person");
    const Group& group = find(tokens, groups_);
    if (person && group.kind != Group::Kind::person) tokens.fail("expected a person before this");
    return group;
  }
  static Group group_of(Group::Kind kind, const Watcher& uris, std::string domain = {}) {
    Group group{kind, {}, std::move(domain)};
    for (const uri::Uri& uri : uris) group.uris.emplace(uri.core, uri);
    return group;
  }
  template <class Value>
  static const Value& find(Tokens& tokens, const std::map<std::string, Value>& names) {
    const auto found = names.find(tokens.word());
    if (found == names.end()) tokens.fail("an unknown name is before this");
    return found->second;
  }
  static Watcher read_uris(Tokens& tokens) {
    Watcher uris;
    tokens.expect("{");
    while (!tokens.accept("}")) {
      if (!uris.empty()) tokens.expect(",");
      uris.push_back(uri::parse(trim_xml_space(tokens.next_is(Token::Kind::string) ? tokens.string() : tokens.word())));
    }
    return uris;
  }
  GuardAtom read_region(Tokens& tokens) {
    if (tokens.accept("circle")) {
      const auto latitude = parse_xs_double(tokens.word());
      const auto longitude = parse_xs_double(tokens.word());
      tokens.expect("radius");
      if (!latitude || !longitude) tokens.fail("expected a latitude and a longitude before this");
      return geo::Circle{{*latitude, *longitude}, read_length(tokens)};
    }
    if (!tokens.accept("civic")) return find(tokens, regions_);
    geo::CivicAddress fields;
    tokens.expect("{");
    do {
      const std::string field = tokens.word();
      if (!fields.emplace(field, trim_xml_space(tokens.string())).second) tokens.fail("a field is given twice");
    } while (tokens.accept(","));
    tokens.expect("}");
    return fields;
  }
  Guard read_guard_atom(Tokens& tokens) {
    if (tokens.accept("authenticated")) return {Guard::Operator::atom, Authenticated{}};
    if (tokens.accept("inside")) return {Guard::Operator::atom, read_region(tokens)};
    tokens.expect("sphere");
    tokens.expect("is");
    const bool negated = tokens.accept("not");
    Guard atom{{}, Sphere{tokens.accept("undefined") ? std::string() : to_lower_ascii(trim_xml_space(tokens.string()))}};
    return negated ? Guard{Guard::Operator::negation, {}, {std::move(atom)}} : atom;
  }
  static Instant read_time(Tokens& tokens) {
    const auto time = parse_rfc3339(tokens.word());
    if (!time) tokens.fail("expected a time of RFC 3339 before this");
    return *time;
  }
  diag::Sources& sources_;
  Properties result_;
  std::string beside_;
  std::map<std::string, Group> groups_;  ///< persons, too
  std::map<std::string, GuardAtom> regions_;
  Resolution resolution_ = kDefaultResolution;
  std::size_t depth_ = 0;
};

}  // namespace

Properties read_properties(diag::Sources& sources, const std::vector<std::uint32_t>& files, const std::vector<std::uint32_t>& arguments) {
  Reader reader(sources);
  for (const std::uint32_t file : files) reader.read(file, false);
  for (const std::uint32_t argument : arguments) reader.read(argument, true);
  return reader.finish();
}

}  // namespace presproof::certificate_check
