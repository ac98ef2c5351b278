#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "lint/checks/checks.h"
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

bool same_domain(const std::optional<std::string>& a, const std::optional<std::string>& b) {
  return a && b && *a == *b;
}

/// RFC 4745 section 7.1.3.3: "it is nonsensical to have domains in the 'id' attribute that do not match".
std::optional<Reason> outside(const Many& many, const Except& except) {
  if (!many.domain || !many.domain->ascii) return std::nullopt;
  const auto& domain = many.domain->text;
  if (except.id && !except.id->domain)
    return Reason{
        fmt::format("`{}` is not of the domain `{}`: it leaves nobody out, unless the same watcher also asserts an "
                    "identity of `{}`",
                    except.id->text, domain, domain),
        fmt::format("name the identity that this watcher has in `{}`", domain), std::nullopt};
  if (except.id && !same_domain(except.id->domain, many.domain->ascii))
    return Reason{
        fmt::format("`{}` is not of the domain `{}`, so it does not match anyway", except.id->text, domain),
        fmt::format("name an identity of `{}`, or move the exception to the rule that lets this watcher in", domain),
        std::nullopt};
  if (except.domain && except.domain->ascii && !same_domain(except.domain->ascii, many.domain->ascii))
    return Reason{fmt::format("nobody of `{}` is of the domain `{}`: a subdomain is another domain, too",
                              except.domain->text, domain),
                  "remove the exception, or move it to the rule that lets this domain in", std::nullopt};
  return std::nullopt;
}

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

void check_many(const policy::Rule& rule, const policy::IdentityCondition& identity, const Many& many,
                diag::Sink& sink) {
  if (many.excepts.empty()) return;
  const Exceptions exceptions(many);
  const Beside beside(identity, many);
  for (std::size_t index = 0; index < many.excepts.size(); ++index) {
    const auto& except = many.excepts[index];
    // With both attributes it excludes by either: one without effect does not make the other so.
    if (except.id.has_value() == except.domain.has_value()) continue;
    auto reason = outside(many, except);
    if (!reason) reason = left_out_already(exceptions, except, index);
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

}  // namespace presproof::lint
