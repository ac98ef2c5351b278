#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

/// So many words of one are named.
constexpr std::size_t kNamed = 3;
constexpr std::string_view kSeparators = ", \t\r\n";

/// The words that somebody meant who takes commas for separators.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = text.find_first_not_of(kSeparators); at != std::string_view::npos;) {
    const auto end = std::min(text.find_first_of(kSeparators, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kSeparators, end);
  }
  return words;
}

bool has_repetition(const std::vector<std::string_view>& words) {
  std::set<std::string> seen;
  return !std::ranges::all_of(words, [&](std::string_view word) { return seen.insert(to_lower_ascii(word)).second; });
}

std::string message_for(const policy::Rule& rule, const std::string& token) {
  auto message = fmt::format("{} names the sphere {}, comma included, since blanks alone separate spheres",
                             name_of(rule), policy::quoted(token));
  const auto words = words_of(token);
  if (words.empty()) return message;
  message +=
      (words.size() == 1 ? ": it does not stand for " : ": it stands for neither ") + policy::quoted(words.front());
  for (std::size_t i = 1; i < words.size() && i < kNamed; ++i) message += " nor " + policy::quoted(words[i]);
  return message;
}

}  // namespace

/// RFC 4745 section 7.3: "the individual tokens MUST be separated by a blank character", and are opaque.
void check_sphere_comma(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::SphereCondition>(rule, [&](const policy::SphereCondition& sphere) {
      const auto token =
          std::ranges::find_if(sphere.tokens, [](const auto& each) { return each.find(',') != std::string::npos; });
      if (token != sphere.tokens.end())
        sink.report(finding(diag::Code::sphere_comma, rule, sphere.span, message_for(rule, *token),
                            "separate the words by blanks, as in `work home`"));
    });
  });
}

/// Blanks for commas.
bool fix_sphere_comma(const Fixing& fixing, text::TextChanges& changes) {
  const auto value = text::attribute_value(fixing.text(), fixing.element(), "value");
  if (!value) return false;
  const auto raw = fixing.text().substr(value->begin, value->end - value->begin);
  const auto words = words_of(raw);
  if (words.empty() || raw.find('&') != std::string_view::npos || has_repetition(words)) return false;
  for (std::size_t i = 0; i <= words.size(); ++i) {  // the text before each word, and behind the last
    const auto begin = i == 0 ? 0 : static_cast<std::size_t>(words[i - 1].data() + words[i - 1].size() - raw.data());
    const auto end = i == words.size() ? raw.size() : static_cast<std::size_t>(words[i].data() - raw.data());
    if (raw.substr(begin, end - begin).find(',') == std::string_view::npos) continue;
    changes.replace(value->begin + begin, value->begin + end, i == 0 || i == words.size() ? "" : " ");
  }
  return true;
}

}  // namespace presproof::lint
