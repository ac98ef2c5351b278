#include "smt/identity_names.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/fault.h"
#include "base/lexical.h"
#include "diag/error.h"

namespace presproof::smt {
namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// A sip URI without the parameters named in `dropped`, cut where parameters can be put in: before the headers.
struct Stem {
  std::string before;
  std::string headers;
};

Stem stem_of(const std::string& text, const std::map<std::string, std::set<std::string>>& dropped) {
  const std::size_t at = text.find('@');
  const std::size_t host = at == std::string::npos ? 0 : at;
  const std::size_t question = std::min(text.find('?', host), text.size());
  std::size_t semicolon = std::min(text.find(';', host), question);
  Stem stem{text.substr(0, semicolon), text.substr(question)};
  while (semicolon < question) {
    const std::size_t next = std::min(text.find(';', semicolon + 1), question);
    const std::string piece = text.substr(semicolon, next - semicolon);
    // Escapes in a name are rare: a name that is written with one is not found here, and then the result does not parse to what is
    // wanted, which is noticed.
    const std::string name = to_lower_ascii(std::string_view(piece).substr(1, piece.find('=') == std::string::npos ? piece.npos : piece.find('=') - 1));
    if (!dropped.contains(name)) stem.before += piece;
    semicolon = next;
  }
  return stem;
}

std::string spelled(const Stem& stem, const Parameters& parameters) {
  std::string text = stem.before;
  for (const auto& [name, value] : parameters) text += value.empty() ? ";" + name : ";" + name + "=" + value;
  return text + stem.headers;
}

std::string value_not_in(const std::set<std::string>& values) {
  std::string value = "other";
  for (int i = 2; values.contains(value); ++i) value = fmt::format("other{}", i);
  return value;
}

/// Every choice of a value, or none, for each parameter; nothing when there are more than `limit`.
std::optional<std::vector<Parameters>> all_choices(const std::map<std::string, std::set<std::string>>& values, std::size_t limit) {
  std::vector<Parameters> choices(1);
  for (const auto& [name, named] : values) {
    if (choices.size() * (named.size() + 2) > limit) return std::nullopt;
    std::set<std::string> possible = named;
    possible.insert(value_not_in(named));
    std::vector<Parameters> longer = choices;  // without this one
    for (const Parameters& choice : choices) {
      for (const std::string& value : possible) {
        longer.push_back(choice);
        longer.back().emplace_back(name, value);
      }
    }
    choices = std::move(longer);
  }
  return choices;
}

}  // namespace

NameId IdentityNames::add(const uri::Uri& uri) {
  const auto [bucket, is_new] = by_core_.try_emplace(uri.core);
  if (is_new) cores_.push_back(uri.core);
  for (const NameId known : bucket->second) {
    if (seeded(Fault::names_parameters_forgotten) || names_[known].others == uri.others) return known;
  }
  const auto id = static_cast<NameId>(names_.size());
  names_.push_back(uri);
  bucket->second.push_back(id);
  return id;
}

DomainId IdentityNames::add_domain(const std::string& ascii) {
  const auto [place, is_new] = domains_.try_emplace(ascii, static_cast<DomainId>(domain_texts_.size()));
  if (is_new) domain_texts_.push_back(ascii);
  return place->second;
}

Identity IdentityNames::identify(const uri::Uri& uri) const {
  Identity identity{uri, {}, std::nullopt};
  if (const auto bucket = by_core_.find(uri.core); bucket != by_core_.end()) {
    for (const NameId id : bucket->second) {
      if (seeded(Fault::names_first_equivalent_only) && !identity.names.empty()) continue;
      if (uri::equivalent(names_[id], uri)) identity.names.push_back(id);
    }
  }
  if (uri.domain) {
    if (const auto domain = domains_.find(*uri.domain); domain != domains_.end()) identity.domain = domain->second;
  }
  return identity;
}

Identity IdentityNames::stranger_of(DomainId domain) const {
  // One of names + 1 users is not named.
  for (std::size_t i = 1; i <= names_.size() + 1; ++i) {
    const std::string user = i == 1 ? "someone" : fmt::format("someone{}", i);
    Identity identity = identify(uri::parse("sip:" + user + "@" + domain_texts_[domain]));
    if (identity.names.empty() && identity.domain == domain) return identity;
  }
  throw diag::InternalError(fmt::format("no stranger of the domain `{}`", domain_texts_[domain]));
}

Identity IdentityNames::stranger() const {
  for (std::size_t i = 1; i <= domain_texts_.size() + names_.size() + 1; ++i) {
    const std::string host = i == 1 ? "elsewhere.example" : fmt::format("elsewhere{}.example", i);
    Identity identity = identify(uri::parse("sip:someone@" + host));
    if (identity.names.empty() && !identity.domain) return identity;
  }
  throw diag::InternalError("no stranger of no named domain");
}

std::vector<Identity> IdentityNames::spellings(const std::string& core, bool& complete) const {
  std::vector<Identity> found;
  std::set<std::vector<NameId>> seen;
  const auto keep = [&](Identity identity) {
    if (!identity.names.empty() && seen.insert(identity.names).second) found.push_back(std::move(identity));
  };
  const std::vector<NameId>& named = by_core_.at(core);
  for (const NameId id : named) keep(identify(names_[id]));
  if (seeded(Fault::names_no_other_spellings)) return found;
  if (named.size() == 1) return found;  // equivalent to it or not: the only two kinds there are

  std::map<std::string, std::set<std::string>> values;
  for (const NameId id : named) {
    for (const auto& [name, value] : names_[id].others) values[name].insert(value);
  }
  const auto choices = all_choices(values, kMaxSpellings);
  if (!choices) {
    complete = false;
    return found;
  }
  const Stem stem = stem_of(names_[named.front()].text, values);
  for (const Parameters& choice : *choices) {
    const uri::Uri uri = uri::parse(spelled(stem, choice));
    if (uri.core == core && uri.others == choice) {
      keep(identify(uri));
    } else {
      complete = false;
    }
  }
  return found;
}

}  // namespace presproof::smt
