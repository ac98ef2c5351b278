#include "sip/request.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "base/lexical.h"
#include "diag/error.h"
#include "diag/printable.h"
#include "sip/message.h"

namespace presproof::sip {
namespace {

[[noreturn]] void fail_at(const Header& header, std::string_view shown_name, std::string_view form) {
  throw diag::InputError({header.span, fmt::format("the value of `{}` is malformed", shown_name),
                          fmt::format("it has the form `{}`", form)});
}

/// Header fields that would contradict themselves when given twice.
void refuse_repetitions(const Message& message) {
  constexpr std::array<std::string_view, 6> single = {"from", "to", "call-id", "cseq", "event", "identity-info"};
  std::set<std::string_view> seen;
  for (const Header& header : message.headers) {
    const bool is_single = std::find(single.begin(), single.end(), header.name) != single.end();
    if (is_single && !seen.insert(header.name).second) {
      throw diag::InputError({header.span, fmt::format("the header field `{}` appears twice", header.name),
                              "RFC 3261 section 7.3.1 allows it once; nobody can say which one counts"});
    }
  }
}

void read_asserted(Subscribe& request, const Header& header) {
  constexpr std::string_view form = "\"Bob\" <sip:bob@example.com>, <tel:+12125551234>";
  const auto values = split_outside_quotes(header.value, ',');
  if (!values) fail_at(header, "P-Asserted-Identity", form);
  for (const std::string_view value : *values) {
    const std::optional<std::string> address = read_address(value);
    if (!address) fail_at(header, "P-Asserted-Identity", form);
    request.asserted.push_back({uri::parse(*address), header.span});
  }
}

void read_top_via(Subscribe& request, const Header& header) {
  constexpr std::string_view form = "SIP/2.0/TLS proxy.example.com;branch=z9hG4bK1";
  const auto values = split_outside_quotes(header.value, ',');
  if (!values) fail_at(header, "Via", form);
  if (request.top_via) return;
  request.top_via = read_via(values->front());
  if (!request.top_via) fail_at(header, "Via", form);
}

void read_event(Subscribe& request, const Header& header) {
  const auto event = read_parametrised(header.value);
  if (!event || !is_token(event->value)) fail_at(header, "Event", "presence");
  request.event = event->value;
}

void read_from(Subscribe& request, const Header& header) {
  const auto address = read_address(header.value);
  if (!address) fail_at(header, "From", "\"Bob\" <sip:bob@example.com>;tag=1");
  request.from = uri::parse(*address);
  request.from_span = header.span;
}

void read_authorization(Subscribe& request, const Header& header) {
  const auto credentials = read_credentials(header.value);
  if (!credentials) fail_at(header, "Authorization", "Digest username=\"ali\", realm=\"example.com\", ...");
  request.authorizations.push_back({*credentials, header.span});
}

void read_identity(Subscribe& request, const Header& header) {
  const auto identity = read_parametrised(header.value);
  if (!identity) fail_at(header, "Identity", "eyJhbGciOiJ...;info=<https://example.com/cert.pem>");
  request.signatures.push_back({identity->parameters.contains("info"), header.span});
}

struct HeaderReader {
  std::string_view name;
  void (*read)(Subscribe& request, const Header& header);
};
constexpr std::array<HeaderReader, 6> kHeaderReaders = {{{"authorization", read_authorization},
                                                         {"event", read_event},
                                                         {"from", read_from},
                                                         {"identity", read_identity},
                                                         {"p-asserted-identity", read_asserted},
                                                         {"via", read_top_via}}};

}  // namespace

Subscribe read_subscribe(const diag::Sources& sources, std::uint32_t file) {
  const Message message = read_message(sources, file);
  if (message.method != "SUBSCRIBE") {
    throw diag::InputError({message.method_span,
                            fmt::format("the request is `{}`, not `SUBSCRIBE`", diag::printable(message.method)),
                            "a watcher asks for presence by SUBSCRIBE (RFC 3856)"});
  }
  refuse_repetitions(message);
  Subscribe request;
  request.method = message.method;
  request.request_uri = uri::parse(message.request_uri);
  if (!uri::well_formed(message.request_uri)) {
    throw diag::InputError({message.request_uri_span, "the Request-URI is not a well-formed URI",
                            "it names the presentity, as in `sip:alice@example.com`"});
  }
  bool has_identity_info = false;
  for (const Header& header : message.headers) {
    const auto* reader = std::find_if(kHeaderReaders.begin(), kHeaderReaders.end(),
                                      [&](const HeaderReader& row) { return row.name == header.name; });
    if (reader != kHeaderReaders.end()) reader->read(request, header);
    has_identity_info = has_identity_info || header.name == "identity-info";
    if (header.name == "privacy" && !equal_ignoring_case(header.value, "none")) request.asks_for_privacy = true;
  }
  for (SignedIdentity& signature : request.signatures) signature.has_certificate |= has_identity_info;
  return request;
}

}  // namespace presproof::sip
