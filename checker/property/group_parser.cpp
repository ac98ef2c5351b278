#include "property/group_parser.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/lexical.h"

namespace presproof::property {
namespace {

uri::Uri checked_uri(Cursor& cursor, const Token& token) {
  const std::string text(trim_xml_space(token.text));
  if (!uri::well_formed(text)) {
    std::string hint = "a URI begins with its scheme, as in `sip:bob@example.com` or `tel:+12125551234`";
    if (text.find('@') != std::string::npos && text.find(':') == std::string::npos) {
      hint = fmt::format("did you mean `sip:{}`?", shortened(text));
    } else if (text.find(':') == std::string::npos) {
      hint = "a set holds URIs; the name of a group or a person stands outside of the braces";
    }
    cursor.problem(token, fmt::format("{} is not a URI", describe(token)), std::move(hint));
  }
  return uri::parse(text);
}

bool is_domain(std::string_view ascii) {
  return !ascii.empty() && std::all_of(ascii.begin(), ascii.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  });
}

policy::Domain parse_domain(Cursor& cursor) {
  const Token& next = cursor.peek();
  if (next.kind != TokenKind::word && next.kind != TokenKind::string) cursor.fail("a domain such as `example.com`");
  const Token token = cursor.take();
  policy::Domain domain{token.text, uri::to_ascii_domain(token.text), cursor.span(token)};
  if (!domain.ascii || !is_domain(*domain.ascii)) {
    const std::string hint = token.text.starts_with('*')
                                 ? "`domain` means exactly this one; name each subdomain by itself"
                                 : "write the host part alone, such as `example.com`";
    cursor.problem(token, fmt::format("{} is not a domain", describe(token)), hint);
  }
  return domain;
}

KnownGroup in_place(decltype(Group::base) base) {
  return {std::make_shared<const Group>(Group{std::move(base), {}, {}}), 1, 1, false, {}};
}

KnownGroup parse_name(Cursor& cursor, const Scope& scope) {
  if (cursor.peek().kind != TokenKind::word || is_reserved(cursor.peek().text)) {
    cursor.fail("a group",
                "a group is a name, `{ URI, ... }`, `list \"FILE\"`, `domain D`, `everyone` or `person NAME`");
  }
  const Token name = cursor.take();
  if (const auto found = scope.groups.find(name.text); found != scope.groups.end()) return found->second;
  std::vector<std::string_view> known = {"everyone", "list", "domain", "person"};
  for (const auto& [key, value] : scope.groups) known.push_back(key);
  report_unknown(cursor, name, "group or person", known);
  return {};
}

KnownGroup parse_person(Cursor& cursor, const Scope& scope) {
  if (cursor.peek().kind != TokenKind::word || is_reserved(cursor.peek().text)) cursor.fail("the name of a person");
  const Token name = cursor.take();
  const auto found = scope.groups.find(name.text);
  if (found != scope.groups.end() && found->second.person) return found->second;
  if (found != scope.groups.end()) {
    cursor.problem(name, fmt::format("{} is a group, not a person", describe(name)),
                   fmt::format("write `{}` without `person`", shortened(name.text)));
    return {};
  }
  std::vector<std::string_view> known;
  for (const auto& [key, value] : scope.groups) {
    if (value.person) known.push_back(key);
  }
  report_unknown(cursor, name, "person", known);
  return {};
}

KnownGroup parse_term(Cursor& cursor, const Scope& scope) {
  if (cursor.peek().is_symbol("{")) return in_place(Members{parse_uri_set(cursor)});
  if (cursor.accept_symbol("(")) {
    const Cursor::Nested nested(cursor);
    KnownGroup group = parse_group(cursor, scope);
    cursor.expect_symbol(")");
    return group;
  }
  if (cursor.accept("everyone")) return in_place(Everyone{});
  if (cursor.accept("list")) {
    const Token path = cursor.expect_string("the file of a resource list in quotes");
    return in_place(Members{scope.read_list(cursor, path)});
  }
  if (cursor.accept("domain")) {
    DomainMembers members{parse_domain(cursor), {}};
    if (cursor.accept("except")) members.except = parse_uri_set(cursor);
    return in_place(std::move(members));
  }
  if (cursor.accept("person")) return parse_person(cursor, scope);
  return parse_name(cursor, scope);
}

}  // namespace

std::vector<uri::Uri> parse_uri_set(Cursor& cursor) {
  const Token brace = cursor.peek();
  cursor.expect_symbol("{");
  std::vector<uri::Uri> uris;
  Token token = cursor.take_uri();
  if (token.is_symbol("}")) return uris;
  for (;;) {
    const bool uri = token.kind == TokenKind::string || (token.kind == TokenKind::word && !cursor.statement_at(token));
    if (!uri)
      cursor.fail_at(token, uris.empty() ? "a URI or `}`" : "a URI", {},
                     fmt::format("the set begins in line {}", cursor.span(brace).line));
    uris.push_back(checked_uri(cursor, token));
    token = cursor.take_uri();
    if (token.is_symbol("}")) return uris;
    if (!token.is_symbol(",")) {
      cursor.fail_at(token, "`,` or `}`", {}, fmt::format("the set begins in line {}", cursor.span(brace).line));
    }
    token = cursor.take_uri();
  }
}

KnownGroup parse_group(Cursor& cursor, const Scope& scope) {
  const Token start = cursor.peek();
  KnownGroup result = parse_term(cursor, scope);
  if (!cursor.accept("minus")) return result;
  Group group{result.group, {}, {}};
  bool known = result.group != nullptr;
  do {
    const KnownGroup term = parse_term(cursor, scope);
    known = known && term.group;
    group.minus.push_back(term.group);
    result.depth = std::max(result.depth, term.depth);
    result.nodes += term.nodes;
  } while (cursor.accept("minus"));
  if (!known) return {};
  ++result.depth;
  ++result.nodes;
  if (result.depth > kMaxNesting || result.nodes > kMaxGroupNodes) {
    cursor.problem(start, result.depth > kMaxNesting
                              ? fmt::format("groups are nested deeper than {} levels", kMaxNesting)
                              : fmt::format("the group is made of more than {} groups", kMaxGroupNodes));
    return {};
  }
  return {std::make_shared<const Group>(std::move(group)), result.depth, result.nodes, false, {}};
}

}  // namespace presproof::property
