#include "unit/property/parsing.h"

#include <stdexcept>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "diag/error.h"

namespace presproof::property::testing {
namespace {

std::string line_of(const diag::Sources& sources, const diag::Problem& problem) {
  const SourceSpan& span = problem.span;
  const std::string_view name = sources.name(span.file);
  const std::string file = name == "test.props" || name == "-p" ? std::string() : fmt::format("{}:", name);
  const std::string hint = problem.hint.empty() ? std::string() : fmt::format(" [{}]", problem.hint);
  return fmt::format("{}{}:{}+{}: {}{}", file, span.line, span.column, span.length, problem.message, hint);
}

}  // namespace

Properties Parsing::all(const std::vector<std::string>& files, const std::vector<std::string>& arguments) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string name = files.size() == 1 ? "test.props" : fmt::format("{}.props", static_cast<char>('a' + i));
    numbers.push_back(sources.add(name, files[i]));
  }
  const FileLoader load = [this](std::string_view path, std::string_view beside) {
    const auto found = lists.find(std::string(path));
    if (found == lists.end())
      throw diag::InputError({{}, fmt::format("cannot read `{}` beside `{}`", path, beside), "check the path"});
    return sources.add(found->first, found->second);
  };
  return parse(sources, numbers, arguments, load, {});
}

Properties Parsing::file(const std::string& text) { return all({text}, {}); }

std::vector<std::string> Parsing::problems(const std::vector<std::string>& files,
                                           const std::vector<std::string>& arguments) {
  try {
    static_cast<void>(all(files, arguments));
    return {};
  } catch (const diag::InputError& error) {
    std::vector<std::string> lines;
    for (const auto& problem : error.problems()) lines.push_back(line_of(sources, problem));
    return lines;
  }
}

std::vector<std::string> Parsing::problems(const std::string& text) { return problems({text}, {}); }

Property property_of(const std::string& body) {
  auto properties = Parsing().file("property \"p\": " + body).properties;
  REQUIRE(properties.size() == 1);
  return properties.front();
}

ClaimAtom claim_of(const std::string& claim) {
  const Property property = property_of("for everyone never " + claim);
  REQUIRE(property.claim.op == Operator::atom);
  REQUIRE(property.claim.operands.empty());
  return property.claim.atom;
}

std::string problem_of(const std::string& text) {
  const auto problems = Parsing().problems(text);
  return problems.empty() ? std::string() : problems.front();
}

std::string claim_problem(const std::string& claim) {
  const auto problems = Parsing().problems({}, {"for everyone never " + claim});
  return problems.empty() ? std::string() : problems.front();
}

}  // namespace presproof::property::testing
