#include "sip/identity.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace presproof;
using namespace presproof::sip;

namespace {

const std::string kTrust = R"(
mechanisms = ["p-asserted-identity", "identity", "digest"]
asserters = ["proxy.example.com", "192.0.2.1", "[2001:db8::1]"]
identity_domains = ["example.net"]
[digest."example.com"]
ali = "sip:alice@example.com"
)";

WatcherIdentity identify_in(const std::string& headers, const std::string& trust = kTrust) {
  diag::Sources sources;
  const Subscribe request =
      read_subscribe(sources, sources.add("request.sip", "SUBSCRIBE sip:p@example.com SIP/2.0\n" + headers));
  return identify(request, read_trust(sources, sources.add("trust.toml", trust)));
}

using Texts = std::vector<std::string>;

Texts identities(const std::string& headers, const std::string& trust = kTrust) {
  Texts texts;
  for (const uri::Uri& uri : identify_in(headers, trust).identities) texts.push_back(uri.text);
  return texts;
}

/// The first line of the explanation.
std::string reason(const std::string& headers, const std::string& trust = kTrust) {
  const WatcherIdentity found = identify_in(headers, trust);
  REQUIRE_FALSE(found.explanation.empty());
  return found.explanation.front();
}

const std::string kVia = "Via: SIP/2.0/TLS proxy.example.com\n";
const std::string kDigest =
    "Authorization: Digest username=\"ali\", realm=\"example.com\", nonce=\"1\", uri=\"sip:p@example.com\", "
    "response=\"2\"\n";

}  // namespace

TEST_CASE("From alone is never believed", "[sip]") {
  const WatcherIdentity found = identify_in("From: <sip:bob@example.net>;tag=1\nEvent: presence\n");
  CHECK_FALSE(found.authenticated());
  CHECK(found.method == "SUBSCRIBE");
  CHECK(found.request_uri.text == "sip:p@example.com");
  CHECK(found.event == "presence");
  CHECK(found.explanation == Texts{"`From: sip:bob@example.net` alone is never believed",
                                   "no believed identity: the watcher is unauthenticated (RFC 5025 section 3.1.1.1)"});
}

TEST_CASE("without a trust description nobody is believed", "[sip]") {
  diag::Sources sources;
  const Subscribe request = read_subscribe(
      sources,
      sources.add("request.sip", "SUBSCRIBE sip:p@example.com SIP/2.0\n" + kVia + kDigest +
                                     "P-Asserted-Identity: <sip:bob@example.net>\n"
                                     "From: <sip:bob@example.net>\nIdentity: x;info=<https://example.net/c>\n"));
  const WatcherIdentity found = identify(request);
  CHECK_FALSE(found.authenticated());
  CHECK(found.explanation.size() == 5);
}

TEST_CASE("an asserter's P-Asserted-Identity gives its sip and its tel URI", "[sip]") {
  // RFC 3325 section 10.1.
  CHECK(identities(kVia + "P-Asserted-Identity: \"Cullen Jennings\" <sip:fluffy@cisco.example>\n"
                          "P-Asserted-Identity: tel:+14085264000\n") ==
        Texts{"sip:fluffy@cisco.example", "tel:+14085264000"});
  CHECK(identities(kVia + "P-Asserted-Identity: <tel:+14085264000>, <sips:fluffy@cisco.example>\n") ==
        Texts{"tel:+14085264000", "sips:fluffy@cisco.example"});
}

TEST_CASE("P-Asserted-Identity counts only from an asserter at the topmost Via", "[sip]") {
  const std::string asserted = "P-Asserted-Identity: <sip:bob@example.net>\n";
  CHECK(identities(asserted).empty());
  CHECK(identities("Via: SIP/2.0/TLS evil.example\n" + kVia + asserted).empty());
  CHECK(identities("Via: SIP/2.0/TLS evil.example, SIP/2.0/TLS proxy.example.com\n" + asserted).empty());
  CHECK(identities("Via: SIP/2.0/TLS sub.proxy.example.com\n" + asserted).empty());
  CHECK(identities("Via: SIP/2.0/TLS PROXY.example.com:5061, SIP/2.0/TLS evil.example\n" + asserted).size() == 1);
  CHECK(identities(kVia + asserted, "asserters = [\"proxy.example.com\"]\nmechanisms = [\"digest\"]\n").empty());
  CHECK(identities(kVia + asserted, "mechanisms = [\"p-asserted-identity\"]\n").empty());
  CHECK(reason("Via: SIP/2.0/TLS evil.example\n" + asserted) ==
        "`P-Asserted-Identity` is not believed: `evil.example` of the topmost `Via` is not among the asserters");
}

TEST_CASE("an asserter's address must be the one that the request came from", "[sip]") {
  const std::string asserted = "P-Asserted-Identity: <sip:bob@example.net>\n";
  CHECK(identities("Via: SIP/2.0/TLS 192.0.2.1\n" + asserted).size() == 1);
  CHECK(identities("Via: SIP/2.0/TLS 192.0.2.1;received=192.0.2.1\n" + asserted).size() == 1);
  CHECK(identities("Via: SIP/2.0/TLS 192.0.2.1;received=192.0.2.99\n" + asserted).empty());
  CHECK(identities("Via: SIP/2.0/TLS [2001:db8::1];received=2001:DB8:0::1\n" + asserted).size() == 1);
  CHECK(identities("Via: SIP/2.0/TLS [2001:db8::1];received=[2001:db8::2]\n" + asserted).empty());
  CHECK(identities("Via: SIP/2.0/TLS proxy.example.com;received=192.0.2.50\n" + asserted).size() == 1);
}

TEST_CASE("of P-Asserted-Identity one URI of each kind counts", "[sip]") {
  CHECK(identities(kVia + "P-Asserted-Identity: <sip:a@b.example>, <sips:c@d.example>, <tel:+1>, <tel:+2>\n") ==
        Texts{"sip:a@b.example", "tel:+1"});
  CHECK(identities(kVia + "P-Asserted-Identity: <mailto:a@b.example>, <sip:c@d.example>\n") ==
        Texts{"sip:c@d.example"});
  CHECK(identities(kVia + "P-Asserted-Identity: <sip:@b.example>\n").empty());
}

TEST_CASE("an anonymous URI is no identity", "[sip]") {
  CHECK(identities(kVia + "P-Asserted-Identity: <sip:anonymous@anonymous.invalid>\n").empty());
  CHECK(identities("From: \"Anonymous\" <sip:anonymous@anonymous.invalid>\nIdentity: x;info=<https://example.net/c>\n",
                   "mechanisms = [\"identity\"]\nidentity_domains = [\"anonymous.invalid\"]\n")
            .empty());
  CHECK(identities("From: <sip:Anonymous@example.net>\nIdentity: x;info=<https://example.net/c>\n").empty());
}

TEST_CASE("a Privacy header field does not matter when an identity is asserted", "[sip]") {
  const WatcherIdentity found = identify_in(kVia +
                                            "From: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1\n"
                                            "P-Asserted-Identity: <sip:bob@example.net>\nPrivacy: id\n");
  REQUIRE(found.identities.size() == 1);
  CHECK(found.identities.front().text == "sip:bob@example.net");
  CHECK(found.explanation.back() ==
        "`Privacy` does not matter when an identity is asserted (RFC 5025 section 3.1.1.2)");
}

TEST_CASE("an Identity signature makes From the identity", "[sip]") {
  const std::string signature = "Identity: eyJ.x;info=<https://cert.example.org/c.pem>;alg=ES256\n";
  const std::string from = "From: <sip:bob@Example.net>;tag=1\n";
  CHECK(identities(from + signature) == Texts{"sip:bob@Example.net"});
  CHECK(identities(from + signature, "mechanisms = [\"identity\"]\n").empty());
  CHECK(identities(from + signature, "identity_domains = [\"example.net\"]\n").empty());
  CHECK(identities("From: <sip:bob@sub.example.net>\n" + signature).empty());
  CHECK(identities("From: <tel:+12125551234>\n" + signature).empty());
  CHECK(identities(signature).empty());
  CHECK(identities(from + "Identity: eyJ.x\n").empty());
  CHECK(identities(from).empty());
}

TEST_CASE("digest credentials give the address of record bound to them", "[sip]") {
  CHECK(identities(kDigest) == Texts{"sip:alice@example.com"});  // RFC 5025 section 3.1.1.2's user record
  CHECK(reason(kDigest) ==
        "`Authorization`, taken as verified, gives `sip:alice@example.com` for user `ali` of realm `example.com`");
  CHECK(identities(kDigest, "[digest.\"example.com\"]\nali = \"sip:alice@example.com\"\n").empty());
  CHECK(identities("Authorization: Digest username=\"ali\", realm=\"example.net\", response=\"2\"\n").empty());
  CHECK(identities("Authorization: Digest username=\"Ali\", realm=\"example.com\", response=\"2\"\n").empty());
  CHECK(identities("Authorization: Digest username=\"ali\", realm=\"example.com\"\n").empty());
  CHECK(identities("Authorization: Basic username=\"ali\", realm=\"example.com\", response=\"2\"\n").empty());
  CHECK(identities("Proxy-Authorization: Digest username=\"ali\", realm=\"example.com\", response=\"2\"\n").empty());
}

TEST_CASE("the digest user anonymous is unauthenticated", "[sip]") {
  const std::string anonymous = "Authorization: Digest username=\"anonymous\", realm=\"example.com\", response=\"2\"\n";
  CHECK(identities(anonymous).empty());
  CHECK(reason(anonymous) == "`Authorization` of user `anonymous` gives no identity (RFC 5025 section 3.1.1.2)");
}

TEST_CASE("several mechanisms give several identities, each once", "[sip]") {
  CHECK(identities(kVia + kDigest +
                   "P-Asserted-Identity: <sip:bob@example.net>\nFrom: <sip:bob@example.net>\n"
                   "Identity: x;info=<https://example.net/c>\n") ==
        Texts{"sip:bob@example.net", "sip:alice@example.com"});
}

TEST_CASE("control characters of a request do not reach the explanation", "[sip]") {
  const std::string text = reason(
      "From: <sip:bob@example.net>\nAuthorization: Digest username=\"\xC2\x9B"
      "x\", "
      "realm=\"example.com\", response=\"2\"\n");
  CHECK(text.find('\x9B') == std::string::npos);
  CHECK(text.find("9B}x") != std::string::npos);
}
