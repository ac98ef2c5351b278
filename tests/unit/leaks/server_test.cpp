// What watchers can tell by the answers of a server that departs from the RFCs.

#include "engine/view.h"
#include "finding.h"

namespace presproof {
namespace {

using leaks::Channel;
using leaks::Kind;
using namespace test;

std::vector<leaks::Leak> leaks_on_kamailio(const std::string& rules) {
  static const engine::Profile kamailio = [] {
    engine::Profile profile = *engine::find_profile("kamailio");
    REQUIRE(!engine::set_parameter(profile, "sphere-check", "yes"));
    REQUIRE(!engine::set_parameter(profile, "publ-cache", "0"));
    return profile;
  }();
  diag::Sources sources;
  diag::Sink sink;
  const auto document = xml::Document::read(sources, sources.add("rules.xml", document_of(rules)), {}, sink);
  REQUIRE(document.has_value());
  policy::Policy policy;
  policy.documents.push_back(engine::as_read_by(kamailio, *document, policy::read_rule_set(*document, sources, sink).value()));
  leaks::Options options;
  options.verify = quick();
  options.verify.profile = &kamailio;
  auto found = leaks::find(policy, options);
  REQUIRE(found.undecided.empty());
  return std::move(found.leaks);
}

std::vector<leaks::Leak> of(Kind kind, std::vector<leaks::Leak> found) {
  std::erase_if(found, [&](const auto& leak) { return leak.kind != kind; });
  return found;
}

const std::string kBob = one("sip:bob@example.com");
const std::string kHidesAll = "<pr:provide-services/><pr:provide-persons/>";

}  // namespace

TEST_CASE("the blocked are told by a NOTIFY where every answer is 200") {
  const auto found = of(Kind::blocked_visible, leaks_on_kamailio(rule("mallory", one("sip:mallory@example.net"), kBlock)));
  REQUIRE(found.size() == 1);
  CHECK(found.front().channel == Channel::subscription_state);
  CHECK(found.front().message.find("it sees 200 OK and a NOTIFY that ends the subscription as rejected") != std::string::npos);
  CHECK(of(Kind::blocked_visible, leaks_on_kamailio(rule("bob", kBob, kAllow))).empty());
}

TEST_CASE("existence shows where an answer is not what everybody without rules gives") {
  CHECK(of(Kind::existence, leaks_on_kamailio(rule("bob", kBob, kAllow))).empty());
  const auto found = of(Kind::existence, leaks_on_kamailio(rule("all", many(), kPolite)));
  REQUIRE(found.size() == 1);
  CHECK(found.front().channel == Channel::subscription_state);
}

TEST_CASE("the politely blocked are sent no document") {
  const auto found = of(Kind::polite_block_fingerprint, leaks_on_kamailio(rule("bob", kBob, kAllow) + rule("all", many(), kPolite)));
  REQUIRE(!found.empty());
  CHECK(found.front().message.find("polite-block is sent no document") != std::string::npos);
}

TEST_CASE("a sphere shows by what is taken away in it, and not where the same is") {
  const std::string home = rule("home", kBob + sphere("home"), kAllow, kHidesAll);
  const auto found = of(Kind::state_inference, leaks_on_kamailio(home + rule("else", kBob, kAllow)));
  REQUIRE(found.size() == 1);
  CHECK(found.front().secret == "sphere");
  CHECK(found.front().channel == Channel::content);
  CHECK(of(Kind::state_inference, leaks_on_kamailio(home + rule("else", kBob, kAllow, kHidesAll))).empty());
  // A `true` takes nothing away.
  CHECK(of(Kind::state_inference, leaks_on_kamailio(home + rule("else", kBob, kAllow, kHidesAll + "<pr:provide-mood>true</pr:provide-mood>"))).empty());
  CHECK(of(Kind::state_inference, leaks_on_kamailio(home)).front().channel == Channel::subscription_state);
}

TEST_CASE("a place shows nothing to whom a location condition is not read") {
  const std::string rules = rule("bob", kBob + R"(<gp:location-condition><gp:location profile="civic-condition"><ca:country>DE</ca:country></gp:location></gp:location-condition>)", kAllow);
  CHECK(of(Kind::region_inference, leaks_on_kamailio(rules)).empty());
}

}  // namespace presproof
