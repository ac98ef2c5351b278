#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/removal.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

using policy::SelectorKind;

const std::vector<std::string>& values_of(const policy::ProvideComponents& provide, SelectorKind kind) {
  return provide.values[static_cast<std::size_t>(kind)];
}

std::string_view scheme_of(std::string_view uri) { return uri.substr(0, uri.find(':')); }

/// The places of the selectors of one kind, as the values are ordered; nothing when some of them had no value.
std::optional<std::vector<SourceSpan>> places(const Context& context, const policy::Permission& permission,
                                              SelectorKind kind) {
  const auto file = permission.span.file;
  const auto text = context.sources.text(file);
  const auto name = policy::kSelectorNames[static_cast<std::size_t>(kind)];
  std::vector<SourceSpan> spans;
  for (const auto& child : text::children_of(text, text::element_at(text, context.sources.offset_of(permission.span))))
    if (child.local() == name) spans.push_back(context.sources.span_at(file, child.begin, child.name.size() + 1));
  const auto& provide = std::get<policy::ProvideComponents>(permission.what);
  if (spans.size() != values_of(provide, kind).size()) return std::nullopt;
  return spans;
}

class Selectors {
 public:
  Selectors(const Context& context, diag::Sink& sink, const policy::Rule& rule, const policy::Permission& permission)
      : context_(context), sink_(sink), rule_(rule), permission_(permission) {}

  void find_repeated(SelectorKind kind) {
    const auto& values = values_of(provide(), kind);
    std::unordered_map<std::string_view, std::size_t> first;
    for (std::size_t index = 0; index < values.size(); ++index) {
      const auto [known, is_new] = first.emplace(values[index], index);
      if (is_new) continue;
      report(kind, index, kind, known->second,
             fmt::format("`{}` {} stands twice in {}", policy::kSelectorNames[static_cast<std::size_t>(kind)],
                         policy::quoted(values[index]), name()));
    }
  }

  /// RFC 5025 section 3.3.1.3: a scheme selects every service whose URI has it.
  void find_below_scheme() {
    const auto& schemes = values_of(provide(), SelectorKind::service_uri_scheme);
    const auto& uris = values_of(provide(), SelectorKind::service_uri);
    if (schemes.empty() || uris.empty()) return;
    std::unordered_map<std::string_view, std::size_t> known;
    for (std::size_t index = 0; index < schemes.size(); ++index) known.emplace(schemes[index], index);
    for (std::size_t index = 0; index < uris.size(); ++index) {
      const auto scheme = known.find(scheme_of(uris[index]));
      if (scheme == known.end() || std::find(uris.begin(), uris.begin() + static_cast<std::ptrdiff_t>(index),
                                             uris[index]) != uris.begin() + static_cast<std::ptrdiff_t>(index))
        continue;
      report(SelectorKind::service_uri, index, SelectorKind::service_uri_scheme, scheme->second,
             fmt::format("`service-uri` {} selects nothing more in {}: the scheme `{}` is selected",
                         policy::quoted(uris[index]), name(), scheme->first));
    }
  }

 private:
  [[nodiscard]] const policy::ProvideComponents& provide() const {
    return std::get<policy::ProvideComponents>(permission_.what);
  }
  [[nodiscard]] std::string name() const {
    return fmt::format("`{}` of {}", policy::kProvideComponentNames[static_cast<std::size_t>(provide().kind)],
                       name_of(rule_));
  }
  void report(SelectorKind kind, std::size_t index, SelectorKind other_kind, std::size_t other, std::string message) {
    const auto here = places(context_, permission_, kind);
    const auto there = places(context_, permission_, other_kind);
    if (!here || !there) return;
    auto found = finding(diag::Code::selector_covered, rule_, (*here)[index], std::move(message), "remove it");
    found.related.push_back({(*there)[other], "selected here"});
    sink_.report(std::move(found));
  }

  const Context& context_;
  diag::Sink& sink_;
  const policy::Rule& rule_;
  const policy::Permission& permission_;
};

bool same_content(const Fixing& fixing, const text::ElementText& a, const text::ElementText& b) {
  const auto inner = [&](const text::ElementText& element) {
    return trim_xml_space(fixing.text().substr(element.open_end, element.close_begin - element.open_end));
  };
  return a.local() == b.local() && inner(a) == inner(b);
}

}  // namespace

/// RFC 5025 section 3.3.1: selectors are alternatives. Beside a provide-all element the reader reports them all.
void check_selector_covered(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    for (const auto& permission : rule.permissions) {
      const auto* provide = std::get_if<policy::ProvideComponents>(&permission.what);
      if (provide == nullptr || provide->all) continue;
      Selectors selectors(context, sink, rule, permission);
      for (std::size_t kind = 0; kind < policy::kSelectorKinds; ++kind)
        selectors.find_repeated(static_cast<SelectorKind>(kind));
      selectors.find_below_scheme();
    }
  });
}

/// A URI below a scheme stays: its scheme may be published in capitals, which selectors of schemes tell apart and URIs
/// do not.
bool fix_selector_covered(const Fixing& fixing, text::TextChanges& changes) {
  const auto other = fixing.element(fixing.finding.related.front().span);
  return same_content(fixing, fixing.element(), other) && remove_element(fixing, changes);
}

}  // namespace presproof::lint
