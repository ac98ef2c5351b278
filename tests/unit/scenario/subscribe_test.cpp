#include "scenario/subscribe.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "sip/identity.h"

using namespace presproof;

namespace {

policy::Watcher watcher(const std::vector<std::string>& identities) {
  policy::Watcher known;
  for (const auto& text : identities) known.identities.push_back(uri::parse(text));
  return known;
}

scenario::Subscribe subscribe(const std::vector<std::string>& identities) {
  return scenario::subscribe_of(watcher(identities), engine::rfc(), "sip:alice@example.com", "1-name");
}

std::set<std::string> believed(const scenario::Subscribe& subscribe, const std::string& trust) {
  diag::Sources sources;
  const auto found = sip::identify(sip::read_subscribe(sources, sources.add("subscribe.sip", subscribe.request)),
                                   sip::read_trust(sources, sources.add("trust.toml", trust)));
  std::set<std::string> texts;
  for (const auto& identity : found.identities) texts.insert(identity.text);
  return texts;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a request and its trust file tell exactly the watcher's identities") {
  const std::vector<std::vector<std::string>> watchers = {
      {},
      {"sip:bob@example.com"},
      {"tel:+12125551234"},
      {"sips:bob@example.com", "tel:+12125551234"},
      {"sip:bob@example.com", "sip:bob@work.example", "sips:bob@home.example;transport=tls", "tel:+1"},
      {"pres:bob@example.net"},
      {"sip:bob@example.com", "mailto:Bob%20B@EXAMPLE.net", "tel:+1"},
      {"sip:\xC3\xBC@m\xC3\xBCnchen.example", "xmpp:\xC3\xBC@m\xC3\xBCnchen.example"},
      {"sip:a,b?x=y@example.com", "sip:a;b@example.com"},
  };
  for (const auto& identities : watchers) {
    INFO(identities.size() << " " << (identities.empty() ? "" : identities.front()));
    const auto files = subscribe(identities);
    CHECK(files.tells_watcher);
    CHECK(believed(files, files.trust) == std::set<std::string>(identities.begin(), identities.end()));
    CHECK(believed(files, "").empty());
  }
}

TEST_CASE("what no request can tell is said to be untold, and never told in part as if it were all") {
  CHECK_FALSE(subscribe({"tel:+1", "tel:+2"}).tells_watcher);
  CHECK_FALSE(subscribe({"pres:a@example.com", "im:a@example.com"}).tells_watcher);
  CHECK_FALSE(subscribe({"urn:uuid:00000000-0000-0000-0000-000000000001"}).tells_watcher);
  CHECK_FALSE(subscribe({"sip:anonymous@anonymous.invalid"}).tells_watcher);
  CHECK_FALSE(subscribe({"sip:a>\r\nP-Asserted-Identity: <sip:b@example.com"}).tells_watcher);
  CHECK_FALSE(subscribe({"sip:bob"}).tells_watcher ==
              believed(subscribe({"sip:bob"}), subscribe({"sip:bob"}).trust).empty());
}

TEST_CASE("the request has what RFC 3261, 3856 and 6665 ask of a SUBSCRIBE") {
  const std::string request = subscribe({"sip:bob@example.com", "tel:+1"}).request;
  CHECK(request ==
        "SUBSCRIBE sip:alice@example.com SIP/2.0\r\n"
        "Via: SIP/2.0/TLS proxy.example.com;branch=z9hG4bK-1-name\r\n"
        "Max-Forwards: 70\r\n"
        "From: <sip:bob@example.com>;tag=1-name\r\n"
        "To: <sip:alice@example.com>\r\n"
        "Call-ID: 1-name@proxy.example.com\r\n"
        "CSeq: 1 SUBSCRIBE\r\n"
        "Contact: <sip:watcher@proxy.example.com;transport=tls>\r\n"
        "Event: presence\r\n"
        "Accept: application/pidf+xml\r\n"
        "Expires: 3600\r\n"
        "P-Asserted-Identity: <sip:bob@example.com>, <tel:+1>\r\n"
        "Content-Length: 0\r\n"
        "\r\n");
}

TEST_CASE("the unauthenticated asks for privacy and asserts nothing") {
  const auto files = subscribe({});
  CHECK(has(files.request, "From: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag="));
  CHECK(has(files.request, "\r\nPrivacy: id\r\n"));
  CHECK_FALSE(has(files.request, "P-Asserted-Identity"));
  CHECK_FALSE(has(files.request, "Authorization"));
}
