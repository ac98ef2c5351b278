#include "repair/rewrite.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "base/instant.h"
#include "base/lexical.h"
#include "base/overloaded.h"
#include "diag/error.h"
#include "text/element_text.h"
#include "xml/namespaces.h"

namespace presproof::repair {
namespace {

using text::ElementText;
using text::TextChanges;
using text::attribute_value;
using text::children_of;
using text::element_at;
using text::escaped;
using text::root_of;

/// How elements of a namespace are called in a document: with the root's prefix for it, else with one declared in place.
class Names {
 public:
  explicit Names(std::string_view text) : root_(root_of(text)), tag_(text.substr(root_.begin, root_.open_end - root_.begin)) {}

  struct Name {
    std::string prefix;  ///< with its colon
    std::string declaration;
  };
  [[nodiscard]] Name in(std::string_view ns, std::string_view usual) const {
    for (const char quote : {'"', '\''}) {
      const std::string value = fmt::format("={}{}{}", quote, ns, quote);
      const std::size_t found = tag_.find(value);
      if (found == std::string_view::npos) continue;
      const std::size_t begin = tag_.rfind("xmlns", found);
      if (begin == std::string_view::npos) continue;
      const std::string_view declared = tag_.substr(begin, found - begin);
      if (declared == "xmlns") return {"", ""};
      if (declared.starts_with("xmlns:")) return {std::string(declared.substr(6)) + ":", ""};
    }
    return {std::string(usual) + ":", fmt::format(" xmlns:{}=\"{}\"", usual, ns)};
  }
  [[nodiscard]] const ElementText& root() const { return root_; }

 private:
  ElementText root_;
  std::string_view tag_;
};

std::string identity_child(const policy::IdentityMatcher& matcher, std::string_view prefix) {
  return std::visit(Overloaded{
                        [&](const policy::One& one) { return fmt::format("<{}one id=\"{}\"/>", prefix, escaped(one.id.text)); },
                        [&](const policy::Many& many) {
                          return many.domain ? fmt::format("<{}many domain=\"{}\"/>", prefix, escaped(many.domain->text)) : fmt::format("<{}many/>", prefix);
                        },
                        [](const policy::UnknownIdentity&) -> std::string { throw diag::InternalError("an unknown identity cannot be written"); },
                    },
                    matcher);
}

/// An xs:dateTime, which writes the year 0 as -0001 and has midnight at the end of a day (XML Schema part 2, 3.2.7).
std::string xs_time(Instant time) {
  if (time == kEndOfInstants) return "9999-12-31T24:00:00Z";
  std::string text = to_rfc3339(time);
  if (text.starts_with("0000")) text.replace(0, 4, "-0001");
  return text;
}

std::string condition_text(const policy::Condition& condition, std::string_view prefix) {
  return std::visit(
      Overloaded{
          [&](const policy::SphereCondition& sphere) {
            return fmt::format("<{}sphere value=\"{}\"/>", prefix, escaped(fmt::format("{}", fmt::join(sphere.tokens, " "))));
          },
          [&](const policy::ValidityCondition& validity) {
            std::string pairs;
            for (const auto& pair : validity.pairs) {
              pairs += fmt::format("<{0}from>{1}</{0}from><{0}until>{2}</{0}until>", prefix, xs_time(*pair.from), xs_time(*pair.until));
            }
            return fmt::format("<{0}validity>{1}</{0}validity>", prefix, pairs);
          },
          [&](const policy::IdentityCondition& identity) {
            std::string children;
            for (const auto& matcher : identity.matchers) children += identity_child(matcher, prefix);
            return fmt::format("<{0}identity>{1}</{0}identity>", prefix, children);
          },
          [](const auto&) -> std::string { throw diag::InternalError("no edit writes such a condition"); },
      },
      condition);
}

std::string location_text(const policy::ProvideLocation& location, const Names& names) {
  const auto gp = names.in(xml::ns::kGeolocationPolicy, "gp");
  const auto lp = names.in(xml::ns::kBasicLocationProfiles, "lp");
  const std::string inner = location.geodetic ? fmt::format("<{}provide-geo{} radius=\"{}\"/>", lp.prefix, lp.declaration, location.geodetic->radius_m.value())
                                              : fmt::format("<{0}provide-civic{2}>{1}</{0}provide-civic>", lp.prefix, geo::to_string(location.civic), lp.declaration);
  return fmt::format("<{0}provide-location{1} profile=\"{2}-transformation\">{3}</{0}provide-location>", gp.prefix, gp.declaration,
                     location.geodetic ? "geodetic" : "civic", inner);
}

/// A permission that a rule did not have.
std::string permission_text(const policy::Permission& permission, const Names& names) {
  const auto pr = names.in(xml::ns::kPresRules, "pr");
  const auto element = [&](std::string_view name, std::string_view inner) {
    return fmt::format("<{0}{1}{2}>{3}</{0}{1}>", pr.prefix, name, pr.declaration, inner);
  };
  const auto set = [&](std::string_view name, const std::string& inner) {
    const auto gp = names.in(xml::ns::kGeolocationPolicy, "gp");
    return fmt::format("<{0}{1}{2}>{3}</{0}{1}>", gp.prefix, name, gp.declaration, inner);
  };
  return std::visit(Overloaded{
                        [&](policy::SubHandling value) { return element("sub-handling", policy::to_string(value)); },
                        [&](const policy::ProvideComponents& given) {
                          constexpr std::array<std::string_view, 3> all = {"all-devices", "all-persons", "all-services"};
                          const auto kind = static_cast<std::size_t>(given.kind);
                          return element(policy::kProvideComponentNames[kind], fmt::format("<{}{}/>", pr.prefix, all[kind]));
                        },
                        [&](const policy::ProvideAttribute& given) {
                          return element(policy::kAttributePermissionNames[static_cast<std::size_t>(given.attribute)], "true");
                        },
                        [&](policy::UserInput value) { return element("provide-user-input", policy::to_string(value)); },
                        [&](const policy::ProvideUnknownAttribute& given) {
                          return fmt::format("<{0}provide-unknown-attribute{1} ns=\"{2}\" name=\"{3}\">true</{0}provide-unknown-attribute>", pr.prefix,
                                             pr.declaration, escaped(given.ns), escaped(given.name));
                        },
                        [&](const policy::ProvideAllAttributes&) { return fmt::format("<{}provide-all-attributes{}/>", pr.prefix, pr.declaration); },
                        [&](const policy::ProvideLocation& location) { return location_text(location, names); },
                        [&](const policy::SetRetransmissionAllowed&) { return set("set-retransmission-allowed", "true"); },
                        [&](const policy::SetRetentionExpiry& given) { return set("set-retention-expiry", std::to_string(given.seconds)); },
                        [](const auto&) -> std::string { throw diag::InternalError("no edit writes such a permission"); },
                    },
                    permission.what);
}

/// Changes of one rule's text; offsets are within it.
class RuleText {
 public:
  RuleText(std::string_view text, const policy::Rule& rule, const Names& names, std::function<std::size_t(const SourceSpan&)> offset)
      : text_(text), rule_(rule), names_(names), offset_(std::move(offset)), changes_(text), element_(element_at(text, 0)) {}

  std::string changed(const RuleChange& change) {
    if (change.new_id) rename(*change.new_id);
    for (const policy::Condition& condition : rule_.conditions) {
      if (const auto* identity = std::get_if<policy::IdentityCondition>(&condition)) narrow(*identity, change);
    }
    if (!change.added.empty()) add_conditions(change);
    if (change.permission) change_permissions(change);
    return changes_.applied();
  }

 private:
  [[nodiscard]] ElementText at(const SourceSpan& span) const { return element_at(text_, offset_(span)); }

  void rename(const std::string& id) {
    if (const auto value = attribute_value(text_, element_, "id")) return changes_.replace(value->begin, value->end, escaped(id));
    const std::size_t end = element_.begin + 1 + element_.name.size();
    changes_.replace(end, end, fmt::format(" id=\"{}\"", escaped(id)));
  }

  void narrow(const policy::IdentityCondition& identity, const RuleChange& change) {
    const ElementText element = at(identity.span);
    if (!change.only_for.empty()) {
      std::vector<std::string> ones;
      for (const auto& matcher : change.only_for) ones.push_back(identity_child(matcher, element.prefix()));
      const auto children = children_of(text_, element);
      const std::string between = children.empty() ? "" : line_start(children.front().begin);
      return changes_.set_inner(element, fmt::format("{}", fmt::join(ones, between)));
    }
    for (const policy::IdentityMatcher& matcher : identity.matchers) {
      if (is_excluded(matcher, change.exclude)) changes_.remove(at(std::get<policy::One>(matcher).span));
      const auto* many = std::get_if<policy::Many>(&matcher);
      if (many == nullptr) continue;
      std::vector<std::string> excepts;
      for (const policy::Except& except : needed_excepts(*many, change.exclude)) {
        excepts.push_back(except.id ? fmt::format("<{}except id=\"{}\"/>", element.prefix(), escaped(except.id->text))
                                    : fmt::format("<{}except domain=\"{}\"/>", element.prefix(), escaped(except.domain->text)));
      }
      if (!excepts.empty()) append(at(many->span), excepts);
    }
  }

  /// A line break and the indentation of the line that begins at `offset`; nothing when none does.
  [[nodiscard]] std::string line_start(std::size_t offset) const {
    const std::string indentation = changes_.indentation(offset);
    return indentation.empty() ? indentation : std::string(changes_.line_break()) + indentation;
  }
  void append(const ElementText& parent, const std::vector<std::string>& children) {
    const auto there = children_of(text_, parent);
    const std::string between = there.empty() ? "" : line_start(there.back().begin);
    changes_.append_child(parent, fmt::format("{}", fmt::join(children, between)));
  }

  void add_conditions(const RuleChange& change) {
    std::optional<ElementText> last;
    for (const ElementText& part : children_of(text_, element_)) {
      if (part.local() == "conditions") last = part;
    }
    std::vector<std::string> texts;
    for (const policy::Condition& condition : change.added) texts.push_back(condition_text(condition, element_.prefix()));
    if (last) return append(*last, texts);
    const std::string conditions = fmt::format("<{0}conditions>{1}</{0}conditions>", element_.prefix(), fmt::join(texts, ""));
    if (element_.self_closing()) return changes_.append_child(element_, conditions);
    const auto parts = children_of(text_, element_);
    changes_.replace(element_.open_end, element_.open_end, (parts.empty() ? std::string() : line_start(parts.front().begin)) + conditions);
  }

  void change_permissions(const RuleChange& change) {
    const policy::Permission& kept = rule_.permissions[*change.permission];
    substitute(kept, change.replacement);
    if (!change.only_permission) return;
    // What has nothing to keep goes as a whole, and with it the comments on it.
    const std::size_t place = offset_(kept.span);
    for (const ElementText& part : children_of(text_, element_)) {
      if (part.local() == "conditions") continue;
      if (place < part.begin || place >= part.end) {
        changes_.remove(part);
        continue;
      }
      for (const ElementText& permission : children_of(text_, part)) {
        if (permission.begin != place) changes_.remove(permission);
      }
    }
  }

  void substitute(const policy::Permission& permission, const std::vector<policy::Permission>& replacement) {
    if (replacement.size() == 1 && replacement.front() == permission) return;
    const ElementText element = at(permission.span);
    if (replacement.empty()) return changes_.remove(element);
    const policy::Permission& first = replacement.front();
    std::visit(Overloaded{
                   [&](policy::SubHandling value) { changes_.set_inner(element, std::string(policy::to_string(value))); },
                   [&](policy::UserInput value) { changes_.set_inner(element, std::string(policy::to_string(value))); },
                   [&](const policy::SetRetentionExpiry& value) { changes_.set_inner(element, std::to_string(value.seconds)); },
                   [&](const policy::ProvideComponents& fewer) { deselect(element, std::get<policy::ProvideComponents>(permission.what), fewer); },
                   [&](const policy::ProvideLocation& location) { relocate(element, location, replacement); },
                   [](const auto&) { throw diag::InternalError("no edit substitutes such a permission"); },
               },
               first.what);
  }

  void deselect(const ElementText& element, const policy::ProvideComponents& given, const policy::ProvideComponents& fewer) {
    for (const ElementText& child : children_of(text_, element)) {
      const auto kind = std::find(policy::kSelectorNames.begin(), policy::kSelectorNames.end(), child.local());
      if (kind == policy::kSelectorNames.end()) continue;
      const auto index = static_cast<std::size_t>(kind - policy::kSelectorNames.begin());
      const std::string_view value = trim_xml_space(text_.substr(child.open_end, child.close_begin - child.open_end));
      const auto has = [&](const policy::ProvideComponents& components) {
        return std::any_of(components.values[index].begin(), components.values[index].end(), [&](const auto& each) { return escaped(each) == value || each == value; });
      };
      if (has(given) && !has(fewer)) changes_.remove(child);
    }
  }

  void relocate(const ElementText& element, const policy::ProvideLocation& location, const std::vector<policy::Permission>& replacement) {
    if (replacement.size() == 1 && element.local() == "provide-location") {
      for (const ElementText& child : children_of(text_, element)) {
        if (location.geodetic && child.local() == "provide-geo") {
          const std::string radius = fmt::format("{}", *location.geodetic->radius_m);
          if (const auto value = attribute_value(text_, child, "radius")) return changes_.replace(value->begin, value->end, radius);
          const std::size_t end = child.begin + 1 + child.name.size();
          return changes_.replace(end, end, fmt::format(" radius=\"{}\"", radius));
        }
        if (!location.geodetic && child.local() == "provide-civic") return changes_.set_inner(child, std::string(geo::to_string(location.civic)));
      }
    }
    std::vector<std::string> elements;
    for (const policy::Permission& part : replacement) elements.push_back(location_text(std::get<policy::ProvideLocation>(part.what), names_));
    changes_.replace(element.begin, element.end, fmt::format("{}", fmt::join(elements, line_start(element.begin))));
  }

  std::string_view text_;
  const policy::Rule& rule_;
  const Names& names_;
  std::function<std::size_t(const SourceSpan&)> offset_;
  TextChanges changes_;
  ElementText element_;
};

std::string new_rule_text(const policy::Rule& rule, const Names& names, std::string_view prefix, const std::string& indentation, std::string_view line_break) {
  const std::string step = indentation.empty() ? "  " : indentation;
  std::string out = fmt::format("<{}rule id=\"{}\">", prefix, escaped(rule.id));
  const auto line = [&](int depth, const std::string& text) {
    out += line_break;
    for (int i = 0; i <= depth; ++i) out += step;
    out += text;
  };
  const auto part = [&](std::string_view name, const std::vector<std::string>& children) {
    if (children.empty()) return;
    line(1, fmt::format("<{}{}>", prefix, name));
    for (const std::string& child : children) line(2, child);
    line(1, fmt::format("</{}{}>", prefix, name));
  };
  std::vector<std::string> conditions;
  std::vector<std::string> actions;
  std::vector<std::string> transformations;
  for (const auto& condition : rule.conditions) conditions.push_back(condition_text(condition, prefix));
  for (const auto& permission : rule.permissions) {
    (std::holds_alternative<policy::SubHandling>(permission.what) ? actions : transformations).push_back(permission_text(permission, names));
  }
  part("conditions", conditions);
  part("actions", actions);
  part("transformations", transformations);
  line(0, fmt::format("</{}rule>", prefix));
  return out;
}

}  // namespace

Rewritten rewrite(const Edit& edit, const policy::RuleSet& document, const diag::Sources& sources, std::uint32_t file) {
  const std::string_view text = sources.text(file);
  const Names names(text);
  TextChanges whole(text);
  Rewritten result;
  if (edit.new_rule) {
    const ElementText& root = names.root();
    const auto children = children_of(text, root);
    const std::string indentation = children.empty() ? "  " : whole.indentation(children.back().begin);
    result.after = new_rule_text(*edit.new_rule, names, root.prefix(), indentation, whole.line_break());
    if (children.empty()) {
      whole.append_child(root, result.after);
    } else {
      whole.insert_after(children.back(), result.after);
    }
    result.text = whole.applied();
    return result;
  }
  const policy::Rule& rule = document.rules[edit.rule.rule];
  const ElementText element = element_at(text, sources.offset_of(rule.span));
  const std::string_view own = text.substr(element.begin, element.end - element.begin);
  result.before = own;
  const auto offset = [&](const SourceSpan& span) { return sources.offset_of(span) - element.begin; };
  if (edit.remove) {
    whole.remove(element);
  } else {
    result.after = RuleText(own, rule, names, offset).changed(edit.change);
    if (edit.copy) {
      const std::string indentation = whole.indentation(element.begin);
      result.after += std::string(whole.line_break()) + indentation + RuleText(own, rule, names, offset).changed(*edit.copy);
    }
    whole.replace(element.begin, element.end, result.after);
  }
  result.text = whole.applied();
  return result;
}

}  // namespace presproof::repair
