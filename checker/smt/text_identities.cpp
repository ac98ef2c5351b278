#include "smt/text_identities.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "uri/escape.h"

namespace presproof::smt {
namespace {

using policy::Except;
using policy::IdentityCondition;
using policy::Many;
using policy::One;

/// With more domains than this their beginnings are too many.
constexpr std::size_t kMostDomains = 500;

/// A URI as watchers have one, and the text that rules compare it with.
struct Kind {
  uri::Uri uri;
  std::string text;  ///< `sip:user@host`; empty: the engine refuses such a watcher
  std::string host;
};

/// What stands around user and host is dropped.
Kind ser_kind(uri::Uri uri) {
  Kind kind{std::move(uri), {}, {}};
  const std::string& written = kind.uri.text;
  const std::string rest = written.substr(std::min(written.find(':') + 1, written.size()));
  if (kind.uri.scheme == "tel") {
    kind.text = "sip:" + rest.substr(0, rest.find(';')) + "@";
  } else if (kind.uri.scheme == "sip" || kind.uri.scheme == "sips") {
    const std::size_t at = rest.find('@');
    if (at == std::string::npos) return kind;
    const std::string after = rest.substr(at + 1);
    kind.host = after.starts_with('[') ? after.substr(0, after.find(']') + 1) : after.substr(0, after.find_first_of(":;?"));
    kind.text = "sip:" + rest.substr(0, std::min(at, rest.find_first_of(":;"))) + "@" + kind.host;
  }
  return kind;
}

Kind whole_kind(uri::Uri uri) {
  const std::size_t at = uri.text.find('@');
  std::string text = uri.text;
  std::string host = at == std::string::npos ? std::string() : text.substr(at + 1);
  return {std::move(uri), std::move(text), std::move(host)};
}

Kind canonical_kind(uri::Uri uri) {
  Kind kind = whole_kind(std::move(uri));
  const std::size_t colon = kind.text.find(':');
  const std::string scheme = kind.uri.scheme + ":";
  const std::string rest = kind.text.substr(std::min(colon + 1, kind.text.size()));
  const std::size_t at = rest.find('@');
  const auto unescaped = [](const std::string& user) { return uri::percent_decode(user).value_or(user); };
  if (at == std::string::npos) {
    kind.text = scheme + unescaped(rest.substr(0, rest.find(';')));
    return kind;
  }
  kind.host = kind.host.starts_with('[') ? kind.host.substr(0, kind.host.find(']') + 1) : kind.host.substr(0, kind.host.find_first_of(":;?"));
  std::transform(kind.host.begin(), kind.host.end(), kind.host.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  kind.text = scheme + unescaped(rest.substr(0, std::min(at, rest.find_first_of(":;")))) + "@" + kind.host;
  return kind;
}

Kind kind_of(uri::Uri uri, engine::IdentityTest test) {
  switch (test) {
    case engine::IdentityTest::uri_equivalence:
    case engine::IdentityTest::whole_text: return whole_kind(std::move(uri));
    case engine::IdentityTest::canonical_text: return canonical_kind(std::move(uri));
    case engine::IdentityTest::ser_exact:
    case engine::IdentityTest::ser_text: break;
  }
  return ser_kind(std::move(uri));
}

/// The first letter of the user escaped.
std::string with_escape(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon + 1 >= text.size()) return text;
  const auto letter = static_cast<unsigned char>(text[colon + 1]);
  return std::isalnum(letter) == 0 ? text : fmt::format("{}%{:02X}{}", text.substr(0, colon + 1), letter, text.substr(colon + 2));
}
/// The host in capitals.
std::string with_capitals(std::string text) {
  std::size_t at = text.find('@');
  if (at == std::string::npos) return text;
  for (++at; at < text.size() && text[at] != ':' && text[at] != ';' && text[at] != '?'; ++at) text[at] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[at])));
  return text;
}

bool has_upper_case(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

class Rewriting {
 public:
  Rewriting(const policy::Policy& policy, const property::Properties& properties, engine::IdentityTest test) : test_(test), exact_(test != engine::IdentityTest::ser_text), result_{policy, true, {}} {
    add(kAnonymousText);
    for_each_condition([&](const IdentityCondition& condition) { name(condition); });
    for (const property::Person& person : properties.persons)
      for (const uri::Uri& uri : person.identities) add_member(uri);
    for (const property::Property& property : properties.properties) {
      name(*property.group);
      if (const property::Group* other = property::other_group(property)) name(*other);
    }
    add_other_phone();
    // For all whom the engine refuses, and those of them who are in a group.
    add("pres:someone@elsewhere.example");
    for (const std::string& domain : grouped_) add("pres:someone@" + domain);
    for (std::size_t i = 0; i < kinds_.size(); ++i) by_text_.emplace(kinds_[i].text, i);
    for (const Kind& kind : kinds_) {
      const bool is_sip = kind.uri.scheme == "sip" || kind.uri.scheme == "sips";
      if (kind.text.empty()) result_.refused.emplace(kind.uri.text, is_sip ? Refusal::no_user : Refusal::scheme);
    }
    check_spelling();
    make_hosts();
    for (const std::string& member : members_) spell_otherwise(member);
    for (const std::string& domain : grouped_) spell_otherwise_in(domain);
  }

  TextIdentities rewrite() {
    for_each_condition([&](IdentityCondition& condition) { condition = rewritten(condition); });
    // Whom the engine refuses no rule reaches.
    for (policy::RuleSet& document : result_.policy.documents) {
      for (policy::Rule& rule : document.rules) {
        if (std::any_of(rule.conditions.begin(), rule.conditions.end(), [](const auto& condition) { return std::holds_alternative<IdentityCondition>(condition); })) continue;
        rule.conditions.emplace_back(IdentityCondition{{Many{std::nullopt, refused(rule.span), false, rule.span}}, rule.span});
      }
    }
    return std::move(result_);
  }

 private:
  template <class Visit>
  void for_each_condition(Visit visit) {
    for (policy::RuleSet& document : result_.policy.documents)
      for (policy::Rule& rule : document.rules)
        for (policy::Condition& condition : rule.conditions)
          if (auto* identity = std::get_if<IdentityCondition>(&condition)) visit(*identity);
  }

  void add(const uri::Uri& uri) {
    if (known_.insert(uri.text).second) kinds_.push_back(kind_of(uri, test_));
  }
  void add_member(const uri::Uri& uri) {
    add(uri);
    members_.insert(uri.text);
  }
  void add(std::string_view text) { add(uri::parse(text)); }
  /// Whoever the engine compares with this text.
  void add_compared(const std::string& text) {
    if (!is_of_ser()) {
      if (kind_of(uri::parse(text), test_).text == text) add(text);
      return;
    }
    const std::string_view scheme = "sip:";
    const std::size_t at = text.find('@');
    if (!text.starts_with(scheme) || at == std::string::npos || at == scheme.size()) return;  // nobody
    if (at + 1 == text.size()) return add("tel:" + text.substr(scheme.size(), at - scheme.size()));
    if (ser_kind(uri::parse(text)).text != text) return;  // it has what watchers' texts never have
    add(text);
    add("sips:" + text.substr(scheme.size()));
  }
  /// The text of a watcher whom an exception excludes.
  [[nodiscard]] std::string compared(const uri::Uri& excepted) const { return excepted.text.substr(0, excepted.text.size() - (exact_ ? 0 : 1)); }

  void name(const IdentityCondition& condition) {
    for (const auto& matcher : condition.matchers) {
      if (const auto* one = std::get_if<One>(&matcher)) add_compared(one->id.text);
      const auto* many = std::get_if<Many>(&matcher);
      if (many == nullptr) continue;
      if (many->domain) domains_.insert(many->domain->text);
      for (const Except& except : many->excepts) {
        if (except.id && !except.id->text.empty()) add_compared(compared(*except.id));
        if (except.domain) excepted_.insert(except.domain->text);
      }
    }
  }
  void name(const property::Group& group) {
    std::visit(Overloaded{
                   [](const property::Everyone&) {},
                   [&](const property::Members& members) {
                     for (const uri::Uri& uri : members.uris) add_member(uri);
                   },
                   [&](const property::DomainMembers& members) {
                     if (members.domain.ascii) grouped_.insert(*members.domain.ascii);
                     for (const uri::Uri& uri : members.except) add(uri);
                   },
                   [&](const property::PersonMembers& members) {
                     for (const uri::Uri& uri : members.person.identities) add_member(uri);
                   },
                   [&](const std::shared_ptr<const property::Group>& base) { name(*base); },
               },
               group.base);
    for (const auto& other : group.minus) name(*other);
  }

  [[nodiscard]] bool is_of_ser() const { return test_ == engine::IdentityTest::ser_exact || test_ == engine::IdentityTest::ser_text; }

  /// A watcher whom a group means by this URI, and no rule; with another host no rule for the domain means it, either.
  void spell_otherwise(const std::string& member) {
    const uri::Uri meant = uri::parse(member);
    if (kind_of(meant, test_).text.empty()) return;  // refused, however it is spelt
    if (test_ != engine::IdentityTest::canonical_text) add_other(with_escape(member), meant, true);
    spell_otherwise_as(meant);
  }
  void spell_otherwise_as(const uri::Uri& meant) {
    if (test_ == engine::IdentityTest::ser_text || test_ == engine::IdentityTest::canonical_text) return;
    add_other(with_capitals(meant.text), meant, false);
    if (test_ == engine::IdentityTest::whole_text && meant.text.find('?') == std::string::npos) add_other(meant.text + ";spelt=otherwise", meant, false);
  }
  void spell_otherwise_in(const std::string& domain) {
    std::string user = "someone";
    while (known_.contains("sip:" + user + "@" + domain)) user += "-else";
    spell_otherwise_as(uri::parse("sip:" + user + "@" + domain));
  }
  void add_other(const std::string& text, const uri::Uri& meant, bool keeps_domain) {
    const uri::Uri uri = uri::parse(text);
    if (text == meant.text || known_.contains(text) || !uri::equivalent(uri, meant) || by_text_.contains(kind_of(uri, test_).text)) return;
    result_.others.push_back({uri, keeps_domain});
  }

  /// A number that nothing names.
  void add_other_phone() {
    std::string phone = "tel:+15550100";
    while (known_.contains(phone)) phone += "0";
    add(phone);
  }

  /// Hosts are told apart with case, and by the partition without.
  void check_spelling() {
    for (const auto* texts : {&domains_, &excepted_})
      for (const std::string& text : *texts) result_.complete = result_.complete && !has_upper_case(text);
    for (const Kind& kind : kinds_) result_.complete = result_.complete && !has_upper_case(kind.host);
    result_.complete = result_.complete && domains_.size() <= kMostDomains;
    // What stands behind the @ is no host alone: a port, a parameter.
    if (test_ != engine::IdentityTest::whole_text) return;
    for (const auto* texts : {&domains_, &excepted_})
      for (const std::string& text : *texts) result_.complete = result_.complete && uri::to_ascii_domain(text);
  }

  [[nodiscard]] bool domain_fits(const std::string& domain, std::string_view host) const {
    if (exact_) return domain == host;
    return domain.size() == host.size() || std::string_view(domain).substr(0, host.size()) == host;
  }

  std::vector<bool> signature(std::string_view host) const {
    std::vector<bool> fits;
    for (const std::string& domain : domains_) fits.push_back(domain_fits(domain, host));
    return fits;
  }

  void make_hosts() {
    std::set<std::string> there;
    const auto add_host = [&](const std::string& text) {
      if (!text.empty() && uri::to_ascii_domain(text) && there.insert(text).second) hosts_.push_back(text);
    };
    for (const auto* texts : {&domains_, &excepted_, &grouped_})
      for (const std::string& text : *texts) add_host(text);
    for (const Kind& kind : kinds_) add_host(kind.host);
    if (!result_.complete) return;
    const std::set<std::string> named = there;
    std::set<std::vector<bool>> seen;
    const auto add_other = [&](const std::string& host) {
      if (!named.contains(host) && uri::to_ascii_domain(host) && seen.insert(signature(host)).second) add_host(host);
    };
    // The likeliest first: an example names one of these.
    for (const std::string& domain : domains_) add_other(of_same_length(domain, named));
    for (const std::string& domain : domains_)
      for (std::size_t length = domain.size(); length-- > 1;)
        if (domain[length - 1] != '-') add_other(domain.substr(0, length));
    // Those whom a partition takes for strangers of no domain fit none of the domains.
    for (std::size_t i = 1; i <= hosts_.size() + 1; ++i) {
      const std::string host = i == 1 ? "elsewhere.example" : fmt::format("elsewhere{}.example", i);
      if (there.contains(host)) continue;
      const auto fits = signature(host);
      if (std::none_of(fits.begin(), fits.end(), [](bool each) { return each; })) break;
      add_host(host);
    }
  }

  /// Another domain of as many letters: of another top level, else with other letters.
  static std::string of_same_length(const std::string& domain, const std::set<std::string>& named) {
    const auto is_free = [&](const std::string& text) { return !named.contains(text); };
    for (const std::string_view end : {".org", ".com", ".net"}) {
      if (domain.size() <= end.size() || domain[domain.size() - end.size()] != '.') continue;
      std::string other = domain.substr(0, domain.size() - end.size()) + std::string(end);
      if (is_free(other)) return other;
    }
    for (char letter = 'x'; letter > 'a'; --letter) {
      std::string other = domain;
      for (std::size_t i = 0; i < other.size() && other[i] != '.'; ++i) other[i] = letter;
      if (is_free(other)) return other;
    }
    return domain;
  }

  [[nodiscard]] bool fits(const Many& many, std::string_view host) const { return !many.domain || domain_fits(many.domain->text, host); }

  [[nodiscard]] IdentityCondition rewritten(const IdentityCondition& condition) const {
    IdentityCondition result{{}, condition.span};
    const auto some_many_fits = [&](std::string_view host) {
      return std::any_of(condition.matchers.begin(), condition.matchers.end(), [&](const auto& matcher) {
        const auto* many = std::get_if<Many>(&matcher);
        return many != nullptr && fits(*many, host);
      });
    };
    for (const auto& matcher : condition.matchers) {
      if (const auto* many = std::get_if<Many>(&matcher)) {
        add(*many, result);
        continue;
      }
      const auto* one = std::get_if<One>(&matcher);
      if (one == nullptr) continue;
      // Where a <many> fits it has the last word.
      for (const Kind* kind : kinds_with(one->id.text))
        if (exact_ || !some_many_fits(kind->host)) result.matchers.emplace_back(One{kind->uri, one->span});
    }
    if (result.matchers.empty()) result.matchers.emplace_back(policy::UnknownIdentity{"", "nobody", condition.span});
    return result;
  }

  [[nodiscard]] std::vector<Except> refused(const SourceSpan& span) const {
    std::vector<Except> excepts;
    for (const Kind& kind : kinds_)
      if (kind.text.empty()) excepts.push_back({kind.uri, std::nullopt, span});
    return excepts;
  }

  void add(const Many& many, IdentityCondition& result) const {
    std::vector<Except> excepts = refused(many.span);
    std::set<std::string> without_hosts;
    for (const Except& except : many.excepts) {
      if (except.domain && !except.id) without_hosts.insert(except.domain->text);  // an id counts alone
      if (!except.id || except.id->text.empty()) continue;
      for (const Kind* kind : kinds_with(compared(*except.id))) excepts.push_back({kind->uri, std::nullopt, except.span});
    }
    if (!many.domain) {
      for (const std::string& host : without_hosts)
        if (auto ascii = uri::to_ascii_domain(host)) excepts.push_back({std::nullopt, policy::Domain{host, std::move(ascii), many.span}, many.span});
      result.matchers.emplace_back(Many{std::nullopt, std::move(excepts), false, many.span});
      return;
    }
    for (const std::string& host : hosts_) {
      if (fits(many, host) && !without_hosts.contains(host)) result.matchers.emplace_back(Many{policy::Domain{host, uri::to_ascii_domain(host), many.span}, excepts, false, many.span});
    }
    if (exact_) return;
    // Telephone numbers have an empty host, with which every domain begins.
    for (const Kind& kind : kinds_) {
      const bool excepted = std::any_of(excepts.begin(), excepts.end(), [&](const Except& except) { return except.id && except.id->text == kind.uri.text; });
      if (!kind.text.empty() && kind.host.empty() && !excepted && !without_hosts.contains("")) result.matchers.emplace_back(One{kind.uri, many.span});
    }
  }

  [[nodiscard]] std::vector<const Kind*> kinds_with(const std::string& text) const {
    std::vector<const Kind*> found;
    for (auto [at, end] = by_text_.equal_range(text); at != end; ++at) found.push_back(&kinds_[at->second]);
    return found;
  }

  engine::IdentityTest test_;
  bool exact_;
  TextIdentities result_;
  std::vector<Kind> kinds_;
  std::multimap<std::string, std::size_t> by_text_;
  std::set<std::string> known_;
  std::set<std::string> domains_;   ///< of <many>
  std::set<std::string> excepted_;
  std::set<std::string> grouped_;
  std::set<std::string> members_;   ///< whom groups name
  std::vector<std::string> hosts_;
};

}  // namespace

TextIdentities with_text_identities(const policy::Policy& policy, const property::Properties& properties, engine::IdentityTest test) {
  return Rewriting(policy, properties, test).rewrite();
}

}  // namespace presproof::smt
