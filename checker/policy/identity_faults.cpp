#include "policy/identity_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/lexical.h"
#include "policy/meant.h"
#include "policy/reading.h"

namespace presproof::policy {
namespace {

using diag::Code;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A global telephone number as a tel URI, when the text is one, written as people write them.
std::optional<std::string> as_telephone_uri(std::string_view text) {
  if (!text.starts_with('+')) return std::nullopt;
  std::string number;
  std::ranges::copy_if(text, std::back_inserter(number), [](char c) { return c != ' '; });
  constexpr std::size_t kShortest = 5;  // of what is surely no short code
  if (static_cast<std::size_t>(std::ranges::count_if(number, is_digit)) < kShortest) return std::nullopt;
  const uri::Uri uri = uri::parse("tel:" + number);
  return uri::well_formed(uri.text) && number.find(';') == std::string::npos ? std::optional(uri.core) : std::nullopt;
}

/// What would be a SIP URI with its scheme, spelt as usual.
std::optional<std::string> as_sip_uri(std::string_view text) {
  const uri::Uri uri = uri::parse(fmt::format("sip:{}", text));
  if (!uri::well_formed(uri.text)) return std::nullopt;
  return uri.others.empty() ? uri.core : uri.text;
}

IdentityFault without_scheme(std::string_view text, std::optional<std::string> meant) {
  IdentityFault fault{Code::identity_without_scheme, "has no scheme, so it is no URI", {}, std::move(meant)};
  fault.advice = fault.meant ? fmt::format("write {}", quoted(*fault.meant))
                             : fmt::format("write the watcher's whole URI, such as {}",
                                           quoted(fmt::format("sip:{}@example.com", text)));
  return fault;
}

/// A scheme whose URIs have a host, for who writes a URI in the place of a domain.
bool is_known_scheme(std::string_view scheme) {
  constexpr std::array<std::string_view, 8> schemes = {"sip", "sips", "pres", "im", "mailto", "xmpp", "http", "https"};
  return std::ranges::find(schemes, scheme) != schemes.end();
}

/// A domain name, without what may stand around it: `http://example.com:80/` for one.
std::optional<std::string> bare_domain(std::string_view text) {
  while (text.starts_with('/')) text.remove_prefix(1);
  while (text.ends_with('/')) text.remove_suffix(1);
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos && colon + 1 < text.size() &&
      std::all_of(text.begin() + static_cast<std::ptrdiff_t>(colon) + 1, text.end(), is_digit)) {
    text = text.substr(0, colon);
  }
  if (!uri::to_ascii_domain(text)) return std::nullopt;
  return to_lower_ascii(text);
}

std::string advice_for(const std::optional<std::string>& meant) {
  return meant ? fmt::format("write {}", quoted(*meant)) : "write a domain such as `example.com`";
}

IdentityFault pattern(std::string_view text) {
  IdentityFault fault{Code::domain_glob, "is compared as it stands and is no pattern", {}, std::nullopt};
  const std::size_t at = text.find_first_not_of("*?.@");
  const auto rest = at == std::string_view::npos ? std::nullopt : uri::to_ascii_domain(text.substr(at));
  if (text == "*") {
    fault.advice = "for every domain, write `<many>` without a `domain`";
  } else if (rest) {
    fault.advice = fmt::format("name each domain: {}, and each of its subdomains that is meant", quoted(*rest));
  } else {
    fault.advice = "name each domain that is meant";
  }
  return fault;
}

/// `bob@example.com`, with a scheme or without.
IdentityFault with_user(std::string_view text, std::string_view scheme) {
  IdentityFault fault{Code::domain_with_user, "names a single watcher and not a domain", {}, std::nullopt};
  if (text.starts_with('@')) {
    fault.reason = "begins with an `@` and is no domain name";
    fault.meant = bare_domain(text.substr(1));
    fault.advice = advice_for(fault.meant);
    return fault;
  }
  const bool of_watchers = scheme == "sip" || scheme == "sips" || scheme == "pres";
  if (scheme.empty()) fault.meant = as_sip_uri(text);
  if (of_watchers && uri::well_formed(text)) fault.meant = std::string(text);
  fault.meant_is_id = fault.meant.has_value();
  fault.advice = fault.meant ? fmt::format("write {}", quoted(fmt::format("id=\"{}\"", *fault.meant)))
                             : "name the watcher by an `id`";
  return fault;
}

}  // namespace

IdentityFault fault_of_id(const uri::Uri& id) {
  // RFC 4745 section 7.2: an identity MUST first be expressed as a URI.
  if (id.scheme.empty() && !id.text.empty()) {
    if (auto number = as_telephone_uri(id.text)) return without_scheme(id.text, std::move(number));
    auto sip = as_sip_uri(id.text);
    if (sip && id.text.find('@') == std::string::npos) return without_scheme(id.text, std::nullopt);
    if (sip) return without_scheme(id.text, std::move(sip));
  }
  // RFC 3966 section 5.1.5: "Local numbers MUST have a 'phone-context' parameter".
  if (id.scheme == "tel" && uri::well_formed(id.text + ";phone-context=example.com")) {
    return {Code::tel_local_number,
            "is a local number without a `phone-context` and means another telephone everywhere",
            "write the global number, such as `tel:+12125551234`, or add its context, such as `;phone-context=+1212`",
            std::nullopt};
  }
  if (id.scheme.empty()) {
    return {Code::invalid_value, "is no URI", "write a URI such as `sip:bob@example.com`", std::nullopt};
  }
  auto meant = meant_uri(id.text);
  auto advice = meant ? fmt::format("write {}", quoted(*meant)) : "write a URI such as `sip:bob@example.com`";
  return {Code::invalid_uri, "is no URI", std::move(advice), std::move(meant)};
}

IdentityFault fault_of_domain(std::string_view domain) {
  const std::string_view text = trim_xml_space(domain);
  if (text.find_first_of("*?") != std::string_view::npos || (text.starts_with('.') && text.size() > 1)) {
    return pattern(text);
  }
  std::string scheme = uri::parse(text).scheme;
  if (!is_known_scheme(scheme)) scheme.clear();
  if (text.find('@') != std::string_view::npos) return with_user(text, scheme);
  const auto meant = bare_domain(scheme.empty() ? text : text.substr(scheme.size() + 1));
  if (!scheme.empty())
    return {Code::domain_with_scheme, "has a scheme and is no domain name", advice_for(meant), meant};
  if (meant && text.find(':') != std::string_view::npos) {
    return {Code::domain_with_port, "has a port and is no domain name", advice_for(meant), meant};
  }
  return {Code::invalid_value, "is no domain name", "write a domain such as `example.com`", std::nullopt};
}

}  // namespace presproof::policy
