#include "policy/identity_reader.h"

#include <fmt/format.h>

#include "policy/elements.h"

namespace presproof::policy {
namespace {

using diag::Code;

/// The URI of an `id`. One that cannot be taken apart is reported and kept: it still equals itself, octet by octet.
uri::Uri read_id(Reading& reading, const xml::Element& element, const xml::Attribute& id) {
  uri::Uri uri = uri::parse(id.value);
  // What has a domain was taken apart already.
  if (!uri.domain && !uri::well_formed(id.value)) {
    // RFC 4745 section 7.2: an identity MUST first be expressed as a URI.
    const std::string_view text = trim_xml_space(id.value);
    const bool address = text.find(':') == std::string_view::npos && text.find('@') != std::string_view::npos;
    reading.report(Code::invalid_value, id.span,
                   fmt::format("the `id` {} of {} is no URI: no watcher has such an identity", quoted(id.value),
                               quoted_tag(element)),
                   address ? fmt::format("write {}", quoted(fmt::format("sip:{}", text)))
                           : "write a URI such as `sip:bob@example.com`");
  }
  return uri;
}

Domain read_domain(Reading& reading, const xml::Element& element, const xml::Attribute& attribute) {
  Domain domain{std::string(attribute.value), uri::to_ascii_domain(attribute.value), attribute.span};
  if (!domain.ascii) {
    // RFC 4745 section 7.1.3: if the conversion fails, the domains are not equal.
    reading.report(Code::invalid_value, attribute.span,
                   fmt::format("the `domain` {} of {} is no domain name: no watcher is in it", quoted(attribute.value),
                               quoted_tag(element)),
                   "write a domain such as `example.com`");
  }
  return domain;
}

IdentityMatcher unknown(const xml::Element& element) {
  return UnknownIdentity{std::string(element.name().ns), std::string(element.name().local), element.span()};
}

IdentityMatcher read_one(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {"id"});
  bool extended = false;
  for_each_child(reading, element, [&](const xml::Element& child) {
    // RFC 4745 section 13 leaves room for an extension, which can only narrow whom the element means.
    extended = true;
    report_unknown(reading, child, Place::one);
  });
  const xml::Attribute* id = required_attribute(reading, element, "id", "it matches nobody");
  if (id == nullptr || extended) return unknown(element);
  return One{read_id(reading, element, *id), element.span()};
}

Except read_except(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {"id", "domain"});
  expect_empty(reading, element);
  Except except{std::nullopt, std::nullopt, element.span()};
  const xml::Attribute* id = element.attribute("id");
  const xml::Attribute* domain = element.attribute("domain");
  if (id != nullptr) except.id = read_id(reading, element, *id);
  if (domain != nullptr) except.domain = read_domain(reading, element, *domain);
  if (id != nullptr && domain != nullptr) {
    // RFC 4745 section 7.2: "The single-user entity MUST NOT contain a 'domain' attribute."
    reading.report(Code::unexpected_content, domain->span,
                   fmt::format("{} has both `id` and `domain`: it excludes by either", quoted_tag(element)),
                   "write two `<except>` elements");
  } else if (id == nullptr && domain == nullptr) {
    reading.report(Code::except_names_nobody, element.span(),
                   fmt::format("{} has neither `id` nor `domain`: it excludes nobody", quoted_tag(element)),
                   "add `id=\"...\"` or `domain=\"...\"`, or remove the element");
  }
  return except;
}

IdentityMatcher read_many(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {"domain"});
  Many many;
  many.span = element.span();
  if (const xml::Attribute* domain = element.attribute("domain")) many.domain = read_domain(reading, element, *domain);
  for_each_child(reading, element, [&](const xml::Element& child) {
    if (tag_of(child.name()) == Tag::except) {
      many.excepts.push_back(read_except(reading, child));
    } else {
      many.never = true;
      report_unknown(reading, child, Place::many);
    }
  });
  return many;
}

using MatcherReader = IdentityMatcher (*)(Reading&, const xml::Element&);
constexpr auto kMatchers = by_tag<MatcherReader>({{Tag::one, read_one}, {Tag::many, read_many}});

}  // namespace

Condition read_identity(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  IdentityCondition identity{{}, element.span()};
  for_each_child(reading, element, [&](const xml::Element& child) {
    if (const MatcherReader read = reader_of(kMatchers, tag_of(child.name()))) {
      identity.matchers.push_back(read(reading, child));
    } else {
      report_unknown(reading, child, Place::identity);
      identity.matchers.push_back(unknown(child));
    }
  });
  if (identity.matchers.empty()) {
    reading.report(Code::empty_identity, element.span(),
                   fmt::format("{} lists nobody: servers differ on whom it matches", quoted_tag(element)),
                   "list whom the rule is for, or remove the element when it is for everybody");
  }
  return identity;
}

}  // namespace presproof::policy
