#include "policy/identity_reader.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "policy/elements.h"
#include "policy/identity_faults.h"

namespace presproof::policy {
namespace {

using diag::Code;

/// What it means that nobody has such an id or domain.
std::string_view consequence(const xml::Element& element) {
  return tag_of(element.name()) == Tag::except ? "it leaves nobody out" : "nobody matches it";
}

void report_fault(Reading& reading, const xml::Element& element, const xml::Attribute& attribute, IdentityFault fault) {
  reading.report(fault.code, attribute.span,
                 fmt::format("the `{}` {} of {} {}: {}", attribute.name.local, quoted(attribute.value),
                             quoted_tag(element), fault.reason, consequence(element)),
                 std::move(fault.advice));
}

/// The URI of an `id`. One that cannot be taken apart is reported and kept: it still equals itself, octet by octet.
uri::Uri read_id(Reading& reading, const xml::Element& element, const xml::Attribute& id) {
  uri::Uri uri = uri::parse(id.value);
  // What has a domain was taken apart already.
  if (!uri.domain && !uri::well_formed(id.value)) report_fault(reading, element, id, fault_of_id(uri));
  return uri;
}

Domain read_domain(Reading& reading, const xml::Element& element, const xml::Attribute& attribute) {
  Domain domain{std::string(attribute.value), uri::to_ascii_domain(attribute.value), attribute.span};
  // RFC 4745 section 7.1.3: if the conversion fails, the domains are not equal.
  if (!domain.ascii) report_fault(reading, element, attribute, fault_of_domain(attribute.value));
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
    if (std::exchange(extended, true)) {
      reading.report(Code::unexpected_content, child.span(),
                     fmt::format("{} takes one extension, and {} is another", quoted_tag(element), quoted_tag(child)),
                     "keep one");
    } else {
      report_unknown(reading, child, Place::one);
    }
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

std::optional<SourceSpan> first_many(const xml::Element& identity) {
  for (const xml::Element& child : identity.children())
    if (tag_of(child.name()) == Tag::many) return child.span();
  return std::nullopt;
}

/// RFC 4745 section 7.1.3: the exceptions of a <many> are its children. What stands beside it is no matcher.
void report_beside(Reading& reading, const xml::Element& except, const SourceSpan& many) {
  reading.report(Code::except_beside_many, except.span(),
                 fmt::format("{} stands beside a `<many>` and not in it: it leaves nobody out", quoted_tag(except)),
                 "move it into the `<many>`, between its start tag and its end tag", {{many, "the `<many>`"}});
}

using MatcherReader = IdentityMatcher (*)(Reading&, const xml::Element&);
constexpr auto kMatchers = by_tag<MatcherReader>({{Tag::one, read_one}, {Tag::many, read_many}});

}  // namespace

Condition read_identity(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  IdentityCondition identity{{}, element.span()};
  std::optional<SourceSpan> many = first_many(element);  // then the one that was read last
  for_each_child(reading, element, [&](const xml::Element& child) {
    if (const MatcherReader read = reader_of(kMatchers, tag_of(child.name()))) {
      if (tag_of(child.name()) == Tag::many) many = child.span();
      identity.matchers.push_back(read(reading, child));
    } else {
      if (tag_of(child.name()) == Tag::except && many) {
        report_beside(reading, child, *many);
      } else {
        report_unknown(reading, child, Place::identity);
      }
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
