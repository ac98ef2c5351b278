// Whom each engine takes for the watcher of a SUBSCRIBE.

#include <catch2/catch.hpp>

#include "diag/error.h"
#include "engine/identification.h"

namespace presproof {
namespace {

constexpr std::string_view kTrust = "mechanisms = [\"p-asserted-identity\"]\nasserters = [\"proxy.example.com\"]\n";
const std::string kFrom = "From: <sip:Eve@example.org>;tag=1\r\n";
const std::string kAsserted = "P-Asserted-Identity: <sip:bob@example.com>\r\n";

sip::WatcherIdentity identified(const std::string& engine, const std::string& headers, std::string_view trusted = kTrust, const std::string& parameter = {}) {
  diag::Sources sources;
  engine::Profile profile = *engine::find_profile(engine);
  if (!parameter.empty()) REQUIRE_FALSE(engine::set_parameter(profile, "identity", parameter));
  const auto request = sip::read_subscribe(sources, sources.add("a.sip", "SUBSCRIBE sip:ali@example.com SIP/2.0\r\nVia: SIP/2.0/TLS proxy.example.com;branch=z9hG4bK1\r\n" + headers + "\r\n"));
  return engine::identify(request, sip::read_trust(sources, sources.add("trust.toml", std::string(trusted))), profile);
}

/// The identities, as they are written.
std::string whom(const std::string& engine, const std::string& headers, std::string_view trusted = kTrust, const std::string& parameter = {}) {
  std::string text;
  for (const uri::Uri& identity : identified(engine, headers, trusted, parameter).identities) text += (text.empty() ? "" : " ") + identity.text;
  return text;
}

}  // namespace

TEST_CASE("servers that look at From believe it, and nothing else") {
  for (const char* engine : {"kamailio", "opensips", "opensips-oma", "mobicents"}) {
    CHECK(whom(engine, kFrom) == "sip:Eve@example.org");
    CHECK(whom(engine, kFrom + kAsserted) == "sip:Eve@example.org");
    CHECK(whom(engine, "From: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1\r\n" + kAsserted).empty());
    CHECK_THROWS_AS(identified(engine, kAsserted), diag::InputError);
  }
  CHECK(identified("kamailio", kFrom).explanation == std::vector<std::string>{"`kamailio` believes `From: sip:Eve@example.org`, which anybody may write"});
}

TEST_CASE("by the RFCs From alone is nobody") {
  for (const char* engine : {"rfc", "oma"}) {
    CHECK(whom(engine, kFrom).empty());
    CHECK(whom(engine, kFrom + kAsserted) == "sip:bob@example.com");
    CHECK(whom(engine, kFrom + kAsserted, "").empty());
  }
}

TEST_CASE("where an asserted identity counts, its domain is that of From") {
  CHECK(whom("kamailio", kFrom + kAsserted, kTrust, "asserted") == "sip:bob@example.com sip:Eve@example.org");
  CHECK(whom("kamailio", "From: <sip:bob@example.com>;tag=1\r\n" + kAsserted, kTrust, "asserted") == "sip:bob@example.com");
  CHECK(whom("kamailio", kFrom + kAsserted, "", "asserted") == "sip:Eve@example.org");  // not believed: From
  CHECK(whom("kamailio", kFrom, kTrust, "asserted") == "sip:Eve@example.org");
  const auto refused = identified("kamailio", kFrom + kAsserted, "", "asserted");
  REQUIRE(refused.explanation.size() == 2);
  CHECK(refused.explanation.front() == "`P-Asserted-Identity` is not believed: the trust file does not list `p-asserted-identity`");
}

TEST_CASE("Kaleo believes P-Asserted-Identity of anybody, and From where there is none") {
  CHECK(whom("kaleo", kFrom + kAsserted, "") == "sip:bob@example.com");
  CHECK(whom("kaleo", kFrom, "") == "sip:Eve@example.org");
  CHECK(whom("kaleo", kAsserted, "") == "sip:bob@example.com");
}

}  // namespace presproof
