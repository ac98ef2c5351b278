#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "lint/written.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Where in a text words stand before a colon: in names of elements and attributes, and in content, where they may be names, too.
class Prefixes {
 public:
  explicit Prefixes(std::string_view text) {
    for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
      std::size_t begin = colon;
      while (begin > 0 && in_name(text[begin - 1])) --begin;
      places_[text.substr(begin, colon - begin)].push_back(begin);
    }
  }
  [[nodiscard]] bool used(std::string_view prefix, const text::ElementText& element) const {
    const auto found = places_.find(prefix);
    if (found == places_.end()) return false;
    const auto place = std::ranges::lower_bound(found->second, element.begin);
    return place != found->second.end() && *place < element.end;
  }

 private:
  std::unordered_map<std::string_view, std::vector<std::size_t>> places_;  ///< ascending
};

}  // namespace

/// A word before a colon counts as a use wherever it stands, so that names in content and in comments are left alone.
void check_unused_namespace(const Context& context, diag::Sink& sink) {
  std::optional<std::uint32_t> file;
  std::optional<Prefixes> prefixes;
  text::ElementText element;
  each_declaration(context, [&](const Declaration& declaration) {
    if (declaration.prefix.empty() || declaration.prefix == "xml" || declaration.ns == kSchemaInstance) return;
    if (declares_again(declaration)) return;
    const std::uint32_t own = declaration.document.file();
    const std::string_view text = context.sources.text(own);
    const std::size_t begin = context.sources.offset_of(declaration.element.span());
    if (file != own) prefixes.emplace(text);
    if (file != own || element.begin != begin) element = text::element_at(text, begin);
    file = own;
    if (prefixes->used(declaration.prefix, element)) return;
    sink.report(finding_in(diag::Code::unused_namespace, declaration.rule, declaration.span,
                           fmt::format("the prefix {} stands for {}, but nothing in {} uses it", policy::quoted(declaration.prefix),
                                       policy::quoted(declaration.ns), policy::quoted_tag(declaration.element)),
                           fmt::format("remove {}", policy::quoted(fmt::format("xmlns:{}", declaration.prefix)))));
  });
}

bool fix_unused_namespace(const Fixing& fixing, text::TextChanges& changes) {
  const auto attribute = fixing.attribute(fixing.finding.span);
  changes.replace(attribute.begin, attribute.end, "");
  return true;
}

}  // namespace presproof::lint
