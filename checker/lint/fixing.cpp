#include "lint/fixing.h"

namespace presproof::lint {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

Fixing::AttributeText Fixing::attribute(const SourceSpan& name) const {
  const std::string_view whole = text();
  const std::size_t at = context.sources.offset_of(name);
  AttributeText found;
  found.begin = at;
  while (found.begin > 0 && is_space(whole[found.begin - 1])) --found.begin;
  const std::size_t open = whole.find_first_of("\"'", at);
  found.value = {open + 1, whole.find(whole[open], open + 1)};
  found.end = found.value.end + 1;
  return found;
}

std::optional<std::string> fixed_text(const Context& context, const diag::Diagnostic& finding) {
  const Check* check = check_of(finding.code);
  if (check == nullptr || check->fix == nullptr) return std::nullopt;
  const Fixing fixing{context, finding};
  text::TextChanges changes(fixing.text());
  if (!check->fix(fixing, changes)) return std::nullopt;
  return changes.applied();
}

std::vector<text::TextChanges::Change> mending_changes(const Context& context, const diag::Diagnostic& finding) {
  const Check* check = check_of(finding.code);
  if (check == nullptr || check->fix == nullptr) return {};
  const Fixing fixing{context, finding};
  text::TextChanges changes(fixing.text());
  if (!check->fix(fixing, changes)) return {};
  return changes.sorted();
}

}  // namespace presproof::lint
