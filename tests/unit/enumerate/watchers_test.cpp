// Watchers enough: one for each way in which rules and groups can see a watcher.

#include "enumerate/watchers.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>

namespace presproof {
namespace {

using enumerate::representative_watchers;

policy::Policy naming(const std::vector<std::string>& uris, const std::vector<std::string>& domains = {}) {
  policy::IdentityCondition identity;
  for (const auto& uri : uris) identity.matchers.emplace_back(policy::One{uri::parse(uri), {}});
  for (const auto& domain : domains) {
    policy::Many many;
    many.domain = policy::Domain{domain, uri::to_ascii_domain(domain), {}};
    identity.matchers.emplace_back(many);
  }
  policy::Rule rule;
  rule.conditions.emplace_back(std::move(identity));
  policy::RuleSet document;
  document.rules.push_back(std::move(rule));
  return {{std::move(document)}};
}

/// For each watcher of one identity: which of the URIs it is equivalent to, as `10`.
std::multiset<std::string> seen_by(const std::vector<std::string>& uris, const std::vector<policy::Watcher>& watchers) {
  std::multiset<std::string> seen;
  for (const auto& watcher : watchers) {
    if (watcher.identities.size() != 1) continue;
    std::string view;
    for (const auto& uri : uris) view += uri::equivalent(uri::parse(uri), watcher.identities.front()) ? '1' : '0';
    seen.insert(view);
  }
  return seen;
}

}  // namespace

TEST_CASE("there are a stranger, one of each domain, everybody who is named, and the unauthenticated") {
  const auto watchers = representative_watchers(naming({"sip:ann@one.example", "tel:+1"}, {"one.example", "two.example"}), {});
  CHECK(watchers.complete);
  REQUIRE(watchers.all.size() == 6);
  std::multiset<std::string> domains;
  for (std::size_t i = 0; i < 3; ++i) domains.insert(watchers.all[i].identities.front().domain.value_or("none"));
  CHECK(domains.count("one.example") == 1);
  CHECK(domains.count("two.example") == 1);
  CHECK_FALSE(watchers.all.back().authenticated());
  CHECK(seen_by({"sip:ann@one.example", "tel:+1"}, watchers.all) == std::multiset<std::string>{"00", "00", "00", "10", "01"});
}

TEST_CASE("a stranger is nobody who is named") {
  const auto policy = naming({"sip:nobody1@one.example", "sip:nobody@nowhere1.example"}, {"one.example", "nowhere2.example"});
  const auto watchers = representative_watchers(policy, {});
  const auto& stranger = watchers.all.front().identities.front();
  CHECK(stranger.domain != "nowhere2.example");
  CHECK_FALSE(uri::equivalent(stranger, uri::parse("sip:nobody@nowhere1.example")));
  CHECK_FALSE(uri::equivalent(watchers.all[1].identities.front(), uri::parse("sip:nobody1@one.example")));
  CHECK(watchers.all[1].identities.front().domain == "one.example");
}

TEST_CASE("there is a spelling for each set of named URIs that one can be equivalent to") {
  // RFC 3261 section 19.1.4: x=1 and x=2 differ, and a URI without x equals both.
  const std::vector<std::string> named = {"sip:cy@two.example;x=1", "sip:cy@two.example;x=2"};
  CHECK(seen_by(named, representative_watchers(naming(named), {}).all) == std::multiset<std::string>{"00", "10", "01", "11"});
  // Each of y=1, x=2 with another y, and so on.
  const std::vector<std::string> more = {"sip:cy@two.example;x=1", "sip:cy@two.example;y=1", "sip:cy@two.example;x=2;y=2"};
  const auto watchers = representative_watchers(naming(more), {});
  CHECK(watchers.complete);
  CHECK(seen_by(more, watchers.all) == std::multiset<std::string>{"000", "100", "010", "001", "110", "101", "011", "111"});
  for (const auto& watcher : watchers.all) {
    for (const auto& identity : watcher.identities) CHECK(uri::parse(identity.text).others == identity.others);
  }
}

TEST_CASE("a spelling keeps the headers behind its parameters") {
  const std::vector<std::string> named = {"sip:cy@two.example;x=1?subject=a", "sip:cy@two.example;x=2?subject=a"};
  const auto watchers = representative_watchers(naming(named), {});
  CHECK(watchers.complete);
  CHECK(seen_by(named, watchers.all).contains("11"));
}

TEST_CASE("a person asserts any two or more of its identities, in any spelling") {
  property::Properties properties;
  properties.persons.push_back({"ann", {uri::parse("sip:ann@one.example;x=1"), uri::parse("tel:+1"), uri::parse("pres:ann@one.example")}, {}});
  const auto alone = representative_watchers({}, properties).all;
  CHECK(std::count_if(alone.begin(), alone.end(), [](const auto& watcher) { return watcher.identities.size() > 1; }) == 4);
  // A rule tells two spellings of the first apart: three spellings are equivalent to the person's, so to speak x=1, none of x.
  const auto told = representative_watchers(naming({"sip:ann@one.example;x=2"}), properties).all;
  CHECK(std::count_if(told.begin(), told.end(), [](const auto& watcher) { return watcher.identities.size() > 1; }) == 7);
}

TEST_CASE("too many parameters or identities are said to be too many") {
  std::vector<std::string> named;
  for (int i = 0; i < 10; ++i) named.push_back("sip:cy@two.example;p" + std::to_string(i) + "=1");
  CHECK_FALSE(representative_watchers(naming(named), {}).complete);
  property::Properties properties;
  property::Person crowd{"crowd", {}, {}};
  for (int i = 0; i < 14; ++i) crowd.identities.push_back(uri::parse("sip:c" + std::to_string(i) + "@one.example"));
  properties.persons.push_back(crowd);
  CHECK_FALSE(representative_watchers({}, properties).complete);
}

}  // namespace presproof
