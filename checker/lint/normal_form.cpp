#include "lint/normal_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/lexical.h"
#include "base/overloaded.h"

namespace presproof::lint {
namespace {

using Parts = std::set<std::string>;

/// Unmistakable between others: with its length.
std::string text(std::string_view value) { return fmt::format("{}:{}", value.size(), value); }

std::string joined(const Parts& parts) {
  std::string all;
  for (const std::string& part : parts) all += text(part);
  return all;
}

std::string uri_form(const uri::Uri& uri) {
  std::string form = text(uri.core);
  for (const auto& [name, value] : uri.others) form += text(name) + text(value);
  return form + text(uri.domain.value_or(""));
}

/// Nothing: it matches nobody.
std::optional<std::string> matcher_form(const policy::IdentityMatcher& matcher) {
  if (const auto* one = std::get_if<policy::One>(&matcher)) return "one" + uri_form(one->id);
  const auto* many = std::get_if<policy::Many>(&matcher);
  if (many == nullptr || many->never || (many->domain && !many->domain->ascii)) return std::nullopt;
  Parts excepts;
  for (const policy::Except& except : many->excepts) {
    if (except.id) excepts.insert("id" + uri_form(*except.id));
    if (except.domain && except.domain->ascii) excepts.insert("domain" + *except.domain->ascii);
  }
  return fmt::format("many{}{}{}", many->domain ? "" : "*", text(many->domain ? *many->domain->ascii : ""), joined(excepts));
}

std::optional<std::string> form_of(const policy::IdentityCondition& condition) {
  if (condition.matchers.empty()) return "identity";  // the reading `empty-identity` decides
  Parts matchers;
  for (const auto& matcher : condition.matchers)
    if (auto form = matcher_form(matcher)) matchers.insert(std::move(*form));
  if (matchers.empty()) return std::nullopt;
  return "identity" + joined(matchers);
}

std::optional<std::string> form_of(const policy::SphereCondition& condition) {
  Parts tokens;
  for (const std::string& token : condition.tokens) tokens.insert(to_lower_ascii(token));
  if (tokens.empty()) return std::nullopt;
  return "sphere" + joined(tokens);
}

/// Periods that overlap or touch are one.
std::optional<std::string> form_of(const policy::ValidityCondition& condition) {
  std::vector<std::pair<Instant, Instant>> periods;
  for (const auto& pair : condition.pairs)
    if (pair.from && pair.until && *pair.from < *pair.until) periods.emplace_back(*pair.from, *pair.until);
  if (periods.empty()) return std::nullopt;
  std::ranges::sort(periods);
  std::vector<std::pair<Instant, Instant>> merged;
  for (const auto& period : periods) {
    if (!merged.empty() && period.first <= merged.back().second)
      merged.back().second = std::max(merged.back().second, period.second);
    else
      merged.push_back(period);
  }
  std::string form = "validity";
  for (const auto& [from, until] : merged) form += fmt::format(" {}.{} {}.{}", from.seconds, from.nanoseconds, until.seconds, until.nanoseconds);
  return form;
}

std::optional<std::string> form_of(const policy::LocationCondition& condition) {
  Parts places;
  for (const auto& location : condition.locations) {
    std::visit(Overloaded{
                   [&](const geo::Circle& circle) {
                     places.insert(fmt::format("circle {} {} {}", circle.center.latitude, circle.center.longitude, circle.radius_m));
                   },
                   [&](const policy::CivicLocation& civic) {
                     std::string fields = "civic";
                     for (const auto& [name, value] : civic.fields) fields += text(name) + text(value);
                     places.insert(std::move(fields));
                   },
                   [](const policy::UnknownLocation&) {},
               },
               location.where);
  }
  if (places.empty()) return std::nullopt;
  return "location" + joined(places);
}

std::optional<std::string> form_of(const policy::UnknownCondition&) { return std::nullopt; }

/// What a rule gives, gathered.
class Given {
 public:
  void add(policy::SubHandling value) { handling_ = std::max(handling_, value); }
  void add(policy::UserInput value) { user_input_ = std::max(user_input_, value); }
  void add(const policy::ProvideComponents& given) {
    const auto kind = static_cast<std::size_t>(given.kind);
    all_[kind] = all_[kind] || given.all;
    for (std::size_t selector = 0; selector < policy::kSelectorKinds; ++selector)
      for (const std::string& value : given.values[selector]) selected_[kind].insert(fmt::format("{} {}", selector, value));
  }
  void add(const policy::ProvideAttribute& given) {
    if (given.value) others_.insert(fmt::format("attribute {}", static_cast<int>(given.attribute)));
  }
  void add(const policy::ProvideUnknownAttribute& given) {
    if (given.value) others_.insert("unknown" + text(given.ns) + text(given.name));
  }
  void add(const policy::ProvideAllAttributes&) { others_.insert("all attributes"); }
  void add(const policy::ProvideLocation& given) {
    civic_ = std::max(civic_, given.civic);
    if (!given.geodetic) return;
    std::string form = given.geodetic->radius_m ? fmt::format("radius {}", *given.geodetic->radius_m) : "radius";
    if (const auto& rounding = given.geodetic->rounding)
      form += fmt::format(" rounded {} {}", rounding->latitude_deg.value_or(0), rounding->longitude_deg.value_or(0));
    others_.insert(std::move(form));
  }
  void add(const policy::SetRetransmissionAllowed& set) { others_.insert(fmt::format("retransmission {}", set.value)); }
  void add(const policy::KeepRuleReference& keep) { others_.insert(fmt::format("reference {}", keep.value)); }
  void add(const policy::SetRetentionExpiry& set) { retention_ = std::max(retention_, std::optional(set.seconds)); }
  void add(const policy::SetNoteWell& set) {
    others_.insert("note" + (set.lang ? "lang" + text(*set.lang) : std::string()) + text(set.text));
  }
  void add(const policy::UnknownPermission&) {}

  [[nodiscard]] std::string form() const {
    std::string form = fmt::format("|{} {} {} {}", static_cast<int>(handling_), static_cast<int>(user_input_), static_cast<int>(civic_),
                                   retention_.value_or(-1));
    for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind) {
      // Beside all of a component its selectors show nothing more.
      form += all_[kind] ? "|all" : "|" + joined(selected_[kind]);
    }
    return form + "|" + joined(others_);
  }

 private:
  policy::SubHandling handling_ = policy::SubHandling::block;
  policy::UserInput user_input_ = policy::UserInput::none;
  geo::CivicLevel civic_ = geo::CivicLevel::none;
  std::optional<std::int64_t> retention_;
  std::array<bool, policy::kComponentKinds> all_{};
  std::array<Parts, policy::kComponentKinds> selected_;
  Parts others_;
};

/// Nothing: the rule never matches.
std::optional<std::string> form_of(const policy::Rule& rule) {
  Parts conditions;
  for (const policy::Condition& condition : rule.conditions) {
    auto form = std::visit([](const auto& each) { return form_of(each); }, condition);
    if (!form) return std::nullopt;
    conditions.insert(std::move(*form));
  }
  Given given;
  for (const policy::Permission& permission : rule.permissions) std::visit([&](const auto& each) { given.add(each); }, permission.what);
  return text(joined(conditions)) + given.form();
}

}  // namespace

std::vector<std::string> normal_form(const policy::Policy& policy) {
  std::vector<std::string> forms;
  for (const auto& document : policy.documents)
    for (const auto& rule : document.rules)
      if (auto form = form_of(rule)) forms.push_back(std::move(*form));
  std::ranges::sort(forms);
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  return forms;
}

}  // namespace presproof::lint
