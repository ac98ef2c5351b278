#include "lint/identities.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

#include "base/lexical.h"
#include "policy/identity_faults.h"
#include "uri/escape.h"

namespace presproof::lint {
namespace {

auto position(const SourceSpan& span) { return std::tuple(span.line, span.column); }

bool begins_at(const SourceSpan& span, const SourceSpan& place) { return position(span) == position(place); }

/// A URI with a host, by its parts: `scheme:user@host` and the rest.
struct Written {
  std::string_view scheme;
  std::string_view user;  ///< with the `@`
  std::string_view host;
  std::string_view port;  ///< with the `:`
  std::string_view rest;  ///< parameters, headers, a resource
};

Written take_apart(std::string_view text) {
  Written parts;
  const std::size_t colon = text.find(':');
  parts.scheme = text.substr(0, colon);
  text.remove_prefix(colon + 1);
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    parts.user = text.substr(0, at + 1);
    text.remove_prefix(at + 1);
  }
  const std::size_t literal_end = text.starts_with('[') ? text.find(']') : 0;
  const std::size_t host_end = std::min(text.find_first_of(":;?/#", literal_end), text.size());
  parts.host = text.substr(0, host_end);
  text.remove_prefix(host_end);
  const std::size_t port_end = text.starts_with(':') ? std::min(text.find_first_of(";?/#"), text.size()) : 0;
  parts.port = text.substr(0, port_end);
  parts.rest = text.substr(port_end);
  return parts;
}

/// Spellings are changed only where that changes no comparison.
std::string same_or_as_written(const uri::Uri& uri, std::string spelling) {
  const uri::Uri other = uri::parse(spelling);
  return other.core == uri.core && other.others == uri.others ? spelling : uri.text;
}

}  // namespace

const uri::Uri* Mention::id() const {
  if (except != nullptr) return except->id ? &*except->id : nullptr;
  return one != nullptr ? &one->id : nullptr;
}

const policy::Domain* Mention::domain() const {
  const auto* found = except != nullptr ? &except->domain : many != nullptr ? &many->domain : nullptr;
  return found != nullptr && *found ? &**found : nullptr;
}

const SourceSpan& Mention::span() const {
  if (except != nullptr) return except->span;
  return one != nullptr ? one->span : many->span;
}

std::optional<Mention> mention_at(const Context& context, const SourceSpan& place) {
  std::optional<Mention> found;
  for (std::uint32_t document = 0; document < context.policy.documents.size(); ++document) {
    const auto& rules = context.policy.documents[document].rules;
    if (rules.empty() || rules.front().span.file != place.file) continue;
    const auto next =
        std::ranges::upper_bound(rules, position(place), {}, [](const auto& rule) { return position(rule.span); });
    if (next == rules.begin()) continue;
    const auto rule = static_cast<std::uint32_t>(next - rules.begin() - 1);
    each_mention(rules[rule], policy::RuleRef{document, rule}, [&](const Mention& mention) {
      const auto* domain = mention.domain();
      if (begins_at(mention.span(), place) || (domain != nullptr && begins_at(domain->span, place))) found = mention;
    });
  }
  return found;
}

std::optional<Mention> mention_around(const Fixing& fixing) {
  const std::size_t element = fixing.text().rfind('<', fixing.context.sources.offset_of(fixing.finding.span));
  return mention_at(fixing.context, fixing.context.sources.span_at(fixing.finding.span.file, element, 1));
}

bool belongs_in(const Mention& mention, const uri::Uri& id) {
  return mention.except == nullptr || !mention.many->domain || id.domain == mention.many->domain->ascii;
}

bool covers(const uri::Uri& a, const uri::Uri& b) {
  return a.core == b.core && std::ranges::includes(b.others, a.others);
}

std::string usual_spelling(const uri::Uri& uri) {
  if (uri.scheme == "tel") return same_or_as_written(uri, uri.scheme + uri.text.substr(uri.scheme.size()));
  if (!uri.domain) return uri.text;
  const Written parts = take_apart(uri.text);
  const auto user = uri::normalise_escapes(parts.user);
  return same_or_as_written(uri, fmt::format("{}:{}{}{}{}", uri.scheme, user.value_or(std::string(parts.user)),
                                             to_lower_ascii(parts.host), parts.port, parts.rest));
}

std::string without_separators(const uri::Uri& uri) {
  std::string spelling;
  const std::size_t number_end = std::min(uri.text.find(';'), uri.text.size());
  for (std::size_t i = 0; i < uri.text.size(); ++i)
    if (i >= number_end || std::string_view("-.()").find(uri.text[i]) == std::string_view::npos)
      spelling += uri.text[i];
  return same_or_as_written(uri, spelling);
}

std::optional<ForeignParts> foreign_parts(const uri::Uri& uri) {
  const bool sip = uri.scheme == "sip" || uri.scheme == "sips";
  if (!uri.domain || (!sip && uri.scheme != "pres" && uri.scheme != "im")) return std::nullopt;
  if (uri.text.find_first_of(";?") == std::string::npos) return std::nullopt;
  const Written parts = take_apart(uri.text);
  const std::size_t question = std::min(parts.rest.find('?'), parts.rest.size());
  std::vector<std::string> words;
  std::string kept;
  std::string_view parameters = parts.rest.substr(0, question);
  while (sip && parameters.starts_with(';')) {
    const std::string_view parameter = parameters.substr(0, parameters.find(';', 1));
    parameters.remove_prefix(parameter.size());
    const std::string name = to_lower_ascii(parameter.substr(1, parameter.find('=') - 1));
    constexpr std::array<std::string_view, 3> foreign = {"maddr", "method", "ttl"};
    if (std::ranges::find(foreign, name) == foreign.end())
      kept += parameter;
    else
      words.push_back(fmt::format("the parameter `{}`", name));
  }
  if (question != parts.rest.size()) words.emplace_back("headers");
  if (words.empty()) return std::nullopt;
  std::string listed = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) listed += (i + 1 == words.size() ? " and " : ", ") + words[i];
  const auto head = static_cast<std::size_t>(parts.rest.data() - uri.text.data());
  return ForeignParts{listed, uri.text.substr(0, head) + (sip ? kept : std::string(parts.rest.substr(0, question)))};
}

void set_value(const Fixing& fixing, text::TextChanges& changes, const text::ValueText& range, std::string_view value) {
  std::string written;
  const bool apostrophes = fixing.text()[range.begin - 1] == '\'';
  for (const char c : text::escaped(value)) written += apostrophes && c == '\'' ? "&apos;" : std::string(1, c);
  changes.replace(range.begin, range.end, std::move(written));
}

bool set_attribute(const Fixing& fixing, text::TextChanges& changes, std::string_view name, std::string_view value) {
  const auto range = text::attribute_value(fixing.text(), fixing.element(), name);
  if (range) set_value(fixing, changes, *range, value);
  return range.has_value();
}

bool set_meant_domain(const Fixing& fixing, text::TextChanges& changes) {
  const auto mention = mention_around(fixing);
  if (!mention || mention->domain() == nullptr || mention->domain()->ascii) return false;
  // An exception of a whole domain does nothing within another one.
  if (mention->except != nullptr && mention->many->domain) return false;
  const auto fault = policy::fault_of_domain(mention->domain()->text);
  if (!fault.meant || fault.meant_is_id) return false;
  set_value(fixing, changes, fixing.attribute(fixing.finding.span).value, *fault.meant);
  return true;
}

}  // namespace presproof::lint
