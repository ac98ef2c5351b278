#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

#include "lint/aliases.h"
#include "lint/checks/checks.h"
#include "uri/escape.h"

namespace presproof::lint {
namespace {

/// The global number that a tel URI is, or that a SIP URI has as its user part (RFC 3261 section 19.1.6); empty when
/// there is none.
std::string number_of(const uri::Uri& uri) {
  std::string_view user = uri.core;
  const bool tel = uri.scheme == "tel";
  if (!tel && uri.scheme != "sip" && uri.scheme != "sips") return {};
  user.remove_prefix(uri.scheme.size() + 1);
  if (!tel) user = user.substr(0, std::min(user.find('@'), user.size()));
  if (!user.starts_with('+') || (!tel && uri.core.find('@') == std::string::npos)) return {};
  std::string digits;
  for (const char c : user.substr(1)) {
    if (!tel && std::string_view("-.()").find(c) != std::string_view::npos) continue;
    if (!uri::is_ascii_digit(c)) return {};
    digits += c;
  }
  return digits;
}

struct Number {
  Alias tel;
  std::map<std::string, Alias> sips;  ///< by core
};

/// How many SIP URIs with the same number are looked at.
constexpr std::size_t kMostAliases = 8;

void check_number(const Context& context, const Number& number, diag::Sink& sink) {
  if (number.tel.mentions.empty()) return;
  for (const auto& [core, sip] : number.sips) {
    const auto told = told_apart(context, number.tel, sip);
    if (!told) continue;
    sink.report(alias_finding(diag::Code::tel_and_sip_number, number.tel, sip, *told,
                              "a tel URI never equals a SIP URI with the same number"));
    return;
  }
}

}  // namespace

/// RFC 5025 section 3.1.1.2: "A WR identity that is a SIP URI with a phone number will NOT match the <one> and <except>
/// conditions whose 'id' is a tel URI with the same number. The same is true in the reverse."
void check_tel_and_sip_number(const Context& context, diag::Sink& sink) {
  std::unordered_map<std::string, std::size_t> index;
  std::vector<Number> numbers;
  each_mention(context.policy, [&](const Mention& mention) {
    if (mention.id() == nullptr || foreign_parts(*mention.id())) return;
    const auto digits = number_of(*mention.id());
    if (digits.empty()) return;
    const auto [entry, is_new] = index.try_emplace(digits, numbers.size());
    if (is_new) numbers.emplace_back();
    auto& number = numbers[entry->second];
    if (mention.id()->scheme == "tel") {
      number.tel.mentions.push_back(mention);
    } else if (number.sips.size() < kMostAliases || number.sips.contains(mention.id()->core)) {
      number.sips[mention.id()->core].mentions.push_back(mention);
    }
  });
  for (const auto& number : numbers) check_number(context, number, sink);
}

}  // namespace presproof::lint
