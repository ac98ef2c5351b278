#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

#include "base/lexical.h"
#include "certificate_check/certificate.h"
#include "diag/error.h"
#include "diag/printable.h"
#include "policy/reader.h"
#include "xml/namespaces.h"

namespace presproof::certificate_check {
namespace {

constexpr const char* kUsage =
    "presproof-check POLICY... [--properties FILE]... [-p PROPERTY]... --certificate FILE [--usage USAGE] [--reading KEY=VALUE]...\n"
    "Accepts or refuses what `presproof prove --certificate` wrote, by its own reading of the rule sets and properties.\n"
    "Exit status: 0 all accepted, 1 one is refused, 2 bad usage or input, 3 one is not certified and none is refused.\n";

[[noreturn]] void fail(std::string message) { throw diag::InputError(diag::Problem{.span = {}, .message = std::move(message), .hint = {}}); }

/// The values of each option; the policies have none.
using Arguments = std::map<std::string, std::vector<std::string>>;
Arguments parse(const std::vector<std::string>& words) {
  Arguments result = {{"", {}}, {"--properties", {}}, {"-p", {}}, {"--reading", {}}, {"--certificate", {}}, {"--usage", {}}};
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool option = words[i].starts_with('-');
    const auto known_option = result.find(!option ? "" : words[i] == "--property" ? "-p" : words[i]);
    if (known_option == result.end() || (option && i + 1 == words.size())) fail(fmt::format("`{}` is no option with a value; see `--help`", words[i]));
    known_option->second.push_back(option ? words[++i] : words[i]);
  }
  if (result[""].empty() || result["--certificate"].size() != 1) fail("a policy and one `--certificate FILE` are needed; see `--help`");
  return result;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) fail(fmt::format("cannot read `{}`", path));
  return {std::istreambuf_iterator<char>(in), {}};
}

FixedReadings fixed_readings(const std::vector<std::string>& texts) {
  FixedReadings fixed;
  for (const std::string& text : texts) {
    bool is_known = text.starts_with("pending-code=") || text.starts_with("set-boolean-absent=");  // no claim sees these
    for (std::size_t i = 0; i < 2 * kReadings.size(); ++i) {
      if (text == fmt::format("{}={}", kReadings[i / 2][0], kReadings[i / 2][1 + i % 2])) fixed[i / 2] = i % 2 == 1, is_known = true;
    }
    if (!is_known) fail(fmt::format("unknown reading `{}`", text));
  }
  return fixed;
}

int check_files(Arguments arguments, std::ostream& out) {
  diag::Sources sources;
  policy::Policy policy;
  std::vector<std::uint32_t> inputs, files, texts;
  for (const std::string& path : arguments[""]) {
    diag::Sink sink;
    inputs.push_back(sources.add(path, read_file(path)));
    auto rules = policy::read_rule_set(sources, inputs.back(), {}, sink);
    if (!rules) fail(fmt::format("`{}` is not a rule set that can be read", path));
    policy.documents.push_back(std::move(*rules));
  }
  for (const std::string& path : arguments["--properties"]) files.push_back(sources.add(path, read_file(path)));
  for (const std::string& text : arguments["-p"]) texts.push_back(sources.add("-p", text));
  const Properties properties = read_properties(sources, files, texts);
  if (properties.properties.empty()) fail("there is no property");
  const std::string usage = arguments["--usage"].empty() ? "auto" : arguments["--usage"].back();
  if (usage != "auto" && usage != "presence" && usage != "geolocation") fail("unknown usage `" + usage + "`");
  const policy::Usage chosen = usage == "presence" ? policy::Usage::presence : policy::Usage::geolocation;
  Question question{policy, usage == "auto" ? policy::usage_of(policy) : chosen, fixed_readings(arguments["--reading"]), properties, {}};
  for (const auto& numbers : {inputs, files, texts}) {
    for (const std::uint32_t number : numbers) question.inputs.push_back(sources.text(number));
  }
  std::array<bool, 3> some{};
  for (const Answer& answer : check(question, read_file(arguments["--certificate"].front()))) {
    constexpr std::array<std::string_view, 3> words = {"accepted", "refused", "not certified"};
    const auto status = static_cast<std::size_t>(answer.status);
    some[status] = true;
    out << words[status] << ": " << diag::printable(answer.name) << ": " << diag::printable(answer.text) << '\n';
  }
  return some[1] ? 1 : some[2] ? 3 : 0;
}

}  // namespace

std::optional<Watcher> read_resource_list(diag::Sources& sources, const std::string& path) {
  diag::Sink sink;
  const auto document = xml::Document::read(sources, sources.add(path, read_file(path)), {}, sink);
  if (!document) return std::nullopt;
  Watcher members;
  std::vector<xml::Element> pending = {document->root()};
  while (!pending.empty()) {
    const xml::Element at = pending.back();
    pending.pop_back();
    const auto* const uri = at.attribute("uri");
    const auto is = [&](std::string_view name) { return at.is(xml::ns::kResourceLists, name); };
    if (is("entry") && uri != nullptr) members.push_back(uri::parse(trim_xml_space(uri->value)));
    else if (is("resource-lists") || is("list")) std::copy(at.children().begin(), at.children().end(), std::back_inserter(pending));
    else if (!is("display-name")) return std::nullopt;
  }
  return members;
}

int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  try {
    if (arguments == std::vector<std::string>{"--help"}) return (out << kUsage), 0;
    return check_files(parse(arguments), out);
  } catch (const diag::InputError& error) {
    const diag::Problem& problem = error.problems().front();
    if (problem.span.known()) err << "line " << problem.span.line << ", column " << problem.span.column << ": ";
    err << "presproof-check: " << diag::printable(problem.message) << '\n';
  } catch (const std::exception& error) {
    err << "presproof-check: " << diag::printable(error.what()) << '\n';
  }
  return 2;
}

}  // namespace presproof::certificate_check
