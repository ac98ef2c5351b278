#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "lint/removal.h"
#include "uri/uri.h"

namespace presproof::lint {
namespace {

using policy::Except;
using policy::Many;

/// Why an exception leaves nobody out, and what else to look at.
struct Reason {
  std::string message;
  std::string fix;
  std::optional<diag::Related> related;
};

/// The exceptions of a <many>, by what they name.
class Exceptions {
 public:
  explicit Exceptions(const Many& many) : many_(many) {
    for (std::size_t i = 0; i < many.excepts.size(); ++i) {
      const auto& except = many.excepts[i];
      if (except.id) ids_.emplace(except.id->core, i);
      if (except.domain && except.domain->ascii) domains_.try_emplace(*except.domain->ascii, i);
    }
  }

  /// Another exception that leaves out whom this one does. Of two equal ones the later is superfluous; an
  /// identity of an excepted domain is so wherever it stands.
  [[nodiscard]] const Except* covering(std::size_t index) const {
    const auto& except = many_.excepts[index];
    const auto& domain = except.domain ? except.domain->ascii : except.id->domain;
    if (domain) {
      const auto found = domains_.find(*domain);
      if (found != domains_.end() && (found->second < index || !except.domain)) return &many_.excepts[found->second];
    }
    if (!except.id) return nullptr;
    std::size_t first = index;
    const auto [begin, end] = ids_.equal_range(except.id->core);
    for (auto entry = begin; entry != end; ++entry)
      if (uri::equivalent(*many_.excepts[entry->second].id, *except.id)) first = std::min(first, entry->second);
    return first < index ? &many_.excepts[first] : nullptr;
  }

 private:
  const Many& many_;
  std::unordered_multimap<std::string_view, std::size_t> ids_;
  std::unordered_map<std::string_view, std::size_t> domains_;  ///< the first of each
};

std::optional<Reason> left_out_already(const Exceptions& exceptions, const Except& except, std::size_t index) {
  const auto* other = exceptions.covering(index);
  if (other == nullptr) return std::nullopt;
  const auto& what = except.id ? except.id->text : except.domain->text;
  return Reason{fmt::format("another exception leaves out `{}` already", what), "remove one of the two",
                diag::Related{other->span, "this one leaves it out"}};
}

/// RFC 4745 section 7.1.1: the children of <identity> are ORed, so whom one of them names matches, whatever another
/// excepts.
class Beside {
 public:
  Beside(const policy::IdentityCondition& identity, const Many& many) : rest_(identity) {
    const auto index = static_cast<std::size_t>(
        std::ranges::find_if(identity.matchers, [&](const auto& each) { return std::get_if<Many>(&each) == &many; }) -
        identity.matchers.begin());
    rest_.matchers.erase(rest_.matchers.begin() + static_cast<std::ptrdiff_t>(index));
    test_.emplace(rest_);
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  [[nodiscard]] std::optional<Reason> let_in(const Except& except) const {
    if (!except.id || !test_->matches(*except.id)) return std::nullopt;
    return Reason{
        fmt::format("`{}` matches all the same: another child of this `identity` lets it in", except.id->text),
        "children of an `identity` are alternatives: take this watcher out of the other child, too",
        diag::Related{rest_.span, "the children of this `identity` are alternatives"}};
  }

 private:
  policy::IdentityCondition rest_;
  std::optional<IdentityTest> test_;
};

bool is_outside(const Many& many, const Except& except) {
  if (!many.domain || !many.domain->ascii) return false;
  if (except.id && except.id->domain != many.domain->ascii) return true;
  return except.domain && except.domain->ascii != many.domain->ascii;
}

void check_many(const policy::Rule& rule, const policy::IdentityCondition& identity, const Many& many,
                diag::Sink& sink) {
  if (many.excepts.empty()) return;
  const Exceptions exceptions(many);
  const Beside beside(identity, many);
  for (std::size_t index = 0; index < many.excepts.size(); ++index) {
    const auto& except = many.excepts[index];
    // With both attributes it excludes by either: one without effect does not make the other so. Who is not of the
    // domain is except-outside-domain's.
    if (is_outside(many, except) || except.id.has_value() == except.domain.has_value()) continue;
    auto reason = left_out_already(exceptions, except, index);
    if (!reason) reason = beside.let_in(except);
    if (!reason) continue;
    auto report = finding(diag::Code::except_without_effect, rule, except.span, reason->message, reason->fix);
    if (reason->related) report.related.push_back(*reason->related);
    sink.report(std::move(report));
  }
}

}  // namespace

void check_except_without_effect(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
      for (const auto& matcher : identity.matchers)
        if (const auto* many = std::get_if<Many>(&matcher); many != nullptr && !many->never)
          check_many(rule, identity, *many, sink);
    });
  });
}

/// Where another exception leaves out everybody whom this one does.
bool fix_except_without_effect(const Fixing& fixing, text::TextChanges& changes) {
  if (fixing.finding.related.empty()) return false;
  const auto mention = mention_at(fixing.context, fixing.finding.span);
  const auto other = mention_at(fixing.context, fixing.finding.related.front().span);
  if (!mention || !other || other->except == nullptr || other->many != mention->many) return false;
  const auto* id = mention->id();
  const auto& domain = id != nullptr ? id->domain : mention->domain()->ascii;
  const bool by_domain = domain && other->domain() != nullptr && other->domain()->ascii == domain;
  const bool by_id = id != nullptr && other->id() != nullptr && covers(*other->id(), *id);
  return (by_domain || by_id) && remove_element(fixing, changes);
}

}  // namespace presproof::lint
