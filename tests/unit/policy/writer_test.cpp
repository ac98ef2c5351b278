#include "support.h"

#include <random>

#include "policy/older_dialect.h"
#include "policy/writer.h"

using namespace presproof;
using namespace presproof::policy;
using namespace presproof::policy::test;

namespace {

/// Seeded rule sets over the whole vocabulary, such as a reader gives without error findings.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  RuleSet rule_set() {
    RuleSet rules;
    rules.file = "test.xml";
    const unsigned count = below(4);
    for (unsigned i = 0; i < count; ++i) rules.rules.push_back(rule(i));
    return rules;
  }

 private:
  unsigned below(unsigned bound) { return std::uniform_int_distribution<unsigned>(0, bound - 1)(random_); }
  bool flip() { return below(2) == 0; }
  template <class T>
  T pick(std::initializer_list<T> values) {
    return values.begin()[below(static_cast<unsigned>(values.size()))];
  }
  std::string text() {
    return pick<const char*>({"a", "x y", "<&>\"'", "\xc3\xa4\xe2\x82\xac", "line\nline", "]]>", "tab\there"});
  }
  double number(double scale) { return std::uniform_real_distribution<double>(-scale, scale)(random_); }

  Rule rule(unsigned index) {
    Rule rule;
    rule.id = fmt::format("r{}", index);
    for (unsigned i = below(4); i > 0; --i) rule.conditions.push_back(condition());
    for (unsigned i = below(3); i > 0; --i) add(rule, static_cast<SubHandling>(below(4)));
    for (unsigned i = below(5); i > 0; --i) add_transformation(rule);
    return rule;
  }

  template <class T>
  static void add(Rule& rule, T what) {
    rule.permissions.push_back({std::move(what), {}});
  }

  Domain domain() {
    const std::string name = pick<const char*>({"example.com", "Sub.Example.org",
                                                "b\xc3\xbc"
                                                "cher.example"});
    return {name, uri::to_ascii_domain(name), {}};
  }
  uri::Uri id() {
    return uri::parse(
        pick<const char*>({"sip:bob@example.com", "tel:+1-212-555-1234", "sip:a@b.example;x=1?a=1&b=2", "urn:x:y"}));
  }

  IdentityMatcher matcher() {
    switch (below(3)) {
      case 0:
        return One{id(), {}};
      case 1: {
        Many many;
        if (flip()) many.domain = domain();
        for (unsigned i = below(3); i > 0; --i) {
          many.excepts.push_back(flip() ? Except{id(), std::nullopt, {}} : Except{std::nullopt, domain(), {}});
        }
        many.never = below(4) == 0;
        return many;
      }
      default:
        return UnknownIdentity{"urn:example:x", "group", {}};
    }
  }

  Instant instant() {
    return {static_cast<std::int64_t>(below(2'000'000'000)),
            static_cast<std::int32_t>(below(2) * below(1'000'000'000))};
  }

  LocationAlternative location() {
    LocationAlternative location;
    if (flip()) location.label = text();
    if (flip()) {
      location.where = geo::Circle{{number(90), number(180)}, std::abs(number(1e6)) + 1e-3};
    } else {
      geo::CivicAddress fields{{"country", "DE"}};
      if (flip()) fields["A1"] = text();
      if (flip()) fields["{urn:example:x}MP"] = "13";
      location.where = CivicLocation{fields};
    }
    return location;
  }

  Condition condition() {
    switch (below(5)) {
      case 0: {
        IdentityCondition identity;
        for (unsigned i = below(3) + 1; i > 0; --i) identity.matchers.push_back(matcher());
        return identity;
      }
      case 1:
        return SphereCondition{flip() ? Lines{"work"} : Lines{"Home", "b\xc3\xbcro"}, {}};
      case 2: {
        ValidityCondition validity;
        for (unsigned i = below(2) + 1; i > 0; --i) validity.pairs.push_back({instant(), instant(), {}});
        return validity;
      }
      case 3: {
        LocationCondition locations;
        for (unsigned i = below(2) + 1; i > 0; --i) locations.locations.push_back(location());
        return locations;
      }
      default:
        return UnknownCondition{"urn:example:x", "moon", {}};
    }
  }

  void add_components(Rule& rule) {
    ProvideComponents provide;
    provide.kind = static_cast<ComponentKind>(below(3));
    provide.all = flip();
    const auto values = [&](SelectorKind kind) -> std::vector<std::string>& {
      return provide.values[static_cast<std::size_t>(kind)];
    };
    if (!provide.all) {
      values(SelectorKind::class_) = {"biz", "a b"};
      if (flip()) values(SelectorKind::occurrence_id) = {"x1"};
      if (provide.kind == ComponentKind::device) values(SelectorKind::device_id) = {"urn:device:1"};
      if (provide.kind == ComponentKind::service) {
        values(SelectorKind::service_uri) = {"sip:a@b.example?x=1&y=2"};
        values(SelectorKind::service_uri_scheme) = {"sip", "mailto"};
      }
    }
    add(rule, provide);
  }

  void add_location(Rule& rule) {
    switch (below(4)) {
      case 0:
        return add(rule, ProvideLocation{GeodeticGrant{0.0, std::nullopt}, geo::CivicLevel::full});
      case 1:
        return add(rule, ProvideLocation{std::nullopt, static_cast<geo::CivicLevel>(below(6))});
      case 2:
        return add(rule, ProvideLocation{GeodeticGrant{}, geo::CivicLevel::none});
      default:
        return add(rule, ProvideLocation{GeodeticGrant{1.0 + below(1'000'000), std::nullopt}, geo::CivicLevel::none});
    }
  }

  void add_transformation(Rule& rule) {
    switch (below(11)) {
      case 0:
        return add_components(rule);
      case 1:
        return add(rule, ProvideAttribute{static_cast<AttributePermission>(below(kAttributePermissions)), flip()});
      case 2:
        return add(rule, static_cast<UserInput>(below(4)));
      case 3:
        return add(rule, ProvideUnknownAttribute{"urn:example:" + text(), "foo", flip()});
      case 4:
        return add(rule, ProvideAllAttributes{});
      case 5:
        return add(rule, SetRetransmissionAllowed{flip()});
      case 6:
        return add(rule, SetRetentionExpiry{below(100'000)});
      case 7:
        return add(rule, SetNoteWell{flip() ? std::optional<std::string>("en") : std::nullopt, flip() ? "" : text()});
      case 8:
        return add(rule, KeepRuleReference{flip()});
      case 9:
        return add(rule, UnknownPermission{"urn:example:x", "blur"});
      default:
        return add_location(rule);
    }
  }

  std::mt19937 random_;
};

/// Whether a rule set of the RFCs' vocabulary has an element of pres-rules.
bool says_presence(const RuleSet& rules) {
  for (const Rule& rule : rules.rules) {
    for (const Permission& permission : rule.permissions) {
      const bool presence = std::holds_alternative<SubHandling>(permission.what) ||
                            std::holds_alternative<UserInput>(permission.what) ||
                            std::holds_alternative<ProvideComponents>(permission.what) ||
                            std::holds_alternative<ProvideAttribute>(permission.what) ||
                            std::holds_alternative<ProvideUnknownAttribute>(permission.what) ||
                            std::holds_alternative<ProvideAllAttributes>(permission.what);
      if (presence) return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("a written rule set is read as the same rule set, without errors") {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    RuleSet rules = Generator(seed).rule_set();
    rules.has_presence_rules = says_presence(rules);
    const std::string text = write_rule_set(rules);
    const Read result = read(text);
    CAPTURE(seed, text, result.list());
    REQUIRE(result.rules);
    REQUIRE_FALSE(result.has_error());
    REQUIRE(*result.rules == rules);
  }
}

TEST_CASE("equal rule sets are written alike") {
  const RuleSet rules = Generator(7).rule_set();
  CHECK(write_rule_set(rules) == write_rule_set(Generator(7).rule_set()));
  CHECK(write_rule_set(*read(write_rule_set(rules)).rules) == write_rule_set(rules));
}

TEST_CASE("rules have their three parts, permissions each in its own") {
  RuleSet rules{"", {Rule{"a", {}, {}, {}, {}}}, false};
  rules.rules[0].permissions = {{UnknownPermission{"urn:example:x", "act"}, {}},
                                {SubHandling::polite_block, {}},
                                {UnknownPermission{"urn:example:x", "blur"}, {}},
                                {KeepRuleReference{true}, {}}};
  const std::string text = write_rule_set(rules);
  const auto place = [&](std::string_view word) { return text.find(word); };
  CHECK(place("<conditions") < place("<actions"));
  CHECK(place("<actions") < place("act/>"));
  CHECK(place("act/>") < place("polite-block"));
  CHECK(place("polite-block") < place("<transformations"));
  CHECK(place("<transformations") < place("blur/>"));
  CHECK(place("blur/>") < place("keep-rule-reference>true"));
  CHECK(read(text).rule().permissions == rules.rules[0].permissions);
}

TEST_CASE("what only the older dialect can say is written in it") {
  const auto location = [](GeodeticGrant grant) {
    RuleSet rules{"test.xml", {Rule{"a", {}, {{ProvideLocation{grant, geo::CivicLevel::none}, {}}}, {}, {}}}, false};
    return rules;
  };
  for (const RuleSet& rules :
       {location({nominal_radius_m({0.1, 0.3}), GeodeticGrant::Rounding{0.1, 0.3}}), location({0.0, std::nullopt}),
        location({0.0, GeodeticGrant::Rounding{std::nullopt, 2.0}})}) {
    const Read result = read(write_rule_set(rules));
    CHECK_FALSE(result.has_error());
    CHECK(*result.rules == rules);
  }
}

TEST_CASE("one grant of a radius and a civic level is written as two elements") {
  const RuleSet rules{
      "",
      {Rule{"a", {}, {{ProvideLocation{GeodeticGrant{500.0, std::nullopt}, geo::CivicLevel::city}, {}}}, {}, {}}},
      false};
  const Read result = read(write_rule_set(rules));
  CHECK(result.list() == Lines{});
  REQUIRE(result.rule().permissions.size() == 2);
  CHECK(result.permission<ProvideLocation>(0).geodetic->radius_m == 500);
  CHECK(result.permission<ProvideLocation>(1).civic == geo::CivicLevel::city);
}

TEST_CASE("a false location stays false") {
  const Read first = read_in_conditions(
      "<gp:location-condition><gp:location profile=\"indoor\" label=\"x\"/><x:place/></gp:location-condition>");
  const Read second = read(write_rule_set(*first.rules));
  CHECK(second.rules == first.rules);
}
