#include <fmt/format.h>

#include <span>
#include <string>
#include <vector>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

/// So many known spheres are named in a hint.
constexpr std::size_t kNamed = 5;

/// The spheres that any person of any document is in, in lower case. Documents that are published together may differ,
/// and then the sphere is undefined; each of them may be published alone, too.
std::set<std::string> published_spheres(std::span<const presence::Document> documents) {
  std::set<std::string> spheres;
  for (const auto& document : documents) {
    for (const auto& part : document.parts) {
      if (part.kind != presence::PartKind::person) continue;
      const presence::Document alone{document.entity, {part}};
      if (const auto sphere = presence::sphere_of({&alone, 1})) spheres.insert(to_lower_ascii(*sphere));
    }
  }
  return spheres;
}

std::string hint_for(const std::string& token, const std::set<std::string>& published) {
  if (const auto near = nearest_word(to_lower_ascii(token), {published.begin(), published.end()}))
    return fmt::format("did you mean {}?", policy::quoted(*near));
  std::string known;
  std::size_t count = 0;
  for (const auto& sphere : published) {
    if (count++ == kNamed) break;
    known += (known.empty() ? "" : ", ") + policy::quoted(sphere);
  }
  return fmt::format("name a sphere that is published ({}), or publish this one", known);
}

}  // namespace

/// RFC 5025 section 3.1.2: the sphere is what the published documents say, and RFC 4745 section 7.3 takes it as an
/// opaque string. One that has a comma is another finding's.
void check_sphere_unused(const Context& context, diag::Sink& sink) {
  if (context.subject.presences.empty()) return;
  const auto published = published_spheres(context.subject.presences);
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::SphereCondition>(rule, [&](const policy::SphereCondition& sphere) {
      const auto report = [&](std::string message, std::string fix) {
        sink.report(finding(diag::Code::sphere_unused, rule, sphere.span, std::move(message), std::move(fix)));
      };
      if (published.empty() && !sphere.tokens.empty())
        return report(fmt::format("no presence document has a sphere, so {} never matches", name_of(rule)),
                      "publish a `sphere` in the `person` element, or remove the condition");
      std::set<std::string> seen;
      for (const auto& token : sphere.tokens)
        if (auto lower = to_lower_ascii(token);
            token.find(',') == std::string::npos && !published.contains(lower) && seen.insert(lower).second)
          report(fmt::format("no presence document has the sphere {}", policy::quoted(token)),
                 hint_for(token, published));
    });
  });
}

}  // namespace presproof::lint
