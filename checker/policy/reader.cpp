#include "policy/reader.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "policy/condition_reader.h"
#include "policy/elements.h"
#include "policy/meant.h"
#include "policy/permission_reader.h"
#include "policy/reading.h"
#include "xml/namespaces.h"

namespace presproof::policy {
namespace {

using diag::Code;

/// Why `root` is none, and what to do about it.
void report_no_rule_set(Reading& reading, const xml::Element& root) {
  const auto [ns, local] = root.name();
  const std::string where = ns.empty() ? std::string("no namespace") : fmt::format("the namespace {}", quoted(ns));
  std::string fix = "give a document whose root is `<ruleset>`";
  if (local == "ruleset") {
    fix = fmt::format("put `<ruleset>` into the namespace `{}`", xml::ns::kCommonPolicy);
  } else if (nearest_word(local, {"ruleset"})) {
    fix = fmt::format("write `<ruleset>` of the namespace `{}`", xml::ns::kCommonPolicy);
  } else if (ns == xml::ns::kPidf) {
    fix = "give this presence document with `--presence`, and a rule set here";
  }
  reading.report(Code::not_a_rule_set, root.span(),
                 fmt::format("the root is {} of {}; a rule set is a `<ruleset>` of the namespace `{}`",
                             quoted_tag(root), where, xml::ns::kCommonPolicy),
                 std::move(fix));
}

/// Whether any element is of the pres-rules namespace, be it where it has no meaning.
bool has_presence_rules(const xml::Element& root) {
  std::vector<xml::Element> open{root};
  while (!open.empty()) {
    const xml::Element element = open.back();
    open.pop_back();
    if (element.name().ns == xml::ns::kPresRules) return true;
    for (const xml::Element& child : element.children()) open.push_back(child);
  }
  return false;
}

class RuleSetReader {
 public:
  explicit RuleSetReader(diag::Sink& sink) : reading_(sink) {}

  std::optional<RuleSet> read(const xml::Element& root, std::string_view file) {
    if (tag_of(root.name()) != Tag::ruleset) {
      report_no_rule_set(reading_, root);
      return std::nullopt;
    }
    RuleSet rules{std::string(file), {}, has_presence_rules(root)};
    expect_attributes(reading_, root, {});
    for_each_child(reading_, root, [&](const xml::Element& child) {
      if (tag_of(child.name()) == Tag::rule) {
        rules.rules.push_back(read_rule(child));
      } else {
        report_unknown(reading_, child, Place::ruleset);
      }
    });
    return rules;
  }

 private:
  using Parts = std::map<Tag, xml::Element>;  ///< the first of each

  Rule read_rule(const xml::Element& element) {
    Rule rule;
    rule.span = rule.id_span = element.span();
    const xml::Attribute* id = element.attribute("id");
    if (id != nullptr) {
      rule.id = std::string(id->value);
      rule.id_span = id->span;
    }
    if (id != nullptr) reading_.set_rule(rule.id);
    expect_attributes(reading_, element, {"id"});
    check_id(element, id);
    Parts parts;
    for_each_child(reading_, element, [&](const xml::Element& child) { read_part(child, parts, rule); });
    reading_.set_rule(std::nullopt);
    return rule;
  }

  /// RFC 4745 section 13: an xs:ID, required.
  void check_id(const xml::Element& rule, const xml::Attribute* id) {
    if (id == nullptr) {
      reading_.report(Code::invalid_rule_id, rule.span(), fmt::format("{} has no `id`", quoted_tag(rule)),
                      "add an `id` that no other rule has");
      return;
    }
    const std::string_view text = trim_xml_space(id->value);
    if (!is_ncname(text)) {
      const auto meant = meant_rule_id(text);
      reading_.report(
          Code::invalid_rule_id, id->span,
          fmt::format("the rule id {} is no XML name: it has to begin with a letter or `_` and to go on with letters, "
                      "digits, `.`, `-` and `_`",
                      quoted(id->value)),
          meant ? std::optional(fmt::format("write {}", quoted(*meant))) : std::nullopt);
    }
    const auto [first, added] = ids_.emplace(text, id->span);
    if (added) return;
    reading_.report(Code::duplicate_rule_id, id->span,
                    fmt::format("the rule id {} is taken already", quoted(id->value)),
                    "give each rule an id of its own", {{first->second, "the first rule with this id"}});
  }

  /// RFC 4745 section 13: conditions, actions and transformations in this order, each at most once. Others are read all
  /// the same: repeated conditions are ANDed, repeated permissions added.
  void read_part(const xml::Element& element, Parts& parts, Rule& rule) {
    const Tag tag = tag_of(element.name());
    if (tag != Tag::conditions && tag != Tag::actions && tag != Tag::transformations) {
      return report_unknown(reading_, element, Place::rule);
    }
    const auto first = parts.find(tag);
    if (first != parts.end()) {
      reading_.report(Code::repeated_part, element.span(), fmt::format("the rule has a second {}", quoted_tag(element)),
                      "put its content into the first", {{first->second.span(), "the first one"}});
    } else if (!parts.empty() && parts.rbegin()->first > tag) {
      reading_.report(Code::parts_out_of_order, element.span(),
                      fmt::format("{} stands after what it has to precede", quoted_tag(element)),
                      "write `<conditions>`, `<actions>` and `<transformations>` in this order",
                      {{parts.rbegin()->second.span(), fmt::format("{} has to come later", quoted_tag(parts.rbegin()->second))}});
    }
    parts.emplace(tag, element);
    if (tag == Tag::conditions) return read_conditions(reading_, element, rule.conditions);
    read_permissions(reading_, element, tag == Tag::actions ? Place::actions : Place::transformations,
                     rule.permissions);
  }

  Reading reading_;
  std::unordered_map<std::string_view, SourceSpan> ids_;  ///< looked up, never walked
};

}  // namespace

std::optional<RuleSet> read_rule_set(diag::Sources& sources, std::uint32_t file, const xml::Limits& limits,
                                     diag::Sink& sink) {
  const auto document = xml::Document::read(sources, file, limits, sink);
  if (!document) return std::nullopt;
  return read_rule_set(*document, sources, sink);
}

std::optional<RuleSet> read_rule_set(const xml::Document& document, const diag::Sources& sources, diag::Sink& sink) {
  return RuleSetReader(sink).read(document.root(), sources.name(document.file()));
}

Usage usage_of(const Policy& policy) {
  const bool presence = std::ranges::any_of(policy.documents, &RuleSet::has_presence_rules);
  return presence ? Usage::presence : Usage::geolocation;
}

}  // namespace presproof::policy
