#include "lint_config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "base/lexical.h"
#include "diag/error.h"
#include "diag/printable.h"
#include "engine/profile.h"
#include "property/quantity.h"

namespace presproof::cli {
namespace {

constexpr std::size_t kMaxConfigBytes = std::size_t{1} << 20U;
constexpr std::array<std::string_view, 3> kSeverities = {"note", "warning", "error"};
constexpr std::array<std::string_view, 3> kUsages = {"auto", "presence", "geolocation"};

std::string known_hint(std::string_view word, const std::vector<std::string_view>& known) {
  if (const auto near = nearest_word(word, known)) return fmt::format("did you mean `{}`?", *near);
  return fmt::format("known are `{}`", fmt::join(known, "`, `"));
}

/// Walks the parsed file and collects problems.
class ConfigReader {
 public:
  ConfigReader(const diag::Sources& sources, std::uint32_t file)
      : sources_(sources), file_(file), folder_(std::filesystem::path(sources.name(file)).parent_path()) {}

  LintConfig read() {
    const auto text = sources_.text(file_);
    if (text.size() > kMaxConfigBytes) throw diag::InputError(diag::Problem{.span = {}, .message = "the configuration is larger than 1 MiB", .hint = {}});
    toml::table root;
    try {
      root = toml::parse(text);
    } catch (const toml::parse_error& error) {
      throw diag::InputError(diag::Problem{.span = span(error.source(), 1),
                                           .message = "not TOML: " + diag::printable(error.description()),
                                           .hint = "a configuration has lines such as `fail-on = \"error\"` below `[lint]`"});
    }
    read_table(root, "", kTop);
    config_.properties.insert(config_.properties.begin(), groups_.begin(), groups_.end());
    std::ranges::stable_sort(problems_, {}, [](const diag::Problem& each) { return std::pair(each.span.line, each.span.column); });
    if (!problems_.empty()) throw diag::InputError(std::move(problems_));
    return std::move(config_);
  }

 private:
  /// A key of a table and what takes its value.
  struct Key {
    std::string_view name;
    void (ConfigReader::*take)(const toml::key& key, const toml::node& value);
  };
  static const std::array<Key, 6> kTop;
  static const std::array<Key, 5> kLint;
  static const std::array<Key, 3> kThresholds;
  static const std::array<Key, 1> kGroups;

  [[nodiscard]] SourceSpan span(const toml::source_region& region, std::size_t length) const {
    return {file_, static_cast<std::uint32_t>(region.begin.line), static_cast<std::uint32_t>(region.begin.column),
            static_cast<std::uint32_t>(length)};
  }
  void complain(const toml::source_region& region, std::size_t length, std::string message, std::string hint) {
    problems_.push_back({span(region, length), std::move(message), std::move(hint)});
  }

  void read_table(const toml::table& table, std::string_view name, std::span<const Key> keys) {
    for (auto&& [key, value] : table) {
      const auto found = std::ranges::find(keys, key.str(), &Key::name);
      if (found != keys.end()) {
        (this->*found->take)(key, value);
      } else {
        unknown_key(key, name, keys);
      }
    }
  }

  void unknown_key(const toml::key& key, std::string_view table, std::span<const Key> keys) {
    const std::string_view name = key.str();
    const auto where = table.empty() ? std::string("at the top of the configuration") : fmt::format("in `[{}]`", table);
    std::vector<std::string_view> known;
    for (const auto& each : keys) known.push_back(each.name);
    auto hint = known_hint(name, known);
    const auto belongs = [&](std::span<const Key> others) { return std::ranges::find(others, name, &Key::name) != others.end(); };
    if (belongs(kTop)) hint = fmt::format("write `{}` above the first `[table]`", name);
    if (belongs(kLint)) hint = fmt::format("write `{}` below `[lint]`", name);
    if (belongs(kThresholds)) hint = fmt::format("write `{}` below `[lint.thresholds]`", name);
    complain(key.source(), name.size(), fmt::format("unknown key `{}` {}", diag::printable(name), where), std::move(hint));
  }

  template <std::size_t N>
  void read_subtable(const toml::key& key, const toml::node& value, std::string_view name, const std::array<Key, N>& keys) {
    if (const auto* table = value.as_table()) return read_table(*table, name, keys);
    complain(value.source(), 1, fmt::format("`{}` is not a table", key.str()), fmt::format("write `[{}]` and its keys below it", name));
  }

  /// The string of a key; null, and a problem, when the value is something else.
  const std::string* text_of(const toml::key& key, const toml::node& value) {
    if (const auto* text = value.as_string()) return &text->get();
    complain(value.source(), 1, fmt::format("`{}` is not a string", diag::printable(key.str())), "put it in double quotes");
    return nullptr;
  }
  template <class Take>
  void each_text(const toml::key& key, const toml::node& value, Take take) {
    const auto* array = value.as_array();
    if (array == nullptr)
      return complain(value.source(), 1, fmt::format("`{}` is not an array", key.str()), "write `[\"...\", \"...\"]`");
    for (const auto& element : *array)
      if (const auto* text = text_of(key, element)) take(*text, element);
  }
  /// One of some words.
  template <class Words>
  std::optional<std::size_t> word_of(const toml::key& key, const toml::node& value, const Words& words) {
    const auto* text = text_of(key, value);
    if (text == nullptr) return std::nullopt;
    const auto found = std::ranges::find(words, std::string_view(*text));
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    complain(value.source(), text->size() + 2, fmt::format("`{}` is no value of `{}`", diag::printable(*text), diag::printable(key.str())),
             known_hint(*text, {words.begin(), words.end()}));
    return std::nullopt;
  }
  std::optional<diag::Code> code_of(std::string_view word, const toml::source_region& at, std::size_t length) {
    if (const auto code = diag::find_code(word)) return code;
    std::vector<std::string_view> known;
    for (const auto& row : diag::all_codes()) known.insert(known.end(), {row.id, row.name});
    const auto near = nearest_word(word, known);
    complain(at, length, fmt::format("unknown finding `{}`", diag::printable(word)),
             near ? fmt::format("did you mean `{}`?", *near) : "`presproof lint --list` shows all codes and names");
    return std::nullopt;
  }
  void add_codes(const toml::key& key, const toml::node& value, std::vector<diag::Code>& codes) {
    each_text(key, value, [&](const std::string& text, const toml::node& at) {
      if (const auto code = code_of(text, at.source(), text.size() + 2)) codes.push_back(*code);
    });
  }
  /// A quantity of the property language.
  template <class Parse>
  auto quantity_of(const toml::key& key, const toml::node& value, Parse parse) {
    using Value = decltype(parse(std::declval<property::Cursor&>()));
    const auto* text = text_of(key, value);
    if (text == nullptr) return std::optional<Value>();
    diag::Sources alone;
    std::vector<diag::Problem> problems;
    std::optional<Value> result;
    property::Cursor cursor(alone, alone.add({}, *text), problems);
    try {
      result = parse(cursor);
      cursor.expect_end_of_statement(false);
    } catch (const property::StatementAbandoned&) {  // the problem says why
    }
    if (problems.empty()) return result;
    complain(value.source(), text->size() + 2, problems.front().message, problems.front().hint);
    return std::optional<Value>();
  }
  [[nodiscard]] std::string beside(const std::string& path) const { return (folder_ / std::filesystem::path(path)).lexically_normal().string(); }

  void take_lint(const toml::key& key, const toml::node& value) { read_subtable(key, value, "lint", kLint); }
  void take_thresholds(const toml::key& key, const toml::node& value) { read_subtable(key, value, "lint.thresholds", kThresholds); }
  void take_groups(const toml::key& key, const toml::node& value) { read_subtable(key, value, "groups", kGroups); }
  void take_enable(const toml::key& key, const toml::node& value) { add_codes(key, value, config_.enable); }
  void take_disable(const toml::key& key, const toml::node& value) { add_codes(key, value, config_.disable); }
  void take_fail_on(const toml::key& key, const toml::node& value) {
    if (const auto index = word_of(key, value, kSeverities)) config_.fail_on = static_cast<diag::Severity>(*index);
  }
  void take_severity(const toml::key& key, const toml::node& value) {
    const auto* table = value.as_table();
    if (table == nullptr)
      return complain(value.source(), 1, fmt::format("`{}` is not a table", key.str()), "write `[lint.severity]` and below it `PP302 = \"note\"`");
    for (auto&& [code_word, severity_word] : *table) {
      const auto code = code_of(code_word.str(), code_word.source(), code_word.str().size());
      constexpr std::array<std::string_view, 4> kWords = {"note", "warning", "error", "off"};
      const auto index = word_of(code_word, severity_word, kWords);
      if (!code || !index) continue;
      const auto severity = *index < 3 ? std::optional(static_cast<diag::Severity>(*index)) : std::nullopt;
      if (!config_.severity.emplace(*code, severity).second)
        complain(code_word.source(), code_word.str().size(), fmt::format("`{}` is given a severity twice", diag::info(*code).id),
                 "name it once, by its code or by its name");
    }
  }
  void take_effective_radius(const toml::key& key, const toml::node& value) { config_.effective_radius_m = quantity_of(key, value, property::parse_length); }
  void take_fine_radius(const toml::key& key, const toml::node& value) { config_.fine_radius_m = quantity_of(key, value, property::parse_length); }
  void take_retention(const toml::key& key, const toml::node& value) { config_.retention_s = quantity_of(key, value, property::parse_duration); }
  void take_group_file(const toml::key& key, const toml::node& value) {
    if (const auto* text = text_of(key, value)) groups_.push_back(beside(*text));
  }
  void take_properties(const toml::key& key, const toml::node& value) {
    each_text(key, value, [&](const std::string& text, const toml::node&) { config_.properties.push_back(beside(text)); });
  }
  void take_baseline(const toml::key& key, const toml::node& value) {
    if (const auto* text = text_of(key, value)) config_.baseline = beside(*text);
  }
  void take_engine(const toml::key& key, const toml::node& value) {
    // Parameters are looked at when the engine is chosen.
    const auto* text = text_of(key, value);
    if (text == nullptr) return;
    std::vector<std::string_view> known;
    for (const auto& profile : engine::all_profiles()) known.push_back(profile.name);
    const std::string name = text->substr(0, text->find(','));
    if (std::find(known.begin(), known.end(), name) != known.end()) config_.engine = *text;
    else (void)word_of(key, value, known);  // says what is wrong
  }
  void take_usage(const toml::key& key, const toml::node& value) {
    if (const auto index = word_of(key, value, kUsages)) config_.usage = kUsages[*index];
  }

  const diag::Sources& sources_;
  std::uint32_t file_;
  std::filesystem::path folder_;
  std::vector<diag::Problem> problems_;
  std::vector<std::string> groups_;
  LintConfig config_;
};

const std::array<ConfigReader::Key, 6> ConfigReader::kTop = {{
    {"lint", &ConfigReader::take_lint},
    {"groups", &ConfigReader::take_groups},
    {"properties", &ConfigReader::take_properties},
    {"baseline", &ConfigReader::take_baseline},
    {"engine", &ConfigReader::take_engine},
    {"usage", &ConfigReader::take_usage},
}};
const std::array<ConfigReader::Key, 5> ConfigReader::kLint = {{
    {"enable", &ConfigReader::take_enable},
    {"disable", &ConfigReader::take_disable},
    {"fail-on", &ConfigReader::take_fail_on},
    {"severity", &ConfigReader::take_severity},
    {"thresholds", &ConfigReader::take_thresholds},
}};
const std::array<ConfigReader::Key, 3> ConfigReader::kThresholds = {{
    {"effective-radius", &ConfigReader::take_effective_radius},
    {"fine-radius", &ConfigReader::take_fine_radius},
    {"retention", &ConfigReader::take_retention},
}};
const std::array<ConfigReader::Key, 1> ConfigReader::kGroups = {{{"file", &ConfigReader::take_group_file}}};

}  // namespace

std::optional<std::filesystem::path> find_config(const std::filesystem::path& folder) {
  std::error_code error;
  auto at = std::filesystem::absolute(folder, error).lexically_normal();
  if (error) return std::nullopt;
  while (true) {
    if (auto file = at / kConfigName; std::filesystem::is_regular_file(file, error)) return file;
    const auto above = at.parent_path();
    if (above == at) return std::nullopt;
    at = above;
  }
}

LintConfig read_lint_config(const diag::Sources& sources, std::uint32_t file) { return ConfigReader(sources, file).read(); }

}  // namespace presproof::cli
