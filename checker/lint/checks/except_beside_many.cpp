#include <algorithm>

#include "lint/checks/checks.h"
#include "lint/identities.h"

namespace presproof::lint {
namespace {

/// Whether the exception would leave somebody out of the <many> whom it lets in now.
bool has_effect(const policy::Many& many, const std::optional<uri::Uri>& id, const std::optional<std::string>& domain) {
  if (many.never || id.has_value() == domain.has_value()) return false;
  if (domain && (many.domain || !uri::to_ascii_domain(*domain))) return false;
  if (id && (!uri::well_formed(id->text) || (many.domain && id->domain != many.domain->ascii))) return false;
  const auto of = domain ? uri::to_ascii_domain(*domain) : id->domain;
  return std::ranges::none_of(many.excepts, [&](const policy::Except& other) {
    return (of && other.domain && other.domain->ascii == of) || (id && other.id && uri::equivalent(*other.id, *id));
  });
}

}  // namespace

/// Into the only <many> of the condition.
bool fix_except_beside_many(const Fixing& fixing, text::TextChanges& changes) {
  if (fixing.finding.related.size() != 1) return false;
  const auto mention = mention_at(fixing.context, fixing.finding.related.front().span);
  if (!mention || mention->many == nullptr) return false;
  const auto is_many = [](const auto& matcher) { return std::holds_alternative<policy::Many>(matcher); };
  if (std::ranges::count_if(mention->identity->matchers, is_many) != 1) return false;

  const auto except = fixing.element();
  const auto written = fixing.text().substr(except.begin, except.end - except.begin);
  if (written.find('&') != std::string_view::npos) return false;
  const auto value = [&](std::string_view name) {
    const auto range = text::attribute_value(fixing.text(), except, name);
    return range ? std::optional(std::string(fixing.text().substr(range->begin, range->end - range->begin)))
                 : std::nullopt;
  };
  const auto id = value("id");
  if (!has_effect(*mention->many, id ? std::optional(uri::parse(*id)) : std::nullopt, value("domain"))) return false;
  changes.append_child(fixing.element(mention->span()), std::string(written));
  changes.remove(except);
  return true;
}

}  // namespace presproof::lint
