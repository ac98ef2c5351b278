#include "sip/request.h"

#include <catch2/catch.hpp>
#include <string>

#include "sip/message.h"
#include "unit/sip/refusal.h"

using namespace presproof;
using namespace presproof::sip;

namespace {

Subscribe read(const std::string& text) {
  diag::Sources sources;
  return read_subscribe(sources, sources.add("request.sip", text));
}

std::string refusal(const std::string& text) {
  const auto problems = problems_of([&] { (void)read(text); });
  REQUIRE(problems.size() == 1);
  CHECK_FALSE(problems.front().hint.empty());
  return shown(problems.front());
}

const std::string kLine = "SUBSCRIBE sip:alice@example.com SIP/2.0\r\n";

}  // namespace

TEST_CASE("a SUBSCRIBE request is read", "[sip]") {
  const Subscribe request = read(
      "SUBSCRIBE sip:alice@example.com SIP/2.0\r\n"
      "Via: SIP/2.0/TLS proxy.example.com;branch=z9hG4bK1,\r\n"
      " SIP/2.0/UDP 192.0.2.7\r\n"
      "Via: SIP/2.0/TCP phone.example.net\r\n"
      "From: \"Bob\" <sip:bob@example.net>;tag=1\r\n"
      "To: <sip:alice@example.com>\r\n"
      "P-Asserted-Identity: \"Bob, really\" <sip:bob@example.net>, <tel:+12125551234>\r\n"
      "Privacy: id\r\n"
      "Event: presence;id=5\r\n"
      "Content-Length: 0\r\n"
      "\r\n"
      "P-Asserted-Identity: <sip:in-the-body@example.com>\r\n");
  CHECK(request.method == "SUBSCRIBE");
  CHECK(request.request_uri.text == "sip:alice@example.com");
  CHECK(request.event == "presence");
  CHECK(request.top_via->host == "proxy.example.com");
  CHECK(request.from->text == "sip:bob@example.net");
  CHECK(request.from_span.line == 5);
  REQUIRE(request.asserted.size() == 2);
  CHECK(request.asserted[0].uri.text == "sip:bob@example.net");
  CHECK(request.asserted[1].uri.text == "tel:+12125551234");
  CHECK(request.asserted[1].span.line == 7);
  CHECK(request.asks_for_privacy);
}

TEST_CASE("compact forms, other cases, folds and bare line feeds are read", "[sip]") {
  const Subscribe request = read(
      "\n\nSUBSCRIBE sip:alice@example.com sip/2.0\n"
      "v:SIP/2.0/UDP\n"
      "\t proxy.example.com\n"
      "F : <sip:bob@example.net>\n"
      "o: presence\n"
      "p-asserted-IDENTITY:sip:bob@example.net\n"
      "Y: abc;info=<https://example.net/cert>\n"
      "Privacy: none");
  CHECK(request.top_via->host == "proxy.example.com");
  CHECK(request.from->text == "sip:bob@example.net");
  CHECK(request.event == "presence");
  CHECK(request.asserted.size() == 1);
  REQUIRE(request.signatures.size() == 1);
  CHECK(request.signatures.front().has_certificate);
  CHECK_FALSE(request.asks_for_privacy);
}

TEST_CASE("the certificate of RFC 4474 stands in Identity-Info", "[sip]") {
  CHECK_FALSE(read(kLine + "Identity: \"abc=\"\r\n").signatures.front().has_certificate);
  CHECK(read(kLine + "Identity: \"abc=\"\r\nIdentity-Info: <https://example.net/c>;alg=rsa-sha1\r\n")
            .signatures.front()
            .has_certificate);
  CHECK(read(kLine + "n: <https://example.net/c>\r\ny: \"abc=\"\r\n").signatures.front().has_certificate);
}

TEST_CASE("a request line alone is a request", "[sip]") {
  const Subscribe request = read("SUBSCRIBE sip:alice@example.com SIP/2.0");
  CHECK(request.event.empty());
  CHECK_FALSE(request.from);
  CHECK_FALSE(request.top_via);
}

TEST_CASE("what is no SUBSCRIBE is refused where it says so", "[sip]") {
  CHECK(refusal("") == "1:1 the SIP request is empty");
  CHECK(refusal("\r\n\r\n") == "1:1 the SIP request is empty");
  CHECK(refusal("\nSIP/2.0 200 OK\n") == "2:1 this is a SIP response, not a request");
  CHECK(refusal("NOTIFY sip:alice@example.com SIP/2.0\n") == "1:1 the request is `NOTIFY`, not `SUBSCRIBE`");
  CHECK(refusal("subscribe sip:alice@example.com SIP/2.0\n") == "1:1 the request is `subscribe`, not `SUBSCRIBE`");
  CHECK(refusal("SUBSCRIBE sip:alice@example.com\n") == "1:1 not the request line of a SIP request");
  CHECK(refusal("<presence/>") == "1:1 not the request line of a SIP request");
  CHECK(refusal("SUBSCRIBE sip:alice@example.com SIP/3.0\n") == "1:33 the SIP version is not `SIP/2.0`");
  CHECK(refusal("SUBSCRIBE <sip:alice@example.com> SIP/2.0\n") == "1:11 the Request-URI has spaces or angle brackets");
  CHECK(refusal("SUBSCRIBE  sip:alice@example.com SIP/2.0\n") == "1:11 the Request-URI has spaces or angle brackets");
  CHECK(refusal("SUBSCRIBE alice SIP/2.0\n") == "1:11 the Request-URI is not a well-formed URI");
}

TEST_CASE("malformed header fields are refused where they stand", "[sip]") {
  CHECK(refusal(kLine + "no colon\r\n") == "2:1 not a SIP header field");
  CHECK(refusal(kLine + "two words: x\r\n") == "2:1 not a SIP header field");
  CHECK(refusal(kLine + ": x\r\n") == "2:1 not a SIP header field");
  CHECK(refusal(kLine + " folded\r\n") == "2:1 a folded line before the first header field");
  CHECK(refusal(kLine + "From: a\x01\r\n") == "2:8 a control character in a SIP header field");
  CHECK(refusal(kLine + "To: a\rb\r\n") == "2:6 a control character in a SIP header field");
  CHECK(refusal(kLine + "From: \"Bob <sip:bob@example.com>\r\n") == "2:1 the value of `From` is malformed");
  CHECK(refusal(kLine + "Max-Forwards: 70\r\nVia: nonsense\r\n") == "3:1 the value of `Via` is malformed");
  CHECK(refusal(kLine + "Event: \r\n") == "2:1 the value of `Event` is malformed");
  CHECK(refusal(kLine + "P-Asserted-Identity: <sip:a@b.example>,\r\n") ==
        "2:1 the value of `P-Asserted-Identity` is malformed");
  CHECK(refusal(kLine + "Authorization: Digest\r\n") == "2:1 the value of `Authorization` is malformed");
  CHECK(refusal(kLine + "Identity: a;info=<x\r\n") == "2:1 the value of `Identity` is malformed");
}

TEST_CASE("a header field that may stand once and stands twice is refused", "[sip]") {
  CHECK(refusal(kLine + "From: <sip:a@b.example>\r\nf: <sip:c@d.example>\r\n") ==
        "3:1 the header field `from` appears twice");
  CHECK_NOTHROW(read(kLine + "P-Asserted-Identity: <sip:a@b.example>\r\nP-Asserted-Identity: <tel:+1>\r\n"));
}

TEST_CASE("a request has at most 1 MiB", "[sip]") {
  const std::string start = kLine + "\r\n";
  CHECK_NOTHROW(read(start + std::string(kMaxRequestBytes - start.size(), 'x')));
  CHECK(refusal(start + std::string(kMaxRequestBytes - start.size() + 1, 'x')) ==
        "1:1 the SIP request is larger than 1 MiB");
}
