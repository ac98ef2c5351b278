#include "sip/trust.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/lexical.h"
#include "diag/error.h"
#include "diag/printable.h"

namespace presproof::sip {
namespace {

constexpr std::size_t kMaxTrustBytes = std::size_t{1} << 20U;
constexpr std::array<std::string_view, 3> kMechanismNames = {"p-asserted-identity", "identity", "digest"};
const std::vector<std::string_view> kKeys = {"mechanisms", "asserters", "identity_domains", "digest"};

/// Walks the parsed file and collects problems.
class TrustReader {
 public:
  TrustReader(const diag::Sources& sources, std::uint32_t file) : sources_(sources), file_(file) {}

  Trust read() {
    toml::table root;
    try {
      root = toml::parse(sources_.text(file_));
    } catch (const toml::parse_error& error) {
      throw diag::InputError({span(error.source(), 1), "not TOML: " + diag::printable(error.description()),
                              "a trust file has keys such as `mechanisms = [\"digest\"]`"});
    }
    for (auto&& [key, node] : root) read_key(key, node);
    if (!problems_.empty()) throw diag::InputError(std::move(problems_));
    return std::move(trust_);
  }

 private:
  [[nodiscard]] SourceSpan span(const toml::source_region& region, std::uint32_t length) const {
    return {file_, static_cast<std::uint32_t>(region.begin.line), static_cast<std::uint32_t>(region.begin.column),
            length};
  }

  void complain(const toml::source_region& region, std::size_t length, std::string message, std::string hint) {
    problems_.push_back({span(region, static_cast<std::uint32_t>(length)), std::move(message), std::move(hint)});
  }

  static std::string nearest_hint(std::string_view word, const std::vector<std::string_view>& known) {
    const auto nearest = nearest_word(word, known);
    return nearest ? fmt::format("did you mean `{}`?", *nearest)
                   : fmt::format("known are `{}`", fmt::join(known, "`, `"));
  }

  void read_key(const toml::key& key, const toml::node& node) {
    const std::string_view name = key.str();
    if (name == "mechanisms") {
      for_each_text(key, node, [&](const std::string& text, const toml::node& at) { add_mechanism(text, at); });
    } else if (name == "asserters") {
      for_each_text(key, node,
                    [&](const std::string& text, const toml::node& at) { add_host(trust_.asserters, text, at); });
    } else if (name == "identity_domains") {
      for_each_text(key, node, [&](const std::string& text, const toml::node& at) {
        add_host(trust_.identity_domains, text, at);
      });
    } else if (name == "digest") {
      read_digest(key, node);
    } else {
      complain(key.source(), name.size(), fmt::format("unknown key `{}` in a trust file", diag::printable(name)),
               nearest_hint(name, kKeys));
    }
  }

  template <class Add>
  void for_each_text(const toml::key& key, const toml::node& node, Add add) {
    const toml::array* array = node.as_array();
    if (array == nullptr) {
      complain(node.source(), 1, fmt::format("`{}` is not an array", key.str()), "write `[\"...\", \"...\"]`");
      return;
    }
    for (const toml::node& element : *array) {
      if (const auto* text = element.as_string()) {
        add(text->get(), element);
      } else {
        complain(element.source(), 1, fmt::format("`{}` holds something that is not a string", key.str()),
                 "put it in double quotes");
      }
    }
  }

  void add_mechanism(const std::string& text, const toml::node& node) {
    const auto found = std::find(kMechanismNames.begin(), kMechanismNames.end(), text);
    if (found == kMechanismNames.end()) {
      complain(node.source(), text.size() + 2, fmt::format("unknown mechanism `{}`", diag::printable(text)),
               nearest_hint(text, {kMechanismNames.begin(), kMechanismNames.end()}));
      return;
    }
    trust_.mechanisms.insert(static_cast<Mechanism>(found - kMechanismNames.begin()));
  }

  void add_host(std::set<std::string>& hosts, const std::string& text, const toml::node& node) {
    const auto host = uri::to_ascii_domain(text);
    if (host) {
      hosts.insert(*host);
    } else {
      complain(node.source(), text.size() + 2, fmt::format("`{}` is not a host", diag::printable(text)),
               "write a domain such as `example.com`, an IPv4 address, or an IPv6 address in brackets");
    }
  }

  void read_digest(const toml::key& key, const toml::node& node) {
    const toml::table* realms = node.as_table();
    if (realms == nullptr) {
      complain(key.source(), key.str().size(), "`digest` is not a table of realms",
               "write `[digest.\"example.com\"]` and below it `ali = \"sip:alice@example.com\"`");
      return;
    }
    for (auto&& [realm, users] : *realms) {
      if (const toml::table* table = users.as_table()) {
        for (auto&& [user, address] : *table) add_user(trust_.digest[std::string(realm.str())], user, address);
      } else {
        complain(realm.source(), realm.str().size(),
                 fmt::format("realm `{}` is not a table of user names", diag::printable(realm.str())),
                 "write `[digest.\"realm\"]` and below it `username = \"sip:...\"`");
      }
    }
  }

  void add_user(std::map<std::string, uri::Uri>& users, const toml::key& user, const toml::node& node) {
    const auto* text = node.as_string();
    const uri::Uri address = uri::parse(text == nullptr ? "" : text->get());
    if ((address.scheme != "sip" && address.scheme != "sips") || !uri::well_formed(address.text)) {
      complain(node.source(), 1,
               fmt::format("user `{}` is not bound to an address of record", diag::printable(user.str())),
               "write a sip or sips URI such as `\"sip:alice@example.com\"` (RFC 5025 section 3.1.1.2)");
    } else if (equal_ignoring_case(user.str(), "anonymous")) {
      complain(user.source(), user.str().size(), "the user name `anonymous` is bound to an address of record",
               "this name authenticates nobody (RFC 5025 section 3.1.1.2); remove the line");
    } else {
      users.emplace(std::string(user.str()), address);
    }
  }

  const diag::Sources& sources_;
  std::uint32_t file_;
  Trust trust_;
  std::vector<diag::Problem> problems_;
};

}  // namespace

std::string_view to_string(Mechanism mechanism) { return kMechanismNames.at(static_cast<std::size_t>(mechanism)); }

Trust read_trust(const diag::Sources& sources, std::uint32_t file) {
  if (sources.text(file).size() > kMaxTrustBytes) {
    throw diag::InputError(
        {sources.span_at(file, 0, 0), "the trust file is larger than 1 MiB", "is this the right file?"});
  }
  return TrustReader(sources, file).read();
}

}  // namespace presproof::sip
