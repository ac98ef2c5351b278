#include "suite/reader.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "base/lexical.h"
#include "diag/error.h"
#include "diag/printable.h"
#include "semantics/combine.h"
#include "suite/document_path.h"

namespace presproof::suite {
namespace {

using report::Json;

constexpr std::size_t kMaxBytes = std::size_t{4} << 20U;

/// Of a case and of a row.
constexpr std::array<std::string_view, 9> kCaseKeys = {"name", "watcher", "anonymous", "watchers", "at", "sphere", "location", "civic", "expect"};

class SuiteReader {
 public:
  SuiteReader(const diag::Sources& sources, std::uint32_t file) : sources_(sources), file_(file) {
    suite_.file = sources.name(file);
    folder_ = std::filesystem::path(suite_.file).parent_path();
  }

  Suite read() {
    const auto text = sources_.text(file_);
    if (text.size() > kMaxBytes) throw diag::InputError(diag::Problem{.span = {}, .message = fmt::format("`{}` is larger than 4 MiB", suite_.file), .hint = {}});
    toml::table root;
    try {
      root = toml::parse(text);
    } catch (const toml::parse_error& error) {
      throw diag::InputError(diag::Problem{.span = span_of(error.source()), .message = "not TOML: " + diag::printable(error.description()), .hint = "a suite has a `policy` and `[[case]]` tables; see presproof-test(1)"});
    }
    read_root(root);
    std::ranges::stable_sort(problems_, {}, [](const diag::Problem& each) { return std::pair(each.span.line, each.span.column); });
    if (!problems_.empty()) throw diag::InputError(std::move(problems_));
    return std::move(suite_);
  }

 private:
  [[nodiscard]] SourceSpan span_of(const toml::source_region& region) const {
    return {file_, static_cast<std::uint32_t>(region.begin.line), static_cast<std::uint32_t>(region.begin.column), 1};
  }
  void complain(const toml::source_region& region, std::string message, std::string hint) { problems_.push_back({span_of(region), std::move(message), std::move(hint)}); }

  /// Reports keys that are none of these.
  void check_keys(const toml::table& table, const std::vector<std::string_view>& known, std::string_view where) {
    for (auto&& [key, value] : table) {
      if (std::ranges::find(known, key.str()) != known.end()) continue;
      const auto near = nearest_word(key.str(), known);
      complain(key.source(), fmt::format("unknown key `{}` {}", diag::printable(key.str()), where), near ? fmt::format("did you mean `{}`?", *near) : fmt::format("known are `{}`", fmt::join(known, "`, `")));
    }
  }
  std::optional<std::string> text_of(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    if (const auto* text = node->as_string()) return text->get();
    complain(node->source(), fmt::format("`{}` is not a string", key), "put it in double quotes");
    return std::nullopt;
  }
  /// A string, or an array of strings.
  std::vector<std::string> texts_of(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return {};
    if (const auto* text = node->as_string()) return {text->get()};
    std::vector<std::string> texts;
    const auto* array = node->as_array();
    if (array == nullptr) complain(node->source(), fmt::format("`{}` is neither a string nor an array of strings", key), "write `\"...\"` or `[\"...\", \"...\"]`");
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      const auto* text = array->get(i)->as_string();
      if (text != nullptr) texts.push_back(text->get());
      else complain(array->get(i)->source(), fmt::format("`{}` has an element that is not a string", key), "put it in double quotes");
    }
    return texts;
  }
  std::vector<std::string> paths_of(const toml::table& table, std::string_view key) {
    auto paths = texts_of(table, key);
    for (auto& path : paths) path = (folder_ / path).lexically_normal().string();
    return paths;
  }
  /// RFC 3339 as a string, or TOML's own date and time with an offset.
  std::optional<Instant> time_of(const toml::table& table) {
    const toml::node* node = table.get("at");
    if (node == nullptr) return std::nullopt;
    std::optional<Instant> time;
    if (const auto* text = node->as_string()) time = parse_rfc3339(text->get());
    if (const auto* own = node->as_date_time(); own != nullptr && own->get().offset) time = parse_rfc3339(fmt::format("{}", written(own->get())));
    if (!time) complain(node->source(), "`at` is no time with an offset", "write `at = 2026-06-01T12:00:00Z`");
    return time;
  }
  static std::string written(const toml::date_time& at) {
    const int minutes = at.offset->minutes;
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}{}{:02}:{:02}", at.date.year, at.date.month, at.date.day, at.time.hour, at.time.minute, at.time.second, at.time.nanosecond, minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                       std::abs(minutes) % 60);
  }

  void read_root(const toml::table& root) {
    check_keys(root, {"policy", "presence", "properties", "usage", "engine", "readings", "at", "case", "property"}, "at the top of the suite");
    suite_.policies = paths_of(root, "policy");
    if (suite_.policies.empty()) complain(root.source(), "the suite names no `policy`", "write `policy = \"rules.xml\"`, relative to the suite");
    suite_.presences = paths_of(root, "presence");
    suite_.properties = paths_of(root, "properties");
    if (auto usage = text_of(root, "usage")) suite_.usage = *usage;
    if (auto engine = text_of(root, "engine")) suite_.engine = *engine;
    suite_.readings = texts_of(root, "readings");
    const auto clock = time_of(root);
    each_table(root, "case", [&](const toml::table& table) { read_case(table, clock); });
    each_table(root, "property", [&](const toml::table& table) { read_property(table); });
    if (suite_.cases.empty() && suite_.expected_properties.empty() && problems_.empty()) complain(root.source(), "the suite expects nothing", "add a `[[case]]`, or draft one with `presproof test --new`");
  }
  template <class Take>
  void each_table(const toml::table& root, std::string_view key, Take take) {
    const toml::node* node = root.get(key);
    if (node == nullptr) return;
    const auto* array = node->as_array();
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      if (const auto* table = array->get(i)->as_table()) take(*table);
      else array = nullptr;
    }
    if (array == nullptr) complain(node->source(), fmt::format("`{}` is not an array of tables", key), fmt::format("write `[[{}]]`", key));
  }

  void read_property(const toml::table& table) {
    check_keys(table, {"name", "text", "expect"}, "in `[[property]]`");
    PropertyExpectation expected;
    expected.name = text_of(table, "name").value_or("");
    expected.text = text_of(table, "text").value_or("");
    expected.span = span_of(table.source());
    const auto word = text_of(table, "expect").value_or("proved");
    const auto place = std::ranges::find(verify::kVerdictNames, word);
    if (place == verify::kVerdictNames.end()) complain(table.source(), fmt::format("`{}` is no verdict", diag::printable(word)), fmt::format("one of `{}`", fmt::join(verify::kVerdictNames, "`, `")));
    else expected.verdict = static_cast<verify::Verdict>(place - verify::kVerdictNames.begin());
    if (expected.name.empty() && expected.text.empty()) complain(table.source(), "the property has neither a `name` nor a `text`", "write the `name` of a property in the file of `properties`, or its `text`");
    suite_.expected_properties.push_back(std::move(expected));
  }

  /// What a `[[case]]`, or a row of one, says: a row has all that its case says and that it does not say itself.
  struct Draft {
    Case one;
    std::optional<Instant> time;
    std::vector<std::string> identities;  ///< of one watcher
    std::vector<std::string> several;     ///< watchers
    bool anonymous = false;
    [[nodiscard]] int watchers_said() const { return (identities.empty() ? 0 : 1) + (several.empty() ? 0 : 1) + (anonymous ? 1 : 0); }
  };

  void read_case(const toml::table& table, const std::optional<Instant>& clock) {
    std::vector<std::string_view> keys(kCaseKeys.begin(), kCaseKeys.end());
    keys.emplace_back("rows");
    check_keys(table, keys, "in `[[case]]`");
    Draft draft;
    draft.time = clock;
    read_into(draft, table);
    draft.one.name = text_of(table, "name").value_or(fmt::format("case {}", ++unnamed_));
    const toml::node* rows = table.get("rows");
    if (rows == nullptr) return add_cases(table, std::move(draft));
    const auto* array = rows->as_array();
    if (array == nullptr || array->empty()) return complain(rows->source(), "`rows` is not an array of tables", "write `rows = [ { watcher = \"sip:...\", expect.response = 200 }, ... ]`");
    for (std::size_t i = 0; i < array->size(); ++i) {
      const auto* row = array->get(i)->as_table();
      if (row == nullptr) {
        complain(array->get(i)->source(), "a row is not a table", "write `{ sphere = \"home\", expect.response = 200 }`");
        continue;
      }
      check_keys(*row, {kCaseKeys.begin(), kCaseKeys.end()}, "in a row");
      Draft of_row = draft;
      read_into(of_row, *row);
      of_row.one.name += fmt::format(", {}", text_of(*row, "name").value_or(fmt::format("row {}", i + 1)));
      add_cases(*row, std::move(of_row));
    }
  }

  void read_into(Draft& draft, const toml::table& table) {
    draft.one.span = span_of(table.source());
    if (const auto time = time_of(table)) draft.time = time;
    if (auto sphere = text_of(table, "sphere")) draft.one.request.state.sphere = std::move(sphere);
    read_location(table, draft.one);
    read_watchers(table, draft);
    const toml::node* expect = table.get("expect");
    if (expect != nullptr && expect->as_table() != nullptr) read_expectations(*expect->as_table(), draft.one);
    else if (expect != nullptr) complain(expect->source(), "`expect` is not a table", "write `expect.response = 200`");
  }

  void read_watchers(const toml::table& table, Draft& draft) {
    Draft said;
    said.identities = texts_of(table, "watcher");
    said.several = texts_of(table, "watchers");
    const toml::node* anonymous = table.get("anonymous");
    if (anonymous != nullptr && anonymous->as_boolean() == nullptr) complain(anonymous->source(), "`anonymous` is neither true nor false", "write `anonymous = true`");
    said.anonymous = anonymous != nullptr && anonymous->value_or(false);
    if (said.watchers_said() == 0) return;
    draft.identities = std::move(said.identities);
    draft.several = std::move(said.several);
    draft.anonymous = said.anonymous;
  }

  /// One case for each of `watchers`.
  void add_cases(const toml::table& table, Draft draft) {
    Case& one = draft.one;
    const auto name = diag::printable(one.name);
    if (!draft.time) complain(table.source(), fmt::format("`{}` has no time", name), "write `at = 2026-06-01T12:00:00Z` in the case, or above the first one for all");
    one.request.state.time = draft.time.value_or(Instant{});
    if (!one.expects_anything() && problems_.empty()) complain(table.source(), fmt::format("`{}` expects nothing", name), "add `expect.response`, `expect.permissions`, `expect.matched` or `expect.document`");
    if (draft.watchers_said() != 1) return complain(table.source(), fmt::format("`{}` does not say who asks, or says it twice", name), "write one of `watcher = \"sip:...\"`, `watchers = [...]` and `anonymous = true`");
    if (draft.several.empty()) {
      for (const auto& identity : draft.identities) one.request.watcher.identities.push_back(parsed(table, identity));
      suite_.cases.push_back(std::move(one));
    }
    for (const auto& identity : draft.several) {
      Case copy = one;
      copy.name += " (" + identity + ")";
      copy.request.watcher.identities = {parsed(table, identity)};
      suite_.cases.push_back(std::move(copy));
    }
  }
  uri::Uri parsed(const toml::table& table, const std::string& text) {
    auto uri = uri::parse(text);
    if (uri.scheme.empty()) complain(table.source(), fmt::format("`{}` is no URI: it has no scheme", diag::printable(text)), "write `sip:` before it");
    return uri;
  }

  void read_location(const toml::table& table, Case& one) {
    if (const toml::node* node = table.get("location")) {
      const auto* array = node->as_array();
      const bool pair = array != nullptr && array->size() == 2 && array->get(0)->is_number() && array->get(1)->is_number();
      const geo::Position place = pair ? geo::Position{array->get(0)->value_or(0.0), array->get(1)->value_or(0.0)} : geo::Position{};
      if (!pair || std::abs(place.latitude) > 90 || std::abs(place.longitude) > 180) complain(node->source(), "`location` is no place", "write `location = [52.52, 13.405]`, latitude first");
      one.request.state.location.geodetic = place;
    }
    const toml::node* civic = table.get("civic");
    if (civic == nullptr) return;
    const auto* fields = civic->as_table();
    if (fields == nullptr) return complain(civic->source(), "`civic` is not a table", "write `civic = { country = \"DE\", A1 = \"Bavaria\" }`");
    one.request.state.location.civic.emplace();
    for (auto&& [key, value] : *fields)
      if (const auto text = text_of(*fields, key.str())) one.request.state.location.civic->emplace(std::string(key.str()), *text);
  }

  void read_expectations(const toml::table& table, Case& one) {
    check_keys(table, {"response", "matched", "permissions", "document"}, "in `expect`");
    if (const toml::node* response = table.get("response")) read_response(*response, one);
    if (table.contains("matched")) {
      one.matched = texts_of(table, "matched");
      std::ranges::sort(*one.matched);
    }
    if (const toml::node* permissions = table.get("permissions")) {
      const auto* some = permissions->as_table();
      if (some == nullptr) complain(permissions->source(), "`expect.permissions` is not a table", "write `expect.permissions.provide-mood = true`");
      if (some != nullptr) {
        const auto names = semantics::permission_names();
        check_keys(*some, {names.begin(), names.end()}, "in `expect.permissions`");
        one.permissions.merge_patch(json_of(*some));
      }
    }
    const toml::node* document = table.get("document");
    const auto* paths = document == nullptr ? nullptr : document->as_table();
    if (document != nullptr && paths == nullptr) complain(document->source(), "`expect.document` is not a table", "write `expect.document.present = [\"person/mood\"]`");
    if (paths == nullptr) return;
    check_keys(*paths, {"present", "absent"}, "in `expect.document`");
    std::vector<PathExpectation> said;
    for (const bool present : {true, false}) {
      for (const auto& path : texts_of(*paths, present ? "present" : "absent")) {
        if (!is_document_path(path)) complain(document->source(), fmt::format("`{}` is no path of elements", diag::printable(path)), "write names with slashes between, such as `person/activities/away`, or `//geopriv` for anywhere");
        said.push_back({path, present, span_of(document->source())});
      }
    }
    // What a row says of a path counts, and not what its case says.
    std::erase_if(one.document, [&](const PathExpectation& known) { return std::ranges::find(said, known.path, &PathExpectation::path) != said.end(); });
    one.document.insert(one.document.end(), said.begin(), said.end());
  }
  void read_response(const toml::node& response, Case& one) {
    one.response_code.reset();
    one.subscription_state.reset();
    if (const auto code = response.value<std::int64_t>(); response.is_integer() && code) {
      one.response_code = static_cast<int>(*code);
      return;
    }
    const auto* table = response.as_table();
    if (table == nullptr) return complain(response.source(), "`expect.response` is neither a code nor a table", "write `expect.response = 200`, or `{ code = 200, subscription-state = \"active\" }`");
    check_keys(*table, {"code", "subscription-state"}, "in `expect.response`");
    if (const toml::node* code = table->get("code")) {
      if (!code->is_integer()) complain(code->source(), "`code` is no number", "write `code = 200`");
      one.response_code = static_cast<int>(code->value_or(std::int64_t{0}));
    }
    one.subscription_state = text_of(*table, "subscription-state");
  }

  Json json_of(const toml::node& node) {
    if (const auto* table = node.as_table()) {
      Json object = Json::object();
      for (auto&& [key, value] : *table) object[std::string(key.str())] = json_of(value);
      return object;
    }
    if (const auto* array = node.as_array()) {
      Json list = Json::array();
      for (const auto& element : *array) list.push_back(json_of(element));
      return list;
    }
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return number->get();
    if (const auto* number = node.as_floating_point()) return number->get();
    if (const auto* boolean = node.as_boolean()) return boolean->get();
    complain(node.source(), "dates are no values of permissions", "write a string, a number, true or false");
    return nullptr;
  }

  const diag::Sources& sources_;
  std::uint32_t file_;
  std::filesystem::path folder_;
  Suite suite_;
  std::vector<diag::Problem> problems_;
  int unnamed_ = 0;
};

/// A TOML basic string.
std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') result += std::string("\\") + c;
    else if (byte < 0x20 || byte == 0x7F) result += fmt::format("\\u{:04X}", byte);
    else result += c;
  }
  return result + "\"";
}

std::string key_of(std::string_view key) {
  const bool bare = !key.empty() && std::ranges::all_of(key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
  return bare ? std::string(key) : toml_string(key);
}

/// Inline TOML.
std::string toml_of(const Json& json) {
  if (json.is_string()) return toml_string(json.get<std::string>());
  if (json.is_array()) {
    std::vector<std::string> parts;
    for (const auto& each : json) parts.push_back(toml_of(each));
    return fmt::format("[{}]", fmt::join(parts, ", "));
  }
  if (json.is_null()) return toml_string(kUnset);
  if (!json.is_object()) return json.dump();
  std::vector<std::string> parts;
  for (const auto& [key, value] : json.items()) parts.push_back(fmt::format("{} = {}", key_of(key), toml_of(value)));
  return parts.empty() ? "{}" : fmt::format("{{ {} }}", fmt::join(parts, ", "));
}

std::string toml_list(const std::vector<std::string>& texts) {
  std::vector<std::string> parts;
  for (const auto& text : texts) parts.push_back(toml_string(text));
  return fmt::format("[{}]", fmt::join(parts, ", "));
}

}  // namespace

std::string write_value(const Json& value) { return toml_of(value); }

Suite read_suite(const diag::Sources& sources, std::uint32_t file) { return SuiteReader(sources, file).read(); }

std::string write_case(const Case& one) {
  std::string out = fmt::format("[[case]]\nname = {}\n", toml_string(one.name));
  const auto& [watcher, state] = one.request;
  std::vector<std::string> identities;
  for (const auto& identity : watcher.identities) identities.push_back(identity.text);
  if (identities.empty()) out += "anonymous = true\n";
  if (identities.size() == 1) out += fmt::format("watcher = {}\n", toml_string(identities.front()));
  if (identities.size() > 1) out += fmt::format("watcher = {}\n", toml_list(identities));
  out += fmt::format("at = {}\n", to_rfc3339(state.time));
  if (state.sphere) out += fmt::format("sphere = {}\n", toml_string(*state.sphere));
  if (state.location.geodetic)
    if (const auto* place = std::get_if<geo::Position>(&*state.location.geodetic)) {
      const auto number = [](double value) { return value == std::floor(value) ? fmt::format("{:.1f}", value) : fmt::format("{}", value); };
      out += fmt::format("location = [{}, {}]\n", number(place->latitude), number(place->longitude));
    }
  if (state.location.civic) {
    Json fields = Json::object();
    for (const auto& [field, value] : *state.location.civic) fields[field] = value;
    out += fmt::format("civic = {}\n", toml_of(fields));
  }
  if (one.response_code && one.subscription_state) out += fmt::format("expect.response = {{ code = {}, subscription-state = {} }}\n", *one.response_code, toml_string(*one.subscription_state));
  else if (one.response_code) out += fmt::format("expect.response = {}\n", *one.response_code);
  else if (one.subscription_state) out += fmt::format("expect.response = {{ subscription-state = {} }}\n", toml_string(*one.subscription_state));
  if (one.matched) out += fmt::format("expect.matched = {}\n", toml_list(*one.matched));
  for (const auto& [key, value] : one.permissions.items()) out += fmt::format("expect.permissions.{} = {}\n", key_of(key), toml_of(value));
  for (const bool present : {true, false}) {
    std::vector<std::string> paths;
    for (const auto& each : one.document)
      if (each.present == present) paths.push_back(each.path);
    if (!paths.empty()) out += fmt::format("expect.document.{} = {}\n", present ? "present" : "absent", toml_list(paths));
  }
  return out;
}

}  // namespace presproof::suite
