#include "lint_baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/digest.h"
#include "diag/error.h"
#include "diag/printable.h"

namespace presproof::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
constexpr const char* kFormat = "presproof-baseline/1";

/// An iterator over a text that tells how far the parser has come.
class Counted {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;
  Counted(const char* at, std::size_t* count) : at_(at), count_(count) {}
  reference operator*() const { return *at_; }
  Counted& operator++() {
    ++at_;
    if (count_ != nullptr) ++*count_;
    return *this;
  }
  Counted operator++(int) {
    const Counted before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Counted& a, const Counted& b) { return a.at_ == b.at_; }

 private:
  const char* at_;
  std::size_t* count_;
};

class Reader {
 public:
  Reader(const diag::Sources& sources, std::uint32_t file) : sources_(sources), file_(file), text_(sources.text(file)) {}

  BaselineEntries read() {
    const Json json = parse();
    if (!json.is_object() || !json.contains("format") || json["format"] != kFormat)
      fail(0, "this is no baseline", fmt::format("a baseline begins with `{{\"format\": \"{}\"`", kFormat));
    if (!json.contains("findings") || !json["findings"].is_array()) fail(0, "this baseline has no array `findings`", {});
    BaselineEntries entries;
    const auto& findings = json["findings"];
    for (std::size_t i = 0; i < findings.size(); ++i) {
      if (!findings[i].is_object()) fail(0, fmt::format("finding {} of this baseline is no object", i + 1), {});
      entries[key(findings[i], i)] += count(findings[i], i);
    }
    return entries;
  }

 private:
  /// The tree; objects are noted where they begin.
  Json parse() {
    std::size_t offset = 0;
    const auto note = [&](int depth, Json::parse_event_t event, Json&) {
      if (event == Json::parse_event_t::object_start && depth == 2) objects_.push_back(offset == 0 ? 0 : offset - 1);
      if (depth > 8) fail(offset, "this baseline nests too deeply", {});
      return true;
    };
    try {
      return Json::parse(Counted(text_.data(), &offset), Counted(text_.data() + text_.size(), nullptr), note);
    } catch (const Json::parse_error& error) {
      // "[json.exception.parse_error.101] parse error at line 1, column 2: what"
      const std::string_view what = error.what();
      const auto words = what.find(": ");
      fail(error.byte == 0 ? 0 : error.byte - 1, "not JSON: " + diag::printable(words == std::string_view::npos ? what : what.substr(words + 2)),
           "remove the file, and `--update-baseline` writes it anew");
    }
  }

  [[noreturn]] void fail(std::size_t offset, std::string message, std::string hint) const {
    throw diag::InputError(diag::Problem{.span = sources_.span_at(file_, offset, 1), .message = std::move(message), .hint = std::move(hint)});
  }
  [[noreturn]] void fail_in(std::size_t entry, std::string message) const {
    fail(entry < objects_.size() ? objects_[entry] : 0, std::move(message), "remove the file, and `--update-baseline` writes it anew");
  }

  std::string string(const Json& entry, std::size_t number, const char* name) const {
    if (!entry.contains(name) || !entry[name].is_string()) fail_in(number, fmt::format("this entry has no string `{}`", name));
    return entry[name].get<std::string>();
  }
  BaselineKey key(const Json& entry, std::size_t number) const {
    BaselineKey key{.file = string(entry, number, "file"), .code = string(entry, number, "code"), .rule = {}, .message = string(entry, number, "message")};
    if (!diag::find_code(key.code)) fail_in(number, fmt::format("`{}` is no code of a finding", diag::printable(key.code)));
    if (entry.contains("rule") && !entry["rule"].is_null()) key.rule = string(entry, number, "rule");
    return key;
  }
  std::size_t count(const Json& entry, std::size_t number) const {
    if (!entry.contains("count")) return 1;
    if (!entry["count"].is_number_unsigned() || entry["count"].get<std::size_t>() == 0 || entry["count"].get<std::size_t>() > 1'000'000)
      fail_in(number, "the `count` of this entry is not from 1 to 1000000");
    return entry["count"].get<std::size_t>();
  }

  const diag::Sources& sources_;
  std::uint32_t file_;
  std::string_view text_;
  std::vector<std::size_t> objects_;
};

/// Numbers of lines move with edits elsewhere.
std::string without_lines(std::string_view message) {
  constexpr std::string_view kLine = "line ";
  std::string result;
  for (std::size_t at = 0; at < message.size();) {
    const auto found = message.find(kLine, at);
    if (found == std::string_view::npos) return result.append(message.substr(at));
    result.append(message.substr(at, found + kLine.size() - at));
    at = std::min(message.find_first_not_of("0123456789", found + kLine.size()), message.size());
  }
  return result;
}

}  // namespace

Baseline::Baseline(std::string path) : path_(std::move(path)) {}

Baseline Baseline::read(const diag::Sources& sources, std::uint32_t file) {
  Baseline baseline{std::string(sources.name(file))};
  baseline.entries_ = Reader(sources, file).read();
  return baseline;
}

std::string Baseline::relative(const std::string& file) const {
  if (file == "<stdin>") return file;
  std::error_code error;
  const auto from = fs::weakly_canonical(fs::absolute(fs::path(path_), error), error).parent_path();
  const auto to = fs::weakly_canonical(fs::absolute(fs::path(file), error), error);
  const auto near = to.lexically_relative(from);
  return near.empty() ? to.generic_string() : near.generic_string();
}

BaselineKey Baseline::key_of(const diag::Diagnostic& finding, const std::string& file) const {
  return {.file = relative(file), .code = std::string(diag::info(finding.code).id), .rule = finding.rule.value_or(""), .message = digest(without_lines(finding.message))};
}

bool Baseline::meet(const BaselineKey& key) {
  const auto times = ++met_[key];
  const auto entry = entries_.find(key);
  return entry != entries_.end() && times <= entry->second;
}

void Baseline::looked_at(const std::string& file, const std::set<diag::Code>& disabled) {
  auto& codes = looked_at_[relative(file)];
  for (const auto code : disabled) codes.emplace(diag::info(code).id);
}

/// Whether a finding of the entry's kind would have been met in this run. What is no longer there cannot be.
bool Baseline::checked(const BaselineKey& key) const {
  const auto file = looked_at_.find(key.file);
  if (file != looked_at_.end()) return !file->second.contains(key.code);
  std::error_code error;
  return key.file != "<stdin>" && !fs::exists(fs::path(path_).parent_path() / key.file, error);
}

BaselineEntries Baseline::gone() const {
  BaselineEntries gone;
  for (const auto& [key, count] : entries_) {
    const auto met = met_.find(key);
    const std::size_t times = met == met_.end() ? 0 : met->second;
    if (times < count && checked(key)) gone.emplace(key, count - times);
  }
  return gone;
}

std::string Baseline::updated() const {
  BaselineEntries entries = met_;
  for (const auto& [key, count] : entries_)
    if (!checked(key)) entries.emplace(key, count);
  std::string text = fmt::format("{{\n  \"format\": \"{}\",\n  \"findings\": [", kFormat);
  std::string_view separator = "\n";
  for (const auto& [key, count] : entries) {
    Json entry;
    entry["file"] = key.file;
    entry["code"] = key.code;
    entry["name"] = diag::info(*diag::find_code(key.code)).name;
    entry["rule"] = key.rule.empty() ? Json(nullptr) : Json(key.rule);
    entry["message"] = key.message;
    entry["count"] = count;
    text += fmt::format("{}    {}", separator, entry.dump(-1, ' ', false, Json::error_handler_t::replace));
    separator = ",\n";
  }
  return text + (entries.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace presproof::cli
