// Random policies, written down, spoiled in ways that safe fixes mend, and mended: the reference evaluator decides random requests alike on
// both texts. Nothing here knows how the fixes are proved.

#include "generator/random_policy.h"
#include "policy/writer.h"
#include "semantics/evaluator.h"
#include "unit/lint/fixture.h"

namespace presproof::lint {
namespace {

using generator::Random;

struct Damage {
  std::string_view found;
  std::string_view becomes;
};
/// What writers of rule sets do, in the words of policy/writer.h.
constexpr Damage kDamages[] = {
    {">true<", ">1<"},
    {">false<", "> 0 <"},
    {">true<", ">\n  true\n<"},
    {">allow<", "> allow\t<"},
    {">block<", ">block\n<"},
    {"one id=\"", "one id=\"  "},
    {"except id=\"", "except id=\"\n"},
    {"radius=\"", "radius=\"+0"},
    {" domain=\"example", " domain=\"EXAMPLE"},
    {"tel:+1", "tel:+(1)-"},
    {"<rule id", "<rule xmlns=\"urn:ietf:params:xml:ns:common-policy\" id"},
    {"<rule id", "<rule xmlns:u=\"urn:u\" id"},
};

std::string damaged(Random& random, std::string text) {
  for (const Damage& damage : kDamages) {
    for (auto at = text.find(damage.found); at != std::string::npos; at = text.find(damage.found, at + damage.becomes.size())) {
      if (random.chance(30)) text.replace(at, damage.found.size(), damage.becomes);
    }
  }
  return text;
}

/// Says a thing twice: an element without children, somewhere.
std::string doubled(Random& random, std::string text) {
  for (auto at = text.find("/>"); at != std::string::npos; at = text.find("/>", at + 2)) {
    const auto begin = text.rfind('<', at);
    if (!random.chance(10) || text.substr(begin).starts_with("<rule")) continue;
    const std::string element = text.substr(begin, at + 2 - begin);
    text.insert(begin, element);
    at += element.size();
  }
  return text;
}

/// What a watcher gets. Beside all of a component its selectors show nothing more, and beside all attributes single ones
/// (RFC 5025 section 3.3.2.15), save a location's, which is not taken to be among all of them.
semantics::Permissions given(const semantics::Decision& decision) {
  semantics::Permissions permissions = decision.permissions;
  for (auto& component : permissions.components)
    if (component.all) component.values = {};
  if (permissions.all_attributes) {
    permissions.attributes.fill(true);
    permissions.user_input = policy::UserInput::full;
    std::erase_if(permissions.unknown_attributes, [](const auto& name) { return name.second != "geopriv"; });
  }
  return permissions;
}

/// Behind the first document, which is empty and stays as it is.
std::vector<std::string> texts_of(const Linted& linted, const Subject& subject) {
  std::vector<std::string> texts;
  for (std::size_t i = 1; i < subject.documents.size(); ++i) texts.emplace_back(linted.sources().text(subject.documents[i].file()));
  return texts;
}
FixWishes wishes() {
  return {.wanted = [](const diag::Diagnostic& finding) { return finding.span.file != 0; }};
}

Linted read(const std::vector<std::string>& texts) {
  Linted linted("");
  for (const auto& text : texts) linted.add_document(text);
  linted.options().rlimit = 200'000;
  return linted;
}

}  // namespace

TEST_CASE("what safe fixes mend is decided as before, and a second run finds nothing to mend", "[lint]") {
  Random random(20'261'126);
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t mended_findings = 0;
  for (int round = 0; round < 60; ++round) {
    const auto original = generator::random_policy(random, vocabulary);
    std::vector<std::string> texts;
    for (const auto& document : original.documents) texts.push_back(doubled(random, damaged(random, policy::write_rule_set(document))));
    Linted linted = read(texts);
    const policy::Policy before = linted.policy();
    const auto mended = linted.mend(wishes());
    mended_findings += mended.applied.size();
    for (int i = 0; i < 200; ++i) {
      const semantics::Options how{linted.options().usage, &engine::rfc(), generator::random_readings(random)};
      const auto request = generator::random_request(random, vocabulary);
      const auto was = semantics::Evaluator(before, how).decide(request);
      const auto is = semantics::Evaluator(mended.subject.policy, how).decide(request);
      INFO("case " << round << ", request " << i << ":\n" << texts.front());
      REQUIRE(was.response == is.response);
      REQUIRE(was.subscription_state == is.subscription_state);
      REQUIRE((was.permissions.sub_handling != policy::SubHandling::allow || given(was) == given(is)));
    }
    Linted again = read(texts_of(linted, mended.subject));
    INFO("case " << round << ":\n" << texts.front());
    REQUIRE(again.mend(wishes()).applied.empty());
  }
  CHECK(mended_findings > 200);
}

}  // namespace presproof::lint
