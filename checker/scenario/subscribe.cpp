#include "scenario/subscribe.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <vector>

#include "diag/error.h"
#include "engine/identification.h"

namespace presproof::scenario {
namespace {

constexpr std::string_view kProxy = "proxy.example.com";
constexpr std::string_view kRealm = "watchers.example.com";
constexpr std::string_view kAnonymous = "sip:anonymous@anonymous.invalid";  // RFC 3323 section 4.1.1.3

/// Which header field tells which identity.
struct Assertions {
  std::vector<std::string> asserted;  ///< at most a sip and a tel
  std::optional<uri::Uri> signed_from;
  std::vector<std::string> digest;  ///< the address of record of user `watcher-1`, `watcher-2`, ...
};

Assertions assertions_of(const policy::Watcher& watcher) {
  Assertions assertions;
  std::set<bool> kinds;  // is it a telephone number
  for (const uri::Uri& identity : watcher.identities) {
    const bool is_sip = identity.scheme == "sip" || identity.scheme == "sips";
    const bool is_tel = identity.scheme == "tel";
    if ((is_sip || is_tel) && kinds.insert(is_tel).second) {
      assertions.asserted.push_back(identity.text);
    } else if (is_sip) {
      assertions.digest.push_back(identity.text);
    } else if (identity.domain && !assertions.signed_from) {
      assertions.signed_from = identity;
    }
  }
  return assertions;
}

std::string from_of(const Assertions& assertions) {
  if (assertions.signed_from) return fmt::format("<{}>", assertions.signed_from->text);
  if (!assertions.asserted.empty()) return fmt::format("<{}>", assertions.asserted.front());
  return fmt::format("\"Anonymous\" <{}>", kAnonymous);
}

/// Nonce, response and signature are placeholders: whether they are right is what the trust file says.
std::string request_of(const Assertions& assertions, std::string_view presentity, std::string_view name) {
  std::string text;
  const auto line = [&](std::string_view header, const std::string& value) {
    text += fmt::format("{}: {}\r\n", header, value);
  };
  text += fmt::format("SUBSCRIBE {} SIP/2.0\r\n", presentity);
  line("Via", fmt::format("SIP/2.0/TLS {};branch=z9hG4bK-{}", kProxy, name));
  line("Max-Forwards", "70");
  line("From", fmt::format("{};tag={}", from_of(assertions), name));
  line("To", fmt::format("<{}>", presentity));
  line("Call-ID", fmt::format("{}@{}", name, kProxy));
  line("CSeq", "1 SUBSCRIBE");
  line("Contact", fmt::format("<sip:watcher@{};transport=tls>", kProxy));
  line("Event", "presence");
  line("Accept", "application/pidf+xml");
  line("Expires", "3600");
  const bool nobody = assertions.asserted.empty() && !assertions.signed_from && assertions.digest.empty();
  if (nobody) line("Privacy", "id");
  if (!assertions.asserted.empty())
    line("P-Asserted-Identity", fmt::format("<{}>", fmt::join(assertions.asserted, ">, <")));
  if (assertions.signed_from) {
    line("Identity", "cGxhY2Vob2xkZXI=;info=<https://certificates.example.com/watcher.pem>;alg=ES256");
  }
  for (std::size_t i = 0; i < assertions.digest.size(); ++i) {
    line("Authorization",
         fmt::format("Digest username=\"watcher-{}\", realm=\"{}\", nonce=\"0\", uri=\"{}\", response=\"{:032}\"",
                     i + 1, kRealm, presentity, 0));
  }
  line("Content-Length", "0");
  return text + "\r\n";
}

/// A basic string of TOML.
std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string trust_of(const Assertions& assertions) {
  std::vector<std::string> mechanisms;
  if (!assertions.asserted.empty()) mechanisms.emplace_back("\"p-asserted-identity\"");
  if (assertions.signed_from) mechanisms.emplace_back("\"identity\"");
  if (!assertions.digest.empty()) mechanisms.emplace_back("\"digest\"");
  std::string text = "# Whom the presence server believes in subscribe.sip.\n";
  text += fmt::format("mechanisms = [{}]\n", fmt::join(mechanisms, ", "));
  if (!assertions.asserted.empty()) text += fmt::format("asserters = [{}]\n", toml_string(kProxy));
  if (assertions.signed_from)
    text += fmt::format("identity_domains = [{}]\n", toml_string(*assertions.signed_from->domain));
  if (!assertions.digest.empty()) text += fmt::format("\n[digest.{}]\n", toml_string(kRealm));
  for (std::size_t i = 0; i < assertions.digest.size(); ++i) {
    text += fmt::format("watcher-{} = {}\n", i + 1, toml_string(assertions.digest[i]));
  }
  return text;
}

bool is_told(const policy::Watcher& watcher, const engine::Profile& profile, const Subscribe& subscribe) {
  diag::Sources sources;
  try {
    const auto trust = sip::read_trust(sources, sources.add("trust.toml", subscribe.trust));
    const auto found =
        engine::identify(sip::read_subscribe(sources, sources.add("subscribe.sip", subscribe.request)), trust, profile);
    return std::set(found.identities.begin(), found.identities.end()) ==
           std::set(watcher.identities.begin(), watcher.identities.end());
  } catch (const diag::InputError&) {
    return false;  // such as an identity that no header field can hold
  }
}

}  // namespace

Subscribe subscribe_of(const policy::Watcher& watcher, const engine::Profile& profile, std::string_view presentity, std::string_view name) {
  const Assertions assertions = assertions_of(watcher);
  Subscribe subscribe{request_of(assertions, presentity, name), trust_of(assertions), false};
  subscribe.tells_watcher = is_told(watcher, profile, subscribe);
  return subscribe;
}

}  // namespace presproof::scenario
